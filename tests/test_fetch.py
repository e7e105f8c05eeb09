import asyncio
import os
import signal
import threading
from collections.abc import AsyncGenerator, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from arxiv_asked import ONE, paper, scenario
from crawling import CONTROL, crawl, network, outcome_of, plan, request

from rlhf_linkcheck import fetch as fetch_module
from rlhf_linkcheck import stop as stop_module
from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.evidence import Crawl, Evidence, Outcome, Reason, SourceStats, Verdict
from rlhf_linkcheck.fetch import fetch
from rlhf_linkcheck.identity import Identity, Kind
from rlhf_linkcheck.matching.papers import Claim
from rlhf_linkcheck.plan import Plan
from rlhf_linkcheck.simweb.scenario import Scenario
from rlhf_linkcheck.simweb.web import running, serve
from rlhf_linkcheck.sources.base import Request, Source
from rlhf_linkcheck.sources.web import Web

HANGING = "hosts: {a.example: {'/fine*': 200, '/hang*': {hang: true}}}"


async def test_every_address_of_the_plan_has_its_evidence_in_the_plans_order() -> None:
    settled = {"ftp:": Evidence(Outcome(Reason.INVALID)), "http://x/": Evidence(Outcome(Reason.EXCLUDED))}
    addresses = ("http://a.example/2", "ftp:", "http://a.example/1#b", "http://x/", "http://a.example/1")
    shared = request("http://a.example/1#b", "http://a.example/1")
    heard = await crawl(
        "hosts: {a.example: {/1: 200, /2: 404}}",
        Plan((shared, request("http://a.example/2")), settled, addresses),
    )
    assert tuple(heard.crawl.evidence) == addresses
    assert [one.outcome.reason for one in heard.crawl.evidence.values()] == [
        Reason.NOT_FOUND,
        Reason.INVALID,
        Reason.OK,
        Reason.EXCLUDED,
        Reason.OK,
    ]
    assert heard.crawl.complete
    assert heard.crawl.interrupted_by is None
    assert [one.scheme for one in heard.log.requests if one.path == "/1"] == ["http", "https"]


async def test_addresses_that_share_a_request_keep_each_its_fragment() -> None:
    addresses = ("http://a.example/", "http://a.example/#one", "http://a.example/#two")
    heard = await crawl(
        "hosts: {a.example: {/: {location: /new}, /new: 200}}", Plan((request(*addresses),), {}, addresses)
    )
    new = "http://a.example/new"
    assert [(heard[address].final_url, heard[address].moved_to) for address in addresses] == [
        (new, new),
        (f"{new}#one", f"{new}#one"),
        (f"{new}#two", f"{new}#two"),
    ]
    assert heard.crawl.sources == (SourceStats("web", asked=3, answered=3, requests=1, follow_ups=1),)


async def test_each_address_is_told_once_and_as_it_stays() -> None:
    addresses = ("http://a.example/fine", "http://a.example/flaky", "http://a.example/broken", "http://b.example/")
    heard = await crawl(
        """
        hosts:
          a.example: {/fine: 200, /flaky: {sequence: [500, 200]}, /broken: 500}
          b.example: {refuse: true}
        """,
        addresses,
        retries=0,
    )
    assert sorted(address for address, _ in heard.told) == sorted(addresses)
    assert dict(heard.told) == heard.crawl.evidence


async def test_a_paper_that_is_being_looked_for_elsewhere_is_told_as_it_stays() -> None:
    """That host turns us away: naively it was told as not there, and is uncertain in the report."""
    asked = (paper(ONE), paper("2401.00001"), request("https://arxiv.org/help"))
    hosts = "arxiv.org: {/help: {status: 403, delay: 0.3}}"
    heard = await crawl(scenario(hosts), Plan(asked, {}, tuple(one.addresses[0] for one in asked)), per_host=1)
    assert dict(heard.told) == heard.crawl.evidence
    assert heard["https://arxiv.org/abs/2401.00001"].reason is Reason.BLOCKED


async def test_a_page_that_is_gone_at_a_late_look_takes_one_look_more() -> None:
    heard = await crawl(
        "hosts: {a.example: {/: {sequence: [500, 500, 404]}, /fine: 200}}",
        ("http://a.example/", "http://a.example/fine"),
        retries=1,
    )
    outcome = heard["http://a.example/"]
    assert (outcome.reason, outcome.attempts, outcome.detail) == (Reason.NOT_FOUND, 4, "404 Not Found, tried 4 times")
    assert [one.scheme for one in heard.log.requests if one.path == "/fine"] == ["http", "https"]


