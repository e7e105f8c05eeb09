"""The sockets of a run: none leads to an address that is not permitted, and none is left at its end."""

import asyncio
import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from weakref import WeakSet

import aiohappyeyeballs

from rlhf_linkcheck.net.guard import NotPublicError

AddressInfo = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]
RACE_DELAY = 0.25
"""Seconds for which an address has the field to itself before the next joins the race (RFC 8305 §5)."""
SHORT = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ENOMEM})
"""What this process, or its machine, has no more of."""
_TURNS = 100


class Sockets:
    """Opens sockets for aiohttp, whose ``socket_factory`` sees every address that is really used."""

    def __init__(self, permits: Callable[[str, int], bool]) -> None:
        self._permits = permits
        self._opened: WeakSet[socket.socket] = WeakSet()
        self.shortages = 0
        """How often a socket could not be had; of a race that was lost, aiohappyeyeballs tells no single reason."""

    def open(self, info: AddressInfo) -> socket.socket:
        """A socket for this address; raises NotPublicError where it is not permitted."""
        family, kind, protocol, _, address = info
        if not self._permits(address[0], address[1]):
            raise NotPublicError(address[0])
        try:
            opened = socket.socket(family, kind, protocol)
        except OSError as error:
            self.shortages += error.errno in SHORT
            raise
        self._opened.add(opened)
        return opened

    async def connect(self, addresses: tuple[str, ...], port: int) -> socket.socket:
        """A connection to the first of these addresses that takes one; OSError where none does."""
        if not addresses:
            raise OSError(None, "there is no address")
        infos = [_info(address, port) for address in addresses]
        return await aiohappyeyeballs.start_connection(infos, happy_eyeballs_delay=RACE_DELAY, socket_factory=self.open)

    async def hang_up(self) -> None:
        """End the connections that a cancelled request left half closed.

        TLS says goodbye and waits up to 30 s for the other side to do so, too; a server that hangs
        never does, and the loop would end before its transports have. Without a peer they end at
        once, some turns of the loop later.
        """
        for opened in tuple(self._opened):
            with suppress(OSError):  # closed already, or never connected
                opened.shutdown(socket.SHUT_RDWR)
        for _ in range(_TURNS):
            if all(opened.fileno() < 0 for opened in tuple(self._opened)):
                break
            await asyncio.sleep(0)


def _info(address: str, port: int) -> AddressInfo:
    """A literal address as getaddrinfo would give it."""
    family, end = (socket.AF_INET6, (address, port, 0, 0)) if ":" in address else (socket.AF_INET, (address, port))
    return family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", end
