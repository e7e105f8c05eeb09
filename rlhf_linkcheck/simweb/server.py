"""Answers HTTP over plain and TLS connections as the scenario says."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import partial
from itertools import count
from typing import assert_never

from .behaviour import Behaviour, Fault, Steps
from .certificates import Authority
from .hostnames import split_authority
from .log import RequestLog, Visit
from .request import MAX_HEAD, BadRequest, Request, Scheme, read_request
from .response import Response, refusal, render
from .routes import LOOPBACK
from .scenario import Scenario
from .stream import Stream, connect, reset

BACKLOG = 4096  # what Linux allows: a tool may come with thousands of connections at once
GREETING = b"220 mail.example ESMTP ready\r\n"

Handler = Callable[[Request], Behaviour]
"""Answers a host's requests in place of the scenario."""


class Server:
    """Serves a scenario, and the hosts that ``handlers`` answer for, on as many ports as it is asked to.

    The steps of a page count the requests for one address of a host, whatever their scheme and method.
    """

    def __init__(self, scenario: Scenario, handlers: Mapping[str, Handler], log: RequestLog) -> None:
        self._scenario = scenario
        self._services = scenario.new_services()
        self._handlers = handlers
        self._log = log
        self._turns: Counter[tuple[str, str]] = Counter()
        self._numbers = count(1)

    @asynccontextmanager
    async def listen(self, authority: Authority | None = None, port: int = 0) -> AsyncIterator[int]:
        """Listens on a port of loopback, a free one where it is 0, which it yields; with an authority, for TLS.

        At the end the port and all its connections are closed. What a handler raised ends its connection,
        and is raised at the end, in an exception group.
        """
        connections: set[asyncio.Task[None]] = set()
        loop = asyncio.get_running_loop()
        with socket.create_server((LOOPBACK, port), backlog=BACKLOG) as listener:
            listener.setblocking(False)
            # asyncio does so only for sockets that know their protocol, which accepted ones do not.
            listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

            def accept() -> None:
                try:
                    client, _ = listener.accept()
                except (BlockingIOError, ConnectionAbortedError):
                    return  # who was there a moment ago has gone
                connection = loop.create_task(self._connection(client, authority))
                connections.add(connection)
                connection.add_done_callback(partial(ended, client))

            def ended(client: socket.socket, connection: asyncio.Task[None]) -> None:
                client.close()
                if connection.cancelled() or not connection.exception():
                    connections.discard(connection)

            loop.add_reader(listener, accept)
            try:
                yield listener.getsockname()[1]
            finally:
                loop.remove_reader(listener)
                await _end_all(connections)

    async def _connection(self, client: socket.socket, authority: Authority | None) -> None:
        """One connection from its first byte to its last; a client that breaks off ends it."""
        try:
            context = await authority.receive(client) if authority else None
            async with connect(client, MAX_HEAD, context) as (stream, writer):
                if authority and not context:
                    await stream.gone()
                else:
                    await self._requests(stream, writer, "https" if context else "http")
        except (OSError, EOFError):
            return  # the client's doing: a broken connection, a failed handshake, half a request

    async def _requests(self, stream: Stream, writer: asyncio.StreamWriter, scheme: Scheme) -> None:
        """The connection's requests, one after the other, as long as both sides keep it alive."""
        connection = next(self._numbers)
        goes_on = True
        while goes_on:
            try:
                request = await read_request(stream, writer, scheme)
            except BadRequest as error:
                writer.write(refusal(error.status, str(error)))
                return
            if request is None:
                return
            visit = self._log.begin(request, connection)
            try:
                goes_on = await self._answer(request, stream, writer, visit)
            finally:
                self._log.end(visit)

    async def _answer(self, request: Request, stream: Stream, writer: asyncio.StreamWriter, visit: Visit) -> bool:
        """Answers one request, or not, and tells whether the connection goes on.

        The log hears of the end before the client can: who has an answer finds its request ended.
        """
        turn = self._turns[request.host, request.path]
        self._turns[request.host, request.path] += 1
        refused = visit.beyond.refusal if visit.beyond else None
        behaviour = refused or self._choose(request, turn)
        delay = behaviour.delay + self._latency(request, turn)
        if delay and await stream.gone(within=delay):
            return False
        if behaviour.location is not None:
            self._log.lead(request, behaviour.location)
        if behaviour.fault is Fault.HANG:
            await stream.gone()
            return False
        if behaviour.fault is None:
            return await self._send(render(behaviour, request), behaviour.trickle, stream, writer, visit)
        self._log.end(visit)
        match behaviour.fault:
            case Fault.RESET:
                reset(writer)
            case Fault.GARBAGE:
                writer.write(GREETING)
            case Fault.CLOSE:
                pass  # the connection ends where it stands
            case _ as never:
                assert_never(never)
        return False

    async def _send(
        self, response: Response, trickle: float, stream: Stream, writer: asyncio.StreamWriter, visit: Visit
    ) -> bool:
        head, body = response.head, response.body
        if trickle:
            writer.write(head)
            for octet in body[:-1]:
                writer.write(bytes((octet,)))
                if await stream.gone(within=trickle):
                    return False
            head, body = b"", body[-1:]
        self._log.end(visit)
        writer.write(head + body)
        await writer.drain()
        return not response.last

    def _latency(self, request: Request, turn: int) -> float:
        """How long the host takes, beside what its page does."""
        host = self._scenario.host(request.host)
        if host is None or host.latency is None:
            return 0.0
        return host.latency.seconds(self._scenario.seed, request.host, request.path, turn)

    def _choose(self, request: Request, turn: int) -> Behaviour:
        handler = self._handlers.get(request.host)
        if handler:
            return handler(request)
        steps = self._scenario.steps(request.host, request.path)
        step = _at(steps, turn)
        service = self._services.get(split_authority(request.host)[0])
        if not step.service or service is None:
            return step
        answer = service(request) or _at(self._scenario.others, turn)
        return replace(answer, delay=answer.delay + step.delay)


def _at(steps: Steps, turn: int) -> Behaviour:
    return steps[min(turn, len(steps) - 1)]


async def _end_all(connections: set[asyncio.Task[None]]) -> None:
    for connection in connections:
        connection.cancel()
    ends = await asyncio.gather(*connections, return_exceptions=True)
    faults = [end for end in ends if isinstance(end, Exception)]
    if faults:
        raise ExceptionGroup("the simulated web could not answer", faults)
