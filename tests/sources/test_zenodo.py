"""Zenodo's answers about records, removed ones, and those that are not for everybody."""

import json
from typing import Any

import pytest
from homes import Told, answer, open_, tell, there
from hypothesis import given
from hypothesis import strategies as st
from lookups import ANYTHING, NOW, answered, asked, hosts, html, look_up, told

from rlhf_linkcheck.evidence import Evidence, Reason, SourceStats, Verdict
from rlhf_linkcheck.identity import identify
from rlhf_linkcheck.repository import Repository, Restriction
from rlhf_linkcheck.sources import zenodo
from rlhf_linkcheck.sources.zenodo import Zenodo

ZENODO = "zenodo.org"
SCENARIO = """
zenodo:
  - record: 2630551
    concept: 2630550
    title: "VATEX:  a data set"
    creators: [Xin Wang, Jiawei Wu]
    license: cc-by-4.0
    description: D
    files: ["data set.zip", a/b.csv]
  - {record: 11, concept: 10, title: Restricted, access: restricted}
  - {record: 21, concept: 20, title: Embargoed, access: embargoed}
  - {record: 31, concept: 30, title: Closed, access: closed}
  - {record: 41, concept: 40, private: true}
  - {record: 51, concept: 50, deleted: A duplicate.}
"""
RECORD = "https://zenodo.org/records/2630551"
OPEN = "Zenodo's API leaves it to the page"
LEFT = "told nothing of 1 link, asked as pages instead"


async def asked_of(*addresses: str, page: dict[str, Any] | None = None, looks: int = 1) -> Told:
    pages = hosts({ZENODO: {"/api/*": page}}) if page else ""
    return await tell(Zenodo, SCENARIO + pages, *addresses, looks=looks)


def record(number: int, title: str, **parts: Any) -> Repository:
    return Repository(f"zenodo:{number}", "zenodo", title, NOW, **parts)


VATEX = record(2630551, "VATEX: a data set", authors=("Wang, Xin", "Wu, Jiawei"), licence="cc-by-4.0")
THERE: dict[str, Evidence] = {
    "a record": there("zenodo", RECORD, VATEX),
    "by its old address": there("zenodo", "https://zenodo.org/record/2630551", VATEX),
    "a file": there("zenodo", f"{RECORD}/files/data%20set.zip?download=1", VATEX),
    "a file in a folder": there("zenodo", f"{RECORD}/files/a/b.csv", VATEX),
    "restricted": there(
        "zenodo",
        "https://zenodo.org/records/11",
        record(
            11,
            "Restricted",
            restricted=Restriction.GATED,
            restriction="its files are for those alone who have asked for them",
        ),
    ),
    "under embargo": there(
        "zenodo",
        "https://zenodo.org/records/21",
        record(21, "Embargoed", restricted=Restriction.GATED, restriction="its files are under embargo"),
    ),
    "closed": there(
        "zenodo",
        "https://zenodo.org/records/31",
        record(31, "Closed", restricted=Restriction.GATED, restriction="its files are closed"),
    ),
}


@pytest.mark.parametrize("evidence", THERE.values(), ids=THERE)
async def test_what_is_there_is_told_with_what_it_is(evidence: Evidence) -> None:
    heard = await asked_of(evidence.outcome.final_url or "")
    assert heard.one == evidence
    assert heard.stats == SourceStats("zenodo", asked=1, requests=1)


async def test_the_number_of_all_versions_leads_to_the_newest() -> None:
    """Servers differ: some send the caller on, some know no such record and leave it to the page."""
    concept = "https://zenodo.org/records/2630550"
    heard = await asked_of(concept)
    newest = record(2630550, VATEX.name, authors=VATEX.authors, licence=VATEX.licence)
    assert heard.one == there("zenodo", concept, newest)
    assert heard.stats == SourceStats("zenodo", asked=1, requests=1, follow_ups=1)


