"""One printed name into words that can be laid beside another's."""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from rlhf_linkcheck.matching.transliteration import latin, shown, spellings, surname_spellings

_ASIDE = re.compile(
    r"\(([^()]*)\)|\[([^\[\]]*)\]|\"([^\"]*)\"|“([^“”]*)”|«([^«»]*)»|(?<!\w)['‘]([^'‘’]{1,30})['’](?!\w)"
)
_MARKS = re.compile(r"[*∗＊⋆†‡§¶✉#^⁰¹²³⁴⁵⁶⁷⁸⁹ᵃᵇᶜᵈᵉ]+(?:,[*∗＊⋆†‡§¶✉#^⁰¹²³⁴⁵⁶⁷⁸⁹]+)*|(?<=[^\W\d_])\d[\d,]*(?!\w)")
"""Footnote marks and glued numbers; dblp's number of a homonym stands by itself (Wenbo Guo 0001)."""

_COMMA = re.compile(r"[,，、﹐]")
_PHD = re.compile(r"\bPh\.?\s?D\b\.?|\bM\.D\.")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "phd", "md", "esq", "msc", "dphil"))
_TITLES = frozenset(("dr", "prof", "professor", "mr", "mrs", "ms"))
_PARTICLES = frozenset((
    "a", "af", "al", "ap", "av", "ben", "bin", "bint", "da", "das", "de", "degli", "dei", "del", "della", "den",
    "der", "di", "do", "dos", "du", "e", "el", "ibn", "la", "las", "le", "los", "st", "ter", "ten", "te", "to", "van",
    "vande", "vanden", "vander", "vom", "von", "y", "zu", "zum", "zur",
))  # fmt: skip
"""Words before a surname that some print and some do not."""

_APOSTROPHES = re.compile("['’‘ʼʻ`´′]")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff々"
EAST_ASIAN = re.compile(f"[{_HAN}\uac00-\ud7af]+")
"""Scripts that write a name without blanks, the surname first."""

_LONGER_SURNAMES = frozenset((
    "欧阳", "歐陽", "司马", "司馬", "诸葛", "諸葛", "上官", "司徒", "东方", "東方", "皇甫", "尉迟", "慕容", "令狐",
    "夏侯", "남궁", "황보", "선우", "독고", "제갈",
))  # fmt: skip
_VOWEL = re.compile("[aeiouy]")

