"""What one answer means beside the others about the same link."""

from dataclasses import replace

import pytest
from builders import NOON, evidence
from records import known, record
from repositories import HOME, gone, repository, there

from rlhf_linkcheck.crawl.hearing import about, arrived, handed_on, is_news, joined, judged, next_source, reheard
from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, Redirect, SourceStats
from rlhf_linkcheck.identity import ROUTES, Kind, identify
from rlhf_linkcheck.matching.papers import Claim
from rlhf_linkcheck.sources.base import Handoff, Request

ROUTE = ("arxiv", "oai", "web")


def request(*addresses: str, route: tuple[str, ...] = ROUTE) -> Request:
    return Request(identify(HOME), addresses or (HOME,), route)


@pytest.mark.parametrize(
    ("name", "reason", "following"),
    [
        ("arxiv", Reason.TIMEOUT, "oai"),
        ("arxiv", Reason.RATE_LIMITED, "oai"),
        ("oai", Reason.BLOCKED, "web"),
        ("web", Reason.TIMEOUT, None),
        ("arxiv", Reason.NOT_FOUND, None),
        ("arxiv", Reason.LEGAL, None),
        ("arxiv", Reason.DEADLINE, None),
        ("arxiv", Reason.OK, None),
    ],
)
def test_the_next_on_the_route_is_asked_where_one_was_uncertain(
    name: str, reason: Reason, following: str | None
) -> None:
    assert next_source(request(), name, evidence(reason)) == following


@pytest.mark.parametrize(
    ("addresses", "following"),
    [
        ((f"{HOME}#install",), "web"),
        ((HOME, f"{HOME}#install"), "web"),
        ((f"{HOME}#L10",), None),
        ((f"{HOME}#:~:text=here",), None),
        ((f"{HOME}#",), None),
    ],
)
def test_only_the_page_tells_whether_an_anchor_is_there(addresses: tuple[str, ...], following: str | None) -> None:
    assert next_source(request(*addresses), "arxiv", evidence(Reason.OK)) == following
    assert next_source(request(*addresses), "web", evidence(Reason.OK)) is None


HELD = repository()
NEW = "https://github.com/other/called"


@pytest.mark.parametrize(
    ("before", "now", "both"),
    [
        (None, gone("web"), gone("web")),
        # who could not tell does not refute who knew
        (there(HELD), evidence(Reason.TIMEOUT), there(HELD)),
        (there(HELD), gone("web"), there(HELD)),
        (there(HELD), evidence(Reason.SOFT_404), there(HELD)),
        (there(HELD), evidence(Reason.OK), replace(evidence(Reason.OK), repository=HELD)),
        # the API left it to the page, and knew the repository
        (Evidence(Outcome(Reason.PROTOCOL_ERROR), "github", repository=HELD), gone("web"), gone("web", HELD)),
        (
            Evidence(Outcome(Reason.PROTOCOL_ERROR), "github", repository=HELD),
            evidence(Reason.TIMEOUT),
            replace(evidence(Reason.TIMEOUT), repository=HELD),
        ),
        # later knowledge is the better one
        (there(HELD), there(repository("Owner/Called")), there(repository("Owner/Called"))),
        (known(record()), evidence(Reason.OK), replace(evidence(Reason.OK), record=record())),
        (evidence(Reason.TIMEOUT), known(record()), known(record())),
        # the page shows the anchors, and cannot know the new name
        (
            there(HELD, moved_to=NEW),
            evidence(Reason.OK, status=200),
            replace(evidence(Reason.OK, status=200, moved_to=NEW), repository=HELD),
        ),
        (there(HELD, moved_to=NEW), gone("web"), there(HELD, moved_to=NEW)),
    ],
)
def test_two_answers_about_a_link_are_one(before: Evidence | None, now: Evidence, both: Evidence) -> None:
    assert joined(before, now) == both


@pytest.mark.parametrize(
    ("before", "now", "news"),
    [
        (Reason.TIMEOUT, Reason.NOT_FOUND, True),
        (Reason.NOT_FOUND, Reason.NOT_FOUND, False),
        (Reason.NOT_FOUND, Reason.OK, False),
        (Reason.TIMEOUT, Reason.REDIRECT_LOOP, False),
    ],
)
def test_the_first_to_find_a_link_dead_brings_news(before: Reason, now: Reason, *, news: bool) -> None:
    assert is_news(evidence(before), evidence(now)) is news


@pytest.mark.parametrize(
    ("address", "final_url", "moved_to", "missing"),
    [
        ("https://a.org/", "https://b.org/", "https://b.org/", ()),
        ("https://a.org/#one", "https://b.org/#one", "https://b.org/#one", ("one",)),
        ("https://a.org/#two", "https://b.org/#two", "https://b.org/#two", ()),
    ],
)
def test_each_address_of_a_request_has_its_own_fragment(
    address: str, final_url: str, moved_to: str, missing: tuple[str, ...]
) -> None:
    shared = Outcome(Reason.OK, 200, "https://b.org/", "https://b.org/")
    heard = Evidence(shared, "web", repository=HELD, missing_fragments=("one",), secure_url="https://a.org/")
    own = about(heard, address)
    assert own == replace(
        heard,
        outcome=replace(shared, final_url=final_url, moved_to=moved_to),
        missing_fragments=missing,
        secure_url=address,
    )


