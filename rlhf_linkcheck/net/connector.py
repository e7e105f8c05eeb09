"""The connections that are kept for the next request: none on which somebody spoke unasked."""

from functools import partial
from ssl import SSLContext

import aiohttp
from aiohttp.abc import AbstractResolver
from aiohttp.client_proto import ResponseHandler
from aiohttp.client_reqrep import ConnectionKey
from aiohttp.connector import Connection, SocketFactoryType
from aiohttp.tracing import Trace


class Connector(aiohttp.TCPConnector):
    """Drops a kept connection that received anything while it was idle.

    Servers say 408 before they hang up on an idle client; aiohttp would take that, or what is left
    of it, for the answer to the next request, which nobody sent. It has no public hook between the
    pool and the request, so that all its private names stand here.
    """

    def __init__(self, context: SSLContext, resolver: AbstractResolver, open_socket: SocketFactoryType) -> None:
        super().__init__(limit=0, ssl=context, use_dns_cache=False, resolver=resolver, socket_factory=open_socket)
        protocol: type[ResponseHandler] = _Counting
        self._factory = partial(protocol, loop=self._loop)

    async def _get(self, key: ConnectionKey, traces: list[Trace]) -> Connection | None:
        """The next kept connection on which there was silence, or None: then a new one is made."""
        while (kept := await super()._get(key, traces)) is not None:
            if isinstance(kept.protocol, _Counting) and not kept.protocol.spoke_unasked:
                return kept
            kept.close()
        return None

    def _release(self, key: ConnectionKey, protocol: ResponseHandler, *, should_close: bool = False) -> None:
        """Take a connection back; from here on it is idle."""
        if isinstance(protocol, _Counting):
            protocol.rest()
        super()._release(key, protocol, should_close=should_close)


class _Counting(ResponseHandler):
    """A protocol that knows whether it received anything since it came to rest.

    What was parsed would show in ``should_close``; the first half of a late answer shows nowhere else.
    """

    _received = 0
    _received_at_rest = 0

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        super().data_received(data)

    def rest(self) -> None:
        """From now on nobody waits for an answer."""
        self._received_at_rest = self._received

    @property
    def spoke_unasked(self) -> bool:
        """Whether anything came since the rest began."""
        return self._received != self._received_at_rest
