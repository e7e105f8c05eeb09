"""What a change has added or altered in a list, whatever it has moved; pure."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rlhf_linkcheck.identity import identify
from rlhf_linkcheck.local import local_evidence
from rlhf_linkcheck.matching.titles import fold
from rlhf_linkcheck.model import Defect, Document, Entry, Link, Position, Suppression
from rlhf_linkcheck.since.amiss import Place, new_defects, new_suppressions

_NAMED = ("category", "title", "year", "nickname", "venue", "publisher", "language", "note")
_LISTED = ("authors", "keywords", "environments", "tasks")
_SHARED = frozenset({"category", "title", "url"})
"""What two entries have in common of which one repeats the other."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is new in one document. ``entries`` are those added or changed, by where they stand.

    Each has the fields whose values were not there before: ``title``, ``authors[2]``, ``links[0].url``, or all
    where the entry is new (None). ``links`` are the addresses outside entries, ``blanks`` the places there of links
    without one, ``defects`` what is amiss in the text and ``suppressions`` the comments that were not there either.
    An address that led to a heading or a file which the change takes away is among the ``links``, too.
    """

    entries: Mapping[Position, frozenset[str] | None]
    links: frozenset[str]
    defects: frozenset[Defect]
    suppressions: frozenset[Suppression]
    blanks: frozenset[Position] = frozenset()

    def has(self, entry: Entry) -> bool:
        """Whether the entry was added or changed."""
        return entry.position in self.entries

    def touches(self, entry: Entry, field: str) -> bool:
        """Whether the value of this field was not there before."""
        fields = self.entries.get(entry.position, frozenset())
        return fields is None or field in fields

    def brings(self, address: str | None, position: Position) -> bool:
        """Whether a link outside the entries was not there before, by its address or, where it has none, its place."""
        return address in self.links if address else position in self.blanks

    @property
    def newcomers(self) -> frozenset[Position]:
        """The entries that are new, or about something else than before: of two that are the same, the later."""
        return frozenset(
            place for place, fields in self.entries.items() if fields is None or not fields.isdisjoint(_SHARED)
        )


def changes_since(before: Sequence[Document], now: Sequence[Document]) -> dict[str, Changes]:
    """What each document has, by its path, that the documents before had not, wherever in them it stood.

    Entries are held against each other by what their main link leads to and by their titles: one that was moved,
    be it into another of the files, has another id, or is written in another way is none that was changed.
    """
    former = _Former(entry for document in before for entry in document.entries).of_all(
        entry for document in now for entry in document.entries
    )
    outside = _Outside(before, now)
    known_broken = {address for document in before for address in local_evidence(document)}
    defects, suppressions = new_defects(before, now, former), new_suppressions(before, now, former)
    return {
        document.path: Changes(
            entries=dict(_altered(document, former)),
            links=frozenset(link.address for link in document.links if outside.is_new(link.address))
            | (local_evidence(document).keys() - known_broken),
            defects=defects[document.path],
            suppressions=suppressions[document.path],
            blanks=frozenset(outside.new_blanks(document)),
        )
        for document in now
    }


class _Outside:
    """The links outside entries as they were, and those of entries that are in none any more.

    A heading by another name makes text of all the entries below it, and nobody has touched their links.
    """

    def __init__(self, before: Sequence[Document], now: Sequence[Document]) -> None:
        was, stays = (Counter(map(_address_or_label, _links_of_entries(documents))) for documents in (before, now))
        self._known = Counter(_address_or_label(link) for document in before for link in document.links) + (was - stays)

    def is_new(self, address: str) -> bool:
        """Whether there was no such address, of which one mention is as good as many."""
        return bool(address) and (address, "") not in self._known

    def new_blanks(self, document: Document) -> Iterator[Position]:
        """Where links without an address stand, those that are more than there were by the same label."""
        for link in document.links:
            if not link.address:
                name = _address_or_label(link)
                if self._known[name] <= 0:
                    yield link.position
                self._known[name] -= 1


def _links_of_entries(documents: Iterable[Document]) -> Iterator[Link]:
    return (link for document in documents for entry in document.entries for link in entry.all_links)


def _address_or_label(link: Link) -> tuple[str, str]:
    return (link.address, "") if link.address else ("", link.label)


def _altered(
    document: Document, former: Mapping[Place, Entry | None]
) -> Iterator[tuple[Position, frozenset[str] | None]]:
    """The entries that were added or changed, with the fields that are new."""
    for entry in document.entries:
        was = former[entry.path, entry.position]
        fields = None if was is None else frozenset(_new_fields(was, entry))
        if fields is None or fields:
            yield entry.position, fields


class _Former:
    """The entries as they were: finds for each that there is now the one that it was, and none for two."""

    def __init__(self, before: Iterable[Entry]) -> None:
        self._by_name: defaultdict[Hashable, list[Entry]] = defaultdict(list)
        self._taken: set[int] = set()
        for entry in reversed(tuple(before)):  # so that the first is the one to pop
            for name in filter(None, _names(entry)):
                self._by_name[name].append(entry)

    def of_all(self, now: Iterable[Entry]) -> dict[Place, Entry | None]:
        """By its place for each entry that there is now the one that it was; None where it is new."""
        found: dict[Place, Entry | None] = {}
        left = [(entry, _names(entry)) for entry in now]
        # By the best name first, for all of them, so that nobody takes what is another's by a better one.
        for rank in range(len(left[0][1]) if left else 0):
            unknown = []
            for entry, names in left:
                former = self._take(names[rank])
                if former is None:
                    unknown.append((entry, names))
                found[entry.path, entry.position] = former
            left = unknown
        return found

    def _take(self, name: Hashable) -> Entry | None:
        candidates = self._by_name.get(name, [])
        # Thousands may have one name, and each that is taken by another name is passed over once.
        while candidates:
            former = candidates.pop()
            if id(former) not in self._taken:
                self._taken.add(id(former))
                return former
        return None


def _names(entry: Entry) -> list[Hashable]:
    """What an entry may be known by, the best first, each in its own file before any; None where it has no such."""
    link = identify(entry.main.address) if entry.main is not None and entry.main.address else None
    title = fold(entry.title) or None
    both = None if link is None or title is None else (link, title)
    return [
        None if what is None else (what, path)
        for what in (_content(entry), both, link, title)
        for path in (entry.path, None)
    ]


def _content(entry: Entry) -> Hashable:
    """All that an entry says; neither where nor under which id or heading."""
    links = frozenset(Counter(map(_saying, entry.links)).items())
    named = tuple(getattr(entry, name) for name in (*_NAMED, *_LISTED))
    return "content", entry.main and entry.main.address, links, *named, entry.unread


def _saying(link: Link) -> tuple[str, str, str]:
    return link.role, link.label, link.url


def _new_fields(former: Entry, entry: Entry) -> Iterator[str]:
    """The fields of an entry whose values its former self had not, in whatever order."""
    if (former.main and former.main.address) != (entry.main and entry.main.address):
        yield "url"
    yield from (name for name in (*_NAMED, *_LISTED) if getattr(former, name) != getattr(entry, name))
    for name in _LISTED:
        known = frozenset(getattr(former, name))
        yield from (f"{name}[{index}]" for index, value in enumerate(getattr(entry, name)) if value not in known)
    known_links, known_addresses = set(map(_saying, former.links)), {link.address for link in former.all_links}
    official = {link.address for link in former.links if link.is_official_code}
    for index, link in enumerate(entry.links):
        if _saying(link) not in known_links:
            yield f"links[{index}]"
            yield from (f"links[{index}].{part}" for part in ("label", "role"))
        # What is said to be the authors' own code is another thing to find out about an address.
        if link.address not in known_addresses or (link.is_official_code and link.address not in official):
            yield f"links[{index}].url"
    if {link.address for link in former.links} != {link.address for link in entry.links}:
        yield "links"
