from dataclasses import replace

import pytest
from arxiv_asked import (
    API,
    OAI,
    OLD,
    ONE,
    PAPERS,
    RECORDS,
    SITE,
    TWO,
    Told,
    address,
    always,
    api,
    ask,
    entry,
    feed,
    line,
    paper,
    plan,
    scenario,
    sent,
    undated,
)
from crawling import crawl

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, SourceStats, Trust
from rlhf_linkcheck.sources.arxiv import Arxiv

ABSENT = "2203.99999"
"""An id that has the form of one, and no paper."""


async def test_a_paper_is_there_with_its_record() -> None:
    told = await ask(Arxiv, scenario(), TWO)
    outcome = told.outcome(TWO)
    assert told.evidence == {address(TWO): Evidence(outcome, source="arxiv", record=told[TWO].record)}
    assert outcome == Outcome(
        Reason.OK,
        status=200,
        final_url=address(TWO),
        attempts=1,
        elapsed_ms=outcome.elapsed_ms,
        checked_at=outcome.checked_at,
    )
    assert told.record(TWO) == RECORDS[TWO]
    assert told.stats == SourceStats("arxiv", asked=1, requests=1)


async def test_the_question_is_one_request_for_as_many_results_as_ids() -> None:
    told = await ask(Arxiv, scenario(), TWO, ONE, OLD)
    (request,) = told.log.requests
    assert (request.method, request.scheme, request.host, request.path) == ("GET", "https", API, line(ONE, TWO, OLD))
    assert request.headers["accept"] == "application/atom+xml"
    assert {name: told.record(name) for name in (ONE, TWO, OLD)} == {name: RECORDS[name] for name in (ONE, TWO, OLD)}
    assert told.stats == SourceStats("arxiv", asked=3, requests=1)


async def test_links_of_one_paper_ask_for_it_once() -> None:
    told = await ask(Arxiv, scenario(), ONE, f"{ONE}v1", f"{ONE}v2")
    assert told.asked(API) == (line(ONE, f"{ONE}v1", f"{ONE}v2"),)
    assert told.stats == SourceStats("arxiv", asked=3, requests=1)


async def test_a_pinned_version_is_asked_beside_its_paper() -> None:
    told = await ask(Arxiv, scenario(), f"{ONE}v1")
    evidence = told[f"{ONE}v1"]
    assert told.asked(API) == (line(ONE, f"{ONE}v1"),)
    assert (undated(evidence.record), undated(evidence.newest)) == (RECORDS[f"{ONE}v1"], RECORDS[ONE])
    assert undated(evidence.current) == RECORDS[ONE]
    assert evidence.outcome.final_url == address(f"{ONE}v1")


async def test_a_pinned_version_that_is_the_current_one_has_none_that_is_newer() -> None:
    told = await ask(Arxiv, scenario(), f"{ONE}v2")
    assert (told.record(f"{ONE}v2"), told[f"{ONE}v2"].newest) == (RECORDS[ONE], None)


NO_VERSION = f"arXiv has no version 9 of {ONE}; the current one is 2"


def seen(told: Told, name: str) -> tuple[Reason, int | None, str]:
    return told.reason(name), told.outcome(name).status, told.outcome(name).detail


async def test_a_version_that_does_not_exist_is_not_there_and_the_current_one_is_named() -> None:
    told = await ask(Arxiv, scenario(), f"{ONE}v9")
    assert seen(told, f"{ONE}v9") == (Reason.NOT_FOUND, 200, NO_VERSION)
    newest = told[f"{ONE}v9"].newest
    assert told[f"{ONE}v9"].record is None
    assert newest is not None
    assert newest.version == 2


async def test_a_missing_page_proves_that_the_version_does_not_exist() -> None:
    told = await ask(Arxiv, scenario(), f"{ONE}v9", again=True)
    assert seen(told, f"{ONE}v9") == (Reason.NOT_FOUND, 404, NO_VERSION)
    assert told.asked(SITE) == (f"/abs/{ONE}v9",)
    assert told.stats == SourceStats("arxiv", asked=1, requests=1, follow_ups=1)


@pytest.mark.parametrize("page", ["500", "{status: 200, body: <p>Just a moment}", "{reset: true}"])
async def test_where_the_versions_page_does_not_tell_the_paper_counts(page: str) -> None:
    told = await ask(Arxiv, scenario(always(SITE, page)), f"{ONE}v9", again=True, retries=0)
    evidence = told[f"{ONE}v9"]
    assert (evidence.outcome.reason, evidence.record, undated(evidence.newest)) == (Reason.OK, None, RECORDS[ONE])


