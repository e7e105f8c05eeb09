import json
from dataclasses import replace

import pytest
from arxiv_asked import ONE, WHEN, entry, feed, refusal
from hypothesis import given
from hypothesis import strategies as st
from shared_data import SHARED

from rlhf_linkcheck.evidence import Record
from rlhf_linkcheck.sources.arxiv_feed import Feed, may_be_withdrawn, read_feed

RECORD = Record(f"arxiv:{ONE}", "arxiv", "A title", ("Ann Author",), WHEN, version=2)


def read(text: str) -> Feed | None:
    return read_feed(text.encode(), WHEN)


def record_of(more: str = "", title: str = "A title", name: str = f"{ONE}v2") -> Record | None:
    told = read(feed(entry(name, title, more=more)))
    assert told is not None
    return told.records[0] if told.records else None


def test_an_entry_is_a_record() -> None:
    more = "<arxiv:comment>68 pages</arxiv:comment><summary>Words.</summary>"
    assert read(feed(entry(f"{ONE}v2", more=more))) == Feed((RECORD,), total=1)


@pytest.mark.parametrize(
    ("more", "published", "doi"),
    [
        ("<arxiv:journal_ref>J. Test 1\n (2022)</arxiv:journal_ref>", "J. Test 1 (2022)", None),
        ("<arxiv:doi>10.1000/xyz</arxiv:doi>", "doi:10.1000/xyz", "10.1000/xyz"),
        (
            "<arxiv:doi>10.1000/xyz</arxiv:doi><arxiv:journal_ref>J. Test</arxiv:journal_ref>",
            "J. Test",
            "10.1000/xyz",
        ),
        ("<arxiv:doi> </arxiv:doi><arxiv:journal_ref/>", None, None),
        ("<doi>10.1000/xyz</doi>", None, None),
    ],
)
def test_where_a_paper_has_appeared_is_told(more: str, published: str | None, doi: str | None) -> None:
    assert record_of(more) == replace(RECORD, published=published, doi=doi)


@pytest.mark.parametrize(
    ("printed", "title"),
    [
        ("0", "0"),
        ("\n  A title\n  on two lines ", "A title on two lines"),
        ("A&amp;B &lt;3 \u03b1", "A&B <3 \u03b1"),
        ("A<!-- hidden --> ti<i>t</i>le", "A title"),
        ("<![CDATA[A title]]>", "A title"),
    ],
)
def test_a_title_is_read_as_it_is_meant(printed: str, title: str) -> None:
    assert record_of(title=printed) == replace(RECORD, title=title)


def test_names_are_folded_and_empty_ones_left_out() -> None:
    told = read(feed(entry(f"{ONE}v2", authors=[" The ATLAS\n Collaboration", "", "Ann  Author"])))
    assert told is not None
    assert told.records[0].authors == ("The ATLAS Collaboration", "Ann Author")


@pytest.mark.parametrize(
    ("name", "identity", "version"),
    [
        (f"{ONE}v12", f"arxiv:{ONE}", 12),
        (ONE, f"arxiv:{ONE}", 1),
        ("math/0309136v1", "arxiv:math/0309136", 1),
        ("math.GT/0309136v1", "arxiv:math/0309136", 1),
    ],
)
def test_the_version_is_in_the_id(name: str, identity: str, version: int) -> None:
    assert record_of(name=name) == replace(RECORD, identity=identity, version=version)


@pytest.mark.parametrize("name", ["", "abc", "9999.0000v1", f"{ONE}v2/../x", "x" * 90])
def test_an_entry_without_an_id_of_arxiv_is_no_record_and_makes_the_feed_no_whole_one(name: str) -> None:
    told = read(feed(entry(name), total=0))
    assert told == Feed((), total=1)
    assert told is not None
    assert not told.whole


@pytest.mark.parametrize(
    ("total", "whole"),
    [("1", True), ("0", True), ("2", False), ("x", True), ("", True), ("-5", True), ("\u0662", True), ("9" * 10, True)],
)
def test_a_feed_is_whole_where_it_holds_what_it_says(total: str, *, whole: bool) -> None:
    told = read(feed(entry(ONE), total=0).replace("totalResults>0<", f"totalResults>{total}<"))
    assert told is not None
    assert told.whole is whole


def test_a_feed_that_does_not_say_how_much_it_holds_is_whole() -> None:
    plain = "<feed xmlns='http://www.w3.org/2005/Atom'></feed>"
    told = read(plain)
    assert told == Feed()
    assert told is not None
    assert told.whole


