"""DOIs where somebody does not answer; the table of all shapes stands in test_doi.py."""

from typing import Any

import pytest
from dois import CROSSREF, DATACITE, HANDLES_HOST, ONE, SECOND, THIRD, TWO, UNKNOWN, WORKS
from lookups import asked_hosts, hosts, html, look_up, told, words_of

from rlhf_linkcheck.evidence import Reason, SourceStats, Verdict
from rlhf_linkcheck.matching.papers import Claim

CHALLENGE = html("<title>Just a moment...</title><p>Checking your browser")

BROKEN: dict[str, dict[str, Any]] = {
    "404 that is not its own": html("<h1>Not here</h1>", 404),
    "403": html("<h1>Forbidden</h1>", 403),
    "429": html("<html><body><h1>429 Too Many Requests</h1></body></html>", 429),
    "500": html("oops", 500),
    "HTML": CHALLENGE,
    "cut JSON": html('{"status": "ok", "message'),
    "JSON of another shape": told({"status": "ok", "message-type": "work", "message": []}),
    "a list": told([1, 2]),
    "null": told(None),
    "reset": {"reset": True},
    "400 to one": told({"status": "failed", "message-type": "validation-failure", "message": []}, 400),
}

NO_HANDLES: dict[str, dict[str, Any]] = {
    "error": told({"responseCode": 2}, 500),
    "error with 200": told({"responseCode": 2}),
    "found with 500": told({"responseCode": 1}, 500),
    "HTML": CHALLENGE,
    "404 HTML": html("<h1>DOI Not Found</h1>", 404),
    "another shape": told([100]),
    "403": html("no", 403),
    "429": html("slower", 429),
    "reset": {"reset": True},
}


@pytest.mark.parametrize("answer", NO_HANDLES.values(), ids=NO_HANDLES)
async def test_a_handle_is_never_taken_for_missing_by_an_answer_that_is_none(answer: dict[str, object]) -> None:
    pages = {"/api/handles/*": answer, "/10.1000/unknown": {"status": 302, "location": "https://publisher.example/x"}}
    heard = await look_up(TWO + hosts({"doi.org": pages, "publisher.example": {"/x": {"status": 403}}}), UNKNOWN)
    assert (heard[UNKNOWN].reason, heard.crawl.evidence[UNKNOWN].source) == (Reason.BLOCKED, "web")
    assert heard.asked("publisher.example") == ("/x",)
    web = heard.crawl.sources[1]
    assert (web.name, web.asked, web.answered, web.requests) == ("web", 1, 0, 1)


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
async def test_without_crossref_the_other_ways_go_on(answer: dict[str, object]) -> None:
    heard = await look_up(TWO + hosts({CROSSREF: {"/works*": answer}}), THIRD)
    assert words_of(heard.crawl.evidence[THIRD].record) == ("datacite", "Third", ("Ana de la Cruz", "Some Team"))
    assert asked_hosts(heard) == {CROSSREF, DATACITE}
    note = "no answer from crossref"
    assert heard.crawl.sources == (SourceStats("doi", asked=1, answered=1, requests=2, note=note),)


@pytest.mark.parametrize("answer", BROKEN.values(), ids=BROKEN)
async def test_without_datacite_the_handle_says_that_it_is_there(answer: dict[str, object]) -> None:
    heard = await look_up(TWO + hosts({DATACITE: {"/dois*": answer}}), THIRD)
    assert (heard[THIRD].reason, heard.crawl.evidence[THIRD].record) == (Reason.OK, None)
    assert asked_hosts(heard) == {CROSSREF, DATACITE, HANDLES_HOST}
    note = "no answer from datacite"
    assert heard.crawl.sources == (SourceStats("doi", asked=1, answered=1, requests=3, note=note),)


@pytest.mark.parametrize("name", sorted(BROKEN.keys() - {"400 to one"}))
async def test_a_batch_that_fails_for_who_asks_is_not_asked_in_parts(name: str) -> None:
    heard = await look_up(TWO + hosts({CROSSREF: {"/works*": BROKEN[name]}}), ONE, SECOND, THIRD)
    assert len(heard.asked(CROSSREF)) == 1
    assert {one.outcome.reason for one in heard.crawl.evidence.values()} == {Reason.OK}
    note = "no answer from crossref"
    assert heard.crawl.sources == (SourceStats("doi", asked=3, answered=3, requests=4, note=note),)