SECOND_LOOKS = (
    ("[404, 404]", Reason.NOT_FOUND, 2, "404 Not Found, tried 2 times"),
    ("[404, 410]", Reason.GONE, 2, "410 Gone, tried 2 times"),
    ("[410, 410]", Reason.GONE, 2, "410 Gone, tried 2 times"),
    ("[404, 200]", Reason.INCONSISTENT, 2, "first 404 Not Found, then 200 OK, tried 2 times"),
    (
        "[404, 401]",
        Reason.AUTH_REQUIRED,
        2,
        "first 404 Not Found, then 401 Unauthorized (the site asks for a login), tried 2 times",
    ),
    ("[404, 503]", Reason.SERVER_ERROR, 2, "first 404 Not Found, then 503 Service Unavailable, tried 2 times"),
    ("[404, {reset: true}]", Reason.RESET, 2, "first 404 Not Found, then the connection was reset, tried 2 times"),
    (
        "[404, {location: /fine}]",
        Reason.INCONSISTENT,
        2,
        "first 404 Not Found, then 200 OK after 1 redirect, tried 2 times",
    ),
    ("[500, 500, 200]", Reason.OK, 3, "200 OK, tried 3 times"),
    ("[500, 500, 404, 404]", Reason.NOT_FOUND, 4, "404 Not Found, tried 4 times"),
    ("[500, 500, 404, 200]", Reason.INCONSISTENT, 4, "first 404 Not Found, then 200 OK, tried 4 times"),
    (
        "[500, 500, 404, 503]",
        Reason.SERVER_ERROR,
        4,
        "first 404 Not Found, then 503 Service Unavailable, tried 4 times",
    ),
    (
        "[451, 200]",
        Reason.INCONSISTENT,
        2,
        "first 451 Unavailable For Legal Reasons, then 200 OK, tried 2 times",
    ),
)


@pytest.mark.parametrize(("steps", "reason", "attempts", "detail"), SECOND_LOOKS, ids=[row[0] for row in SECOND_LOOKS])
async def test_nothing_is_dead_for_one_bad_moment(steps: str, reason: Reason, attempts: int, detail: str) -> None:
    scenario = f"hosts: {{a.example: {{/fine: 200, /x/fine: {{sequence: {steps}}}}}}}"
    heard = await crawl(scenario, ("https://a.example/x/fine",), retries=1)
    outcome = heard["https://a.example/x/fine"]
    assert (outcome.reason, outcome.attempts, outcome.detail, outcome.moved_to) == (reason, attempts, detail, None)
    assert heard.asked("a.example").count("/x/fine") == attempts
    assert dict(heard.told) == heard.crawl.evidence


async def test_a_second_look_comes_by_a_new_connection_and_once_for_all_who_meet_the_page() -> None:
    pages = "/gone: 404, /one: {location: /gone}, /two: {location: /gone}"
    heard = await crawl(
        f"hosts: {{a.example: {{{pages}}}}}", ("https://a.example/one", "https://a.example/two"), per_host=1
    )
    first, second = (one.connection for one in heard.log.requests if one.path == "/gone")
    assert first != second
    assert {outcome.outcome.reason for outcome in heard.crawl.evidence.values()} == {Reason.NOT_FOUND}


async def test_a_second_look_that_the_deadline_forbids_changes_nothing() -> None:
    heard = await crawl("hosts: {a.example: {/: 404}}", ("https://a.example/",), deadline=0.5, backoff=60)
    assert (heard["https://a.example/"].reason, heard["https://a.example/"].attempts) == (Reason.NOT_FOUND, 1)
    assert not heard.crawl.complete


async def test_what_stays_uncertain_says_how_often_it_was_tried() -> None:
    outcome = await outcome_of("hosts: {a.example: {/: 503}}", "http://a.example/", retries=2)
    assert (outcome.attempts, outcome.detail) == (4, "503 Service Unavailable, tried 4 times")


async def test_there_is_no_late_look_at_what_cannot_change() -> None:
    heard = await crawl("hosts: {a.example: {/1: 403, /2: 401, /3: 400}}", (f"http://a.example/{n}" for n in (1, 2, 3)))
    assert len(heard.asked("a.example")) == 3


