"""Connections as they are raced for, kept and let go; every socket is a real one on loopback."""

import asyncio
import socket
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress

import pytest
from crawling import QUICK, client_of, first_request, network, server_of

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import Trouble
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.net.sockets import Sockets
from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.scenario import Scenario
from rlhf_linkcheck.simweb.web import running


async def answering(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 204 No Content\r\n\r\n")
    await reader.read()


@contextmanager
def dead(address: str, port: int) -> Iterator[None]:
    """Where the queue is full, Linux drops what comes next, as a way that leads nowhere does."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with ExitStack() as held:
        held.enter_context(socket.create_server((address, port), family=family, backlog=0))
        for _ in range(3):
            waiting = held.enter_context(socket.socket(family))
            waiting.setblocking(False)
            with suppress(BlockingIOError):
                waiting.connect((address, port))
        yield


class Run:
    """A client to which a.example has these addresses, and what its guard was asked; it refuses ``refused``."""

    def __init__(self, client: Client, refused: str) -> None:
        self.client = client
        self.asked: list[str] = []
        self._refused = refused

    def permits(self, address: str, _: int) -> bool:
        self.asked.append(address)
        return address != self._refused

    @property
    def peers(self) -> list[str]:
        """Where the sockets lead that are still open."""
        return [one.getpeername()[0] for one in self.client._sockets._opened if one.fileno() >= 0]


@asynccontextmanager
async def run_of(*addresses: str, refused: str = "") -> AsyncIterator[Run]:
    async with Client(NetworkConfig(**QUICK, allow_private=True, retries=0)) as client:
        client._names._lookups._known["a.example"] = addresses
        run = Run(client, refused)
        client._sockets._permits = run.permits
        yield run


@pytest.mark.parametrize("first", ["::1", "127.0.0.2"])
async def test_an_address_that_leads_nowhere_costs_a_quarter_of_a_second(first: str) -> None:
    async with server_of(answering) as port:
        with dead(first, port):
            async with run_of(first, "127.0.0.3", "127.0.0.1", refused="127.0.0.3") as run:
                answer = await run.client.get(f"http://a.example:{port}/")
                assert answer.status == 204
                assert answer.elapsed < 4, "it was not waited for until its time was up"
                assert run.peers == ["127.0.0.1"], "the losers are closed"
                assert Counter(run.asked) == Counter((first, "127.0.0.3", "127.0.0.1")), "the guard saw each, once"


async def test_an_address_that_refuses_costs_nothing() -> None:
    async with server_of(answering) as port, run_of("::1", "127.0.0.2", "127.0.0.1") as run:
        assert (await run.client.get(f"http://a.example:{port}/")).status == 204
        assert run.peers == ["127.0.0.1"]


async def test_of_many_addresses_some_of_either_family_are_tried_and_each_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        many = tuple(f"127.0.0.{number}" for number in range(2, 12))
        async with run_of(*many, "::1") as run:
            answer = await run.client.get(f"http://a.example:{port}/")
            assert answer.trouble == Trouble(Reason.REFUSED, "the connection was refused")
            assert sorted(run.asked) == sorted((*many[:5], "::1"))
            assert run.peers == []


async def test_who_loses_a_race_of_bare_sockets_is_closed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        sockets = Sockets(lambda *_: True)
        with dead("127.0.0.2", port), await sockets.connect(("127.0.0.2", "127.0.0.1"), port) as connection:
            assert connection.getpeername() == ("127.0.0.1", port)
            assert [one for one in sockets._opened if one.fileno() >= 0] == [connection]


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_many_links_of_one_host_use_as_few_connections_as_it_has_places(scheme: str) -> None:
    async with client_of("default: {delay: 0.001}", per_host=3) as (client, web):
        await asyncio.gather(*(client.get(f"{scheme}://a.example/{number}") for number in range(40)))
        assert len(web.log.requests) == 40
        assert len({one.connection for one in web.log.requests}) <= 3


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_of_connections_at_rest_the_oldest_goes_first(scheme: str) -> None:
    async with client_of("default: 200") as (client, web):
        connector = client._session.connector
        connector._most_resting = 2  # type: ignore[union-attr]  # it is ours
        for name in ("a", "b", "a", "c", "a", "b", "c"):
            await client.get(f"{scheme}://{name}.example/{len(web.log.requests)}")
            await asyncio.sleep(0)  # what was ended ends a turn later
            assert len([one for one in client._sockets._opened if one.fileno() >= 0]) <= 2
        connections = [one.connection for one in web.log.requests]
    assert connections == [1, 2, 1, 3, 1, 4, 5]


async def test_a_page_that_is_not_read_to_its_end_is_not_sent_to_its_end() -> None:
    """TLS waits for the other side's goodbye, behind all that it still has to say."""
    film = Behaviour(body=b"x" * 20_000_000, content_type="video/mp4")
    scenario = Scenario.parse("default: 200")
    async with running(scenario, {"a.example": lambda _: film}) as web, Client(network(web)) as client:
        assert (await client.get("https://a.example/")).status == 200
        await asyncio.sleep(0)  # what was ended ends a turn later
        assert not [one for one in client._sockets._opened if one.fileno() >= 0]


async def asked_of(web_of: str, links: int, host: str) -> tuple[Counter[tuple[str, int]], set[Trouble | None]]:
    """What the name server was asked while so many links of a host were, twice, and what became of these."""
    async with running(Scenario.parse(web_of)) as web:
        # The resolver asks again after an eighth of this, and a busy machine is no reason to.
        config = NetworkConfig(**{**QUICK, "connect_timeout": 60.0}, dns_server=web.dns_address, retries=0)
        async with Client(config) as client:
            for _ in range(2):
                answers = await asyncio.gather(*(client.get(f"http://{host}/{number}") for number in range(links)))
        return Counter((one.name, one.kind) for one in web.log.questions), {answer.trouble for answer in answers}


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("here.example", Reason.PRIVATE_ADDRESS),
        ("gone.example", Reason.HOST_NOT_FOUND),
        ("empty.example", Reason.DNS_ERROR),
    ],
)
async def test_a_name_is_asked_for_once_whatever_becomes_of_it(host: str, reason: Reason) -> None:
    scenario = "hosts: {here.example: {/: 200}, gone.example: {dns: nxdomain}, empty.example: {dns: nodata}}"
    questions, troubles = await asked_of(scenario, 200, host)
    assert questions == {(host, 1): 1, (host, 28): 1}
    assert {trouble.reason for trouble in troubles if trouble} == {reason}


async def test_who_asks_after_all_were_parted_with_has_a_new_connection_though_one_was_in_use() -> None:
    async with client_of("hosts: {a.example: {/slow: {delay: 0.2}, /: 200}}", per_host=1) as (client, web):
        slow = asyncio.create_task(client.get("http://a.example/slow"))
        await first_request(web)
        client.relent()
        await slow
        await client.get("http://a.example/")
        await client.get("http://a.example/", again=True)
    first, second, third = (one.connection for one in web.log.requests)
    assert first != second == third
