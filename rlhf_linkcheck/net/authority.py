"""An authority that nobody knows, told from an intermediate certificate that a server leaves out."""

import asyncio
import ssl
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import TypeAlias

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.address import Target
from rlhf_linkcheck.net.answer import Answer, Trouble
from rlhf_linkcheck.net.certificate import LARGEST, LONGEST_CHAIN, Kind, issuer_place, kind_of
from rlhf_linkcheck.net.dns import Route
from rlhf_linkcheck.net.limiter import Limiter
from rlhf_linkcheck.net.once import Once
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.net.sockets import Sockets
from rlhf_linkcheck.net.tls import make_context
from rlhf_linkcheck.net.trouble import NO_ISSUER, trouble_of

_LEFT_OUT = Trouble(
    Reason.TLS,
    "its server leaves out an intermediate certificate; browsers fetch it by themselves, other programs fail",
)
_UNKNOWN = Trouble(Reason.TLS, "its certificate is from an unknown authority")

OnSend: TypeAlias = Callable[[], None]
Get: TypeAlias = Callable[..., Awaitable[Answer]]
"""As ``Client.get``, with all its limits."""


class Authorities:
    """Looks closer, once, at each server whose certificate leads to no known authority.

    As browsers do, it fetches what is missing from where the certificate says, and tries again with
    that. Where any of it fails, both possibilities stay open. Behind a proxy it does not look.
    """

    def __init__(self, config: NetworkConfig, sockets: Sockets, limiter: Limiter, get: Get) -> None:
        self._config = config
        self._sockets = sockets
        self._limiter = limiter
        self._get = get
        self._looks: Once[tuple[str, int], Trouble] = Once()
        self._issuers: Once[str, bytes | None] = Once()

    async def explain(self, answer: Answer, target: Target, route: Route, on_send: OnSend) -> Answer:
        """The answer, with the words for what another look at its server tells, where its trouble is this one.

        To be called by who holds no place: what it sends waits for its own.
        """
        if answer.trouble != NO_ISSUER or route.proxy is not None:
            return answer
        trouble = await self._looks.ask((target.key, target.port), lambda: self._look(target, route, on_send))
        return replace(answer, trouble=trouble)

    async def _look(self, target: Target, route: Route, on_send: OnSend) -> Trouble:
        """Add the certificates that may be missing, one after the other, until it is clear what is wrong."""
        try:
            newest = await self._shown(target, route, _unverified())
        except OSError:
            return NO_ISSUER
        trouble, missing = NO_ISSUER, list[bytes]()
        while len(missing) < LONGEST_CHAIN and (place := issuer_place(newest)) is not None:
            issuer = await self._issuers.ask(place.url, partial(self._fetch, place, on_send)) or b""
            if (kind := kind_of(issuer)) is not Kind.INTERMEDIATE or issuer in missing:
                return NO_ISSUER if kind is Kind.NONE else _UNKNOWN
            newest = issuer
            missing.append(issuer)
            trouble = await self._verify(target, route, missing)
            if trouble != _UNKNOWN:
                break
        return trouble

    async def _fetch(self, place: Target, on_send: OnSend) -> bytes | None:
        """What stands at this place; None where nothing does, or more than a certificate takes."""
        answer = await self._get(place.url, patient=False, query=Query("*/*", largest=LARGEST), on_send=on_send)
        return answer.body if answer.status == HTTPStatus.OK and answer.body else None

    async def _verify(self, target: Target, route: Route, missing: list[bytes]) -> Trouble:
        """What a handshake comes to when the server's chain is completed by these."""
        try:
            context = make_context(self._config.ca_file)  # from a file that there may be no descriptor for
            # What was fetched is to complete a chain, never to end one; Python 3.13 would let it.
            context.verify_flags &= ~ssl.VERIFY_X509_PARTIAL_CHAIN
            for der in missing:
                context.load_verify_locations(cadata=der)
            await self._shown(target, route, context)
        except OSError as error:
            return _completed(trouble_of(error, self._config))
        return _LEFT_OUT

    async def _shown(self, target: Target, route: Route, context: ssl.SSLContext) -> bytes:
        """The certificate that the server shows in a handshake of its own; OSError where it does not come to that."""
        loop = asyncio.get_running_loop()
        async with self._limiter.turn(target.key) as turn, asyncio.timeout(self._config.connect_timeout):
            if not turn.granted:
                raise ConnectionAbortedError(target.key)  # nobody asks this host any more
            turn.used = True
            connection = await self._sockets.connect(route.addresses, route.port)
            transport, _ = await loop.create_connection(
                asyncio.Protocol, sock=connection, ssl=context, server_hostname=target.key
            )
            shown = transport.get_extra_info("ssl_object").getpeercert(binary_form=True)
            transport.abort()
            return shown or b""


def _completed(trouble: Trouble) -> Trouble:
    """What the trouble of a completed chain says of the server; a broken connection says nothing."""
    if trouble == NO_ISSUER:
        return _UNKNOWN
    return trouble if trouble.reason is Reason.TLS else NO_ISSUER


def _unverified() -> ssl.SSLContext:
    """For a look at what is shown; nothing is sent over such a connection."""
    context = make_context(None)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context
