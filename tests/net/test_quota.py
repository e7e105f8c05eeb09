import math
from datetime import UTC, datetime
from itertools import product
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.net.quota import QUOTA_FIELDS, Quota, quota_in, says_used_up

NOW = datetime(2026, 11, 26, 5, 0, 0, tzinfo=UTC)
EPOCH = int(NOW.timestamp())


def quota(**fields: str) -> Quota | None:
    return quota_in(tuple((name.replace("_", "-"), value) for name, value in fields.items()), NOW)


@pytest.mark.parametrize(
    ("field", "told"),
    [
        ('"default";r=50;t=30', Quota(50, 30.0, partial=True)),
        ('"api"; r=0; t=5', Quota(0, 5.0, partial=True)),
        ("default;r=0;t=5", Quota(0, 5.0, partial=True)),
        ('"default";t=5;r=0;pk=:cHsdsRa894==:', Quota(0, 5.0, partial=True)),
        ('"default";r=999', Quota(999, None, partial=True)),
        ('"burst";r=5;t=1, "daily";r=90;t=86400', Quota(5, 1.0, partial=True)),
        ('"burst";r=5;t=1,"daily";r=0;t=7', Quota(0, 7.0, partial=True)),
        ('"burst";r=0;t=1,"daily";r=0;t=7', Quota(0, 7.0, partial=True)),
        ('"burst";r=0,"daily";r=0;t=7', Quota(0, 7.0, partial=True)),
        ('"a, b;r=0;t=9";r=3;t=8', Quota(3, 8.0, partial=True)),
        (r'"a\"b;r=0\\";r=3;t=8', Quota(3, 8.0, partial=True)),
        ('"bad";r=-1;t=600,"good";r=4;t=2', Quota(4, 2.0, partial=True)),
        ('"bad";r=x;t=600', None),
        ('"bad";r;t=600', None),
        ('"default";r=0;t=-5', Quota(0, None, partial=True)),
        ('"default"', None),
        ("limit=100, remaining=50, reset=30", Quota(50, 30.0)),
        ("limit=100, remaining=0, reset=30", Quota(0, 30.0)),
        ("limit=20, reset=37", Quota(None, 37.0)),
        ("limit=100;w=60,remaining=0,reset=7", Quota(0, 7.0)),
        ("remaining=soon, reset=never", None),
        ("0", None),
        ("", None),
        (",;=,;=", None),
        ('"', None),
    ],
)
def test_the_drafts_one_field_is_read_in_its_old_and_its_new_form(field: str, told: Quota | None) -> None:
    assert quota(ratelimit=field) == told


@pytest.mark.parametrize(
    ("reset", "seconds"),
    [
        ("0", 0.0),
        ("30", 30.0),
        ("1.25", 1.25),
        ("12.", 12.0),
        ("86400", 86_400.0),
        ("31536000", 31_536_000.0),
        (str(EPOCH + 60), 60.0),
        (f"{EPOCH + 60}.5", 60.5),
        (str(EPOCH - 60), 0.0),
        ("1000000000", 0.0),
        (str((EPOCH + 60) * 1000), 60.0),
        (str((EPOCH + 60) * 1_000_000), 60.0),
        (str((EPOCH + 60) * 1_000_000_000), 60.0),
        ("Thu, 26 Nov 2026 05:01:00 GMT", 60.0),
        ("Thursday, 26-Nov-26 05:01:00 GMT", 60.0),
        ("Thu Nov 26 05:01:00 2026", 60.0),
        ("Thu, 26 Nov 2026 04:01:00 GMT", 0.0),
        ("2026-11-26T05:01:00Z", 60.0),
        ("2026-11-26T05:01:00.500Z", 60.5),
        ("2026-11-26 05:01:00", 60.0),
        ("2026-11-26T06:01:00+01:00", 60.0),
        ("", None),
        ("soon", None),
        ("-30", None),
        ("+30", None),
        ("nan", None),
        ("inf", None),
        ("1e400", None),
        ("1e3", None),
        ("٣٠", None),
        ("0x10", None),
        ("1_000", None),
        ("9" * 21, None),
        ("9" * 900_000, None),
        ("0001-01-01T00:00:00+23:59", 0.0),
        ("2026-13-26T05:01:00Z", None),
    ],
)
def test_a_reset_is_seconds_from_now_or_a_moment_and_its_size_tells_which(reset: str, seconds: float | None) -> None:
    """https://github.com/zalando/restful-api-guidelines/issues/379: one name, two meanings."""
    told = [
        quota(ratelimit_remaining="0", ratelimit_reset=reset),
        quota(x_ratelimit_remaining="0", x_ratelimit_reset=reset),
        quota(x_ratelimit_remaining="0", x_ratelimit_reset_after=reset),
        quota(x_rate_limit_remaining="0", x_rate_limit_reset=reset),
    ]
    assert [one.left for one in told if one] == [0] * 4
    assert [one.reset for one in told if one] == [pytest.approx(seconds)] * 4


