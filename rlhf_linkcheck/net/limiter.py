"""When a request may start: its host's turn first, then a place among all."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

from rlhf_linkcheck.net.gate import Gate, Urgency
from rlhf_linkcheck.net.manners import Etiquette


@dataclass(slots=True)
class Turn:
    """Leave to start; not ``granted`` where nobody starts at the host any more, ``used`` where anything was sent."""

    granted: bool
    used: bool = False


class Limiter:
    """Hands out turns: nobody who waits for a host holds anything that others wait for.

    Each gate has a line of its own. Whenever there is a global place, the first of a gate that may start now
    gets it: of the gate with the longest line in all, so that the run does not end with one long line. A gate
    comes up when a place of it is free and its time has come, and no line is looked at in vain.
    """

    def __init__(self, concurrency: int, etiquette: Etiquette) -> None:
        self._free = concurrency
        self._etiquette = etiquette
        self._gates: dict[str, Gate] = {}
        self._ready: list[tuple[Urgency, int, Gate]] = []
        self._numbers = count()

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[Turn]:
        """Wait for leave to start at a host (``Target.key``); both places are given back at the end.

        Who sends says so by ``used``: else the start does not count for the host's pace.
        """
        gate = self._gate(host)
        turn = Turn(await self._wait_in_line(gate, gate.line_up))
        while turn.granted and gate.is_held(_now()):
            # The host asked for peace between the leave and its use.
            self._give_back(gate, unused=True)
            turn = Turn(await self._wait_in_line(gate, gate.line_up_first))
        try:
            yield turn
        finally:
            if turn.granted:
                self._give_back(gate, unused=not turn.used)

    def expect(self, host: str, links: int) -> None:
        """So many links of the host are to come: what has a long way to go starts early."""
        self._gate(host).expected += links

    def connected(self, host: str) -> None:
        """A connection for the host's newest start stands only now: the interval to the next one counts from here."""
        self._gate(host).count_from(_now())

    def note(self, host: str, *, silent: bool) -> None:
        """The host was silent, or not, when it was last asked."""
        self._gate(host).is_silent = silent

    def hold_until(self, host: str, when: float) -> None:
        """Start nothing at this host before this moment (of the loop's clock)."""
        self._gate(host).hold_until(when, _now())

    def holds(self, host: str) -> int:
        """How often the host has asked for peace."""
        return self._gate(host).holds

    def seconds_held_until(self, host: str, when: float) -> float:
        """How long the host is held in all, by the holds that stand and one to this moment."""
        return self._gate(host).seconds_held_until(when, _now())

    def dissolve(self, host: str) -> None:
        """Send away who waits for the host: there is nothing to wait for."""
        self._gate(host).dissolve()

    async def _wait_in_line(self, gate: Gate, line_up: Callable[[asyncio.Future[bool]], None]) -> bool:
        """Whether the host may be asked; with a yes come both places, and who is cancelled leaves them."""
        waiting: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        line_up(waiting)
        self._wake(gate)
        try:
            return await waiting
        except asyncio.CancelledError:
            if waiting.done() and not waiting.cancelled() and waiting.result():
                self._give_back(gate, unused=True)
            raise

    def _give_back(self, gate: Gate, *, unused: bool) -> None:
        self._free += 1
        gate.give_back(unused=unused)
        self._wake(gate)

    def _look_at(self, gate: Gate) -> None:
        """Line a gate up if it may start, else come back when its time has come."""
        if gate.timer is not None:
            gate.timer.cancel()
            gate.timer = None
        when = None if gate.is_ready else gate.next_start()
        if when is None:
            return
        if when > _now():
            gate.timer = asyncio.get_running_loop().call_at(when, self._wake, gate)
            return
        gate.is_ready = True
        heappush(self._ready, (gate.urgency, next(self._numbers), gate))

    def _wake(self, gate: Gate) -> None:
        self._look_at(gate)
        self._hand_out()

    def _hand_out(self) -> None:
        """Give the free places to whoever may start now."""
        while self._free > 0 and self._ready:
            *_, gate = heappop(self._ready)
            gate.is_ready = False
            # While it was lined up, the host may have asked for peace, and who waited may have left.
            when, now = gate.next_start(), _now()
            if when is not None and when <= now:
                self._free -= 1
                gate.take(now).set_result(True)
            self._look_at(gate)

    def _gate(self, host: str) -> Gate:
        manners = self._etiquette.at(host)
        gate = self._gates.get(manners.gate)
        if gate is None:
            gate = self._gates[manners.gate] = Gate(manners)
        return gate


def _now() -> float:
    return asyncio.get_running_loop().time()
