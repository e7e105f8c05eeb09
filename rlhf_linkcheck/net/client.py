"""The only one that sends: one GET for one address, in its turn, with retries; redirects are not followed here."""

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from types import TracebackType
from typing import Self

import aiohttp

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.content.signs import read_signs
from rlhf_linkcheck.evidence import Reason, Validators
from rlhf_linkcheck.net.address import target_of
from rlhf_linkcheck.net.answer import Answer, Trouble
from rlhf_linkcheck.net.answers import Answers
from rlhf_linkcheck.net.authority import Authorities
from rlhf_linkcheck.net.connector import Connector
from rlhf_linkcheck.net.descriptors import shares
from rlhf_linkcheck.net.dns import Names, Route, RoutedResolver
from rlhf_linkcheck.net.exchange import first_bytes, hear, hear_api, open_session
from rlhf_linkcheck.net.guard import is_literal
from rlhf_linkcheck.net.limiter import Limiter
from rlhf_linkcheck.net.lull import Lull
from rlhf_linkcheck.net.manners import Etiquette
from rlhf_linkcheck.net.proxy import proxy_hosts
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.net.retry import tries
from rlhf_linkcheck.net.sending import Sending
from rlhf_linkcheck.net.shelf import Asked
from rlhf_linkcheck.net.sockets import Sockets
from rlhf_linkcheck.net.suffix import read_suffixes
from rlhf_linkcheck.net.tls import make_context
from rlhf_linkcheck.net.tries import Tries
from rlhf_linkcheck.net.trouble import trouble_of


def _uncounted() -> None:
    """For who does not count what is sent."""


