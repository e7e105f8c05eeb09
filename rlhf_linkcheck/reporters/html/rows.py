"""The rows of the table: each entry, each link outside entries, and what else findings are about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from rlhf_linkcheck.finding import Finding
from rlhf_linkcheck.report import EntryReport, LinkReport, Report
from rlhf_linkcheck.reporters.homes import Homes
from rlhf_linkcheck.reporters.typesetting import harmless


@dataclass(slots=True)
class Row:
    """One thing of the list with what was found about it; ``key`` is its name in the page's address.

    An entry that only findings speak of has no ``entry``; a link outside entries has one link and no id,
    a file neither.
    """

    key: str
    path: str
    id: str | None = None
    entry: EntryReport | None = None
    links: list[LinkReport] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)


class Rows:
    """All rows of a report, and which of them a finding stands in."""

    def __init__(self, report: Report) -> None:
        self._keys: dict[str, int] = {}
        self._homes = Homes(report.entries)
        self._by_entry: dict[EntryReport, Row] = {}
        self._by_id: dict[str, list[Row]] = {}
        self._by_url: dict[str, Row] = {}
        self._others: dict[tuple[str, str | None], Row] = {}
        for entry in report.entries:
            self._add_entry(entry)
        for link in report.links:
            self._add_link(link)
        for finding in report.findings:
            self.of(finding).findings.append(finding)

    def __iter__(self) -> Iterator[Row]:
        yield from self._by_entry.values()
        yield from self._others.values()
        yield from self._by_url.values()

    def of(self, finding: Finding) -> Row:
        """The row of its entry, else of its link outside entries, else one for the entry or file that it names."""
        home = self._homes.of(finding)
        if home is not None:
            return self._by_entry[home]
        if finding.entry is None and finding.url in self._by_url:
            return self._by_url[finding.url]
        name = finding.path, finding.entry
        if name not in self._others:
            self._others[name] = Row(self._key(finding.entry or finding.path), finding.path, finding.entry)
        return self._others[name]

    def key_of(self, path: str, entry: str | None, line: int) -> str | None:
        """The row of the entry that another finding relates to, where there is one."""
        found = [row for row in self._by_id.get(entry or "", ()) if row.path == path]
        above = [row for row in found if row.entry is not None and row.entry.line <= line]
        return next((row.key for row in (*reversed(above), *found)), None)

    def _add_entry(self, entry: EntryReport) -> None:
        # The same entry twice in a report that was put together by hand is one row.
        if entry not in self._by_entry:
            row = Row(self._key(entry.id), entry.path, entry.id, entry)
            self._by_entry[entry] = row
            self._by_id.setdefault(entry.id, []).append(row)

    def _add_link(self, link: LinkReport) -> None:
        owners: Iterable[Row] = [row for entry in link.entries for row in self._by_id.get(entry, ())]
        if not owners:
            owners = [self._by_url.setdefault(link.url, Row(self._key(link.url), ""))]
        for row in owners:
            row.links.append(link)

    def _key(self, name: str) -> str:
        """A name that no other row has, and that survives in an address."""
        wanted = key = harmless(name) or "-"
        while key in self._keys:
            self._keys[wanted] += 1
            key = f"{wanted}~{self._keys[wanted]}"
        self._keys[key] = 1
        return key
