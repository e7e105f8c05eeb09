"""Runs a scenario: its servers, its name server, its authority, and the way there for a client."""

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

from .certificates import Authority
from .dns import name_server
from .log import RequestLog
from .routes import AUTHORITY, LOOPBACK, connect_to, own_ports
from .scenario import Scenario
from .server import Handler, Server

NO_HANDLERS: Mapping[str, Handler] = MappingProxyType({})
DNS_PORT = 53


@dataclass(frozen=True, slots=True)
class Web:
    """A simulated web that runs, and the way there; ``options`` are the command line's flags for it."""

    http_port: int
    tls_port: int
    dns_address: tuple[str, int]
    ca_file: Path
    connect_to: tuple[str, ...]
    log: RequestLog

    @property
    def options(self) -> list[str]:
        """Flags that send a whole run here."""
        routes = [word for route in self.connect_to for word in ("--connect-to", route)]
        host, port = self.dns_address
        return [*routes, "--ca-file", str(self.ca_file), "--dns-server", f"{host}:{port}"]


@asynccontextmanager
async def running(
    scenario: Scenario, handlers: Mapping[str, Handler] = NO_HANDLERS, *, keeps: bool = True, own: bool = False
) -> AsyncIterator[Web]:
    """Runs a scenario in the event loop of the caller; at the end nothing is left of it.

    ``handlers`` answer for whole hosts in place of the scenario. Without ``keeps`` the log only counts.
    With ``own`` it listens at the ports that its hosts really have, and at that of name servers, which
    takes privileges and a network of its own, and leaves nothing to connect elsewhere; all certificates are
    made beforehand.
    Raises ScenarioError where hosts cannot share a port, and OSError for one that cannot be had.
    """
    log = RequestLog(scenario.limits, keeps=keeps)
    authority = Authority(scenario)
    site = {} if AUTHORITY in scenario.hosts else {AUTHORITY: authority.publish}
    server = Server(scenario, {**site, **handlers}, log)
    ports = own_ports(scenario) if own else {}
    async with AsyncExitStack() as stack:
        directory = stack.enter_context(TemporaryDirectory(prefix="simweb-"))
        closed = stack.enter_context(_closed_port())
        ca_file = Path(directory, "ca.pem")
        authority.write(ca_file)
        if own:
            authority.prepare()
        plain, secure, *others = ports or (0, 0)
        http = await stack.enter_async_context(server.listen(port=plain))
        tls = await stack.enter_async_context(server.listen(authority, secure))
        for port in others:
            await stack.enter_async_context(server.listen(authority if ports[port] else None, port))
        dns = await stack.enter_async_context(name_server(scenario, log, DNS_PORT if own else 0))
        yield Web(
            http_port=http,
            tls_port=tls,
            dns_address=dns,
            ca_file=ca_file,
            connect_to=() if own else connect_to(scenario, http=http, tls=tls, closed=closed),
            log=log,
        )


@contextmanager
def serve(scenario: Scenario, handlers: Mapping[str, Handler] = NO_HANDLERS) -> Iterator[Web]:
    """Runs a scenario in a thread with an event loop of its own; at the end nothing is left of it.

    Handlers are called in that thread; what they raise is raised here at the end, in an exception group.
    """
    ready: Future[tuple[Web, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def run() -> None:
        async with running(scenario, handlers) as web:
            stop = asyncio.Event()
            ready.set_result((web, asyncio.get_running_loop(), stop))
            await stop.wait()

    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="simweb") as thread:
        finished = thread.submit(lambda: asyncio.run(run()))
        either: tuple[Future[Any], Future[Any]] = (ready, finished)
        wait(either, return_when=FIRST_COMPLETED)
        if not ready.done():
            finished.result()
        web, loop, stop = ready.result()
        try:
            yield web
        finally:
            loop.call_soon_threadsafe(stop.set)
            finished.result()


@contextmanager
def _closed_port() -> Iterator[int]:
    """A port of loopback that refuses: bound, so that nobody else can take it, and never listened to."""
    with socket.socket() as bound:
        bound.bind((LOOPBACK, 0))
        yield bound.getsockname()[1]
