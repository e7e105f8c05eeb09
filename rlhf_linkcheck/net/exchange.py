"""One exchange with a server: what is said, and how much of what comes back is heard."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from http import HTTPStatus

import aiohttp

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.content.page import Page
from rlhf_linkcheck.content.signs import Place, signs_in
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import KEPT_HEADERS, LONGEST_LINE, MOST_LINES, REDIRECTS, Answer, Trouble
from rlhf_linkcheck.net.body import LARGEST, Body, form_of, is_binary
from rlhf_linkcheck.net.cookies import MOST_COOKIES
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.version import __version__

_HEADERS = {
    "User-Agent": f"rlhf-linkcheck/{__version__} (+https://github.com/opendilab/rlhf-linkcheck)",
    # Some servers turn away who does not ask as browsers do; an honest name and a common wish go together.
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en-US,en;q=0.9",
    "Accept-Encoding": "gzip, deflate",
}
# What aiohttp has to say of a stranger's cookies is not for the reader of a report.
logging.getLogger("aiohttp").addHandler(logging.NullHandler())

_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_HEADER_BYTES = 65 * 1024
"""A field of 64 KiB and its name."""
_HEADER_FIELDS = 256
_BODY_SECONDS = 5.0
"""How long the rest of a page is waited for; that it is there is known by its first bytes."""
_DRAIN_BYTES = 64 * 1024
_DRAIN_SECONDS = 1.0


def open_session(connector: aiohttp.BaseConnector, config: NetworkConfig) -> aiohttp.ClientSession:
    """A session that says who asks, keeps no cookies, undoes no coding, and never sends by itself."""
    session = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers=_HEADERS,
        timeout=aiohttp.ClientTimeout(total=None, connect=config.connect_timeout),
        auto_decompress=False,
        max_line_size=_HEADER_BYTES,
        max_field_size=_HEADER_BYTES,
        max_headers=_HEADER_FIELDS,
    )
    # aiohttp would send once more by itself, past the host's interval and uncounted; retries are ours.
    session._retry_connection = False  # noqa: SLF001 - it has no public name
    return session


async def hear(response: aiohttp.ClientResponse, first: bytes, url: str, wanted: frozenset[str]) -> Answer:
    """The answer, with what its page says where it is one; ``first`` are the bytes that were read already."""
    form = form_of(response.headers)
    page, received = None, len(first)
    leads_on = response.status in REDIRECTS and "Location" in response.headers
    if form.is_archive or (not form.codings and is_binary(first)):
        pass  # nothing in it is for us, and it may be long
    elif leads_on or not form.is_page:
        received += await _drain(response)
    else:
        body = Body(form)
        body.feed(first)
        received += await _read_rest(response, body)
        page = body.page(url, wanted)
    return _answer(response, url, page, received)


async def hear_api(response: aiohttp.ClientResponse, url: str, query: Query) -> Answer:
    """The answer with all of its body, whatever its status: an API's errors are told in words.

    What a status of failure says counts without its words. Raises ClientPayloadError for the body of a
    success that breaks off.
    """
    form = form_of(response.headers)
    body, received = Body(form, query.largest), 0
    try:
        while not body.full and (chunk := await response.content.readany()):
            received += len(chunk)
            body.feed(chunk)
    except aiohttp.ClientPayloadError:
        if response.status // 100 == HTTPStatus.OK // 100:
            raise
    body.ended = not body.full
    octets = body.octets()
    if octets is None:
        if response.status // 100 != HTTPStatus.OK // 100:
            return _answer(response, url, None, received)
        words = f"the answer is longer than {query.largest:,} bytes, or in a coding that nobody asked for"
        return Answer(url, trouble=Trouble(Reason.PROTOCOL_ERROR, words), received=received, overlong=body.overlong)
    # Walls answer APIs' callers with a page, and only the page tells them from the API's own errors.
    page = body.page(url, frozenset()) if form.media_type in _PAGES else None
    return replace(_answer(response, url, page, received), body=octets)


async def first_bytes(response: aiohttp.ClientResponse) -> bytes:
    """The bytes that came first where the answer promises a page; a body that breaks before that raises."""
    if response.status // 100 != HTTPStatus.OK // 100:
        return b""
    try:
        return await response.content.readany()
    except aiohttp.ClientPayloadError:
        # What broke off at once took what had come with it, but something had.
        if response.content.total_bytes:
            return b""
        raise


async def _read_rest(response: aiohttp.ClientResponse, body: Body) -> int:
    """Read a page as far as it is worth reading; how much was received of it."""
    if response.content.at_eof():
        body.ended = True
        return 0
    received = 0
    # The page is there, whatever becomes of its end.
    with suppress(aiohttp.ClientError, OSError):
        async with asyncio.timeout(_BODY_SECONDS):
            while not body.full:
                chunk = await response.content.readany()
                if not chunk:
                    body.ended = True
                    break
                received += len(chunk)
                body.feed(chunk)
    return received


async def _drain(response: aiohttp.ClientResponse) -> int:
    """Read the rest of a small body, so that the connection can be used again; a long one is left."""
    received = 0
    # Nothing that comes from here on decides anything, nor does its breaking off.
    with suppress(aiohttp.ClientError, OSError):
        async with asyncio.timeout(_DRAIN_SECONDS):
            while _length(response) <= _DRAIN_BYTES >= received:
                chunk = await response.content.readany()
                if not chunk:
                    break
                received += len(chunk)
    return received


def _length(response: aiohttp.ClientResponse) -> int:
    """The bytes that a body is said to have; of unknown length is, redirects aside, what is no page and may be long."""
    said = 0 if response.status in REDIRECTS else LARGEST
    return said if response.content_length is None else response.content_length


@lru_cache(maxsize=1024)
def _field(name: str, line: str) -> tuple[str, str]:
    """A field that is kept; thousands of answers of a run have the same."""
    return name, line


def _answer(response: aiohttp.ClientResponse, url: str, page: Page | None, received: int) -> Answer:
    kept = (
        _field(name, line)
        for name in KEPT_HEADERS
        for line in response.headers.getall(name, ())[:MOST_LINES]
        if len(line) <= LONGEST_LINE or name == "location"
    )
    refreshes = "Refresh" in response.headers or (page is not None and page.refresh is not None)
    fields = [f"{name}: {value}".lower() for name, value in response.headers.items()]
    return Answer(
        url,
        status=response.status,
        headers=tuple(kept),
        cookies=tuple(
            line for line in response.headers.getall("Set-Cookie", ())[:MOST_COOKIES] if len(line) <= LONGEST_LINE
        )
        if refreshes or response.status in REDIRECTS
        else (),
        received=received,
        page=page,
        signs=tuple(signs_in(Place.HEADER, fields)),
    )
