"""Each question once: whoever asks the same meanwhile, or later, gets the same answer."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Question = TypeVar("Question", bound=Hashable)
Value = TypeVar("Value")


class Once(Generic[Question, Value]):
    """Answers by question for the length of a run; the first to ask does the work, no task of its own runs."""

    def __init__(self) -> None:
        self._known: dict[Question, Value] = {}
        self._open: dict[Question, asyncio.Future[None]] = {}

    def known(self, question: Question) -> Value | None:
        """The answer, where there is one already."""
        return self._known.get(question)

    async def ask(self, question: Question, work: Callable[[], Awaitable[Value]], *, again: bool = False) -> Value:
        """The answer of whoever asks this now, else (save ``again``) the earlier one, else what ``work`` gives.

        Where the one who was at work was cancelled, the next in line takes over.
        """
        while question in self._open:
            again = False
            await asyncio.shield(self._open[question])
        if question in self._known and not again:
            return self._known[question]
        done = self._open[question] = asyncio.get_running_loop().create_future()
        try:
            answer = self._known[question] = await work()
        finally:
            del self._open[question]
            done.set_result(None)
        return answer
