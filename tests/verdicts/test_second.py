from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.evidence import Outcome, Reason, Verdict
from rlhf_linkcheck.verdicts.second import PROVABLE, deserves_late_look, reconcile, with_tries, without_tries

FIRST = Outcome(Reason.NOT_FOUND, status=404, attempts=1, elapsed_ms=30, detail="404 Not Found")


def later(reason: Reason, **parts: Any) -> Outcome:
    defaults = {"attempts": 1, "elapsed_ms": 12, "detail": "seen later"}
    return Outcome(reason, **{**defaults, **parts})


@pytest.mark.parametrize(
    ("reason", "result", "detail"),
    [
        (Reason.NOT_FOUND, Reason.NOT_FOUND, "seen later"),
        (Reason.GONE, Reason.GONE, "seen later"),
        (Reason.SOFT_404, Reason.SOFT_404, "seen later"),
        (Reason.REDIRECT_LOOP, Reason.REDIRECT_LOOP, "seen later"),
        (Reason.OK, Reason.INCONSISTENT, "first 404 Not Found, then seen later"),
        (Reason.SERVER_ERROR, Reason.SERVER_ERROR, "first 404 Not Found, then seen later"),
        (Reason.BLOCKED, Reason.BLOCKED, "first 404 Not Found, then seen later"),
        (Reason.TIMEOUT, Reason.TIMEOUT, "first 404 Not Found, then seen later"),
        (Reason.DNS_ERROR, Reason.DNS_ERROR, "first 404 Not Found, then seen later"),
        (Reason.PRIVATE_ADDRESS, Reason.INCONSISTENT, "first 404 Not Found, then seen later"),
    ],
)
def test_what_was_dead_once_is_dead_only_where_it_is_so_twice(reason: Reason, result: Reason, detail: str) -> None:
    outcome = reconcile(FIRST, later(reason, moved_to="https://b.org/" if reason is Reason.OK else None))
    assert (outcome.reason, outcome.detail, outcome.moved_to) == (result, detail, None)
    assert (outcome.attempts, outcome.elapsed_ms) == (2, 42)


@pytest.mark.parametrize("reason", [Reason.REFUSED, Reason.RATE_LIMITED, Reason.TIMEOUT])
def test_a_second_look_that_could_not_be_had_changes_nothing(reason: Reason) -> None:
    assert reconcile(FIRST, later(reason, attempts=0)) == FIRST


@pytest.mark.parametrize(
    "reason", [Reason.TIMEOUT, Reason.SERVER_ERROR, Reason.INCONSISTENT, Reason.REDIRECT_LOOP, Reason.OK]
)
@pytest.mark.parametrize("then", [Reason.OK, Reason.NOT_FOUND, Reason.TIMEOUT])
def test_what_was_not_dead_is_what_the_later_look_says(reason: Reason, then: Reason) -> None:
    earlier = Outcome(reason, attempts=3, elapsed_ms=30, detail="seen, tried 3 times")
    assert reconcile(earlier, later(then)) == later(then, attempts=4, elapsed_ms=42)


def test_the_tries_of_the_first_look_are_told_once_and_at_the_end() -> None:
    first = with_tries(replace(FIRST, attempts=3))
    assert first.detail == "404 Not Found, tried 3 times"
    assert (
        with_tries(reconcile(first, later(Reason.OK))).detail == "first 404 Not Found, then seen later, tried 4 times"
    )


@pytest.mark.parametrize(
    ("attempts", "detail"), [(0, "seen"), (1, "seen"), (2, "seen, tried 2 times"), (10, "seen, tried 10 times")]
)
def test_how_often_it_was_tried_is_told_where_it_was_more_than_once(attempts: int, detail: str) -> None:
    outcome = with_tries(Outcome(Reason.TIMEOUT, attempts=attempts, detail="seen"))
    assert outcome.detail == detail
    assert with_tries(outcome) == outcome
    assert without_tries(outcome) == "seen"


@given(st.sampled_from(Reason), st.sampled_from(Reason), st.integers(0, 4))
def test_two_looks_are_never_surer_of_a_death_than_the_later_one(one: Reason, other: Reason, attempts: int) -> None:
    outcome = reconcile(Outcome(one, attempts=1), later(other, attempts=attempts))
    if outcome.verdict is Verdict.DEAD:
        assert other.verdict is Verdict.DEAD or (attempts == 0 and one in PROVABLE)
    if outcome.verdict is Verdict.ALIVE:
        assert one.verdict is not Verdict.DEAD or one not in PROVABLE


@pytest.mark.parametrize(
    ("outcome", "worth"),
    [
        (Outcome(Reason.TIMEOUT), True),
        (Outcome(Reason.DNS_ERROR), True),
        (Outcome(Reason.PROTOCOL_ERROR), True),
        (Outcome(Reason.SERVER_ERROR, status=503), True),
        (Outcome(Reason.RATE_LIMITED, status=429), True),
        (Outcome(Reason.CLIENT_ERROR, status=408), True),
        (Outcome(Reason.CLIENT_ERROR, status=400), False),
        (Outcome(Reason.BLOCKED, status=403), False),
        (Outcome(Reason.NOT_FOUND, status=404), True),
        (Outcome(Reason.GONE, status=410), True),
        (Outcome(Reason.HOST_NOT_FOUND), True),
        (Outcome(Reason.LEGAL, status=451), True),
        (Outcome(Reason.REDIRECT_LOOP, status=302), False),
        (Outcome(Reason.SOFT_404, status=200), True),
        (Outcome(Reason.PARKED, status=200), True),
        (Outcome(Reason.INCONSISTENT, status=200), False),
        (Outcome(Reason.OK, status=200), False),
    ],
)
def test_a_late_look_is_for_what_may_have_passed(outcome: Outcome, *, worth: bool) -> None:
    assert deserves_late_look(outcome) is worth
