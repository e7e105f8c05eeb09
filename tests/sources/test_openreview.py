"""OpenReview's answers to strangers and to those with an account; the table of all shapes stands in test_doi.py."""

import json
from typing import Any

import pytest
from crawling import Heard, client_of
from hypothesis import given
from lookups import ANYTHING, NOW, asked, asked_hosts, hosts, html, look_up, timeless, told, words_of

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.evidence import Reason, Record, SourceStats, Trust, Verdict
from rlhf_linkcheck.matching.papers import Claim, appraise
from rlhf_linkcheck.sources import openreview
from rlhf_linkcheck.sources.openreview import OpenReview

NEWER, OLDER, PAGES = "api2.openreview.net", "api.openreview.net", "openreview.net"
PAPERS = """
papers:
  - {openreview: newOne, title: A new paper, authors: [Long Ouyang, Jeff Wu], venue: ICLR 2024 poster, year: 2024}
  - {openreview: oldOne, title: An old paper, authors: [Ann Lee, Bo Chen], year: 2021}
  - {openreview: newTwo, title: Another, authors: [Ann Lee], year: 2025}
"""
NEW, OLD, TWO = (f"https://openreview.net/forum?id={number}" for number in ("newOne", "oldOne", "newTwo"))
CLAIMS = {NEW: Claim("A new paper"), OLD: Claim("An old paper"), TWO: Claim("Another")}
ACCOUNT = {"openreview": ("user@example.org", "secret")}
HINT = "OPENREVIEW_USERNAME and OPENREVIEW_PASSWORD in the environment would verify them"
CHALLENGE = html("<title>Verifying your browser</title><p>Verifying your browser before you go on")
BEARER = "Bearer simulated.token"


def tokens(heard: Heard) -> dict[str, set[str | None]]:
    """Which tokens each host got to see."""
    return {
        host: {one.headers.get("authorization") for one in heard.log.requests if one.host == host}
        for host in asked_hosts(heard)
    }


def in_vain(links: int, why: str, **parts: Any) -> SourceStats:
    note = f"told nothing of {links} link{'' if links == 1 else 's'}, asked as pages instead; {why}"
    return SourceStats("openreview", note=note, **parts)


STRANGERS = {"403": {"service": True}, "200 HTML": CHALLENGE}


@pytest.mark.parametrize("notes", STRANGERS.values(), ids=STRANGERS)
async def test_a_stranger_asks_once_and_then_the_pages(notes: dict[str, object]) -> None:
    heard = await look_up(PAPERS + hosts({NEWER: {"/notes*": notes}}), NEW, OLD, TWO, claims=CLAIMS)
    assert heard.asked(NEWER) == ("/notes?id=newOne",)
    assert asked_hosts(heard) == {NEWER, PAGES}
    assert tokens(heard)[NEWER] == {None}
    assert [words_of(one.record) for one in heard.crawl.evidence.values()] == [
        ("web", "A new paper", ("Long Ouyang", "Jeff Wu")),
        ("web", "An old paper", ("Ann Lee", "Bo Chen")),
        ("web", "Another", ("Ann Lee",)),
    ]
    assert heard.crawl.sources == (
        in_vain(3, HINT, asked=3, requests=1),
        SourceStats("web", asked=3, answered=3, requests=3),
    )


async def test_a_note_is_read_in_the_form_of_either_api() -> None:
    heard = await look_up(PAPERS, NEW, OLD, accounts=ACCOUNT)
    assert [timeless(one.record) for one in heard.crawl.evidence.values()] == [
        Record("openreview:newOne", "openreview", "A new paper", ("Long Ouyang", "Jeff Wu"), NOW),
        Record("openreview:oldOne", "openreview", "An old paper", ("Ann Lee", "Bo Chen"), NOW),
    ]
    assert heard.asked(NEWER) == ("/login", "/notes?id=newOne", "/notes?id=oldOne")
    assert heard.asked(OLDER) == ("/notes?id=oldOne",)
    assert tokens(heard) == {NEWER: {None, BEARER}, OLDER: {BEARER}}
    assert heard.crawl.sources == (SourceStats("openreview", asked=2, answered=2, requests=2, follow_ups=2),)


async def test_a_pdf_goes_by_its_note() -> None:
    pdf = "https://openreview.net/pdf?id=newOne"
    heard = await look_up(PAPERS, pdf, NEW, accounts=ACCOUNT)
    assert heard.asked(NEWER) == ("/login", "/notes?id=newOne")
    assert [heard[address].final_url for address in (pdf, NEW)] == [pdf, NEW]


def problem(name: str, status: int) -> dict[str, object]:
    return told({"name": name, "message": "...", "status": status, "details": {}}, status)


