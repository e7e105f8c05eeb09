from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.identity import Address, Malformed, is_web_link, parse_address


def test_an_address_is_taken_apart_as_it_is_written() -> None:
    assert parse_address("HTTP://Ex.org:80/A%2f?q=%zz#F") == Address("HTTP", "Ex.org", 80, "/A%2f", "q=%zz", "F")
    assert parse_address("https://ex.org") == Address("https", "ex.org", None, "", None, None)
    assert parse_address("https://ex.org:?#") == Address("https", "ex.org", None, "", "", "")


@pytest.mark.parametrize(
    ("address", "request_"),
    [
        ("https://ex.org", "https://ex.org/"),
        ("HTTPS://EX.org:443/A?b=%2F#c", "https://ex.org/A?b=%2F"),
        ("http://ex.org:443/", "http://ex.org:443/"),
        ("https://ex.org?", "https://ex.org/?"),
        ("https://[2001:DB8::1]:8443/x", "https://[2001:db8::1]:8443/x"),
        ("https://例え.jp/パス", "https://例え.jp/パス"),
    ],
)
def test_what_is_asked_has_no_fragment_and_a_plain_origin(address: str, request_: str) -> None:
    parsed = parse_address(address)
    assert isinstance(parsed, Address)
    assert parsed.request == request_


FINE = [
    "https://github.com/a/b/blob/master/slide/RL(HF)%2BLLM%E7%9A%84%E7%89%87.JPG",
    "https://en.wikipedia.org/wiki/C_(programming_language)",
    "https://a.org/x[1]?y={z}&l=<m>",
    "https://a.org/it's,fine|as*it;is!$~^`\\",
    "https://a.org/%zz%",
    "https://a.org/路径?查询#片段",
    "https://fa.wikipedia.org/wiki/می\u200cشود",
    "https://a.org/x#:~:text=an%20open%20(bracket",
    "https://a_b.c-d.org/",
    "https://xn--r8jz45g.jp/",
    "https://例え。jp/",
    "https://münchen.example/",
    "https://a.org./",
    "https://localhost:8000/",
    "http://127.0.0.1/",
    "https://[::1]/",
    "https://a.org:65535/",
    "https://web.archive.org/web/2020/https://a.org/x",
    "https://a.org/@user",
]


@pytest.mark.parametrize("address", FINE)
def test_what_the_wild_has_and_a_client_can_ask_for_is_fine(address: str) -> None:
    assert isinstance(parse_address(address), Address)


