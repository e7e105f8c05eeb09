"""What entries of one list have in common, kept once: of 100,000 entries most name the same people and things."""

from array import array
from collections.abc import Hashable, Iterable
from typing import TypeVar

from rlhf_linkcheck.loaders.source import Lines
from rlhf_linkcheck.model import Position, Positions

T = TypeVar("T", bound=Hashable)


class Shared:
    """Equal values of one list; gone with its reading, so that it keeps nothing alive by itself."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Hashable] = {}

    def one(self, value: T) -> T:
        """The value, as it was first met."""
        return self._kept.setdefault(value, value)  # type: ignore[return-value]  # equal and of the same type


class Stretches(Positions):
    """Positions that are counted out when somebody asks: most fields of most entries are never found fault with.

    Of each field only the two offsets are kept, and where the lines of the text begin.
    """

    __slots__ = ("_lines",)

    def __init__(self, fields: tuple[str, ...], offsets: Iterable[int], lines: Lines) -> None:
        super().__init__()
        self._fields = fields
        self._numbers = array("I", tuple(offsets))  # one that grows has room to spare, in each of 100,000 entries
        self._lines = lines

    def _at(self, index: int) -> Position:
        return self._lines.position(*self._numbers[2 * index : 2 * index + 2])
