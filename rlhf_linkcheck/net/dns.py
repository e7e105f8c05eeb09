"""Where connections go: names to addresses by aiodns, under ``--connect-to``, the proxy and the guard."""

import asyncio
import logging
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import Enum

import aiodns
import pycares
from aiohttp.abc import AbstractResolver, ResolveResult

from rlhf_linkcheck.config import ConnectTo, NetworkConfig
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.address import Target
from rlhf_linkcheck.net.answer import Trouble
from rlhf_linkcheck.net.guard import is_literal, is_local_name, why_not_public
from rlhf_linkcheck.net.once import Once
from rlhf_linkcheck.net.proxy import proxy_for

# That it gets no descriptor for its watch on the system's settings is not for the reader of a report.
logging.getLogger("aiodns").addHandler(logging.NullHandler())

_AT_ONCE = 32
_PROMPT = 0.25
"""Seconds in which most name servers answer. Longer nobody keeps others from asking theirs."""
_MOST_RACED = 6
"""A name may have any number of addresses, and a stranger's name leads wherever a stranger likes."""
_TRIES = 3


class NameTrouble(Enum):
    """Why a name led to no address; the value is the sentence's end."""

    NO_SUCH_NAME = "does not exist in DNS"
    NO_ADDRESS = "exists in DNS, but has no address"
    SERVER_FAILURE = "could not be resolved: the name server reported a failure"
    NO_ANSWER = "could not be resolved: the name server did not answer"


_NAME_TROUBLES = {
    aiodns.error.ARES_ENOTFOUND: NameTrouble.NO_SUCH_NAME,
    aiodns.error.ARES_EBADNAME: NameTrouble.NO_SUCH_NAME,
    aiodns.error.ARES_ENODATA: NameTrouble.NO_ADDRESS,
    aiodns.error.ARES_ETIMEOUT: NameTrouble.NO_ANSWER,
    aiodns.error.ARES_ECONNREFUSED: NameTrouble.NO_ANSWER,
}


@dataclass(frozen=True, slots=True)
class Route:
    """How a target is reached: through ``proxy``, else directly at one of these addresses and the port."""

    addresses: tuple[str, ...] = ()
    port: int = 0
    proxy: str | None = None


