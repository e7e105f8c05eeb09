import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from virtual import lived

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import Answer, Trouble
from rlhf_linkcheck.net.lull import Lull
from rlhf_linkcheck.net.overlap import Overlap

URL = "https://new.example/"
SILENCE = Answer(URL, trouble=Trouble(Reason.TIMEOUT, "no answer within 20 s"))
RESET = Answer(URL, trouble=Trouble(Reason.RESET, "the connection was reset"))
THERE = Answer(URL, status=200)
TIMEOUT, PAUSE = 20.0, 7.0

End: TypeAlias = tuple[Answer, float]
HANG: End = (SILENCE, TIMEOUT)
ENDS = st.just(HANG) | st.tuples(st.sampled_from([RESET, THERE]), st.integers(0, 19).map(lambda n: n + 0.5))


def pause() -> float:
    return PAUSE


@dataclass
class Host:
    """Answers the tries in their order, each after so many seconds; ``starts`` is when they came."""

    ends: list[End]
    starts: list[float] = field(default_factory=list)
    left: int = 0

    async def __call__(self, may_send: Callable[[], bool]) -> Answer:
        answer, seconds = self.ends[len(self.starts)]
        self.starts.append(asyncio.get_running_loop().time())
        assert may_send()
        try:
            await asyncio.sleep(seconds)
        except asyncio.CancelledError:
            self.left += 1
            raise
        return answer


def asked(host: Host, *, most: int, lull_at: float = 0.0) -> tuple[Answer, float]:
    """The answer, and when it was there, of a run in which nothing but silence is left from a moment on."""

    async def story() -> tuple[Answer, float]:
        lull, loop = Lull(), asyncio.get_running_loop()
        loop.call_at(lull_at, lull.come)
        answer = await Overlap(host, host, pause, most, lull).ask()
        return answer, loop.time()

    return lived(story())


def expected(ends: list[End], most: int, lull_at: float) -> tuple[list[float], float, Answer]:
    """When the tries start, when all is over, and what was heard: by hand, one try after the other."""
    starts = [0.0]
    while True:
        over = [(answer, start + seconds) for start, (answer, seconds) in zip(starts, ends, strict=False)]
        there = [when for answer, when in over if answer is THERE]
        end = min(there) if there else max(when for _, when in over)
        following = starts[-1] + PAUSE
        if len(starts) + 1 == most:
            following = max(following, lull_at)
        if len(starts) == most or following >= end:
            answers = [answer for answer, _ in over]
            return starts, end, next(one for one in (THERE, RESET, SILENCE) if one in answers)
        starts.append(following)


@example([HANG, HANG, HANG, (THERE, 0.5), HANG], 5, 0.25).via("one that was begun after the first had ended")
@example([(RESET, 9.5), (THERE, 5.5), HANG, HANG, HANG], 3, 0.25).via("a reset while another is under way")
@given(st.lists(ENDS, min_size=5, max_size=5), st.integers(2, 5), st.integers(0, 60).map(lambda n: n + 0.25))
def test_each_try_has_its_whole_time_and_the_first_answer_is_the_answer(
    ends: list[End], most: int, lull_at: float
) -> None:
    host = Host(ends)
    starts, over, heard = expected(ends, most, lull_at)
    answer, ended = asked(host, most=most, lull_at=lull_at)
    assert host.starts == starts
    assert ended == pytest.approx(over)
    assert (answer.status, answer.trouble, answer.attempts) == (heard.status, heard.trouble, len(starts))
    assert answer.elapsed == pytest.approx(over if len(starts) > 1 else 0.0)


def test_a_single_try_is_told_as_it_came() -> None:
    host = Host([(THERE, 0.5)])
    answer, _ = asked(host, most=3)
    assert answer is THERE
    assert (host.starts, host.left) == ([0.0], 0)


def test_who_is_still_waited_for_when_another_answers_is_left() -> None:
    host = Host([HANG, HANG, (THERE, 1.0)])
    answer, ended = asked(host, most=3)
    assert (answer.status, ended, host.left) == (200, 15.0, 2)


def test_who_stops_waiting_leaves_no_try_behind() -> None:
    host = Host([HANG, HANG, HANG])

    async def story() -> set[asyncio.Task[object]]:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(8):
                await Overlap(host, host, pause, 3, Lull()).ask()
        return asyncio.all_tasks() - {asyncio.current_task()}

    assert not lived(story())
    assert host.left == 2


