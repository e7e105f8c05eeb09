import pytest

from rlhf_linkcheck.simweb import Scenario, ScenarioError
from rlhf_linkcheck.simweb.routes import connect_to, own_ports

ANY = (":80:127.0.0.1:1", ":443:127.0.0.1:2")


@pytest.mark.parametrize(
    ("hosts", "routes"),
    [
        ("{}", ANY),
        ("{a: , b: {tls: expired}}", ANY),
        ("{a: {tls: missing-intermediate}}", ANY),
        (
            "{a: {tls: missing-intermediate}, gone: {dns: nxdomain}}",
            ("a:80:127.0.0.1:1", "a:443:127.0.0.1:2", "ca.simweb.example:80:127.0.0.1:1"),
        ),
        ("{a: {refuse: true}}", ("a::127.0.0.1:3", *ANY)),
        ("{'a:8080': , 'b:8443': {tls: ok}}", ("a:8080:127.0.0.1:1", "b:8443:127.0.0.1:2", *ANY)),
        ("{a: {refuse: true}, 'a:81': }", ("a:81:127.0.0.1:1", "a::127.0.0.1:3", *ANY)),
        ("{'a:81': {refuse: true}, a: }", ("a:81:127.0.0.1:3", *ANY)),
        ("{'[::1]:81': }", ("[::1]:81:127.0.0.1:1", *ANY)),
        (
            "{a: , gone: {dns: nxdomain}, b: {refuse: true}, 'gone:81': , 'c:82': {refuse: true}}",
            (
                "gone:81:127.0.0.1:1",
                "c:82:127.0.0.1:3",
                "a:80:127.0.0.1:1",
                "a:443:127.0.0.1:2",
                "b::127.0.0.1:3",
            ),
        ),
    ],
)
def test_the_first_route_that_matches_is_the_right_one(hosts: str, routes: tuple[str, ...]) -> None:
    assert connect_to(Scenario.parse(f"hosts: {hosts}"), http=1, tls=2, closed=3) == routes


def test_the_ports_that_hosts_really_have_are_theirs_and_the_standard_ones() -> None:
    text = "hosts: {a: {}, 'a:8080': {}, 'b:8443': {tls: ok}, 'c:9': {refuse: true}, 'd:8080': {}}"
    assert own_ports(Scenario.parse(text)) == {80: False, 443: True, 8080: False, 8443: True}


def test_two_hosts_of_one_port_both_speak_tls_or_neither() -> None:
    with pytest.raises(ScenarioError, match="hosts: b:8443: another host has this port without TLS"):
        own_ports(Scenario.parse("hosts: {'a:8443': {}, 'b:8443': {tls: ok}}"))
