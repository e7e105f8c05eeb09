"""Ids for entries and anchors for headings: the short forms of what they are called."""

import re
import unicodedata
from collections import Counter

_LATIN_ACCENTS = re.compile(r"(?<=[a-z])[\u0300-\u036f]+")
_APOSTROPHES = re.compile(r"['`´‘’ʼ]")


def kebab(name: str) -> str:
    """An id: lower case, Latin letters without accents, other scripts kept, all else ``-``; never empty."""
    plain = _LATIN_ACCENTS.sub("", unicodedata.normalize("NFD", name.lower()))
    plain = _APOSTROPHES.sub("", unicodedata.normalize("NFC", plain))
    words = "".join(char if _is_word(char) else " " for char in plain).split()
    return "-".join(words) or "entry"


def _is_word(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char).startswith("M")


class Ids:
    """Hands out ids that are unique in a file: repeats get ``-2``, ``-3`` in file order."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._last: dict[str, int] = {}

    def give(self, name: str) -> str:
        """An id for this name that was not given before."""
        wanted = candidate = kebab(name)
        number = self._last.get(wanted, 1)
        while candidate in self._given:
            number += 1
            candidate = f"{wanted}-{number}"
        self._last[wanted] = number
        self._given.add(candidate)
        return candidate


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
