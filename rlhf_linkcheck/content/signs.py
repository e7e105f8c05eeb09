"""The signs by which a page tells that it is not what was asked for: a table, and how its rows are weighed."""

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache
from importlib import resources

from ahocorasick import Automaton

from rlhf_linkcheck.content.needles import needles_of


class Meaning(StrEnum):
    """What a page is instead of the content; the earlier wins where a page shows signs of several."""

    WALL = "wall"
    LOGIN = "login"
    DOWN = "down"
    PARKED = "parked"
    MISSING = "missing"


class Place(StrEnum):
    """Where a sign is looked for."""

    HEADER = "header"
    ADDRESS = "address"
    TITLE = "title"
    HEADING = "heading"
    TEXT = "text"
    SOURCE = "source"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Sign:
    """One row of data/signs.toml, or the password field of a page's form.

    ``whole`` signs are all that a title's part, a heading or a text says; ``certain`` ones prove what they
    mean, on a page of at most ``words`` words where that is given. ``who`` shows such pages.
    """

    means: Meaning
    by: Place
    pattern: str = ""
    whole: bool = False
    words: int | None = None
    certain: bool = False
    who: str = ""

    def fits(self, words: int) -> bool:
        """Whether the sign counts on a page of so many words."""
        return self.words is None or words <= self.words


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the signs of one page add up to; without ``proven`` it takes a look at a made-up page."""

    meaning: Meaning
    proven: bool
    who: str = ""


CONFIRMABLE = frozenset({Meaning.PARKED, Meaning.MISSING})
"""What a made-up page of the same site can prove: who shows it for any address shows nothing."""

PASSWORD = Sign(Meaning.LOGIN, Place.FORM)
"""A form that asks for a password."""

SHORT = 80
"""Words that a page of nothing but bad news has at most, and a page about something mostly more."""
# Likewise for less and less evidence: title, heading and text; two places; title and heading; one alone.
_LONG = 300
_BRIEF = 40
_CURT = 25
_FEW = 12
_SITE_NAME = 6
_SEPARATORS = re.compile(r" (?:\||-|–|—|·|•|::|»|«|›|/) ")
_MARKS = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{9})"
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
_QUOTES = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"'})


def conclude(signs: Iterable[Sign], words: int) -> Conclusion | None:
    """Weigh the signs of a page that has so many words; None where they say nothing that can be settled.

    A certain sign proves. So do two of one meaning on a short page, as a rule where its title is one
    of them; a title or a heading alone above hardly a word; and title, heading and text together
    above whatever a site suggests instead. What only sounds like it may be about it.
    """
    fitting = [sign for sign in signs if sign.fits(words)]
    if not fitting:
        return None
    suspects: list[Conclusion] = []
    for meaning in Meaning:
        own = [sign for sign in fitting if sign.means is meaning]
        if own:
            who = next((sign.who for sign in own if sign.who), "")
            if _prove(own, words):
                return Conclusion(meaning, proven=True, who=who)
            suspects.append(Conclusion(meaning, proven=False, who=who))
    return next((told for told in suspects if told.meaning in CONFIRMABLE), None)


def _prove(signs: Sequence[Sign], words: int) -> bool:
    """Whether the signs of one meaning prove it."""
    if any(sign.certain for sign in signs):
        return True
    places = {sign.by for sign in signs}
    alone = {sign.by for sign in signs if sign.whole}
    match signs[0].means:
        case Meaning.MISSING:
            return _prove_missing(places, alone, words)
        case Meaning.PARKED:
            return Place.TITLE in places and len(places) > 1 and words <= _BRIEF
        case _:
            return (Place.TITLE in alone and words <= _CURT) or (len(places) > 1 and words <= _BRIEF)


def _prove_missing(places: AbstractSet[Place], alone: AbstractSet[Place], words: int) -> bool:
    """Whether a page is nothing but the news; ``alone`` are the places that say nothing else."""
    if Place.TEXT in alone or (words <= _FEW and not alone.isdisjoint({Place.TITLE, Place.HEADING})):
        return True
    if {Place.TITLE, Place.HEADING} <= alone and Place.TEXT in places:
        return words <= _LONG
    if Place.TITLE not in places:
        return Place.HEADING in alone and Place.TEXT in places and words <= _CURT
    return (Place.TEXT in places and words <= SHORT) or (len(places) > 1 and words <= _CURT)


def signs_in(place: Place, texts: Iterable[str]) -> Iterator[Sign]:
    """The rows of the table that match one of the texts found at a place; texts are folded already."""
    found, rows = tuple(texts), _table().get(place)
    if not found or rows is None:
        return
    lowered = "\n".join(found).lower()
    # Hardly a page has any of the signs: what a plain search does not find is not worth matching.
    for number in rows.candidates(lowered):
        sign = rows.signs[number]
        pattern = _compiled(sign.pattern)
        said = next((part for text in found if (part := _match(sign, pattern, text)) is not None), None)
        if said is not None:
            # A bare «404» may be the name of anything; it takes more to believe it.
            yield sign if re.search(r"[^\W\d_]", said) else replace(sign, whole=False)


def read_signs() -> None:
    """Read the table now, and not while the first answers wait for it."""
    _table()


def folded(text: str) -> str:
    """Text as the table's patterns expect it: one blank between words, plain quotes and dots.

    Marks without end, whose normal form takes the square of their number, are cut short.
    """
    if not text.isascii():  # of which nothing has another form
        text = unicodedata.normalize("NFKC", _MARKS.sub(r"\1", text)).translate(_QUOTES)
    return " ".join(text.split())


def _match(sign: Sign, pattern: re.Pattern[str], text: str) -> str | None:
    """What it is in the text that matches a sign, None where nothing does."""
    if not sign.whole:
        found = pattern.search(text)
        return None if found is None else found[0]
    if pattern.fullmatch(text):
        return text
    return _title_says(pattern, text) if sign.by is Place.TITLE else None


def _title_says(pattern: re.Pattern[str], title: str) -> str | None:
    """The part of a title that a pattern matches whole, where the parts that it does not match are a site's name."""
    parts = _SEPARATORS.split(title)
    said = [part for part in parts if pattern.fullmatch(part)]
    others = [part for part in parts if part not in said]
    return said[-1] if said and len(" ".join(others).split()) <= _SITE_NAME else None


