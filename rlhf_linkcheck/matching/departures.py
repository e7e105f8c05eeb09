"""What is left when the names that agree are paired: misprints, new names, people left out."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rlhf_linkcheck.matching.agreement import misprint, namesakes
from rlhf_linkcheck.matching.alignment import Alignment
from rlhf_linkcheck.matching.names import Name

Pair = tuple[int, int]

_MOST_LETTERS = 2
_MOST_ALIKE = 32
"""Of more names with a word in common only so many are looked at; no honest list has so many misprints."""


class Absent(NamedTuple):
    """The places of people left out, in the middle and at the end."""

    missing: tuple[int, ...]
    tail: tuple[int, ...]


def pair_misprints(alignment: Alignment, *, ordered: bool) -> tuple[Pair, ...]:
    """Pairs the names that differ by a letter or two.

    At the same place that is enough. Elsewhere the words must be long, nobody else as near, and most of the
    list right: Wei Zhang and Wei Zheng are two people.
    """
    pairs = [pair for pair in _at_same_place(alignment) if _misprint(alignment, pair, certain=True)] if ordered else []
    taken = [pair for pair in pairs if _pair(alignment, pair)]
    strangers, absentees = alignment.left_over()
    if min(len(strangers), len(absentees)) > len(alignment.there):
        return tuple(sorted(taken))
    near = {
        pair: letters
        for pair in _alike(alignment)
        if _similar(alignment, pair) and (letters := _misprint(alignment, pair, certain=False))
    }
    rivals: dict[tuple[int, int], list[int]] = defaultdict(list)
    for pair, letters in near.items():
        for end in enumerate(pair):
            rivals[end].append(letters)
    for pair, letters in sorted(near.items()):
        alone = all(sum(rival <= letters for rival in rivals[end]) == 1 for end in enumerate(pair))
        if alone and _pair(alignment, pair):
            taken.append(pair)
    return tuple(sorted(taken))


def _similar(alignment: Alignment, pair: Pair) -> bool:
    """Whether it is worth looking closer: as many letters, save two and the initials."""
    one, other = (
        sum(len(word.plain) for word in name.essential if not word.initial)
        for name in (alignment.listed[pair[0]], alignment.found[pair[1]])
    )
    return abs(one - other) <= _MOST_LETTERS


def pair_namesakes(alignment: Alignment, *, ordered: bool) -> tuple[Pair, ...]:
    """Pairs the names of one surname and place whose given names differ, unless most of the list is strangers.

    Where place says nothing, only those whose surname nobody else has that is left over.
    """
    firm = len(alignment.there)
    strangers, absentees = alignment.left_over()
    pairs = _at_same_place(alignment) if ordered else _alike(alignment)
    same = [pair for pair in pairs if namesakes(alignment.listed[pair[0]], alignment.found[pair[1]])]
    if not ordered:
        often = Counter(end for pair in same for end in enumerate(pair))
        same = [pair for pair in same if all(often[end] == 1 for end in enumerate(pair))]
    if min(len(strangers), len(absentees)) - len({one for one, _ in same}) > firm:
        return ()
    return tuple(pair for pair in same if _pair(alignment, pair))


def absent(alignment: Alignment, *, said: bool, ordered: bool) -> Absent:
    """Who is left out; what «et al.» covers is not.

    Where the two orders differ and that means nothing, nobody is left out in the middle.
    """
    strangers, places = alignment.left_over()
    order = [alignment.there[one] for one in sorted(alignment.there)]
    if not ordered and order != sorted(order):
        return Absent((), () if said else tuple(places))
    last = max(alignment.back, default=-1)
    replaced = sum(one > max(alignment.there, default=-1) for one in strangers)
    after = [place for place in places if place > last]
    missing = (*(place for place in places if place < last), *after[:replaced])
    tail = tuple(after[replaced:])
    if not order and not said:
        return Absent((*missing, *tail), ())
    return Absent(() if said and len(missing) > len(order) else missing, () if said else tail)


def _pair(alignment: Alignment, pair: Pair) -> bool:
    """Pairs the two if both are still free."""
    free = pair[0] not in alignment.there and pair[1] not in alignment.back
    if free:
        alignment.pair(*pair)
    return free


def _misprint(alignment: Alignment, pair: Pair, *, certain: bool) -> int | None:
    return misprint(alignment.listed[pair[0]], alignment.found[pair[1]], certain=certain)


def _at_same_place(alignment: Alignment) -> Iterator[Pair]:
    """The names without a partner that stand at one place, as it is when each is asked for."""
    strangers, _ = alignment.left_over()
    for one in strangers:
        last = len(alignment.found) - 1
        before, behind = alignment.there.get(one - 1), alignment.there.get(one + 1)
        beside = [one, *(() if before is None else (before + 1,)), *(() if behind is None else (behind - 1,)), last]
        for other in dict.fromkeys(beside):
            if 0 <= other <= last and other not in alignment.back and alignment.same_place(one, other):
                yield one, other


def _alike(alignment: Alignment) -> Iterator[Pair]:
    """The names without a partner that have a whole word in common."""
    strangers, places = alignment.left_over()
    by_word: dict[str, list[int]] = defaultdict(list)
    for place in places:
        for word in _whole_words(alignment.found[place]):
            by_word[word].append(place)
    for one in strangers:
        yield from ((one, other) for other in _sharing(alignment.listed[one], by_word))


def _sharing(name: Name, by_word: Mapping[str, Sequence[int]]) -> list[int]:
    return sorted({place for word in _whole_words(name) for place in by_word.get(word, ())[:_MOST_ALIKE]})


def _whole_words(name: Name) -> set[str]:
    return {spelling for word in name.essential if not word.initial for spelling in word.spellings}
