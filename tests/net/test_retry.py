import math
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.content.signs import Place, signs_in
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import Answer, Trouble
from rlhf_linkcheck.net.retry import backoff, duration, host_pause, is_transient, retry_after

NOW = datetime(1994, 11, 6, 8, 49, 7, tzinfo=UTC)
WALL = tuple(signs_in(Place.HEADER, ["cf-mitigated: challenge"]))


def answer(status: int, **headers: str) -> Answer:
    return Answer(
        "http://a/", status, headers=tuple((name.replace("_", "-"), value) for name, value in headers.items())
    )


@pytest.mark.parametrize("status", [408, 425, 429, 500, 501, 502, 503, 504, 520, 599])
def test_busy_and_broken_servers_are_asked_again(status: int) -> None:
    assert is_transient(answer(status))


@pytest.mark.parametrize("status", [200, 204, 301, 304, 400, 401, 403, 404, 405, 410, 418, 451, 999])
def test_a_plain_answer_is_not_asked_again(status: int) -> None:
    assert not is_transient(answer(status))


def test_a_bot_wall_is_not_asked_again() -> None:
    assert not is_transient(Answer("http://a/", 503, signs=WALL))


@pytest.mark.parametrize(
    ("reason", "again"),
    [
        (Reason.TIMEOUT, True),
        (Reason.REFUSED, True),
        (Reason.RESET, True),
        (Reason.PROTOCOL_ERROR, False),
        (Reason.TLS, False),
        (Reason.HOST_NOT_FOUND, False),
        (Reason.PRIVATE_ADDRESS, False),
    ],
)
def test_only_unsteady_networks_are_tried_again_at_once(reason: Reason, *, again: bool) -> None:
    assert is_transient(Answer("http://a/", trouble=Trouble(reason, ""))) is again


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("", None),
        ("0", 0.0),
        ("7", 7.0),
        (" 30 ", 30.0),
        ("60", 60.0),
        ("61", 61.0),
        ("86400", 86_400.0),
        ("0" * 5000 + "7", 7.0),
        ("9" * 5000, 999_999_999_999.0),
        ("-1", None),
        ("+5", None),
        ("1.5", None),
        ("1e3", None),
        ("٣", None),
        ("soon", None),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 30.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 30.0),
        ("Sun Nov  6 08:49:37 1994", 30.0),
        ("Sun, 06 Nov 1994 08:00:00 GMT", 0.0),
        ("Mon, 07 Nov 1994 08:49:07 GMT", 86_400.0),
        ("Sun, 99 Nov 1994 08:49:37 GMT", None),
        ("Sun, 06 Nov 1994 08:49:37 GMT" + " " * 9 + "x" * 9000, None),
    ],
)
def test_retry_after_in_all_its_forms(value: str | None, seconds: float | None) -> None:
    assert retry_after(value, NOW) == seconds


@given(st.text(max_size=50))
def test_no_retry_after_raises_or_asks_for_what_is_no_time(value: str) -> None:
    seconds = retry_after(value, NOW)
    assert seconds is None or 0 <= seconds < math.inf


@given(st.integers(1, 2000), st.floats(0.001, 10), st.floats(0, 1, exclude_max=True))
def test_a_backoff_is_never_over_its_cap_nor_under_half_of_the_base(attempt: int, base: float, roll: float) -> None:
    assert min(base, 30) / 2 <= backoff(attempt, base, roll) <= 30


def test_a_backoff_doubles_and_has_jitter() -> None:
    assert [backoff(attempt, 1.0, 0.0) for attempt in (1, 2, 3, 6, 9)] == [0.5, 1.0, 2.0, 15.0, 15.0]
    assert backoff(1, 1.0, 0.5) == 0.75


@pytest.mark.parametrize(
    ("heard", "pause"),
    [
        (answer(429), 2.5),
        (answer(429, retry_after="7"), 7.0),
        (answer(429, retry_after="nonsense"), 2.5),
        (answer(429, retry_after="86400"), 86_400.0),
        (answer(503, retry_after="7"), 7.0),
        (answer(403, retry_after="7"), 7.0),
        (answer(403, x_ratelimit_remaining="0"), 2.5),
        (answer(403), None),
        (answer(503), None),
        (Answer("http://a/", 503, headers=(("retry-after", "7"),), signs=WALL), None),
        (answer(500, retry_after="7"), None),
        (answer(200, retry_after="7"), None),
        (Answer("http://a/", trouble=Trouble(Reason.TIMEOUT, "")), None),
    ],
)
def test_a_host_is_left_alone_for_as_long_as_it_asks(heard: Answer, pause: float | None) -> None:
    assert host_pause(heard, NOW, 2.5) == pause


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (61.0, "61 s"),
        (119.6, "2 min"),
        (3600.0, "60 min"),
        (7200.0, "2 h"),
        (86_400.0, "24 h"),
        (172_800.0, "2 days"),
        (999_999_999_999.0, "more than a year"),
    ],
)
def test_a_long_wait_is_told_in_the_unit_that_people_would_use(seconds: float, words: str) -> None:
    assert duration(seconds) == words