@pytest.mark.parametrize(
    ("status", "reason", "said"),
    [
        (429, Reason.RATE_LIMITED, "429 Too Many Requests (the site limits how much it is asked)"),
        (503, Reason.SERVER_ERROR, "503 Service Unavailable"),
    ],
)
async def test_who_asks_for_more_time_than_a_run_has_is_asked_once(status: int, reason: Reason, said: str) -> None:
    page = f"{{status: {status}, headers: {{retry-after: 86400}}}}"
    first, second = "http://a.example/1", "http://a.example/2"
    heard = await crawl(f"hosts: {{a.example: {{'/*': {page}}}}}", (first, second), per_host=1, deadline=20)
    assert heard.crawl.complete
    assert len(heard.asked("a.example")) == 1
    asked, left = sorted((heard[first], heard[second]), key=lambda outcome: -outcome.attempts)
    assert (asked.reason, asked.status, asked.detail) == (reason, status, f"{said}, asked to wait 24 h")
    assert (left.reason, left.status, left.attempts) == (Reason.RATE_LIMITED, None, 0)
    assert left.detail.startswith("the site asked to be left alone for 24 h, not tried itself")
    assert dict(heard.told) == heard.crawl.evidence


async def test_who_was_to_be_asked_late_is_told_where_its_host_then_asks_for_a_day() -> None:
    heard = await crawl(
        "hosts: {a.example: {/1: 500, /2: {delay: 0.3, status: 429, headers: {retry-after: 86400}}}}",
        ("http://a.example/1", "http://a.example/2"),
        retries=0,
        deadline=20,
    )
    assert sorted(heard.asked("a.example")) == ["/1", "/2"]
    assert heard["http://a.example/1"].reason is Reason.SERVER_ERROR
    assert dict(heard.told) == heard.crawl.evidence


async def test_a_host_that_comes_back_late_is_asked_for_all_its_links() -> None:
    # Each page resets its first try, so that the host is given up before any page has had its second.
    pages = ", ".join(f"/{n}: {{sequence: [{{reset: true}}, 200]}}" for n in range(12))
    heard = await crawl(
        f"hosts: {{a.example: {{{pages}}}}}", (f"http://a.example/{n}" for n in range(12)), retries=1, per_host=1
    )
    assert {one.outcome.reason for one in heard.crawl.evidence.values()} == {Reason.OK}


async def test_a_silent_host_is_one_note_and_is_not_waited_for_link_by_link() -> None:
    heard = await crawl(
        "hosts: {dead.example: {'/*': {hang: true}}, a.example: {/: 200}}",
        ("http://a.example/", *(f"http://dead.example/{n}" for n in range(50))),
        timeout=0.3,
        retries=1,
        per_host=2,
    )
    reasons = [heard[f"http://dead.example/{n}"].reason for n in range(50)]
    assert set(reasons) == {Reason.HOST_DOWN}
    assert len(heard.asked("dead.example")) <= 12
    (stats,) = heard.crawl.sources
    assert stats.note == "dead.example does not answer: its 50 links could not be checked and are not counted as dead"
    assert (stats.asked, stats.answered) == (51, 1)


GUARDED = """
hosts:
  a.example:
    /loopback: {status: 302, location: "http://127.0.0.1/"}
    /metadata: {status: 302, location: "http://169.254.169.254/latest/meta-data/"}
    /ipv6: {status: 302, location: "http://[::1]/"}
    /mapped: {status: 302, location: "http://[::ffff:127.0.0.1]/"}
    /decimal: {status: 302, location: "http://2130706433/"}
    /localhost: {status: 302, location: "http://localhost/"}
    /second: {status: 301, location: "/loopback"}
"""


@pytest.mark.parametrize("path", ["loopback", "metadata", "ipv6", "mapped", "decimal", "localhost", "second"])
async def test_a_redirect_to_a_private_address_is_not_followed(path: str) -> None:
    heard = await crawl(GUARDED, (f"http://a.example/{path}",))
    outcome = heard[f"http://a.example/{path}"]
    assert (outcome.verdict, outcome.reason) == (Verdict.SKIPPED, Reason.PRIVATE_ADDRESS)
    assert {one.host for one in heard.log.requests} == {"a.example"}


