import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lookups import NOW, PARTS, answered, evidence_of, hosts, told

from rlhf_linkcheck.evidence import Record
from rlhf_linkcheck.matching.papers import Claim, compare
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.sources import crossref

DOI = "https://doi.org/10.1000/one"
ANYBODY = "papers: [{doi: 10.1000/else, title: Else}]"
WHOLE = {
    "DOI": "10.1000/ONE",
    "type": "journal-article",
    "title": ["Learning to <i>summarize</i>\n      from  human feedback"],
    "subtitle": ["A study"],
    "author": [
        {"given": "Long", "family": "Ouyang", "sequence": "first", "affiliation": []},
        {"given": "Sammy", "family": "Davis", "suffix": "Jr.", "sequence": "additional"},
        {"family": "Plato"},
        {"name": " The  ATLAS Collaboration ", "sequence": "additional"},
    ],
    "container-title": ["Journal of Things", "J. Things"],
    "issued": {"date-parts": [[None]]},
}


def one(**changes: Any) -> Record:
    """The record of a whole work with changes."""
    work = {"status": "ok", "message-type": "work", "message": {**WHOLE, **changes}}
    records = crossref.read(answered(json.dumps(work).encode()), NOW)
    assert records is not None
    return records["10.1000/one"]


async def test_a_work_is_read_as_it_comes() -> None:
    answer = told({"status": "ok", "message-type": "work", "message": WHOLE})
    evidence = await evidence_of(ANYBODY + hosts({"api.crossref.org": {"/works/*": answer}}), DOI)
    assert evidence.record is not None
    assert evidence.record == Record(
        identity="doi:10.1000/one",
        source="crossref",
        title="Learning to <i>summarize</i> from human feedback: A study",
        authors=("Long Ouyang", "Sammy Davis Jr.", "Plato", "The ATLAS Collaboration"),
        retrieved_at=evidence.record.retrieved_at,
        other_titles=("Learning to <i>summarize</i> from human feedback",),
        published="Journal of Things",
        doi="10.1000/one",
    )


@pytest.mark.parametrize(
    ("printed", "listed"),
    [
        ("Attention <i>Is</i> All You&nbsp;Need", "Attention Is All You Need"),
        ("Search &amp;amp; Learning", "Search & Learning"),
        ("<jats:italic>In vivo</jats:italic> learning", "In vivo learning"),
        ("H<sub>2</sub>O: <b>Heavy</b> hitters", "H2O: Heavy Hitters"),
    ],
)
def test_markup_in_a_title_is_no_difference(printed: str, listed: str) -> None:
    record = one(title=[printed], subtitle=[])
    assert compare(Claim(listed, ("Long Ouyang", "Sammy Davis", "Plato", "ATLAS Collaboration")), record).title.same


def test_a_title_may_be_listed_with_its_subtitle_or_without() -> None:
    record = one(title=["Reward models"], subtitle=["A study"])
    assert record.titles == ("Reward models: A study", "Reward models")
    assert one(title=["Reward models", "Belohnungen"], subtitle=[]).titles == ("Reward models", "Belohnungen")


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        ("author", "Long Ouyang", ()),
        ("author", [{"given": "Long"}, 7, {}, {"family": 7}, {"given": "", "family": " ", "name": "A"}], ("Long", "A")),
        ("author", [{"given": "Long", "family": "Ouyang", "name": "Team"}], ("Long Ouyang",)),
        ("author", None, ()),
    ],
)
def test_odd_authors_are_left_out(field: str, value: object, read: tuple[str, ...]) -> None:
    assert one(**{field: value}).authors == read


@pytest.mark.parametrize("value", [[], None, "Journal", [" "], [{}]])
def test_a_work_may_name_no_venue(value: object) -> None:
    assert one(**{"container-title": value}).published is None


def update(kind: object, **parts: object) -> dict[str, object]:
    return {"DOI": "10.1000/notice", "type": kind, "label": str(kind).title(), "source": "retraction-watch", **parts}


@pytest.mark.parametrize("kind", ["retraction", "withdrawal", "removal"])
def test_a_work_that_was_taken_back_says_by_which_notice(kind: str) -> None:
    updates = [update("correction", DOI="10.1000/other"), update(kind), update(kind, source="publisher")]
    assert one(**{"updated-by": updates}).withdrawn == f"{kind} by https://doi.org/10.1000/notice"


@pytest.mark.parametrize(
    ("notice", "words"),
    [
        ({"type": "retraction"}, "retraction"),
        ({"type": "retraction", "label": "Retraction and Replacement"}, "retraction and replacement"),
        ({"type": "removal", "DOI": 7, "label": ""}, "removal"),
    ],
)
def test_a_notice_may_have_no_doi_and_a_label_of_its_own(notice: dict[str, object], words: str) -> None:
    assert one(**{"updated-by": [notice]}).withdrawn == words


