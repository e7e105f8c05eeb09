"""When a run has nothing left to wait for but hosts that have said nothing yet."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

_SETTLES = 0.1
"""Seconds; between an answer and the next question that it gives rise to, nothing is open either."""


class Lull:
    """Counts what is being asked, and how much of it is overdue; the first time that all of it is, the lull comes.

    From then on it is the end of the run for whom nothing but silence is to be waited for: what is to be made late
    may be made. It comes once, and where it comes too early, somebody's late try is made a little earlier.
    """

    def __init__(self) -> None:
        self._open = 0
        self._hosts: Counter[str] = Counter()
        self._overdue = 0
        self._timer: asyncio.TimerHandle | None = None
        self._waiting: set[Callable[[], None]] = set()
        self._came = asyncio.Event()

    @contextmanager
    def asking(self, host: str) -> Iterator[None]:
        """While something is asked of it for the first time, from its name's look-up and the wait for its turn on."""
        self._open += 1
        self._hosts[host] += 1
        try:
            yield
        finally:
            self._open -= 1
            self._hosts[host] -= 1
            if not self._hosts[host]:
                del self._hosts[host]
            self._look()

    def is_asking(self, host: str) -> bool:
        """Whether something is asked of this host for the first time."""
        return host in self._hosts

    def grew(self, overdue: int) -> None:
        """So many more, or fewer, of those that are being asked are overdue."""
        self._overdue += overdue
        self._look()

    async def comes(self) -> None:
        """Wait for it, if it has not come yet."""
        await self._came.wait()

    def come(self) -> None:
        """It has come: there is nothing else left to wait for."""
        self._came.set()
        while self._waiting:
            self._waiting.pop()()

    def call(self, waiting: Callable[[], None]) -> None:
        """Call back once the lull has come, at once if it has."""
        if self._came.is_set():
            waiting()
        else:
            self._waiting.add(waiting)

    def forget(self, waiting: Callable[[], None]) -> None:
        """Do not call back any more."""
        self._waiting.discard(waiting)

    @property
    def _is_here(self) -> bool:
        return 0 < self._open == self._overdue

    def _look(self) -> None:
        if self._is_here and self._timer is None and not self._came.is_set():
            self._timer = asyncio.get_running_loop().call_later(_SETTLES, self._settle)

    def _settle(self) -> None:
        self._timer = None
        if self._is_here:
            self.come()