NOTHING_TOLD = {
    "not found": problem("NotFoundError", 404),
    "not to be shown": problem("ForbiddenError", 403),
    "no notes": told({"notes": [], "count": 0}),
    "another note": told({"notes": [{"id": "other", "content": {"title": {"value": "Other"}}}]}),
    "a note without a title": told({"notes": [{"id": "newOne", "content": {"title": {"value": ""}}}]}),
    "a note without content": told({"notes": [{"id": "newOne"}, None]}),
    "notes of another shape": told({"notes": {"id": "newOne"}}),
}


@pytest.mark.parametrize("answer", NOTHING_TOLD.values(), ids=NOTHING_TOLD)
async def test_a_note_that_is_not_shown_is_for_the_page_to_tell_and_the_next_is_asked(
    answer: dict[str, object],
) -> None:
    silent = {"/notes?id=newOne": answer}
    heard = await look_up(PAPERS + hosts({NEWER: silent, OLDER: silent}), NEW, TWO, claims=CLAIMS, accounts=ACCOUNT)
    assert words_of(heard.crawl.evidence[NEW].record) == ("web", "A new paper", ("Long Ouyang", "Jeff Wu"))
    assert words_of(heard.crawl.evidence[TWO].record) == ("openreview", "Another", ("Ann Lee",))
    assert heard.asked(OLDER) == ("/notes?id=newOne",)
    why = "what it does not tell may be hidden"
    assert heard.crawl.sources == (
        in_vain(1, why, asked=2, answered=1, requests=2, follow_ups=2),
        SourceStats("web", asked=1, answered=1, requests=1),
    )


async def test_a_note_that_nobody_shows_is_never_dead_by_the_apis_word() -> None:
    gone = {"/notes*": problem("NotFoundError", 404)}
    heard = await look_up(
        PAPERS + hosts({NEWER: gone, OLDER: gone, PAGES: {"/forum*": {"status": 403}}}), NEW, accounts=ACCOUNT
    )
    assert (heard[NEW].verdict, heard.crawl.evidence[NEW].source) == (Verdict.UNCERTAIN, "web")


TURNED_AWAY: dict[str, dict[str, object]] = {
    "429": problem("RateLimitError", 429),
    "500": {"status": 500},
    "challenge": problem("ChallengeRequiredError", 403),
    "token refused": problem("TokenExpiredError", 401),
    "HTML": CHALLENGE,
    "another shape": told(["notes"]),
    "reset": {"reset": True},
}


@pytest.mark.parametrize("answer", TURNED_AWAY.values(), ids=TURNED_AWAY)
async def test_who_is_turned_away_asks_no_further(answer: dict[str, object]) -> None:
    heard = await look_up(PAPERS + hosts({NEWER: {"/notes*": answer}}), NEW, OLD, TWO, claims=CLAIMS, accounts=ACCOUNT)
    assert heard.asked(NEWER) == ("/login", "/notes?id=newOne")
    assert asked_hosts(heard) == {NEWER, PAGES}
    assert {one.record.source for one in heard.crawl.evidence.values() if one.record} == {"web"}
    why = "what it does not tell may be hidden"
    assert heard.crawl.sources[0] == in_vain(3, why, asked=3, requests=1, follow_ups=1)


NO_TOKENS: dict[str, dict[str, object]] = {
    "wrong password": {"service": True},
    "429": problem("RateLimitError", 429),
    "500": {"status": 500},
    "a second factor": told({"mfaPending": True}),
    "HTML": CHALLENGE,
    "a token of no form": told({"token": "a\r\nb"}),
    "a token that is none": told({"token": ["a"]}),
    "another shape": told([]),
}


@pytest.mark.parametrize("answer", NO_TOKENS.values(), ids=NO_TOKENS)
async def test_whose_credentials_are_refused_is_a_stranger(answer: dict[str, object]) -> None:
    account = {"openreview": ("user@example.org", "wrong")}
    heard = await look_up(PAPERS + hosts({NEWER: {"/login": answer}}), NEW, OLD, accounts=account)
    assert heard.asked(NEWER) == ("/login", "/notes?id=newOne")
    assert tokens(heard)[NEWER] == {None}
    assert heard.crawl.sources == (
        in_vain(2, "the login failed", asked=2, requests=1, follow_ups=1),
        SourceStats("web", asked=2, answered=2, requests=2),
    )
    assert "wrong" not in repr(heard.crawl)


async def test_the_token_goes_to_no_other_host() -> None:
    away = {"/notes?id=newOne": {"status": 307, "location": "https://elsewhere.example/notes?id=newOne"}}
    other = {"/notes?id=newOne": told({"notes": [{"id": "newOne", "content": {"title": "T", "authors": ["A"]}}]})}
    heard = await look_up(PAPERS + hosts({NEWER: away, "elsewhere.example": other}), NEW, accounts=ACCOUNT)
    assert tokens(heard) == {NEWER: {None, BEARER}, "elsewhere.example": {None}}