class Names:
    """The one place that knows which address a connection may use.

    The operator's own choices (the target of a ``--connect-to``, a proxy) pass the guard; what a
    list or a redirect names does not. Found names stay for the run. ``resolves`` is whether names
    are known to be found in this run; that of a proxy proves nothing, it may be all that is known here.
    ``most_alone`` lookups have a resolver of their own at once.
    """

    def __init__(self, config: NetworkConfig, most_alone: int = _AT_ONCE) -> None:
        self._config = config
        self._alone = asyncio.Semaphore(most_alone)
        self._lookups: Once[str, tuple[str, ...] | NameTrouble] = Once()
        self._at_once = asyncio.Semaphore(_AT_ONCE)
        self._chosen: set[tuple[str, int]] = set()
        self._found: dict[str, frozenset[str]] = {}
        self._resolver: aiodns.DNSResolver | None = None
        self._former: list[aiodns.DNSResolver] = []
        self.resolves = False

    async def close(self) -> None:
        """Stop the resolvers; what is still asked of them is cancelled."""
        self.renew()
        for resolver in self._former:
            await resolver.close()
        self._former.clear()

    def renew(self) -> None:
        """Ask no more of the resolver with its own cache, so that a name that failed is really asked for again.

        What is being asked of it still comes.
        """
        if self._resolver is not None:
            self._former.append(self._resolver)
        self._resolver = None

    def permits(self, address: str, port: int) -> bool:
        """Whether a socket may be connected to this literal address: the guard's last look."""
        return self._config.allow_private or (address, port) in self._chosen or why_not_public(address) is None

    async def route(self, target: Target, *, again: bool = False) -> Route | Trouble:
        """The way to a target, or why there is none; ``again`` asks anew for a name that led nowhere."""
        rule = _first_match(self._config.connect_to, target.key, target.port)
        exempt = self._config.allow_private or (rule is not None and rule.host != "")
        if not exempt and (kind := _why_forbidden(target.key)) is not None:
            return Trouble(Reason.PRIVATE_ADDRESS, f"{target.key} is not a public address ({kind})")
        if rule is None and (proxy := proxy_for(target, self._config.proxies)) is not None:
            return Route(proxy=proxy)
        if rule is not None and rule.address:
            return await self._chosen_route(rule.address.strip("[]"), rule.target_port or target.port, again=again)
        port = target.port if rule is None else rule.target_port or target.port
        return self._guarded(target, await self._find(target.key, again=again), port, exempt=exempt)

    def _guarded(
        self, target: Target, found: tuple[str, ...] | NameTrouble, port: int, *, exempt: bool
    ) -> Route | Trouble:
        """What was found for a name, as far as a stranger's link may lead there."""
        if isinstance(found, NameTrouble):
            reason = Reason.HOST_NOT_FOUND if found is NameTrouble.NO_SUCH_NAME else Reason.DNS_ERROR
            return Trouble(reason, f"{target.key} {found.value}")
        public = found if exempt else tuple(address for address in found if why_not_public(address) is None)
        if not public:
            kind = why_not_public(found[0])
            return Trouble(Reason.PRIVATE_ADDRESS, f"{target.key} leads to {found[0]}, not a public address ({kind})")
        if exempt:
            self._chosen.update((address, port) for address in found)
        if _needs_dns(target.key):
            self.resolves = True
            self._found[target.key] = frozenset(found)
        return Route(_first_of_both(public), port)

    async def led_astray(self, name: str) -> frozenset[str]:
        """The hosts that were found where this made-up name leads, too; with an honest name server there are none.

        Some servers answer for names that do not exist, with the address of a page of their own.
        """
        answered = await self._find(name, again=False) if self._found else NameTrouble.NO_SUCH_NAME
        if isinstance(answered, NameTrouble):
            return frozenset()
        return frozenset(host for host, addresses in self._found.items() if addresses <= frozenset(answered))

    @property
    def found(self) -> frozenset[str]:
        """The names of links that the name server found an address for."""
        return frozenset(self._found)

    async def operator_route(self, host: str, port: int) -> Route | Trouble:
        """The way to a proxy, which is the operator's choice."""
        return await self._chosen_route(host, port, again=False)

    def note_answer(self, target: Target) -> None:
        """A named host that answers where a ``--connect-to`` led is as good as found in DNS."""
        rule = _first_match(self._config.connect_to, target.key, target.port)
        self.resolves |= rule is not None and rule.address != "" and _needs_dns(target.key)

    async def try_name(self, name: str) -> None:
        """Look a name up for no other purpose than to see whether any is found."""
        found = await self._find(name, again=True)
        self.resolves |= _needs_dns(name) and not isinstance(found, NameTrouble)

    def choose(self, address: str, port: int) -> None:
        """Let this literal address pass the guard: the operator named it."""
        self._chosen.add((address, port))

    async def _chosen_route(self, host: str, port: int, *, again: bool) -> Route | Trouble:
        """The operator's own target: past the guard, and its failure to resolve says nothing about the link."""
        found = await self._find(host, again=again)
        if isinstance(found, NameTrouble):
            return Trouble(Reason.DNS_ERROR, f"{host}, the address that was set to connect to, {found.value}")
        self._chosen.update((address, port) for address in found)
        return Route(found, port)

    async def _find(self, name: str, *, again: bool) -> tuple[str, ...] | NameTrouble:
        if is_literal(name):
            return (name,)
        failed = isinstance(self._lookups.known(name), NameTrouble)
        return await self._lookups.ask(name, lambda: self._look_up(name, alone=again), again=again and failed)

    async def _look_up(self, name: str, *, alone: bool = False) -> tuple[str, ...] | NameTrouble:
        """Ask the hosts file and then the name servers, once however many links have the name.

        ``alone`` by a resolver of its own: an answer that is none ends what else was being asked of one.
        """
        async with self._alone if alone else _at_first(self._at_once):
            resolver = self._make_resolver() if alone else self._open_resolver()
            try:
                async with asyncio.timeout(self._config.connect_timeout):
                    found = await resolver.getaddrinfo(name, type=socket.SOCK_STREAM)
            except aiodns.error.DNSError as error:
                return _NAME_TROUBLES.get(error.args[0], NameTrouble.SERVER_FAILURE)
            except TimeoutError:
                return NameTrouble.NO_ANSWER
            finally:
                if alone:
                    await resolver.close()
        addresses = tuple(dict.fromkeys(node.addr[0].decode("ascii") for node in found.nodes))
        return addresses or NameTrouble.NO_ADDRESS

    def _open_resolver(self) -> aiodns.DNSResolver:
        """The run's resolver, made when first needed."""
        self._resolver = self._resolver or self._make_resolver()
        return self._resolver

    def _make_resolver(self) -> aiodns.DNSResolver:
        """A resolver without search domains: a link on a public list never means a name of this network."""
        server = self._config.dns_server
        return aiodns.DNSResolver(
            None if server is None else [_server_address(*server)],
            flags=pycares.ARES_FLAG_NOSEARCH | pycares.ARES_FLAG_EDNS,
            timeout=self._config.connect_timeout / 2**_TRIES,
            tries=_TRIES,
        )


