from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simweb_wire import plain, read_all, read_answer, request

from rlhf_linkcheck.simweb import Behaviour, Request, Scenario, Web, serve
from rlhf_linkcheck.simweb.request import BadRequest, parse_head

HOST = "Host: example.org\r\n"


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    def echo(request: Request) -> Behaviour:
        return Behaviour(body=request.body)

    with serve(Scenario(default=(Behaviour(body=b"page"),)), {"echo.example": echo}) as web:
        yield web


def status(web: Web, octets: bytes) -> bytes:
    with plain(web) as connection:
        connection.sendall(octets)
        return read_all(connection).split(b" ")[1]


@pytest.mark.parametrize(
    "head",
    [
        "GET /",
        "GET  / HTTP/1.1\r\n" + HOST,
        "GET / HTTP/2.0\r\n" + HOST,
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nHost:\r\n",
        "GET / HTTP/1.1\r\nHost: a b\r\n",
        "GET / HTTP/1.1\r\nHost: user@example.org\r\n",
        "GET / HTTP/1.1\r\nHost: example.org:99999\r\n",
        f"GET / HTTP/1.1\r\nHost: {'a' * 64}.example\r\n",
        "GET / HTTP/1.1\r\n" + HOST + HOST,
        "GET / HTTP/1.1\r\n" + HOST + "no colon\r\n",
        "GET / HTTP/1.1\r\n" + HOST + "blank : x\r\n",
        "GET / HTTP/1.1\r\n" + HOST + "X: a\nb\r\n",
        "GET / HTTP/1.1\r\n" + HOST + " folded\r\n",
        "GET path HTTP/1.1\r\n" + HOST,
        "GET ftp://example.org/ HTTP/1.1\r\n" + HOST,
        "GET http://[ HTTP/1.1\r\n" + HOST,
        "POST / HTTP/1.1\r\n" + HOST + "Content-Length: -1\r\n",
        "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 1\r\nContent-Length: 1\r\n",
        "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: gzip\r\n",
        "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\nContent-Length: 3\r\n",
    ],
)
def test_what_is_no_request_is_told_so_and_the_connection_ends(web: Web, head: str) -> None:
    assert status(web, f"{head}\r\n\r\n".encode() if head == "GET /" else f"{head}\r\n".encode()) == b"400"


@pytest.mark.parametrize("chunks", [b"x\r\n", b"+3\r\nabc\r\n0\r\n\r\n", b"3\r\nabcd\r\n0\r\n\r\n"])
def test_malformed_chunks_are_refused(web: Web, chunks: bytes) -> None:
    head = f"POST / HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n\r\n"
    assert status(web, head.encode() + chunks) == b"400"


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (f"GET / HTTP/1.1\r\n{HOST}X: {'x' * 66_000}\r\n\r\n", b"431"),
        (f"POST / HTTP/1.1\r\n{HOST}Content-Length: 99999999\r\n\r\n", b"413"),
        (f"POST / HTTP/1.1\r\n{HOST}Transfer-Encoding: chunked\r\n\r\nfffffff\r\n", b"413"),
    ],
)
def test_what_is_too_long_is_refused(web: Web, octets: str, expected: bytes) -> None:
    assert status(web, octets.encode()) == expected


@pytest.mark.parametrize(
    "body",
    [
        b"Content-Length: 5\r\n\r\nhello",
        b"Transfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3;name=value\r\nllo\r\n0\r\nTrailer: x\r\n\r\n",
    ],
)
def test_bodies_are_read_and_the_connection_goes_on(web: Web, body: bytes) -> None:
    with plain(web) as connection:
        for _ in range(2):
            connection.sendall(b"POST / HTTP/1.1\r\nHost: echo.example\r\n" + body)
            assert read_answer(connection).endswith(b"\r\n\r\nhello")


def test_a_client_that_waits_is_told_to_continue(web: Web) -> None:
    with plain(web) as connection:
        connection.sendall(
            b"POST / HTTP/1.1\r\nHost: echo.example\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
        )
        interim = connection.recv(65536)
        connection.sendall(b"ok")
        assert (interim, read_answer(connection)[-6:]) == (b"HTTP/1.1 100 Continue\r\n\r\n", b"\r\n\r\nok")


def test_half_a_request_ends_quietly(web: Web) -> None:
    before = len(web.log.requests)
    with plain(web) as connection:
        connection.sendall(b"GET / HTTP/1.1\r\nHost")
        connection.shutdown(1)
        assert read_all(connection) == b""
    assert len(web.log.requests) == before


@pytest.mark.parametrize(
    ("head", "keeps"),
    [
        ("GET / HTTP/1.1\r\nHost: x\r\n\r\n", True),
        ("GET / HTTP/1.1\r\nHost: x\r\nConnection: TE, Close\r\n\r\n", False),
        ("GET / HTTP/1.0\r\n\r\n", False),
        ("GET http://x/ HTTP/1.0\r\nConnection: keep-alive\r\n\r\n", True),
    ],
)
def test_the_connection_is_kept_as_the_version_and_the_client_have_it(head: str, *, keeps: bool) -> None:
    if "HTTP/1.0\r\n\r\n" in head:
        head = head.replace("\r\n\r\n", "\r\nHost: x\r\n\r\n")
    assert parse_head(head.encode(), "http").keep_alive is keeps


@pytest.mark.parametrize(
    ("target", "host", "path"),
    [
        ("/a?b=%2F", "example.org", "/a?b=%2F"),
        ("http://other.example:8080/a?b", "other.example:8080", "/a?b"),
        ("https://other.example", "other.example", "/"),
    ],
)
def test_the_target_is_taken_as_written(target: str, host: str, path: str) -> None:
    parsed = parse_head(request(target), "http")
    assert (parsed.host, parsed.path) == (host, path)


def test_repeated_headers_are_joined() -> None:
    parsed = parse_head(request("/", "x", "GET", "Accept:  a ", "ACCEPT: b"), "https")
    assert parsed.headers == {"host": "x", "accept": "a, b"}


@given(st.binary() | st.text().map(lambda text: f"GET {text} HTTP/1.1\r\nHost: {text}\r\n\r\n".encode()))
def test_any_head_is_a_request_or_a_bad_one(head: bytes) -> None:
    try:
        assert parse_head(head, "http").host
    except BadRequest as error:
        assert error.status == 400  # noqa: PT017 - either way is right
