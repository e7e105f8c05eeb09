"""Ids for entries that the text gives none: what they are called, in kebab case."""

import re
import unicodedata

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
