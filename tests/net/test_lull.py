import asyncio
from contextlib import ExitStack

from virtual import lived

from rlhf_linkcheck.net.lull import Lull


def test_it_comes_once_all_that_is_asked_is_overdue_and_stays() -> None:
    async def story() -> list[float]:
        lull, loop, came = Lull(), asyncio.get_running_loop(), list[float]()
        lull.call(lambda: came.append(loop.time()))
        with ExitStack() as open_ones:
            quick, silent = open_ones.enter_context(ExitStack()), open_ones.enter_context(ExitStack())
            silent.enter_context(lull.asking("silent.example"))
            quick.enter_context(lull.asking("quick.example"))
            lull.grew(1)
            await asyncio.sleep(30)
            assert not came, "somebody is still asked who may answer"
            quick.close()
            await lull.comes()
            lull.grew(-1)
        lull.call(lambda: came.append(loop.time()))
        return came

    assert lived(story()) == [30.1, 30.1]


def test_the_moment_between_an_answer_and_the_next_question_is_none() -> None:
    async def story() -> bool:
        lull, came = Lull(), list[bool]()
        lull.call(lambda: came.append(True))
        with lull.asking("silent.example"):
            lull.grew(1)
            for _ in range(100):
                with lull.asking("quick.example"):
                    await asyncio.sleep(1)
                await asyncio.sleep(0)  # what an answer gives rise to is begun by another task
            lull.grew(-1)
        await asyncio.sleep(1)
        return bool(came)

    assert not lived(story()), "in the end nothing is asked at all, and the run says itself that it is over"


def test_of_which_hosts_something_is_asked_is_known_while_it_is() -> None:
    async def story() -> list[tuple[bool, bool]]:
        lull, told = Lull(), list[tuple[bool, bool]]()
        with ExitStack() as open_ones:
            first, second = open_ones.enter_context(ExitStack()), open_ones.enter_context(ExitStack())
            first.enter_context(lull.asking("a.example"))
            second.enter_context(lull.asking("a.example"))
            told.append((lull.is_asking("a.example"), lull.is_asking("b.example")))
            first.close()
            told.append((lull.is_asking("a.example"), lull.is_asking("b.example")))
        told.append((lull.is_asking("a.example"), lull.is_asking("b.example")))
        return told

    assert lived(story()) == [(True, False), (True, False), (False, False)]


def test_who_waits_no_more_is_not_called() -> None:
    called: list[str] = []

    def first() -> None:
        called.append("first")

    def second() -> None:
        called.append("second")

    lull = Lull()
    lull.call(first)
    lull.call(second)
    lull.forget(first)
    lull.come()
    lull.come()
    assert called == ["second"]
