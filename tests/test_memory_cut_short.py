"""Runs that end before their time, or cannot be believed in the end: what later ones know of what they heard."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from crawling import plan
from github_asked import FULL, WORLD
from lookups import plan_of
from remembering import DAY, Runs, Site

from rlhf_linkcheck.config import GitHubServer
from rlhf_linkcheck.evidence import Reason, Verdict
from rlhf_linkcheck.simweb.behaviour import Behaviour, Fault
from rlhf_linkcheck.simweb.scenario import Scenario
from rlhf_linkcheck.simweb.services.github_settings import TOKEN
from rlhf_linkcheck.simweb.web import running

PLACE = "https://a.example"
FINE, SLOW = f"{PLACE}/fine", f"{PLACE}/slow"
BOTH = plan(FINE, SLOW)


@pytest.fixture
def site() -> Site:
    return Site({"/fine": Behaviour(), "/slow": Behaviour(fault=Fault.HANG)})


@pytest.fixture
async def runs(site: Site, tmp_path: Path) -> AsyncIterator[Runs]:
    async with running(
        Scenario.parse("hosts: {a.example: {}, b.example: {/: {reset: true}}, control.example: {/: 200}}"),
        {"a.example": site},
    ) as web:
        yield Runs(web, tmp_path / "state.sqlite3")


async def test_at_a_deadline_what_was_heard_is_remembered_and_the_rest_is_asked_next_time(
    runs: Runs, site: Site
) -> None:
    first = await runs.run(BOTH, deadline=1.0)
    assert [first[address].reason for address in BOTH.addresses] == [Reason.OK, Reason.DEADLINE]
    site.pages["/slow"] = Behaviour()
    second = await runs.run(BOTH)
    assert second.asked == (SLOW,)
    assert [second[address].from_cache for address in BOTH.addresses] == [True, False]
    assert second.crawl.complete


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_so_it_is_after_a_signal(runs: Runs, site: Site, number: signal.Signals) -> None:
    async def interrupt() -> None:
        async with asyncio.timeout(20):
            while len(runs.web.log.requests) < 2:  # noqa: ASYNC110 - the log is no event
                await asyncio.sleep(0.001)
        os.kill(os.getpid(), number)

    # One at a time: when the second page has been asked for, the first has been heard.
    first, _ = await asyncio.gather(runs.run(BOTH, per_host=1, timeout=60.0), interrupt())
    assert first.crawl.interrupted_by == number
    assert [first[address].reason for address in BOTH.addresses] == [Reason.OK, Reason.INTERRUPTED]
    site.pages["/slow"] = Behaviour()
    assert (await runs.run(BOTH)).asked == (SLOW,)


async def test_a_run_that_asked_no_more_leaves_what_was_known_as_it_was(runs: Runs, site: Site) -> None:
    site.pages["/slow"] = Behaviour()
    await runs.run(BOTH)
    site.pages["/slow"] = Behaviour(fault=Fault.HANG)
    cut = await runs.run(BOTH, timedelta(), deadline=1.0)
    assert cut[SLOW].reason is Reason.DEADLINE
    assert (await runs.run(BOTH)).asked == ()


async def test_what_was_found_dead_but_once_is_asked_again_whatever_was_known_before(runs: Runs, site: Site) -> None:
    await runs.run(plan(FINE))
    site.pages["/fine"] = Behaviour(404)
    cut = await runs.run(plan(FINE), timedelta(), deadline=1.0, backoff=60.0)
    assert cut[FINE].reason is Reason.NOT_FOUND
    site.pages["/fine"] = Behaviour()
    assert (await runs.run(plan(FINE))).asked == (FINE,)


async def test_what_only_one_of_two_had_told_in_the_end_is_not_all_that_is_to_be_known(tmp_path: Path) -> None:
    """An API knows that a repository is there, and no anchor of its page."""
    address = f"{FULL}#nowhere"
    hanging = f"{WORLD}\nhosts: {{github.com: {{/o/full: {{sequence: [{{hang: true}}, {{service: true}}]}}}}}}"
    github = (GitHubServer(token=TOKEN),)
    async with running(Scenario.parse(hanging)) as web:
        runs = Runs(web, tmp_path / "state.sqlite3")
        cut = await runs.run(plan_of((address,)), deadline=2.0, timeout=60.0, github=github)
        assert cut[address].reason is Reason.OK
        whole = await runs.run(plan_of((address,)), github=github)
        assert whole.asked[-1] == FULL
        assert (await runs.run(plan_of((address,)), github=github)).asked == ()


async def test_in_little_time_what_was_never_found_alive_is_asked_first(runs: Runs, site: Site) -> None:
    pages = [f"{PLACE}/{number}" for number in range(6)]
    site.pages |= {f"/{number}": Behaviour() for number in range(6)}
    await runs.run(plan(*pages[:4]))
    second = await runs.run(plan(*pages), timedelta(), per_host=1)
    assert second.asked == (*pages[4:], *pages[:4])


POSER = """
default: {body: "<!doctype html><title>Did you mean</title><p>We did not find the site that you typed. See our offers."}
hosts: {real.example: {/: {body: "<!doctype html><title>Notes</title><p>A page of its own with some words on it."}}}
"""


async def test_what_a_name_server_made_up_is_not_remembered_as_alive(tmp_path: Path) -> None:
    async with running(Scenario.parse(POSER)) as web:
        runs = Runs(web, tmp_path / "state.sqlite3")
        real, made_up = (f"http://{name}.example:{web.http_port}/" for name in ("real", "never"))
        for known in (False, True):
            run = await runs.run(plan(real, made_up), connect_to=(), allow_private=True)
            assert (run[real].verdict, run[made_up].reason) == (Verdict.ALIVE, Reason.DNS_ERROR)
            assert (run[real].from_cache, run[made_up].from_cache) == (known, False)
            assert (real not in run.asked) is known


async def test_where_nobody_answers_what_is_remembered_stands(runs: Runs, site: Site) -> None:
    await runs.run(plan(FINE))
    site.pages["/fine"] = Behaviour(fault=Fault.RESET)
    dark = await runs.run(plan(FINE, "https://b.example/"))
    assert dark[FINE].verdict is Verdict.ALIVE
    assert dark[FINE].from_cache
    assert (await runs.run(plan(FINE), 2 * DAY)).asked == ()


RESET = Behaviour(fault=Fault.RESET)


async def test_links_that_are_silent_by_themselves_are_told_each_also_where_the_rest_of_the_host_is_remembered(
    runs: Runs, site: Site
) -> None:
    site.pages |= {f"/silent{number}": RESET for number in range(3)}
    silent = [f"{PLACE}/silent{number}" for number in range(3)]
    for asked in ([FINE], []):
        run = await runs.run(plan(FINE, *silent))
        assert [run[address].reason for address in silent] == [Reason.RESET] * 3
        assert [source.note for source in run.crawl.sources] == [None]
        assert [address for address in run.asked if address == FINE] == [FINE], "once, be it as a witness"
        assert run[FINE].from_cache is not bool(asked)


async def test_a_host_that_is_down_is_told_once_also_where_most_of_its_links_are_remembered(
    runs: Runs, site: Site
) -> None:
    every = plan(FINE, f"{PLACE}/one", f"{PLACE}/two")
    site.pages |= {"/one": RESET, "/two": RESET}
    await runs.run(every)
    site.pages["/fine"] = RESET
    second = await runs.run(every)
    assert [second[address].reason for address in every.addresses] == [Reason.OK, Reason.HOST_DOWN, Reason.HOST_DOWN]
    (web,) = second.crawl.sources
    assert web.note == "a.example does not answer: its 2 links could not be checked and are not counted as dead"


async def test_a_silent_link_and_a_silent_control_are_no_proof_that_there_is_no_way_out(runs: Runs) -> None:
    silent = "https://b.example/"
    for cached in (False, True):
        run = await runs.run(plan(FINE, silent), connect_timeout=0.5, timeout=0.5, control_url=f"{PLACE}/slow")
        assert (run[FINE].from_cache, run[silent].reason) == (cached, Reason.RESET)
        assert (run.crawl.no_way_out, FINE in run.asked) == (False, True)