_LONGEST_GLUED = 3
_MOST_WORDS = 12
_LONGEST = 300
"""A name of more words or characters is none; it is compared as a whole."""
_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name, or an initial, in Latin letters.

    ``spellings`` are the ways to write it, the plain one first. Words of one ``group`` are tied by a
    hyphen. An ``optional`` word may be left out: a particle, a nickname in brackets. ``glued`` ones may be
    initials (PJ), ``cut`` ones are a name's beginning (Chr.). A ``foreign`` word comes from another script,
    where several spellings are right.
    """

    spellings: tuple[str, ...]
    group: int = 0
    optional: bool = False
    glued: bool = False
    cut: bool = False
    foreign: bool = False

    @property
    def plain(self) -> str:
        """The first spelling."""
        return self.spellings[0]

    @property
    def spelt_out(self) -> str:
        """The spelling without accents that is next to the plain one: Mueller."""
        return self.spellings[min(1, len(self.spellings) - 1)]

    @property
    def initial(self) -> bool:
        """Whether it is a single letter."""
        return len(self.plain) == 1

    @property
    def simple(self) -> bool:
        """Whether it is a whole word that can be read in one way only."""
        return len(self.spellings) == 1 < len(self.plain) and not (
            self.optional or self.glued or self.cut or self.foreign
        )

    def same(self, other: "Word") -> bool:
        """Whether the two words are one in some spelling."""
        return self.spellings[0] == other.spellings[0] or not set(self.spellings).isdisjoint(other.spellings)


@dataclass(frozen=True, slots=True)
class Name:
    """A person's name, the given names first as far as can be told.

    ``essential`` are the words that may not be left out. Equal ``key`` are equal names, in whatever order
    their words stand. The ``surname`` is the last whole word, where there is one. A ``simple`` name has only
    whole words that can be read in one way.
    """

    words: tuple[Word, ...]
    essential: tuple[Word, ...]
    key: tuple[str, ...]
    surname: Word | None
    simple: bool

    @classmethod
    def of(cls, words: tuple[Word, ...]) -> "Name":
        """The name that consists of these words."""
        essential = tuple(word for word in words if not word.optional)
        return cls(
            words,
            essential,
            tuple(sorted(word.plain for word in essential)),
            next((word for word in reversed(essential) if not word.initial), None),
            simple=all(word.simple for word in words),
        )


@lru_cache(maxsize=8192)
def read_name(printed: str) -> Name:
    """The words of a printed name.

    >>> [word.plain for word in read_name("van der Schaar, Mihaela").essential]
    ['mihaela', 'schaar']
    >>> [word.plain for word in read_name("P. J. Liu 0001").words]
    ['p', 'j', 'liu']
    """
    if len(printed) > _LONGEST:
        return Name.of((Word((latin(printed),)),))
    upright = unicodedata.normalize("NFKC", printed.replace("´", "'"))
    text, asides = _apart(without_marks(_PHD.sub(" ", shown(upright))))
    pieces = [piece for piece in (_printed_words(piece) for piece in _COMMA.split(text)) if piece]
    surname_first, *others = [piece for piece in pieces if not _is_suffix(piece)] or pieces[:1] or [[]]
    given = [word for piece in others for word in piece]
    printed_words = _without_honours([*given, *surname_first])
    boundary = len(printed_words) - len(surname_first) if given else None
    words = tuple(_words(printed_words, boundary))
    if len(words) > _MOST_WORDS:
        return Name.of((Word(("".join(word.plain for word in words),)),))
    return Name.of((*_nicknames(asides), *words) if words else words)


def without_marks(text: str) -> str:
    """The text without footnote marks and the numbers of affiliations.

    >>> without_marks("Yihao Feng*, Shentao Yang1,2")
    'Yihao Feng, Shentao Yang'
    """
    return _MARKS.sub("", text)


def _apart(text: str) -> tuple[str, list[str]]:
    """The text without what stands in brackets or quotes, and that."""
    asides = ["".join(filter(None, found.groups())) for found in _ASIDE.finditer(text)]
    rest = _ASIDE.sub(" ", text)
    return (rest, asides) if any(character.isalpha() for character in rest) else (text, [])


def _printed_words(text: str) -> list[str]:
    return [word for word in text.replace(".", ". ").split() if any(character.isalpha() for character in word)] or [
        word for word in text.split() if any(character.isalnum() for character in word)
    ]


def _bare(word: str) -> str:
    return word.casefold().strip(".")


def _is_suffix(piece: list[str]) -> bool:
    return "".join(map(_bare, piece)) in _SUFFIXES


def _without_honours(words: list[str]) -> list[str]:
    """Without «Dr.» before the name and «Jr.» after it; «Md» and «Ii» are names where something depends on them."""
    while len(words) > _ENOUGH and _bare(words[0]) in _TITLES:
        words = words[1:]
    while len(words) > _ENOUGH and (words[-1].isupper() or _bare(words[-1]) in {"jr", "sr"}) and _is_suffix(words[-1:]):
        words = words[:-1]
    return words


def _words(printed: list[str], boundary: int | None) -> Iterator[Word]:
    """The words, the given names first; ``boundary`` is where the surname begins, if a comma says so."""
    text = "".join(printed)
    shouted = text.isupper()
    if EAST_ASIAN.fullmatch(text):
        yield from _east_asian(text)
        return
    several = [word for word in printed if EAST_ASIAN.search(word) is None]
    if len(several) >= _ENOUGH:
        printed = several
    for position, word in enumerate(printed):
        first = position in (0, boundary)
        inner = position + 1 < len(printed) and (not first or position == boundary or word[0].islower())
        particle = (
            inner
            and _bare(word) in _PARTICLES
            and (not first or len(printed) > _ENOUGH)
            and (len(_bare(word)) > 1 or word.islower())
        )
        for part in _parts(word, position, shouted=shouted):
            yield replace(part, optional=True) if particle else part


def _parts(word: str, group: int, *, shouted: bool) -> Iterator[Word]:
    """What hyphens separate within one printed word; apostrophes separate nothing."""
    kept = _APOSTROPHES.sub("", word)
    apart = "".join(character if character.isalnum() or _marks(character) else " " for character in kept)
    for part in apart.split():
        written = tuple(filter(None, spellings(part)))
        if written:
            plain = written[0]
            short = 1 < len(plain) <= _LONGEST_GLUED and plain.isalpha()
            glued = short and part.isupper() and not (shouted and _VOWEL.search(plain))
            yield Word(
                written, group, glued=glued, cut=word.endswith(".") and len(plain) > 1, foreign=_is_foreign(part)
            )


def _marks(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def _is_foreign(word: str) -> bool:
    return (
        not word.isascii()
        and not any("LATIN" in unicodedata.name(letter, "") for letter in word)
        and (EAST_ASIAN.search(word) is None)
    )


def _east_asian(text: str) -> Iterator[Word]:
    """A name without blanks, the surname in front; Hangul is romanized in many ways, Chinese in one."""
    length = 2 if text[:2] in _LONGER_SURNAMES and len(text) > _ENOUGH else 1
    korean = "\uac00" <= text[0] <= "\ud7af"
    if text[length:]:
        yield Word(spellings(text[length:]), 0, foreign=korean)
    yield Word(surname_spellings(text[:length]), 1, foreign=korean)


def _nicknames(asides: Iterable[str]) -> Iterator[Word]:
    for aside in asides:
        words = [word for printed in _printed_words(aside) for word in _parts(printed, -1, shouted=True)]
        if len(words) <= _LONGEST_GLUED:
            yield from (replace(word, optional=True, glued=False) for word in words)