MOVED = "https://old.example.org/page"
NEAR, FAR = Redirect(301, "https://b.org/"), Redirect(308, HOME)


def test_who_answers_where_redirects_lead_is_asked_with_what_the_list_says() -> None:
    asked = Request(identify(MOVED), (MOVED, f"{MOVED}#one"), ("web",), (Claim("Title"),))
    assert handed_on(asked, Handoff((NEAR, FAR), 3, 70)) == Request(
        identify(HOME), (HOME, f"{HOME}#one"), ROUTES[Kind.GITHUB], (Claim("Title"),)
    )


@pytest.mark.parametrize(
    ("redirects", "heard", "expected"),
    [
        # for good all the way, and on to the name of today
        ((NEAR, FAR), Outcome(Reason.OK, 200, HOME), Outcome(Reason.OK, 200, HOME, HOME)),
        ((FAR,), Outcome(Reason.OK, 200, None), Outcome(Reason.OK, 200, HOME, HOME)),
        ((FAR,), Outcome(Reason.OK, 200, HOME, NEW), Outcome(Reason.OK, 200, HOME, NEW)),
        # for now, here or there
        ((Redirect(302, HOME),), Outcome(Reason.OK, 200, HOME, NEW), Outcome(Reason.OK, 200, HOME)),
        (
            (FAR,),
            Outcome(Reason.OK, 200, NEW, redirects=(Redirect(307, NEW),)),
            Outcome(Reason.OK, 200, NEW, redirects=(Redirect(307, NEW),)),
        ),
        # to what is not there, or does not answer
        ((FAR,), Outcome(Reason.NOT_FOUND, 404, HOME), Outcome(Reason.NOT_FOUND, 404, HOME)),
        ((FAR,), Outcome(Reason.TIMEOUT), Outcome(Reason.TIMEOUT, None, HOME)),
    ],
)
def test_an_answer_from_where_redirects_lead_is_the_links_own(
    redirects: tuple[Redirect, ...], heard: Outcome, expected: Outcome
) -> None:
    there_by = Handoff(redirects, attempts=3, elapsed_ms=70)
    evidence_there = Evidence(replace(heard, attempts=1, elapsed_ms=5), "github", repository=HELD)
    whole = replace(expected, redirects=(*redirects, *heard.redirects), attempts=3, elapsed_ms=75)
    assert arrived(there_by, evidence_there) == Evidence(whole, "github", repository=HELD)


def test_what_led_nowhere_leads_nowhere_with_a_fragment() -> None:
    for outcome in (Outcome(Reason.TIMEOUT), Outcome(Reason.OK, 200, "https://a.org/")):
        own = about(Evidence(outcome, "web"), "https://a.org/#one")
        assert (own.outcome.moved_to, own.secure_url) == (None, None)


@pytest.mark.parametrize(
    ("note", "remarks", "said"),
    [
        (None, {}, None),
        ("no token", {}, "no token"),
        (None, {"github": "limited"}, "limited"),
        ("no token", {"github": "limited", "web": "down"}, "no token; limited"),
    ],
)
def test_a_source_answered_what_it_told_alive_or_dead(
    note: str | None, remarks: dict[str, str], said: str | None
) -> None:
    heard = (
        there(HELD),
        gone("github"),
        Evidence(Outcome(Reason.TIMEOUT, checked_at=NOON), "github"),
        Evidence(Outcome(Reason.EXCLUDED)),
        gone("web"),
    )
    stats = SourceStats("github", asked=4, requests=2, follow_ups=1, note=note)
    assert judged(stats, heard, remarks) == replace(stats, answered=2, note=said)


@pytest.mark.parametrize(
    ("before", "now", "detail"),
    [
        (gone("github", detail="none"), evidence(Reason.TIMEOUT, detail="silence"), "first none, then silence"),
        # a source that looked twice itself has told of both; and what can be told needs no more
        (gone("web", detail="none"), evidence(Reason.TIMEOUT, detail="silence"), "silence"),
        (gone("github", detail="none"), evidence(Reason.OK, detail="200 OK"), "200 OK"),
        (gone("github", detail="none"), gone("web", detail="404"), "404"),
        (evidence(Reason.TIMEOUT, detail="silence"), evidence(Reason.BLOCKED, detail="a wall"), "a wall"),
    ],
)
def test_what_one_source_called_dead_and_another_cannot_tell_is_told_by_both(
    before: Evidence, now: Evidence, detail: str
) -> None:
    now = replace(now, source="web")
    assert reheard(before, now) == replace(now, outcome=replace(now.outcome, detail=detail))
