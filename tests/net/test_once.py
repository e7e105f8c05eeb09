import asyncio

import pytest

from rlhf_linkcheck.net.once import Once


class Work:
    """Counts how often it is done; ``go`` lets it finish."""

    def __init__(self) -> None:
        self.done = 0
        self.go = asyncio.Event()

    async def __call__(self) -> int:
        await self.go.wait()
        self.done += 1
        return self.done


class AllButOne(dict[str, int]):
    """Keeps every answer but 1."""

    def __setitem__(self, question: str, answer: int) -> None:
        if answer != 1:
            super().__setitem__(question, answer)


async def test_all_who_ask_at_once_share_one_answer() -> None:
    once: Once[str, int] = Once()
    work = Work()
    asking = [asyncio.create_task(once.ask("q", work)) for _ in range(9)]
    await asyncio.sleep(0)
    work.go.set()
    assert await asyncio.gather(*asking) == [1] * 9


async def test_an_answer_stays_unless_asked_again() -> None:
    once: Once[str, int] = Once()
    work = Work()
    work.go.set()
    assert once.known("q") is None
    assert [await once.ask("q", work) for _ in range(2)] == [1, 1]
    assert await once.ask("q", work, again=True) == 2
    assert await once.ask("q", work) == 2
    assert once.known("q") == 2


async def test_what_is_not_to_be_kept_serves_those_who_wait_for_it_and_nobody_later() -> None:
    once: Once[str, int] = Once(AllButOne())
    work = Work()
    asking = [asyncio.create_task(once.ask("q", work)) for _ in range(9)]
    await asyncio.sleep(0)
    work.go.set()
    assert await asyncio.gather(*asking) == [1] * 9
    assert once.known("q") is None
    assert [await once.ask("q", work) for _ in range(2)] == [2, 2]


async def test_those_who_ask_again_at_once_share_one_new_answer() -> None:
    once: Once[str, int] = Once()
    work = Work()
    work.go.set()
    await once.ask("q", work)
    work.go.clear()
    asking = [asyncio.create_task(once.ask("q", work, again=True)) for _ in range(5)]
    await asyncio.sleep(0)
    work.go.set()
    assert await asyncio.gather(*asking) == [2] * 5


async def test_where_the_first_is_cancelled_the_next_in_line_takes_over() -> None:
    once: Once[str, int] = Once()
    work = Work()
    first, second, third = (asyncio.create_task(once.ask("q", work)) for _ in range(3))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.sleep(0)
    work.go.set()
    assert list(await asyncio.gather(second, third)) == [1, 1]
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_one_who_stops_waiting_disturbs_nobody() -> None:
    once: Once[str, int] = Once()
    work = Work()
    first, second = (asyncio.create_task(once.ask("q", work)) for _ in range(2))
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.sleep(0)
    work.go.set()
    assert await first == 1
    assert second.cancelled()


async def test_a_bug_is_raised_to_whoever_is_at_work_and_leaves_nothing_behind() -> None:
    once: Once[str, int] = Once()

    async def broken() -> int:
        raise RuntimeError

    with pytest.raises(RuntimeError):
        await once.ask("q", broken)
    work = Work()
    work.go.set()
    assert await once.ask("q", work) == 1
