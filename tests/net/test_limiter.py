import asyncio
from itertools import pairwise

import pytest
from virtual import lived

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.net.limiter import Limiter
from rlhf_linkcheck.net.manners import Etiquette


def limiter_of(concurrency: int, per_host: int, interval: float) -> Limiter:
    return Limiter(concurrency, Etiquette(NetworkConfig(per_host=per_host, interval=interval)))


class Traffic:
    """Requests through a limiter, with what was seen of them."""

    def __init__(self, limiter: Limiter) -> None:
        self.limiter = limiter
        self.starts: dict[str, list[float]] = {}
        self.now: dict[str, int] = {}
        self.most: dict[str, int] = {}

    async def request(self, host: str, seconds: float = 0.0) -> None:
        async with self.limiter.turn(host) as turn:
            turn.used = True
            self.starts.setdefault(host, []).append(asyncio.get_running_loop().time())
            for key in (host, "all"):
                self.now[key] = self.now.get(key, 0) + 1
                self.most[key] = max(self.most.get(key, 0), self.now[key])
            await asyncio.sleep(seconds)
            for key in (host, "all"):
                self.now[key] -= 1

    def gaps(self, host: str) -> list[float]:
        return [later - earlier for earlier, later in pairwise(self.starts[host])]


async def test_no_more_than_its_places_are_in_flight_at_a_host() -> None:
    traffic = Traffic(limiter_of(64, 3, 0.0))
    await asyncio.gather(*(traffic.request("a", 0.005) for _ in range(20)))
    assert traffic.most == {"a": 3, "all": 3}


async def test_no_line_is_kept_where_nobody_waits() -> None:
    limiter = limiter_of(64, 1, 0.0)
    traffic = Traffic(limiter)
    waiting = [asyncio.create_task(traffic.request(host, 0.005)) for host in "aab"]
    await asyncio.sleep(0)
    assert [limiter._gate(host)._line is None for host in "ab"] == [False, True]
    await asyncio.gather(*waiting)
    assert [limiter._gate(host)._line for host in "ab"] == [None, None]


async def test_no_more_than_the_global_places_are_in_flight_at_all() -> None:
    traffic = Traffic(limiter_of(5, 3, 0.0))
    await asyncio.gather(*(traffic.request(host, 0.005) for host in "abcdef" for _ in range(5)))
    assert traffic.most["all"] == 5


def test_starts_at_a_host_keep_the_interval() -> None:
    async def story() -> Traffic:
        traffic = Traffic(limiter_of(64, 4, 2.0))
        await asyncio.gather(*(traffic.request("a") for _ in range(6)))
        return traffic

    assert lived(story()).gaps("a") == [2.0] * 5


def test_the_interval_counts_from_the_real_starts_where_the_global_places_are_scarce() -> None:
    async def story() -> Traffic:
        traffic = Traffic(limiter_of(1, 4, 2.0))
        await asyncio.gather(*(traffic.request(host, 3.0) for host in "ab" for _ in range(4)))
        await asyncio.gather(traffic.request("b", 10.0), *(traffic.request("a") for _ in range(4)))
        return traffic

    traffic = lived(story())
    assert min(traffic.gaps("a")) >= 2.0
    assert min(traffic.gaps("b")) >= 2.0


async def test_a_host_that_is_waited_for_holds_no_global_place() -> None:
    limiter = limiter_of(2, 2, 0.0)
    traffic = Traffic(limiter)
    limiter.hold_until("busy", asyncio.get_running_loop().time() + 60)
    waiting = [asyncio.create_task(traffic.request("busy")) for _ in range(9)]
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await asyncio.gather(*(traffic.request("free") for _ in range(9)))
    assert "busy" not in traffic.starts
    for one in waiting:
        one.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)


async def test_a_hold_is_a_point_in_time_and_the_latest_stands() -> None:
    limiter = limiter_of(2, 2, 0.0)
    traffic = Traffic(limiter)
    until = asyncio.get_running_loop().time() + 0.05
    limiter.hold_until("a", until)
    limiter.hold_until("a", until - 0.04)
    assert limiter.holds("a") == 2
    assert limiter.holds("b") == 0
    await traffic.request("a")
    assert traffic.starts["a"][0] >= until


async def test_a_hold_that_grows_while_it_is_waited_for_is_kept() -> None:
    limiter = limiter_of(2, 2, 0.0)
    traffic = Traffic(limiter)
    now = asyncio.get_running_loop().time()
    limiter.hold_until("a", now + 0.3)
    waiting = asyncio.create_task(traffic.request("a"))
    await asyncio.sleep(0)
    limiter.hold_until("a", now + 0.35)
    await waiting
    assert traffic.starts["a"][0] >= now + 0.35


async def test_a_hold_that_comes_while_a_global_place_is_waited_for_is_kept() -> None:
    limiter = limiter_of(1, 2, 0.0)
    traffic = Traffic(limiter)
    async with limiter.turn("b"):
        waiting = asyncio.create_task(traffic.request("a"))
        await asyncio.sleep(0.01)
        until = asyncio.get_running_loop().time() + 0.05
        limiter.hold_until("a", until)
    await waiting
    assert traffic.starts["a"][0] >= until


def test_a_hold_that_comes_between_the_leave_and_its_use_is_kept_and_so_is_the_order() -> None:
    async def story() -> list[tuple[str, float]]:
        limiter, started, now = limiter_of(1, 1, 0.0), list[tuple[str, float]](), asyncio.get_running_loop().time

        async def asked(name: str) -> None:
            async with limiter.turn("a") as turn:
                turn.used = True
                started.append((name, now()))

        async with limiter.turn("b"):
            waiting = [asyncio.create_task(asked(name)) for name in ("first", "second")]
            await asyncio.sleep(0)
        limiter.hold_until("a", now() + 60)
        await asyncio.gather(*waiting)
        return started

    (first, at), (second, _) = lived(story())
    assert (first, second) == ("first", "second")
    assert at == pytest.approx(60.0)


@pytest.mark.parametrize("interval", [0.0, 0.01])
async def test_places_come_back_when_whoever_waits_is_cancelled(interval: float) -> None:
    traffic = Traffic(limiter_of(1, 1, interval))
    for delay in (0.0, 0.001, 0.003):
        running = [asyncio.create_task(traffic.request("a", 0.01)) for _ in range(3)]
        await asyncio.sleep(delay)
        for one in running:
            one.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    async with asyncio.timeout(5):
        await traffic.request("a")
        await traffic.request("b")


def test_a_start_that_sent_nothing_gives_back_no_more_of_the_interval_than_it_took() -> None:
    async def story() -> list[float]:
        limiter, starts, now = limiter_of(8, 8, 1.0), list[float](), asyncio.get_running_loop().time

        async def slowly_connected() -> None:
            async with limiter.turn("a") as turn:
                turn.used = True
                await asyncio.sleep(1.3)
                limiter.connected("a")
                starts.append(now())

        async def unused() -> None:
            async with limiter.turn("a"):
                await asyncio.sleep(0.4)

        async def next_one() -> None:
            async with limiter.turn("a") as turn:
                turn.used = True
                starts.append(now())

        await asyncio.gather(slowly_connected(), unused(), next_one())
        return starts

    first, second = lived(story())
    assert second - first == pytest.approx(1.0)