async def test_a_private_link_is_asked_where_that_is_allowed() -> None:
    async with running(Scenario.parse("hosts: {}\ndefault: 200")) as web:
        url = f"http://127.0.0.1:{web.http_port}/"
        outcomes = [
            (await fetch(plan(url), NetworkConfig(allow_private=allowed), lambda *_: None)).evidence[url].outcome
            for allowed in (False, True)
        ]
    assert [(outcome.reason, outcome.attempts) for outcome in outcomes] == [(Reason.PRIVATE_ADDRESS, 0), (Reason.OK, 1)]
    assert outcomes[0].detail == "127.0.0.1 is not a public address (loopback)"


async def test_without_a_way_out_nothing_is_dead() -> None:
    heard = await crawl(
        f"hosts: {{a.example: {{refuse: true}}, gone.example: {{dns: nxdomain}}, {CONTROL[7:-1]}: {{refuse: true}}}}",
        ("http://a.example/", "http://gone.example/", "http://127.0.0.1/"),
        retries=0,
    )
    assert heard.crawl.no_way_out
    assert heard.crawl.complete
    reasons = [one.outcome.reason for one in heard.crawl.evidence.values()]
    assert reasons == [Reason.REFUSED, Reason.DNS_ERROR, Reason.PRIVATE_ADDRESS]
    assert [one.answered for one in heard.crawl.sources] == [0]
    assert heard["http://gone.example/"].detail == (
        "gone.example does not exist in DNS, tried 2 times, "
        "and no other host answered either, nor did the control address"
    )


async def test_where_the_control_address_answers_a_missing_name_is_dead() -> None:
    heard = await crawl("hosts: {gone.example: {dns: nxdomain}, control.example: {/: 200}}", ("http://gone.example/",))
    assert not heard.crawl.no_way_out
    assert heard["http://gone.example/"].reason is Reason.HOST_NOT_FOUND


async def test_a_resolver_that_fails_for_everything_is_ours() -> None:
    config = NetworkConfig(dns_server=("127.0.0.1", 9), connect_timeout=0.2, backoff=0.0, retries=0)
    heard = await fetch(plan("http://a.example/", "http://b.example/"), config, lambda *_: None)
    assert heard.no_way_out
    assert {one.outcome.reason for one in heard.evidence.values()} == {Reason.DNS_ERROR}


async def test_the_control_address_is_not_asked_where_anything_answered() -> None:
    heard = await crawl(
        "hosts: {a.example: {/: 200}, gone.example: {dns: nxdomain}}", ("http://a.example/", "http://gone.example/")
    )
    assert heard.asked("control.example") == ()
    assert heard["http://gone.example/"].reason is Reason.HOST_NOT_FOUND


async def test_at_the_deadline_what_is_left_is_skipped() -> None:
    heard = await crawl(HANGING, ("http://a.example/fine", "http://a.example/hang"), deadline=1.5)
    assert heard["http://a.example/fine"].reason is Reason.OK
    left = heard["http://a.example/hang"]
    assert (left.verdict, left.reason, left.detail) == (
        Verdict.SKIPPED,
        Reason.DEADLINE,
        "not asked: the run's deadline came first",
    )
    assert (heard.crawl.complete, heard.crawl.interrupted_by, heard.crawl.no_way_out) == (False, None, False)
    assert len(heard.told) == 2


async def test_what_only_a_late_look_was_to_change_stands_at_the_deadline() -> None:
    heard = await crawl("hosts: {a.example: {/: 500}}", ("http://a.example/",), deadline=0.5, retries=0, backoff=60)
    assert heard["http://a.example/"].reason is Reason.SERVER_ERROR
    assert not heard.crawl.complete
    assert [address for address, _ in heard.told] == ["http://a.example/"]


async def test_a_deadline_that_is_not_reached_changes_nothing() -> None:
    heard = await crawl("hosts: {a.example: {/: 200}}", ("http://a.example/",), deadline=60)
    assert heard.crawl.complete


@pytest.mark.usefixtures("kept_handlers")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_the_run_with_what_was_heard(number: signal.Signals) -> None:
    def once_fine(address: str, evidence: Evidence) -> None:
        if evidence.outcome.reason is Reason.OK:
            assert address == "http://a.example/fine"
            os.kill(os.getpid(), number)

    with serve(Scenario.parse(HANGING)) as web:
        heard = asyncio.run(fetch(plan("http://a.example/hang", "http://a.example/fine"), network(web), once_fine))
    assert (heard.complete, heard.interrupted_by) == (False, number)
    assert {address: one.outcome.reason for address, one in heard.evidence.items()} == {
        "http://a.example/hang": Reason.INTERRUPTED,
        "http://a.example/fine": Reason.OK,
    }