@pytest.mark.parametrize("rest", ["files/missing.zip", "files", "preview/a.zip", "versions/latest", "export/json"])
async def test_what_else_a_record_may_have_is_left_to_the_page(rest: str) -> None:
    heard = await asked_of(f"{RECORD}/{rest}")
    assert heard.one == open_("zenodo", Reason.PROTOCOL_ERROR, 200, OPEN, VATEX)
    assert heard.stats.note is None


async def test_a_file_that_is_not_there_is_dead_and_its_record_is_known() -> None:
    missing = f"{RECORD}/files/missing.zip"
    evidence = (await look_up(SCENARIO, missing, host_intervals={"*": 0.0})).crawl.evidence[missing]
    assert (evidence.source, evidence.outcome.reason) == ("web", Reason.NOT_FOUND)
    assert evidence.repository is not None
    assert evidence.repository.name == VATEX.name


async def test_all_that_leads_into_a_record_is_one_question() -> None:
    heard = await asked_of(RECORD, "https://zenodo.org/record/2630551", f"{RECORD}/files/a/b.csv")
    assert heard.paths == ("/api/records/2630551",)
    assert heard.stats == SourceStats("zenodo", asked=3, requests=1)


def tombstone(value: object, status: int = 410) -> dict[str, object]:
    return told({"status": status, "message": "Record deleted", "tombstone": value}, status)


TOMBSTONES: dict[str, tuple[dict[str, object], str]] = {
    "a note": (tombstone({"removal_reason": {"id": "retracted"}, "note": "A  duplicate."}), ": A duplicate."),
    "a reason in words": (
        tombstone({"removal_reason": {"id": "spam", "title": {"en": "Spam"}}, "note": ""}),
        ": Spam",
    ),
    "a reason": (tombstone({"removal_reason": {"id": "take-down-request"}}), ": take-down-request"),
    "nothing": (tombstone({}), ""),
    "another shape": (tombstone([1]), ""),
    "none": (told({"status": 410}, 410), ""),
}


@pytest.mark.parametrize(("page", "words"), TOMBSTONES.values(), ids=TOMBSTONES)
async def test_a_removed_record_is_gone_and_why_is_told(page: dict[str, Any], words: str) -> None:
    heard = await asked_of(RECORD, page=page)
    gone = answer(Reason.GONE, 410, final_url=RECORD, detail=f"Zenodo has removed it{words}")
    assert heard.one == Evidence(gone, "zenodo")
    assert heard.stats == SourceStats("zenodo", asked=1, requests=1)


async def test_a_removal_is_looked_at_twice_before_it_is_believed() -> None:
    removed = "https://zenodo.org/records/51"
    heard = await look_up(SCENARIO, removed, host_intervals={"*": 0.0})
    assert (heard[removed].reason, heard[removed].detail) == (Reason.GONE, "Zenodo has removed it: A duplicate.")
    assert heard.asked(ZENODO) == ("/api/records/51",) * 2


async def test_a_record_that_is_not_for_everybody_is_known_to_be_there() -> None:
    private = "https://zenodo.org/records/41"
    known = record(
        41, "41", restricted=Restriction.PRIVATE, restriction="Zenodo shows the record to those alone who may see it"
    )
    words = "403 Forbidden (the site does not let a checker in)"
    assert (await asked_of(private)).one == open_("zenodo", Reason.BLOCKED, 403, words, known)
    evidence = (await look_up(SCENARIO, private, host_intervals={"*": 0.0})).crawl.evidence[private]
    assert (evidence.outcome.reason, evidence.repository and evidence.repository.restricted) == (
        Reason.BLOCKED,
        Restriction.PRIVATE,
    )


