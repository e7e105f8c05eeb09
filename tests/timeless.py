"""Crawls for tests with the waits of a real run, in a time of their own: minutes pass at once, over real sockets."""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from crawling import Heard, crawl
from virtual import GRACE, VirtualLoop

from rlhf_linkcheck.plan import Plan

AS_SHIPPED: dict[str, Any] = {"interval": 0.25, "backoff": 1.0, "timeout": 20.0, "connect_timeout": 8.0}


@dataclass(frozen=True)
class Journey:
    """A crawl, how many seconds it would have taken, and how often the loop woke up to find nothing to do."""

    heard: Heard
    seconds: float
    naps: int

    def starts(self, host: str, path: str | None = None) -> list[float]:
        """When a host, or one page of it, was asked, in seconds from the start."""
        return [one.started for one in self.heard.log.of(host, path)]

    def waits(self, host: str, path: str) -> list[int]:
        """For how many seconds each try at a page was waited for."""
        asked = self.heard.log.of(host, path)
        return [round(one.ended - one.started) for one in asked if one.ended is not None]


Crawled = Callable[..., Journey]


async def _within_an_hour(scenario: str, addresses: Iterable[str] | Plan, changes: dict[str, Any]) -> Heard:
    """No run of a test takes longer; one that does would never end."""
    async with asyncio.timeout(3600):
        return await crawl(scenario, addresses, **changes)


def journey(scenario: str, addresses: Iterable[str] | Plan, **changes: Any) -> Journey:
    """A whole run; the log has to tell the loop's time."""
    with asyncio.Runner(loop_factory=lambda: VirtualLoop(GRACE)) as runner:
        heard = runner.run(_within_an_hour(scenario, addresses, {**AS_SHIPPED, **changes}))
        loop = runner.get_loop()
        assert isinstance(loop, VirtualLoop)
        return Journey(heard, loop.time(), loop.naps)
