"""The findings of the text report: under their entries, each a line to click on, and the proof below."""

import sys
from collections.abc import Iterable, Iterator, Mapping

from rlhf_linkcheck.finding import Finding, Proof, Severity, Suggestion
from rlhf_linkcheck.report import EntryReport
from rlhf_linkcheck.reporters.grouping import Group, grouped
from rlhf_linkcheck.reporters.marking import Pieces, marked
from rlhf_linkcheck.reporters.news import known_since
from rlhf_linkcheck.reporters.pages import address_of_page
from rlhf_linkcheck.reporters.typesetting import Line, Place, Span, Tone

TONES: Mapping[Severity, Tone] = {
    Severity.ERROR: Tone.ERROR,
    Severity.WARNING: Tone.WARNING,
    Severity.INFO: Tone.INFO,
}

_LONGEST_ID = 40
_INDENT = 4
_LABEL = 10


def grouped_findings(findings: Iterable[Finding], entries: Iterable[EntryReport], *, verbose: bool) -> Iterator[Line]:
    """Findings under a line that names their entry, or their file; both keep the order given.

    An id so long is a title written out, which stands there anyway: only ``verbose`` shows it, too.
    """
    longest = sys.maxsize if verbose else _LONGEST_ID
    for group in grouped(findings, entries):
        yield _header(group, longest)
        for finding in group.findings:
            yield finding_line(finding)
            yield from _details(finding, longest)
        yield Line()


def finding_line(finding: Finding) -> Line:
    """``path:line:column CODE name message [severity]``."""
    tone = TONES[finding.severity]
    position = finding.position
    return Line(
        (
            Span(f"{finding.path}:{position.line}:{position.column}", link=Place(finding.path, position.line)),
            Span(" "),
            Span(finding.rule.code, tone, address_of_page(finding.rule.code)),
            Span(f" {finding.rule.name}", tone),
            Span(f" {finding.message} "),
            Span(f"({known}) " if (known := known_since(finding)) else "", Tone.FAINT),
            Span(f"[{finding.severity.value}]", Tone.FAINT),
        ),
        hang=_INDENT,
    )


def _header(group: Group, longest: int) -> Line:
    if group.entry_id is None:
        return Line((Span(group.path, Tone.STRONG),), hang=2)
    if not group.title:
        return Line((Span(group.entry_id, Tone.STRONG),), hang=2)
    return Line((Span(group.title, Tone.STRONG), _bracketed(group.entry_id, longest)), hang=2)


def _bracketed(entry_id: str | None, longest: int) -> Span:
    return Span(f" ({entry_id})" if entry_id and len(entry_id) <= longest else "", Tone.FAINT)


def _details(finding: Finding, longest: int) -> Iterator[Line]:
    proof = finding.proof or Proof()
    yield from _proof_lines(finding, proof)
    for related in finding.related:
        place = Span(f"{related.path}:{related.line}", link=Place(related.path, related.line))
        yield _detail("see", place, _bracketed(related.entry, longest))
    if finding.suggestion is not None:
        yield from _suggestion_lines(finding.suggestion, proof.found)


def _proof_lines(finding: Finding, proof: Proof) -> Iterator[Line]:
    """The address, then listed above found with the differing words marked; who says so ends the last."""
    pieces = marked(proof.listed, proof.found)
    listed, found = _toned(pieces[0], Tone.LESS), _toned(pieces[1], Tone.MORE)
    if _is_boundless(proof.listed) or _is_boundless(proof.found):
        listed, found = _framed(listed), _framed(found)
    known = (finding.message, proof.listed or "", proof.found or "")
    link = finding.url if finding.url and not any(finding.url in text for text in known) else None
    rows = {
        "link": (Span(link, link=link),) if link else (),
        "listed": listed,
        # Where nobody was asked, the other text is what the rule expects.
        "found" if proof.source else "expected": found,
    }
    day = f"{proof.retrieved_at:%Y-%m-%d}" if proof.retrieved_at else ""
    said_by = ", ".join(part for part in (proof.source, day) if part)
    present = [(label, spans) for label, spans in rows.items() if spans]
    for label, spans in present[:-1]:
        yield _detail(label, *spans)
    for label, spans in present[-1:]:
        yield _detail(label, *spans, Span(f"  ({said_by})" if said_by else "", Tone.FAINT))
    if said_by and not present:
        yield _detail("source", Span(said_by))


def _suggestion_lines(suggestion: Suggestion, found: str | None) -> Iterator[Line]:
    doubt = Span("" if suggestion.safe else "  (look at it before you take it over)", Tone.FAINT)
    for edit in suggestion.edits:
        yield _detail("fix", Span(f"{edit.field or 'here'} → ", Tone.FAINT), *_new_value(edit.value, found), doubt)


def _new_value(value: str, found: str | None) -> tuple[Span, ...]:
    if value in ("", found):
        return (Span("as above" if value else "(remove)", Tone.GOOD),)
    spans = (Span(value, Tone.GOOD),)
    return _framed(spans) if _is_boundless(value) else spans


def _detail(label: str, *spans: Span) -> Line:
    return Line(
        (Span(f"{'':{_INDENT}}{f'{label}:':{_LABEL}}", Tone.FAINT), *spans),
        hang=_INDENT + _LABEL,
    )


def _is_boundless(text: str | None) -> bool:
    """Whether nobody could see where it begins or ends: it is empty, or a blank stands there."""
    return text is not None and (not text or text != text.strip())


def _framed(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    return (Span("«"), *spans, Span("»")) if spans else ()


def _toned(pieces: Pieces, tone: Tone) -> tuple[Span, ...]:
    """The pieces as they are, but for those that differ."""
    return tuple(Span(piece, tone if index % 2 else Tone.PLAIN) for index, piece in enumerate(pieces))
