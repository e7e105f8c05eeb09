"""What formats for people say alike: counts, what is missing from a run, and words about the run itself."""

from collections import Counter
from collections.abc import Iterable, Iterator

from rlhf_linkcheck.evidence import Reason, Verdict
from rlhf_linkcheck.finding import Finding
from rlhf_linkcheck.report import Report, Summary

INTERRUPTED = (130, 143)
"""The exit codes after SIGINT and SIGTERM."""


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun, as in «1,234 links»."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def notes_of(report: Report) -> Iterator[str]:
    """Words about the run, each with its place, and what each source could not say, with what to do about it."""
    for note in report.notes:
        place = ":".join(str(part) for part in (note.path, note.line) if part is not None)
        yield f"{place}: {note.message}" if place else note.message
    for source in report.sources:
        if source.note:
            yield f"{source.name}: {source.note}"


def counted_codes(findings: Iterable[Finding]) -> str:
    """How often each rule speaks, by its code, the most frequent first."""
    codes = Counter(finding.rule.code for finding in findings)
    return ", ".join(f"{code} {number:,}" for code, number in codes.most_common())


def counted_names(findings: Iterable[Finding]) -> str:
    """How often each rule speaks, by its name, the most frequent first."""
    names = Counter(finding.rule.name for finding in findings)
    return ", ".join(f"{number:,} {name}" for name, number in names.most_common())


def counted_reasons(report: Report, verdict: Verdict) -> str:
    """Why links have this verdict, the most frequent reason first; empty where none has it."""
    outcomes = (link.evidence.outcome for link in report.links)
    reasons = Counter(outcome.reason for outcome in outcomes if outcome.verdict is verdict)
    return ", ".join(f"{number:,} {reason.value.replace('_', ' ')}" for reason, number in reasons.most_common())


def verified(summary: Summary) -> str:
    """What was held against its source; empty where nothing was."""
    numbers = (
        count(summary.papers_verified, "paper") if summary.papers_verified else "",
        count(summary.repositories_verified, "repository", "repositories") if summary.repositories_verified else "",
    )
    return " and ".join(text for text in numbers if text)


def requests_made(report: Report) -> str:
    """What the run cost: requests, and what came after them."""
    follow_ups = sum(source.follow_ups for source in report.sources)
    more = f", and {count(follow_ups, 'follow-up')}" if follow_ups else ""
    return f"{report.summary.requests:,}{more}, in {report.elapsed_ms / 1000:,.1f} s"


def what_is_missing(report: Report) -> str:
    """One honest sentence where the run is not all that it should have been; empty where it is."""
    if report.exit_code in INTERRUPTED:
        return _interrupted(report)
    if report.no_way_out:
        return "No way out to the network: not one host answered, nor did the control address. No link was judged."
    if report.complete:
        return ""
    left = _left(report, Reason.DEADLINE)
    if left:
        return f"Deadline reached: {left:,} of {count(report.summary.links, 'link')} were not checked."
    unread = any(finding.rule.code == "ENT100" for finding in report.findings)
    return f"Incomplete: {'what could not be read was not judged' if unread else 'a part of this run is missing'}."


def _interrupted(report: Report) -> str:
    left = _left(report, Reason.INTERRUPTED)
    if left:
        return f"Interrupted: {left:,} of {count(report.summary.links, 'link')} were not checked to the end."
    return "Interrupted: all links were checked, but not all that was heard could be confirmed."


def _left(report: Report, reason: Reason) -> int:
    return sum(link.evidence.outcome.reason is reason for link in report.links)
