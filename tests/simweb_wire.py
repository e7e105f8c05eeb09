"""Speaks to the simulated web byte by byte."""

import socket
import ssl
import struct
from collections.abc import Iterator
from contextlib import contextmanager

from rlhf_linkcheck.simweb import Web

LOOPBACK = "127.0.0.1"
PATIENCE = 20.0


@contextmanager
def plain(web: Web) -> Iterator[socket.socket]:
    """A connection to the plain port."""
    with socket.create_connection((LOOPBACK, web.http_port), timeout=PATIENCE) as connection:
        yield connection


@contextmanager
def secure(web: Web, host: str | None) -> Iterator[ssl.SSLSocket]:
    """A connection to the TLS port that verifies the certificate as a client of that host does."""
    context = ssl.create_default_context(cafile=str(web.ca_file))
    context.check_hostname = host is not None
    with (
        socket.create_connection((LOOPBACK, web.tls_port), timeout=PATIENCE) as raw,
        context.wrap_socket(raw, server_hostname=host) as connection,
    ):
        yield connection


def request(path: str, host: str = "example.org", method: str = "GET", *headers: str) -> bytes:
    """The octets of a request without a body."""
    return "\r\n".join((f"{method} {path} HTTP/1.1", f"Host: {host}", *headers, "\r\n")).encode()


def read_all(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    octets = bytearray()
    while part := connection.recv(65536):
        octets += part
    return bytes(octets)


def read_answer(connection: socket.socket) -> bytes:
    """One answer with a Content-Length, and not a byte more."""
    octets = bytearray()
    while not octets.endswith(b"\r\n\r\n"):
        octets += connection.recv(1)
    (length,) = (int(line[15:]) for line in octets.split(b"\r\n") if line.lower().startswith(b"content-length:"))
    while length:
        part = connection.recv(length)
        octets += part
        length -= len(part)
    return bytes(octets)


def ask(web: Web, path: str, host: str = "example.org", method: str = "GET") -> tuple[bytes, bytes]:
    """Head and body of one answer, over a connection of its own."""
    with plain(web) as connection:
        connection.sendall(request(path, host, method, "Connection: close"))
        head, _, body = read_all(connection).partition(b"\r\n\r\n")
    return head, body


def post(web: Web, path: str, host: str, body: bytes, *headers: str) -> tuple[bytes, bytes]:
    """Head and body of the answer to a POST."""
    with plain(web) as connection:
        length = f"Content-Length: {len(body)}"
        connection.sendall(request(path, host, "POST", "Connection: close", length, *headers) + body)
        head, _, answer = read_all(connection).partition(b"\r\n\r\n")
    return head, answer


def status_of(head: bytes) -> int:
    """The status of an answer's head."""
    return int(head.split(b" ", 2)[1])


def question(name: str, kind: int = 1, *, flags: int = 0x0100, count: int = 1) -> bytes:
    """The octets of a DNS query."""
    labels = b"".join(bytes((len(label),)) + label.encode() for label in name.split(".") if label)
    return struct.pack("!6H", 0xBEEF, flags, count, 0, 0, 0) + labels + b"\0" + struct.pack("!2H", kind, 1)
