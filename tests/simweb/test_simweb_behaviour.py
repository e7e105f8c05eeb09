import socket
from collections.abc import Iterator

import pytest
from simweb_wire import LOOPBACK, ask, plain, read_all, read_answer, request, secure

from rlhf_linkcheck.simweb import Behaviour, Scenario, Web, serve

SCENARIO = r"""
default: {status: 200}
hosts:
  example.org:
    /gone: 410
    /strange: 999
    /page: {body: "<p>Grüße</p>", headers: {ETag: '"1"', Set-Cookie: [a=1, b=2], Retry-After: 120}}
    /binary: {body: !!binary "AP8=", content_type: application/pdf}
    /untyped: {body: x, content_type: ""}
    /empty: {body: ""}
    /old: {location: /neu/ä}
    /found: {location: /page, status: 302}
    /nothing: 204
    /late: {delay: 0.01, body: late}
    /slow: {trickle: 0.001, body: drop by drop}
    /slow-empty: {trickle: 0.001, body: ""}
    /hang: {hang: true}
    /reset: {reset: true}
    /close: {close: true}
    /garbage: {garbage: true}
    /short: {truncate: 5, body: half}
    /wrong-length: {headers: {Content-Length: 2}, body: four}
    /last: {headers: {Connection: close}, body: bye}
    /raw: {raw: "HTTP/0.9 what\n\xff"}
    /raw-slow: {raw: abc, trickle: 0.001}
    /flaky: {sequence: [503, {reset: true}, {status: 200, body: well}]}
    /tree/*: {body: tree}
    /tree/deep/*: {body: deep}
    /tree/deep/leaf: {body: leaf}
    /forum?id=A: {body: A}
    /forum*: {body: any}
  plain.example:8080:
    /: {body: own port}
"""


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serve(Scenario.parse(SCENARIO)) as web:
        yield web


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("/anything", b"HTTP/1.1 200 OK"),
        ("/gone", b"HTTP/1.1 410 Gone"),
        ("/strange", b"HTTP/1.1 999 "),
        ("/old", b"HTTP/1.1 301 Moved Permanently"),
        ("/found", b"HTTP/1.1 302 Found"),
    ],
)
def test_the_status_is_the_scenarios(web: Web, path: str, line: bytes) -> None:
    head, _ = ask(web, path)
    assert head.split(b"\r\n")[0] == line


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/page", "<p>Grüße</p>".encode()),
        ("/binary", b"\x00\xff"),
        ("/empty", b""),
        ("/old", b""),
        ("/late", b"late"),
        ("/slow", b"drop by drop"),
        ("/slow-empty", b""),
        ("/tree/x", b"tree"),
        ("/tree/deep/x", b"deep"),
        ("/tree/deep/leaf", b"leaf"),
        ("/tree/deep/leaf?", b"deep"),
        ("/forum?id=A", b"A"),
        ("/forum?id=B", b"any"),
        (
            "/<a>",
            (
                b'<!doctype html>\n<html lang="en">'
                b"<title>example.org/&lt;a&gt;</title><h1>example.org/&lt;a&gt;</h1></html>\n"
            ),
        ),
        ("/gone", b'<!doctype html>\n<html lang="en"><title>410 Gone</title><h1>410 Gone</h1></html>\n'),
    ],
)
def test_the_most_specific_pattern_gives_the_body(web: Web, path: str, body: bytes) -> None:
    head, got = ask(web, path)
    assert got == body
    assert f"Content-Length: {len(body)}".encode() in head.split(b"\r\n")


def test_own_headers_are_sent_as_written_and_lists_several_times(web: Web) -> None:
    head, _ = ask(web, "/page")
    assert head.split(b"\r\n")[-4:] == [b'ETag: "1"', b"Set-Cookie: a=1", b"Set-Cookie: b=2", b"Retry-After: 120"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/page", b"text/html; charset=utf-8"), ("/binary", b"application/pdf"), ("/untyped", None), ("/empty", None)],
)
def test_a_body_has_a_content_type_unless_it_is_taken_away(web: Web, path: str, kind: bytes | None) -> None:
    head, _ = ask(web, path)
    kinds = [line.partition(b": ")[2] for line in head.split(b"\r\n") if line.startswith(b"Content-Type")]
    assert kinds == ([kind] if kind else [])


def test_a_location_is_sent_as_utf_8(web: Web) -> None:
    head, _ = ask(web, "/old")
    assert "Location: /neu/ä".encode() in head.split(b"\r\n")


def test_head_has_the_headers_of_get_and_no_body(web: Web) -> None:
    head, body = ask(web, "/page", method="HEAD")
    assert body == b""
    assert b"Content-Length: 14" in head.split(b"\r\n")


def test_no_content_has_neither_body_nor_length(web: Web) -> None:
    head, body = ask(web, "/nothing")
    assert body == b""
    assert b"content-length" not in head.lower()


