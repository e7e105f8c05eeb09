import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st
from virtual import lived

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import Answer, Trouble
from rlhf_linkcheck.net.lull import Lull
from rlhf_linkcheck.net.overlap import Overlap

URL = "https://new.example/"
SILENCE = Answer(URL, trouble=Trouble(Reason.TIMEOUT, "no answer within 20 s"))
THERE = Answer(URL, status=200)
TIMEOUT, PAUSE = 20.0, 7.0


@dataclass
class Host:
    """Answers the tries in their order after so many seconds, None: never; ``starts`` is when they came."""

    answers: list[float | None]
    starts: list[float] = field(default_factory=list)
    left: int = 0

    async def __call__(self, on_send: Callable[[], None]) -> Answer:
        turn = len(self.starts)
        self.starts.append(asyncio.get_running_loop().time())
        on_send()
        seconds = self.answers[turn]
        try:
            await asyncio.sleep(TIMEOUT if seconds is None else seconds)
        except asyncio.CancelledError:
            self.left += 1
            raise
        return SILENCE if seconds is None else THERE


def asked(host: Host, *, most: int, lull_at: float = 0.0) -> tuple[Answer, float]:
    """The answer, and when it was there, of a run in which nothing but silence is left from a moment on."""

    async def story() -> tuple[Answer, float]:
        lull, loop = Lull(), asyncio.get_running_loop()
        loop.call_at(lull_at, lull.come)
        answer = await Overlap(host, PAUSE, most, lull).ask()
        return answer, loop.time()

    return lived(story())


def expected(answers: list[float | None], most: int, lull_at: float) -> tuple[list[float], float, bool]:
    """When the tries start, when all is over, and whether there is an answer: by hand, one try after the other."""
    starts = [0.0]
    while True:
        there = [start + seconds for start, seconds in zip(starts, answers, strict=False) if seconds is not None]
        over = min(there) if there else starts[-1] + TIMEOUT
        following = starts[-1] + PAUSE
        if len(starts) + 1 == most:
            following = max(following, lull_at)
        if len(starts) == most or following >= over:
            return starts, over, bool(there)
        starts.append(following)


@given(
    st.lists(st.none() | st.integers(0, 19).map(lambda n: n + 0.5), min_size=5, max_size=5),
    st.integers(2, 5),
    st.integers(0, 60).map(lambda n: n + 0.25),
)
def test_each_try_has_its_whole_time_and_the_first_answer_is_the_answer(
    answers: list[float | None], most: int, lull_at: float
) -> None:
    host = Host(answers)
    starts, over, is_there = expected(answers, most, lull_at)
    answer, ended = asked(host, most=most, lull_at=lull_at)
    assert host.starts == starts
    assert ended == pytest.approx(over)
    assert (answer.status == 200, answer.attempts) == (is_there, len(starts))
    assert answer.elapsed == pytest.approx(over if len(starts) > 1 else 0.0)


def test_a_single_try_is_told_as_it_came() -> None:
    host = Host([0.5])
    answer, _ = asked(host, most=3)
    assert answer is THERE
    assert (host.starts, host.left) == ([0.0], 0)


def test_who_is_still_waited_for_when_another_answers_is_left() -> None:
    host = Host([None, None, 1.0])
    answer, ended = asked(host, most=3)
    assert (answer.status, ended, host.left) == (200, 15.0, 2)


def test_who_stops_waiting_leaves_no_try_behind() -> None:
    host = Host([None, None, None])

    async def story() -> set[asyncio.Task[object]]:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(8):
                await Overlap(host, PAUSE, 3, Lull()).ask()
        return asyncio.all_tasks() - {asyncio.current_task()}

    assert not lived(story())
    assert host.left == 2


def test_a_try_that_was_not_sent_is_no_reason_for_another() -> None:
    closed = Answer(URL, trouble=Trouble(Reason.TIMEOUT, "the host was given up"), attempts=0)

    async def never_sent(_: Callable[[], None]) -> Answer:
        await asyncio.sleep(50)
        return closed

    async def story() -> Answer:
        return await Overlap(never_sent, PAUSE, 3, Lull()).ask()

    assert lived(story()) is closed


@pytest.mark.parametrize("failing", [0, 1])
def test_a_failure_of_the_program_in_any_try_is_one_of_the_whole(failing: int) -> None:
    host = Host([None, None])

    async def attempt(on_send: Callable[[], None]) -> Answer:
        turn = len(host.starts)
        answer = await host(on_send)
        if turn == failing:
            raise ZeroDivisionError
        return answer

    async def story() -> None:
        await Overlap(attempt, PAUSE, 3, Lull()).ask()

    with pytest.raises(ZeroDivisionError):
        lived(story())
