"""Reads what servers say of how much they may yet be asked, and until when, in every form they have for it; pure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from rlhf_linkcheck.net.httpdate import http_date

Fields = tuple[tuple[str, str], ...]
"""Header fields as they came, names in lower case; one that came twice is in it twice."""

_FAMILIES = (
    # The drafts up to 6 in seconds from now, GitLab since 1970: https://gitlab.com/gitlab-org/gitlab/-/issues/217312
    ("ratelimit-remaining", ("ratelimit-reset",), None),
    # GitHub counts some resources apart: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
    # «-after» is Discord's name for seconds from now, beside the same moment since 1970.
    ("x-ratelimit-remaining", ("x-ratelimit-reset-after", "x-ratelimit-reset"), "x-ratelimit-resource"),
    # As X has it: https://github.com/zalando/restful-api-guidelines/issues/379
    ("x-rate-limit-remaining", ("x-rate-limit-reset",), None),
)
QUOTA_FIELDS = (
    "ratelimit",
    *(name for left, resets, part in _FAMILIES for name in (left, *resets, part) if name is not None),
    "age",
)
"""All that is read here. Policies and limits are not: they say nothing of what is left."""

_LONGEST_FIELD = 1000
_MOST_WINDOWS = 16
_NUMBER = re.compile(r"[0-9]{1,20}(?:\.[0-9]{0,20})?")
_EPOCH_FROM = 1e9
_MILLI_FROM = 1e11
_LONGEST_DATE = 40


@dataclass(frozen=True, slots=True)
class Quota:
    """How many requests are ``left``, and after how many seconds (from 0) the count starts anew; None is untold.

    ``partial`` says that it is one of several counts that a server keeps for parts of what it offers.
    """

    left: int | None
    reset: float | None
    partial: bool = False

    @property
    def used_up(self) -> bool:
        """Whether it says that nothing is left."""
        return self.left == 0


def quota_in(fields: Fields, now: datetime) -> Quota | None:
    """The count that binds: the one with least left, and of those alike the one that lasts longest; None for none.

    What a cache had kept was counted for another request, and another time (the draft's §7.3).
    """
    values = _values(fields)
    if not values:
        return None
    if _number(values.get("age", "").partition(",")[0]):
        return None
    told = [quota for quota in _all(values, now) if (quota.left, quota.reset) != (None, None)]
    return min(told, key=_slack, default=None)


def says_used_up(fields: Fields) -> bool:
    """Whether nothing is left, be it for how long it may."""
    quota = quota_in(fields, datetime.fromtimestamp(0, UTC))
    return quota is not None and quota.used_up


def _slack(quota: Quota) -> tuple[float, float]:
    left = float("inf") if quota.left is None else quota.left
    return left, -(quota.reset or 0.0)


def _values(fields: Fields) -> dict[str, str]:
    """What is read here by its name; all of a field's lines are one list (RFC 9110 §5.3)."""
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for name, value in fields:
        if name in QUOTA_FIELDS:
            lines[name].append(value.strip())
    joined = {name: ",".join(values) for name, values in lines.items()}
    return {name: value for name, value in joined.items() if len(value) <= _LONGEST_FIELD}


def _all(values: Mapping[str, str], now: datetime) -> Iterator[Quota]:
    """Every count in every form."""
    yield from _structured(values.get("ratelimit", ""))
    for left, resets, part in _FAMILIES:
        yield from _family(values, left, resets, part, now)


def _family(
    values: Mapping[str, str], left: str, resets: Iterable[str], part: str | None, now: datetime
) -> Iterator[Quota]:
    """The counts of separate fields. Where a proxy added its own, the n-th reset is the n-th count's."""
    counts = _list_of(values.get(left, ""))
    ends = next((_moments_in(values[name]) for name in resets if values.get(name)), [])
    for index in range(min(max(len(counts), len(ends)), _MOST_WINDOWS)):
        count = _count(counts[index]) if index < len(counts) else None
        # One reset beside several counts is the reset of all of them.
        end = ends[index if index < len(ends) else -1] if ends else ""
        yield Quota(count, _seconds_until(end, now), part is not None and part in values)


def _structured(value: str) -> Iterator[Quota]:
    """The counts of a ``RateLimit`` field, all in seconds from now.

    A list of named items from draft 8 on, one dictionary in draft 7:
    https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
    """
    items = [item.split(";") for item in _unquoted(value).split(",")[:_MOST_WINDOWS]]
    named = [_parameters(item[1:]) for item in items]
    if any("r" in item for item in named):
        for item in named:
            # An item without a good count is malformed, and the rest of it says nothing.
            if (count := _count(item.get("r", ""))) is not None:
                yield Quota(count, _number(item.get("t", "")), partial=True)
    else:
        whole = _parameters(item[0] for item in items)
        yield Quota(_count(whole.get("remaining", "")), _number(whole.get("reset", "")))


def _unquoted(value: str) -> str:
    """The field without what stands in quotation marks, where commas and semicolons mean nothing."""
    return "".join(value.replace("\\\\", "").replace('\\"', "").split('"')[::2])


def _parameters(parts: Iterable[str]) -> dict[str, str]:
    pairs = (part.partition("=") for part in parts)
    return {key.strip().lower(): value.strip() for key, _, value in pairs}


def _list_of(value: str) -> list[str]:
    """The members of a list; what follows a semicolon is a comment on one (``9;w=60``)."""
    return [member.partition(";")[0].strip() for member in value.split(",")] if value else []


def _moments_in(value: str) -> list[str]:
    """The members of a list of moments, of which a date has a comma of its own."""
    return [value.strip()] if re.search("[a-z]", value, re.IGNORECASE) else _list_of(value)


def _number(text: str) -> float | None:
    """A number from 0; everything else, signs and exponents among it, is no count and no time."""
    return float(text) if _NUMBER.fullmatch(text) else None


def _count(text: str) -> int | None:
    """Requests left. Some servers count in fractions (Reddit: «12.0»), and less than a whole one is none."""
    number = _number(text)
    return None if number is None else int(number)


def _seconds_until(text: str, now: datetime) -> float | None:
    """The seconds until a reset, however it is told.

    One name means seconds from now here and seconds since 1970 there, and the name does not tell which:
    https://github.com/zalando/restful-api-guidelines/issues/379. Size does: no window is 31 years
    long, and no clock shows 2001. Some count milli- or microseconds since 1970, as Rocket.Chat does
    (https://github.com/RocketChat/docs-old/pull/1358), which as seconds would be after the year 5000.
    Thousands of seconds that are meant as milliseconds from now cannot be told apart.
    """
    number = _number(text)
    if number is None:
        moment = _moment(text, now)
        return None if moment is None else max((moment - now).total_seconds(), 0.0)
    while number >= _MILLI_FROM:
        number /= 1000
    return number if number < _EPOCH_FROM else max(number - now.timestamp(), 0.0)


def _moment(text: str, now: datetime) -> datetime | None:
    """A date as HTTP writes it, or as ISO 8601 does."""
    if not text or len(text) > _LONGEST_DATE:
        return None
    date = http_date(text, now)
    if date is not None:
        return date
    try:
        date = datetime.fromisoformat(text)
    except ValueError:
        return None
    return date if date.tzinfo is not None else date.replace(tzinfo=UTC)
