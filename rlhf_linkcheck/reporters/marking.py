"""What is listed against what was found: the words in which two texts differ."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

Pieces: TypeAlias = tuple[str, ...]
"""A text cut up: every other piece, from the second on, is what the other text has not. Empty where there is none."""

_WORD = re.compile(r"\w+|[^\w\s]")
_ALIKE = 0.5
_MOST_WORDS = 150
"""Texts longer than this are not compared word by word: that takes time by the square."""


def marked(listed: str | None, found: str | None) -> tuple[Pieces, Pieces]:
    """Both texts in pieces.

    Texts that have little in common stay whole: marks all over mark nothing. So do a place and a sentence about it.
    """
    if listed and found and _is_place(listed) and not _is_place(found):
        return _cut(listed), _cut(found)
    left, right = (tuple(_WORD.finditer(text or "")) for text in (listed, found))
    if max(len(left), len(right)) > _MOST_WORDS:
        return _cut(listed), _cut(found)
    matcher = SequenceMatcher(None, [word[0] for word in left], [word[0] for word in right], autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _cut(listed), _cut(found)
    differing = [bounds for kind, *bounds in matcher.get_opcodes() if kind != "equal"]
    less = [(left[start].start(), left[end - 1].end()) for start, end, _, _ in differing if start < end]
    more = [(right[start].start(), right[end - 1].end()) for _, _, start, end in differing if start < end]
    return _cut(listed, less), _cut(found, more)


def _is_place(text: str) -> bool:
    """Whether this is an address or a path."""
    return "/" in text and not any(map(str.isspace, text))


def _cut(text: str | None, marks: Sequence[tuple[int, int]] = ()) -> Pieces:
    if text is None:
        return ()
    pieces, done = [], 0
    for start, end in marks:
        pieces += [text[done:start], text[start:end]]
        done = end
    return (*pieces, text[done:])