REFUSAL = told({"status": "failed", "message-type": "validation-failure", "message": [{"type": "x"}]}, 400)


@pytest.mark.parametrize("refusal", [REFUSAL, html("Request-URI Too Long", 414)], ids=["400", "414"])
async def test_a_batch_that_is_refused_is_asked_in_halves(refusal: dict[str, object]) -> None:
    pages = {"/works?*": refusal, "/works/*": {"service": True}}
    heard = await look_up(TWO + hosts({CROSSREF: pages}), ONE, SECOND, THIRD)
    assert heard.asked(CROSSREF) == (
        WORKS.format("doi:10.1000/one,doi:10.1000/two,doi:10.5281/zenodo.3", 3),
        "/works/10.1000/one",
        WORKS.format("doi:10.1000/two,doi:10.5281/zenodo.3", 2),
        "/works/10.1000/two",
        "/works/10.5281/zenodo.3",
    )
    assert [one.record and one.record.source for one in heard.crawl.evidence.values()] == [
        "crossref",
        "crossref",
        "datacite",
    ]
    assert heard.crawl.sources == (SourceStats("doi", asked=3, answered=3, requests=2, follow_ups=4),)


async def test_one_doi_that_a_registry_refuses_costs_the_others_nothing() -> None:
    pages = {"/works?*": REFUSAL, "/works/10.1000/two": REFUSAL, "/works/*": {"service": True}}
    heard = await look_up(TWO + hosts({CROSSREF: pages}), ONE, SECOND)
    assert words_of(heard.crawl.evidence[ONE].record) == ("crossref", "First &amp; foremost", ("Long Ouyang", "OpenAI"))
    assert (heard[SECOND].reason, heard.crawl.evidence[SECOND].record) == (Reason.OK, None)
    assert heard.crawl.sources[0].note == "no answer from crossref"


async def test_with_both_registries_down_the_handles_tell_dead_from_alive() -> None:
    down: dict[str, dict[str, Any]] = {CROSSREF: {"/works*": {"status": 500}}, DATACITE: {"/dois*": {"reset": True}}}
    heard = await look_up(TWO + hosts(down), ONE, UNKNOWN)
    assert (heard[ONE].reason, heard[UNKNOWN].reason) == (Reason.OK, Reason.NOT_FOUND)
    assert asked_hosts(heard) == {CROSSREF, DATACITE, HANDLES_HOST}
    assert heard.crawl.sources[0].note == "no answer from crossref and datacite"


async def test_with_everything_down_the_web_is_asked() -> None:
    down: dict[str, dict[str, Any]] = {
        CROSSREF: {"/works*": {"status": 500}},
        DATACITE: {"/dois*": {"status": 500}},
        "doi.org": {"/api/*": {"status": 500}},
    }
    heard = await look_up(TWO + hosts(down), ONE, claims={ONE: Claim("First & foremost")})
    record = heard.crawl.evidence[ONE].record
    assert words_of(record) == ("web", "First & foremost", ("Ouyang, Long", "OpenAI"))
    assert heard[ONE].final_url == "https://publisher.example/10.1000/One"
    assert [stats.name for stats in heard.crawl.sources] == ["doi", "web"]


async def test_a_missing_handle_is_looked_at_again_before_it_is_believed() -> None:
    missing, there = told({"responseCode": 100}, 404), told({"responseCode": 1})
    for steps, reason in (([missing, missing], Reason.NOT_FOUND), ([missing, there], Reason.OK)):
        heard = await look_up(TWO + hosts({"doi.org": {"/api/handles/*": {"sequence": steps}}}), UNKNOWN)
        assert heard[UNKNOWN].reason is reason
        assert heard.asked(HANDLES_HOST) == ("/api/handles/10.1000/unknown",) * 2
        assert len(heard.asked(CROSSREF)) == 1
        assert heard.crawl.sources == (SourceStats("doi", asked=1, answered=1, requests=3, follow_ups=1),)


async def test_a_missing_handle_that_cannot_be_confirmed_is_not_dead() -> None:
    steps = {"sequence": [told({"responseCode": 100}, 404), {"status": 500}]}
    pages: dict[str, Any] = {"/api/handles/*": steps, "/10.1000/unknown": {"status": 403}}
    heard = await look_up(TWO + hosts({"doi.org": pages}), UNKNOWN)
    assert (heard[UNKNOWN].verdict, heard.crawl.evidence[UNKNOWN].source) == (Verdict.UNCERTAIN, "web")
