"""A closer look at certificates that lead to no known authority; all over real sockets."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import trustme
from crawling import client_of, network, server_of

from rlhf_linkcheck.config import ConnectTo
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import Trouble
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.simweb.behaviour import Behaviour, Fault
from rlhf_linkcheck.simweb.intermediate import issue_with_address, with_address
from rlhf_linkcheck.simweb.scenario import Scenario
from rlhf_linkcheck.simweb.web import Web, running

LEFT_OUT = "its server leaves out an intermediate certificate; browsers fetch it by themselves, other programs fail"
UNKNOWN = "its certificate is from an unknown authority"
EITHER = "its certificate is from an unknown authority, or an intermediate certificate is missing"

ROOT, STRANGER = trustme.CA(), trustme.CA()
CHILD, STRANGE_CHILD = ROOT.create_child_ca(), STRANGER.create_child_ca()
FIRST = "http://ca.example/1.cer"


def der_of(authority: trustme.CA) -> bytes:
    return ssl.PEM_cert_to_DER_cert(authority.cert_pem.bytes().decode())


def telling(authority: trustme.CA, parent: trustme.CA, place: str) -> trustme.CA:
    """The same authority, whose certificate says where its parent's is."""
    pem = with_address(authority.cert_pem.bytes(), parent, place)
    return trustme.CA.from_pem(pem, authority.private_key_pem.bytes())


@asynccontextmanager
async def showing(
    shown: trustme.Blob, pages: Mapping[str, Behaviour] | None = None, **changes: Any
) -> AsyncIterator[tuple[Client, Web, list[bytes]]]:
    """A client that trusts ROOT; a.example and b.example, which show this certificate; and ca.example with its pages.

    The list gets what is sent over those connections whose handshake succeeds.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    with shown.tempfile() as path:
        context.load_cert_chain(path)
    sent: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):  # a look ends without a goodbye
            sent.append(await reader.read(1024))
        writer.close()

    handlers = {"ca.example": lambda request: (pages or {}).get(request.path, Behaviour(status=404))}
    server = await asyncio.start_server(talk, "127.0.0.1", 0, ssl=context)
    with ROOT.cert_pem.tempfile() as ca_file:
        async with server, running(Scenario(), handlers) as web:
            port = server.sockets[0].getsockname()[1]
            routes = (
                ConnectTo("a.example", None, "127.0.0.1", port),
                ConnectTo("b.example", None, "127.0.0.1", port),
                ConnectTo("ca.example", 80, "127.0.0.1", web.http_port),
            )
            settings = {"connect_to": routes, "ca_file": ca_file, "retries": 0, **changes}
            async with Client(network(web, **settings)) as client:
                yield client, web, sent


async def words_of(
    shown: trustme.Blob, pages: Mapping[str, Behaviour] | None = None, **changes: Any
) -> tuple[str, int]:
    """The words for what is wrong with the certificate, and how often the authority's site was asked."""
    async with showing(shown, pages, **changes) as (client, web, sent):
        answer = await client.get("https://a.example/")
        assert answer.trouble is not None
        assert (answer.trouble.reason, answer.attempts) == (Reason.TLS, 1)
        assert not any(sent), "nothing is said over a connection that was not verified"
        return answer.trouble.words, len(web.log.requests)


def serving(*authorities: trustme.CA) -> dict[str, Behaviour]:
    return {f"/{n}.cer": Behaviour(body=der_of(authority)) for n, authority in enumerate(authorities, 1)}


async def test_an_intermediate_that_is_missing_is_named() -> None:
    assert await words_of(issue_with_address(CHILD, "a.example", FIRST), serving(CHILD)) == (LEFT_OUT, 1)


async def test_several_in_a_row_may_be_missing() -> None:
    lower = telling(CHILD.create_child_ca(), CHILD, "http://ca.example/2.cer")
    assert await words_of(issue_with_address(lower, "a.example", FIRST), serving(lower, CHILD)) == (LEFT_OUT, 2)


async def test_a_row_without_an_end_is_not_followed_for_ever() -> None:
    row = [STRANGER.create_child_ca()]
    for number in range(8, 0, -1):
        row.insert(0, telling(row[0].create_child_ca(), row[0], f"http://ca.example/{number + 1}.cer"))
    assert await words_of(issue_with_address(row[0], "a.example", FIRST), serving(*row)) == (UNKNOWN, 4)
    circle = telling(STRANGE_CHILD, STRANGER, FIRST)
    assert await words_of(issue_with_address(circle, "a.example", FIRST), serving(circle)) == (UNKNOWN, 1)