@pytest.mark.parametrize(
    ("remaining", "left"),
    [
        ("0", 0),
        ("5", 5),
        (" 7 ", 7),
        ("12.0", 12),
        ("0.0", 0),
        ("0.4", 0),
        ("9;w=60", 9),
        ("-1", None),
        ("unlimited", None),
        ("nan", None),
        ("1e400", None),
        ("", None),
        ("9" * 900_000, None),
    ],
)
def test_what_is_left_is_a_number_from_nought(remaining: str, left: int | None) -> None:
    assert quota(x_ratelimit_remaining=remaining, x_ratelimit_reset="30") == Quota(left, 30.0)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        # Two limits of one server in one field, as proxies join them: the n-th reset is the n-th count's.
        ({"x_ratelimit_remaining": "5, 0", "x_ratelimit_reset": "3600, 2"}, Quota(0, 2.0)),
        ({"x_ratelimit_remaining": "0,0", "x_ratelimit_reset": "2,3600"}, Quota(0, 3600.0)),
        ({"x_ratelimit_remaining": "5, 0", "x_ratelimit_reset": "30"}, Quota(0, 30.0)),
        ({"x_ratelimit_remaining": "5", "x_ratelimit_reset": "30, 60"}, Quota(5, 30.0)),
        # Several forms beside each other: the one with least left binds.
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "9", "ratelimit": '"a";r=4;t=1'}, Quota(0, 9.0)),
        ({"ratelimit_remaining": "50", "ratelimit_reset": "9", "x_ratelimit_remaining": "3"}, Quota(3, None)),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_resource": "core"}, Quota(0, None, partial=True)),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset_after": "1.5", "x_ratelimit_reset": "9"}, Quota(0, 1.5)),
        # GitLab's, of which one says the same as a date.
        ({"ratelimit_remaining": "594", "ratelimit_reset": str(EPOCH + 6)}, Quota(594, 6.0)),
        # Crossref's say how much, and never how much is left.
        ({"x_rate_limit_limit": "50", "x_rate_limit_interval": "1s"}, None),
        ({"ratelimit_policy": '"default";q=100;w=10', "ratelimit_limit": "100"}, None),
        ({"ratelimit_reset": "60"}, Quota(None, 60.0)),
        # A kept page's count is another's (the draft's §7.3), and Age: 0 is no kept page.
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "9", "age": "31"}, None),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "9", "age": "31, 4"}, None),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "9", "age": "0"}, Quota(0, 9.0)),
        ({}, None),
    ],
)
def test_of_several_counts_the_one_that_binds_is_told(fields: dict[str, str], told: Quota | None) -> None:
    assert quota(**fields) == told


def test_lines_of_one_field_are_one_list() -> None:
    lines = (("ratelimit", '"burst";r=4;t=1'), ("ratelimit", '"daily";r=0;t=90'))
    assert quota_in(lines, NOW) == Quota(0, 90.0, partial=True)
    doubled = (("x-ratelimit-remaining", "0"), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "60"))
    assert quota_in(doubled, NOW) == Quota(0, 60.0)


def test_that_nothing_is_left_is_said_without_a_time() -> None:
    assert says_used_up((("ratelimit", '"api";r=0;t=295'),))
    assert says_used_up((("x-rate-limit-remaining", "0"),))
    assert not says_used_up((("x-ratelimit-remaining", "17"), ("x-ratelimit-reset", "0")))
    assert not says_used_up(())


_PIECES = st.sampled_from(
    ("0", "9", "e400", ".", "-", ",", ";", "=", '"', "\\", "r=0", "t=", "remaining=", " ", "é", "٣")
)
_VALUES = st.one_of(
    st.lists(_PIECES, max_size=30).map("".join),
    st.text(max_size=40),
    st.integers(-10, 10**30).map(str),
    st.floats().map(str),
    st.datetimes().map(datetime.isoformat),
)


@given(st.lists(st.tuples(st.sampled_from(QUOTA_FIELDS), _VALUES), max_size=8).map(tuple))
def test_no_field_raises_or_tells_of_what_is_no_count_and_no_time(fields: tuple[tuple[str, str], ...]) -> None:
    told = quota_in(fields, NOW)
    if told is not None:
        assert told.left is None or told.left >= 0
        assert told.reset is None or 0 <= told.reset < math.inf
        assert (told.left, told.reset) != (None, None)


@given(st.integers(0, 10**6), st.integers(0, 10**8))
def test_the_forms_agree(left: int, seconds: int) -> None:
    forms = [
        quota(ratelimit=f'"default";r={left};t={seconds}'),
        quota(ratelimit=f"limit=9, remaining={left}, reset={seconds}"),
        quota(ratelimit_remaining=str(left), ratelimit_reset=str(seconds)),
        quota(x_ratelimit_remaining=str(left), x_ratelimit_reset=str(EPOCH + seconds)),
        quota(x_rate_limit_remaining=f"{left}.0", x_rate_limit_reset=str((EPOCH + seconds) * 1000)),
    ]
    assert [one.left for one in forms if one] == [left] * 5
    assert [one.reset for one in forms if one] == [pytest.approx(seconds)] * 5


@pytest.mark.parametrize("piece", ['"', '\\"', ";r=0;t=", "0,", '"a";r=0,', "remaining=0,", "="])
def test_a_long_field_is_not_read_and_one_just_short_enough_costs_little(piece: str) -> None:
    long, short = piece * 200_000, (piece * 1000)[:1000]
    started = process_time()
    for name, value in product(QUOTA_FIELDS, (long, short)):
        quota_in(((name, value),), NOW)
    assert process_time() - started < 1
