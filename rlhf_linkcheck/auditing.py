"""What an audit makes of a run, held against what earlier ones saw; pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from rlhf_linkcheck.baseline import Reach
from rlhf_linkcheck.chronicle import APART, after, has_recovered
from rlhf_linkcheck.config import Config
from rlhf_linkcheck.evidence import Crawl, Past
from rlhf_linkcheck.finding import Finding
from rlhf_linkcheck.fingerprint import fingerprints
from rlhf_linkcheck.report import History, Known, PastAudit, Recovery, Report

MOST_AUDITS = 400
"""A year of nights."""


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier audits saw: the past of each link by its address, the audits' numbers, and what is known."""

    pasts: Mapping[str, Past] = field(default_factory=dict)
    audits: tuple[PastAudit, ...] = ()
    known: tuple[Known, ...] = ()


def before_of(report: Report) -> Before:
    """What a saved report knows of itself and of the audits before it, for where nobody else remembers."""
    history = report.history or History()
    pasts = {link.url: link.evidence.past for link in report.links if link.evidence.past is not None}
    known = (
        Known(about, finding.known_since or report.started_at, finding.severity)
        for about, finding in zip(fingerprints(report), report.findings, strict=True)
    )
    audits = history.audits if report.no_way_out else with_numbers_of(report, history.audits)
    return Before(pasts, audits, (*known, *history.unseen))


def with_pasts(crawl: Crawl, before: Before, at: datetime) -> Crawl:
    """The evidence with what audits have seen, this one, which began ``at``, with them.

    Where nobody answered at all it is not the links' doing, and no audit.
    """
    if crawl.no_way_out:
        pasts = {address: before.pasts.get(address) for address in crawl.evidence}
    else:
        pasts = {address: after(before.pasts.get(address), one.outcome, at) for address, one in crawl.evidence.items()}
    return replace(
        crawl, evidence={address: replace(one, past=pasts[address]) for address, one in crawl.evidence.items()}
    )


def audited(report: Report, before: Before, config: Config) -> Report:
    """The report with what is new in it, since when the rest is known, and what is gone or came back."""
    since = {one.about: one for one in before.known}
    told = fingerprints(report)
    findings = tuple(
        _dated(finding, since.get(about), report.started_at)
        for finding, about in zip(report.findings, told, strict=True)
    )
    reach = Reach(report, config)
    absent = [one for one in since.values() if one.about not in frozenset(told)]
    gone = frozenset(one.about for one in absent if not report.no_way_out and reach.covers(one.about))
    history = History(
        audits=before.audits,
        recovered=tuple(_recoveries(report, before.pasts)),
        mended=tuple(one for one in absent if one.about in gone),
        unseen=tuple(one for one in absent if one.about not in gone),
    )
    return replace(report, findings=findings, history=history)


def known_of(report: Report) -> tuple[Known, ...]:
    """What is known after an audit: what it has told of, and what it could not see."""
    return before_of(report).known


def with_numbers_of(report: Report, audits: Sequence[PastAudit]) -> tuple[PastAudit, ...]:
    """The audits' numbers with a report's own; of two audits that count as one the later."""
    summary = report.summary
    own = PastAudit(
        report.finished_at,
        *(summary.alive, summary.dead, summary.uncertain, summary.skipped),
        *(summary.errors, summary.warnings, summary.infos),
    )
    kept = [one for one in audits if not count_as_one(one.finished_at, own.finished_at)]
    return (*kept, own)[-MOST_AUDITS:]


def count_as_one(first: datetime, second: datetime) -> bool:
    """Whether two audits are so close that they count as one."""
    return abs(second - first) < APART


def _dated(finding: Finding, known: Known | None, at: datetime) -> Finding:
    """The finding, since when it is known; what an audit has told of within the hour is as new as it was then."""
    if known is None or count_as_one(known.since, at):
        return finding
    return replace(finding, known_since=known.since, has_risen=finding.severity > known.severity)


def _recoveries(report: Report, pasts: Mapping[str, Past]) -> Iterable[Recovery]:
    for link in report.links:
        before = pasts.get(link.url)
        if before is not None and has_recovered(before, link.evidence.past):
            since = before.failing_since or before.uncertain_since
            yield Recovery(link.url, before.verdict, since, link.entries)
