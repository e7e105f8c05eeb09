"""What is worth asking again, and after how long; pure, so that no test has to wait."""

import re
from datetime import datetime
from http import HTTPStatus

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.httpdate import http_date
from rlhf_linkcheck.net.quota import quota_in

LONGEST_WAIT = 60.0
"""Seconds that a ``Retry-After`` is heeded for; who wants more is not asked again before the next run."""
MOST_WAITED = 180.0
"""Seconds that one host is waited for in a whole run: a minute with each of its answers would make hours."""
LONGEST_BACKOFF = 30.0
MOST_RETRIES = 10
"""Whatever is configured: a pull request may ask for a thousand, and with these bounds it cannot hang a run."""
BUSY = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY, HTTPStatus.TOO_MANY_REQUESTS})
"""The client errors that pass by themselves."""
_UNSTEADY = frozenset({Reason.TIMEOUT, Reason.REFUSED, Reason.RESET, Reason.SHORTAGE})
_SERVER_ERRORS = 5
_LONGEST_NUMBER = 12
_SECONDS = re.compile(r"([0-9]+)(\.[0-9]{1,20})?")
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


def is_silent(answer: Answer) -> bool:
    """Whether a try ended without a word."""
    return answer.trouble is not None and answer.trouble.reason is Reason.TIMEOUT


def is_too_long(pause: float, in_all: float) -> bool:
    """Whether a host wants more peace than a run has, by this pause or by the seconds of all its pauses with it."""
    return pause > LONGEST_WAIT or in_all > MOST_WAITED


def is_for_later(answer: Answer, made: int, most: int) -> bool:
    """Whether the last of the tries is better made at the run's end: a whole time-out says that nobody is there now.

    So a silent host costs no more time-outs than any other link has tries, and they lie further apart.
    """
    return is_silent(answer) and made >= most - 1


def backoff(attempt: int, base: float, roll: float) -> float:
    """Seconds before the next try after the ``attempt``-th (from 1): doubled each time, between half and all of it.

    ``roll`` in [0, 1) is the jitter, so that many links do not come back at once.
    """
    full = min(base * 2.0 ** min(attempt - 1, 32), LONGEST_BACKOFF)
    return full * (0.5 + roll / 2)


def rest_of_pause(answer: Answer, pause: float) -> float:
    """The seconds of a pause between two tries that are left: a time-out that was waited for is one already."""
    return max(pause - answer.elapsed, 0.0) if is_silent(answer) else pause


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds (finite, from 0) that a ``Retry-After`` asks for, or None where it says nothing.

    Seconds or an HTTP date in any of its three forms (RFC 9110 §10.2.3, §5.6.7); garbage is no wish.
    A fraction is none by the RFC either, but its meaning is plain, and to be early is rude.
    """
    text = (value or "").strip()
    if text.isascii() and (told := _SECONDS.fullmatch(text)):
        return float((told[1].lstrip("0")[:_LONGEST_NUMBER] or "0") + (told[2] or ""))
    moment = http_date(text, now)
    return None if moment is None else max((moment - now).total_seconds(), 0.0)


def duration(seconds: float) -> str:
    """A long wait in words, in the unit that people would use: «90 s», «24 h»."""
    fitting = (f"{seconds / unit:.0f} {name}" for limit, unit, name in _UNITS if round(seconds) < limit)
    return next(fitting, "more than a year")


def host_pause(answer: Answer, now: datetime, otherwise: float, *, of_api: bool = False) -> float | None:
    """The seconds for which the whole host wants peace, or None.

    A limit always, for ``otherwise`` where it does not say how long; 503 where it says; and any answer
    with which the last request was used up that the host allows. A count that is not at nought holds
    nobody, whatever time stands beside it. ``of_api`` says that an API was asked: where its count is
    one of several (the Hub's for its API and for its pages, GitHub's for REST and for GraphQL), it is
    for the API's source to heed, and the rest of the host may be asked.
    """
    limited, quota = answer.limits, quota_in(answer.headers, now)
    if quota is not None and quota.partial and of_api:
        quota = None
    used_up = quota is not None and quota.used_up
    if answer.challenges or not (limited or used_up or answer.status == HTTPStatus.SERVICE_UNAVAILABLE):
        # A success may name a time as well, and wants nothing by it: Invenio does with 499 requests left.
        return None
    wishes = (retry_after(value, now) for name, value in answer.headers if name == "retry-after")
    wish = max((one for one in wishes if one is not None), default=None)
    if wish is not None:
        return wish
    says_when = used_up or (limited and quota is not None and quota.left is None)
    # A count that starts anew at once, or did so long ago, is nothing to wait for.
    reset = quota.reset if quota is not None and says_when else None
    return reset or (otherwise if limited else None)
