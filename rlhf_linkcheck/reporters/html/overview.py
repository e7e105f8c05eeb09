"""What a reader wants to know first: how grave it is, what to do, and what could not be verified."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters.html.rows import Row, Rows
from rlhf_linkcheck.reporters.marking import Pieces, marked
from rlhf_linkcheck.reporters.news import newest_first, what_changed
from rlhf_linkcheck.reporters.text_summary import missing_lines

FIRST = 6
"""So many findings stand on top; a list that goes on is none of what to do first."""

MOST = 200
"""So many stand in the page without its table, which a page without scripts and on paper is."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding, what it is about, and both texts in pieces."""

    finding: Finding
    subject: str
    key: str
    listed: Pieces
    found: Pieces


@dataclass(frozen=True, slots=True)
class Count:
    """How often a rule found something that is not suppressed, with the gravest severity that it was given."""

    rule: RuleInfo
    severity: Severity
    number: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The words and lists on top of the page. ``mood`` is the severity that it has as a whole, or «good»."""

    mood: str
    headline: str
    missing: str
    findings: tuple[Told, ...]
    left_out: int
    fixable: int
    rules: tuple[Count, ...]
    unverified: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]


def overview(report: Report, rows: Rows) -> Overview:
    """Sum a report up."""
    heard = sorted(
        newest_first(finding for finding in report.findings if not finding.suppressed),
        key=lambda finding: finding.severity,
        reverse=True,
    )
    mood, headline = _headline(report)
    return Overview(
        mood=mood,
        headline=headline,
        missing="".join(span.text for line in missing_lines(report) for span in line.spans),
        findings=tuple(_told(finding, rows) for finding in heard[:MOST]),
        left_out=max(len(heard) - MOST, 0),
        fixable=sum(finding.suggestion is not None for finding in heard),
        rules=tuple(_counted(heard)),
        unverified=tuple(_unverified(report)),
        changed=tuple(what_changed(report)),
    )


def _headline(report: Report) -> tuple[str, str]:
    summary = report.summary
    graves = [
        f"{number:,} {noun}{'' if number == 1 else 's'}"
        for number, noun in ((summary.errors, "error"), (summary.warnings, "warning"))
        if number
    ]
    if graves:
        return "error" if summary.errors else "warning", " and ".join(graves)
    if report.no_way_out:
        return "warning", "No way out to the network"
    if not report.complete:
        return "warning", "Not everything was checked"
    if not summary.links and not summary.entries:
        return "info", "Nothing was checked"
    return "good", "Nothing to mend"


def _told(finding: Finding, rows: Rows) -> Told:
    row = rows.of(finding)
    proof = finding.proof
    return Told(finding, title_of(row), row.key, *(marked(proof.listed, proof.found) if proof else ((), ())))


def title_of(row: Row) -> str:
    """What a row is called: the title of its entry, else its id, its link or its file."""
    title = row.entry.title.strip() if row.entry else ""
    return title or row.id or next((link.url for link in row.links), row.path)


def _counted(findings: Sequence[Finding]) -> Iterator[Count]:
    """By rule, the gravest and then the most frequent first; the findings come in the order of their gravity."""
    numbers = Counter(finding.rule.code for finding in findings)
    gravest: dict[str, Finding] = {}
    for finding in findings:
        gravest.setdefault(finding.rule.code, finding)
    counts = [Count(first.rule, first.severity, numbers[code]) for code, first in gravest.items()]
    yield from sorted(counts, key=lambda count: (count.severity, count.number), reverse=True)


def _unverified(report: Report) -> Iterator[tuple[str, str]]:
    """Who or where, and what is to be said: of the sources and of the run."""
    for source in report.sources:
        if source.note:
            yield source.name, source.note
    for note in report.notes:
        yield ":".join(str(part) for part in (note.path, note.line) if part is not None), note.message
