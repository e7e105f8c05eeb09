"""What stands below the findings of the text report: notes, the numbers, and what is missing."""

from collections.abc import Iterable, Iterator, Sequence

from rlhf_linkcheck.evidence import SourceStats, Verdict
from rlhf_linkcheck.finding import Finding, Severity
from rlhf_linkcheck.report import Report, Summary
from rlhf_linkcheck.reporters.story import (
    count,
    counted_codes,
    counted_names,
    counted_reasons,
    notes_of,
    requests_made,
    verified,
    what_is_missing,
)
from rlhf_linkcheck.reporters.text_findings import TONES
from rlhf_linkcheck.reporters.typesetting import Line, Span, Tone

_LABEL = 10
_PART = 11
_VERDICT_TONES = {
    Verdict.ALIVE: Tone.GOOD,
    Verdict.DEAD: Tone.ERROR,
    Verdict.UNCERTAIN: Tone.WARNING,
    Verdict.SKIPPED: Tone.FAINT,
}


def folded_infos(infos: Sequence[Finding]) -> Iterator[Line]:
    """All infos in one line, the most frequent rule first."""
    if infos:
        total = Span(count(len(infos), "info"), Tone.INFO)
        yield Line((total, Span(f" ({counted_codes(infos)}): --verbose lists them")), hang=2)


def note_lines(report: Report) -> Iterator[Line]:
    """Words about the run, and what each source could not say, with what to do about it."""
    for note in notes_of(report):
        yield Line((Span("note: ", Tone.WARNING), Span(note)), hang=6)


def summary_lines(report: Report, *, verbose: bool) -> Iterator[Line]:
    """The numbers: links by verdict and reason, entries, findings, requests; ``verbose`` adds each source."""
    summary = report.summary
    yield _row("links", Span(f"{summary.links:,}{': ' if summary.links else ''}"), *_verdicts(summary))
    for verdict in (Verdict.DEAD, Verdict.UNCERTAIN, Verdict.SKIPPED):
        yield from _reasons(report, verdict)
    held = verified(summary)
    yield _row("entries", Span(f"{summary.entries:,} judged{f': {held} verified' if held else ''}"))
    yield from _found(report)
    yield _row("requests", Span(requests_made(report)))
    yield from _remembered(report)
    if verbose:
        for source in report.sources:
            yield _row("source", Span(_story(source)))


def _found(report: Report) -> Iterator[Line]:
    """The findings by severity and rule, so that it is seen what there is to do, and how much of it is easy."""
    yield _row("findings", *_severities(report.summary))
    heard = [finding for finding in report.findings if not finding.suppressed]
    for severity in (Severity.ERROR, Severity.WARNING):
        counted = counted_names(finding for finding in heard if finding.severity is severity)
        if counted:
            yield _below(severity.value, TONES[severity], counted)
    safe = [finding.suggestion.safe for finding in heard if finding.suggestion is not None]
    if safe:
        doubtful = f", {safe.count(False):,} to be looked at first" if not all(safe) else ""
        yield _row("fixes", Span(f"{safe.count(True):,} to take over as they stand{doubtful}"))


def _remembered(report: Report) -> Iterator[Line]:
    """How many links an earlier run has asked, since when, and how to have them asked anew."""
    heard = [outcome.checked_at for outcome in (link.evidence.outcome for link in report.links) if outcome.from_cache]
    since = min((moment for moment in heard if moment is not None), default=None)
    if since is not None:
        told = f"{count(len(heard), 'link')}, alive since {since:%Y-%m-%d %H:%M} UTC or later; --max-age 0s asks anew"
        yield _row("memory", Span(told))


def short_summary(report: Report) -> Line:
    """All that matters in one line."""
    summary = report.summary
    missing = "".join(f". {span.text}" for line in missing_lines(report) for span in line.spans)
    links = Span(f"; {count(summary.links, 'link')}{': ' if summary.links else ''}")
    return Line((*_severities(summary, "no findings"), links, *_verdicts(summary), Span(missing)), hang=2)


def missing_lines(report: Report) -> Iterator[Line]:
    """One honest sentence where the run is not all that it should have been."""
    sentence = what_is_missing(report)
    if sentence:
        yield Line((Span(sentence, Tone.WARNING),), hang=2)


def _verdicts(summary: Summary) -> tuple[Span, ...]:
    numbers = (summary.alive, summary.dead, summary.uncertain, summary.skipped)
    return _listed(
        (f"{number:,} {verdict.value}", _VERDICT_TONES[verdict])
        for verdict, number in zip(Verdict, numbers, strict=True)
        if number
    )


def _reasons(report: Report, verdict: Verdict) -> Iterator[Line]:
    counted = counted_reasons(report, verdict)
    if counted:
        yield _below(verdict.value, _VERDICT_TONES[verdict], counted)


def _severities(summary: Summary, nothing: str = "none") -> tuple[Span, ...]:
    numbers = (
        (summary.errors, "error", TONES[Severity.ERROR]),
        (summary.warnings, "warning", TONES[Severity.WARNING]),
        (summary.infos, "info", TONES[Severity.INFO]),
    )
    counted = [(count(number, noun), tone) for number, noun, tone in numbers if number]
    suppressed = [(f"{summary.suppressed:,} suppressed", Tone.FAINT)] if summary.suppressed else []
    return _listed([*(counted or [(nothing, Tone.GOOD)]), *suppressed])


def _story(source: SourceStats) -> str:
    requests = f"{count(source.requests, 'request')}, {count(source.follow_ups, 'follow-up')}"
    return f"{source.name}: {source.answered:,} of {source.asked:,} answered, {requests}"


def _listed(parts: Iterable[tuple[str, Tone]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for text, tone in parts:
        spans += [Span(", "), Span(text, tone)] if spans else [Span(text, tone)]
    return tuple(spans)


def _row(label: str, *spans: Span) -> Line:
    return Line((Span(f"{label:{_LABEL}}", Tone.STRONG), *spans), hang=_LABEL)


def _below(label: str, tone: Tone, counted: str) -> Line:
    """The parts of the number above, in a row of their own."""
    return Line((Span(" " * _LABEL), Span(f"{label:{_PART}}", tone), Span(counted)), hang=_LABEL + _PART)
