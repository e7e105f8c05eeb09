"""An event loop for tests whose time is its own: who waits a minute waits no longer than it takes to see that."""

import asyncio
import math
import selectors
from collections.abc import Callable, Coroutine
from selectors import SelectorKey
from typing import Any, TypeVar

Result = TypeVar("Result")

GRACE = 0.02
"""Real seconds in which what was sent over loopback arrives, before the clock moves on."""
_LONGEST = 10.0
"""Real seconds that are waited for sockets where nobody waits for a time."""


class StuckError(Exception):
    """Nobody is left who would wake those who wait."""


class _Selector(selectors.SelectSelector):
    """Where a loop would sleep until its next timer, its clock is put forward instead."""

    def __init__(self, grace: float, on_idle: Callable[[float], None]) -> None:
        super().__init__()
        self._grace = grace
        self._on_idle = on_idle
        self.now = 0.0
        self.naps = 0

    def select(self, timeout: float | None = None) -> list[tuple[SelectorKey, int]]:
        if timeout is not None and timeout <= 0:
            return super().select(0)
        self.naps += 1
        longest = _LONGEST if self._grace else 0
        ready = super().select(longest if timeout is None else min(timeout, self._grace))
        if ready:
            return ready
        self._on_idle(self.now)
        if timeout is None:
            raise StuckError
        # Where a step is too small for the clock, it still moves.
        self.now = max(self.now + timeout, math.nextafter(self.now, math.inf))
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    """Sleeps end at once, in their order. With a ``grace``, sockets are given this time before the clock moves.

    ``on_idle`` is told the time whenever nothing is left to do at it. ``naps`` counts how often the loop had
    nothing to do: who polls makes it sleep again and again.
    """

    def __init__(self, grace: float = 0.0, on_idle: Callable[[float], None] = lambda _: None) -> None:
        self._clock = _Selector(grace, on_idle)
        super().__init__(self._clock)

    def time(self) -> float:
        return self._clock.now

    @property
    def naps(self) -> int:
        return self._clock.naps


def lived(
    story: Coroutine[Any, Any, Result], *, grace: float = 0.0, on_idle: Callable[[float], None] = lambda _: None
) -> Result:
    """What comes of a story in a time of its own, which begins at nought."""
    with asyncio.Runner(loop_factory=lambda: VirtualLoop(grace, on_idle)) as runner:
        return runner.run(story)
