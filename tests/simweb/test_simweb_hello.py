import asyncio
import socket
import ssl

import pytest

from rlhf_linkcheck.simweb import hello
from rlhf_linkcheck.simweb.hello import Hello, peek, read_hello


def octets_for(name: str | None) -> bytes:
    """What a client says first."""
    context = ssl.create_default_context()
    context.check_hostname = name is not None
    said = ssl.MemoryBIO()
    with pytest.raises(ssl.SSLWantReadError):
        context.wrap_bio(ssl.MemoryBIO(), said, server_hostname=name).do_handshake()
    return said.read()


@pytest.mark.parametrize(("name", "read"), [("A.example", "a.example"), (None, ""), ("192.0.2.1", "")])
def test_a_hello_tells_the_server_name(name: str | None, read: str) -> None:
    octets = octets_for(name)
    assert read_hello(octets) == Hello(octets, read)


def test_half_a_hello_is_none_yet() -> None:
    octets = octets_for("a.example")
    assert [read_hello(octets[:end]) for end in (1, 5, 100, len(octets) - 1)] == [None] * 4


@pytest.mark.parametrize("octets", [b"", b"GET / HTTP/1.1\r\nHost: a.example\r\n\r\n", b"\x16\x03\x01\x00\x04junk"])
def test_what_is_no_hello_names_nobody(octets: bytes) -> None:
    assert read_hello(octets) == Hello(octets, "")


async def test_a_hello_in_pieces_is_waited_for_and_stays_to_be_read() -> None:
    octets = octets_for("a.example")
    ours, theirs = socket.socketpair()
    with ours, theirs:
        looking = asyncio.create_task(peek(ours))
        for start in range(0, len(octets), 200):
            await asyncio.sleep(0.005)
            theirs.sendall(octets[start : start + 200])
        assert await looking == Hello(octets, "a.example")
        assert ours.recv(65536) == octets


async def test_half_a_hello_is_not_waited_for_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hello, "PATIENCE", 0.02)
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(octets_for("a.example")[:100])
        with pytest.raises(TimeoutError):
            await peek(ours)
