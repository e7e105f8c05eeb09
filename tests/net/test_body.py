import gzip
import zlib
from collections.abc import Callable, Iterable
from time import process_time

import pytest
from bombs import bomb
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.content.page import Page
from rlhf_linkcheck.net.body import LARGEST, Body, Form, form_of

ADDRESS = "http://a.example/x"
HTML = b"<!doctype html><title>Reward models</title><h2 id=part>Part</h2><p>" + b"five words of plain prose " * 40


def raw_deflate(octets: bytes) -> bytes:
    squeezed = zlib.compressobj(9, zlib.DEFLATED, -15)
    return squeezed.compress(octets) + squeezed.flush()


def read(chunks: Iterable[bytes], form: Form, *, ended: bool = True) -> Page | None:
    body = Body(form)
    for chunk in chunks:
        body.feed(chunk)
    body.ended = ended
    return body.page(ADDRESS, frozenset({"part"}))


def coded(*codings: str) -> Form:
    return Form("text/html", None, codings)


@pytest.mark.parametrize(
    ("fields", "form"),
    [
        ({}, Form()),
        ({"Content-Type": "text/html"}, Form("text/html")),
        ({"Content-Type": " Text/HTML ; Charset=GB2312"}, Form("text/html", "GB2312")),
        ({"Content-Type": 'text/html; charset="utf-8"; x=y'}, Form("text/html", "utf-8")),
        ({"Content-Type": "text/html; charset*=utf-8''x"}, Form("text/html")),
        ({"Content-Type": "html"}, Form("")),
        ({"Content-Type": "charset=utf-8"}, Form("", "utf-8")),
        ({"Content-Encoding": "gzip"}, Form("", None, ("gzip",))),
        ({"Content-Encoding": " GZIP , identity,, br "}, Form("", None, ("gzip", "br"))),
        ({"Content-Disposition": "attachment; filename=x"}, Form("", attachment=True)),
        ({"Content-Disposition": "Attachment"}, Form("", attachment=True)),
        ({"Content-Disposition": "inline; filename=attachment"}, Form("")),
    ],
)
def test_the_fields_tell_the_form_of_a_body(fields: dict[str, str], form: Form) -> None:
    assert form_of(fields) == form


@given(st.text(max_size=60), st.text(max_size=20), st.text(max_size=20))
def test_no_fields_raise(content_type: str, coding: str, disposition: str) -> None:
    fields = {"Content-Type": content_type, "Content-Encoding": coding, "Content-Disposition": disposition}
    assert isinstance(form_of(fields), Form)


PARAMETERS = ("charset", "*", "0", "1", "=", "'", '"', "%", "zz", ";", " ", "\\", "utf-8")


@given(st.lists(st.sampled_from(PARAMETERS), max_size=12))
def test_no_parameters_raise(pieces: list[str]) -> None:
    assert form_of({"Content-Type": f"text/html;{''.join(pieces)}"}).media_type == "text/html"


@pytest.mark.parametrize(
    ("form", "is_page"),
    [
        (Form(), True),
        (Form("text/html"), True),
        (Form("application/xhtml+xml"), True),
        (Form("application/xml"), True),
        (Form("text/plain"), True),
        (Form("text/html", attachment=True), False),
        (Form("", attachment=True), False),
        (Form("application/pdf"), False),
        (Form("image/svg+xml"), False),
        (Form("application/json"), False),
        (Form("application/octet-stream"), False),
    ],
)
def test_only_what_may_be_a_page_is_read(form: Form, *, is_page: bool) -> None:
    assert form.is_page is is_page
    assert (read([HTML], form) is not None) is is_page


CODED = (
    (HTML, ()),
    (HTML, ("identity",)),
    (gzip.compress(HTML), ("gzip",)),
    (gzip.compress(HTML), ("x-gzip",)),
    (zlib.compress(HTML), ("deflate",)),
    (raw_deflate(HTML), ("deflate",)),
    (gzip.compress(zlib.compress(HTML)), ("deflate", "gzip")),
    (gzip.compress(gzip.compress(HTML)), ("gzip", "gzip")),
    (HTML, ("gzip",)),
    (HTML, ("deflate",)),
)
PLAIN = read([HTML], coded())


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000, LARGEST])
@pytest.mark.parametrize(("octets", "codings"), CODED, ids=range(len(CODED)))
def test_a_coding_is_undone_in_whatever_pieces_the_body_comes(
    octets: bytes, codings: tuple[str, ...], size: int
) -> None:
    form = form_of({"Content-Type": "text/html", "Content-Encoding": ", ".join(codings)})
    page = read((octets[start : start + size] for start in range(0, len(octets), size)), form)
    assert page == PLAIN
    assert page is not None
    assert (page.title, set(page.anchors), page.whole) == ("Reward models", {"part"}, True)


@pytest.mark.parametrize("codings", [("br",), ("zstd",), ("gzip", "br"), ("br", "gzip"), ("x-none",)])
def test_what_is_coded_in_another_way_is_not_read(codings: tuple[str, ...]) -> None:
    assert read([b"\x0b\x02\x80a page\x03"], coded(*codings)) is None