def test_a_run_that_no_signal_ended_leaves_the_handlers_as_they_were() -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    with serve(Scenario.parse("hosts: {a.example: {/: 200}}")) as web:
        asyncio.run(fetch(plan("http://a.example/"), network(web), lambda *_: None))
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


@pytest.mark.usefixtures("kept_handlers")
@pytest.mark.parametrize(("later", "ends"), [(0.02, False), (0.99, False), (1.0, True), (30.0, True)])
def test_a_second_signal_is_heeded_unless_it_is_a_nervous_double_press(
    monkeypatch: pytest.MonkeyPatch, later: float, *, ends: bool
) -> None:
    """A second after the first signal the handlers are as they were: another one ends the program at once."""
    seen: list[int] = []
    now = 100.0
    monkeypatch.setattr(stop_module, "monotonic", lambda: now)
    signal.signal(signal.SIGTERM, lambda number, _: seen.append(number))

    def twice(_: str, evidence: Evidence) -> None:
        nonlocal now
        if evidence.outcome.reason is Reason.INTERRUPTED:
            now += later
        os.kill(os.getpid(), signal.SIGTERM)

    with serve(Scenario.parse(HANGING)) as web:
        heard = asyncio.run(fetch(plan("http://a.example/hang", "http://a.example/fine"), network(web), twice))
    os.kill(os.getpid(), signal.SIGTERM)
    assert heard.interrupted_by == signal.SIGTERM
    assert seen == ([signal.SIGTERM] * 2 if ends else [])


def test_outside_the_main_thread_there_are_no_signals_to_handle() -> None:
    heard: list[Crawl] = []
    with serve(Scenario.parse("hosts: {a.example: {/: 200}}")) as web:
        work = fetch(plan("http://a.example/"), network(web), lambda *_: None)
        thread = threading.Thread(target=lambda: heard.append(asyncio.run(work)))
        thread.start()
        thread.join()
    assert heard[0].complete


async def test_who_cancels_the_run_cancels_it() -> None:
    async with running(Scenario.parse(HANGING)) as web:
        task = asyncio.create_task(fetch(plan("http://a.example/hang"), network(web), lambda *_: None))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
    assert asyncio.all_tasks() == {asyncio.current_task()}


async def test_a_bug_ends_the_run_and_leaves_nothing_behind() -> None:
    def broken(address: str, evidence: Evidence) -> None:
        raise RuntimeError(address, evidence)

    async with running(Scenario.parse(HANGING)) as web:
        with pytest.raises(ExceptionGroup) as error:
            await fetch(plan("http://a.example/hang", "http://a.example/fine"), network(web), broken)
    assert error.group_contains(RuntimeError)
    assert asyncio.all_tasks() == {asyncio.current_task()}


class Oracle(Source):
    """Knows the even numbers, and is uncertain of the odd; slow for those over nine."""

    name = "oracle"

    def __init__(self, client: object) -> None:
        del client
        self.asked = 0

    async def lookup(
        self, requests: Sequence[Request], *, again: bool = False
    ) -> AsyncGenerator[tuple[Request, Evidence], None]:
        assert not again
        self.asked += len(requests)
        for one in sorted(requests, key=lambda one: int(one.identity.key)):
            number = int(one.identity.key)
            if number > 9:
                await asyncio.sleep(0.3)
            yield one, Evidence(Outcome(Reason.BLOCKED if number % 2 else Reason.OK), self.name)

    def stats(self) -> SourceStats:
        return SourceStats(self.name, asked=self.asked, requests=1)


def numbered(number: int) -> Request:
    address = f"http://a.example/{number}"
    return replace(request(address), identity=Identity(Kind.WEB, str(number)), route=("oracle", "web"))