class Client:
    """All requests of one run go through here: twin, host's place, global place, send, judge, retry.

    An async context manager. What goes wrong in the world is an Answer with a Trouble; only bugs
    raise. ``config`` holds the limits; a ``ca_file`` that cannot be read raises OSError on entry.
    ``wanted`` are the anchors that pages are searched for, in lower case.
    """

    def __init__(self, config: NetworkConfig, wanted: frozenset[str] = frozenset()) -> None:
        self._config = config
        self._wanted = wanted
        self._answers = Answers()
        etiquette = Etiquette(config)
        self._shares = shares(config.concurrency)
        self._limiter = Limiter(self._shares.places, etiquette)
        self._tries = Tries(config, etiquette, self._limiter, self._send)

    async def __aenter__(self) -> Self:
        read_signs()
        read_suffixes()
        self._proxies = proxy_hosts(self._config.proxies)
        self._context = make_context(self._config.ca_file)
        self._names = Names(self._config, self._shares.lookups)
        self._sockets = Sockets(self._names.permits)
        for host, port in self._proxies:
            if is_literal(host):
                self._names.choose(host, port)
        self._session = self._open_session()
        self._authorities = Authorities(self._config, self._sockets, self._limiter, self.get)
        return self

    def _open_session(self) -> aiohttp.ClientSession:
        resolver = RoutedResolver(self._names, self._proxies)
        self._connector = Connector(
            self._context, resolver, self._sockets, self._shares.resting, self._limiter.connected
        )
        return open_session(self._connector, self._config)

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()
        await self._sockets.hang_up()
        await self._names.close()

    @property
    def config(self) -> NetworkConfig:
        """What the run was told: whose APIs are where, and the credentials for them."""
        return self._config

    @property
    def answered(self) -> frozenset[str]:
        """The hosts (``Target.key``) that gave any HTTP answer so far."""
        return self._tries.answered

    @property
    def resolves(self) -> bool:
        """Whether names are known to be found: one of a link was, or the operator's own way to one led to an answer."""
        return self._names.resolves

    async def try_resolver(self, address: str) -> None:
        """Look up an address's name, whichever way leads to it; ``resolves`` tells whether it was found."""
        target = target_of(address)
        if target is not None:
            await self._names.try_name(target.key)

    @property
    def found_names(self) -> frozenset[str]:
        """The names of links that the name server found an address for."""
        return self._names.found

    async def led_astray(self, name: str) -> frozenset[str]:
        """The hosts whose names the name server leads to where it leads this made-up one, too."""
        return await self._names.led_astray(name)

    def known(self, address: str) -> Answer | None:
        """The answer of an address that was asked already."""
        target = target_of(address)
        return None if target is None else self._answers.known((target.url, None, None))

    def is_asking(self, address: str) -> bool:
        """Whether the address is being asked, so that who asks it now sends nothing."""
        target = target_of(address)
        return target is not None and self._answers.is_open((target.url, None, None))

    def expect(self, host: str, links: int) -> None:
        """So many links of a host (``Target.key``) are still to come: who has the longest line starts first."""
        self._limiter.expect(host, links)

    @property
    def lull(self) -> Lull:
        """Comes once nothing is left to wait for but hosts that have said nothing yet."""
        return self._tries.lull

    def may_change(self, address: str) -> bool:
        """Whether another look may tell more: not where the host wants peace, or the address had its last try."""
        target = target_of(address)
        return target is None or self._tries.may_change(target)

    def waits_for_host(self, address: str) -> bool:
        """Whether anything of the address's host is being asked for the first time."""
        target = target_of(address)
        return target is not None and self.lull.is_asking(target.key)

    def relent(self) -> None:
        """Before a late look: every host gets one more try, by new connections; what is being asked goes on."""
        self._tries.relent()
        self._names.renew()
        self._connector.part_with_all()

    async def get(  # noqa: PLR0913 - what a request can be, and nothing that it decides
        self,
        address: str,
        *,
        again: bool = False,
        patient: bool = True,
        cookies: str = "",
        query: Query | None = None,
        validators: Validators | None = None,
        on_send: Callable[[], None] = _uncounted,
    ) -> Answer:
        """The answer of an absolute http(s) address, its fragment left out; with a ``query``, an API's.

        With ``validators`` it may be 304, which says that nothing has changed since they were given.

        One request serves all who ask for one address, now or later in the run, save where cookies
        go with it or come back on the way elsewhere: these belong to one chain. An API's long answer
        serves those alone who ask meanwhile. ``again`` asks anew,
        and tries once what has been tried; who is not ``patient`` tries but once anyway. ``on_send``
        is called for each try that really goes out on this call's account.
        """
        target = target_of(address)
        if target is None:
            return Answer(address, trouble=Trouble(Reason.INVALID, "not an address that can be asked"), attempts=0)
        own, question = False, (target.url, query, validators)

        async def work() -> Answer:
            nonlocal own
            own = True
            most = 1 if not patient or (again and self._was_tried(question)) else tries(self._config.retries)
            # What nobody looks at again has its whole time at once.
            whole = again or not patient or query is not None
            return await self._ask(Sending(target, cookies, query, validators, on_send, whole), most, again=again)

        answer = await work() if cookies else await self._answers.ask_as(question, work, patient=patient, again=again)
        return answer if own or not answer.cookies else await work()

    async def _ask(self, sending: Sending, most: int, *, again: bool) -> Answer:
        target = sending.target
        with nullcontext() if again else self.lull.asking(target.key):
            route = await self._names.route(target, again=again)
            if isinstance(route, Trouble):
                return Answer(target.url, trouble=route, attempts=int(route.reason is not Reason.PRIVATE_ADDRESS))
            answer = await self._tries.ask(sending, route, most, late=again)
            return await self._authorities.explain(answer, target, route, sending.on_send)

    def _was_tried(self, question: Asked) -> bool:
        """Whether the address had its tries already, and was not settled unasked with the rest of its host."""
        known = self._answers.known(question)
        return known is not None and known.attempts > 0

    async def _send(self, sending: Sending, route: Route, limit: float) -> Answer:
        """One exchange; a page that breaks before its first byte is no answer, and one that breaks later is one."""
        target, query = sending.target, sending.query
        url, headers, server_hostname = sending.way(route)
        response: aiohttp.ClientResponse | None = None
        try:
            async with asyncio.timeout(limit):
                response = await self._session.request(
                    query.method if query else "GET",
                    url,
                    headers=headers | sending.fields,
                    data=query.payload if query else None,
                    allow_redirects=False,
                    proxy=route.proxy,
                    server_hostname=server_hostname,
                )
                self._names.note_answer(target)
                if query is not None:
                    return await hear_api(response, target.url, query)
                first = await first_bytes(response)
            return await hear(response, first, target.url, self._wanted)
        except (aiohttp.ClientError, OSError) as error:
            return Answer(target.url, trouble=trouble_of(error, replace(self._config, timeout=limit)))
        finally:
            if response is not None:
                response.release()
