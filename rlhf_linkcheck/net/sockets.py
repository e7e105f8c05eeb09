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

    async def connect(self, addresses: tuple[str, ...], port: int) -> socket.socket:
        """A connection to the first of these addresses that takes one; OSError where none does."""
        failure = OSError(None, "there is no address")
        for address in addresses:
            try:
                return await self._connected(address, port)
            except OSError as error:
                failure = error
        raise failure

    async def _connected(self, address: str, port: int) -> socket.socket:
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        opened = self.open((family, socket.SOCK_STREAM, socket.IPPROTO_TCP, "", (address, port)))
        try:
            opened.setblocking(False)
            await asyncio.get_running_loop().sock_connect(opened, (address, port))
        except BaseException:
            opened.close()
            raise
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
