"""One object for all of one moment, and never a time that is still to come."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.sources.moments import Moments

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
MOMENT = timedelta(milliseconds=100)


def moments(*milliseconds: int) -> tuple[list[datetime], list[datetime]]:
    """What a clock says that shows these times one after the other, and what is made of it."""
    shown = [NOON + timedelta(milliseconds=one) for one in milliseconds]
    clock = iter([shown[0], *shown])
    told = Moments(lambda: next(clock))
    return shown, [told.now() for _ in shown]


def test_what_is_heard_at_one_moment_has_one_time() -> None:
    shown, told = moments(0, 40, 99, 100, 199, 500)
    assert told == [shown[0], shown[0], shown[0], shown[3], shown[3], shown[5]]
    assert told[0] is told[2]
    assert told[3] is told[4]


def test_a_clock_that_is_put_back_is_believed() -> None:
    shown, told = moments(0, 3_600_000, 3_600_050, 1_000, 1_050)
    assert told == [shown[0], shown[1], shown[1], shown[3], shown[3]]


@given(st.lists(st.integers(-1000, 1000), min_size=1))
def test_no_time_is_of_later_or_of_long_before(milliseconds: list[int]) -> None:
    shown, told = moments(*milliseconds)
    assert all(timedelta() <= real - said < MOMENT for real, said in zip(shown, told, strict=True))


def test_by_itself_it_is_the_time_in_utc() -> None:
    before = datetime.now(UTC)
    now = Moments().now()
    assert before <= now <= datetime.now(UTC)
    assert now.tzinfo is UTC