def test_a_connection_is_kept_alive_and_pipelined_requests_are_answered_in_order(web: Web) -> None:
    with plain(web) as connection:
        connection.sendall(request("/tree/1") + request("/tree/deep/1") + request("/last"))
        answers = read_all(connection)
    assert [part.rpartition(b"\r\n\r\n")[2] for part in answers.split(b"HTTP/1.1 200 OK")[1:]] == [
        b"tree",
        b"deep",
        b"bye",
    ]


@pytest.mark.parametrize("path", ["/last", "/short", "/wrong-length", "/raw"])
def test_what_cannot_be_followed_by_another_answer_ends_the_connection(web: Web, path: str) -> None:
    with plain(web) as connection:
        connection.sendall(request(path))
        assert read_all(connection)


def test_truncate_promises_more_than_comes(web: Web) -> None:
    head, body = ask(web, "/short")
    assert body == b"half"
    assert b"Content-Length: 9" in head.split(b"\r\n")


def test_an_own_length_is_sent_even_if_it_is_wrong(web: Web) -> None:
    head, body = ask(web, "/wrong-length")
    assert (head.lower().count(b"content-length"), body) == (1, b"four")
    assert b"Content-Length: 2" in head


@pytest.mark.parametrize(("path", "octets"), [("/raw", b"HTTP/0.9 what\n\xff"), ("/raw-slow", b"abc")])
def test_raw_is_sent_octet_for_octet(web: Web, path: str, octets: bytes) -> None:
    with plain(web) as connection:
        connection.sendall(request(path))
        assert read_all(connection) == octets


def test_garbage_is_another_protocol(web: Web) -> None:
    with plain(web) as connection:
        connection.sendall(request("/garbage"))
        assert read_all(connection) == b"220 mail.example ESMTP ready\r\n"


def test_close_ends_the_connection_without_a_byte(web: Web) -> None:
    with plain(web) as connection:
        connection.sendall(request("/close"))
        assert read_all(connection) == b""


def test_reset_is_a_tcp_reset(web: Web) -> None:
    with plain(web) as connection:
        connection.sendall(request("/reset"))
        with pytest.raises(ConnectionResetError):
            connection.recv(1)


def test_hang_sends_nothing_and_keeps_the_connection(web: Web) -> None:
    with plain(web) as connection:
        connection.sendall(request("/hang"))
        connection.settimeout(0.05)
        with pytest.raises(TimeoutError):
            connection.recv(1)


def test_a_sequence_goes_on_with_every_request_and_its_last_step_repeats() -> None:
    with serve(Scenario.parse(SCENARIO)) as web:
        heads = [ask(web, "/flaky")[0]]
        with plain(web) as connection:
            connection.sendall(request("/flaky"))
            with pytest.raises(ConnectionResetError):
                connection.recv(1)
        heads += [ask(web, "/flaky")[0], ask(web, "/flaky", method="HEAD")[0]]
    assert [head.split(b" ")[1] for head in heads] == [b"503", b"200", b"200"]


def test_a_sequence_is_counted_for_each_address_apart() -> None:
    flaky = (Behaviour(status=500), Behaviour(body=b"well"))
    with serve(Scenario(default=flaky)) as web:
        heads = [ask(web, path, host)[0] for path, host in (("/a", "x"), ("/b", "x"), ("/a", "y"), ("/a", "x"))]
    assert [head.split(b" ")[1] for head in heads] == [b"500", b"500", b"500", b"200"]


def test_without_a_default_other_pages_and_hosts_are_404() -> None:
    with serve(Scenario.parse("hosts: {example.org: {/: 200}}")) as web:
        heads = [ask(web, "/")[0], ask(web, "/x")[0], ask(web, "/", "other.example")[0]]
    assert [head.split(b" ")[1] for head in heads] == [b"200", b"404", b"404"]


@pytest.mark.parametrize("host", ["EXAMPLE.org", "example.org.", "example.org:80", "example.org:8080"])
def test_the_host_is_compared_as_a_name(web: Web, host: str) -> None:
    assert ask(web, "/tree/x", host)[1] == b"tree"


def test_a_host_at_a_port_of_its_own_is_another(web: Web) -> None:
    assert ask(web, "/", "plain.example:8080")[1] == b"own port"
    assert ask(web, "/", "plain.example")[1] != b"own port"


def test_the_same_pages_are_served_over_tls(web: Web) -> None:
    with secure(web, "example.org") as connection:
        connection.sendall(request("/tree/x"))
        assert read_answer(connection).endswith(b"\r\n\r\ntree")


def test_a_refused_host_is_routed_to_a_port_that_refuses() -> None:
    with serve(Scenario.parse("hosts: {closed.example: {refuse: true}}")) as web:
        route, *_ = web.connect_to
        host, port, address, closed = route.split(":")
        assert (host, port, address) == ("closed.example", "", LOOPBACK)
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection((LOOPBACK, int(closed)))
