"""Which tests a report is made of: a suite a file; in it an entry each, the links outside them, and the file itself."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from rlhf_linkcheck.evidence import Verdict
from rlhf_linkcheck.finding import Finding, Severity
from rlhf_linkcheck.report import EntryReport, LinkReport, Report
from rlhf_linkcheck.reporters.news import is_compared, newest_first
from rlhf_linkcheck.reporters.typesetting import harmless
from rlhf_linkcheck.reporters.wording import message, missing

THE_FILE = "(the file itself)"
OUTSIDE = "(links outside entries)"

_CARRIED_OUT = (0, 1)
"""With any other exit code the run came to no end of its own."""
_MOST_NAMED = 3


class Outcome(Enum):
    """What became of a test; the value is the element that says so."""

    PASSED = ""
    FAILURE = "failure"
    ERROR = "error"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Case:
    """One test: why it did not pass, and the errors and warnings that belong to it."""

    name: str
    elapsed_ms: int = 0
    outcome: Outcome = Outcome.PASSED
    kind: str = ""
    why: str = ""
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Suite:
    """The tests of one file, and all findings in it that nobody asked not to hear of."""

    path: str
    cases: tuple[Case, ...]
    findings: tuple[Finding, ...]


def suites(report: Report) -> Iterator[Suite]:
    """A suite for each input in the order given, and for whatever else entries or findings lie in."""
    findings: dict[str, list[Finding]] = {path: [] for path in report.inputs}
    entries: dict[str, list[EntryReport]] = {path: [] for path in report.inputs}
    for entry in report.entries:
        entries.setdefault(entry.path, []).append(entry)
    for finding in report.findings:
        if not finding.suppressed:
            findings.setdefault(finding.path, []).append(finding)
    links: dict[str | None, list[LinkReport]] = {}
    for link in report.links:
        for entry_id in link.entries or (None,):
            links.setdefault(entry_id, []).append(link)
    paths = tuple({**entries, **findings})
    # Of several files nobody knows in which of them a link outside the entries stands.
    outside = links.pop(None, []) if len(paths) == 1 else []
    for path in paths:
        found = findings.get(path, [])
        cases = _cases(report, entries.get(path, []), found, links, outside)
        yield Suite(path, tuple(cases), tuple(found))


def _cases(
    report: Report,
    entries: Sequence[EntryReport],
    findings: Iterable[Finding],
    links: Mapping[str | None, Sequence[LinkReport]],
    outside: Sequence[LinkReport],
) -> Iterator[Case]:
    """The tests of one file in the order of its lines. One entry's id is another's name where ids are repeated."""
    homes, compared = _Homes(entries), is_compared(report)
    of_entry: dict[int, list[Finding]] = {}
    for finding in findings:
        of_entry.setdefault(homes.of(finding), []).append(finding)
    yield _of_file(report, of_entry.pop(_Homes.FILE, []))
    lost = of_entry.pop(_Homes.OUTSIDE, [])
    if lost or outside:
        yield _judged(OUTSIDE, lost, outside, compared=compared)
    names: Counter[str] = Counter()
    for index, entry in enumerate(entries):
        name = harmless(entry.id).strip() or "(no id)"
        names[name] += 1
        unique = name if names[name] == 1 else f"{name} ({names[name]})"
        yield _judged(unique, of_entry.get(index, []), links.get(entry.id, ()), compared=compared)


class _Homes:
    """Which of a file's entries a finding is about, by its index; of several with one id the last above it."""

    FILE = -1
    OUTSIDE = -2

    def __init__(self, entries: Sequence[EntryReport]) -> None:
        self._by_id: dict[str, list[tuple[int, int]]] = {}
        for index, entry in enumerate(entries):
            self._by_id.setdefault(entry.id, []).append((entry.line, index))
        for namesakes in self._by_id.values():
            namesakes.sort()

    def of(self, finding: Finding) -> int:
        namesakes = None if finding.entry is None else self._by_id.get(finding.entry)
        if namesakes:
            above = bisect_right(namesakes, finding.position.line, key=lambda place: place[0])
            return namesakes[max(above - 1, 0)][1]
        return self.FILE if finding.url is None else self.OUTSIDE


def _of_file(report: Report, findings: Sequence[Finding]) -> Case:
    """What is about no link; and whether the run was carried out at all, and to its end."""
    case = _judged(THE_FILE, findings, (), compared=is_compared(report))
    word = missing(report)
    if case.outcome is Outcome.FAILURE or (report.exit_code in _CARRIED_OUT and not word):
        return case
    if report.exit_code in _CARRIED_OUT:
        return Case(THE_FILE, outcome=Outcome.SKIPPED, why=word)
    word = word or f"The run ended with exit code {report.exit_code}."
    return Case(THE_FILE, outcome=Outcome.ERROR, kind=f"exit code {report.exit_code}", why=word)


def _judged(name: str, findings: Sequence[Finding], links: Sequence[LinkReport], *, compared: bool) -> Case:
    """Failed by an error, else skipped where it is not known of some link how it is, else passed."""
    elapsed = sum(link.evidence.outcome.elapsed_ms for link in links)
    errors = newest_first(finding for finding in findings if finding.severity is Severity.ERROR)
    if errors:
        first, rest = errors[0], len(errors) - 1
        kind = f"{harmless(first.rule.code)} {harmless(first.rule.name)}".strip()
        why = f"{message(first, compared=compared)}{f' (and {rest:,} more)' if rest else ''}"
        told = newest_first(finding for finding in findings if finding.severity > Severity.INFO)
        return Case(name, elapsed, Outcome.FAILURE, kind, why, tuple(sorted(told, key=_gravest_first)))
    unsure = [link for link in links if link.evidence.outcome.verdict in (Verdict.UNCERTAIN, Verdict.SKIPPED)]
    if unsure:
        named = "; ".join(map(_doubt, unsure[:_MOST_NAMED]))
        rest = len(unsure) - _MOST_NAMED
        return Case(name, elapsed, Outcome.SKIPPED, why=f"{named}{f'; {rest:,} more' if rest > 0 else ''}")
    return Case(name, elapsed)


def _gravest_first(finding: Finding) -> bool:
    return finding.severity is not Severity.ERROR


def _doubt(link: LinkReport) -> str:
    outcome = link.evidence.outcome
    return f"{harmless(link.url)}: {outcome.verdict.value}, {outcome.reason.value.replace('_', ' ')}"
