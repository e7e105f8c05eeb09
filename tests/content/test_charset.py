import codecs
import encodings
import pkgutil
from encodings import aliases

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.content.charset import decode

META = '<meta charset="{}">'


@pytest.mark.parametrize("declared", [None, "utf-8", "iso-8859-1", "koi8-r", "utf-16", "no-such"])
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_a_byte_order_mark_wins_over_whatever_is_declared(mark: bytes, encoding: str, declared: str | None) -> None:
    assert decode(mark + "Straße 强化学习".encode(encoding), declared) == "Straße 强化学习"


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("Straße", "utf-8", "utf-8"),
        ("Straße", "utf-8", "UTF8"),
        ("Straße", "utf-8", " utf-8 "),
        ("Straße", "latin-1", "iso-8859-1"),
        ("Straße", "latin-1", "latin1"),
        ("“Straße” — 5 €", "windows-1252", "windows-1252"),
        ("“Straße” — 5 €", "windows-1252", "iso-8859-1"),
        ("“Straße” — 5 €", "windows-1252", "us-ascii"),
        ("страница не найдена", "koi8-r", "koi8-r"),
        ("страница не найдена", "windows-1251", "cp1251"),
        ("页面不存在", "gb2312", "gb2312"),
        ("页面不存在", "gbk", "GBK"),
        ("頁面不存在", "gbk", "gb2312"),
        ("页面不存在 €", "gb18030", "gb2312"),
        ("頁面不存在", "big5", "big5"),
        ("ページが見つかりません", "shift_jis", "shift_jis"),
        ("①ページ", "cp932", "Shift_JIS"),
        ("ページが見つかりません", "euc_jp", "euc-jp"),
        ("페이지를 찾을 수 없습니다", "euc_kr", "euc-kr"),
        ("똠방각하", "cp949", "euc-kr"),
        ("Straße", "utf-16-le", "utf-16-le"),
        ("Straße", "utf-16-be", "utf-16be"),
    ],
)
def test_a_declaration_that_fits_is_believed_in_its_wider_form(text: str, encoding: str, declared: str) -> None:
    assert decode(text.encode(encoding), declared) == text


@pytest.mark.parametrize(
    "meta",
    [
        '<meta charset="gb2312">',
        "<META CHARSET = gb2312>",
        "<meta charset='GB2312'/>",
        '<meta http-equiv="Content-Type" content="text/html; charset=gb2312">',
        '<?xml version="1.0"?><meta charset=gbk>',
    ],
)
@pytest.mark.parametrize("declared", [None, "", "no-such-encoding", "utf-8"])
def test_the_pages_own_declaration_counts_where_the_servers_does_not(meta: str, declared: str | None) -> None:
    text = f"{meta}<title>页面不存在</title>"
    assert decode(text.encode("gb2312"), declared) == text


def test_only_the_beginning_is_searched_for_a_declaration() -> None:
    text = f"{' ' * 1024}{META.format('koi8-r')} {'Straße ' * 20}"
    assert decode(text.encode("latin-1"), None) == text


@pytest.mark.parametrize("declared", ["us-ascii", "iso-8859-1", "windows-1252", "no-such", "shift_jis", None])
def test_utf_8_that_fits_is_what_it_is(declared: str | None) -> None:
    text = META.format("iso-8859-1") + "Straße — 强化学习, " * 30
    assert decode(text.encode(), declared) == text


def test_plain_ascii_is_what_it_is_by_any_name() -> None:
    assert [decode(b"plain", name) for name in ("ascii", "latin-1", "utf-8", "shift_jis", "x-none", None)] == [
        "plain"
    ] * 6


def test_what_fits_nothing_is_read_as_the_web_does() -> None:
    assert decode("“Straße”".encode("windows-1252"), "utf-8") == "“Straße”"
    assert decode("“Straße”".encode("windows-1252"), "windows-1252") == "“Straße”"
    assert decode(b"\xff\xd8\xff\xe0", None) == "ÿØÿà"


@pytest.mark.parametrize("cut", [1, 2])
def test_an_odd_end_costs_no_more_than_a_letter(cut: int) -> None:
    text = "强化学习" * 100
    assert decode(text.encode()[:-cut], "utf-8") == text[:-1] + "\ufffd"
    assert decode(text.encode("gb2312")[:-1], "gb2312") == text[:-1] + "\ufffd"


@pytest.mark.parametrize("name", [None, "", "utf-8", "gb2312", "utf-16"])
def test_nothing_is_nothing(name: str | None) -> None:
    assert decode(b"", name) == ""


CODECS = sorted({*aliases.aliases, *(module.name for module in pkgutil.iter_modules(encodings.__path__))})


@pytest.mark.parametrize("name", CODECS)
def test_no_name_of_pythons_raises_be_it_an_encoding_or_not(name: str) -> None:
    octets = b"<p>Hello \\x \xff\xfe +AAA- xn--a-.\xe4"
    assert "Hello" in decode(octets, name) or not decode(octets, name).isascii()
    assert decode(META.format(name).encode() + octets, None) is not None


NAMES = st.none() | st.sampled_from(CODECS) | st.text(max_size=12)


@given(st.binary(max_size=200), NAMES)
def test_no_bytes_raise_by_whatever_name(octets: bytes, name: str | None) -> None:
    assert isinstance(decode(octets, name), str)


def test_a_replacement_mark_that_somebody_wrote_is_no_loss() -> None:
    assert decode("<p>\ufffd".encode(), None) == "<p>\ufffd"


@given(st.text(max_size=50).filter(lambda text: not text.startswith("\ufeff")), st.sampled_from([None, "utf-8"]))
def test_utf_8_comes_back_as_it_was_written(text: str, name: str | None) -> None:
    assert decode(b"<p>" + text.encode(), name) == "<p>" + text
