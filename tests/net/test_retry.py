import math
from datetime import UTC, datetime
from time import process_time

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
        ("1.5", 1.5),
        ("0.25", 0.25),
        ("0" * 5000 + "7.5", 7.5),
        ("9" * 5000 + ".5", 999_999_999_999.5),
        (".5", None),
        ("5.", None),
        ("-0.5", None),
        ("1.5.5", None),
        ("nan", None),
        ("inf", None),
        ("7, 9", None),
        ("1e3", None),
        ("٣", None),
        ("soon", None),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 30.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 30.0),
        ("Sun Nov  6 08:49:37 1994", 30.0),
        ("Monday, 07-Nov-44 08:49:07 GMT", 0.0),
        ("Sun, 06 Nov 9999 08:49:07 GMT", 252_613_382_400.0),
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


@given(st.integers(0, 10**11), st.integers(0, 99), st.booleans())
def test_seconds_are_read_as_they_are_written(seconds: int, hundredths: int, padded: bool) -> None:
    text = f"{'000' if padded else ''}{seconds}.{hundredths:02}"
    assert retry_after(text, NOW) == pytest.approx(seconds + hundredths / 100)
    assert retry_after(str(seconds), NOW) == seconds
    assert retry_after(f"-{text}", NOW) is None


@pytest.mark.parametrize("piece", ["0", "9", "0.", "1.1", "Sun, ", " ", "-", ":00"])
def test_an_absurdly_long_retry_after_costs_little(piece: str) -> None:
    started = process_time()
    retry_after(piece * 500_000, NOW)
    assert process_time() - started < 1


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


@pytest.mark.parametrize("status", [200, 204, 301, 304, 404, 500, 503])
@pytest.mark.parametrize(
    ("fields", "pause"),
    [
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "7"}, 7.0),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "3600"}, 3600.0),
        ({"ratelimit": '"default";r=0;t=7'}, 7.0),
        ({"ratelimit_remaining": "0", "ratelimit_reset": "7", "retry_after": "9"}, 9.0),
        ({"ratelimit_remaining": "0", "ratelimit_reset": "7", "retry_after": "soon"}, 7.0),
        # Field note 17: a reset alone, or beside requests that are left, is no wish.
        ({"x_ratelimit_remaining": "5", "x_ratelimit_reset": "3600"}, None),
        ({"x_ratelimit_reset": "3600"}, None),
        # One that lies, and says so of every answer, stalls nobody.
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "0"}, None),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "Sun, 06 Nov 1994 08:00:00 GMT"}, None),
        ({"x_ratelimit_remaining": "0"}, None),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "soon"}, None),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "7", "age": "30"}, None),
    ],
)
def test_the_last_request_that_is_allowed_is_the_last(status: int, fields: dict[str, str], pause: float | None) -> None:
    assert host_pause(answer(status, **fields), NOW, 2.5) == pause


@pytest.mark.parametrize("status", [200, 301, 404])
def test_a_time_to_come_back_beside_requests_that_are_left_is_no_wish(status: int) -> None:
    """As Invenio sends it with every answer; what is read as a wish is a minute a page."""
    fields = {"x_ratelimit_remaining": "499", "x_ratelimit_reset": "60", "retry_after": "60"}
    assert host_pause(answer(status, **fields), NOW, 2.5) is None


@pytest.mark.parametrize(
    ("fields", "pause"),
    [
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "7"}, 7.0),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "7", "retry_after": "3"}, 3.0),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "0"}, 2.5),
        ({"x_ratelimit_remaining": "0", "age": "30", "x_ratelimit_reset": "7"}, 2.5),
        ({"ratelimit": "limit=20, reset=7"}, 7.0),
        # Another limit than the one that is counted: https://gitlab.com/gitlab-org/gitlab/-/issues/199738
        ({"ratelimit_remaining": "595", "ratelimit_reset": "60"}, 2.5),
    ],
)
def test_a_refusal_that_names_no_wait_is_one_until_the_count_starts_anew(fields: dict[str, str], pause: float) -> None:
    assert host_pause(answer(429, **fields), NOW, 2.5) == pause
    if fields.get("x_ratelimit_remaining") == "0" and "age" not in fields:
        assert host_pause(answer(403, **fields), NOW, 2.5) == pause


def test_the_longest_of_several_waits_counts() -> None:
    fields = (("retry-after", "3"), ("retry-after", "soon"), ("retry-after", "9"), ("retry-after", "5"))
    assert host_pause(Answer("http://a/", 429, headers=fields), NOW, 2.5) == 9.0


@pytest.mark.parametrize(
    ("fields", "of_page", "of_api"),
    [
        ({"ratelimit": '"api";r=0;t=7'}, 7.0, None),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "7", "x_ratelimit_resource": "graphql"}, 7.0, None),
        ({"x_ratelimit_remaining": "0", "x_ratelimit_reset": "7"}, 7.0, 7.0),
    ],
)
def test_an_apis_own_count_holds_nothing_else_of_its_host(
    fields: dict[str, str], of_page: float, of_api: float | None
) -> None:
    """The Hub counts its API and its pages apart, GitHub REST and GraphQL."""
    pauses = [host_pause(answer(200, **fields), NOW, 2.5, of_api=of_api) for of_api in (False, True)]
    assert pauses == [of_page, of_api]
    assert host_pause(answer(429, **fields), NOW, 2.5, of_api=True) == (of_api or 2.5)
    assert host_pause(answer(429, **fields, retry_after="9"), NOW, 2.5, of_api=True) == 9.0


def test_a_bot_walls_count_is_not_the_sites() -> None:
    fields = (("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "7"))
    assert host_pause(Answer("http://a/", 503, headers=fields, signs=WALL), NOW, 2.5) is None


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