@asynccontextmanager
async def _at_first(places: asyncio.Semaphore) -> AsyncIterator[None]:
    """A place among so many for as long as an answer may be expected; who waits on holds none."""
    await places.acquire()
    held = iter((places,))

    def give_back() -> None:
        for one in held:
            one.release()

    timer = asyncio.get_running_loop().call_later(_PROMPT, give_back)
    try:
        yield
    finally:
        timer.cancel()
        give_back()


class RoutedResolver(AbstractResolver):
    """aiohttp's question for a host's addresses, answered from the routes; a proxy's host is the operator's."""

    def __init__(self, names: Names, proxies: frozenset[tuple[str, int]]) -> None:
        self._names = names
        self._proxies = proxies

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses to try, with the port that they are to be tried on; OSError where there are none."""
        del family
        route = await self._route(host, port)
        if isinstance(route, Trouble):
            raise OSError(None, route.words)
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=route.port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=socket.IPPROTO_TCP,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for address in route.addresses
        ]

    async def close(self) -> None:
        """Nothing to close: the names outlive the connector."""

    async def _route(self, host: str, port: int) -> Route | Trouble:
        if (host, port) in self._proxies:
            return await self._names.operator_route(host, port)
        return await self._names.route(Target("", "", host, port))


def _first_of_both(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """Those that are tried: the first ones of either family, in the order in which the resolver prefers them."""
    if len(addresses) <= _MOST_RACED:
        return addresses
    v6 = [address for address in addresses if ":" in address]
    v4 = [address for address in addresses if ":" not in address]
    share = max(_MOST_RACED // 2, _MOST_RACED - min(len(v6), len(v4)))
    return tuple(address for address in addresses if address in {*v6[:share], *v4[:share]})


def _first_match(rules: tuple[ConnectTo, ...], host: str, port: int) -> ConnectTo | None:
    return next((rule for rule in rules if rule.matches(host, port)), None)


def _needs_dns(host: str) -> bool:
    """Whether a host is a name that nobody knows without asking a name server."""
    return not is_literal(host) and not is_local_name(host)


def _why_forbidden(host: str) -> str | None:
    """What a host is where it is plainly not public by its own writing, before any name is resolved."""
    if is_local_name(host):
        return "this machine"
    return why_not_public(host) if is_literal(host) else None


def _server_address(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
