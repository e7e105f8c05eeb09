"""Findings by the entry or file that they are about, as formats for people show them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rlhf_linkcheck.finding import Finding
from rlhf_linkcheck.report import EntryReport
from rlhf_linkcheck.reporters.homes import Homes


@dataclass(frozen=True, slots=True)
class Group:
    """The findings of one entry; of a file's text outside entries where ``entry_id`` is None."""

    path: str
    entry_id: str | None
    title: str
    findings: tuple[Finding, ...]


def grouped(findings: Iterable[Finding], entries: Iterable[EntryReport]) -> Iterator[Group]:
    """The groups, and the findings in each, in the order given; the title is empty where there is none."""
    homes = Homes(entries)
    groups: dict[tuple[str, str | None, EntryReport | None], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.path, finding.entry, homes.of(finding)), []).append(finding)
    for (path, entry_id, home), members in groups.items():
        yield Group(path, entry_id, home.title.strip() if home else "", tuple(members))