def test_a_try_that_was_not_sent_is_no_reason_for_another() -> None:
    closed = Answer(URL, trouble=Trouble(Reason.TIMEOUT, "the host was given up"), attempts=0)

    async def never_sent(_: Callable[[], bool]) -> Answer:
        await asyncio.sleep(50)
        return closed

    async def story() -> Answer:
        return await Overlap(never_sent, never_sent, pause, 3, Lull()).ask()

    assert lived(story()) is closed


@pytest.mark.parametrize("failing", [0, 1])
def test_a_failure_of_the_program_in_any_try_is_one_of_the_whole(failing: int) -> None:
    host = Host([HANG, HANG])

    async def attempt(may_send: Callable[[], bool]) -> Answer:
        turn = len(host.starts)
        answer = await host(may_send)
        if turn == failing:
            raise ZeroDivisionError
        return answer

    async def story() -> None:
        await Overlap(attempt, attempt, pause, 3, Lull()).ask()

    with pytest.raises(ZeroDivisionError):
        lived(story())


def test_that_a_try_was_not_sent_ends_none_that_was() -> None:
    """The host asked somebody else for peace: who waits for its turn goes, and whose answer is on its way may stay."""
    peace = Answer(URL, trouble=Trouble(Reason.RATE_LIMITED, "left alone"), attempts=0)
    host = Host([(THERE, 15.0)])

    async def not_sent(_: Callable[[], bool]) -> Answer:
        return peace

    async def story() -> Answer:
        return await Overlap(host, not_sent, pause, 3, Lull()).ask()

    assert lived(story()) is THERE


def test_nothing_is_begun_beside_the_first_once_the_host_has_answered_anybody() -> None:
    host = Host([HANG, HANG, HANG])

    async def story() -> Answer:
        pauses = iter((PAUSE, PAUSE, PAUSE))  # asked at each start, and before each try beside another
        lull = Lull()
        lull.come()
        return await Overlap(host, host, lambda: next(pauses, None), 3, lull).ask()

    assert lived(story()).attempts == 2
    assert host.starts == [0.0, PAUSE]


@pytest.mark.parametrize(("first", "sent"), [(RESET, 1), (SILENCE, 2)])
def test_what_only_waits_for_its_turn_is_waited_for_where_nobody_said_anything(first: Answer, sent: int) -> None:
    """After any other answer it takes a pause of its own before another try, be it that the host wants peace."""
    host = Host([(first, 15.0), (THERE, 1.0)])

    async def in_line(may_send: Callable[[], bool]) -> Answer:
        await asyncio.sleep(100)
        return await host(may_send)

    async def story() -> Answer:
        return await Overlap(host, in_line, pause, 3, Lull()).ask()

    assert lived(story()).attempts == sent
    assert len(host.starts) == sent


@pytest.mark.parametrize(("waits", "sends"), [(5.0, False), (50.0, True)])
def test_who_waited_for_its_turn_is_sent_at_a_host_that_answers_only_after_the_one_before(
    waits: float, *, sends: bool
) -> None:
    host, told = Host([HANG]), list[bool]()

    async def in_line(may_send: Callable[[], bool]) -> Answer:
        await asyncio.sleep(waits)
        told.append(may_send())
        return replace(THERE if told[-1] else SILENCE, attempts=int(told[-1]))

    async def story() -> Answer:
        loop = asyncio.get_running_loop()
        return await Overlap(host, in_line, lambda: PAUSE if loop.time() <= PAUSE else None, 3, Lull()).ask()

    answer = lived(story())
    assert told == [sends]
    assert (answer.status, answer.attempts) == ((200, 2) if sends else (None, 1))


def test_the_wait_for_a_turn_is_no_part_of_the_time_that_the_tries_took() -> None:
    host = Host([HANG, HANG])

    async def in_line(may_send: Callable[[], bool]) -> Answer:
        await asyncio.sleep(100)
        return await host(may_send)

    async def story() -> Answer:
        return await Overlap(host, in_line, pause, 3, Lull()).ask()

    answer = lived(story())
    assert (answer.attempts, answer.elapsed) == (2, 2 * TIMEOUT)
