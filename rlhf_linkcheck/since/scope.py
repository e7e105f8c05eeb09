"""What a run is to speak of: the whole list, some of its entries, or what a change has touched; pure."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from rlhf_linkcheck.finding import Finding
from rlhf_linkcheck.model import DefectKind, Document, Entry, Link
from rlhf_linkcheck.report import Note
from rlhf_linkcheck.since.changes import Changes

_OF_THE_TEXT = frozenset({"ENT100", "ENT101", "ENT102", "ENT107"})
"""What the loaders saw amiss: of that, documents hold only what is to be spoken of."""

_RESTS_ON: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # What is no paper is held against no record, and each category has duplicates of its own.
        **dict.fromkeys(("PAP102", "PAP103"), ("url", "category")),
        **dict.fromkeys(("PAP101", "REP109", "DUP101", "DUP102"), ("url", "title", "category")),
        **dict.fromkeys(("PAP104", "PAP105"), ("url", "authors", "category")),
        **dict.fromkeys(("PAP109", "REP103", "REP104"), ("category",)),
        "ENT106": ("url",),
        "PAP108": ("url", "title", "authors", "category"),
        "REP107": ("url", "title"),
    }
)
"""Whose values a finding speaks of besides the one that it stands at: it is news where any of them is."""

_HELD_AGAINST_MAIN = ("url", "title", "authors", "category")
"""What of an entry is held against what its main link leads to: where one of them is new, that is asked, too."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Which entries are judged, which links asked, which findings told.

    ``entry_ids`` are those asked for, none for all; ``changes`` by path what a change has touched, None for all.
    """

    entry_ids: tuple[str, ...] = ()
    changes: Mapping[str, Changes] | None = None

    def judges(self, entry: Entry) -> bool:
        """Whether the entry is one that this run is about."""
        if self.entry_ids and entry.id not in self.entry_ids:
            return False
        return self.changes is None or self.changes[entry.path].has(entry)

    def asks(self, owner: Entry | Document, link: Link) -> bool:
        """Whether the link is asked. What an entry is about is, also where only its title or its code is new."""
        if isinstance(owner, Document):
            own = None if self.changes is None else self.changes[owner.path]
            return not self.entry_ids and (own is None or own.brings(link.address, link.position))
        if not self.judges(owner):
            return False
        changes = None if self.changes is None else self.changes[owner.path]
        if changes is None or changes.touches(owner, link.field):
            return True
        # The record of a paper may name its code.
        official = (other.field for other in owner.links if other.is_official_code)
        needed = any(changes.touches(owner, field) for field in (*_HELD_AGAINST_MAIN, *official))
        return link is owner.main and needed

    def brings(self, owner: Entry | Document, link: Link) -> bool:
        """Whether the link itself is what the run is about, and not asked for what is held against it."""
        if not self.asks(owner, link):
            return False
        return (
            self.changes is None or isinstance(owner, Document) or self.changes[owner.path].touches(owner, link.field)
        )

    def narrowed(self, document: Document) -> Document:
        """The document as the rules are to see it: which entries are new in it, and what is amiss only now."""
        if self.changes is None:
            return document
        changes = self.changes[document.path]
        kept = (one for one in document.defects if one.kind is DefectKind.SYNTAX or one in changes.defects)
        return replace(document, defects=tuple(kept), fresh=changes.newcomers)

    def judged_lines(self, document: Document) -> frozenset[int] | None:
        """The lines about which all that could be found is told; None for each of them."""
        if self.changes is None:
            return None
        changes = self.changes[document.path]
        new = (place for place, fields in changes.entries.items() if fields is None)
        within = {line for place in new for line in range(place.line, place.end_line + 1)}
        outside = {link.position.line for link in document.links}
        known = {link.position.line for link in document.links if not changes.brings(link.address, link.position)}
        return frozenset(within | (outside - known))

    def told(self, findings: Sequence[Finding], document: Document) -> list[Finding]:
        """The findings about this document that the run is to tell of."""
        entries = defaultdict[str, list[Entry]](list)
        if self.changes is not None:
            for entry in sorted(document.entries, key=_beginning):
                entries[entry.id].append(entry)
        return [finding for finding in findings if self._tells(finding, entries.get(finding.entry or "", ()))]

    def speaks_of(self, note: Note) -> bool:
        """Whether a word about a suppression is for whoever made the change: it has brought the comment."""
        if self.changes is None:
            return True
        own = self.changes.get(note.path or "")
        return own is not None and any(comment.position.line == note.line for comment in own.suppressions)

    def _tells(self, finding: Finding, entries: Sequence[Entry]) -> bool:
        if finding.rule.code == "ENT100":  # of a file that cannot be read nothing else is known
            return True
        if self.entry_ids and finding.entry not in self.entry_ids:
            return False
        if self.changes is None or finding.rule.code in _OF_THE_TEXT:
            return True
        changes = self.changes[finding.path]
        if not entries:
            return changes.brings(finding.url, finding.position)
        # Of several with one id the last that begins before it.
        entry = entries[max(bisect_right(entries, finding.position[:2], key=_beginning) - 1, 0)]
        fields = (finding.field or "", *_RESTS_ON.get(finding.rule.code, ()))
        return any(changes.touches(entry, field) for field in fields)


WHOLE = Scope()
"""All that is listed."""


def _beginning(entry: Entry) -> tuple[int, int]:
    return entry.position.line, entry.position.column
