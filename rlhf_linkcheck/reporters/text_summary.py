"""What stands below the findings of the text report: notes, the numbers, and what is missing."""

from collections import Counter
from collections.abc import Iterable, Iterator

from rlhf_linkcheck.evidence import Reason, SourceStats, Verdict
from rlhf_linkcheck.finding import Finding, Severity
from rlhf_linkcheck.report import Note, Report, Summary
from rlhf_linkcheck.reporters.text_findings import TONES
from rlhf_linkcheck.reporters.typesetting import Line, Span, Tone

INTERRUPTED = (130, 143)
"""The exit codes after SIGINT and SIGTERM."""

_LABEL = 10
_VERDICT = 11
_VERDICT_TONES = {
    Verdict.ALIVE: Tone.GOOD,
    Verdict.DEAD: Tone.ERROR,
    Verdict.UNCERTAIN: Tone.WARNING,
    Verdict.SKIPPED: Tone.FAINT,
}


def folded_infos(infos: Iterable[Finding]) -> Iterator[Line]:
    """All infos in one line, the most frequent rule first."""
    codes = Counter(finding.rule.code for finding in infos)
    if codes:
        counted = ", ".join(f"{code} {number:,}" for code, number in codes.most_common())
        total = Span(_count(codes.total(), "info"), Tone.INFO)
        yield Line((total, Span(f" ({counted}): --verbose lists them")), hang=2)


def note_lines(notes: Iterable[Note], sources: Iterable[SourceStats]) -> Iterator[Line]:
    """Words about the run, and what each source could not say, with what to do about it."""
    for note in notes:
        place = ":".join(str(part) for part in (note.path, note.line) if part is not None)
        yield _note(f"{place}: {note.message}" if place else note.message)
    for source in sources:
        if source.note:
            yield _note(f"{source.name}: {source.note}")


def summary_lines(report: Report, *, verbose: bool) -> Iterator[Line]:
    """The numbers: links by verdict and reason, entries, findings, requests; ``verbose`` adds each source."""
    summary = report.summary
    yield _row("links", Span(f"{summary.links:,}{': ' if summary.links else ''}"), *_verdicts(summary))
    for verdict in (Verdict.DEAD, Verdict.UNCERTAIN, Verdict.SKIPPED):
        yield from _reasons(report, verdict)
    verified = _verified(summary)
    yield _row("entries", Span(f"{summary.entries:,} judged{f': {verified} verified' if verified else ''}"))
    yield _row("findings", *_severities(summary))
    follow_ups = sum(source.follow_ups for source in report.sources)
    more = f", and {_count(follow_ups, 'follow-up')}" if follow_ups else ""
    yield _row("requests", Span(f"{summary.requests:,}{more}, in {report.elapsed_ms / 1000:,.1f} s"))
    yield from _remembered(report)
    if verbose:
        for source in report.sources:
            yield _row("source", Span(_story(source)))


def _remembered(report: Report) -> Iterator[Line]:
    """How many links an earlier run has asked, since when, and how to have them asked anew."""
    heard = [outcome.checked_at for outcome in (link.evidence.outcome for link in report.links) if outcome.from_cache]
    since = min((moment for moment in heard if moment is not None), default=None)
    if since is not None:
        told = f"{_count(len(heard), 'link')}, alive since {since:%Y-%m-%d %H:%M} UTC or later; --max-age 0s asks anew"
        yield _row("memory", Span(told))


def short_summary(report: Report) -> Line:
    """All that matters in one line."""
    summary = report.summary
    missing = "".join(f". {span.text}" for line in missing_lines(report) for span in line.spans)
    links = Span(f"; {_count(summary.links, 'link')}{': ' if summary.links else ''}")
    return Line((*_severities(summary, "no findings"), links, *_verdicts(summary), Span(missing)), hang=2)


def missing_lines(report: Report) -> Iterator[Line]:
    """One honest sentence where the run is not all that it should have been."""
    sentence = _what_is_missing(report)
    if sentence:
        yield Line((Span(sentence, Tone.WARNING),), hang=2)


def _what_is_missing(report: Report) -> str:
    if report.exit_code in INTERRUPTED:
        return _interrupted(report)
    if report.no_way_out:
        return "No way out to the network: not one host answered, nor did the control address. No link was judged."
    if report.complete:
        return ""
    left = _left(report, Reason.DEADLINE)
    if left:
        return f"Deadline reached: {left:,} of {_count(report.summary.links, 'link')} were not checked."
    unread = any(finding.rule.code == "ENT100" for finding in report.findings)
    return f"Incomplete: {'what could not be read was not judged' if unread else 'a part of this run is missing'}."


def _interrupted(report: Report) -> str:
    left = _left(report, Reason.INTERRUPTED)
    if left:
        return f"Interrupted: {left:,} of {_count(report.summary.links, 'link')} were not checked to the end."
    return "Interrupted: all links were checked, but not all that was heard could be confirmed."


def _left(report: Report, reason: Reason) -> int:
    return sum(link.evidence.outcome.reason is reason for link in report.links)


def _verdicts(summary: Summary) -> tuple[Span, ...]:
    numbers = (summary.alive, summary.dead, summary.uncertain, summary.skipped)
    return _listed(
        (f"{number:,} {verdict.value}", _VERDICT_TONES[verdict])
        for verdict, number in zip(Verdict, numbers, strict=True)
        if number
    )


def _reasons(report: Report, verdict: Verdict) -> Iterator[Line]:
    reasons = Counter(link.evidence.outcome.reason for link in report.links if link.evidence.outcome.verdict is verdict)
    if reasons:
        counted = ", ".join(f"{number:,} {reason.value.replace('_', ' ')}" for reason, number in reasons.most_common())
        head = Span(f"{verdict.value:{_VERDICT}}", _VERDICT_TONES[verdict])
        yield Line((Span(" " * _LABEL), head, Span(counted)), hang=_LABEL + _VERDICT)


def _severities(summary: Summary, nothing: str = "none") -> tuple[Span, ...]:
    numbers = (
        (summary.errors, "error", TONES[Severity.ERROR]),
        (summary.warnings, "warning", TONES[Severity.WARNING]),
        (summary.infos, "info", TONES[Severity.INFO]),
    )
    counted = [(_count(number, noun), tone) for number, noun, tone in numbers if number]
    suppressed = [(f"{summary.suppressed:,} suppressed", Tone.FAINT)] if summary.suppressed else []
    return _listed([*(counted or [(nothing, Tone.GOOD)]), *suppressed])


def _verified(summary: Summary) -> str:
    numbers = (
        _count(summary.papers_verified, "paper") if summary.papers_verified else "",
        _count(summary.repositories_verified, "repository", "repositories") if summary.repositories_verified else "",
    )
    return " and ".join(text for text in numbers if text)


def _story(source: SourceStats) -> str:
    requests = f"{_count(source.requests, 'request')}, {_count(source.follow_ups, 'follow-up')}"
    return f"{source.name}: {source.answered:,} of {source.asked:,} answered, {requests}"


def _listed(parts: Iterable[tuple[str, Tone]]) -> tuple[Span, ...]:
    spans: list[Span] = []
    for text, tone in parts:
        spans += [Span(", "), Span(text, tone)] if spans else [Span(text, tone)]
    return tuple(spans)


def _count(number: int, noun: str, plural: str | None = None) -> str:
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"


def _row(label: str, *spans: Span) -> Line:
    return Line((Span(f"{label:{_LABEL}}", Tone.STRONG), *spans), hang=_LABEL)


def _note(text: str) -> Line:
    return Line((Span("note: ", Tone.WARNING), Span(text)), hang=6)
