"""Connections as they are made and kept: so many at most, hung handshakes told apart, none kept that spoke unasked."""

import asyncio
import errno
from collections import OrderedDict
from collections.abc import Callable
from functools import partial
from ssl import SSLContext
from typing import Any
from weakref import WeakSet

import aiohttp
from aiohttp import StreamReader, hdrs
from aiohttp.abc import AbstractResolver
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ClientRequest, ConnectionKey
from aiohttp.connector import Connection
from aiohttp.tracing import Trace
from yarl import URL

from rlhf_linkcheck.net.head import is_interim, may_be_half, mended
from rlhf_linkcheck.net.sockets import RACE_DELAY, Sockets

_END_OF_HEAD = b"\r\n\r\n"
_MOST_HEADS = 16
"""An answer's and those of the interim ones before it; further down it only stands in a body."""


class HandshakeUnfinishedError(Exception):
    """The cause of a time-out that came when the connection stood, and its TLS handshake did not."""


class Connector(aiohttp.TCPConnector):
    """Drops a kept connection that received anything while it was idle, and tells a handshake that hangs.

    Servers say 408 before they hang up on an idle client; aiohttp would take that, or what is left
    of it, for the answer to the next request, which nobody sent. Connection and handshake share one
    limit, and end in the same exception. It bounds what is under way, and not what rests: of that
    ``most_resting`` stay, and the longest at rest goes first. It has no public hook between the pool
    and the request, nor between connection and handshake, so that all its private names stand here.
    """

    def __init__(
        self,
        context: SSLContext,
        resolver: AbstractResolver,
        sockets: Sockets,
        most_resting: int,
        on_connected: Callable[[str], None],
    ) -> None:
        super().__init__(
            limit=0,
            ssl=context,
            use_dns_cache=False,
            resolver=resolver,
            socket_factory=sockets.open,
            happy_eyeballs_delay=RACE_DELAY,
        )
        protocol: type[ResponseHandler] = _Counting
        self._factory = partial(protocol, loop=self._loop)
        self._sockets = sockets
        self._most_resting = most_resting
        self._on_connected = on_connected
        self._resting: OrderedDict[ResponseHandler, None] = OrderedDict()
        self._parting: WeakSet[ResponseHandler] = WeakSet()

    async def _get(self, key: ConnectionKey, traces: list[Trace]) -> Connection | None:
        """The next kept connection on which there was silence, or None: then a new one is made."""
        while (kept := await super()._get(key, traces)) is not None:
            if isinstance(kept.protocol, _Counting):
                self._resting.pop(kept.protocol, None)
                if not kept.protocol.spoke_unasked:
                    return kept
            kept.close()
        return None

    def _release(self, key: ConnectionKey, protocol: ResponseHandler, *, should_close: bool = False) -> None:
        """Take a connection back; from here on it is idle.

        One that is not kept ends at once: by TLS's goodbye it would stay for up to 30 s, and be sent
        the rest of a page that nobody reads.
        """
        if isinstance(protocol, _Counting):
            protocol.rest()
        ends = should_close or protocol.should_close or protocol in self._parting
        if ends:
            protocol.abort()
        else:
            self._resting[protocol] = None
            self._part_with(len(self._resting) - self._most_resting)
        super()._release(key, protocol, should_close=ends)

    def part_with_all(self) -> None:
        """End all connections that rest, and those in use as soon as they would: who asks from now on has a new one."""
        self._part_with(len(self._resting))
        self._parting.update(one for one in self._acquired if isinstance(one, _Counting))

    def _part_with(self, count: int) -> None:
        """End the connections that have rested longest; the pool passes over what has ended."""
        for _ in range(count):
            self._resting.popitem(last=False)[0].abort()

    async def _create_connection(
        self,
        request: ClientRequest,
        *how: Any,  # noqa: ANN401 - it hands on whatever it is given
    ) -> ResponseHandler:
        """A new connection for a request, whose host (``Target.key``) is told of when it stands.

        aiohttp's tracing would tell as well, by six calls for each request.
        """
        made = await super()._create_connection(request, *how)
        asked = URL.build(scheme=request.url.scheme, authority=request.headers[hdrs.HOST], encoded=True)
        self._on_connected((asked.raw_host or "").rstrip("."))
        return made

    async def _wrap_create_connection(  # type: ignore[override]  # it hands on whatever it is given
        self,
        make_protocol: Callable[[], ResponseHandler],
        **how: Any,  # noqa: ANN401 - likewise
    ) -> tuple[asyncio.Transport, ResponseHandler]:
        """Connect, with TLS also the handshake; the protocol is made between the two.

        All addresses were in the race, so that aiohttp's further rounds with ever fewer of them would
        only ask in vain again, ten addresses 55 times. Where no socket was to be had, what rests makes room.
        """
        stands, shortages = False, self._sockets.shortages

        def connected() -> ResponseHandler:
            nonlocal stands
            stands = how.get("ssl") is not None
            return make_protocol()

        try:
            return await super()._wrap_create_connection(connected, **how)
        except aiohttp.ClientConnectorError as error:
            how["addr_infos"].clear()
            if self._sockets.shortages != shortages:
                self.part_with_all()
                raise error from OSError(errno.EMFILE, "no socket was to be had")
            raise
        except (TimeoutError, asyncio.CancelledError) as error:
            # The same exception goes on: whose limit it was is for asyncio to see, which cancels to end a wait.
            raise error from (HandshakeUnfinishedError() if stands else error.__cause__)

    async def _start_tls_connection(
        self,
        *stream: Any,  # noqa: ANN401 - it hands on whatever it is given
        **how: Any,  # noqa: ANN401 - likewise
    ) -> tuple[asyncio.BaseTransport, ResponseHandler]:
        """The handshake on a way that a proxy has opened."""
        try:
            return await super()._start_tls_connection(*stream, **how)
        except (TimeoutError, asyncio.CancelledError) as error:
            raise error from HandshakeUnfinishedError()