async def test_what_is_wrong_besides_is_named() -> None:
    for_another = issue_with_address(CHILD, "b.example", FIRST)
    assert await words_of(for_another, serving(CHILD)) == ("its certificate is for another name", 1)
    now = datetime.now(UTC)
    old = CHILD.issue_cert("a.example", not_before=now - timedelta(days=9), not_after=now - timedelta(days=1))
    pem = with_address(old.cert_chain_pems[0].bytes(), CHILD, FIRST)
    expired = trustme.Blob(old.private_key_pem.bytes() + pem)
    assert await words_of(expired, serving(CHILD)) == ("its certificate has expired", 1)


async def test_an_authority_that_nobody_knows_is_none_for_being_there() -> None:
    strange = issue_with_address(STRANGE_CHILD, "a.example", FIRST)
    assert await words_of(strange, serving(STRANGE_CHILD)) == (UNKNOWN, 1)


@pytest.mark.parametrize("offered", [STRANGER, ROOT], ids=["its own root", "a known root that did not sign"])
async def test_a_root_that_comes_from_a_stranger_is_not_trusted(offered: trustme.CA) -> None:
    assert await words_of(issue_with_address(STRANGER, "a.example", FIRST), serving(offered)) == (UNKNOWN, 1)


NOT_TO_BE_HAD = (
    ("a page", Behaviour(body=b"<!doctype html>")),
    ("no page", Behaviour(status=404)),
    ("a page that is not there", Behaviour(status=404, body=der_of(CHILD))),
    ("nothing", Behaviour(body=b"")),
    ("ten megabytes", Behaviour(body=der_of(CHILD) + b"\0" * 10_000_000)),
    ("another place", Behaviour(location="http://ca.example/2.cer")),
    ("a reset", Behaviour(fault=Fault.RESET)),
    ("silence", Behaviour(fault=Fault.HANG)),
    ("a byte now and then", Behaviour(body=der_of(CHILD), trickle=0.2)),
    ("less than it said", Behaviour(body=der_of(CHILD), truncate=5)),
)


@pytest.mark.parametrize("page", [row[1] for row in NOT_TO_BE_HAD], ids=[row[0] for row in NOT_TO_BE_HAD])
async def test_where_nothing_can_be_had_both_stay_possible(page: Behaviour) -> None:
    pages = {"/1.cer": page, "/2.cer": Behaviour(body=der_of(CHILD))}
    shown = issue_with_address(CHILD, "a.example", FIRST)
    assert await words_of(shown, pages, timeout=0.5) == (EITHER, 1)


@pytest.mark.parametrize(
    "place", ["https://ca.example/1.cer", "ldap://ca.example/cn=x", "http://127.0.0.1/1.cer", "http://gone.example/"]
)
async def test_a_place_that_cannot_be_asked_leaves_both_possible(place: str) -> None:
    shown = issue_with_address(CHILD, "a.example", place)
    assert await words_of(shown, serving(CHILD), dns_server=("127.0.0.1", 9), connect_timeout=0.5) == (EITHER, 0)


async def test_without_a_place_both_stay_possible() -> None:
    leaf = CHILD.issue_cert("a.example")
    shown = trustme.Blob(leaf.private_key_pem.bytes() + leaf.cert_chain_pems[0].bytes())
    assert await words_of(shown) == (EITHER, 0)


@pytest.mark.parametrize("host", ["localhost", "inner.example"])
async def test_a_place_in_a_private_network_is_not_asked(host: str) -> None:
    visits: list[bytes] = []

    async def talk(reader: asyncio.StreamReader, _: asyncio.StreamWriter) -> None:
        visits.append(await reader.read(1))

    async with server_of(talk) as port:
        # The simulated name server leads every name to loopback.
        shown = issue_with_address(CHILD, "a.example", f"http://{host}:{port}/1.cer")
        assert await words_of(shown) == (EITHER, 0)
    assert visits == []


