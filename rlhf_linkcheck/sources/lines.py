"""Works through many links host by host: each host's next is taken up once its last is on its way."""

import asyncio
from collections import defaultdict, deque
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable
from typing import Generic, TypeAlias, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

Work: TypeAlias = Callable[[Item, Callable[[], None]], Awaitable[Result]]
"""What is done with one item; it calls back when its first request goes out, so that the next may line up."""


def nobody_waits() -> None:
    """For what stands in no line."""


def one_line(_: object) -> str:
    """The line of all that one API is asked."""
    return ""


async def in_lines(
    items: Iterable[Item], line_of: Callable[[Item], str], work: "Work[Item, Result]"
) -> AsyncGenerator[tuple[Item, Result], None]:
    """Each item with its result, as soon as it is there; closing the generator ends what is still at work.

    One item of each line waits for its turn, and no more: the others are not even begun, so that a hundred
    thousand of them cost no more than a list. Within a line the order is that of the items.
    """
    lines = _Lines(work)
    for item in items:
        lines.waiting[line_of(item)].append(item)
    left = sum(map(len, lines.waiting.values()))
    try:
        for line in tuple(lines.waiting):
            lines.begin(line)
        for _ in range(left):
            yield await (await lines.done.get())
    finally:
        await lines.end()


class _Lines(Generic[Item, Result]):
    """The items that were not begun, by line, and the tasks of those that were."""

    def __init__(self, work: "Work[Item, Result]") -> None:
        self._work = work
        self._at_work: set[asyncio.Task[tuple[Item, Result]]] = set()
        self.waiting: defaultdict[str, deque[Item]] = defaultdict(deque)
        self.done: asyncio.Queue[asyncio.Task[tuple[Item, Result]]] = asyncio.Queue()

    def begin(self, line: str) -> None:
        """Take up the next of a line, if there is one."""
        if line not in self.waiting:
            return
        item = self.waiting[line].popleft()
        if not self.waiting[line]:
            del self.waiting[line]  # an empty one is as large as sixty links
        # Whoever is on its way, or has come to an end without, makes room for the next, and only once.
        room = iter((line,))

        def make_room() -> None:
            for one in room:
                self.begin(one)

        def ended(task: asyncio.Task[tuple[Item, Result]]) -> None:
            self._at_work.discard(task)
            self.done.put_nowait(task)
            make_room()

        task = asyncio.create_task(self._carry_out(item, make_room))
        self._at_work.add(task)
        task.add_done_callback(ended)

    async def end(self) -> None:
        """Begin no more, and cancel what is at work."""
        self.waiting.clear()
        unfinished = tuple(self._at_work)
        for task in unfinished:
            task.cancel()
        await asyncio.gather(*unfinished, return_exceptions=True)

    async def _carry_out(self, item: Item, make_room: Callable[[], None]) -> tuple[Item, Result]:
        return item, await self._work(item, make_room)
