"""One item of a YAML list as JSON data, and where each of its values stands in the text."""

from collections.abc import Iterator
from dataclasses import dataclass
from sys import intern
from typing import NamedTuple, TypeAlias

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

MAX_LOCATED = 4
"""Fields are located down to this depth (the shipped schema's go to 3): deeper paths could outgrow the text."""

_MAX_NAME = 40


class Span(NamedTuple):
    """A stretch of text between two offsets in code points; ``end`` is exclusive."""

    start: int
    end: int


class Repeat(NamedTuple):
    """A key that its mapping has already: its field path, and where it stands first and again."""

    path: str
    first: Span
    again: Span


@dataclass(frozen=True, slots=True)
class Item:
    """One item while it is being read; of a repeated key the last value counts.

    ``spans`` and ``keys`` say by field path where values and their keys stand, the item itself
    under the empty path. A scalar's span is the scalar as written, quotes included. ``written``
    keeps the text of scalars that are no text (numbers, true, null).
    """

    data: Json
    spans: dict[str, Span]
    keys: dict[str, Span]
    written: dict[str, str]
    repeats: tuple[Repeat, ...] = ()

    def nearest(self, path: str) -> Span:
        """Where this field stands, else the closest field around it that is located, else the item."""
        while path not in self.spans:
            path = path[: max(path.rfind("."), path.rfind("["), 0)]
        return self.spans[path]


def member(parent: str, key: str) -> str:
    """The field path of a key; a very long key is cut, so that paths stay shorter than the text."""
    name = key if len(key) <= _MAX_NAME else f"{key[: _MAX_NAME - 1]}…"
    return intern(f"{parent}.{name}" if parent else name)


def element(parent: str, index: int) -> str:
    """The field path of a list's element, counted from 0."""
    return intern(f"{parent}[{index}]")


def field_paths(data: Json, path: str = "", depth: int = 0) -> Iterator[str]:
    """The field paths of the data and of all values within, as deep as they are located."""
    yield path
    if depth < MAX_LOCATED and isinstance(data, dict):
        for key, value in data.items():
            yield from field_paths(value, member(path, key), depth + 1)
    elif depth < MAX_LOCATED and isinstance(data, list):
        for index, value in enumerate(data):
            yield from field_paths(value, element(path, index), depth + 1)