MALFORMED = [
    ("", "the address is empty"),
    ("paper link", "not an absolute address"),
    ("github.com/a/b", "must begin with https://"),
    ("www.a.org:8080/x", "must begin with https://"),
    ("//a.org/x", "not an absolute address"),
    ("./overview.png", "not an absolute address"),
    ("#papers", "not an absolute address"),
    ("mailto:a@b.org", "«mailto:» is not a web address"),
    ("ftp://a.org/x", "«ftp:» is not a web address"),
    ("htps://a.org/x", "«htps:» is not a web address"),
    ("javascript:alert(1)", "«javascript:» is not a web address"),
    ("https:a.org/x", "no host after «https:»"),
    ("https:/a.org/x", "no host after «https:»"),
    ("https:///x", "no host after «https:»"),
    ("https://?q", "no host after «https:»"),
    ("https://user@a.org/", "user name or password"),
    ("https://user:secret@a.org/", "user name or password"),
    ("https://a.org\\@evil.example/", "user name or password"),
    ("https://https://a.org/", "twice"),
    ("https://http//a.org/", "twice"),
    ("https://a.org:0/", "«0» is not a port"),
    ("https://a.org:65536/", "«65536» is not a port"),
    ("https://a.org:99999999999999999999999/", "is not a port"),
    ("https://a.org:x/", "not a host with an optional port"),
    ("https://[::1/", "not a host with an optional port"),
    ("https://[::zz]/", "not the name of a host"),
    ("https://[fe80::1%25eth0]/", "not the name of a host"),
    ("https://a..org/", "not the name of a host"),
    ("https://-a.org/", "not the name of a host"),
    ("https://a-.org/", "not the name of a host"),
    ("https://a%20b.org/", "not the name of a host"),
    ("https://a,b.org/", "not the name of a host"),
    ("https://a.org／x/", "not the name of a host"),
    ("https://a℀b.org/", "not the name of a host"),
    ("https://1.2.3.4.5/", "not the name of a host"),
    ("https://1.2.3.256/", "not the name of a host"),
    ("https://2130706433/", "not the name of a host"),
    ("https://0x7f.0.0.0x1/", "not the name of a host"),
    (f"https://{'a' * 64}.org/", "not the name of a host"),
    (f"https://{'a.' * 127}org/", "not the name of a host"),
    (f"https://{'a,' * 300}/", "not the name of a host"),
    ("https://:443/", "not the name of a host"),
    ("https://a.org/x y", "a blank in the address (U+0020)"),
    ("https://a.org/x\ty", "a blank in the address (U+0009)"),
    ("https://a.org/x\u3000y", "a blank in the address (U+3000)"),
    ("https://a.org/x\x00", "an invisible character in the address (U+0000)"),
    ("https://a.org/x\u200b", "an invisible character in the address (U+200B)"),
    ("https://a.org/\u202egnp.exe", "an invisible character in the address (U+202E)"),
    ("https://a.org/\ud800", "an invisible character in the address (U+D800)"),
    ("https://a.org/x)", "a stray «)» in the address: take it out, or write %29"),
    ("https://a.org/(x", "a stray «(» in the address"),
    ("https://a.org/)x(", "a stray «)» in the address"),
    ("https://a.org/x?y]", "a stray «]» in the address"),
    ("https://a.org/x#y}", "a stray «}» in the address"),
    ("https://a.org/x）", "a stray «）» in the address"),
    ("https://a.org/x>", "a stray «>» in the address"),
]


@pytest.mark.parametrize(("text", "problem"), MALFORMED)
def test_what_is_no_address_says_why(text: str, problem: str) -> None:
    parsed = parse_address(text)
    assert isinstance(parsed, Malformed)
    assert problem in parsed.problem
    assert parsed.mended is None


def test_trimming_blanks_mends_an_address_that_is_fine_otherwise() -> None:
    mended = parse_address("\u3000https://a.org/x \n")
    assert mended == Malformed("there are blanks around the address: take them out", "https://a.org/x")
    assert parse_address(" https://a.org/x) ") == parse_address("https://a.org/x)")
    assert parse_address("  ") == parse_address("")


PIECES = st.sampled_from(
    ["http", "https", "://", ":", "/", "@", "[", "]", "::1", "a.org", "℀", "／", "80", "?", "#", "\\"]
)


@given(st.lists(st.one_of(PIECES, st.text(max_size=4)), max_size=7).map("".join))
def test_no_text_is_too_strange_and_the_standard_library_reads_every_address_alike(text: str) -> None:
    parsed = parse_address(text)
    if isinstance(parsed, Malformed):
        assert parsed.problem
        return
    theirs = urlsplit(text)
    assert theirs.hostname == parsed.host.strip("[]").lower()
    assert theirs.port == parsed.port
    assert theirs.username is None
    assert isinstance(parse_address(parsed.request), Address)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.org/", True),
        (" HTTP://a.org ", True),
        ("//a.org/x", True),
        ("htps://a.org/", True),
        ("ftp://a.org/", True),
        ("#papers", False),
        ("", False),
        ("./overview.png", False),
        ("CONTRIBUTING.md", False),
        ("mailto:a@b.org", False),
        ("TEL:+1", False),
        ("data:image/png;base64,AA", False),
    ],
)
def test_outside_entries_only_what_looks_like_the_web_is_meant_for_it(text: str, *, expected: bool) -> None:
    assert is_web_link(text) is expected
