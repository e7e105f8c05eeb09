import asyncio
import socket
from pathlib import Path

import pytest
from crawling import QUICK, Talk, answer_of, client_of, first_request, saying, server_of

from rlhf_linkcheck.config import ConnectTo, NetworkConfig
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import Answer, Trouble
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.net.retry import MOST_RETRIES
from rlhf_linkcheck.version import __version__

ONE_PAGE = "hosts: {a.example: {/: 200}}"


async def test_the_request_is_honest_and_plain() -> None:
    async with client_of(ONE_PAGE) as (client, web):
        await client.get("http://a.example/")
    (seen,) = web.log.requests
    assert (seen.method, seen.path) == ("GET", "/")
    assert dict(seen.headers) == {
        "host": "a.example",
        "user-agent": f"rlhf-linkcheck/{__version__} (+https://github.com/opendilab/rlhf-linkcheck)",
        "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
        "accept-language": "en-US,en;q=0.9",
        "accept-encoding": "gzip, deflate",
    }


async def test_passwords_are_never_sent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    netrc = tmp_path / ".netrc"
    netrc.write_text("machine a.example login me password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    async with client_of(ONE_PAGE) as (client, web):
        await client.get("http://user:secret@a.example/")
    assert "authorization" not in web.log.requests[0].headers


@pytest.mark.parametrize("path", ["/a%2Fb/c%7E?x=%zz&y=a+b", "/RL(HF)%2BLLM[1]", "/%E4", "/a//b/.c?"])
async def test_a_path_goes_out_as_it_is_written(path: str) -> None:
    async with client_of("hosts: {}\ndefault: 200") as (client, web):
        await client.get(f"http://a.example{path}")
    assert web.log.requests[0].path == path.removesuffix("?")


async def test_all_who_ask_for_one_address_share_one_request() -> None:
    sent: list[int] = []
    async with client_of("hosts: {a.example: {/: {delay: 0.02}}}") as (client, web):
        urls = ("http://a.example/", "http://A.example", "http://a.example/#part", "http://a.example:80/")
        answers = await asyncio.gather(*(client.get(url, on_send=lambda: sent.append(1)) for url in urls * 5))
        answers.append(await client.get("http://a.example/"))
    assert len(set(answers)) == 1
    assert len(web.log.requests) == len(sent) == 1


async def test_another_query_is_another_address() -> None:
    async with client_of("hosts: {}\ndefault: 200") as (client, web):
        await asyncio.gather(*(client.get(f"http://a.example/forum?id={name}") for name in "AB"))
    assert len(web.log.requests) == 2


async def test_asked_again_it_asks_anew_and_once() -> None:
    async with client_of("hosts: {a.example: {/: {sequence: [404, 503, 200]}}}") as (client, web):
        statuses = [(await client.get("http://a.example/", again=again)).status for again in (False, False, True, True)]
    assert statuses == [404, 404, 503, 200]
    assert len(web.log.requests) == 3


async def test_a_connection_is_used_again_after_small_pages_redirects_and_errors() -> None:
    pages = "/1: 200, /2: {location: /1}, /3: 404, /4: {status: 204}, /5: 200"
    async with client_of(f"hosts: {{a.example: {{{pages}}}}}", per_host=1) as (client, web):
        for number in range(1, 6):
            await client.get(f"https://a.example/{number}")
    assert len({one.connection for one in web.log.requests}) == 1


async def test_a_flaky_server_is_asked_until_it_answers() -> None:
    async with client_of("hosts: {a.example: {/: {sequence: [{reset: true}, 503, 200]}}}") as (client, _):
        answer = await client.get("http://a.example/")
    assert (answer.status, answer.attempts) == (200, 3)


@pytest.mark.parametrize("page", ["{reset: true}", "{close: true}", "500", "429", "408", "425"])
@pytest.mark.parametrize("retries", [0, 2])
async def test_what_is_transient_is_tried_so_often_and_not_once_more(page: str, retries: int) -> None:
    async with client_of(f"hosts: {{a.example: {{/: {page}}}}}", retries=retries) as (client, web):
        answer = await client.get("http://a.example/")
    assert answer.attempts == len(web.log.requests) == retries + 1


async def test_however_many_retries_are_wanted_they_have_an_end() -> None:
    async with client_of("hosts: {a.example: {/: 503}}", retries=1000, backoff=0.0) as (client, web):
        answer = await client.get("http://a.example/")
    assert answer.attempts == len(web.log.requests) == MOST_RETRIES + 1


async def test_a_plain_no_is_asked_once() -> None:
    async with client_of("hosts: {a.example: {/: 404}}") as (client, web):
        assert (await client.get("http://a.example/")).attempts == 1
    assert len(web.log.requests) == 1


async def test_per_host_concurrency_and_interval_hold_on_the_wire() -> None:
    async with client_of("hosts: {}\ndefault: {delay: 0.2}", per_host=2, interval=0.05) as (client, web):
        await asyncio.gather(*(client.get(f"http://a.example/{n}") for n in range(8)))
    starts = [one.started for one in web.log.requests]
    assert max(one.in_flight for one in web.log.requests) == 2
    assert max(starts) - min(starts) > 5 * 0.05


async def test_http_and_https_are_one_host() -> None:
    async with client_of("hosts: {}\ndefault: {delay: 0.02}", per_host=1) as (client, web):
        await asyncio.gather(*(client.get(f"{scheme}://a.example/") for scheme in ("http", "https")))
    first, second = web.log.requests
    assert first.ended is not None
    assert first.ended <= second.started


async def test_a_host_that_backs_off_delays_no_other() -> None:
    scenario = "hosts: {slow.example: {'/*': {status: 429, headers: {retry-after: 60}}}, a.example: {'/*': 200}}"
    async with client_of(scenario, concurrency=2) as (client, web):
        stuck = [asyncio.create_task(client.get(f"http://slow.example/{n}")) for n in range(20)]
        await first_request(web)
        async with asyncio.timeout(10):
            answers = await asyncio.gather(*(client.get(f"http://a.example/{n}") for n in range(20)))
        assert {answer.status for answer in answers} == {200}
        assert not any(one.done() for one in stuck)
        assert len([one for one in web.log.requests if one.host == "slow.example"]) <= 4
        for one in stuck:
            one.cancel()
        await asyncio.gather(*stuck, return_exceptions=True)


async def test_retry_after_is_honoured_for_the_whole_host() -> None:
    scenario = "hosts: {a.example: {/: {sequence: [{status: 503, headers: {retry-after: 1}}, 200]}, /other: 200}}"
    async with client_of(scenario, per_host=1) as (client, web):
        first = asyncio.create_task(client.get("http://a.example/"))
        await first_request(web)
        answers = await asyncio.gather(first, client.get("http://a.example/other"))
    assert [answer.status for answer in answers] == [200, 200]
    refusal, *later = web.log.requests
    assert all(one.started - refusal.started >= 0.99 for one in later)


async def test_a_retry_after_that_is_garbage_or_past_delays_nobody() -> None:
    scenario = """
    hosts:
      a.example:
        /garbage: {sequence: [{status: 429, headers: {retry-after: "next week"}}, 200]}
        /past: {sequence: [{status: 429, headers: {retry-after: "Sun, 06 Nov 1994 08:49:37 GMT"}}, 200]}
    """
    async with client_of(scenario) as (client, _), asyncio.timeout(5):
        answers = [await client.get(f"http://a.example/{path}") for path in ("garbage", "past")]
    assert [(answer.status, answer.attempts) for answer in answers] == [(200, 2), (200, 2)]


async def test_a_silent_host_is_given_up_after_three_links() -> None:
    scenario = "hosts: {dead.example: {'/*': {hang: true}}, a.example: {'/*': 200}}"
    async with client_of(scenario, timeout=0.25, per_host=2, retries=1) as (client, web):
        answers = await asyncio.gather(*(client.get(f"http://dead.example/{n}") for n in range(60)))
        assert {answer.trouble.reason for answer in answers if answer.trouble} == {Reason.TIMEOUT}
        asked = len(web.log.requests)
        assert 6 <= asked <= 8
        assert [answer.attempts for answer in answers].count(0) >= 52

        client.relent()
        late = [await client.get(f"http://dead.example/{n}", again=True) for n in range(5)]
        assert [answer.attempts for answer in late] == [1, 0, 0, 0, 0]
        assert client.answered == frozenset()
        await client.get("http://a.example/")
        assert client.answered == {"a.example"}


async def test_a_host_that_limits_three_links_to_the_end_is_left_alone() -> None:
    async with client_of("hosts: {a.example: {'/*': 429}}", retries=1, per_host=1) as (client, web):
        answers = await asyncio.gather(*(client.get(f"http://a.example/{n}") for n in range(30)))
    assert len(web.log.requests) == 6
    assert {answer.trouble.reason for answer in answers if answer.trouble} == {Reason.RATE_LIMITED}


async def test_a_small_body_is_read_and_a_long_one_left() -> None:
    long = "x" * 2_000_000
    scenario = f"hosts: {{a.example: {{/small: {{body: hello}}, /long: {{body: {long}}}, /empty: {{body: ''}}}}}}"
    async with client_of(scenario) as (client, _):
        received = [(await client.get(f"http://a.example/{path}")).received for path in ("small", "empty")]
        assert received == [5, 0]
        answer = await client.get("http://a.example/long")
    assert answer.status == 200
    # What is on its way when enough was read counts, and on a busy machine that is more than one chunk.
    assert 64 * 1024 <= answer.received < 1_500_000


async def test_a_page_that_trickles_is_alive_and_not_waited_for() -> None:
    scenario = "hosts: {a.example: {/: {body: '0123456789', trickle: 2}}}"
    async with client_of(scenario) as (client, _), asyncio.timeout(15):
        answer = await client.get("http://a.example/")
    assert (answer.status, answer.trouble) == (200, None)
    assert answer.received < 10


HTTP = (
    (b"HTTP/1.0 200 OK\r\n\r\nold", 200),
    (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", 204),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nbroken", 200),
    (b"HTTP/1.1 404 Not Found\r\nContent-Length: 9\r\n\r\n", 404),
    (b"HTTP/1.1 301 Moved\r\nLocation: /x\r\nContent-Length: 9\r\n\r\n", 301),
    (b"HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 4\r\n\r\njunk", 200),
    (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 4\r\n\r\njunk", 200),
    (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 60_000 + b"\r\nContent-Length: 0\r\n\r\n", 200),
    (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"Content-Length: 0\r\n\r\n", 200),
)


@pytest.mark.parametrize(("octets", "status"), HTTP)
async def test_odd_http_is_http_all_the_same(octets: bytes, status: int) -> None:
    answer = await answer_of(saying(octets))
    assert (answer.status, answer.trouble) == (status, None)


NOT_HTTP = (
    (b"220 mail.example ESMTP\r\n", Reason.PROTOCOL_ERROR),
    (b"HTTP/1.1 abc\r\n\r\n", Reason.PROTOCOL_ERROR),
    (b"\x00\xff" * 50, Reason.PROTOCOL_ERROR),
    (b"HTTP/1.1 200 OK\r\nX: " + b"y" * 70_000 + b"\r\n\r\n", Reason.PROTOCOL_ERROR),
    (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 300 + b"\r\n", Reason.PROTOCOL_ERROR),
    (b"", Reason.RESET),
    (b"HTTP/1.1 200 OK\r\n", Reason.RESET),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n", Reason.RESET),
    (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", Reason.RESET),
)


@pytest.mark.parametrize(("octets", "reason"), NOT_HTTP)
async def test_what_is_not_http_or_breaks_off_is_trouble(octets: bytes, reason: Reason) -> None:
    answer = await answer_of(saying(octets), retries=0)
    assert answer.trouble is not None
    assert answer.trouble.reason is reason


async def test_plain_http_at_a_tls_port_is_a_failed_handshake() -> None:
    answer = await answer_of(saying(b"HTTP/1.1 400 Bad Request\r\n\r\n"), "https://a.example/")
    assert answer.trouble is not None
    assert answer.trouble.reason is Reason.PROTOCOL_ERROR
    assert answer.trouble.words.startswith("the TLS handshake failed (")


OLD_VERSIONS = (
    # An alert that says so, and a ServerHello of TLS 1.1: RFC 5246 §7.2, RFC 4346 §7.4.1.3
    b"\x15\x03\x01\0\x02\x02\x46",
    b"\x16\x03\x02\0\x2a\x02\0\0\x26\x03\x02" + b"r" * 32 + b"\0\0\x2f\0",
)


@pytest.mark.parametrize("octets", OLD_VERSIONS)
async def test_a_server_that_speaks_old_versions_only_is_named(octets: bytes) -> None:
    answer = await answer_of(saying(octets), "https://a.example/")
    words = "it speaks only old versions of TLS (1.1 or older), which browsers refuse too"
    assert answer.trouble == Trouble(Reason.PROTOCOL_ERROR, words)


async def silent(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
    """Takes what comes, and says nothing."""
    await reader.read()


@pytest.mark.parametrize("limit", ["connect_timeout", "timeout"])
async def test_a_handshake_that_hangs_is_told_from_a_connection_that_never_comes(limit: str) -> None:
    answer = await answer_of(silent, "https://a.example/", **{limit: 0.05}, retries=0)
    words = "connected, but the TLS handshake did not finish within 0.05 s"
    assert answer.trouble == Trouble(Reason.TIMEOUT, words)


async def test_a_connection_that_never_comes_is_no_handshake() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        port = listener.getsockname()[1]
        # Where the queue is full, Linux drops what comes next.
        with socket.create_connection(("127.0.0.1", port)):
            config = NetworkConfig(
                **{**QUICK, "connect_timeout": 0.05},
                connect_to=(ConnectTo("a.example", None, "127.0.0.1", port),),
                retries=0,
            )
            async with Client(config) as client:
                answer = await client.get("https://a.example/")
    assert answer.trouble == Trouble(Reason.TIMEOUT, "no connection within 0.05 s")


async def through_proxy(talk: Talk) -> Answer:
    """What becomes of an https address where the proxy talks so."""
    async with server_of(talk) as port:
        config = NetworkConfig(
            **{**QUICK, "connect_timeout": 0.1}, proxies={"https": f"http://127.0.0.1:{port}"}, retries=0
        )
        async with Client(config) as client:
            return await client.get("https://a.example/")


async def test_a_handshake_that_hangs_behind_a_proxy_is_told_from_a_proxy_that_hangs() -> None:
    async def opening(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await reader.read()

    behind, before = await through_proxy(opening), await through_proxy(silent)
    assert behind.trouble == Trouble(Reason.TIMEOUT, "connected, but the TLS handshake did not finish within 0.1 s")
    assert before.trouble == Trouble(Reason.TIMEOUT, "no connection within 0.1 s")


async def test_a_body_that_never_comes_is_no_answer() -> None:
    async def headers_only(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
        await reader.read()
        await reader.read()

    answer = await answer_of(headers_only, timeout=0.05, retries=0)
    assert answer.trouble is not None
    assert answer.trouble.reason is Reason.TIMEOUT


async def test_a_kept_connection_that_has_died_is_no_reason_to_give_up() -> None:
    async def one_answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        await reader.readuntil(b"\r\n\r\n")

    async with server_of(one_answer) as port:
        route = ConnectTo("a.example", None, "127.0.0.1", port)
        async with Client(NetworkConfig(**QUICK, connect_to=(route,))) as client:
            answers = [await client.get(f"http://a.example/{number}") for number in range(3)]
    assert [answer.status for answer in answers] == [200, 200, 200]


UNASKED = (
    b"HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
    b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n",
    b"HTTP/1.1 404 Not",
    b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nhalf",
    b"\r\n",
    b"garbage",
)


@pytest.mark.parametrize("octets", UNASKED)
async def test_what_comes_unasked_on_an_idle_connection_answers_nobody(octets: bytes) -> None:
    heard: list[bytes] = []
    spoken = asyncio.Event()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.append((await reader.readuntil(b"\r\n\r\n")).split()[1])
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        if heard == [b"/1"]:
            await asyncio.wait_for(idle.wait(), 5)
            writer.write(octets)
            await writer.drain()
            spoken.set()
            await reader.read()

    idle = asyncio.Event()
    async with server_of(talk) as port:
        route = ConnectTo("a.example", None, "127.0.0.1", port)
        async with Client(NetworkConfig(**QUICK, connect_to=(route,), retries=0)) as client:
            first = await client.get("http://a.example/1")
            idle.set()
            await spoken.wait()
            await asyncio.sleep(0.05)  # on its way through the kernel; too early would only hide the fault
            second = await client.get("http://a.example/2")
    assert (first.status, second.status, second.trouble) == (200, 200, None)
    assert heard == [b"/1", b"/2"]


@pytest.mark.parametrize("url", ["ftp://a.example/", "nonsense", "http://[", "http://a.example:0/"])
async def test_what_cannot_be_asked_is_invalid(url: str) -> None:
    async with Client(NetworkConfig()) as client:
        answer = await client.get(url)
    assert answer.trouble is not None
    assert (answer.trouble.reason, answer.attempts) == (Reason.INVALID, 0)


async def test_a_ca_file_that_is_none_is_said_at_once(tmp_path: Path) -> None:
    empty = tmp_path / "empty.pem"
    empty.write_text("")
    for path in (empty, tmp_path / "missing.pem"):
        with pytest.raises(OSError, match=r"no certificate|No such file"):
            async with Client(NetworkConfig(ca_file=path)):
                pass


async def test_a_trusted_ca_file_is_added_to_the_systems_own() -> None:
    async with client_of(ONE_PAGE) as (client, _):
        assert (await client.get("https://a.example/")).status == 200
    async with client_of(ONE_PAGE, ca_file=None) as (client, _):
        answer = await client.get("https://a.example/")
    assert answer.trouble is not None
    assert answer.trouble.reason is Reason.TLS


async def test_nothing_is_left_running() -> None:
    before = asyncio.all_tasks()
    async with client_of("hosts: {}\ndefault: 200") as (client, _):
        await asyncio.gather(*(client.get(f"https://a.example/{n}") for n in range(5)))
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == before


async def test_no_answer_costs_a_run_more_memory_than_what_it_says_is_worth() -> None:
    """Kept are a score of fields and fifty cookies: at 60 KB a line some megabytes for each link of a hostile host."""
    long = "x" * 60_000
    lines = [f"{name}: {long}" for name in ("ETag", "X-Error-Message", "X-Error-Message", "Age", *["Set-Cookie"] * 9)]
    told = ["HTTP/1.1 302 Found", "Location: /" + long, "Set-Cookie: a=b", "Retry-After: 7", *lines]
    answer = await answer_of(saying("\r\n".join((*told, "Content-Length: 0", "", "")).encode()))
    assert answer.headers == (("location", f"/{long}"), ("retry-after", "7"), ("content-length", "0"))
    assert answer.cookies == ("a=b",)


def test_an_answer_gives_its_kept_headers() -> None:
    answer = Answer("http://a/", 429, headers=(("retry-after", "5"),))
    assert (answer.header("retry-after"), answer.header("location")) == ("5", None)


async def test_who_tries_but_once_leaves_those_who_are_patient_their_tries() -> None:
    async with client_of("hosts: {a.example: {/: {sequence: [503, 503, 200]}}}", retries=2) as (client, web):
        once = await client.get("http://a.example/", patient=False)
        patient = await client.get("http://a.example/")
        known = await client.get("http://a.example/", patient=False)
    assert (once.status, patient.status, known.status) == (503, 200, 200)
    assert len(web.log.requests) == 3


async def test_who_waits_for_one_who_tries_but_once_has_tries_of_his_own() -> None:
    async with client_of("hosts: {a.example: {/: {sequence: [503, 200]}}}", retries=2) as (client, web):
        asked = (client.get("http://a.example/", patient=patient) for patient in (False, True, True))
        once, *patient = await asyncio.gather(*asked)
    assert (once.status, [one.status for one in patient]) == (503, [200, 200])
    assert len(web.log.requests) == 2
