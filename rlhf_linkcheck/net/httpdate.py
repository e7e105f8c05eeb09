"""Reads a moment in the three forms that HTTP has for one (RFC 9110 §5.6.7)."""

import re
from datetime import UTC, datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?P<hour>[0-9]{2}):(?P<minute>[0-9]{2}):(?P<second>[0-9]{2})"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        rf"[a-z]{{3}}, (?P<day>[0-9]{{1,2}}) (?P<month>[a-z]{{3}}) (?P<year>[0-9]{{4}}) {_TIME} (?:GMT|UTC)",
        rf"[a-z]{{6,9}}, (?P<day>[0-9]{{1,2}})-(?P<month>[a-z]{{3}})-(?P<year>[0-9]{{2}}) {_TIME} (?:GMT|UTC)",
        rf"[a-z]{{3}} (?P<month>[a-z]{{3}}) [ ]?(?P<day>[0-9]{{1,2}}) {_TIME} (?P<year>[0-9]{{4}})",
    )
)
_LONGEST = 40
_CENTURY = 100
_FAR_AHEAD = 50
_LEAP_SECOND = 60


def http_date(text: str, now: datetime) -> datetime | None:
    """The moment that is meant, None where the text is none of the three forms; the day of the week is not compared.

    ``now`` (in UTC) tells the century of a year of two digits.
    """
    found = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None) if len(text) <= _LONGEST else None
    if found is None or found["month"].lower() not in _MONTHS:
        return None
    month = _MONTHS.index(found["month"].lower()) + 1
    day, hour, minute, second = (int(found[name]) for name in ("day", "hour", "minute", "second"))
    # A leap second is a good second of a day (RFC 9110 §5.6.7), and Python has none.
    rest = (month, day, hour, minute, second - (second == _LEAP_SECOND))
    year = int(found["year"])
    if len(found["year"]) < len("1994"):
        year = _whole_year(year, rest, now)
    try:
        return datetime(year, *rest, tzinfo=UTC)
    except ValueError:
        return None


def _whole_year(digits: int, rest: tuple[int, ...], now: datetime) -> int:
    """The last year with these two digits that is not more than fifty years ahead, as §5.6.7 has it."""
    latest = (now.year + _FAR_AHEAD, now.month, now.day, now.hour, now.minute, now.second)
    year = latest[0] - (latest[0] - digits) % _CENTURY
    return year if (year, *rest) <= latest else year - _CENTURY
