"""The cookies of one chain: they come back within it, and never leave it."""

import re
from collections.abc import Sequence

import aiohttp
from yarl import URL

_MOST = 50
_BEGINNING = re.compile(r"expires\s{0,9}=[^;]{0,40}\b1970\b[^;]{0,20}", re.IGNORECASE)
"""How servers delete a cookie; aiohttp takes the first second of 1970 for no date at all."""
_LONGEST = 4096
"""Bytes of one cookie, as RFC 6265 §6.1 asks of browsers."""


class Jar:
    """What the answers of one chain have set so far; for each chain a new one."""

    def __init__(self) -> None:
        self._jar: aiohttp.CookieJar | None = None

    def take(self, address: str, cookies: Sequence[str]) -> None:
        """Keep what an answer from this address sets (``Set-Cookie`` values)."""
        kept = [cookie for cookie in cookies[:_MOST] if len(cookie) <= _LONGEST]
        if kept:
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
        return "; ".join(f"{name}={cookie.coded_value}" for name, cookie in found.items())
