"""What audits see of a link over time, and what that makes of it."""

from datetime import timedelta

import pytest
from builders import NOON
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.chronicle import APART, after, blinks, has_recovered, is_long, is_suspect
from rlhf_linkcheck.evidence import Outcome, Past, Reason, Verdict

DAY = timedelta(days=1)
FOUND = {"a": Reason.OK, "d": Reason.NOT_FOUND, "u": Reason.TIMEOUT, "s": Reason.DEADLINE}


def lived(nights: str, apart: timedelta = DAY) -> Past | None:
    """The past after so many nights, each told by what was found."""
    past = None
    for night, letter in enumerate(nights):
        past = after(past, Outcome(FOUND[letter]), NOON + night * apart)
    return past


@pytest.mark.parametrize(
    ("nights", "expected"),
    [
        ("s", None),
        ("a", Past(NOON, NOON, Verdict.ALIVE, last_alive=NOON)),
        ("as", Past(NOON, NOON, Verdict.ALIVE, last_alive=NOON)),
        ("aa", Past(NOON, NOON + DAY, Verdict.ALIVE, last_alive=NOON + DAY)),
        ("ad", Past(NOON, NOON + DAY, Verdict.DEAD, NOON, 1, NOON + DAY)),
        ("ddd", Past(NOON, NOON + 2 * DAY, Verdict.DEAD, None, 3, NOON)),
        ("dud", Past(NOON, NOON + 2 * DAY, Verdict.DEAD, None, 2, NOON)),
        ("du", Past(NOON, NOON + DAY, Verdict.UNCERTAIN, None, 1, NOON, NOON + DAY)),
        ("uu", Past(NOON, NOON + DAY, Verdict.UNCERTAIN, uncertain_since=NOON)),
        ("uau", Past(NOON, NOON + 2 * DAY, Verdict.UNCERTAIN, NOON + DAY, uncertain_since=NOON + 2 * DAY)),
        ("dda", Past(NOON, NOON + 2 * DAY, Verdict.ALIVE, NOON + 2 * DAY, flaps=1)),
        ("dua", Past(NOON, NOON + 2 * DAY, Verdict.ALIVE, NOON + 2 * DAY, flaps=1)),
        ("uaa", Past(NOON, NOON + 2 * DAY, Verdict.ALIVE, NOON + 2 * DAY)),
        ("dada", Past(NOON, NOON + 3 * DAY, Verdict.ALIVE, NOON + 3 * DAY, flaps=2)),
    ],
)
def test_each_night_adds_what_it_saw(nights: str, expected: Past | None) -> None:
    assert lived(nights) == expected


@pytest.mark.parametrize(
    ("nights", "failures", "flaps"), [("dd", 1, 0), ("ddd", 1, 0), ("da", 0, 0), ("ad", 1, 0), ("dad", 1, 0)]
)
def test_audits_within_an_hour_count_as_one(nights: str, failures: int, flaps: int) -> None:
    past = lived(nights, timedelta(minutes=20))
    assert past is not None
    assert (past.failures, past.flaps, past.counted_at) == (failures, flaps, NOON)


def test_who_died_before_and_comes_back_within_the_hour_of_an_audit_has_come_back() -> None:
    dead = lived("dd")
    assert dead is not None
    back = after(dead, Outcome(Reason.OK), dead.counted_at + APART / 2)
    assert back is not None
    assert (back.failures, back.flaps) == (0, 1)


def test_what_was_not_freshly_asked_or_comes_from_before_changes_nothing() -> None:
    past = lived("ad")
    assert past is not None
    assert after(past, Outcome(Reason.OK, from_cache=True), NOON + 9 * DAY) == past
    assert after(past, Outcome(Reason.OK), NOON - DAY) == past


def test_a_clock_that_was_wrong_for_a_night_does_not_stop_the_count() -> None:
    ahead = Past(NOON, NOON + 2000 * DAY, Verdict.DEAD, NOON, 1, NOON + 2000 * DAY)
    assert after(ahead, Outcome(Reason.NOT_FOUND), NOON + DAY) == Past(
        NOON, NOON + DAY, Verdict.DEAD, NOON, 2, NOON + DAY
    )


@given(st.text("adus", min_size=1, max_size=12))
def test_failures_are_those_since_it_was_last_alive(nights: str) -> None:
    past, since = lived(nights), nights.rpartition("a")[2]
    assert (0 if past is None else past.failures) == since.count("d")
    if past is not None:
        assert (past.failing_since is None) == (past.failures == 0)
        assert (past.last_alive is None) == ("a" not in nights)


@pytest.mark.parametrize(
    ("nights", "suspect"), [("d", True), ("dd", True), ("ddd", False), ("dud", True), ("duud", True), ("dudd", False)]
)
def test_the_dead_are_suspect_until_three_audits_over_two_days(nights: str, suspect: bool) -> None:
    past = lived(nights)
    assert past is not None
    assert is_suspect(past, past.counted_at, 3, 2 * DAY) is suspect


def test_three_audits_of_one_day_are_too_close() -> None:
    past = lived("ddd", timedelta(hours=8))
    assert past is not None
    assert past.failures == 3
    assert is_suspect(past, past.counted_at, 3, 2 * DAY)


@pytest.mark.parametrize(
    ("before", "now", "back"),
    [
        ("d", "a", True),
        ("du", "a", True),
        ("u", "a", True),  # nobody had ever reached it
        ("auuuuu", "a", True),  # which is long
        ("au", "a", False),  # which only blinked
        ("aud", "a", True),
        ("a", "a", False),
        ("d", "d", False),
        ("d", "u", False),
    ],
)
def test_who_was_dead_or_long_out_of_reach_and_is_alive_has_come_back(before: str, now: str, back: bool) -> None:
    assert has_recovered(lived(before), lived(before + now), 4 * DAY) is back


def test_what_nobody_knew_has_not_come_back() -> None:
    assert not has_recovered(None, lived("a"), DAY)
    assert not has_recovered(lived("d"), None, DAY)


@pytest.mark.parametrize(
    ("nights", "blinking", "long"),
    [
        ("a", False, False),
        ("au", True, False),
        ("du", True, False),
        ("dud", False, False),
        ("auuuu", True, False),
        ("auuuuu", False, True),
        ("u", False, False),
        ("uuuuu", False, True),
        ("auuas", False, False),
        ("auuuuua", False, False),
    ],
)
def test_what_was_there_blinks_until_it_is_long(nights: str, blinking: bool, long: bool) -> None:
    past = lived(nights)
    assert past is not None
    assert (blinks(past, 4 * DAY), is_long(past, 4 * DAY)) == (blinking, long)
