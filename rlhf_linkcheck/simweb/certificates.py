"""The simulated web's own certificate authority, and the certificates that its hosts show."""

import socket
import ssl
import warnings
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import cache, cached_property, lru_cache
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, assert_never

import trustme

from .behaviour import Behaviour
from .hello import peek, refuse
from .host import Tls
from .hostnames import split_authority
from .intermediate import issue_with_address
from .request import Request
from .routes import AUTHORITY
from .scenario import Scenario

A_YEAR = timedelta(days=365)
A_DAY = timedelta(days=1)
OTHER_NAME = "another-name.invalid"
INTERMEDIATE = "/intermediate.cer"
BEFORE_CERTIFICATES = {Tls.OLD_VERSION, Tls.HANG}


class Authority:
    """Makes each name's certificate when a client first asks for it, as its host in the scenario says.

    All of one process are one authority. ``context`` is the server's: it answers the handshake's server
    name (RFC 6066, 3), and shows clients that name none, as for literal addresses, a certificate for
    those of the scenario and of loopback.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._ca = _authority()
        self._contexts: dict[str, ssl.SSLContext] = {}
        self._peeks = not BEFORE_CERTIFICATES.isdisjoint(scenario.certificates.values())

    @cached_property
    def context(self) -> ssl.SSLContext:
        """The server's, made for the first client that comes."""
        names = (name.strip("[]") for name in self._scenario.certificates)
        addresses = {"127.0.0.1", "::1", *filter(_is_address, names)}
        context = _context(self._ca.issue_cert("localhost", *sorted(addresses)))
        context.sni_callback = self._choose
        return context

    async def receive(self, client: socket.socket) -> ssl.SSLContext | None:
        """The context for a connection that was just accepted; None where its handshake is never answered.

        TLS chooses its version before it looks at the server name, so that the name is looked at beforehand.
        Raises OSError where the client has no version in common with the host.
        """
        if not self._peeks:
            return self.context
        hello = await peek(client)
        match self._scenario.certificates.get(hello.name):
            case Tls.HANG:
                return None
            case Tls.OLD_VERSION:
                context = _old_context(self._ca.issue_cert(hello.name))
                await refuse(client, hello, context)
                return context
            case _:
                return self.context

    def publish(self, request: Request) -> Behaviour:
        """Answers for the authority's own site, where its intermediate certificate can be had, in DER."""
        if request.path != INTERMEDIATE:
            return Behaviour(status=404)
        der = ssl.PEM_cert_to_DER_cert(_intermediate().cert_pem.bytes().decode("ascii"))
        return Behaviour(body=der, content_type="application/pkix-cert")

    def write(self, path: Path) -> None:
        """Writes the authority's own certificate, for clients to trust, as PEM."""
        self._ca.cert_pem.write_to_path(str(path))

    def prepare(self) -> None:
        """Makes the certificates of all hosts that may be asked for one, before the first client waits for it."""
        for authority, host in self._scenario.hosts.items():
            name, port = split_authority(authority)
            if (port is None or host.tls) and self._scenario.certificates[name] not in BEFORE_CERTIFICATES:
                with suppress(UnicodeError):  # no certificate can hold it; its clients will hear so
                    self._contexts[name] = self._make(name)

    def _choose(
        self, connection: ssl.SSLSocket | ssl.SSLObject, server_name: str | None, _: ssl.SSLContext
    ) -> int | None:
        """Shows the certificate of this name; an alert for what no certificate can hold."""
        if server_name is None:
            return None
        name = server_name.lower()
        if name not in self._contexts:
            try:
                self._contexts[name] = self._make(name)
            except UnicodeError:
                return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        connection.context = self._contexts[name]
        return None

    def _make(self, name: str) -> ssl.SSLContext:
        match self._scenario.certificates.get(name, Tls.OK):
            case Tls.UNKNOWN_AUTHORITY:
                return _context(trustme.CA(organization_name="An unknown authority").issue_cert(name))
            case Tls.SELF_SIGNED:
                return _self_signed(name)
            case Tls.MISSING_INTERMEDIATE:
                return _shows(issue_with_address(_intermediate(), name, f"http://{AUTHORITY}{INTERMEDIATE}"))
            case Tls.OK:
                return _good(name)
            case kind:
                return _context(self._issue(name, kind))

    def _issue(
        self,
        name: str,
        kind: Literal[Tls.EXPIRED, Tls.NOT_YET_VALID, Tls.WRONG_NAME, Tls.OLD_VERSION, Tls.HANG],
    ) -> trustme.LeafCert:
        """A certificate that the authority itself signs."""
        now = datetime.now(UTC)
        match kind:
            case Tls.EXPIRED:
                return self._ca.issue_cert(name, not_before=now - A_YEAR, not_after=now - A_DAY)
            case Tls.NOT_YET_VALID:
                return self._ca.issue_cert(name, not_before=now + A_DAY, not_after=now + A_YEAR)
            case Tls.WRONG_NAME:
                return self._ca.issue_cert(OTHER_NAME)
            case Tls.OLD_VERSION | Tls.HANG:
                return self._ca.issue_cert(name)
            case _ as never:
                assert_never(never)


@cache
def _authority() -> trustme.CA:
    """One a process: to make one for each web costs more than a short test does otherwise."""
    return trustme.CA(organization_name="The simulated web")


@cache
def _intermediate() -> trustme.CA:
    return _authority().create_child_ca()


@lru_cache(maxsize=512)
def _good(name: str) -> ssl.SSLContext:
    """A good host's, the same in every web of this process. Raises UnicodeError for what no certificate can hold."""
    return _context(_authority().issue_cert(name))


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = _empty_context()
    certificate.configure_cert(context)
    return context


def _self_signed(name: str) -> ssl.SSLContext:
    """Shows an authority's certificate as the host's own: its issuer is itself."""
    own = trustme.CA(organization_name=name)
    return _shows(trustme.Blob(own.private_key_pem.bytes() + own.cert_pem.bytes()))


def _shows(key_and_certificate: trustme.Blob) -> ssl.SSLContext:
    context = _empty_context()
    with key_and_certificate.tempfile() as path:
        context.load_cert_chain(path)
    return context


def _old_context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    """Speaks TLS 1.0 and 1.1 only, whose SHA-1 signatures no security level above 0 allows."""
    context = _context(certificate)
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # that they are old is the point
        context.minimum_version = ssl.TLSVersion.TLSv1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
    return context


def _empty_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_alpn_protocols(["http/1.1"])
    return context


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