async def test_a_version_newer_than_the_api_is_there_by_its_page() -> None:
    page = sent(feed(entry(f"{ONE}v1", "Training models", ["Long Ouyang"])))
    told = await ask(Arxiv, scenario(f"{API}: {{'{line(ONE, f'{ONE}v2')}': {page}}}"), f"{ONE}v2", again=True)
    record = replace(RECORDS[ONE], authors=("Ouyang, Long", "Wu, Jeff"), trust=Trust.PAGE, version=None)
    assert (told.reason(f"{ONE}v2"), told.record(f"{ONE}v2")) == (Reason.OK, record)


async def test_an_absent_id_is_dead_once_its_page_was_looked_at() -> None:
    heard = await crawl(scenario(), plan(paper(ABSENT), paper(ONE)))
    assert [(one.host, one.path) for one in heard.log.requests] == [(API, line(ONE, ABSENT)), (SITE, f"/abs/{ABSENT}")]
    evidence = heard.crawl.evidence[address(ABSENT)]
    assert (evidence.source, evidence.outcome.reason, evidence.outcome.status, evidence.outcome.detail) == (
        "arxiv",
        Reason.NOT_FOUND,
        404,
        f"arXiv knows no paper {ABSENT}",
    )
    assert heard.crawl.sources == (SourceStats("arxiv", asked=2, answered=2, requests=1, follow_ups=1),)


async def test_a_paper_too_new_for_the_api_is_alive_by_its_page() -> None:
    heard = await crawl(scenario(api(sent(feed()))), plan(paper(ONE)))
    evidence = heard.crawl.evidence[address(ONE)]
    assert (evidence.source, evidence.outcome.reason) == ("arxiv", Reason.OK)
    assert undated(evidence.record) == replace(
        RECORDS[ONE], authors=("Ouyang, Long", "Wu, Jeff"), trust=Trust.PAGE, version=None
    )
    assert heard.asked(API) == (line(ONE),)
    assert heard.asked(SITE) == (f"/abs/{ONE}",)
    assert heard.asked(OAI) == ()


HINTS = """'<title>[2203.99999] A title</title><meta property="og:title" content="A title"><p>A paper.'"""


CITED = """'<meta name=citation_title content="A title"><meta name=citation_author content="Author, Ann">'"""
NO_PROOF = ("404", "{body: <p>arXiv}", f"{{body: {HINTS}}}", f"{{status: 404, body: {CITED}}}")


@pytest.mark.parametrize("page", NO_PROOF)
async def test_a_page_that_cites_no_paper_does_not_bring_an_absent_one_back(page: str) -> None:
    heard = await crawl(scenario(always(SITE, page)), plan(paper(ABSENT), paper(ONE)))
    evidence = heard.crawl.evidence[address(ABSENT)]
    assert (evidence.outcome.reason, evidence.source, evidence.record) == (Reason.NOT_FOUND, "arxiv", None)
    assert evidence.outcome.detail == f"arXiv knows no paper {ABSENT}"


async def test_answers_are_told_apart_by_their_ids_whatever_their_order() -> None:
    page = sent(feed(entry(f"{TWO}v1", "Second"), entry(f"{OLD}v3", "Third"), entry(f"{ONE}v2", "First")))
    told = await ask(Arxiv, scenario(api(page)), ONE, TWO, OLD)
    titles = [(record.title, record.version) for name in (ONE, TWO, OLD) if (record := told.record(name))]
    assert titles == [("First", 2), ("Second", 1), ("Third", 3)]


async def test_an_answer_that_nobody_asked_for_is_nobodys() -> None:
    page = sent(feed(entry("2401.00001v1", "A stranger"), entry(f"{ONE}v2", "First")))
    told = await ask(Arxiv, scenario(api(page)), ONE, TWO)
    assert list(told.evidence) == [address(ONE), address(TWO)]
    assert (told.reason(ONE), told.reason(TWO)) == (Reason.OK, Reason.NOT_FOUND)


async def test_a_paper_answered_twice_is_one() -> None:
    twice = sent(feed(entry(f"{ONE}v2", "First"), entry(f"{ONE}v2", "First"), entry(f"{ONE}v1", "Old")))
    told = await ask(Arxiv, scenario(api(twice)), ONE)
    assert [(record.title, record.version) for record in (told.record(ONE),) if record] == [("First", 2)]


async def test_thousands_of_authors_are_all_there() -> None:
    names = [f"Person {number}" for number in range(3000)]
    told = await ask(Arxiv, scenario(api(sent(feed(entry(f"{ONE}v1", "ATLAS", names))))), ONE)
    record = told.record(ONE)
    assert record is not None
    assert record.authors == tuple(names)


async def test_nothing_to_ask_asks_nothing() -> None:
    told = await ask(Arxiv, PAPERS)
    assert (told.evidence, told.log.requests, told.stats) == ({}, (), SourceStats("arxiv"))
