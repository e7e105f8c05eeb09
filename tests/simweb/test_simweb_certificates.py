import socket
import ssl
from collections.abc import Iterator

import pytest
from cryptography import x509
from simweb_wire import LOOPBACK, PATIENCE, ask, plain, read_answer, request, secure

from rlhf_linkcheck.simweb import Scenario, Web, serve

SCENARIO = """
default: 200
hosts:
  good.example:
  expired.example: {tls: expired}
  early.example: {tls: not-yet-valid}
  self.example: {tls: self-signed}
  wrong.example: {tls: wrong-name}
  stranger.example: {tls: unknown-authority}
  incomplete.example: {tls: missing-intermediate}
  old.example: {tls: old-version}
  silent.example: {tls: hang}
  ports.example:8443: {tls: expired}
  plain.example:8080:
  192.0.2.1:
"""


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serve(Scenario.parse(SCENARIO)) as web:
        yield web


@pytest.mark.parametrize(
    "host", ["good.example", "GOOD.example", "unlisted.example", "plain.example", "xn--mnchen-3ya.de"]
)
def test_a_good_certificate_is_signed_by_the_authority_for_the_name(web: Web, host: str) -> None:
    with secure(web, host) as connection:
        connection.sendall(request("/", host))
        assert read_answer(connection).startswith(b"HTTP/1.1 200 OK\r\n")
        assert connection.getpeercert()


@pytest.mark.parametrize(
    ("host", "problem"),
    [
        ("expired.example", "certificate has expired"),
        ("early.example", "certificate is not yet valid"),
        ("self.example", "self-signed certificate"),
        ("wrong.example", "Hostname mismatch, certificate is not valid for 'wrong.example'."),
        ("stranger.example", "unable to get local issuer certificate"),
        ("incomplete.example", "unable to get local issuer certificate"),
        ("ports.example", "certificate has expired"),
    ],
)
def test_a_bad_certificate_is_bad_in_the_way_that_the_scenario_says(web: Web, host: str, problem: str) -> None:
    with pytest.raises(ssl.SSLCertVerificationError) as caught, secure(web, host):
        pass
    assert caught.value.verify_message == problem


def test_a_missing_intermediate_is_to_be_had_where_the_certificate_says(web: Web) -> None:
    shown = x509.load_der_x509_certificate(shown_by(web, "incomplete.example"))
    (place,) = shown.extensions.get_extension_for_class(x509.AuthorityInformationAccess).value
    assert place.access_location.value == "http://ca.simweb.example/intermediate.cer"
    head, der = ask(web, "/intermediate.cer", "ca.simweb.example")
    assert b"Content-Type: application/pkix-cert" in head
    intermediate = x509.load_der_x509_certificate(der)
    root = x509.load_pem_x509_certificate(web.ca_file.read_bytes())
    shown.verify_directly_issued_by(intermediate)
    intermediate.verify_directly_issued_by(root)
    assert ask(web, "/other.cer", "ca.simweb.example")[0].startswith(b"HTTP/1.1 404")


def shown_by(web: Web, host: str) -> bytes:
    """The certificate that a host shows, whoever signed it."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    with (
        socket.create_connection((LOOPBACK, web.tls_port), timeout=PATIENCE) as raw,
        context.wrap_socket(raw, server_hostname=host) as connection,
    ):
        return connection.getpeercert(binary_form=True) or b""


def test_a_scenario_can_have_the_authoritys_site_for_its_own() -> None:
    with serve(Scenario.parse("hosts: {ca.simweb.example: {/intermediate.cer: {body: garbage}}}")) as web:
        assert ask(web, "/intermediate.cer", "ca.simweb.example")[1] == b"garbage"


def test_a_host_of_an_old_version_refuses_newer_clients_by_an_alert(web: Web) -> None:
    with pytest.raises(ssl.SSLError) as caught, secure(web, "old.example"):
        pass
    assert caught.value.reason == "TLSV1_ALERT_PROTOCOL_VERSION"


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion:DeprecationWarning")
def test_a_host_of_an_old_version_serves_clients_as_old(web: Web) -> None:
    context = ssl.create_default_context(cafile=str(web.ca_file))
    context.minimum_version = ssl.TLSVersion.TLSv1
    context.set_ciphers("DEFAULT:@SECLEVEL=0")
    with (
        socket.create_connection((LOOPBACK, web.tls_port), timeout=PATIENCE) as raw,
        context.wrap_socket(raw, server_hostname="old.example") as connection,
    ):
        assert connection.version() == "TLSv1.1"
        connection.sendall(request("/", "old.example"))
        assert read_answer(connection).startswith(b"HTTP/1.1 200 OK\r\n")


def test_a_host_that_hangs_takes_the_connection_and_never_answers_the_handshake(web: Web) -> None:
    context = ssl.create_default_context(cafile=str(web.ca_file))
    with socket.create_connection((LOOPBACK, web.tls_port), timeout=0.2) as raw, pytest.raises(TimeoutError):
        context.wrap_socket(raw, server_hostname="silent.example")


def test_a_name_keeps_its_certificate(web: Web) -> None:
    seen = []
    for _ in range(2):
        with secure(web, "kept.example") as connection:
            seen.append(connection.getpeercert(binary_form=True))
    assert seen[0] == seen[1]


@pytest.mark.parametrize("host", ["127.0.0.1", "192.0.2.1", None])
def test_literal_addresses_and_clients_that_name_no_host_see_the_servers_own(web: Web, host: str | None) -> None:
    with secure(web, host) as connection:
        certificate = connection.getpeercert()
    assert certificate
    names = certificate["subjectAltName"]
    assert ("IP Address", "192.0.2.1") in names


def test_a_name_that_no_certificate_can_hold_is_answered_with_an_alert(web: Web) -> None:
    with pytest.raises(ssl.SSLError), secure(web, "under_score.example"):
        pass


def test_what_is_not_tls_ends_its_connection_only(web: Web) -> None:
    with plain(Web(web.tls_port, web.tls_port, web.dns_address, web.ca_file, web.connect_to, web.log)) as connection:
        connection.sendall(request("/"))
        assert not connection.recv(65536).startswith(b"HTTP")
    with secure(web, "good.example") as connection:
        assert connection.version()


def test_the_authority_trusts_nobody_outside_the_web_and_its_file_goes_away() -> None:
    with serve(Scenario()) as web:
        assert web.ca_file.read_text().startswith("-----BEGIN CERTIFICATE-----\n")
    assert not web.ca_file.parent.exists()