async def test_an_uncertain_link_falls_through_to_the_next_source_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetch_module, "SOURCES", (Oracle, Web))
    requests = tuple(numbered(number) for number in (2, 3, 12))
    addresses = tuple(one.addresses[0] for one in requests)
    heard = await crawl("hosts: {a.example: {'/*': 451}}", Plan(requests, {}, addresses))
    assert [(one.source, one.outcome.reason) for one in heard.crawl.evidence.values()] == [
        ("oracle", Reason.OK),
        ("web", Reason.LEGAL),
        ("oracle", Reason.OK),
    ]
    assert [address for address, _ in heard.told] == [addresses[0], addresses[2], addresses[1]]
    assert heard.crawl.sources == (
        SourceStats("oracle", asked=3, answered=2, requests=1),
        SourceStats("web", asked=1, answered=1, requests=1, follow_ups=1),
    )


async def test_a_plan_without_requests_asks_nobody() -> None:
    settled = {"http://x/": Evidence(Outcome(Reason.OFFLINE))}
    heard = await fetch(Plan((), settled, ("http://x/",)), NetworkConfig(), lambda *_: None)
    assert heard == Crawl(evidence=settled)


async def test_times_are_in_utc() -> None:
    outcome = await outcome_of("hosts: {a.example: {/: {delay: 0.05}}}", "http://a.example/")
    assert outcome.checked_at is not None
    assert outcome.checked_at.utcoffset() == timedelta(0)
    assert 50 <= outcome.elapsed_ms < 5000


NAMELESS = "hosts: {a.example: {/: 200}, b.example: {dns: nxdomain}}"
DOUBT = "b.example does not exist in DNS, tried 2 times, but our own resolver found no public name at all"


async def proxied(scenario: str, *addresses: str, proxy_host: str = "127.0.0.1", **changes: Any) -> Crawl:
    """A crawl with a proxy for http alone, and the scenario's name server for everything else."""
    async with running(Scenario.parse(scenario)) as web:
        proxies = {"http": f"http://{proxy_host}:{web.http_port}"}
        config = network(web, **{"connect_to": (), "proxies": proxies, "retries": 0, **changes})
        return await fetch(plan(*addresses), config, lambda *_: None)


@pytest.mark.parametrize("proxy_host", ["127.0.0.1", "localhost", "proxy.example"])
async def test_an_answer_through_a_proxy_says_nothing_of_our_resolver(proxy_host: str) -> None:
    scenario = f"hosts: {{a.example: {{/: 200}}, b.example: {{dns: nxdomain}}, {proxy_host}: {{/: 200}}}}"
    heard = await proxied(scenario, "http://a.example/", "https://b.example/", proxy_host=proxy_host)
    outcomes = [one.outcome for one in heard.evidence.values()]
    assert [outcome.reason for outcome in outcomes] == [Reason.OK, Reason.DNS_ERROR]
    assert (outcomes[1].detail, heard.no_way_out) == (DOUBT, False)
    assert heard.sources[0].answered == 1


async def test_behind_a_proxy_a_missing_name_is_dead_where_the_control_addresss_name_is_found() -> None:
    scenario = "hosts: {a.example: {/: 200}, b.example: {dns: nxdomain}, control.example: {/: 200}}"
    heard = await proxied(scenario, "http://a.example/", "https://b.example/")
    assert [one.outcome.reason for one in heard.evidence.values()] == [Reason.OK, Reason.HOST_NOT_FOUND]
    assert heard.sources[0].answered == 2


async def test_a_control_address_without_a_name_proves_no_resolver() -> None:
    heard = await proxied(NAMELESS, "http://a.example/", "https://b.example/", control_url="http://1.2.3.4/")
    assert [one.outcome.reason for one in heard.evidence.values()] == [Reason.OK, Reason.DNS_ERROR]
    assert heard.evidence["https://b.example/"].outcome.detail == DOUBT


async def test_an_answer_from_a_literal_address_says_nothing_of_our_resolver() -> None:
    scenario = "hosts: {1.2.3.4: {/: 200}, b.example: {dns: nxdomain}}"
    heard = await crawl(scenario, ("http://1.2.3.4/", "http://b.example/"))
    assert heard["http://1.2.3.4/"].reason is Reason.OK
    assert (heard["http://b.example/"].reason, heard["http://b.example/"].detail) == (Reason.DNS_ERROR, DOUBT)


async def test_a_name_that_our_resolver_found_proves_it_without_the_control_address() -> None:
    async with running(Scenario.parse("hosts: {a.example: {/: 200}, b.example: {dns: nxdomain}}")) as web:
        found = f"http://a.example:{web.http_port}/"
        config = network(web, connect_to=(), allow_private=True)
        heard = await fetch(plan(found, "http://b.example/"), config, lambda *_: None)
        made_up = {one.name for one in web.log.questions} - {"a.example", "b.example"}
        assert [len(name.removesuffix(".example")) for name in made_up] == [24]
    assert heard.evidence["http://b.example/"].outcome.reason is Reason.HOST_NOT_FOUND


