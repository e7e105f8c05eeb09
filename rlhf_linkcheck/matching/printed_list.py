"""A list of authors as it is printed, into its persons and its bodies."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rlhf_linkcheck.matching.collective import body
from rlhf_linkcheck.matching.names import EAST_ASIAN, Name, read_name, without_marks
from rlhf_linkcheck.matching.transliteration import shown

_CUT = re.compile(
    r"(?:^|[\s,;.])(?:and\s{1,3}|&\s{0,3})?(?:et\.?\s{0,3}al(?:ii|\b)[\s.:]{0,4}(?:\([^()]*\))?|etc\.?|"
    r"\+\s{0,3}\d{1,4}\s{1,3}more|\.{3,}|…+|(?:and|&)\s{1,3}(?:(?:\d+|many)\s{1,3})?(?:more|others?)"
    r"(?:\s{1,3}authors)?\.?|others\.?)\s{0,4}$",
    re.IGNORECASE,
)
_LONGEST_CUT = 40
_AND = re.compile(r"\s(?:and|&|und|et)\s|\s?;\s?")
_LEADING_AND = re.compile(r"^(?:(?:and|&)\s+)")
_COMMAS = re.compile(r"\s?[,，、﹐]\s?")
_SUFFIX = re.compile(r"(?:jr|sr|ii|iii|iv|ph\.?\s?d|m\.?d|esq)\.?", re.IGNORECASE)
_LAST_AND_FIRST = 2


@dataclass(frozen=True, slots=True)
class Person:
    """One person of a list: the item that names them, and how it is printed."""

    item: int
    printed: str
    name: Name


@dataclass(frozen=True, slots=True)
class PrintedList:
    """The persons and the bodies of a list; ``cut`` where it says that there are more."""

    persons: tuple[Person, ...]
    bodies: tuple[str, ...]
    cut: bool

    @property
    def keys(self) -> Counter[tuple[str, ...]]:
        """How often each name is in the list."""
        return Counter(person.name.key for person in self.persons)


def read_lists(one: Sequence[str], other: Sequence[str]) -> tuple[PrintedList, PrintedList]:
    """Reads two lists that may be of the same people, each in the way that fits the other.

    «Ana Fernández García, Luis Soler» is two people in one item, «Fernández García, Ana Belén» is one, and
    only the other list can tell.
    """
    ours, theirs = read_list(one), read_list(other)
    ours = _fitting(one, ours, theirs)
    return ours, _fitting(other, theirs, ours)


def _fitting(items: Sequence[str], plain: PrintedList, other: PrintedList) -> PrintedList:
    if not any(_COMMAS.search(item) for item in items):
        return plain
    apart = read_list(items, apart=True)
    more = len(apart.persons) > len(plain.persons)
    return apart if more and (apart.keys & other.keys).total() > (plain.keys & other.keys).total() else plain


def read_list(items: Sequence[str], *, apart: bool = False) -> PrintedList:
    """The persons and the bodies of a list of authors.

    What a comma separates in one item is «Last, First», or with ``apart`` two people if both have two words.

    >>> read = read_list(["Gemini Team:", "Yan Zheng,Yujing Hu", "et al."])
    >>> [person.printed for person in read.persons], read.bodies, read.cut
    (['Yan Zheng', 'Yujing Hu'], ('gemini',), True)
    """
    persons: list[Person] = []
    bodies: list[str] = []
    cut = False
    for index, item in enumerate(items):
        text, says_more = _uncut(shown(item).strip())
        cut = cut or says_more
        for printed in _printed_names(text, bodies, apart=apart):
            name = read_name(printed)
            if name.words:
                persons.append(Person(index, printed, name))
    return PrintedList(tuple(persons), tuple(bodies), cut)


def _uncut(text: str) -> tuple[str, bool]:
    """The text without «et al.» at its end, and whether it was there."""
    found = _CUT.search(text[-_LONGEST_CUT:])
    return (text[: len(text[:-_LONGEST_CUT]) + found.start()].rstrip(" ,;"), True) if found else (text, False)


def _printed_names(text: str, bodies: list[str], *, apart: bool) -> Iterator[str]:
    """The persons whom one item names; the bodies are put aside."""
    text = _LEADING_AND.sub("", without_marks(text)).strip()
    head, colon, rest = text.partition(":")
    if colon and (not rest.strip() or body(head)):
        bodies.append(body(head) or head.casefold())
        text = rest.strip()
    whole = body(text)
    if whole:
        bodies.append(whole)
        return
    for part in _AND.split(text):
        name = body(part)
        if name:
            bodies.append(name)
        else:
            yield from _people(part.strip(), apart=apart)


def _people(text: str, *, apart: bool) -> Iterator[str]:
    """The persons between whom only commas stand; «Last, First» is one."""
    commas = list(_COMMAS.finditer(text))
    pieces = [piece for piece in _COMMAS.split(text) if piece]
    names = [piece for piece in pieces if not _SUFFIX.fullmatch(piece)]
    whole = [" " in name or EAST_ASIAN.search(name) is not None for name in names]
    if len(names) < _LAST_AND_FIRST:
        yield text
    elif len(names) == _LAST_AND_FIRST:
        glued = any(comma[0] == "," for comma in commas)
        several = all(whole) and (apart or glued or any("," not in comma[0] for comma in commas))
        yield from names if several else [" ".join(names) if glued and not any(whole) else text]
    elif len(names) % 2 == 0 and not any(whole[::2]):
        yield from (f"{last}, {first}" for last, first in zip(names[::2], names[1::2], strict=True))
    else:
        yield from names
