"""The simulated web's own certificate authority, and the certificates that its hosts show."""

import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import assert_never

import trustme

from .scenario import Scenario, Tls

A_YEAR = timedelta(days=365)
A_DAY = timedelta(days=1)
OTHER_NAME = "another-name.invalid"


class Authority:
    """Makes each name's certificate when a client first asks for it, as its host in the scenario says.

    ``context`` is the server's: it answers the handshake's server name (RFC 6066, 3), and shows clients
    that name none, as for literal addresses, a certificate for those of the scenario and of loopback.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._scenario = scenario
        self._ca = trustme.CA(organization_name="The simulated web")
        self._contexts: dict[str, ssl.SSLContext] = {}
        names = (name.strip("[]") for name in scenario.certificates)
        addresses = {"127.0.0.1", "::1", *filter(_is_address, names)}
        self.context = _context(self._ca.issue_cert("localhost", *sorted(addresses)))
        self.context.sni_callback = self._choose

    def write(self, path: Path) -> None:
        """Writes the authority's own certificate, for clients to trust, as PEM."""
        self._ca.cert_pem.write_to_path(str(path))

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
        now = datetime.now(UTC)
        match self._scenario.certificates.get(name, Tls.OK):
            case Tls.OK:
                return _context(self._ca.issue_cert(name))
            case Tls.EXPIRED:
                return _context(self._ca.issue_cert(name, not_before=now - A_YEAR, not_after=now - A_DAY))
            case Tls.NOT_YET_VALID:
                return _context(self._ca.issue_cert(name, not_before=now + A_DAY, not_after=now + A_YEAR))
            case Tls.WRONG_NAME:
                return _context(self._ca.issue_cert(OTHER_NAME))
            case Tls.UNKNOWN_AUTHORITY:
                return _context(trustme.CA(organization_name="An unknown authority").issue_cert(name))
            case Tls.SELF_SIGNED:
                return _self_signed(name)
            case _ as never:
                assert_never(never)


def _context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = _empty_context()
    certificate.configure_cert(context)
    return context


def _self_signed(name: str) -> ssl.SSLContext:
    """Shows an authority's certificate as the host's own: its issuer is itself."""
    own = trustme.CA(organization_name=name)
    context = _empty_context()
    with own.cert_pem.tempfile() as certificate, own.private_key_pem.tempfile() as key:
        context.load_cert_chain(certificate, key)
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
