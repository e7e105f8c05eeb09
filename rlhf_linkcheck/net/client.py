"""The only one that sends: one GET for one address, in its turn, with retries; redirects are not followed here."""

import asyncio
import random
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.typedefs import LooseHeaders
from tenacity import AsyncRetrying, RetryCallState, retry_if_result, stop_after_attempt
from yarl import URL

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.address import Target, target_of
from rlhf_linkcheck.net.answer import KEPT_HEADERS, Answer, Trouble
from rlhf_linkcheck.net.authority import Authorities
from rlhf_linkcheck.net.breaker import Breaker
from rlhf_linkcheck.net.connector import Connector
from rlhf_linkcheck.net.dns import Names, Route, RoutedResolver
from rlhf_linkcheck.net.errand import Errand
from rlhf_linkcheck.net.guard import is_literal
from rlhf_linkcheck.net.limiter import Limiter
from rlhf_linkcheck.net.once import Once
from rlhf_linkcheck.net.proxy import proxy_hosts
from rlhf_linkcheck.net.retry import LONGEST_WAIT, backoff, host_pause, is_transient, tries
from rlhf_linkcheck.net.sockets import Sockets
from rlhf_linkcheck.net.tls import make_context
from rlhf_linkcheck.net.trouble import trouble_of
from rlhf_linkcheck.version import __version__

_HEADERS = {
    "User-Agent": f"rlhf-linkcheck/{__version__} (+https://github.com/opendilab/rlhf-linkcheck)",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "en",
    "Accept-Encoding": "gzip, deflate",
}
_HEADER_BYTES = 64 * 1024
_HEADER_FIELDS = 256
_SUCCESS = 2
_DRAIN_BYTES = 64 * 1024
_DRAIN_SECONDS = 1.0


def _uncounted() -> None:
    """For who does not count what is sent."""


class Client:
    """All requests of one run go through here: twin, host's place, global place, send, judge, retry.

    An async context manager. What goes wrong in the world is an Answer with a Trouble; only bugs
    raise. ``config`` holds the limits; a ``ca_file`` that cannot be read raises OSError on entry.
    """

    def __init__(self, config: NetworkConfig) -> None:
        self._config = config
        self._answers: Once[str, Answer] = Once()
        self._breaker = Breaker(tries(config.retries))
        self._limiter = Limiter(config.concurrency, config.per_host, config.interval)

    async def __aenter__(self) -> Self:
        proxies = proxy_hosts(self._config.proxies)
        context = make_context(self._config.ca_file)
        self._names = Names(self._config)
        self._sockets = Sockets(self._names.permits)
        for host, port in proxies:
            if is_literal(host):
                self._names.choose(host, port)
        self._session = aiohttp.ClientSession(
            connector=Connector(context, RoutedResolver(self._names, proxies), self._sockets.open),
            cookie_jar=aiohttp.DummyCookieJar(),
            headers=_HEADERS,
            timeout=aiohttp.ClientTimeout(total=None, connect=self._config.connect_timeout),
            auto_decompress=False,
            max_line_size=_HEADER_BYTES,
            max_field_size=_HEADER_BYTES,
            max_headers=_HEADER_FIELDS,
        )
        # aiohttp would send once more by itself, past the host's interval and uncounted; retries are ours.
        self._session._retry_connection = False  # noqa: SLF001 - it has no public name
        errand = Errand(self._config, self._session, self._names, self._limiter)
        self._authorities = Authorities(self._config, self._sockets, self._limiter, errand.fetch)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        await self._sockets.hang_up()
        await self._names.close()

    @property
    def answered(self) -> frozenset[str]:
        """The hosts (``Target.key``) that gave any HTTP answer so far."""
        return self._breaker.answered

    @property
    def resolves(self) -> bool:
        """Whether names are known to be found: one of a link was, or the operator's own way to one led to an answer."""
        return self._names.resolves

    async def try_resolver(self, address: str) -> None:
        """Look up an address's name, whichever way leads to it; ``resolves`` tells whether it was found."""
        target = target_of(address)
        if target is not None:
            await self._names.try_name(target.key)

    def leaves_alone(self, address: str) -> bool:
        """Whether the address's host asked for more time than this run has, and so is not asked again."""
        target = target_of(address)
        return target is not None and self._breaker.leaves_alone(target.key)

    async def relent(self) -> None:
        """Before a late look: give hosts that were left alone one more try, and ask the name servers afresh."""
        self._breaker.relent()
        await self._names.renew()

    async def get(self, address: str, *, again: bool = False, on_send: Callable[[], None] = _uncounted) -> Answer:
        """The answer of an absolute http(s) address, its fragment left out.

        One request serves all who ask for one address, now or later in the run; ``again`` asks anew,
        and tries once what has been tried. ``on_send`` is called for each try that really goes
        out on this call's account.
        """
        target = target_of(address)
        if target is None:
            return Answer(address, trouble=Trouble(Reason.INVALID, "not an address that can be asked"), attempts=0)
        return await self._answers.ask(target.url, lambda: self._ask(target, again=again, on_send=on_send), again=again)

    async def _ask(self, target: Target, *, again: bool, on_send: Callable[[], None]) -> Answer:
        """Try, and try again what is transient; the waits between hold no place."""
        route = await self._names.route(target, again=again)
        if isinstance(route, Trouble):
            return Answer(target.url, trouble=route, attempts=int(route.reason is not Reason.PRIVATE_ADDRESS))
        tried: list[Answer] = []

        async def attempt() -> Answer:
            tried.append(await self._in_turn(target, route, on_send))
            return tried[-1]

        limit = stop_after_attempt(1 if again and self._was_tried(target) else tries(self._config.retries))
        await AsyncRetrying(
            retry=retry_if_result(is_transient),
            stop=lambda state: limit(state) or self._breaker.verdict(target.key) is not None,
            wait=self._wait,
            retry_error_callback=_last_answer,
        )(attempt)
        answer = replace(
            tried[-1], attempts=sum(one.attempts for one in tried), elapsed=sum(one.elapsed for one in tried)
        )
        return await self._authorities.explain(answer, target, route)

    def _was_tried(self, target: Target) -> bool:
        """Whether the address had its tries already, and was not settled unasked with the rest of its host."""
        known = self._answers.known(target.url)
        return known is not None and known.attempts > 0

    async def _in_turn(self, target: Target, route: Route, on_send: Callable[[], None]) -> Answer:
        """One try when the host and the whole run have room; none where the host has been given up meanwhile."""
        async with self._limiter.place(target.key):
            if verdict := self._breaker.verdict(target.key):
                return Answer(target.url, trouble=verdict, attempts=0)
            async with self._limiter.start(target.key):
                if verdict := self._breaker.verdict(target.key):
                    return Answer(target.url, trouble=verdict, attempts=0)
                on_send()
                answer = await self._timed(target, route)
            pause = host_pause(answer, datetime.now(UTC), self._backoff(1))
            if pause is not None and pause > LONGEST_WAIT:
                answer, pause = replace(answer, peace=pause), None
            self._breaker.record(target.key, answer)
            if answer.status is not None:
                self._names.note_answer(target)
            if pause is not None:
                self._limiter.hold_until(target.key, asyncio.get_running_loop().time() + pause)
        return answer

    async def _timed(self, target: Target, route: Route) -> Answer:
        started = asyncio.get_running_loop().time()
        answer = await self._send(target, route)
        return replace(answer, elapsed=asyncio.get_running_loop().time() - started)

    async def _send(self, target: Target, route: Route) -> Answer:
        """One GET, read only until it is clear that a body comes."""
        url, headers, server_hostname = _way(target, route)
        response: aiohttp.ClientResponse | None = None
        try:
            async with asyncio.timeout(self._config.timeout):
                response = await self._session.get(
                    url,
                    headers=headers,
                    allow_redirects=False,
                    proxy=route.proxy,
                    server_hostname=server_hostname,
                )
                received = await _first_bytes(response)
            return _heard(target, response, received + await _drain(response))
        except (aiohttp.ClientError, OSError) as error:
            return Answer(target.url, trouble=trouble_of(error, self._config))
        finally:
            if response is not None:
                response.release()

    def _wait(self, state: RetryCallState) -> float:
        answer = _last_answer(state)
        own = self._backoff(state.attempt_number)
        return max(own, host_pause(answer, datetime.now(UTC), own) or 0.0)

    def _backoff(self, attempt: int) -> float:
        return backoff(attempt, self._config.backoff, random.random())  # noqa: S311 - jitter keeps no secret


