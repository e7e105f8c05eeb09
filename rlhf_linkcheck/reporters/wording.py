"""A finding in plain sentences, for formats that leave the layout to whoever shows them."""

from collections import Counter
from collections.abc import Iterable, Iterator

from rlhf_linkcheck.finding import Finding, Proof, Severity
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters.news import known_since, lead, news_of, returns
from rlhf_linkcheck.reporters.places import Places
from rlhf_linkcheck.reporters.text_summary import missing_lines, short_summary
from rlhf_linkcheck.reporters.typesetting import Line, harmless


def message(finding: Finding, *, compared: bool = False) -> str:
    """What is wrong, on one line; the rule's own word where the finding has none.

    Where it was ``compared`` with what earlier audits knew, it begins with what is new about it.
    """
    said = harmless(finding.message) if finding.message.strip() else harmless(finding.rule.name or finding.rule.code)
    word = news_of(finding) if compared else ""
    return f"{word}: {said}" if word else said


def facts(finding: Finding) -> Iterator[str]:
    """What it rests on, what would mend it and since when it is known, one line each."""
    proof = finding.proof or Proof()
    known = (finding.message, proof.listed or "", proof.found or "")
    if finding.url and not any(finding.url in text for text in known):
        yield f"Link: {_quoted(finding.url)}"
    if proof.listed is not None:
        yield f"Listed: {_quoted(proof.listed)}"
    if proof.found is not None:
        # Where nobody was asked, the other text is what the rule expects.
        yield f"{'Found' if proof.source else 'Expected'}: {_quoted(proof.found)}"
    day = f"{proof.retrieved_at:%Y-%m-%d}" if proof.retrieved_at else ""
    said_by = ", ".join(harmless(part) for part in (proof.source, day) if part)
    if said_by:
        yield f"Source: {said_by}"
    if finding.suggestion is not None:
        doubt = "" if finding.suggestion.safe else " (look at it before you take it over)"
        for edit in finding.suggestion.edits:
            yield f"Fix: {harmless(edit.field) or 'here'} → {_quoted(edit.value) if edit.value else '(remove)'}{doubt}"
    if since := known_since(finding):
        yield f"{since.capitalize()}{', graver now' if finding.has_risen else ''}"


def elsewhere(finding: Finding, places: Places) -> Iterator[str]:
    """The other places that belong to it, one line each."""
    for related in finding.related:
        whose = f" ({harmless(related.entry)})" if related.entry else ""
        yield f"See: {harmless(places.path(related.path))}:{related.line}{whose}"


def counted(findings: Iterable[Finding], noun: str) -> str:
    """How many there are and of which rules, the most frequent first: «3 infos (LNK106 2, LNK103 1)»."""
    codes = Counter(finding.rule.code for finding in findings)
    listed = ", ".join(f"{harmless(code)} {number:,}" for code, number in codes.most_common())
    return f"{codes.total():,} {noun}{'' if codes.total() == 1 else 's'} ({listed})"


def changed(report: Report) -> Iterator[str]:
    """What an audit has to tell that no finding of it does, one line each: how much has changed, and what is back."""
    yield from map(harmless, (*lead(report), *returns(report)))


def split(findings: Iterable[Finding]) -> dict[Severity, list[Finding]]:
    """What nobody asked not to hear of, by severity, each in the order of the report."""
    found: dict[Severity, list[Finding]] = {severity: [] for severity in sorted(Severity, reverse=True)}
    for finding in findings:
        if not finding.suppressed:
            found[finding.severity].append(finding)
    return found


def summary(report: Report) -> str:
    """The numbers of the run on one line, and what is missing."""
    return _said(short_summary(report))


def missing(report: Report) -> str:
    """One sentence where the run is not all that it should have been, else nothing."""
    return " ".join(map(_said, missing_lines(report)))


def _said(line: Line) -> str:
    return "".join(harmless(span.text) for span in line.spans)


def _quoted(text: str) -> str:
    """The text; in marks where nobody could see where it begins or ends."""
    return harmless(text) if text and text == text.strip() else f"«{harmless(text)}»"
