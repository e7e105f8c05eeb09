"""What is worth asking again, and after how long; pure, so that no test has to wait."""

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import Answer

LONGEST_WAIT = 60.0
"""Seconds that a ``Retry-After`` is heeded for; who wants more is not asked again before the next run."""
LONGEST_BACKOFF = 30.0
MOST_RETRIES = 10
"""Whatever is configured: a pull request may ask for a thousand, and with these bounds it cannot hang a run."""
BUSY = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
"""The client errors that pass by themselves."""
_UNSTEADY = frozenset({Reason.TIMEOUT, Reason.REFUSED, Reason.RESET, Reason.SHORTAGE})
_SERVER_ERRORS = 5
_LONGEST_DATE = 40
_LONGEST_NUMBER = 12
_UNITS = ((120, 1, "s"), (7200, 60, "min"), (172_800, 3600, "h"), (31_622_400, 86_400, "days"))


def tries(retries: int) -> int:
    """How often one link is asked at most, where so many retries are wanted."""
    return min(retries, MOST_RETRIES) + 1


def is_transient(answer: Answer) -> bool:
    """Whether the same request may well get another answer: network errors, 408, 425, 429, 5xx; not a bot wall's."""
    if answer.trouble is not None:
        return answer.trouble.reason in _UNSTEADY
    status = answer.status or 0
    return (status in BUSY or status // 100 == _SERVER_ERRORS) and not answer.challenges


def backoff(attempt: int, base: float, roll: float) -> float:
    """Seconds before the next try after the ``attempt``-th (from 1): doubled each time, between half and all of it.

    ``roll`` in [0, 1) is the jitter, so that many links do not come back at once.
    """
    full = min(base * 2.0 ** min(attempt - 1, 32), LONGEST_BACKOFF)
    return full * (0.5 + roll / 2)


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds (finite, from 0) that a ``Retry-After`` asks for, or None where it says nothing.

    Seconds or an HTTP date in any of its three forms (RFC 9110 §10.2.3, §5.6.7); garbage is no wish.
    """
    text = (value or "").strip()
    if text.isascii() and text.isdigit():
        return float(text.lstrip("0")[:_LONGEST_NUMBER] or 0)
    if not text or len(text) > _LONGEST_DATE:
        return None
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    moment = date if date.tzinfo is not None else date.replace(tzinfo=UTC)
    return max((moment - now).total_seconds(), 0.0)


def duration(seconds: float) -> str:
    """A long wait in words, in the unit that people would use: «90 s», «24 h»."""
    fitting = (f"{seconds / unit:.0f} {name}" for limit, unit, name in _UNITS if round(seconds) < limit)
    return next(fitting, "more than a year")


def host_pause(answer: Answer, now: datetime, otherwise: float) -> float | None:
    """The seconds for which the whole host wants peace, or None: a limit always, 503 where it says how long."""
    limited = answer.limits
    if answer.challenges or not (limited or answer.status == HTTPStatus.SERVICE_UNAVAILABLE):
        return None
    wish = retry_after(answer.header("retry-after"), now)
    return otherwise if wish is None and limited else wish