@dataclass(frozen=True, slots=True)
class _Rows:
    """The signs of one place, and one search for all that a text must have for any of them to be in it."""

    signs: tuple[Sign, ...]
    needles: Automaton

    def candidates(self, lowered: str) -> list[int]:
        """The numbers of the signs that may be in a text."""
        return sorted({number for _, numbers in self.needles.iter(lowered) for number in numbers})


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


@cache
def _table() -> Mapping[Place, _Rows]:
    """The rows by place; read when the first page is."""
    text = (resources.files("rlhf_linkcheck") / "data" / "signs.toml").read_text(encoding="utf-8")
    signs = tuple(sign for row in tomllib.loads(text)["sign"] for sign in _signs_of(**row))
    by_place = {place: tuple(sign for sign in signs if sign.by is place) for place in Place}
    return {place: _Rows(own, _automaton(own)) for place, own in by_place.items() if own}


def _automaton(signs: Sequence[Sign]) -> Automaton:
    """The search for the needles of all signs at once; each tells the numbers of the signs that it may be of."""
    numbers = defaultdict[str, list[int]](list)
    for number, sign in enumerate(signs):
        for needle in needles_of(sign.pattern):
            numbers[needle].append(number)
    automaton = Automaton()
    for needle, found in numbers.items():
        automaton.add_word(needle, found)
    automaton.make_automaton()
    return automaton


def _signs_of(means: str, by: str | list[str], **rest: object) -> Iterator[Sign]:
    """A row's sign, at each of the places where it is one."""
    # The name of the site itself is put so into what is read; a row means either.
    rest["pattern"] = str(rest["pattern"]).replace("this domain", "this[ -]domain")
    for place in (by,) if isinstance(by, str) else by:
        yield Sign(Meaning(means), Place(place), **rest)  # type: ignore[arg-type]  # a test reads the whole table