@pytest.mark.parametrize(
    ("problem", "refused"),
    [
        ("incorrect id format for abc", "abc"),
        ("incorrect id format for math/03", "math/03"),
        ("incorrect id format for ", ""),
        ("max_results must be an integer", ""),
    ],
)
def test_a_refusal_names_its_id(problem: str, refused: str) -> None:
    told = read(refusal(problem))
    assert told == Feed(refused=refused)
    assert told is not None
    assert not told.whole


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<",
        "<html><body>arXiv</body></html>",
        "<feed/>",
        "<rss version='2.0'/>",
        feed(entry(ONE))[:-1],
        feed(entry(ONE, "A &nbsp; title")),
        feed(entry(ONE), prolog="<!DOCTYPE feed>"),
        feed(entry(ONE, "&a;"), prolog="<!DOCTYPE feed [<!ENTITY a 'lol'>]>"),
        feed(entry(ONE, "&a;"), prolog="<!DOCTYPE feed [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"),
        feed(entry(ONE), prolog="<!DOCTYPE feed [<!ENTITY % a SYSTEM 'http://evil.example/'> %a;]>"),
        "<feed xmlns='http://www.w3.org/2005/Atom'>" + "<a>" * 5000,
        "<?xml version='1.0' encoding='none-such'?><feed xmlns='http://www.w3.org/2005/Atom'/>",
    ],
)
def test_what_is_no_feed_is_none(text: str) -> None:
    assert read(text) is None


def test_another_encoding_is_read_where_it_is_named() -> None:
    text = feed(entry(f"{ONE}v2", "Dämpfung")).replace("UTF-8", "ISO-8859-1")
    told = read_feed(text.encode("latin-1"), WHEN)
    assert told is not None
    assert [record.title for record in told.records] == ["Dämpfung"]


PARTS = st.sampled_from([*feed(entry(ONE), refusal("x")).replace("><", ">\n<").split("\n"), "<!DOCTYPE a [", "&a;"])


@given(st.binary() | st.lists(PARTS | st.text(max_size=5)).map("".join).map(str.encode))
def test_no_bytes_break_the_reader(octets: bytes) -> None:
    told = read_feed(octets, WHEN)
    assert told is None or told.total >= len(told.records)


@given(st.text(), st.lists(st.text()), st.text())
def test_no_text_in_a_feed_breaks_the_reader(title: str, names: list[str], more: str) -> None:
    told = read_feed(feed(entry(f"{ONE}v2", title, names, f"<arxiv:comment>{more}</arxiv:comment>")).encode(), WHEN)
    assert told is None or all(record.title and all(record.authors) for record in told.records)


@pytest.mark.parametrize(
    "comment",
    [
        "This paper has been withdrawn by the author due to an error",
        "Withdrawn.",
        "RETRACTED",
        "The authors withdraw this",
        "withdrawn from the ICML workshop",
    ],
)
def test_a_comment_may_speak_of_a_withdrawal(comment: str) -> None:
    assert may_be_withdrawn(comment)
    assert record_of(f"<arxiv:comment>{comment}</arxiv:comment>") == replace(RECORD, withdrawn=comment)


@pytest.mark.parametrize("comment", ["68 pages", "", "notwithdrawn", "withdrawing rooms", "drawn with care"])
def test_another_comment_speaks_of_none(comment: str) -> None:
    assert not may_be_withdrawn(comment)
    assert record_of(f"<arxiv:comment>{comment}</arxiv:comment>") == RECORD


RECORDED = SHARED / "data" / "arxiv-api"


def recorded(name: str) -> tuple[int, Feed]:
    """A recorded answer of arXiv's, as read."""
    found = next(RECORDED.glob(f"id_{name}_s0_*.json"), None)
    if found is None:
        pytest.skip(f"needs {RECORDED} (see RLHF_LINKCHECK_SHARED)")
    answer = json.loads(found.read_text("utf-8"))
    told = read(answer["body"])
    assert told is not None
    return answer["status_code"], told


RECORDED_ROWS = (
    ("0000.0000", 200, None, ()),
    ("0808.05394", 200, None, ()),
    ("0808.05394_1707.08567", 200, None, (("arxiv:1707.08567", 1, "Proceedings of Workshop AEW10: Concepts in", 34),)),
    ("2104.12255v1", 200, None, (("arxiv:2104.12255", 1, "0", 1),)),
    ("abc", 400, "abc", ()),
    ("astro-ph_0601001", 200, None, (("arxiv:astro-ph/0601001", 1, "Frequency of Hot Jupiters and Very Hot Jup", 4),)),
)


@pytest.mark.parametrize(("name", "status", "refused", "records"), RECORDED_ROWS)
def test_a_recorded_answer_is_read(
    name: str, status: int, refused: str | None, records: tuple[tuple[str, int, str, int], ...]
) -> None:
    code, told = recorded(name)
    found = tuple((one.identity, one.version, one.title[:42], len(one.authors)) for one in told.records)
    assert (code, told.refused, found) == (status, refused, records)
    assert told.whole is (refused is None)
