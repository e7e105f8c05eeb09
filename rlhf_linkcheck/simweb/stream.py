"""One side of a connection: a stream that knows when its client has gone, and the ways to end it."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

FAREWELL = 2.0
"""Seconds that a client gets to take note of the connection's end."""
RESET_ON_CLOSE = struct.pack("ii", 1, 0)
"""SO_LINGER on, for no time: the close becomes a reset."""


class Stream(asyncio.StreamReader):
    """A stream that tells when its client has gone, without reading ahead of the requests."""

    def __init__(self, limit: int) -> None:
        super().__init__(limit=limit)
        self._gone = asyncio.get_running_loop().create_future()

    def feed_eof(self) -> None:
        """The client has ended its side."""
        self._note_end()
        super().feed_eof()

    def set_exception(self, exc: Exception) -> None:
        """The connection has broken."""
        self._note_end()
        super().set_exception(exc)

    async def gone(self, within: float | None = None) -> bool:
        """Waits until the client has gone, at most so many seconds, and tells whether it has."""
        await asyncio.wait((self._gone,), timeout=within)
        return self._gone.done()

    def _note_end(self) -> None:
        if not self._gone.done():
            self._gone.set_result(None)


@asynccontextmanager
async def connect(
    client: socket.socket, limit: int, context: ssl.SSLContext | None
) -> AsyncIterator[tuple[Stream, asyncio.StreamWriter]]:
    """The streams of an accepted connection, with a context after its TLS handshake; closed at the end.

    Raises OSError where the handshake or the connection fails.
    """
    loop = asyncio.get_running_loop()
    stream = Stream(limit)
    protocol = asyncio.StreamReaderProtocol(stream)
    transport, _ = await loop.connect_accepted_socket(lambda: protocol, client, ssl=context)
    writer = asyncio.StreamWriter(transport, protocol, stream, loop)
    try:
        yield stream, writer
        writer.close()
        async with asyncio.timeout(FAREWELL):
            await writer.wait_closed()
    finally:
        transport.abort()


def reset(writer: asyncio.StreamWriter) -> None:
    """Ends the connection with a TCP reset."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
    writer.transport.abort()
