"""A stranger's text without what nobody can see: control characters, marks of direction, halves of characters."""

import re
import unicodedata

_SEQUENCE = re.compile(r"\x1b\[[0-?]{0,20}[ -/]{0,5}[@-~]")
"""What a terminal obeys: ECMA-48, 5.4."""

_JOINERS = frozenset("\u200c\u200d")
"""They change how Persian, Hindi and emoji are written, and so belong to the text."""


def printable(text: str) -> str:
    """The text with its blanks folded and nothing unseen in it."""
    text = _SEQUENCE.sub("", text) if "\x1b" in text else text
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    # Breaks of lines are unseen as well, and blanks to a reader.
    seen = (one for one in " ".join(text.split()) if one in _JOINERS or unicodedata.category(one)[0] != "C")
    return " ".join("".join(seen).split())
