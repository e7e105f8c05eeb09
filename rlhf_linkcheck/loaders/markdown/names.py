"""Anchors for headings: the names that a ``#fragment`` can point at."""

import unicodedata
from collections import Counter


class Slugs:
    """The anchors that GitHub gives headings.

    Lower case, punctuation dropped, each blank a ``-``, repeats ``-1``, ``-2``.
    Source: https://github.com/Flet/github-slugger
    """

    def __init__(self) -> None:
        self._times: Counter[str] = Counter()

    def give(self, heading: str) -> str:
        """The anchor of the next heading with this text."""
        kept = "".join(char for char in heading.lower() if char in "- " or _keeps(char)).replace(" ", "-")
        slug = kept
        while slug in self._times:
            self._times[kept] += 1
            slug = f"{kept}-{self._times[kept]}"
        self._times[slug] += 0
        return slug


def _keeps(char: str) -> bool:
    """Letters, marks, decimal digits and connectors (``_``)."""
    return char.isalpha() or unicodedata.category(char) in ("Mn", "Mc", "Me", "Nd", "Nl", "Pc")