async def test_the_login_is_one_post_of_json_by_https() -> None:
    heard = await look_up(PAPERS, NEW, OLD, TWO, accounts=ACCOUNT)
    (login,) = heard.log.of(NEWER, "/login")
    assert (login.method, login.scheme, login.headers["content-type"]) == ("POST", "https", "application/json")
    assert heard.crawl.sources[0].note is None


async def test_one_token_serves_the_whole_run() -> None:
    async with client_of(PAPERS, accounts=ACCOUNT) as (client, web):
        source = OpenReview(client)
        for address in (NEW, TWO):
            records = [evidence.record async for _, evidence in source.lookup([asked(address)])]
            assert all(records)
        assert [one.path for one in web.log.requests] == ["/login", "/notes?id=newOne", "/notes?id=newTwo"]


async def test_without_papers_there_nobody_logs_in() -> None:
    heard = await look_up(PAPERS + hosts({"a.example": {"/": {"status": 200}}}), "https://a.example/", accounts=ACCOUNT)
    assert asked_hosts(heard) == {"a.example"}


async def test_accounts_are_not_printed() -> None:
    assert "secret" not in repr(NetworkConfig(accounts=ACCOUNT))
    assert "user@example.org" not in repr(NetworkConfig(accounts=ACCOUNT))


LAST_AUTHOR = html(
    "<title>A new paper | OpenReview</title><meta name=citation_title content='A new paper'>"
    "<meta name=citation_author content='Jeff Wu'><p>A paper about rewards and what they do to models."
)


@pytest.mark.parametrize(
    ("authors", "departs"),
    [(("Long Ouyang", "Jeff Wu"), False), (("Jeff Wu", "Long Ouyang"), False), (("Long Ouyang", "Jef Wux"), True)],
)
async def test_a_page_that_names_the_last_author_only_is_no_witness_against_the_others(
    authors: tuple[str, ...], *, departs: bool
) -> None:
    claim = Claim("A new paper", authors)
    heard = await look_up(PAPERS + hosts({PAGES: {"/forum*": LAST_AUTHOR}}), NEW, claims={NEW: claim})
    evidence = heard.crawl.evidence[NEW]
    assert evidence.record is not None
    assert (evidence.record.trust, evidence.record.complete, evidence.record.ordered) == (Trust.PAGE, False, False)
    appraisal = appraise(claim, evidence)
    assert appraisal is not None
    assert (appraisal.title, appraisal.authors) == (False, departs)


async def test_the_page_of_a_missing_paper_names_none_and_calls_nothing_dead() -> None:
    missing = "https://openreview.net/forum?id=missing"
    for accounts in ({}, ACCOUNT):
        heard = await look_up(PAPERS, missing, claims={missing: Claim("A paper", ("Ann Lee",))}, accounts=accounts)
        evidence = heard.crawl.evidence[missing]
        assert (evidence.source, evidence.outcome.status, evidence.record) == ("web", 200, None)
        assert evidence.outcome.verdict is not Verdict.DEAD


async def test_the_page_of_a_hidden_paper_is_behind_a_login() -> None:
    pages = {"/forum*": {"status": 302, "location": "/login?redirect=/forum?id=newOne"}, "/login*": {"status": 200}}
    heard = await look_up(PAPERS + hosts({PAGES: pages}), NEW)
    evidence = heard.crawl.evidence[NEW]
    assert (evidence.source, evidence.outcome.reason, evidence.record) == ("web", Reason.AUTH_REQUIRED, None)


@given(ANYTHING, ANYTHING)
def test_no_note_upsets_the_reader(title: object, authors: object) -> None:
    notes = [
        title,
        {"id": "newOne", "content": authors},
        {"id": "newOne", "content": {"title": title, "authors": authors}},
    ]
    for answer in ({"notes": notes}, {"notes": title}, title, json.loads("null")):
        record = openreview._record(answer, asked(NEW), NOW)
        assert record is None or (record.title and record.identity == "openreview:newOne")


@pytest.mark.parametrize("place", ["https://elsewhere.example/login", "http://api2.openreview.net/elsewhere"])
async def test_the_password_goes_to_no_other_host_and_never_in_clear(place: str) -> None:
    away = {"/login": {"status": 307, "location": place}, "/elsewhere": {"status": 200}}
    heard = await look_up(
        PAPERS + hosts({NEWER: away, "elsewhere.example": {"/login": {"status": 200}}}), NEW, accounts=ACCOUNT
    )
    assert [one.path for one in heard.log.requests if one.method == "POST"] == ["/login"]
