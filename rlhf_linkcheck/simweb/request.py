"""Reads HTTP/1.1 requests from a stream (RFC 9112), strictly."""

import asyncio
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Literal, NoReturn
from urllib.parse import urlsplit

from .fields import ScenarioError
from .hostnames import normal_authority

MAX_HEAD = 64 * 1024
MAX_BODY = 16 * 1024 * 1024
REQUEST_LINE = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([\x21-\x7e\x80-\xff]+) HTTP/1\.([01])")
TOKEN = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
LENGTH = re.compile(r"[0-9]{1,9}")
LINE_BREAK = re.compile(r"[\r\n\0]")
CHUNK_SIZE = re.compile(r"[0-9A-Fa-f]{1,8}")

Scheme = Literal["http", "https"]


class BadRequest(Exception):  # noqa: N818 - its name in HTTP
    """A request that is answered with ``status`` and the end of the connection."""

    def __init__(self, status: int, problem: str) -> None:
        super().__init__(problem)
        self.status = status


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``host`` is the authority without a standard port, ``path`` the target with its query.

    Header names are in lower case; what came several times is joined by commas. Text is Latin-1, byte for byte.
    """

    scheme: Scheme
    host: str
    method: str
    path: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    keep_alive: bool = True


async def read_request(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, scheme: Scheme) -> Request | None:
    """The connection's next request with its body, None where the client has ended the connection before it.

    Raises BadRequest, IncompleteReadError where the client ends within a request, and ConnectionError.
    """
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return None
    except asyncio.LimitOverrunError:
        raise BadRequest(431, f"the head is longer than {MAX_HEAD} bytes") from None
    request = parse_head(head, scheme)
    if request.headers.get("expect", "").lower() == "100-continue":
        writer.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    body = await _read_body(reader, request.headers)
    return replace(request, body=body) if body else request


def parse_head(head: bytes, scheme: Scheme) -> Request:
    """Request line and headers, with the empty line after them. Raises BadRequest."""
    first, *lines = head.decode("latin-1").removesuffix("\r\n\r\n").split("\r\n")
    line = REQUEST_LINE.fullmatch(first) or _bad(f"no request line: {first[:80]!r}")
    method, target, minor = line.groups()
    headers = _parse_headers(lines)
    path = target
    authority = headers.get("host", "")
    if not target.startswith("/"):
        authority, path = _absolute(target)
    if minor == "1" and "host" not in headers:
        _bad("no Host")
    try:
        host = normal_authority(authority)
    except ScenarioError as error:
        _bad(str(error))
    connection = headers.get("connection", "").lower()
    words = {word.strip() for word in connection.split(",")} if connection else ()
    keep_alive = "close" not in words and (minor == "1" or "keep-alive" in words)
    return Request(scheme, host, method, path, headers, keep_alive=keep_alive)


def _parse_headers(lines: list[str]) -> Mapping[str, str]:
    headers: dict[str, str] = {}
    for line in lines:
        name, colon, value = line.partition(":")
        key = name.lower()
        if not colon or not TOKEN.fullmatch(name) or LINE_BREAK.search(value):
            _bad(f"no header: {line[:80]!r}")
        if key in headers and key in ("host", "content-length"):
            _bad(f"{name} twice")
        text = value.strip(" \t")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return MappingProxyType(headers)


def _absolute(target: str) -> tuple[str, str]:
    """Authority and path of a target in absolute form, which every server must know: RFC 9112, 3.2.2."""
    try:
        parts = urlsplit(target)
    except ValueError:
        _bad(f"no target: {target[:80]!r}")
    if parts.scheme not in ("http", "https") or not parts.netloc:
        _bad(f"no target: {target[:80]!r}")
    query = f"?{parts.query}" if parts.query else ""
    return parts.netloc, f"{parts.path or '/'}{query}"


async def _read_body(reader: asyncio.StreamReader, headers: Mapping[str, str]) -> bytes:
    length, coding = headers.get("content-length"), headers.get("transfer-encoding")
    if coding is not None:
        if length is not None or coding.lower() != "chunked":
            _bad(f"unclear length: {coding!r}, {length!r}")
        return await _read_chunks(reader)
    if length is None:
        return b""
    if not LENGTH.fullmatch(length):
        _bad(f"no length: {length[:80]!r}")
    if int(length) > MAX_BODY:
        raise BadRequest(413, f"the body is longer than {MAX_BODY} bytes")
    return await reader.readexactly(int(length))


async def _read_chunks(reader: asyncio.StreamReader) -> bytes:
    body = bytearray()
    while True:
        size = (await reader.readuntil(b"\r\n")).decode("latin-1").removesuffix("\r\n").partition(";")[0].strip()
        if not CHUNK_SIZE.fullmatch(size):
            _bad(f"no chunk size: {size[:80]!r}")
        if len(body) + int(size, 16) > MAX_BODY:
            raise BadRequest(413, f"the body is longer than {MAX_BODY} bytes")
        if int(size, 16) == 0:
            break
        body += await reader.readexactly(int(size, 16))
        if await reader.readexactly(2) != b"\r\n":
            _bad("a chunk does not end where it said")
    while await reader.readuntil(b"\r\n") != b"\r\n":
        pass  # trailers mean nothing here
    return bytes(body)


def _bad(problem: str) -> NoReturn:
    raise BadRequest(400, problem)
