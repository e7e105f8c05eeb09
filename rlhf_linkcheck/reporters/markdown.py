"""The report as Markdown for GitHub: for a job's summary, an issue or a comment."""

from collections.abc import Iterable, Iterator, Sequence

from rlhf_linkcheck.evidence import Verdict
from rlhf_linkcheck.finding import Finding, Severity
from rlhf_linkcheck.report import LinkReport, Report
from rlhf_linkcheck.reporters.base import Reporter, Style
from rlhf_linkcheck.reporters.markdown_findings import finding_blocks
from rlhf_linkcheck.reporters.markup import cell, code, link, prose
from rlhf_linkcheck.reporters.news import what_changed
from rlhf_linkcheck.reporters.story import (
    count,
    counted_codes,
    counted_reasons,
    notes_of,
    requests_made,
    verified,
    what_is_missing,
)

LONGEST = 60_000
"""The most characters. An issue's or a comment's body has 65,536 at most, which GitHub counts in code points
(https://github.com/dead-claudia/github-limits/pull/13), and whoever posts one may want to say something above it.
The summary of a step may have 1 MiB, which is more, however many bytes a character has.
"""

_MOST_NOTES = 8_000
_REST = 200
"""What a part needs besides what is in it: its frame, and the sentence that counts what was left out."""


class MarkdownReporter(Reporter):
    """The numbers, the errors, and then folded what can wait; as much of it as GitHub takes."""

    name = "markdown"

    def parts(self, report: Report, style: Style) -> Iterator[str]:
        """The text part by part, each whole in itself; the style changes nothing."""
        del style
        heard = [finding for finding in report.findings if not finding.suppressed]
        of_severity = {severity: [each for each in heard if each.severity is severity] for severity in Severity}
        head, notes, tail = _head(report), _notes(report), _tail(report, of_severity[Severity.INFO])
        counted = of_severity[Severity.ERROR], of_severity[Severity.WARNING]
        room = LONGEST - sum(map(len, (head, notes, tail)))
        # What has no room for anything is still counted, and that takes some.
        least = len(_warnings(report, counted[1], 0)), len(_links(report, 0))
        errors = _errors(report, counted[0], room - sum(least))
        warnings = _warnings(report, counted[1], room - len(errors) - least[1])
        links = _links(report, room - len(errors) - len(warnings))
        yield from (part for part in (head, errors, warnings, notes, links, tail) if part)


def _head(report: Report) -> str:
    summary = report.summary
    counted = (
        (count(summary.errors, "error") if summary.errors else ""),
        (count(summary.warnings, "warning") if summary.warnings else ""),
        (count(summary.infos, "info") if summary.infos else ""),
        (f"{summary.suppressed:,} suppressed" if summary.suppressed else ""),
    )
    missing = what_is_missing(report)
    clean = "No findings" if missing else "Nothing to mend"
    found = ", ".join(part for part in counted if part)
    if not (summary.errors or summary.warnings or summary.infos):
        found = f"{clean} ({found})" if found else clean
    warning = f"> **{missing}**\n\n" if missing else ""
    held = verified(summary)
    return (
        f"## {found}\n\n{warning}{count(summary.links, 'link')}{_by_verdict(report)}. "
        f"{count(summary.entries, 'entry', 'entries')} judged{f': {held} verified' if held else ''}.\n"
        f"{_changes(report)}"
    )


def _changes(report: Report) -> str:
    """What an audit leads with."""
    first, *named = tuple(what_changed(report)) or ("",)
    lines = (f"\n{prose(first)}\n", "\n" if named else "", *(f"- {prose(words)}\n" for words in named))
    return "".join(lines) if first else ""


def _by_verdict(report: Report) -> str:
    """``: 7 alive, 2 dead (2 not found)``, nothing where there are no links."""
    summary = report.summary
    numbers = (summary.alive, summary.dead, summary.uncertain, summary.skipped)
    told = []
    for verdict, number in zip(Verdict, numbers, strict=True):
        why = "" if verdict is Verdict.ALIVE else f" ({counted_reasons(report, verdict)})"
        told += [f"{number:,} {verdict.value}{why}"] if number else []
    return f": {', '.join(told)}" if told else ""


def _errors(report: Report, errors: Sequence[Finding], room: int) -> str:
    if not errors:
        return ""
    blocks = finding_blocks(errors, report.entries)
    return f"\n### First: {count(len(errors), 'error')}\n{_fitted(blocks, len(errors), 'error', room - _REST)}"


def _warnings(report: Report, warnings: Sequence[Finding], room: int) -> str:
    if not warnings:
        return ""
    title = f"{count(len(warnings), 'warning')} ({counted_codes(warnings)})"
    blocks = finding_blocks(warnings, report.entries)
    return _folded(title, _fitted(blocks, len(warnings), "warning", room - _REST - len(title)))


def _notes(report: Report) -> str:
    """What could not be verified, with what would help, and other words about the run."""
    notes = [f"- {prose(note)}\n" for note in notes_of(report)]
    return f"\n### Notes\n\n{_fitted(notes, len(notes), 'note', _MOST_NOTES)}" if notes else ""


def _links(report: Report, room: int) -> str:
    """The uncertain links, with what was seen of each; links that were skipped are counted above."""
    unknown = [each for each in report.links if each.evidence.outcome.verdict is Verdict.UNCERTAIN]
    if not unknown:
        return ""
    head = "| link | why | tries |\n|---|---|--:|\n"
    title = f"{count(len(unknown), 'link')} could not be verified"
    rows = _fitted(map(_link_row, unknown), len(unknown), "link", room - _REST - len(title) - len(head))
    return _folded(title, f"\n{head}{rows}" if rows.startswith("|") else rows)


def _link_row(each: LinkReport) -> str:
    outcome = each.evidence.outcome
    reason = outcome.reason.value.replace("_", " ")
    why = f"{reason}: {prose(outcome.detail)}" if outcome.detail else reason
    return f"| {cell(link(each.url))} | {cell(why)} | {outcome.attempts:,} |\n"


def _tail(report: Report, infos: Sequence[Finding]) -> str:
    folded = f"\n{count(len(infos), 'info')} ({counted_codes(infos)}): the JSON report lists them.\n" if infos else ""
    made = f"{report.finished_at:%Y-%m-%d %H:%M} UTC · requests: {requests_made(report)}"
    return f"{folded}\nrlhf-linkcheck {code(report.version)} · {made}\n"


def _folded(title: str, inside: str) -> str:
    """A part that opens on a click; the blank lines make what is inside Markdown again."""
    return f"\n<details><summary>{title}</summary>\n{inside}\n</details>\n"


def _fitted(blocks: Iterable[str], number: int, noun: str, room: int) -> str:
    """As many blocks as there is room for, and a sentence that counts the rest."""
    kept: list[str] = []
    for block in blocks:
        if len(block) > room:
            left = count(number - len(kept), noun) if not kept else count(number - len(kept), f"more {noun}")
            return f"{''.join(kept)}\n{'… and ' if kept else ''}{left}: see the JSON report.\n"
        room -= len(block)
        kept.append(block)
    return "".join(kept)
