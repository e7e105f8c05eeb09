"""The cookies of one chain: they come back within it, and never leave it."""

import re
from collections.abc import Sequence

import aiohttp
from yarl import URL

from rlhf_linkcheck.net.suffix import is_shared

MOST_COOKIES = 50
_BEGINNING = re.compile(r"expires\s{0,9}=[^;]{0,40}\b1970\b[^;]{0,20}", re.IGNORECASE)
"""How servers delete a cookie; aiohttp takes the first second of 1970 for no date at all."""
_DOMAIN = re.compile(r";\s{0,9}domain\s{0,9}=\s{0,9}([^;]{1,255})", re.IGNORECASE)
_LONGEST = 4096
"""Bytes of one cookie, as RFC 6265 §6.1 asks of browsers."""


class Jar:
    """What the answers of one chain have set so far; for each chain a new one."""

    def __init__(self) -> None:
        self._jar: aiohttp.CookieJar | None = None
        self._written: dict[tuple[str, str], str] = {}

    def take(self, address: str, cookies: Sequence[str]) -> None:
        """Keep what an answer from this address sets (``Set-Cookie`` values)."""
        kept = [
            cookie for cookie in cookies[:MOST_COOKIES] if len(cookie) <= _LONGEST and not _is_for_strangers(cookie)
        ]
        if kept:
            self._written |= dict(map(_written, kept))
            # Unsafe is aiohttp's word for heeding hosts that are addresses; browsers do.
            self._jar = self._jar or aiohttp.CookieJar(unsafe=True, quote_cookie=False)
            self._jar.update_cookies_from_headers(
                [_BEGINNING.sub("Max-Age=0", cookie) for cookie in kept], URL(address, encoded=True)
            )

    def field(self, address: str) -> str:
        """The ``Cookie`` field for a request to this address; empty where there is none."""
        if self._jar is None:
            return ""
        found = self._jar.filter_cookies(URL(address, encoded=True))
        return "; ".join(
            f"{name}={self._written.get((name, cookie.value), cookie.value)}" for name, cookie in found.items()
        )


def _is_for_strangers(cookie: str) -> bool:
    """Whether a cookie asks to be sent to hosts of other people, too: no browser takes it (RFC 6265 §5.3, step 5)."""
    domain = _DOMAIN.search(cookie)
    return domain is not None and is_shared(domain[1])


def _written(cookie: str) -> tuple[tuple[str, str], str]:
    """The name of a cookie with its value as it is kept, and its value as it was written, quotes and all."""
    name, _, value = cookie.partition(";")[0].partition("=")
    written = value.strip()
    return (name.strip(), written.strip('"')), written