def test_a_coding_that_breaks_off_leaves_what_came_before() -> None:
    many = HTML + b"".join(b"<p>%d" % (number**5) for number in range(20_000))
    squeezed = gzip.compress(many)
    for ended in (False, True):
        page = read([squeezed[: len(squeezed) // 2]], coded("gzip"), ended=ended)
        assert page is not None
        assert (page.title, page.whole) == ("Reward models", False)


def test_a_coding_that_turns_to_garbage_ends_there() -> None:
    squeezed = zlib.compressobj(9, zlib.DEFLATED, 31)
    body = Body(coded("gzip"))
    body.feed(squeezed.compress(HTML) + squeezed.flush(zlib.Z_FULL_FLUSH))
    assert not body.full
    body.feed(b"\xff" * 1000)
    assert body.full
    body.feed(b"more")
    body.ended = True
    page = body.page(ADDRESS, frozenset())
    assert page is not None
    assert (page.title, page.whole) == ("Reward models", False)


def test_several_members_of_a_gzip_are_one_body() -> None:
    page = read([gzip.compress(HTML[:100]) + gzip.compress(HTML[100:])], coded("gzip"))
    assert page == PLAIN


@pytest.fixture(scope="module", name="bombs")
def _bombs() -> dict[str, tuple[bytes, Form]]:
    single = bomb()
    return {"one": (single, coded("gzip")), "in one": (gzip.compress(single), coded("gzip", "gzip"))}


@pytest.mark.parametrize("kind", ["one", "in one"])
@pytest.mark.parametrize("size", [1000, 65_536, 2**30])
def test_a_bomb_goes_off_no_further_than_anybody_reads(
    bombs: dict[str, tuple[bytes, Form]], kind: str, size: int
) -> None:
    octets, form = bombs[kind]
    body = Body(form)
    began = process_time()
    for start in range(0, len(octets), size):
        body.feed(octets[start : start + size])
        if body.full:
            break
    assert process_time() - began < 2
    assert len(body._octets) <= LARGEST


@pytest.mark.parametrize(
    ("length", "full"), [(0, False), (LARGEST - 1, False), (LARGEST, True), (LARGEST + 1, True), (3 * LARGEST, True)]
)
def test_no_more_is_kept_than_anybody_reads(length: int, *, full: bool) -> None:
    body = Body(Form("text/plain"))
    body.feed(b"x" * length)
    assert body.full is full
    body.feed(b"y")
    assert len(body._octets) == min(length + 1, LARGEST)


def test_a_page_is_whole_where_its_end_was_heard_and_all_of_it_kept() -> None:
    long = b"<title>x</title>" + b"word " * (LARGEST // 5)
    wholes = [read([HTML], coded()), read([HTML], coded(), ended=False), read([long], coded())]
    assert [page.whole for page in wholes if page] == [True, False, False]


@pytest.mark.parametrize(
    "octets",
    [
        *(b"%PDF-1.7\n", b"PK\x03\x04rest", b"\x1f\x8b\x08rest", b"\x89PNG\r\n", b"GIF89a", b"\xff\xd8\xff\xe0JFIF"),
        *(b"BZh9", b"\xfd7zXZ\x00", b"Rar!\x1a", b"7z\xbc\xaf"),
        *(b"", b" \r\n\t"),
    ],
)
def test_what_is_no_page_by_its_first_bytes_is_none(octets: bytes) -> None:
    assert read([octets], Form()) is None
    assert read([octets], Form("text/html")) is None


@pytest.mark.parametrize(
    ("octets", "media_type", "title", "words"),
    [
        (b"<title>T</title>two words", "", "T", 2),
        (b"\n <title>T</title>two words", "", "T", 2),
        (b"\xef\xbb\xbf<title>T</title>two words", "", "T", 2),
        (b"two words", "", "", 2),
        (b"two words", "text/html", "", 2),
        (b"<title>T</title>two words", "text/plain", "", 2),
        (b"<title>T</title>two words", "application/xml", "T", 2),
    ],
)
def test_the_type_decides_how_a_page_is_read_and_without_one_its_beginning(
    octets: bytes, media_type: str, title: str, words: int
) -> None:
    page = read([octets], Form(media_type))
    assert page is not None
    assert (page.title, page.words) == (title, words)


def test_the_charset_of_the_fields_is_the_pages() -> None:
    page = read(["<title>页面不存在</title>".encode("gb2312")], Form("text/html", "gb2312"))
    assert page is not None
    assert page.title == "页面不存在"


@given(
    st.lists(st.binary(max_size=40), max_size=6),
    st.sampled_from(("", "text/html", "text/plain", "application/pdf")),
    st.lists(st.sampled_from(("gzip", "x-gzip", "deflate", "br")), max_size=3).map(tuple),
    st.booleans(),
)
def test_no_body_raises(chunks: list[bytes], media_type: str, codings: tuple[str, ...], ended: bool) -> None:
    page = read(chunks, Form(media_type, None, codings), ended=ended)
    assert page is None or page.whole <= ended


@given(st.binary(max_size=300), st.integers(1, 50), st.sampled_from((gzip.compress, zlib.compress, raw_deflate)))
def test_what_was_squeezed_comes_back(octets: bytes, size: int, squeeze: Callable[[bytes], bytes]) -> None:
    sent = squeeze(octets)
    body = Body(coded("gzip" if squeeze is gzip.compress else "deflate"))
    for start in range(0, len(sent), size):
        body.feed(sent[start : start + size])
    body._finish()
    assert bytes(body._octets) == octets