PAPERS = """
papers: [{arxiv: "2203.02155", title: Follow Instructions, authors: [Long Ouyang]}]
hosts:
  export.arxiv.org: {"/*": 503}
  oaipmh.arxiv.org: {"/*": 503}
  arxiv.org: {"/*": {body: "<title>Follow Instructions</title>"}}
  api.semanticscholar.org: {"/*": 429}
  a.example: {/paper: 200}
"""


async def test_papers_that_nobody_could_compare_are_told_with_what_would_help() -> None:
    arxiv = Request(
        Identity(Kind.ARXIV, "2203.02155"),
        ("https://arxiv.org/abs/2203.02155",),
        ("arxiv", "oai", "web"),
        (Claim("Follow Instructions", ("Long Ouyang",)),),
    )
    page = replace(request("http://a.example/paper"), claims=(Claim("A Paper"),))
    asked = (arxiv, page)
    heard = await crawl(PAPERS, Plan(asked, {}, tuple(address for one in asked for address in one.addresses)))
    notes = {stats.name: stats.note for stats in heard.crawl.sources}
    assert notes == {
        "arxiv": "gave no answer about 1 link, which went on to the next source; "
        "1 paper could not be held against the list (PAP101–PAP105, PAP108): run again later; "
        "whether 1 paper was withdrawn could not be asked (PAP106): run again later",
        "oai": "gave no answer about 1 link, which went on to their pages",
        "semantic_scholar": "gave no answer, so there was no second opinion",
        "web": "1 paper could not be held against the list (PAP101–PAP105, PAP108): "
        "their pages did not say what they show; a link to the abstract page, or to arXiv, would",
    }


async def test_a_link_whose_next_source_was_not_heard_is_one_that_was_not_asked() -> None:
    scenario = """
    papers: [{arxiv: "2203.02155", title: Follow Instructions, authors: [Long Ouyang]}]
    hosts: {export.arxiv.org: {"/*": 503}, oaipmh.arxiv.org: {"/*": {hang: true}}}
    """
    address = "https://arxiv.org/abs/2203.02155"
    asked = Request(Identity(Kind.ARXIV, "2203.02155"), (address,), ("arxiv", "oai", "web"))
    heard = await crawl(scenario, Plan((asked,), {}, (address,)), deadline=0.5)
    assert (heard[address].reason, heard.crawl.complete) == (Reason.DEADLINE, False)


async def test_a_source_that_is_out_with_all_its_pages_is_no_word_about_any_link() -> None:
    down = ", ".join(f"{host}: {{'/*': 503}}" for host in ("export.arxiv.org", "oaipmh.arxiv.org", "arxiv.org"))
    keys = ("2203.02155", "2203.02156", "2203.02157")
    addresses = tuple(f"https://arxiv.org/abs/{key}" for key in keys)
    requests = tuple(
        Request(Identity(Kind.ARXIV, key), (address,), ("arxiv", "oai", "web"))
        for key, address in zip(keys, addresses, strict=True)
    )
    heard = await crawl(f"hosts: {{{down}}}", Plan(requests, {}, addresses), retries=0)
    assert {heard[address].reason for address in addresses} == {Reason.HOST_DOWN}
    few = await crawl(f"hosts: {{{down}}}", Plan(requests[:2], {}, addresses[:2]), retries=0)
    assert {few[address].reason for address in addresses[:2]} == {Reason.SERVER_ERROR}


async def test_that_a_database_does_not_know_a_paper_is_no_word_before_its_page_was_looked_at() -> None:
    told = """
    papers: [{arxiv: "2203.02156", title: Another, authors: [Long Ouyang]}]
    hosts: {arxiv.org: {"/*": {hang: true}}}
    """
    address = "https://arxiv.org/abs/2203.02155"
    asked = Request(Identity(Kind.ARXIV, "2203.02155"), (address,), ("arxiv", "oai", "web"))
    heard = await crawl(told, Plan((asked,), {}, (address,)), deadline=0.8)
    assert heard[address].reason is Reason.DEADLINE
