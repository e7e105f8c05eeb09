"""Small files that a run needs for itself: asked for in turn like every link, and no larger than was allowed."""

import asyncio
from collections.abc import Callable
from http import HTTPStatus

import aiohttp
from yarl import URL

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.net.address import Target
from rlhf_linkcheck.net.answer import Trouble
from rlhf_linkcheck.net.dns import Names, Route
from rlhf_linkcheck.net.limiter import Limiter


class Errand:
    """Fetches by the client's own session, under its guard and limits; one try, and redirects lead nowhere."""

    def __init__(
        self, config: NetworkConfig, session: Callable[[], aiohttp.ClientSession], names: Names, limiter: Limiter
    ) -> None:
        self._config = config
        self._session = session
        self._names = names
        self._limiter = limiter

    async def fetch(self, target: Target, most: int) -> bytes | None:
        """The bytes that stand at a target whose host is a name; None where there are none, or more than ``most``."""
        route = await self._names.route(target)
        if isinstance(route, Trouble):
            return None
        async with self._limiter.turn(target.key) as turn:
            if not turn.granted:
                return None
            turn.used = True
            try:
                async with asyncio.timeout(self._config.timeout):
                    return await self._get(target, route, most)
            except (aiohttp.ClientError, OSError):
                return None

    async def _get(self, target: Target, route: Route, most: int) -> bytes | None:
        url, headers = URL(target.url, encoded=True), {"Accept": "*/*", "Accept-Encoding": "identity"}
        async with self._session().get(url, headers=headers, allow_redirects=False, proxy=route.proxy) as response:
            octets = bytearray()
            while len(octets) <= most and (chunk := await response.content.readany()):
                octets += chunk
            whole = response.status == HTTPStatus.OK and 0 < len(octets) <= most
            return bytes(octets) if whole else None
