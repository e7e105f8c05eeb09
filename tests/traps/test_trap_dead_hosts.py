"""Hosts that are dead or slow: a bounded number of time-outs, and as much patience as each has earned."""

import json
from dataclasses import replace
from typing import Any

import pytest
from arxiv_asked import paper
from crawling import client_of, request
from timeless import AS_SHIPPED, Crawled
from virtual import GRACE, lived

from rlhf_linkcheck.evidence import Reason, Verdict
from rlhf_linkcheck.identity import identify
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.plan import Plan

pytestmark = pytest.mark.unmeasured

DEAD = tuple(f"https://dead.example/{n}" for n in range(20))


def test_twenty_links_of_a_dead_host_are_not_twenty_time_outs(crawled: Crawled) -> None:
    """Field notes 20: a long tail of time-outs one after the other, each link with all its retries."""
    ran = crawled("hosts: {dead.example: {'/*': {hang: true}}, a.example: {/: 200}}", (*DEAD, "https://a.example/"))
    starts = ran.starts("dead.example")
    assert len(starts) <= 3 * 3 + 3 + 4, "three links' tries and what was on its way; then the host's places once"
    assert ran.seconds <= 5 * 20, "some time-outs in a row, and not sixty"
    assert {ran.heard[address].reason for address in DEAD} == {Reason.HOST_DOWN}


@pytest.mark.parametrize("trouble", ["{hang: true}", "{reset: true}"])
def test_a_host_that_answers_once_and_no_more_is_not_waited_for_twenty_times(crawled: Crawled, trouble: str) -> None:
    """Field notes 20: a firewall that drops who asked a little, and each link that is left waits its time out."""
    pages = f"/: 200, '/*': {trouble}"
    ran = crawled(f"hosts: {{dead.example: {{{pages}}}}}", ("https://dead.example/", *DEAD, *(f"{a}/" for a in DEAD)))
    assert len(ran.starts("dead.example")) <= 1 + 2 * (3 * 3 + 4), "three links' tries, and late as many"
    assert ran.seconds <= 5 * 20
    assert {ran.heard[address].verdict for address in DEAD} == {Verdict.UNCERTAIN}


def test_pages_that_hang_among_others_that_do_not_keep_these_from_nothing(crawled: Crawled) -> None:
    """Field notes 20: a dozen that hang, one behind the other, in a list of which the rest is there."""
    hanging = tuple(f"https://a.example/hang/{n}" for n in range(12))
    there = tuple(f"https://a.example/{n}" for n in range(12))
    ran = crawled("hosts: {a.example: {'/hang/*': {hang: true}, '/*': 200}}", (there[0], *hanging, *there[1:]))
    assert {ran.heard[address].reason for address in there} == {Reason.OK}
    assert {ran.heard[address].reason for address in hanging} == {Reason.TIMEOUT}


def test_a_dead_host_gets_one_more_look_and_that_is_the_last_of_the_run(crawled: Crawled) -> None:
    """Field notes 15: a second pass at the end of the run, when all else is done."""
    slow = tuple(f"https://slow.example/{n}" for n in range(8))
    ran = crawled(
        "hosts: {dead.example: {'/*': {hang: true}}}\ndefault: {delay: 4}",
        (*DEAD, *slow),
        per_host=1,
        retries=0,
        host_intervals={"slow.example": 30.0},
    )
    early = [start for start in ran.starts("dead.example") if start < max(ran.starts("slow.example"))]
    late = [start for start in ran.starts("dead.example") if start > max(ran.starts("slow.example"))]
    assert (len(early), len(late)) == (3, 1)


@pytest.mark.parametrize("trouble", ["{reset: true}", "{close: true}", "{hang: true}"])
def test_a_host_that_blinks_is_found_alive_in_the_late_look(crawled: Crawled, trouble: str) -> None:
    """Field notes 14 and 15: one bad minute, and every link of the host is dead for the day."""
    pages = ", ".join(f"/{n}: {{sequence: [{trouble}, 200]}}" for n in range(3))
    ran = crawled(f"hosts: {{dead.example: {{{pages}, '/*': 200}}}}", DEAD, per_host=1, retries=0)
    early = [start for start in ran.starts("dead.example") if start < ran.seconds - 10]
    assert len(early) <= 3, "the rest was not asked while the host was away"
    assert {ran.heard[address].reason for address in DEAD} == {Reason.OK}


def test_a_quick_hosts_hanging_page_is_given_up_early_and_waited_for_late(crawled: Crawled) -> None:
    """Field notes 20, nodewright: the whole time-out, as often as there are retries."""
    ran = crawled(
        "hosts: {quick.example: {/: {delay: 0.08}, /hang: {hang: true}}}",
        ("https://quick.example/", "https://quick.example/hang"),
        per_host=1,
    )
    assert ran.waits("quick.example", "/hang") == [5, 5, 20]


QUICK_THEN_SLOW = "hosts: {a.example: {/: 200, /slow: {delay: 9}}}"


@pytest.mark.parametrize("how", [{"patient": False}, {"query": Query("application/json")}], ids=["follow-up", "API"])
def test_what_nobody_looks_at_again_has_its_whole_time(how: dict[str, Any]) -> None:
    """Field notes 20: haste costs no verdict, and no record that one is held against."""

    async def story() -> Answer:
        async with client_of(QUICK_THEN_SLOW, **AS_SHIPPED, retries=0) as (client, _):
            await client.get("http://a.example/")
            return await client.get("http://a.example/slow", **how)

    assert lived(story(), grace=GRACE).status == 200


