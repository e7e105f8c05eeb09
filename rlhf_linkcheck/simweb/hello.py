"""A TLS client's hello, looked at before anything answers it; OpenSSL does the reading."""

import asyncio
import socket
import ssl
from dataclasses import dataclass

LONGEST_HELLO = 64 * 1024
PAUSE = 0.002
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Hello:
    """What a client says first, and the server name in it (RFC 6066, 3), in lower case; empty where there is none."""

    octets: bytes
    name: str


async def peek(client: socket.socket) -> Hello:
    """The hello of a client that has just connected, which stays to be read; whatever it is, where it is none.

    Raises TimeoutError where no whole one comes.
    """
    client.setblocking(False)
    async with asyncio.timeout(PATIENCE):
        # What was looked at stays, so that the socket is readable all the time: nothing tells of more.
        # No event tells of bytes that were only looked at, so they are looked at again.
        while (octets := _come_so_far(client)) is None or (hello := read_hello(octets)) is None:  # noqa: ASYNC110 - see above
            await asyncio.sleep(PAUSE)
    return hello


def _come_so_far(client: socket.socket) -> bytes | None:
    try:
        return client.recv(LONGEST_HELLO, socket.MSG_PEEK)
    except BlockingIOError:
        return None


def read_hello(octets: bytes) -> Hello | None:
    """The hello in these bytes, None where more must come."""
    names = [""]

    def take(_: ssl.SSLObject | ssl.SSLSocket, name: str | None, __: ssl.SSLContext) -> int:
        names.append((name or "").lower())
        return ssl.ALERT_DESCRIPTION_USER_CANCELLED

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.sni_callback = take
    try:
        _answer(context, octets, ssl.MemoryBIO())
    except ssl.SSLWantReadError:
        return None if octets else Hello(b"", "")
    except ssl.SSLError:
        # Our own alert, or what is not TLS at all: nothing more is to come.
        return Hello(octets, names[-1])
    return Hello(octets, names[-1])


async def refuse(client: socket.socket, hello: Hello, context: ssl.SSLContext) -> None:
    """Raises ssl.SSLError where the context would not accept the hello, after the client was sent the alert.

    asyncio hangs up without it.
    """
    answer = ssl.MemoryBIO()
    try:
        _answer(context, hello.octets, answer)
    except ssl.SSLWantReadError:
        return
    except ssl.SSLError:
        client.recv(len(hello.octets))  # what is left unread at the end would make it a reset
        await asyncio.get_running_loop().sock_sendall(client, answer.read())
        raise


def _answer(context: ssl.SSLContext, hello: bytes, answer: ssl.MemoryBIO) -> None:
    incoming = ssl.MemoryBIO()
    incoming.write(hello)
    context.wrap_bio(incoming, answer, server_side=True).do_handshake()
