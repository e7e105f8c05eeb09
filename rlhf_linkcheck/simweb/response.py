"""Turns a behaviour into the bytes of an HTTP answer."""

from dataclasses import dataclass
from email.utils import formatdate
from functools import cache, lru_cache
from html import escape
from http import HTTPStatus
from time import time

from .behaviour import Behaviour
from .request import Request

BODILESS = (204, 304)
REDIRECTS = range(300, 400)
ERRORS = 400
FRAMING = {"content-length", "transfer-encoding"}


@dataclass(frozen=True, slots=True)
class Response:
    """The bytes of one answer; ``last`` says that the connection ends after it."""

    head: bytes
    body: bytes
    last: bool


def render(behaviour: Behaviour, request: Request) -> Response:
    """The answer to a request, for a behaviour that answers in HTTP or raw."""
    if behaviour.raw is not None:
        return Response(b"", behaviour.raw, last=True)
    body = _page(behaviour, request) if behaviour.body is None else behaviour.body
    own = {name.lower(): value.lower() for name, value in behaviour.headers}
    last = (
        not request.keep_alive
        or behaviour.truncate > 0
        or own.get("connection") == "close"
        or bool(FRAMING & own.keys())  # what is said may not be what is sent
    )
    lines = [f"HTTP/1.1 {behaviour.code} {_phrase(behaviour.code)}"]
    ours = _own_headers(behaviour, len(body), last=last)
    lines += [f"{name}: {value}" for name, value in ours if not own or name.lower() not in own]
    lines += (f"{name}: {value}" for name, value in behaviour.headers)
    bodiless = request.method == "HEAD" or behaviour.code in BODILESS
    return Response("\r\n".join((*lines, "\r\n")).encode(), b"" if bodiless else body, last)


def _own_headers(behaviour: Behaviour, length: int, *, last: bool) -> tuple[tuple[str, str], ...]:
    """The headers that an ordinary server sends by itself."""
    headers = [("Date", _date(int(time())))]
    if behaviour.location is not None:
        headers.append(("Location", behaviour.location))
    if behaviour.content_type and length:
        headers.append(("Content-Type", behaviour.content_type))
    if behaviour.code not in BODILESS:
        headers.append(("Content-Length", str(length + behaviour.truncate)))
    if last:
        headers.append(("Connection", "close"))
    return tuple(headers)


def _page(behaviour: Behaviour, request: Request) -> bytes:
    """A small page that fits the status: redirects have none."""
    if behaviour.code in REDIRECTS or behaviour.code in BODILESS:
        return b""
    status = f"{behaviour.code} {_phrase(behaviour.code)}".strip()
    title = escape(status if behaviour.code >= ERRORS else f"{request.host}{request.path}")
    return f'<!doctype html>\n<html lang="en"><title>{title}</title><h1>{title}</h1></html>\n'.encode()


@lru_cache(maxsize=1)
def _date(second: int) -> str:
    """A time as HTTP writes it; many answers are given in the same second."""
    return formatdate(second, usegmt=True)


@cache
def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def refusal(status: int, problem: str) -> bytes:
    """The answer to what is no request; the connection ends after it."""
    body = f"{problem}\n".encode(errors="backslashreplace")
    head = f"HTTP/1.1 {status} {_phrase(status)}\r\nContent-Type: text/plain\r\nContent-Length: {len(body)}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + body
