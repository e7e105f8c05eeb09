"""Back-off: a point in time for one host, capped and counted, and one wait for one cause."""

import asyncio

import pytest
from timeless import Crawled
from virtual import lived

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.evidence import Reason, Verdict
from rlhf_linkcheck.net.limiter import Limiter
from rlhf_linkcheck.net.manners import Etiquette
from rlhf_linkcheck.net.retry import LONGEST_WAIT, MOST_WAITED

pytestmark = pytest.mark.unmeasured


def test_a_hosts_back_off_is_a_deadline_not_a_duration_and_no_burst_follows() -> None:
    """Field notes 17, lychee #2027 and trap (a): who comes late waits again, and then all start together."""

    async def starts() -> list[float]:
        limiter = Limiter(64, Etiquette(NetworkConfig()))
        loop = asyncio.get_running_loop()
        limiter.hold_until("a.example", 10.0)
        began: list[float] = []

        async def ask(comes: float) -> None:
            await asyncio.sleep(comes)
            async with limiter.turn("a.example") as turn:
                turn.used = True
                began.append(loop.time())

        async with asyncio.TaskGroup() as group:
            for comes in (0.0, 3.0, 9.0, 9.9, 12.0):
                group.create_task(ask(comes))
        return began

    assert lived(starts()) == [10.0, 10.25, 10.5, 10.75, 12.0]


def test_a_wish_for_peace_that_overtakes_a_leave_is_heeded() -> None:
    """Field notes, lychee's trap (a): who was let in before the wish starts in spite of it."""

    async def starts() -> list[float]:
        limiter = Limiter(64, Etiquette(NetworkConfig(per_host=1, interval=0.0)))
        loop = asyncio.get_running_loop()
        began: list[float] = []

        async def ask() -> None:
            async with limiter.turn("a.example") as turn:
                turn.used = True
                began.append(loop.time())

        async with asyncio.TaskGroup() as group:
            async with limiter.turn("a.example"):
                for _ in range(2):
                    group.create_task(ask())
                await asyncio.sleep(1)
            limiter.hold_until("a.example", 20.0)
        return began

    assert lived(starts()) == [20.0, 20.0]


def test_who_comes_while_a_host_has_peace_waits_for_its_end_and_no_longer(crawled: Crawled) -> None:
    """Field notes 17, lychee #2027: over the wire, where each link would wait its own thirty seconds."""
    page = "{sequence: [{status: 429, headers: {retry-after: 30}}, 200]}"
    ran = crawled(
        f"hosts: {{a.example: {{/0: {page}, '/*': 200}}}}", (f"https://a.example/{n}" for n in range(9)), per_host=1
    )
    first, *later = ran.starts("a.example")
    assert len(later) == 9
    assert first + 30 <= min(later)
    assert max(later) <= first + 30 + 9 * 0.25 + 1


def test_a_links_retry_and_its_hosts_peace_are_one_wait(crawled: Crawled) -> None:
    """Field notes, lychee's trap (d): a link's own back-off on top of the host's."""
    page = "{sequence: [{status: 429, headers: {retry-after: 30}}, 200]}"
    ran = crawled(f"hosts: {{a.example: {{/: {page}}}}}", ("https://a.example/",), backoff=20.0)
    first, second = ran.starts("a.example")
    assert 30 <= second - first < 31


def test_a_server_that_says_come_back_in_a_second_for_ever_is_left(crawled: Crawled) -> None:
    """Field notes: with the field, neither Sphinx nor linkinator counts how often, and the run never ends."""
    page = "{status: 429, headers: {retry-after: 1}}"
    addresses = [f"https://a.example/{n}" for n in range(30)]
    ran = crawled(f"hosts: {{a.example: {{'/*': {page}}}}}", addresses, retries=2)
    assert ran.heard.crawl.complete
    assert {ran.heard[address].reason for address in addresses} == {Reason.RATE_LIMITED}
    assert len(ran.starts("a.example")) <= 3 * 3 + 4 + 4, "three links' tries, and what is on its way, twice"


