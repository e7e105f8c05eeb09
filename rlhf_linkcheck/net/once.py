"""Each question once: whoever asks the same meanwhile, or later, gets the same answer."""

import asyncio
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, Protocol, TypeVar

Question = TypeVar("Question", bound=Hashable)
Asked_contra = TypeVar("Asked_contra", bound=Hashable, contravariant=True)
Value = TypeVar("Value")


class Kept(Protocol[Asked_contra, Value]):
    """Where answers stay for the length of a run: a dict, or what may refuse to keep one."""

    def get(self, question: Asked_contra, /) -> Value | None:
        """The answer, None where none is kept."""

    def __contains__(self, question: object, /) -> bool: ...
    def __getitem__(self, question: Asked_contra, /) -> Value: ...
    def __setitem__(self, question: Asked_contra, value: Value, /) -> None: ...


class Once(Generic[Question, Value]):
    """Answers by question for the length of a run; the first to ask does the work, no task of its own runs.

    What is not ``kept`` serves those alone who ask meanwhile.
    """

    def __init__(self, kept: Kept[Question, Value] | None = None) -> None:
        self._known: Kept[Question, Value] = {} if kept is None else kept
        self._open: dict[Question, asyncio.Future[tuple[Value] | None]] = {}

    def known(self, question: Question) -> Value | None:
        """The answer, where there is one already."""
        return self._known.get(question)

    def is_open(self, question: Question) -> bool:
        """Whether somebody is at work on it."""
        return question in self._open

    async def ask(self, question: Question, work: Callable[[], Awaitable[Value]], *, again: bool = False) -> Value:
        """The answer of whoever asks this now, else (save ``again``) the earlier one, else what ``work`` gives.

        Where the one who was at work was cancelled, the next in line takes over.
        """
        while question in self._open:
            again = False
            shared = await asyncio.shield(self._open[question])
            if shared is not None:
                return shared[0]
        if question in self._known and not again:
            return self._known[question]
        done = self._open[question] = asyncio.get_running_loop().create_future()
        told: tuple[Value] | None = None
        try:
            told = (await work(),)
        finally:
            del self._open[question]
            done.set_result(told)
        self._known[question] = told[0]
        return told[0]
