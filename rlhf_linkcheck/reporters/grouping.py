"""Findings by the entry or file that they are about, as formats for people show them."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rlhf_linkcheck.finding import Finding
from rlhf_linkcheck.report import EntryReport


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one entry; of a file's text outside entries where ``entry_id`` is None."""

    path: str
    entry_id: str | None
    title: str
    findings: tuple[Finding, ...]


def grouped(findings: Iterable[Finding], entries: Iterable[EntryReport]) -> Iterator[Group]:
    """The groups, and the findings in each, in the order given; the title is empty where there is none."""
    index: dict[tuple[str, str | None], list[EntryReport]] = {}
    for entry in entries:
        index.setdefault((entry.path, entry.id), []).append(entry)
    groups: dict[tuple[str, str | None, EntryReport | None], list[Finding]] = {}
    for finding in findings:
        home = _home(finding, index.get((finding.path, finding.entry), ()))
        groups.setdefault((finding.path, finding.entry, home), []).append(finding)
    for (path, entry_id, home), members in groups.items():
        yield Group(path, entry_id, home.title.strip() if home else "", tuple(members))


def _home(finding: Finding, namesakes: Sequence[EntryReport]) -> EntryReport | None:
    """The entry it is about: of several with one id the last that begins at or above the finding."""
    if not namesakes:
        return None
    above = bisect_right(namesakes, finding.position.line, key=lambda entry: entry.line)
    return namesakes[max(above - 1, 0)]
