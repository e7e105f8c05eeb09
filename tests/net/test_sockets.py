"""At a run's end no connection is left, whatever the other side does; ResourceWarnings would be errors."""

import asyncio
import gc
import socket
from typing import Any

import pytest
from crawling import network, plan

from rlhf_linkcheck import simweb
from rlhf_linkcheck.fetch import fetch
from rlhf_linkcheck.net.guard import NotPublicError
from rlhf_linkcheck.net.sockets import Sockets

# A whole run each, whose parts are measured where they are tested.
pytestmark = pytest.mark.unmeasured

SCENARIO = "hosts: {slow.example: {/: {hang: true}, /drip: {trickle: 1, body: abcdefghijkl}}}"


@pytest.mark.parametrize("ended", [{"deadline": 0.2}, {"timeout": 0.2}], ids=["by the deadline", "by a time-out"])
@pytest.mark.parametrize("address", ["https://slow.example/", "http://slow.example/", "https://slow.example/drip"])
def test_a_request_cut_short_leaves_no_connection(address: str, ended: dict[str, Any]) -> None:
    with simweb.serve(simweb.Scenario.parse(SCENARIO)) as web:
        asyncio.run(fetch(plan(address), network(web, retries=0, **ended), lambda *_: None))
        gc.collect()


def test_an_address_that_is_not_permitted_gets_no_socket() -> None:
    sockets = Sockets(lambda host, port: (host, port) == ("192.0.2.1", 80))
    sockets.open((2, 1, 6, "", ("192.0.2.1", 80))).close()
    with pytest.raises(NotPublicError):
        sockets.open((2, 1, 6, "", ("192.0.2.1", 443)))


async def test_the_first_address_that_takes_a_connection_is_used() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        sockets = Sockets(lambda host, _: host != "127.0.0.3")
        with await sockets.connect(("127.0.0.3", "127.0.0.2", "127.0.0.1"), port) as connection:
            assert connection.getpeername() == ("127.0.0.1", port)
        with pytest.raises(NotPublicError):
            await sockets.connect(("127.0.0.3",), port)
        with pytest.raises(ConnectionRefusedError):
            await sockets.connect(("127.0.0.2",), port)
        with pytest.raises(OSError, match="no address"):
            await sockets.connect((), port)


async def test_a_connection_that_is_not_waited_for_is_closed() -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=0) as listener:
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)), pytest.raises(TimeoutError):
            async with asyncio.timeout(0.05):
                await Sockets(lambda *_: True).connect(("127.0.0.1",), port)
    gc.collect()
