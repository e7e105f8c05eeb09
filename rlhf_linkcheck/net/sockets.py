"""The sockets of a run: none leads to an address that is not permitted, and none is left at its end."""

import asyncio
import socket
from collections.abc import Callable
from contextlib import suppress
from weakref import WeakSet

from rlhf_linkcheck.net.guard import NotPublicError

AddressInfo = tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]]
_TURNS = 100


class Sockets:
    """Opens sockets for aiohttp, whose ``socket_factory`` sees every address that is really used."""

    def __init__(self, permits: Callable[[str, int], bool]) -> None:
        self._permits = permits
        self._opened: WeakSet[socket.socket] = WeakSet()

    def open(self, info: AddressInfo) -> socket.socket:
        """A socket for this address; raises NotPublicError where it is not permitted."""
        family, kind, protocol, _, address = info
        if not self._permits(address[0], address[1]):
            raise NotPublicError(address[0])
        opened = socket.socket(family, kind, protocol)
        self._opened.add(opened)
        return opened

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