def test_the_longest_wait_is_heeded_and_more_than_that_ends_the_questions(crawled: Crawled) -> None:
    """Field notes, Sphinx's trap: no cap holds for what a server names itself."""
    for seconds, asked in ((round(LONGEST_WAIT), 2), (round(LONGEST_WAIT) + 1, 1), (10**30, 1)):
        page = f"{{sequence: [{{status: 503, headers: {{retry-after: {seconds}}}}}, 200]}}"
        ran = crawled(f"hosts: {{a.example: {{/: {page}}}}}", ("https://a.example/",))
        assert len(ran.starts("a.example")) == asked
        assert ran.seconds <= LONGEST_WAIT + 10


@pytest.mark.parametrize("retries", [2, 10])
@pytest.mark.parametrize("page", ["{PAGE}", "{sequence: [{PAGE}, {PAGE}, 200]}"], ids=["for ever", "now and then"])
def test_all_that_one_host_is_waited_for_has_an_end(crawled: Crawled, page: str, retries: int) -> None:
    """Field notes: each wait within the cap, and no count of them; «at most three» is what they suggest."""
    limited = page.replace("{PAGE}", "{status: 429, headers: {retry-after: 60}}")
    addresses = [f"https://a.example/{n}" for n in range(20)]
    ran = crawled(f"hosts: {{a.example: {{'/*': {limited}}}}}", addresses, retries=retries)
    assert ran.heard.crawl.complete
    assert ran.seconds <= MOST_WAITED + 30
    assert {ran.heard[address].reason for address in addresses} <= {Reason.OK, Reason.RATE_LIMITED}


def test_two_links_that_are_told_to_wait_the_same_minute_wait_one(crawled: Crawled) -> None:
    """Field notes, lychee's trap (d): each answer's minute beside the others', and two minutes are more than three."""
    limited = "{status: 429, headers: {retry-after: 60}, delay: 1}"
    addresses = [f"https://a.example/{n}" for n in range(2)]
    ran = crawled(f"hosts: {{a.example: {{'/*': {{sequence: [{limited}, {limited}, 200]}}}}}}", addresses)
    assert {ran.heard[address].reason for address in addresses} == {Reason.OK}
    assert ran.seconds <= 2 * (60 + 1) + 2


def test_one_host_that_limits_for_ever_costs_the_others_nothing(crawled: Crawled) -> None:
    """Field notes: Sphinx and linkchecker stall all for one."""
    page = "{status: 429, headers: {retry-after: 60}}"
    limited = tuple(f"https://a.example/{n}" for n in range(20))
    free = tuple(f"https://b.example/{n}" for n in range(20))
    ran = crawled(f"hosts: {{a.example: {{'/*': {page}}}}}\ndefault: 200", (*limited, *free), concurrency=4)
    starts = ran.starts("b.example")
    assert len(starts) == 20
    assert max(starts) <= ran.heard.log.requests[0].started + 19 * 0.25 + 1


def test_hosts_in_a_row_that_each_ask_for_peace_hold_a_link_no_longer_than_two_of_them_may(crawled: Crawled) -> None:
    """Field notes 20 and Sphinx: no cap on what a server may ask for, and here each hop is another server."""
    peace = "{status: 429, headers: {retry-after: 59}}"
    pages = ", ".join(
        f"h{n}.example: {{/: {{sequence: [{peace}, {peace}, {{location: 'http://h{n + 1}.example/'}}]}}}}"
        for n in range(9)
    )
    ran = crawled(f"hosts: {{{pages}, h9.example: {{/: 200}}}}", ["http://h0.example/"])
    assert ran.heard["http://h0.example/"].verdict is Verdict.UNCERTAIN
    assert ran.seconds <= 2 * 2 * 60 + 60
