"""What audits see of a link over time, and what that makes of it; pure."""

from dataclasses import replace
from datetime import datetime, timedelta

from rlhf_linkcheck.evidence import Outcome, Past, Verdict

APART = timedelta(hours=1)
"""Audits that are closer to each other count as one: the later in place of the earlier."""

_WRONG = timedelta(days=7)
"""What lies so far ahead was written by a clock that was wrong, and would keep a link from being counted for ever."""


def after(past: Past | None, outcome: Outcome, at: datetime) -> Past | None:
    """The past of a link after an audit, which began ``at``. Only what was freshly asked counts.

    That nobody can say how a dead link is makes it neither alive nor deader.
    """
    if past is not None and past.counted_at - at > _WRONG:
        past = _set_back(past, at)
    if outcome.verdict is Verdict.SKIPPED or outcome.from_cache or (past is not None and at < past.counted_at):
        return past
    if past is None:
        past = Past(first_seen=at, counted_at=at, verdict=Verdict.SKIPPED)
    same_audit = past.verdict is not Verdict.SKIPPED and at - past.counted_at < APART
    counted = replace(past, verdict=outcome.verdict, counted_at=past.counted_at if same_audit else at)
    match outcome.verdict:
        case Verdict.ALIVE:
            # What died and came back within one audit was never counted as dead.
            came_back = past.failures > (1 if same_audit and past.verdict is Verdict.DEAD else 0)
            lived = replace(counted, failures=0, failing_since=None, uncertain_since=None, last_alive=at)
            return replace(lived, flaps=past.flaps + came_back)
        case Verdict.DEAD:
            failures = past.failures + (not (same_audit and past.verdict is Verdict.DEAD))
            since = past.failing_since or at
            return replace(counted, failures=failures, failing_since=since, uncertain_since=None)
        case _:
            return replace(counted, uncertain_since=past.uncertain_since or at)


def _set_back(past: Past, at: datetime) -> Past:
    """The past with what cannot have been yet put to now, as of an audit before this one."""
    dates = (past.last_alive, past.failing_since, past.uncertain_since)
    alive, failing, uncertain = (None if date is None else min(date, at) for date in dates)
    counted, first = at - APART, min(past.first_seen, at - APART)
    ours = replace(past, first_seen=first, counted_at=counted, last_alive=alive)
    return replace(ours, failing_since=failing, uncertain_since=uncertain)


def is_suspect(past: Past, at: datetime, least_audits: int, least_age: timedelta) -> bool:
    """Whether a dead link may yet come back: too few audits have seen it so, or within too short a time."""
    return past.failures < least_audits or past.failing_since is None or at - past.failing_since < least_age


def is_long(past: Past, patience: timedelta) -> bool:
    """Whether nobody has been able to say for so long how the link is that this is no weather."""
    return past.uncertain_since is not None and past.counted_at - past.uncertain_since >= patience


def blinks(past: Past, patience: timedelta) -> bool:
    """Whether a link of which more was known before cannot be reached now, and not for long: no news until it lasts.

    What nobody has ever known more of is not away for a night, but has never been seen.
    """
    known = past.last_alive is not None or past.failures > 0
    return past.verdict is Verdict.UNCERTAIN and known and not is_long(past, patience)


def has_recovered(before: Past | None, now: Past | None, patience: timedelta) -> bool:
    """Whether a link that was dead, or that nobody could reach, is there again; one that only blinked was not away."""
    if before is None or now is None or now.verdict is not Verdict.ALIVE or before.verdict is Verdict.ALIVE:
        return False
    return before.failures > 0 or not blinks(before, patience)
