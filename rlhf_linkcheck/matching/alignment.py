"""Who of one list is who of the other: an assignment, not a greedy accident."""

from bisect import bisect_left
from collections import Counter, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence

from rlhf_linkcheck.matching.agreement import Tie, agreement
from rlhf_linkcheck.matching.given_names import initials
from rlhf_linkcheck.matching.names import Name, Word

_MOST_AT_ONE_HANDLE = 32
"""Of more people whose names begin alike the nearest are looked at; no honest list has so many."""

_ALONE, _SURNAME = "", "~"
"""What stands in a handle for a name as a whole, and for a surname."""


class Alignment:
    """The pairs of one list's names with the other's, by place."""

    def __init__(self, listed: Sequence[Name], found: Sequence[Name]) -> None:
        self.listed = listed
        self.found = found
        self.there: dict[int, int] = {}
        self.back: dict[int, int] = {}

    def pair(self, one: int, other: int) -> None:
        """These two are one person."""
        self.there[one] = other
        self.back[other] = one

    def left_over(self) -> tuple[list[int], list[int]]:
        """The places on either side that have no partner yet."""
        return (
            [place for place in range(len(self.listed)) if place not in self.there],
            [place for place in range(len(self.found)) if place not in self.back],
        )

    def same_place(self, one: int, other: int) -> bool:
        """Whether two names stand at one place: counted from the front, beside a pair, or at the end.

        Who stands alone on either side is at the front, and not at the end as well.
        """
        if one == other or self.there.get(one - 1) == other - 1 >= 0 or self.there.get(one + 1) == other + 1:
            return True
        return 0 < one == len(self.listed) - 1 and 0 < other == len(self.found) - 1


def align(listed: Sequence[Name], found: Sequence[Name], *, ordered: bool) -> Alignment:
    """Pairs the names that agree: the same ones first, then as many as can be, the firmest ties before the others."""
    alignment = Alignment(listed, found)
    _pair_equal(alignment)
    ties = dict(_ties(alignment))
    for tie in (Tie.SAME, Tie.ABRIDGED, Tie.VARIED, Tie.HALVED):
        _augment(alignment, {pair for pair, their in ties.items() if their <= tie})
    faint = [pair for pair, tie in sorted(ties.items()) if tie is Tie.FAINT]
    often = Counter(end for pair in faint for end in enumerate(pair))
    for pair in faint:
        only = all(often[end] == 1 for end in enumerate(pair))
        free = pair[0] not in alignment.there and pair[1] not in alignment.back
        if free and (alignment.same_place(*pair) if ordered else only):
            alignment.pair(*pair)
    return alignment


def _pair_equal(alignment: Alignment) -> None:
    """Names of the same words, those at the same place first, namesakes in their order."""
    places: dict[tuple[str, ...], deque[int]] = defaultdict(deque)
    for place, name in enumerate(alignment.found):
        if place < len(alignment.listed) and alignment.listed[place].key == name.key:
            alignment.pair(place, place)
        else:
            places[name.key].append(place)
    for place, name in enumerate(alignment.listed):
        if place not in alignment.there and places.get(name.key):
            alignment.pair(place, places[name.key].popleft())


def _ties(alignment: Alignment) -> Iterator[tuple[tuple[int, int], Tie]]:
    """How the names agree that have something in common, one of them at least without a partner."""
    left, right = map(set, alignment.left_over())
    if not (left or right):
        return
    handles = _by_handle(alignment.found)
    seen: set[tuple[int, int]] = set()
    for one, name in enumerate(alignment.listed):
        near = {one} if one < len(alignment.found) else set()
        for handle in _handles(name) | _lone_handles(name):
            near.update(_nearest(handles.get(handle, ()), one))
        for other in near:
            if (one in left or other in right) and (one, other) not in seen:
                seen.add((one, other))
                tie = agreement(name, alignment.found[other])
                if tie is not None:
                    yield (one, other), tie


def _nearest(places: Sequence[int], place: int) -> Sequence[int]:
    """Of very many places those about one."""
    middle = bisect_left(places, place)
    start = max(0, min(middle, len(places) - _MOST_AT_ONE_HANDLE // 2) - _MOST_AT_ONE_HANDLE // 2)
    return places[start : start + _MOST_AT_ONE_HANDLE]


def _by_handle(names: Sequence[Name]) -> Mapping[tuple[str, str], list[int]]:
    handles: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, name in enumerate(names):
        for handle in _handles(name) | {(spelling, _SURNAME) for spelling in _surnames(name)}:
            handles[handle].append(place)
    return handles


def _lone_handles(name: Name) -> set[tuple[str, str]]:
    """For a name of one word those whose surname it is, for others those who are printed by their surname alone."""
    lone = _SURNAME if len(name.words) == 1 else _ALONE
    return {(spelling, lone) for spelling in _surnames(name)}


def _handles(name: Name) -> set[tuple[str, str]]:
    """What two names that agree have in common: a word, or neighbours set solid, and how another word may begin."""
    handles = {(spelling, _ALONE) for spelling in _solid(name.words)}
    for position, word in enumerate(name.words):
        for size in range(1, len(name.words)):
            others = (*name.words[:position], *name.words[position + size :])
            beginnings = {letter for other in others for letter in _beginnings(other)}
            solid = word.spellings if size == 1 else _solid(name.words[position : position + size])
            if position + size <= len(name.words) and len(solid[0]) > 1:
                handles.update((spelling, letter) for spelling in solid for letter in beginnings)
    return handles


def _surnames(name: Name) -> tuple[str, ...]:
    return name.surname.spellings if name.surname else ()


def _solid(words: Sequence[Word]) -> tuple[str, ...]:
    return ("".join(word.plain for word in words), "".join(word.spelt_out for word in words))


def _beginnings(word: Word) -> set[str]:
    letters = {letter for spelling in word.spellings for letter in initials(spelling)}
    return letters | set(word.plain) if word.glued else letters


def _augment(alignment: Alignment, pairs: set[tuple[int, int]]) -> None:
    """Pairs as many as can be, re-pairing others where that makes room (augmenting paths)."""
    partners: dict[int, list[int]] = defaultdict(list)
    for one, other in sorted(pairs, key=lambda pair: (not alignment.same_place(*pair), abs(pair[0] - pair[1]), pair)):
        partners[one].append(other)
    for one in sorted(partners):
        if one not in alignment.there:
            _make_room(alignment, partners, one)


def _make_room(alignment: Alignment, partners: Mapping[int, Sequence[int]], start: int) -> None:
    came_from: dict[int, int] = {}
    queue = deque([start])
    while queue:
        one = queue.popleft()
        for other in partners.get(one, ()):
            if other in came_from:
                continue
            came_from[other] = one
            if other not in alignment.back:
                _repair(alignment, came_from, other)
                return
            queue.append(alignment.back[other])


def _repair(alignment: Alignment, came_from: Mapping[int, int], end: int) -> None:
    """Walks the path back, each of its names taking the partner that the path gives it."""
    other: int | None = end
    while other is not None:
        one = came_from[other]
        before = alignment.there.get(one)
        alignment.pair(one, other)
        other = before