async def test_one_look_serves_all_links_of_a_host_and_one_fetch_all_hosts() -> None:
    both = CHILD.issue_cert("a.example", "b.example")
    pem = with_address(both.cert_chain_pems[0].bytes(), CHILD, FIRST)
    async with showing(trustme.Blob(both.private_key_pem.bytes() + pem), serving(CHILD)) as (client, web, _):
        links = [f"https://{host}.example/{n}" for host in "ab" for n in range(5)]
        answers = await asyncio.gather(*map(client.get, links))
        late = await client.get("https://a.example/late", again=True)
    assert {answer.trouble for answer in (*answers, late)} == {Trouble(Reason.TLS, LEFT_OUT)}
    assert len(web.log.requests) == 1


async def test_the_site_of_an_authority_that_wants_peace_is_left_in_peace() -> None:
    shown = issue_with_address(CHILD, "a.example", FIRST)
    peace = Behaviour(status=429, headers=(("Retry-After", "7200"),))
    async with showing(shown, {**serving(CHILD), "/": peace}) as (client, web, _):
        await client.get("http://ca.example/")
        answer = await client.get("https://a.example/")
    assert answer.trouble == Trouble(Reason.TLS, EITHER)
    assert [one.path for one in web.log.requests] == ["/"]


async def test_an_authority_that_wants_peace_gets_it() -> None:
    shown = issue_with_address(CHILD, "a.example", FIRST)
    peace = Behaviour(status=429, headers=(("Retry-After", "7200"),))
    async with showing(shown, {"/1.cer": peace}) as (client, web, _):
        await client.get("https://a.example/")
        assert not client.may_change("http://ca.example/")
        assert len(web.log.requests) == 1


async def test_what_is_fetched_is_on_the_account_of_who_asked_for_the_page() -> None:
    sent: list[int] = []
    async with showing(issue_with_address(CHILD, "a.example", FIRST), serving(CHILD)) as (client, _, __):
        await client.get("https://a.example/", on_send=lambda: sent.append(1))
    assert len(sent) == 2


async def test_a_look_holds_no_place_that_another_waits_for() -> None:
    scenario = "hosts: {a.example: {tls: missing-intermediate}, b.example: {tls: missing-intermediate}}"
    async with client_of(scenario, concurrency=1, per_host=1) as (client, _), asyncio.timeout(5):
        answers = await asyncio.gather(*(client.get(f"https://{host}.example/{n}") for host in "ab" for n in range(3)))
    assert {answer.trouble for answer in answers} == {Trouble(Reason.TLS, LEFT_OUT)}


@pytest.mark.parametrize("failing_from", [2, 3])
async def test_a_server_that_hangs_or_hangs_up_later_leaves_both_possible(failing_from: int) -> None:
    """The first handshake is the link's own, the second looks, the third tries with what was fetched."""
    seen = 0
    with issue_with_address(CHILD, "a.example", FIRST).tempfile() as path:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal seen
        seen += 1
        if seen >= failing_from:
            await reader.read()
        else:
            await writer.start_tls(context)

    handlers = {"ca.example": lambda _: Behaviour(body=der_of(CHILD))}
    with ROOT.cert_pem.tempfile() as ca_file:
        async with server_of(talk) as port, running(Scenario(), handlers) as web:
            routes = (
                ConnectTo("a.example", None, "127.0.0.1", port),
                ConnectTo("ca.example", 80, "127.0.0.1", web.http_port),
            )
            config = network(web, connect_to=routes, ca_file=ca_file, connect_timeout=0.3)
            async with Client(config) as client:
                answer = await client.get("https://a.example/")
    assert answer.trouble == Trouble(Reason.TLS, EITHER)
    assert seen == failing_from


async def test_behind_a_proxy_both_stay_possible() -> None:
    async with running(Scenario.parse("hosts: {a.example: {tls: missing-intermediate}}")) as web:

        async def tunnel(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            back, forth = await asyncio.open_connection("127.0.0.1", web.tls_port)
            forth.write(await reader.read(65536))
            while octets := await back.read(65536):
                writer.write(octets)
            forth.close()

        async with server_of(tunnel) as port:
            proxies = {"https": f"http://127.0.0.1:{port}"}
            async with Client(network(web, connect_to=(), proxies=proxies, connect_timeout=2.0)) as client:
                answer = await client.get("https://a.example/")
    assert answer.trouble == Trouble(Reason.TLS, EITHER)
    assert web.log.requests == ()
