"""Where two texts differ, word by word, so that every format marks the same."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher

_WORD = re.compile(r"\w+|[^\w\s]")
_ALIKE = 0.5
_MOST_WORDS = 150
"""Texts longer than this are not compared word by word: that takes time by the square."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text, and whether it is one that the other text has not."""

    text: str
    differs: bool = False


def compared(listed: str | None, found: str | None) -> tuple[tuple[Stretch, ...], tuple[Stretch, ...]]:
    """Both texts in pieces, those apart that only one of them has; no piece where there is no text.

    Texts that have little in common are left whole: marks all over mark nothing.
    """
    left, right = (tuple(_WORD.finditer(text or "")) for text in (listed, found))
    if max(len(left), len(right)) > _MOST_WORDS:
        return _pieces(listed), _pieces(found)
    matcher = SequenceMatcher(None, [word[0] for word in left], [word[0] for word in right], autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _pieces(listed), _pieces(found)
    differing = [bounds for kind, *bounds in matcher.get_opcodes() if kind != "equal"]
    less = [(left[start].start(), left[end - 1].end()) for start, end, _, _ in differing if start < end]
    more = [(right[start].start(), right[end - 1].end()) for _, _, start, end in differing if start < end]
    return _pieces(listed, less), _pieces(found, more)


def _pieces(text: str | None, marks: Iterable[tuple[int, int]] = ()) -> tuple[Stretch, ...]:
    if text is None:
        return ()
    pieces, done = [], 0
    for start, end in marks:
        pieces += [Stretch(text[done:start]), Stretch(text[start:end], differs=True)]
        done = end
    return (*pieces, Stretch(text[done:]))
