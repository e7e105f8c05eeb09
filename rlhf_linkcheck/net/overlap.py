"""Tries at a host that was never heard of, of which the next need not wait for the end of the one before."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from dataclasses import replace
from typing import TypeAlias

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.lull import Lull

Try: TypeAlias = Callable[[Callable[[], None]], Coroutine[None, None, Answer]]
"""One try, which calls back when it is sent."""


def is_silent(answer: Answer) -> bool:
    """Whether a try ended without a word."""
    return answer.trouble is not None and answer.trouble.reason is Reason.TIMEOUT


class Overlap:
    """One request's tries, side by side: each has its whole time, and begins ``pause`` seconds after the one before.

    So who waits for a host that is silent for good waits little longer than one time-out, and the host is asked no
    more often. The last of ``most`` is made once the run has nothing else to wait for (``Lull``), and not at all where
    the tries before it have ended by then.
    """

    def __init__(self, attempt: Try, pause: float, most: int, lull: Lull) -> None:
        self._attempt = attempt
        self._pause = pause
        self._most = most
        self._lull = lull
        self._others: list[asyncio.Task[Answer]] = []
        self._ended: list[Answer] = []
        self._sent_at: list[float] = []
        self._timer: asyncio.TimerHandle | None = None
        self._is_overdue = False
        self._scope: asyncio.Timeout | None = None

    async def ask(self) -> Answer:
        """The first answer, else the silence of all; with how many were sent, and their seconds together."""
        try:
            await self._first()
            while self._is_silent and (pending := [one for one in self._others if not one.done()]):
                await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        finally:
            await self._end()
        for failed in self._others:
            if not failed.cancelled():
                failed.result()
        answer = next((one for one in self._ended if not is_silent(one)), self._ended[-1])
        if len(self._sent_at) <= 1:
            return answer
        return replace(answer, attempts=len(self._sent_at), elapsed=_now() - self._sent_at[0])

    @property
    def _is_silent(self) -> bool:
        return all(map(is_silent, self._ended))

    async def _first(self) -> None:
        """Most answers come at once, so the first try takes no task of its own; it ends where another one succeeds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(None) as self._scope:
                self._ended.append(await self._attempt(self._note_sent))
        self._scope = None

    def _note_sent(self) -> None:
        self._sent_at.append(_now())
        if 1 + len(self._others) < self._most:
            self._timer = asyncio.get_running_loop().call_later(self._pause, self._go_on)

    def _go_on(self) -> None:
        if not self._is_overdue:
            self._is_overdue = True
            self._lull.grew(1)
        if 2 + len(self._others) < self._most:
            self._begin()
        else:
            self._lull.call(self._begin)

    def _begin(self) -> None:
        task = asyncio.create_task(self._attempt(self._note_sent))
        self._others.append(task)
        task.add_done_callback(self._note_end)

    def _note_end(self, task: asyncio.Task[Answer]) -> None:
        if task.cancelled() or task.exception() is not None:
            return
        self._ended.append(task.result())
        if self._scope is not None and not self._is_silent:
            self._scope.reschedule(_now())
            self._scope = None  # its end is under way, and is not to be told twice

    async def _end(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._lull.forget(self._begin)
        if self._is_overdue:
            self._lull.grew(-1)
        for one in self._others:
            one.cancel()
        await asyncio.gather(*self._others, return_exceptions=True)


def _now() -> float:
    return asyncio.get_running_loop().time()
