"""How well two printed names agree: whether they may be one person's."""

from dataclasses import dataclass
from enum import IntEnum

from rapidfuzz.distance import OSA

from rlhf_linkcheck.matching.given_names import interchangeable
from rlhf_linkcheck.matching.laying import Laid, lay
from rlhf_linkcheck.matching.names import Name, Word


class Tie(IntEnum):
    """What makes two names one person's, the firmest first."""

    SAME = 0
    """The same words, in whatever order and however hyphenated."""

    ABRIDGED = 1
    """An initial for a name, a middle name left out."""

    VARIED = 2
    """Another form of the given name, or another transliteration."""

    HALVED = 3
    """One half of a compound surname."""

    FAINT = 4
    """As much as a surname alone: enough where both stand at the same place."""


_MOST_WORDS = 9
"""A name of more words is the same or it is not: laying two such side by side takes too long for a stranger's list."""

_ENOUGH = 2
_LONG_HALF = 4
_LONG = 4
_LONGER = 8
_MOST_LETTERS = 2


def agreement(one: Name, other: Name) -> Tie | None:
    """How well two names agree, None where they are two people's.

    >>> from rlhf_linkcheck.matching.names import read_name
    >>> agreement(read_name("Paul F. Christiano"), read_name("Christiano, Paul"))
    <Tie.ABRIDGED: 1>
    >>> agreement(read_name("Wei Zhang"), read_name("Wen Zhang")) is None
    True
    """
    if _apart(one, other) or max(len(one.words), len(other.words)) > _MOST_WORDS:
        return None
    laid = lay(one, other)
    left, right = laid.over
    if (left and right) or not laid.pairs:
        return None
    if min(len(one.essential), len(other.essential)) == 1:
        return _single(one, other, left or right)
    if laid.pairs < _ENOUGH:
        return None
    if not (left or right or laid.shortened or laid.varied):
        return Tie.SAME
    longer = (
        _Longer(one, left, [pair[0] for pair in laid.same])
        if left
        else _Longer(other, right, [pair[1] for pair in laid.same])
    )
    return _graded(laid, longer, anchored=_anchored(one, other))


def misprint(one: Name, other: Name, *, certain: bool) -> int | None:
    """By how many letters one name is a misprint of the other, None where it is not.

    Where nothing else makes it ``certain`` that one person is meant, only longer words will do.

    >>> from rlhf_linkcheck.matching.names import read_name
    >>> misprint(read_name("Yuntoa Bai"), read_name("Yuntao Bai"), certain=True)
    1
    """
    pairs = _unlike(one, other)
    letters = 0
    for word, twin in pairs:
        distance = min(OSA.distance(a, b, score_cutoff=_MOST_LETTERS) for a in word.spellings for b in twin.spellings)
        length = min(len(word.plain), len(twin.plain)) - (0 if certain else _MOST_LETTERS)
        if distance > (0 if length < _LONG else 1 if length < _LONGER else _MOST_LETTERS):
            return None
        letters += distance
    return letters if 0 < letters <= _MOST_LETTERS else None


def _unlike(one: Name, other: Name) -> list[tuple[Word, Word]]:
    """The words that do not agree, pair by pair in their order; none where not one does agree."""
    if _apart(one, other):
        left = [word for word in one.words if word.plain not in other.key]
        right = [word for word in other.words if word.plain not in one.key]
        agree = len(left) == len(right) and (len(left) < len(one.words) or len(left) == 1)
    else:
        laid = lay(one, other)
        left, right = laid.over
        if len(left) != len(right):
            left, right = ([word for word in words if not word.initial] for words in (left, right))
        agree = len(left) == len(right) and (laid.pairs > 0 or len(left) == 1)
    return list(zip(left, right, strict=True)) if agree else []


def namesakes(one: Name, other: Name) -> bool:
    """Whether two names have the surname in common."""
    return one.surname is not None and other.surname is not None and one.surname.same(other.surname)


def _anchored(one: Name, other: Name) -> bool:
    """Whether the surnames are one, also where initials without stops follow it: Liu PJ."""
    return any(a.same(b) for a in _surnames(one) for b in _surnames(other))


def _surnames(name: Name) -> list[Word]:
    whole = [word for word in name.essential if not word.initial]
    return [*whole[-1:], *[word for word in whole if not word.glued][-1:]]


@dataclass(frozen=True, slots=True)
class _Longer:
    """The name that has words which the other has not, with those, and those that are the same."""

    name: Name
    over: list[Word]
    same: list[Word]

    @property
    def last(self) -> Word:
        """The last word."""
        return self.name.essential[-1]

    @property
    def torn(self) -> bool:
        """Whether a hyphen ties what the other name leaves out to what it has."""
        kept = {word.group for word in self.same if not word.initial}
        return any(word.group in kept for word in self.over)

    @property
    def compound(self) -> bool:
        """Whether the surname is two words tied by a hyphen, each long enough to be one."""
        halves = [word for word in self.name.words if word.group == self.last.group]
        return len(halves) > 1 and all(len(word.plain) >= _LONG_HALF for word in halves)

    def lacks(self, word: Word) -> bool:
        """Whether the other name leaves the word out."""
        return any(over is word for over in self.over)


def _apart(one: Name, other: Name) -> bool:
    """Whether either has whole words that cannot be one of the other's, as in most pairs of a long list."""
    if not (one.simple and other.simple):
        return False
    left = [word for word in one.key if word not in other.key]
    right = [word for word in other.key if word not in one.key]
    return bool(left and right) and not any(
        a.startswith(b) or b.startswith(a) or interchangeable(a, b) for a in left for b in right
    )


def _single(one: Name, other: Name, over: list[Word]) -> Tie | None:
    """A name of one word: a mononym, a handle, or a surname printed alone."""
    if len(one.essential) == len(other.essential):
        return None if over else Tie.SAME
    return Tie.FAINT if not over or namesakes(one, other) else None


def _graded(laid: Laid, longer: _Longer, *, anchored: bool) -> Tie | None:
    """What it takes beside a surname; Yi Zhang is not Yi-Fan Zhang, and D. Guo may not be Zhaohan Daniel Guo."""
    if (longer.torn and not longer.compound) or (longer.over and not laid.whole):
        return None
    if longer.lacks(longer.last):
        whole = laid.whole >= _ENOUGH or longer.torn
        return None if laid.surname_shortened else Tie.HALVED if whole else Tie.FAINT
    first_left_out = longer.lacks(longer.name.essential[0]) and not laid.varied
    if laid.whole < _ENOUGH and (not anchored or first_left_out):
        return Tie.FAINT
    if laid.varied:
        return Tie.VARIED
    return Tie.HALVED if longer.torn else Tie.ABRIDGED