def test_a_page_that_hangs_costs_no_more_time_outs_than_a_link_has_tries(crawled: Crawled) -> None:
    """Field notes 20, nodewright's eight retries: three time-outs in a row, and another in the late look."""
    ran = crawled("hosts: {new.example: {/: {hang: true}}}", ("https://new.example/",))
    assert ran.waits("new.example", "/") == [20] * 3
    assert ran.heard["https://new.example/"].attempts == 3
    assert ran.seconds < 2 * 20, "each try has its whole time, and none waits for the end of the one before"


def test_the_last_try_at_a_silent_host_is_made_when_all_else_is_done(crawled: Crawled) -> None:
    """Field notes 15: tries that follow each other at once all fall into the same bad moment."""
    slow = tuple(f"https://slow.example/{n}" for n in range(4))
    scenario = "hosts: {new.example: {/: {hang: true}}, slow.example: {'/*': 200}}"
    ran = crawled(scenario, ("https://new.example/", *slow), host_intervals={"slow.example": 9.0})
    first, second, last = ran.starts("new.example")
    assert (round(first), round(second)) == (0, 7)
    assert max(ran.starts("slow.example")) == pytest.approx(27, abs=1)
    assert max(ran.starts("slow.example")) <= last < max(ran.starts("slow.example")) + 3


def test_a_lost_request_is_made_up_for_long_before_its_time_out(crawled: Crawled) -> None:
    """A host never heard of has twenty seconds; that the first try got lost is no reason to wait for all of them."""
    ran = crawled("hosts: {new.example: {/: {sequence: [{hang: true}, 200]}}}", ("https://new.example/",))
    outcome = ran.heard["https://new.example/"]
    assert (outcome.reason, outcome.attempts) == (Reason.OK, 2)
    assert ran.seconds < 10


def test_a_silent_host_keeps_no_late_look_waiting(crawled: Crawled) -> None:
    """The tail is not one late look after another: what seems dead elsewhere is looked at again meanwhile."""
    ran = crawled(
        "hosts: {new.example: {/: {hang: true}}, a.example: {/gone: 404}}",
        ("https://new.example/", "https://a.example/gone"),
    )
    assert ran.heard["https://a.example/gone"].reason is Reason.NOT_FOUND
    assert len(ran.starts("a.example", "/gone")) == 2
    assert max(ran.starts("a.example")) < 20
    assert ran.seconds < 2 * 20


def test_a_hosts_slowest_answer_is_what_its_patience_is_measured_by(crawled: Crawled) -> None:
    """Field notes 20: a host that answers in a second may well take ten for one page."""
    scenario = "hosts: {a.example: {/: {delay: 1}, /slow: {delay: 9}, /hang: {hang: true}}}"
    ran = crawled(scenario, (f"https://a.example{path}" for path in ("/", "/slow", "/hang")), per_host=1)
    assert ran.heard["https://a.example/slow"].attempts == 1
    assert ran.waits("a.example", "/hang") == [20] * 3


def test_a_host_that_was_never_heard_of_gets_its_whole_time(crawled: Crawled) -> None:
    """Field notes 20: haste costs no verdict."""
    ran = crawled("hosts: {new.example: {/: {delay: 19}}}", ("https://new.example/",))
    assert ran.heard["https://new.example/"].reason is Reason.OK
    assert ran.seconds == pytest.approx(19, abs=1), "the first try was waited for, whatever was begun beside it"


def test_papers_that_arxiv_does_not_know_are_looked_for_while_a_silent_host_keeps_the_run_waiting(
    crawled: Crawled,
) -> None:
    """The tail is not one late look after another: these pages are asked one in three seconds, and by another host."""
    absent = [f"2401.{number:05}" for number in range(1, 7)]
    silent = request("https://silent.example/")
    known = {"arxiv": "2203.02155", "title": "A title", "authors": ["Ann Author"]}
    told = json.dumps({"papers": [known], "hosts": {"silent.example": {"/": {"hang": True}}}})
    asked = tuple(paper(name) for name in ("2203.02155", *absent))
    addresses = tuple(one.addresses[0] for one in (*asked, silent))
    ran = crawled(told, Plan((*asked, silent), {}, addresses), host_intervals={"export.arxiv.org": 3.0})
    assert {ran.heard[address].reason for address in addresses[1:-1]} == {Reason.NOT_FOUND}
    first, second, late = ran.starts("silent.example")
    pages = ran.starts("arxiv.org")
    assert len(pages) == len(absent)
    assert first < min(pages) < second < late
    assert ran.seconds < late + 21, "naively they begin only then, and take 18 s"


def test_who_leads_to_a_paper_that_arxiv_does_not_know_has_a_late_look_like_any_other(crawled: Crawled) -> None:
    """Field notes 14 and 15: one bad moment of a short link's host, asked twice in it, and by one connection."""
    known = {"arxiv": "2203.02155", "title": "A title", "authors": ["Ann Author"]}
    hosts = {
        "short.example": {"/": {"location": "https://arxiv.org/abs/2401.00001"}},
        "zenodo.org": {"/*": {"delay": 0.5, "status": 404}},
    }
    there, short = paper("2203.02155"), request("https://short.example/")
    slow = replace(request("https://zenodo.org/records/1"), route=("zenodo", "web"))
    slow = replace(slow, identity=identify(slow.addresses[0]))
    asked = (there, short, slow)
    told = json.dumps({"papers": [known], "hosts": hosts})
    ran = crawled(told, Plan(asked, {}, tuple(one.addresses[0] for one in asked)))
    assert ran.heard["https://short.example/"].reason is Reason.NOT_FOUND
    first, second = ran.heard.log.of("short.example")
    assert second.started - first.started >= 2
    assert second.connection != first.connection
