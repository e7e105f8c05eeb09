"""Splits a printed name into the parts that databases keep apart."""

import re
import unicodedata
from dataclasses import dataclass

PARTICLES = frozenset(
    [
        "van",
        "von",
        "der",
        "den",
        "de",
        "la",
        "del",
        "della",
        "da",
        "di",
        "dos",
        "du",
        "ter",
        "ten",
        "le",
        "el",
        "al",
        "bin",
        "ibn",
    ]
)
SUFFIXES = frozenset(["jr", "jr.", "sr", "sr.", "ii", "iii", "iv"])
COLLECTIVE = re.compile(r"\b(?:collaboration|group|team)\b", re.IGNORECASE)
ACCENTS = {
    "\u0300": "`",
    "\u0301": "'",
    "\u0302": "^",
    "\u0303": "~",
    "\u0308": '"',
    "\u0304": "=",
    "\u0307": ".",
    "\u030c": "v",
    "\u0327": "c",
    "\u0328": "k",
    "\u0306": "u",
    "\u030a": "r",
}


@dataclass(frozen=True, slots=True)
class Name:
    """A person; without ``given`` it is a name that cannot be split: a single word, or a team's."""

    family: str
    given: str = ""
    suffix: str = ""

    @property
    def inverted(self) -> str:
        """«Family Suffix, Given», as arXiv's meta tags have it."""
        family = f"{self.family} {self.suffix}".strip()
        return f"{family}, {self.given}" if self.given else family


def split_name(printed: str) -> Name:
    """The parts of a name in reading order or inverted: particles belong to the family's, as at arXiv."""
    if COLLECTIVE.search(printed):
        return Name(printed)
    family, comma, given = printed.partition(", ")
    if comma:
        return Name(family, given)
    words = printed.split()
    suffix = words.pop() if len(words) > 2 and words[-1].lower() in SUFFIXES else ""  # noqa: PLR2004 - given, family and it
    first = max(len(words) - 1, 0)
    while first > 1 and words[first - 1].lower() in PARTICLES:
        first -= 1
    return Name(" ".join(words[first:]), " ".join(words[:first]), suffix)


def tex_accents(text: str) -> str:
    """Accented letters as TeX writes them, as they are kept in arXiv's database."""
    told: list[str] = []
    for letter in unicodedata.normalize("NFC", text):
        apart = unicodedata.normalize("NFD", letter)
        accent = ACCENTS.get(apart[1:])
        told.append(f"\\{accent}{{{apart[0]}}}" if accent else letter)
    return "".join(told)
