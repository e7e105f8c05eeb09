"""Where a piece of Markdown stands: from offsets in a passage to lines and columns of the file."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from rlhf_linkcheck.model import Position

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a passage's text, as offsets; ``end`` is exclusive."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Passage:
    """The text of one paragraph, heading or HTML block without its indentation, and where its lines stand.

    ``offsets`` say where in ``text`` each line begins, ``places`` its line and column in the file.
    """

    text: str
    offsets: tuple[int, ...]
    places: tuple[tuple[int, int], ...]

    def position(self, span: Span) -> Position:
        """Where the span stands in the file."""
        line, column = self._place(span.start)
        if span.end <= span.start:
            return Position(line, column, line, column)
        end_line, last_column = self._place(span.end - 1)
        return Position(line, column, end_line, last_column + 1)

    def cut(self, span: Span) -> str:
        """The text of the span."""
        return self.text[span.start : span.end]

    def _place(self, offset: int) -> tuple[int, int]:
        index = bisect_right(self.offsets, offset) - 1
        line, column = self.places[index]
        return line, column + offset - self.offsets[index]


def split_lines(text: str) -> tuple[str, ...]:
    """The lines of a text without their ends; LF, CRLF and CR end a line and nothing else does."""
    return tuple(_LINE_END.split(text))


def locate(content: str, lines: Sequence[str], first: int, last: int | None = None) -> Passage:
    """Find a block's content again in the file.

    Markdown takes indentation, quote marks and heading marks away and leaves the rest as it is, so
    each line of the content is the last such stretch of its line. ``first`` is the index of the
    block's first line, ``last`` of the one after it: lines of odd blanks (a vertical tab) at its
    beginning are no content.
    """
    parts = content.split("\n")
    starts = range(first, (first if last is None else last - len(parts)) + 1)
    begin = next((start for start in starts if parts[0].strip() in lines[start]), first)
    offsets, places, offset = [], [], 0
    for number, part in enumerate(parts, begin):
        core = part.strip()
        indent = len(part) - len(part.lstrip()) if core else 0
        offsets.append(offset)
        places.append((number + 1, lines[number].rfind(core) - indent + 1))
        offset += len(part) + 1
    return Passage(content, tuple(offsets), tuple(places))


def narrow(text: str, span: Span) -> Span:
    """The span without the blanks at its ends."""
    part = text[span.start : span.end]
    start = span.start + len(part) - len(part.lstrip())
    return Span(start, max(start, span.start + len(part.rstrip())))