def _way(target: Target, route: Route) -> tuple[URL, LooseHeaders, str | None]:
    """What to ask aiohttp for: it asks no resolver for literal hosts, so theirs is replaced by the route's."""
    moved = route.addresses and (target.host, target.port) != (route.addresses[0], route.port)
    if not (moved and is_literal(target.host)):
        return URL(target.url, encoded=True), {}, None
    asked = URL(target.url, encoded=True)
    address = f"[{route.addresses[0]}]" if ":" in route.addresses[0] else route.addresses[0]
    url = URL(f"{target.scheme}://{address}:{route.port}{asked.raw_path_qs}", encoded=True)
    return url, {"Host": asked.host_port_subcomponent or ""}, target.host if target.scheme == "https" else None


async def _first_bytes(response: aiohttp.ClientResponse) -> int:
    """How many bytes came first where the answer promises a page; a body that breaks before that raises."""
    promises = response.status // 100 == _SUCCESS
    return len(await response.content.readany()) if promises else 0


async def _drain(response: aiohttp.ClientResponse) -> int:
    """Read the rest of a small body, so that the connection can be used again; a long or slow one is left."""
    received = 0
    # Nothing that comes from here on decides anything, nor does its breaking off.
    with suppress(aiohttp.ClientError, OSError):
        async with asyncio.timeout(_DRAIN_SECONDS):
            while received <= _DRAIN_BYTES and (chunk := await response.content.readany()):
                received += len(chunk)
    return received


def _heard(target: Target, response: aiohttp.ClientResponse, received: int) -> Answer:
    kept = ((name, response.headers.get(name)) for name in KEPT_HEADERS)
    return Answer(
        target.url,
        status=response.status,
        headers=tuple((name, value) for name, value in kept if value is not None),
        sets_cookie="Set-Cookie" in response.headers,
        received=received,
    )


def _last_answer(state: RetryCallState) -> Answer:
    """The answer that the last try gave; tenacity asks only after a try that returned."""
    answer: Answer = state.outcome.result()  # type: ignore[union-attr]  # a try has ended
    return answer
