"""What the list says: documents, their entries and links, and where each value stands."""

import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple


class Position(NamedTuple):
    """A stretch of text: lines and columns from 1, in code points; ``end_column`` is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


class Positions:
    """Where the values of one entry stand, by field path (``title``, ``authors[2]``, ``links[0].url``).

    Four numbers a field in one array instead of an object each: a list of 100,000 entries holds
    about a million positions.
    """

    __slots__ = ("_fields", "_numbers")

    def __init__(self, located: Iterable[tuple[str, Position]] = ()) -> None:
        pairs = tuple(located)
        self._fields = tuple(name for name, _ in pairs)
        self._numbers = array("I", [number for _, position in pairs for number in position])

    def __iter__(self) -> Iterator[tuple[str, Position]]:
        for index, name in enumerate(self._fields):
            yield name, self._at(index)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Positions):
            return NotImplemented
        return self._fields == other._fields and list(self) == list(other)

    def __hash__(self) -> int:
        return hash(tuple(self))

    def __repr__(self) -> str:
        return f"Positions({list(self)!r})"

    def get(self, field_path: str) -> Position | None:
        """The position of exactly this field, or None where the text has no such value."""
        try:
            return self._at(self._fields.index(field_path))
        except ValueError:
            return None

    def _at(self, index: int) -> Position:
        line, column, end_line, end_column = self._numbers[4 * index : 4 * index + 4]
        return Position(line, column, end_line, end_column)


class Category(StrEnum):
    """What kind of thing an entry lists."""

    PAPER = "paper"
    CODEBASE = "codebase"
    DATASET = "dataset"
    BLOG = "blog"
    BOOK = "book"


class Role(StrEnum):
    """What a link is to its entry. ``MAIN`` is the entry's own ``url``; the others stand in ``links``."""

    MAIN = "main"
    CODE = "code"
    DATASET = "dataset"
    ENVIRONMENT = "environment"
    TASK = "task"
    PROJECT = "project"
    OTHER = "other"


_OFFICIAL = re.compile(r"official(?: (?:code|implementation|repo(?:sitory)?))?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Link:
    """An address as the text writes it, blanks and all; ``field`` is empty outside entries."""

    url: str
    role: Role
    position: Position
    field: str = ""
    label: str = ""

    @property
    def address(self) -> str:
        """The address without surrounding blanks: what the report calls ``url``."""
        return self.url.strip()

    @property
    def is_official_code(self) -> bool:
        """Whether the list gives it as the authors' own code, and not as somebody else's."""
        return self.role is Role.CODE and _OFFICIAL.fullmatch(self.label.strip()) is not None


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the list. ``category`` is None and ``title`` empty where the text gives none that is valid.

    ``unread`` are the fields that hold something other than text in a list of texts, and are empty here.
    """

    id: str
    category: Category | None
    title: str
    path: str
    position: Position
    main: Link | None = None
    links: tuple[Link, ...] = ()
    authors: tuple[str, ...] = ()
    year: int | None = None
    section: str | None = None
    nickname: str | None = None
    venue: str | None = None
    publisher: str | None = None
    language: str | None = None
    note: str | None = None
    keywords: tuple[str, ...] = ()
    environments: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    unread: tuple[str, ...] = ()
    positions: Positions = field(default_factory=Positions)

    @property
    def all_links(self) -> tuple[Link, ...]:
        """The main link, where there is one, and then the others."""
        return self.links if self.main is None else (self.main, *self.links)

    def locate(self, field_path: str = "") -> Position:
        """Where a finding about this field stands: at its value, else at the main link, else at the entry."""
        found = self.positions.get(field_path) if field_path else None
        if found is not None:
            return found
        return self.main.position if self.main is not None else self.position


class DefectKind(StrEnum):
    """What a loader saw amiss in the text itself; the ENT rules turn each into a finding."""

    SYNTAX = "syntax"
    SCHEMA = "schema"
    DUPLICATE = "duplicate"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Mending:
    """A new value for a field; an empty field means the source text at the defect's position."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Defect:
    """One irregularity of the text: what is wrong and what to do, at its place."""

    kind: DefectKind
    message: str
    position: Position
    entry: str | None = None
    field: str = ""
    found: str | None = None
    expected: str | None = None
    mendings: tuple[Mending, ...] = ()
    related: tuple[tuple[str | None, Position], ...] = ()


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment ``linkcheck: ignore[CODES]``; without codes it names no rule, and asks for nothing.

    ``about`` is the line it is about, where that is not the one it stands on.
    """

    codes: tuple[str, ...]
    position: Position
    about: int | None = None

    @property
    def line(self) -> int:
        """The line whose entry or value it is about."""
        return self.position.line if self.about is None else self.about


@dataclass(frozen=True, slots=True)
class Document:
    """One input as it was read. Entries and links keep the order of the text.

    ``links`` are those outside entries, ``anchors`` what a ``#fragment`` within the text can
    point at, ``absent`` the relative addresses whose file is not there, ``folder`` the directory
    that relative paths in the text start from. ``fresh`` is where the entries stand that a change has added,
    or made to be about something else, where it is a change that is looked at.
    """

    path: str
    entries: tuple[Entry, ...] = ()
    links: tuple[Link, ...] = ()
    defects: tuple[Defect, ...] = ()
    suppressions: tuple[Suppression, ...] = ()
    anchors: frozenset[str] = frozenset()
    absent: frozenset[str] = frozenset()
    folder: str = "."
    fresh: frozenset[Position] | None = None

    @property
    def oldest_first(self) -> tuple[Entry, ...]:
        """The entries, those that a change has brought behind all others: who repeats another is the newer one."""
        if self.fresh is None:
            return self.entries
        return tuple(sorted(self.entries, key=lambda entry: entry.position in (self.fresh or ())))

    def owned_links(self) -> Iterator[tuple["Entry | Document", Link]]:
        """Every link with who lists it: each entry with its own, then the document with those outside entries."""
        for entry in self.entries:
            for link in entry.all_links:
                yield entry, link
        for link in self.links:
            yield self, link
