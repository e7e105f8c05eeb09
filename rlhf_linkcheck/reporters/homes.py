"""Which entry a finding is about, where several have the same id."""

from bisect import bisect_right
from collections.abc import Iterable

from rlhf_linkcheck.finding import Finding
from rlhf_linkcheck.report import EntryReport


class Homes:
    """The entries of a report by file and id."""

    def __init__(self, entries: Iterable[EntryReport]) -> None:
        self._namesakes: dict[tuple[str, str | None], list[EntryReport]] = {}
        for entry in entries:
            self._namesakes.setdefault((entry.path, entry.id), []).append(entry)

    def of(self, finding: Finding) -> EntryReport | None:
        """The entry it is about: of several with one id the last that begins at or above the finding."""
        namesakes = self._namesakes.get((finding.path, finding.entry))
        if not namesakes:
            return None
        above = bisect_right(namesakes, finding.position.line, key=lambda entry: entry.line)
        return namesakes[max(above - 1, 0)]
