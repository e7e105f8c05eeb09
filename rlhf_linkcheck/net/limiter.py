"""When a request may start: its host's turn first, then a place among all."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiolimiter import AsyncLimiter

from rlhf_linkcheck.net.manners import Etiquette, Manners

_NO_INTERVAL = 1e-9


class Limiter:
    """Places for requests. Times are the event loop's, in seconds.

    A host that is waited for holds none of the global places: with the global place first, the
    links of two busy hosts would fill them all and starve the rest.
    """

    def __init__(self, concurrency: int, etiquette: Etiquette) -> None:
        self._everywhere = asyncio.Semaphore(concurrency)
        self._etiquette = etiquette
        self._gates: dict[str, _Gate] = {}

    @asynccontextmanager
    async def place(self, host: str) -> AsyncIterator[None]:
        """One of the host's places; nothing starts yet."""
        async with self._gate(host).places:
            yield

    @asynccontextmanager
    async def start(self, host: str) -> AsyncIterator[None]:
        """For who holds a place at the host: its next moment to start, and a place among all for the body."""
        await self._start(self._gate(host))
        try:
            yield
        finally:
            self._everywhere.release()

    def hold_until(self, host: str, when: float) -> None:
        """Start nothing at this host before this moment; an earlier end never shortens a hold that stands."""
        gate = self._gate(host)
        gate.held_until = max(gate.held_until, when)
        gate.holds += 1

    def holds(self, host: str) -> int:
        """How often the host has asked for peace."""
        return self._gate(host).holds

    async def _start(self, gate: "_Gate") -> None:
        """Wait for the host's interval and for the end of its hold, then take a place among all.

        One link at a time waits at a gate, so that intervals count from the real starts. The bucket
        leaks while the global place is waited for; what leaked is poured in again at the start.
        """
        async with gate.starting:
            await gate.bucket.acquire()
            filled = asyncio.get_running_loop().time()
            await self._enter(gate)
            try:
                leaked = (asyncio.get_running_loop().time() - filled) / gate.interval
                await gate.bucket.acquire(min(leaked, 1.0))
            except BaseException:
                self._everywhere.release()
                raise

    async def _enter(self, gate: "_Gate") -> None:
        """Take a place among all at a moment when the host is not held."""
        while True:
            await asyncio.sleep(gate.hold_left)
            await self._everywhere.acquire()
            if not gate.hold_left:
                return
            self._everywhere.release()

    def _gate(self, host: str) -> "_Gate":
        manners = self._etiquette.at(host)
        if manners.gate not in self._gates:
            self._gates[manners.gate] = _Gate(manners)
        return self._gates[manners.gate]


class _Gate:
    """What some hosts share, mostly one: places, an interval, and how long they are to be left alone."""

    def __init__(self, manners: Manners) -> None:
        self.interval = max(manners.interval, _NO_INTERVAL)
        self.places = asyncio.Semaphore(manners.places)
        self.starting = asyncio.Lock()
        self.bucket = AsyncLimiter(1, self.interval)
        self.held_until = 0.0
        self.holds = 0

    @property
    def hold_left(self) -> float:
        """Seconds until the host may be asked again."""
        return max(self.held_until - asyncio.get_running_loop().time(), 0.0)
