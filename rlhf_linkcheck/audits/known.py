"""Findings that audits have told of: what makes two of them the same, and since when each is known; pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from datetime import datetime
from hashlib import sha256

from rlhf_linkcheck.aging import OF_THE_DEAD, OF_THE_UNREACHED
from rlhf_linkcheck.finding import Finding, Fingerprint, Severity
from rlhf_linkcheck.fingerprint import LONGEST_TITLE, fingerprints
from rlhf_linkcheck.report import Known, Report
from rlhf_linkcheck.trend import began, count_as_one

_LONGEST_TEXT = LONGEST_TITLE + 40
"""Characters of a text in the state file; what is longer is cut, and ends in its hash."""

_TEXTS = tuple(one.name for one in fields(Fingerprint))


def known_of(report: Report) -> tuple[Known, ...]:
    """What is known after an audit: what it has told of, and what it could not see."""
    start = began(report)
    told = (
        Known(
            about,
            finding.known_since or start,
            _gravest(finding),
            risen_at=start if finding.has_risen else None,
            suppressed=finding.suppressed,
        )
        for about, finding in zip(fingerprints(report), report.findings, strict=True)
    )
    return (*told, *(() if report.history is None else report.history.unseen))


def storable(known: Known) -> Known:
    """What is known in a form that every row of the state file can hold; it is about the same."""
    return replace(known, about=_storable(known.about))


def storable_text(text: str) -> str:
    """The text without halves of surrogate pairs, and at a length that is bearable."""
    text = text.encode("utf-8", "backslashreplace").decode()
    if len(text) <= _LONGEST_TEXT:
        return text
    return f"{text[:LONGEST_TITLE]}… {sha256(text.encode()).hexdigest()[:32]}"


def cause_of(about: Fingerprint) -> Fingerprint:
    """What a finding is about, whoever answered: which rule speaks of a link that is gone depends on that."""
    about = _storable(about)
    for family in (OF_THE_DEAD, OF_THE_UNREACHED):
        if about.code in family:
            return replace(about, code=min(family), listed="")
    return about


def by_cause(known: Iterable[Known]) -> dict[Fingerprint, Known]:
    """What is known, each cause once: since when the first of its findings is, and how grave the gravest was."""
    held: dict[Fingerprint, Known] = {}
    for one in known:
        other = held.setdefault(cause_of(one.about), one)
        if other is not one:
            least, most = min(one.since, other.since), max(one.severity, other.severity)
            unheard = one.suppressed and other.suppressed
            held[cause_of(one.about)] = replace(other, since=least, severity=most, suppressed=unheard)
    return held


def under_new_titles(held: Mapping[Fingerprint, Known], told: Sequence[Fingerprint]) -> dict[Fingerprint, Known]:
    """What is known by its causes of now: an entry whose title was mended has the links that it had.

    Who was known by its address in an entry that is not there any more is the same in the one that has it now.
    """
    found, there, former = dict(held), frozenset(told), defaultdict[Fingerprint, list[Fingerprint]](list)
    for cause in held:
        if cause.url and cause not in there:
            former[in_any_entry(cause)].append(cause)
    for cause in dict.fromkeys(told):
        if cause.url and cause not in held and (others := former.get(in_any_entry(cause))):
            found[cause] = found.pop(others.pop())
    return found


def in_any_entry(cause: Fingerprint) -> Fingerprint:
    """The same for all entries that have the address, whatever their titles."""
    return replace(cause, title="", link="", entry="")


def dated(finding: Finding, known: Known | None, at: datetime, blinking: datetime | None) -> Finding:
    """The finding, since when it is known; what an audit has told of within the hour is as new as it was then.

    Of a link that only blinks it is no news: it is as if it were known since that began.
    """
    if known is not None and known.severity > finding.severity:
        # What is grave every other night is news once.
        finding = replace(finding, gravest=known.severity)
    if known is None or count_as_one(known.since, at):
        return replace(finding, known_since=blinking)
    again = known.risen_at is not None and count_as_one(known.risen_at, at) and finding.severity >= known.severity
    return replace(finding, known_since=known.since, has_risen=again or finding.severity > known.severity)


def _gravest(finding: Finding) -> Severity:
    return max(finding.severity, finding.gravest or finding.severity)


def _storable(about: Fingerprint) -> Fingerprint:
    return replace(about, **{name: storable_text(getattr(about, name)) for name in _TEXTS})
