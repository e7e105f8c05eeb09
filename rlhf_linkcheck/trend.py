"""The row of audits with their numbers, and which of them count as one; pure."""

from collections.abc import Sequence
from datetime import datetime

from rlhf_linkcheck.chronicle import APART
from rlhf_linkcheck.report import PastAudit, Report

_MOST_AUDITS = 400
"""A year of nights."""


def numbers_of(report: Report) -> PastAudit:
    """The numbers of an audit, as they will stand in the row once it is an earlier one."""
    summary = report.summary
    return PastAudit(
        finished_at=report.finished_at,
        alive=summary.alive,
        dead=summary.dead,
        uncertain=summary.uncertain,
        skipped=summary.skipped,
        errors=summary.errors,
        warnings=summary.warnings,
        infos=summary.infos,
        complete=report.complete,
    )


def with_numbers_of(report: Report, audits: Sequence[PastAudit]) -> tuple[PastAudit, ...]:
    """The audits' numbers with a report's own; of two audits that count as one the later that is complete."""
    own = numbers_of(report)
    start = began(report)
    same = [one for one in audits if count_as_one(one.finished_at, own.finished_at) and one.finished_at >= start]
    if not own.complete and any(one.complete for one in same):
        return tuple(audits)
    kept = [one for one in audits if one not in same]
    return (*kept, own)[-_MOST_AUDITS:]


def others_than(report: Report, audits: Sequence[PastAudit]) -> tuple[PastAudit, ...]:
    """The audits but for those in whose place this one comes: it is not held against itself."""
    *others, last = with_numbers_of(report, audits)
    return tuple(others) if last.finished_at == report.finished_at else (*others, last)


def count_as_one(first: datetime, second: datetime) -> bool:
    """Whether two audits are so close that they count as one."""
    return abs(second - first) < APART


def began(report: Report) -> datetime:
    """When the audit began that this one counts as, which is the first within an hour.

    Else of audits that follow each other sooner none would ever be another one, and all that they find new for ever.
    """
    counted = (link.evidence.past.counted_at for link in report.links if link.evidence.past is not None)
    within = (at for at in counted if at <= report.started_at and count_as_one(at, report.started_at))
    return min(within, default=report.started_at)
