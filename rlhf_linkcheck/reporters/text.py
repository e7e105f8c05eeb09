"""The report as people read it, in a terminal, a pipe or a file."""

from collections.abc import Iterator

from rlhf_linkcheck.finding import Finding, Severity
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters.base import Reporter, Style
from rlhf_linkcheck.reporters.news import what_changed
from rlhf_linkcheck.reporters.text_findings import finding_line, grouped_findings
from rlhf_linkcheck.reporters.text_summary import (
    folded_infos,
    missing_lines,
    note_lines,
    short_summary,
    summary_lines,
)
from rlhf_linkcheck.reporters.typesetting import Line, Span, Tone, typeset


class TextReporter(Reporter):
    """Findings under their entries, infos in one line, notes, the numbers, and what is missing.

    ``verbose`` lists the infos and each source too; ``quiet`` leaves one line a finding and one for the numbers.
    """

    name = "text"

    def parts(self, report: Report, style: Style) -> Iterator[str]:
        """The text line by line; nothing from outside can move the cursor, break a line or be taken for markup."""
        return typeset(_quiet(report, style) if style.quiet else _full(report, style), style)


def _quiet(report: Report, style: Style) -> Iterator[Line]:
    shown, _ = _sorted_out(report, style)
    yield from (finding_line(finding) for finding in shown)
    yield short_summary(report)


def _full(report: Report, style: Style) -> Iterator[Line]:
    changed = [Line((Span(words),), hang=2) for words in what_changed(report)]
    yield from (*changed, Line()) if changed else ()
    shown, infos = _sorted_out(report, style)
    yield from grouped_findings(shown, report.entries, verbose=style.verbose)
    asides = [*folded_infos(infos), *note_lines(report)]
    if not shown and not asides and report.complete:
        asides = [Line((Span("Nothing to mend.", Tone.GOOD),))]
    if asides:
        yield from (*asides, Line())
    yield from summary_lines(report, verbose=style.verbose)
    yield from missing_lines(report)


def _sorted_out(report: Report, style: Style) -> tuple[list[Finding], list[Finding]]:
    """The findings to list, and the infos that are only counted."""
    heard = [finding for finding in report.findings if not finding.suppressed]
    if style.verbose:
        return heard, []
    return (
        [finding for finding in heard if finding.severity is not Severity.INFO],
        [finding for finding in heard if finding.severity is Severity.INFO],
    )
