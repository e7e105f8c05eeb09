import pytest
from crawling import answer_of, client_of, saying
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.head import is_interim, mended

HEADS = (
    (b"Content-Length: 2\r\nContent-Length: 2", b"Content-Length: 2"),
    (b"Content-Length: 2\r\ncontent-length:2", b"Content-Length: 2"),
    (b"Content-Length: 2\r\nContent-Length: 3", b"Content-Length: 2\r\nContent-Length: 3"),
    (b"Content-Length: 2\r\nTransfer-Encoding: chunked", b"Transfer-Encoding: chunked"),
    (b"X \t: y", b"X: y"),
    (b"no field at all\r\nX: y", b"X: y"),
    (b": nameless\r\nX: y", b"X: y"),
    (b"X: y\r\n  folded: z", b"X: y\r\n  folded: z"),
)


@pytest.mark.parametrize(("written", "kept"), HEADS)
def test_a_head_is_mended_as_browsers_read_it(written: bytes, kept: bytes) -> None:
    assert mended(b"HTTP/1.1 200 OK\r\n" + written + b"\r\n\r\n") == b"HTTP/1.1 200 OK\r\n" + kept + b"\r\n\r\n"


@given(st.binary())
def test_what_is_no_head_stays_as_it_is(octets: bytes) -> None:
    assert mended(b"<" + octets) == b"<" + octets


@given(st.lists(st.from_regex(rb"[A-Za-z][A-Za-z-]{0,9}: [ -~]{0,20}", fullmatch=True)))
def test_mending_twice_is_mending_once(lines: list[bytes]) -> None:
    once = mended(b"\r\n".join((b"HTTP/1.1 200 OK", *lines, b"", b"")))
    assert mended(once) == once


@pytest.mark.parametrize(
    ("head", "interim"),
    [(b"HTTP/1.1 103 Early Hints\r\n", True), (b"HTTP/1.1 200 OK\r\n", False), (b"1 1", False), (b"HTTP/1.1", False)],
)
def test_interim_answers_are_those_that_begin_with_1(head: bytes, *, interim: bool) -> None:
    assert is_interim(head) is interim


BEHIND = b"Content-Length: 2\r\nContent-Length: 2\r\n\r\nok"
ODD_BODIES = (
    b"HTTP/1.1 200 OK\r\n" + BEHIND,
    b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n" + BEHIND,
    b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nlonger than it was said to be",
    b"HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok",
    b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n",
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\nand then no chunk",
)


@pytest.mark.parametrize("octets", ODD_BODIES)
async def test_an_answer_with_an_odd_end_is_an_answer(octets: bytes) -> None:
    answer = await answer_of(saying(octets), retries=0)
    assert answer.trouble is None
    assert answer.status in (200, 204)


@pytest.mark.parametrize("raw", [b"HTTP/1.1 200 OK\r\n" + BEHIND, ODD_BODIES[1], b"HTTP/1.1 200 OK\n\nok"])
async def test_a_head_may_come_in_any_pieces(raw: bytes) -> None:
    text = raw.decode().replace("\r", "\\r").replace("\n", "\\n")
    async with client_of(f'hosts: {{a.example: {{/: {{raw: "{text}", trickle: 0.001}}}}}}', retries=0) as (client, _):
        answer = await client.get("http://a.example/")
    assert (answer.status, answer.trouble) == (200, None)


@pytest.mark.parametrize("octets", [b"HTTP/1.1 200 OK\r\nX: y", b"HTTP/1.1 2", b"HT"])
async def test_half_a_head_is_no_answer(octets: bytes) -> None:
    answer = await answer_of(saying(octets), retries=0)
    assert answer.trouble is not None
    assert answer.trouble.reason in (Reason.RESET, Reason.PROTOCOL_ERROR)


async def test_a_body_that_quotes_heads_is_left_as_it_is() -> None:
    quoted = b"<p>An answer begins so:\r\n\r\nHTTP/1.1 200 OK\r\nX : y\r\nnothing\r\n\r\n</p>" + b"x" * 50
    head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %d\r\n\r\n" % len(quoted)
    answer = await answer_of(saying(head + quoted), retries=0)
    assert answer.received == len(quoted)
    assert answer.page is not None
    assert answer.page.whole