class _Counting(ResponseHandler):
    """A protocol that knows whether it received anything since it came to rest.

    What was parsed would show in ``should_close``; the first half of a late answer shows nowhere else.
    """

    _awaits_head = False
    _half = b""
    _received = 0
    _received_at_rest = 0

    def data_received(self, data: bytes) -> None:
        """Take what came, heads apart from what follows them, and each of them whole.

        Where something that is no HTTP stands behind a whole answer (a body longer than it was said
        to be, one where none belongs), aiohttp would drop the answer of the same segment with it.
        """
        self._received += len(data)
        *heads, rest = (self._half + data).split(_END_OF_HEAD, _MOST_HEADS)
        self._half = b""
        for piece in (*(self._as_head(head + _END_OF_HEAD) for head in heads), self._as_half(rest)):
            if piece and self.exception() is None:
                super().data_received(piece)
        body: StreamReader | None = self._payload
        if self.exception() is not None and body is not None and not body.is_eof():
            body.set_exception(aiohttp.ClientPayloadError("what came next is no part of a body"))

    def connection_lost(self, exc: BaseException | None) -> None:
        """Half a head that stays half one is for the parser to refuse."""
        half, self._half = self._half, b""
        if half and self.exception() is None:
            super().data_received(half)
        super().connection_lost(exc)

    def set_response_params(self, **params: Any) -> None:  # noqa: ANN401 - passed on as they are
        """From now on an answer is waited for, and the next thing to come is its head."""
        self._awaits_head = True
        super().set_response_params(**params)

    def _as_head(self, piece: bytes) -> bytes:
        """What ends as heads do, mended where it is one; after the answer's own it is a part of a body."""
        if not self._awaits_head:
            return piece
        self._awaits_head = is_interim(piece)
        return mended(piece)

    def _as_half(self, rest: bytes) -> bytes:
        """What came behind the last head; half a head waits for its other half, as long as it may be one."""
        if self._awaits_head and may_be_half(rest):
            self._half, rest = rest, b""
        return rest

    def rest(self) -> None:
        """From now on nobody waits for an answer."""
        self._received_at_rest = self._received

    @property
    def spoke_unasked(self) -> bool:
        """Whether anything came since the rest began."""
        return self._received != self._received_at_rest
