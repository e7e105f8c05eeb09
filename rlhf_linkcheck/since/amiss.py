"""What of a text's defects and comments was there before a change, entry by entry; pure."""

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import Generic, TypeAlias, TypeVar

from rlhf_linkcheck.model import Defect, DefectKind, Document, Entry, Position, Suppression

Item = TypeVar("Item", Defect, Suppression)

Place: TypeAlias = tuple[str, Position]
"""Where an entry stands: its file, and where in it."""

_NUMBER = re.compile(r"[0-9]+")
_CALLED = re.compile(r"entry (?:`[^`]*`|[0-9]+): ")
"""What messages call an entry by: its id, else its place in the list."""


def new_defects(
    before: Sequence[Document], now: Sequence[Document], former: Mapping[Place, Entry | None]
) -> dict[str, frozenset[Defect]]:
    """By path what is amiss now and was not. ``former`` has for each entry the one that it was."""
    return _Known(before, lambda document: document.defects, _home_of_defect, lambda _, one: _gist(one)).beyond(
        now, former
    )


def new_suppressions(
    before: Sequence[Document], now: Sequence[Document], former: Mapping[Place, Entry | None]
) -> dict[str, frozenset[Suppression]]:
    """By path the comments that are there now and were not, likewise."""
    return _Known(before, lambda document: document.suppressions, _home_of_comment, _wish).beyond(now, former)


class _Known(Generic[Item]):
    """How often each thing was said, of which entry or of none.

    What is new in one entry is not excused by the same thing in another, whichever of the two stands first.
    """

    def __init__(
        self,
        before: Iterable[Document],
        items: Callable[[Document], Iterable[Item]],
        home: Callable[["_Entries", Item], Entry | None],
        gist: Callable[["_Entries", Item], Hashable],
    ) -> None:
        self._items: Callable[[Document], Iterable[Item]] = items
        self._home: Callable[[_Entries, Item], Entry | None] = home
        self._gist: Callable[[_Entries, Item], Hashable] = gist
        self._counts: defaultdict[Place | None, Counter[Hashable]] = defaultdict(Counter)
        for document in before:
            entries = _Entries(document)
            for item in items(document):
                owner = home(entries, item)
                place = None if owner is None else (owner.path, owner.position)
                self._counts[place][gist(entries, item)] += 1

    def beyond(self, now: Iterable[Document], former: Mapping[Place, Entry | None]) -> dict[str, frozenset[Item]]:
        """What there is now more often than it was, by path."""
        return {document.path: frozenset(self._new_in(document, former)) for document in now}

    def _new_in(self, document: Document, former: Mapping[Place, Entry | None]) -> Iterable[Item]:
        entries = _Entries(document)
        of_nobody = list[Item]()
        for item in self._items(document):
            owner = self._home(entries, item)
            if owner is None:
                of_nobody.append(item)
                continue
            was = former[owner.path, owner.position]
            if was is None or not self._takes((was.path, was.position), self._gist(entries, item)):
                yield item
        # Two entries share an id, and neither owns that: what stands at an old one was there first.
        of_nobody.sort(key=lambda item: _is_in_a_new_one(entries.around(item.position), former))
        yield from (item for item in of_nobody if not self._takes(None, self._gist(entries, item)))

    def _takes(self, place: Place | None, gist: Hashable) -> bool:
        counts = self._counts.get(place)
        if counts is None or counts[gist] <= 0:
            return False
        counts[gist] -= 1
        return True


class _Entries:
    """The entries of a document, to be found by a place in its text."""

    def __init__(self, document: Document) -> None:
        self._entries = sorted(document.entries, key=_start)
        self._links = defaultdict[int, list[str]](list)
        for link in document.links if document.suppressions else ():
            self._links[link.position.line].append(link.address)

    def around(self, position: Position) -> Entry | None:
        """The entry that this place is in."""
        above = bisect_right(self._entries, position[:2], key=_start)
        entry = self._entries[above - 1] if above else None
        return entry if entry is not None and position.line <= entry.position.end_line else None

    def on_line(self, line: int) -> Entry | None:
        """The last entry that begins on this line or above, and does not end above it."""
        return self.around(Position(line, _FAR, line, _FAR))

    def said_on(self, line: int) -> Hashable:
        """What a comment about this line is about: an entry as a whole, fields of it, or links outside of any."""
        entry = self.on_line(line)
        if entry is None:
            return frozenset(self._links.get(line, ()))
        if entry.position.line == line:
            return "entry"
        fields = (field for field, place in entry.positions if line in (place.line, place.end_line))
        return frozenset(_NUMBER.sub("#", field) for field in fields)


_FAR = 2**31
"""A column behind any other."""


def _start(entry: Entry) -> tuple[int, int]:
    return entry.position.line, entry.position.column


def _is_in_a_new_one(entry: Entry | None, former: Mapping[Place, Entry | None]) -> bool:
    return entry is not None and former[entry.path, entry.position] is None


def _home_of_defect(entries: _Entries, defect: Defect) -> Entry | None:
    if defect.kind is DefectKind.DUPLICATE and defect.field == "id":
        return None
    return entries.around(defect.position)


def _home_of_comment(entries: _Entries, comment: Suppression) -> Entry | None:
    return entries.on_line(comment.line)


def _gist(defect: Defect) -> Hashable:
    """What a defect is about wherever it stands: its words may name ids, lines and places in a list."""
    message = _CALLED.sub("", defect.message, count=1)
    return defect.kind, _NUMBER.sub("#", defect.field), defect.found, _NUMBER.sub("#", message)


def _wish(entries: _Entries, comment: Suppression) -> Hashable:
    """What a comment asks not to hear: the same codes of something else are another wish."""
    return comment.codes, entries.said_on(comment.line)
