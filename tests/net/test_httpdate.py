from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.net.httpdate import http_date

NOW = datetime(2026, 11, 26, 5, 0, 0, tzinfo=UTC)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("Sun, 06 Nov 1994 08:49:37 GMT", (1994, 11, 6, 8, 49, 37)),
        ("sun, 06 nov 1994 08:49:37 gmt", (1994, 11, 6, 8, 49, 37)),
        ("Sun, 6 Nov 1994 08:49:37 UTC", (1994, 11, 6, 8, 49, 37)),
        ("Mon, 06 Nov 1994 08:49:37 GMT", (1994, 11, 6, 8, 49, 37)),
        ("Sun Nov  6 08:49:37 1994", (1994, 11, 6, 8, 49, 37)),
        ("Sun Nov 16 08:49:37 1994", (1994, 11, 16, 8, 49, 37)),
        ("Sat, 31 Dec 2016 23:59:60 GMT", (2016, 12, 31, 23, 59, 59)),
        ("Sunday, 06-Nov-94 08:49:37 GMT", (1994, 11, 6, 8, 49, 37)),
        ("Thursday, 26-Nov-26 05:00:01 GMT", (2026, 11, 26, 5, 0, 1)),
        ("Thursday, 26-Nov-76 05:00:00 GMT", (2076, 11, 26, 5, 0, 0)),
        ("Friday, 26-Nov-76 05:00:01 GMT", (1976, 11, 26, 5, 0, 1)),
        ("Saturday, 01-Jan-77 00:00:00 GMT", (1977, 1, 1, 0, 0, 0)),
        ("Saturday, 01-Jan-00 00:00:00 GMT", (2000, 1, 1, 0, 0, 0)),
    ],
)
def test_a_date_is_read_in_each_of_its_three_forms(text: str, moment: tuple[int, ...]) -> None:
    assert http_date(text, NOW) == datetime(*moment, tzinfo=UTC)  # type: ignore[arg-type,misc]  # six numbers, no zone among them


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "Sun, 06 Nov 1994",
        "Sun, 31 Feb 1994 08:49:37 GMT",
        "Sun, 06 Nov 0000 08:49:37 GMT",
        "Sun, 06 Xyz 1994 08:49:37 GMT",
        "Sun, 06 Nov 1994 24:00:00 GMT",
        "Sun, 06 Nov 1994 08:49:61 GMT",
        "Sun, 06 Nov 1994 08:49:37 +0200",
        "Sun, 06 Nov 1994 08:49:37",
        "Sun, ٠٦ Nov 1994 08:49:37 GMT",
        "Wednesday, 29-Feb-27 08:49:37 GMT",
        "Sun, 06 Nov 1994 08:49:37 GMT" + " " * 9000,
    ],
)
def test_what_is_no_date_of_http_is_none(text: str) -> None:
    assert http_date(text, NOW) is None


def test_the_turn_of_a_century_is_read_on_its_last_evening() -> None:
    evening = datetime(1999, 12, 31, 23, 59, 50, tzinfo=UTC)
    assert http_date("Saturday, 01-Jan-00 00:00:00 GMT", evening) == evening + timedelta(seconds=10)


@given(
    st.datetimes(datetime(1977, 1, 1), datetime(2076, 11, 25), timezones=st.just(UTC)),  # noqa: DTZ001 - the zone is given beside it
    st.integers(0, 2),
)
def test_whatever_moment_is_written_is_read_back(moment: datetime, form: int) -> None:
    moment = moment.replace(microsecond=0)
    day, month = DAYS[moment.weekday()], MONTHS[moment.month - 1]
    written = (
        f"{day[:3]}, {moment.day:02} {month} {moment.year} {moment:%H:%M:%S} GMT",
        f"{day}, {moment.day:02}-{month}-{moment.year % 100:02} {moment:%H:%M:%S} GMT",
        f"{day[:3]} {month} {moment.day:2} {moment:%H:%M:%S} {moment.year}",
    )[form]
    assert http_date(written, NOW) == moment


@given(st.text(max_size=60))
def test_no_text_raises(text: str) -> None:
    assert http_date(text, NOW) is None or len(text) <= 40
