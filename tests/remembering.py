"""Runs that remember, for tests: one after the other against one simulated web whose pages change meanwhile."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeAlias

from builders import NOON
from crawling import network

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.crawl.recollection import Recollection, recollecting
from rlhf_linkcheck.evidence import Crawl, Evidence, Outcome, Reason
from rlhf_linkcheck.fetch import fetch
from rlhf_linkcheck.plan import Plan
from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.log import LoggedRequest
from rlhf_linkcheck.simweb.request import Request
from rlhf_linkcheck.simweb.server import Handler
from rlhf_linkcheck.simweb.web import Web

DAY = timedelta(days=1)
NETWORK = NetworkConfig()

Page: TypeAlias = Behaviour | Handler


def heard(reason: Reason = Reason.OK, **parts: Any) -> Evidence:
    """What a run heard at noon."""
    return Evidence(Outcome(reason, 200, attempts=1, **{"checked_at": NOON, **parts}), "web")


@contextmanager
def memory_in(path: Path, config: NetworkConfig = NETWORK, max_age: timedelta = DAY) -> Iterator[Recollection]:
    """One run's memory; at its end all is in the file."""
    with recollecting(path, config, max_age) as (recollection, word):
        assert word is None
        assert recollection is not None
        yield recollection
    assert recollection.trouble is None


@dataclass
class Site:
    """A host whose pages a test changes between runs; a page may answer by what it is asked."""

    pages: dict[str, Page] = field(default_factory=dict)
    others: Behaviour = field(default_factory=lambda: Behaviour(404))

    def __call__(self, request: Request) -> Behaviour:
        page = self.pages.get(request.path, self.others)
        return page if isinstance(page, Behaviour) else page(request)


@dataclass(frozen=True)
class Run:
    """What one of several runs made of its plan, and what it sent for it."""

    crawl: Crawl
    requests: tuple[LoggedRequest, ...]

    def __getitem__(self, address: str) -> Outcome:
        return self.crawl.evidence[address].outcome

    @property
    def asked(self) -> tuple[str, ...]:
        """The addresses that were asked, in order."""
        return tuple(f"{one.scheme}://{one.host}{one.path}" for one in self.requests)


@dataclass(frozen=True)
class Runs:
    """A simulated web, and the file that runs against it remember in."""

    web: Web
    path: Path

    async def run(self, plan: Plan, max_age: timedelta = DAY, **changes: Any) -> Run:
        """One run; ``changes`` are fields of NetworkConfig."""
        config = network(self.web, **{"retries": 0, **changes})
        before = len(self.web.log.requests)
        with memory_in(self.path, config, max_age) as recollection:
            crawl = await fetch(plan, config, lambda *_: None, recollection)
        return Run(crawl, self.web.log.requests[before:])


def pass_time(path: Path, time: timedelta) -> None:
    """Let what is remembered have been heard so much earlier."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for table in ("memory", "told"):
            connection.execute(f"UPDATE {table} SET heard_at = heard_at - ?", (time // timedelta(microseconds=1),))  # noqa: S608 - our own names


def is_lately(moment: datetime | None) -> bool:
    """Whether this was in the last minutes."""
    return moment is not None and timedelta() <= datetime.now(UTC) - moment < timedelta(minutes=10)
