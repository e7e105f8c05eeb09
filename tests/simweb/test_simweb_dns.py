import socket
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from simweb_wire import PATIENCE, question

from rlhf_linkcheck.simweb import RequestLog, Scenario, Web, serve
from rlhf_linkcheck.simweb.dns import answer

HOSTS = """
hosts:
  here.example:
  ports.example:8080:
  refused.example: {refuse: true}
  gone.example: {dns: nxdomain}
  broken.example: {dns: servfail}
  bare.example: {dns: nodata}
  silent.example: {dns: timeout}
"""
STRICT = Scenario.parse(HOSTS)
OPEN = Scenario.parse(f"default: 200\n{HOSTS}")
NOERROR, FORMERR, SERVFAIL, NXDOMAIN, NOTIMP = range(5)
A, AAAA = 1, 28
LOOPBACK_RECORD = b"\xc0\x0c\x00\x01\x00\x01\x00\x00\x00\x00\x00\x04\x7f\x00\x00\x01"


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serve(OPEN) as web:
        yield web


def ask(web: Web, query: bytes) -> bytes:
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        client.settimeout(PATIENCE)
        client.sendto(query, web.dns_address)
        return client.recv(4096)


def test_a_known_name_has_the_address_of_loopback(web: Web) -> None:
    query = question("Here.Example")
    assert ask(web, query) == b"\xbe\xef\x85\x80\x00\x01\x00\x01\x00\x00\x00\x00" + query[12:] + LOOPBACK_RECORD


def test_every_question_is_logged(web: Web) -> None:
    ask(web, question("Logged.Example", AAAA))
    assert ("logged.example", AAAA) in {(one.name, one.kind) for one in web.log.questions}


@pytest.mark.parametrize(
    ("name", "kind", "code", "records"),
    [
        ("here.example", A, NOERROR, 1),
        ("here.example", AAAA, NOERROR, 0),
        ("HERE.EXAMPLE", A, NOERROR, 1),
        ("ports.example", A, NOERROR, 1),
        ("refused.example", A, NOERROR, 1),
        ("gone.example", A, NXDOMAIN, 0),
        ("gone.example", AAAA, NXDOMAIN, 0),
        ("broken.example", A, SERVFAIL, 0),
        ("bare.example", A, NOERROR, 0),
        ("unlisted.example", A, NXDOMAIN, 0),
        ("", A, NXDOMAIN, 0),
    ],
)
def test_a_name_resolves_or_fails_as_the_scenario_says(name: str, kind: int, code: int, records: int) -> None:
    reply = answer(question(name, kind), STRICT, RequestLog())
    assert reply
    assert (reply[3] & 0xF, reply[7]) == (code, records)


def test_a_host_that_refuses_has_an_address_where_nobody_listens() -> None:
    told = answer(question("refused.example", A), STRICT, RequestLog())
    assert told is not None
    assert told.endswith(b"\x7f\x00\x00\x02")


def test_the_simulated_authority_has_a_name_in_each_scenario() -> None:
    told = answer(question("ca.simweb.example", A), STRICT, RequestLog())
    assert told is not None
    assert told.endswith(LOOPBACK_RECORD)


def test_with_a_default_every_unlisted_name_resolves() -> None:
    reply = answer(question("unlisted.example"), OPEN, RequestLog())
    assert reply
    assert reply.endswith(LOOPBACK_RECORD)


def test_a_listed_fault_holds_with_a_default_too() -> None:
    reply = answer(question("gone.example"), OPEN, RequestLog())
    assert reply
    assert reply[3] & 0xF == NXDOMAIN


@pytest.mark.parametrize("query", [b"", b"\0" * 11, question("here.example", flags=0x8100), question("silent.example")])
def test_silence_meets_what_is_no_query_and_the_name_that_times_out(query: bytes) -> None:
    assert answer(query, STRICT, RequestLog()) is None


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (question("here.example", flags=0x2900), NOTIMP),
        (question("here.example", count=0), FORMERR),
        (question("here.example", count=2), FORMERR),
        (question("here.example")[:-1], FORMERR),
        (question("here.example")[:20], FORMERR),
        (question("here.example")[:12], FORMERR),
        (question("here.example")[:12] + b"\xc0\x0c\0\1\0\1", FORMERR),
    ],
)
def test_what_cannot_be_answered_is_told_so(query: bytes, code: int) -> None:
    reply = answer(query, STRICT, RequestLog())
    assert reply
    assert (reply[:2], reply[2] >> 7, reply[3] & 0xF, reply[4:]) == (b"\xbe\xef", 1, code, b"\0" * 8)


def test_another_class_has_no_data() -> None:
    reply = answer(question("here.example")[:-1] + b"\3", STRICT, RequestLog())
    assert reply
    assert (reply[3] & 0xF, reply[7]) == (NOERROR, 0)


def test_silence_on_the_wire_leaves_the_server_answering(web: Web) -> None:
    with socket.socket(type=socket.SOCK_DGRAM) as client:
        client.settimeout(PATIENCE)
        client.sendto(question("silent.example"), web.dns_address)
        client.sendto(question("here.example"), web.dns_address)
        assert client.recv(4096).endswith(LOOPBACK_RECORD)


@given(st.binary() | st.binary().map(lambda rest: question("")[:12] + rest))
@example(question("here.example")[:12] + b"\x3fabc")
def test_no_query_breaks_the_server(query: bytes) -> None:
    reply = answer(query, OPEN, RequestLog())
    assert reply is None or reply[:2] == query[:2]