BROKEN: dict[str, tuple[dict[str, Any], Reason, int | None, str]] = {
    "404": (
        told({"status": 404, "message": "The persistent identifier does not exist."}, 404),
        Reason.PROTOCOL_ERROR,
        404,
        OPEN,
    ),
    "410 HTML": (html("<h1>Gone</h1>", 410), Reason.PROTOCOL_ERROR, 410, OPEN),
    "403 HTML": (
        html("<p>Access to this resource has been blocked due to unusual traffic", 403),
        Reason.BLOCKED,
        403,
        "403 Forbidden (the site does not let a checker in)",
    ),
    "429": (
        told({"status": 429, "message": "133 per 1 minute"}, 429),
        Reason.RATE_LIMITED,
        429,
        "429 Too Many Requests (the site limits how much it is asked)",
    ),
    "500": (told({"status": 500, "message": "x"}, 500), Reason.SERVER_ERROR, 500, "500 Internal Server Error"),
    "504": (html("<h1>504</h1>", 504), Reason.SERVER_ERROR, 504, "504 Gateway Timeout"),
    "HTML": (html("<title>Zenodo</title>"), Reason.PROTOCOL_ERROR, 200, OPEN),
    "cut JSON": (html('{"metadata": {"title": "VA'), Reason.PROTOCOL_ERROR, 200, OPEN),
    "no JSON object": (told([]), Reason.PROTOCOL_ERROR, 200, OPEN),
    "another shape": (told({"metadata": ["title"]}), Reason.PROTOCOL_ERROR, 200, OPEN),
    "without a title": (told({"metadata": {"title": " "}}), Reason.PROTOCOL_ERROR, 200, OPEN),
    "reset": ({"reset": True}, Reason.RESET, None, "the connection was reset"),
}


@pytest.mark.parametrize(("page", "reason", "status", "words"), BROKEN.values(), ids=BROKEN)
async def test_an_answer_that_is_none_leaves_it_to_the_page(
    page: dict[str, Any], reason: Reason, status: int | None, words: str
) -> None:
    heard = await asked_of(RECORD, page=page)
    assert heard.one == open_("zenodo", reason, status, words)
    assert heard.stats == SourceStats("zenodo", asked=1, requests=1, note=LEFT)


@pytest.mark.parametrize("page", [page for page, *_ in BROKEN.values()], ids=BROKEN)
async def test_no_answer_of_the_api_makes_a_finding(page: dict[str, Any]) -> None:
    heard = await look_up(SCENARIO + hosts({ZENODO: {"/api/*": page}}), RECORD, host_intervals={"*": 0.0})
    evidence = heard.crawl.evidence[RECORD]
    assert (evidence.source, evidence.outcome.reason, evidence.repository) == ("web", Reason.OK, None)


async def test_a_record_that_neither_api_nor_page_knows_is_missing() -> None:
    missing = "https://zenodo.org/records/999"
    heard = await look_up(SCENARIO, missing, host_intervals={"*": 0.0})
    assert (heard[missing].verdict, heard.crawl.evidence[missing].source) == (Verdict.DEAD, "web")


async def test_an_embargo_ends() -> None:
    page = told({"metadata": {"title": "T", "access_right": "embargoed", "embargo_date": "2027-01-01"}})
    repository = (await asked_of(RECORD, page=page)).one.repository
    assert repository is not None
    assert repository.restriction == "its files are under embargo until 2027-01-01"


FIELDS = ("title", "access_right", "embargo_date", "creators", "license")
METADATA = st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, ANYTHING | st.just({"id": "x", "name": "y"})))
PARTS = {"metadata": METADATA | ANYTHING, "files": ANYTHING, "tombstone": ANYTHING, "message": ANYTHING}


@given(st.fixed_dictionaries({}, optional=PARTS) | ANYTHING, st.sampled_from((200, 403, 404, 410)))
def test_no_answer_upsets_the_readers(value: Any, status: int) -> None:
    heard = answered(json.dumps(value).encode(), status)
    request = asked(f"{RECORD}/files/a.zip")
    whole = request.identity.whole
    known = zenodo._record(heard, whole) or zenodo._denied(heard, whole)
    assert known is None or (known.name and known.identity == str(identify(RECORD)))
    assert zenodo._is_listed(request, heard) in (True, False)
    words = zenodo._removal(heard)
    assert words is None or words.isprintable()
