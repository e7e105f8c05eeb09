"""Tries at a host that was never heard of, of which the next need not wait for the end of the one before."""

import asyncio
import math
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import TypeAlias

from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.lull import Lull
from rlhf_linkcheck.net.retry import is_silent, is_transient

Try: TypeAlias = Callable[[Callable[[], bool]], Coroutine[None, None, Answer]]
"""One try, which calls back when it may be sent, and is not sent where that says no (``Answer.attempts``)."""


class Overlap:
    """One request's tries, side by side: each has its whole time, and begins a pause after the one before was sent.

    So who waits for a host that is silent for good waits little longer than one time-out, and the host is asked no
    more often. The last of ``most`` is made once the run has nothing else to wait for (``Lull``), and not at all where
    the tries before it have ended by then. What may pass by itself, as a reset, ends none that are under way. The
    ``pause`` is None once the host has answered anybody: nothing more is sent ``beside`` another.
    """

    def __init__(self, first: Try, beside: Try, pause: Callable[[], float | None], most: int, lull: Lull) -> None:
        self._first = first
        self._beside = beside
        self._pause = pause
        self._most = most
        self._lull = lull
        self._others: list[asyncio.Task[Answer]] = []
        self._ended: list[Answer] = []
        self._unsent: Answer | None = None
        self._under_way = 0
        self._spans: list[tuple[float, float]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._is_overdue = False
        self._scope: asyncio.Timeout | None = None

    async def ask(self) -> Answer:
        """The first answer, else what tells most; with how many were sent, and the seconds in which any was."""
        try:
            await self._hear()
        finally:
            await self._end()
        for failed in self._others:
            if not failed.cancelled():
                failed.result()
        answer = max(reversed(self._ended), key=_worth)
        if is_silent(answer) and self._unsent is not None and not is_silent(self._unsent):
            answer = self._unsent  # why the host is asked no more, as that it wants peace
        if answer.attempts == len(self._spans):
            return answer
        return replace(answer, attempts=len(self._spans), elapsed=_covered(self._spans))

    async def _hear(self) -> None:
        """Most answers come at once, so the first try takes no task of its own; all is over where another answers."""
        with suppress(TimeoutError):
            async with asyncio.timeout(None) as self._scope:
                self._ended.append(await self._timed(self._first))
                while self._is_open and (pending := [one for one in self._others if not one.done()]):
                    await asyncio.wait(pending, return_when=asyncio.FIRST_COMPLETED)
        self._scope = None

    @property
    def _is_open(self) -> bool:
        """Whether there is something to be waited for; what only waits for its turn is so where all was silence."""
        return all(map(is_transient, self._ended)) and (self._under_way > 0 or all(map(is_silent, self._ended)))

    async def _timed(self, attempt: Try) -> Answer:
        """One try, of which is kept from when to when it was under way."""
        sent_at: list[float] = []

        def may_send() -> bool:
            if self._under_way and self._pause() is None:
                return False
            sent_at.append(_now())
            self._note_sent()
            return True

        try:
            return await attempt(may_send)
        finally:
            for start in sent_at:
                self._spans.append((start, _now()))
                self._under_way -= 1

    def _note_sent(self) -> None:
        self._under_way += 1
        pause = self._pause()
        if pause is not None and 1 + len(self._others) < self._most:
            self._timer = asyncio.get_running_loop().call_later(pause, self._go_on)

    def _go_on(self) -> None:
        if self._pause() is None:
            return
        if not self._is_overdue:
            self._is_overdue = True
            self._lull.grew(1)
        if 2 + len(self._others) < self._most:
            self._begin()
        else:
            self._lull.call(self._begin)

    def _begin(self) -> None:
        task = asyncio.create_task(self._timed(self._beside))
        self._others.append(task)
        task.add_done_callback(self._note_end)

    def _note_end(self, task: asyncio.Task[Answer]) -> None:
        if task.cancelled() or task.exception() is not None:
            return
        answer = task.result()
        if not answer.attempts:
            self._unsent = answer  # no word about those that were sent
            return
        self._ended.append(answer)
        if self._scope is not None and not is_transient(answer):
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


def _worth(answer: Answer) -> int:
    """What may pass by itself tells less than what does not, and silence nothing."""
    return 0 if is_silent(answer) else 1 if is_transient(answer) else 2


def _covered(spans: Iterable[tuple[float, float]]) -> float:
    """The seconds in which any was under way: those in which each but waited for its turn are left out."""
    seconds, until = 0.0, -math.inf
    for start, end in sorted(spans):
        seconds += max(end - max(start, until), 0.0)
        until = max(until, end)
    return seconds


def _now() -> float:
    return asyncio.get_running_loop().time()
