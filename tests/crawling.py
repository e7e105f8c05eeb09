"""Crawls of a simulated web for tests: a scenario in YAML, addresses in, the crawl and the log out."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from rlhf_linkcheck.config import ConnectTo, NetworkConfig
from rlhf_linkcheck.evidence import Crawl, Evidence, Outcome
from rlhf_linkcheck.fetch import fetch
from rlhf_linkcheck.identity import Identity, Kind
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.plan import Plan
from rlhf_linkcheck.simweb.log import RequestLog
from rlhf_linkcheck.simweb.scenario import Scenario
from rlhf_linkcheck.simweb.web import Web, running
from rlhf_linkcheck.sources.base import Request

QUICK: dict[str, Any] = {
    "interval": 0.0,
    "host_intervals": dict.fromkeys(
        (
            "export.arxiv.org",
            "api.crossref.org",
            "api.openreview.net",
            "api.semanticscholar.org",
            "api.github.com",
            "web.archive.org",
        ),
        0.0,
    ),
    "backoff": 0.01,
    "timeout": 5.0,
    "connect_timeout": 5.0,
}
CONTROL = "http://control.example/"


def connect_to(text: str) -> ConnectTo:
    """curl's HOST:PORT:ADDR:PORT, for names and IPv4 addresses."""
    host, port, address, target = text.rsplit(":", 3)
    return ConnectTo(host.strip("[]"), int(port) if port else None, address, int(target) if target else None)


def network(web: Web, **changes: Any) -> NetworkConfig:
    """The way to a simulated web, with waits of milliseconds."""
    defaults: dict[str, Any] = {
        **QUICK,
        "connect_to": tuple(map(connect_to, web.connect_to)),
        "dns_server": web.dns_address,
        "ca_file": web.ca_file,
        "control_url": CONTROL,
    }
    return NetworkConfig(**{**defaults, **changes})


def request(*addresses: str) -> Request:
    return Request(Identity(Kind.WEB, addresses[0]), addresses, ("web",))


def plan(*addresses: str) -> Plan:
    return Plan(tuple(request(address) for address in addresses), {}, addresses)


@dataclass(frozen=True)
class Heard:
    """A crawl with what it looked like from outside."""

    crawl: Crawl
    log: RequestLog
    told: tuple[tuple[str, Evidence], ...]

    def __getitem__(self, address: str) -> Outcome:
        return self.crawl.evidence[address].outcome

    def asked(self, host: str) -> tuple[str, ...]:
        """The paths that a host was asked for, in order."""
        return tuple(one.path for one in self.log.requests if one.host == host)


async def crawl(scenario: str, addresses: Iterable[str] | Plan, **changes: Any) -> Heard:
    """Fetch these addresses from a simulated web; ``changes`` are fields of NetworkConfig."""
    asked = addresses if isinstance(addresses, Plan) else plan(*addresses)
    told: list[tuple[str, Evidence]] = []
    async with running(Scenario.parse(scenario)) as web:
        heard = await fetch(asked, network(web, **changes), lambda address, evidence: told.append((address, evidence)))
        return Heard(heard, web.log, tuple(told))


async def outcome_of(scenario: str, address: str, **changes: Any) -> Outcome:
    """What becomes of one address."""
    return (await crawl(scenario, (address,), **changes))[address]


@asynccontextmanager
async def client_of(scenario: str, **changes: Any) -> AsyncIterator[tuple[Client, Web]]:
    """A client on a simulated web."""
    async with running(Scenario.parse(scenario)) as web, Client(network(web, **changes)) as client:
        yield client, web


async def first_request(web: Web) -> None:
    """Return when the web has been asked something."""
    async with asyncio.timeout(5):
        while not web.log.requests:  # noqa: ASYNC110 - the log is no event
            await asyncio.sleep(0.001)


Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@asynccontextmanager
async def server_of(talk: Talk) -> AsyncIterator[int]:
    """A bare TCP server on loopback, for what no HTTP server does; yields its port."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await talk(reader, writer)
        finally:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def answer_of(talk: Talk, url: str = "http://a.example/", **changes: Any) -> Answer:
    """What a client hears from a bare server that a.example leads to."""
    async with server_of(talk) as port:
        config = NetworkConfig(**{**QUICK, "connect_to": (ConnectTo("a.example", None, "127.0.0.1", port),), **changes})
        async with Client(config) as client:
            return await client.get(url)


def saying(octets: bytes) -> Talk:
    """A server that says this once it was asked something, and hangs up."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(1024)
        writer.write(octets)
        await writer.drain()

    return talk
