"""What a run asks and hears: each address once, and with as many tries as the most patient who asks it has."""

from collections.abc import Awaitable, Callable

from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.once import Once
from rlhf_linkcheck.net.retry import is_transient
from rlhf_linkcheck.net.shelf import Asked, Shelf


class Answers(Once[Asked, Answer]):
    """The answers of a run. Trouble that a single try met is for who has no more tries, and settles nothing for others.

    A follow-up, which is tried but once, may come before the first look at the same address, or during it.
    """

    def __init__(self) -> None:
        super().__init__(Shelf())
        self._tried_once: set[Asked] = set()

    async def ask_as(
        self, question: Asked, work: Callable[[], Awaitable[Answer]], *, patient: bool, again: bool
    ) -> Answer:
        """As ``ask``; who is not ``patient`` has one try."""

        async def noted() -> Answer:
            answer = await work()
            if patient or not is_transient(answer):
                self._tried_once.discard(question)
            else:
                self._tried_once.add(question)
            return answer

        while True:
            anew = again or (patient and question in self._tried_once)
            answer = await self.ask(question, noted, again=anew)
            if not (patient and question in self._tried_once):
                return answer