@pytest.mark.parametrize(
    "kind",
    [
        *("correction", "corrigendum", "erratum", "expression_of_concern", "addendum", "clarification"),
        *("new_version", "new_edition", "partial_retraction", "Retraction of something", None, [], {}, 7),
    ],
)
def test_what_was_only_updated_still_stands(kind: object) -> None:
    assert one(**{"updated-by": [update(kind)]}).withdrawn is None


@pytest.mark.parametrize("value", [None, "retraction", {"type": "retraction"}, [["type", "retraction"]], [None]])
def test_updates_of_another_shape_take_nothing_back(value: object) -> None:
    assert one(**{"updated-by": value}).withdrawn is None


def test_the_notice_of_a_retraction_is_not_what_was_retracted() -> None:
    notice = one(**{"update-to": [{"DOI": "10.1000/bad", "type": "retraction", "label": "Retraction"}]})
    assert notice.withdrawn is None


async def test_a_retraction_is_heard_over_the_wire() -> None:
    papers = "papers: [{doi: 10.1000/one, title: One, retracted: A duplicate.}, {doi: 10.1000/two, title: Two}]"
    evidence = await evidence_of(papers, DOI)
    assert evidence.record is not None
    assert evidence.record.withdrawn == "retraction by https://doi.org/10.1000/one.notice"


def test_works_that_cannot_be_read_are_left_out_of_a_list() -> None:
    untitled = {**WHOLE, "title": []}
    items = [None, 7, {}, {"DOI": "10.1/x"}, {"title": ["No DOI"]}, untitled, {"DOI": "10.1/X", "title": ["X"]}]
    body = json.dumps({"message-type": "work-list", "message": {"items": items}}).encode()
    records = crossref.read(answered(body), NOW)
    assert {doi: record.title for doi, record in (records or {}).items()} == {"10.1/x": "X"}


@pytest.mark.parametrize(
    ("body", "status", "known"),
    [
        (b"Resource not found.", 404, {}),
        (b"Resource not found.\n", 404, {}),
        (b"Resource not found.", 200, None),
        (b"<h1>Not found</h1>", 404, None),
        (b"", 404, None),
        (b"", 200, None),
        (b'{"message-type": "work-list", "message": {"items": []}}', 200, {}),
        (b'{"message-type": "work-list", "message": {"items": []}}', 203, None),
        (b'{"message-type": "work-list", "message": {"items": {}}}', 200, None),
        (b'{"message-type": "work-list", "message": []}', 200, None),
        (b'{"message-type": "member", "message": {}}', 200, None),
    ],
)
def test_unknown_is_told_from_unanswered(body: bytes, status: int, known: dict[str, Record] | None) -> None:
    assert crossref.read(answered(body, status), NOW) == known


def test_the_addresses_are_those_of_the_api() -> None:
    assert crossref.one("10.1/a b,c") == "https://api.crossref.org/works/10.1/a%20b%2Cc"
    assert crossref.many(["10.1/a&b", "10.1/c"]) == (
        "https://api.crossref.org/works?filter=doi:10.1/a%26b,doi:10.1/c&rows=2"
        "&select=DOI,title,subtitle,author,container-title,updated-by"
    )


@given(st.binary(max_size=60), st.sampled_from((200, 400, 404, 429, 500)))
def test_no_bytes_upset_the_reader(body: bytes, status: int) -> None:
    assert crossref.read(answered(body, status), NOW) in (None, {})


@given(st.dictionaries(st.sampled_from(sorted({*WHOLE, "updated-by"})), PARTS))
def test_no_work_upsets_the_reader(changes: dict[str, object]) -> None:
    for message in ({"message-type": "work", "message": {**WHOLE, **changes}}, changes):
        records = crossref.read(answered(json.dumps(message).encode()), NOW)
        assert all(record.title and record.doi == doi for doi, record in (records or {}).items())


@pytest.mark.parametrize(
    ("title", "withdrawn"),
    [
        ("RETRACTED: Reward models", "retracted, as its title says"),
        ("RETRACTED ARTICLE: Reward models", "retracted, as its title says"),
        ("[WITHDRAWN] Reward models", "withdrawn, as its title says"),
        ("Retracted papers and why", None),
        ("WITHDRAWNESS", None),
    ],
)
def test_what_a_publisher_put_before_the_title_is_a_withdrawal(title: str, withdrawn: str | None) -> None:
    body = json.dumps({"message-type": "work", "message": {"DOI": "10.1000/x", "title": [title]}}).encode()
    read = crossref.read(Answer("https://api.crossref.org/works/10.1000/x", 200, body=body), NOW)
    assert read is not None
    assert read["10.1000/x"].withdrawn == withdrawn
