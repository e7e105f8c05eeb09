import ssl
from collections.abc import Iterator

import pytest
from simweb_wire import plain, read_answer, request, secure

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
        ("ports.example", "certificate has expired"),
    ],
)
def test_a_bad_certificate_is_bad_in_the_way_that_the_scenario_says(web: Web, host: str, problem: str) -> None:
    with pytest.raises(ssl.SSLCertVerificationError) as caught, secure(web, host):
        pass
    assert caught.value.verify_message == problem


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
