"""How well two printed names agree: whether they may be one person's."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum

from rapidfuzz.distance import OSA

from rlhf_linkcheck.matching.given_names import interchangeable
from rlhf_linkcheck.matching.names import VOWEL, Name, Word


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


@dataclass(slots=True)
class _Laid:
    """Two names side by side: the pairs of words that correspond, and what is left of either."""

    one: list[Word]
    other: list[Word]
    last: tuple[Word, Word]
    same: list[tuple[Word, Word]]
    shortened: list[tuple[Word, Word]]
    varied: list[tuple[Word, Word]]

    @property
    def over(self) -> tuple[list[Word], list[Word]]:
        """The words left over that may not be left out."""
        return _left_over(self.one, [pair[0] for pair in self.same]), _left_over(
            self.other, [pair[1] for pair in self.same]
        )

    @property
    def whole(self) -> int:
        """How many whole words agree, particles aside."""
        agreeing = (*self.same, *self.varied)
        return sum(not one.initial and not (one.optional and other.optional) for one, other in agreeing)

    @property
    def surname_shortened(self) -> bool:
        """Whether the last word of either name is but an initial in the other: Tom Brown, Tom B. Black."""
        return any(word is last for pair in self.shortened for word, last in zip(pair, self.last, strict=True))

    @property
    def pairs(self) -> int:
        """How many words correspond."""
        return sum(not (one.optional and other.optional) for one, other in (*self.same, *self.shortened, *self.varied))


def _left_over(words: list[Word], same: list[Word]) -> list[Word]:
    """Without what may be left out: particles, and a nickname beside its name (Alexander Sasha Rush)."""
    return [
        word
        for word in words
        if not word.optional and not any(interchangeable(word.plain, other.plain) for other in same)
    ]


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
    if one.simple and other.simple:
        return _settled(one, other)
    laid = _lay(one, other)
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
    if one.simple and other.simple:
        left = [word for word in one.words if word.plain not in other.key]
        right = [word for word in other.words if word.plain not in one.key]
        agree = len(left) == len(right) == 1
    else:
        laid = _lay(one, other)
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


def _settled(one: Name, other: Name) -> Tie | None:
    """Two names of two whole words each, as most pairs of a long list are: no need to lay them side by side."""
    if one.key == other.key:
        return Tie.SAME
    left, right = set(one.key).difference(other.key), set(other.key).difference(one.key)
    varied = len(left) == len(right) == 1 and interchangeable(left.pop(), right.pop())
    return Tie.VARIED if varied else None


def _single(one: Name, other: Name, over: list[Word]) -> Tie | None:
    """A name of one word: a mononym, a handle, or a surname printed alone."""
    if len(one.essential) == len(other.essential):
        return None if over else Tie.SAME
    return Tie.FAINT if not over or namesakes(one, other) else None


def _graded(laid: _Laid, longer: _Longer, *, anchored: bool) -> Tie | None:
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


def _settled(one: Name, other: Name) -> Tie | None:
    """Two names of two whole words each, as most pairs of a long list are: no need to lay them side by side."""
    if one.key == other.key:
        return Tie.SAME
    left, right = set(one.key).difference(other.key), set(other.key).difference(one.key)
    varied = len(left) == len(right) == 1 and interchangeable(left.pop(), right.pop())
    return Tie.VARIED if varied else None


def _single(one: Name, other: Name, over: list[Word]) -> Tie | None:
    """A name of one word: a mononym, a handle, or a surname printed alone."""
    if len(one.essential) == len(other.essential):
        return None if over else Tie.SAME
    return Tie.FAINT if not over or namesakes(one, other) else None


def _graded(laid: _Laid, longer: _Longer, *, anchored: bool) -> Tie | None:
    """What it takes beside a surname; Yi Zhang is not Yi-Fan Zhang, and D. Guo may not be Zhaohan Daniel Guo."""
    if not laid.whole:
        return None if longer.over else Tie.FAINT
    if longer.torn and not longer.compound:
        return None
    if longer.lacks(longer.last) and laid.surname_shortened:
        return None
    if longer.lacks(longer.last):
        return Tie.HALVED if laid.whole >= _ENOUGH or longer.torn else Tie.FAINT
    if laid.whole < _ENOUGH and (not anchored or (longer.lacks(longer.name.essential[0]) and not laid.varied)):
        return Tie.FAINT
    if laid.varied:
        return Tie.VARIED
    return Tie.HALVED if longer.torn else Tie.ABRIDGED


def _lay(one: Name, other: Name) -> _Laid:
    left, right = list(one.words), list(other.words)
    left, right = _joined(left, right), _joined(right, left)
    laid = _Laid(left, right, (left[-1], right[-1]), _taken(left, right, Word.same), [], [])
    laid.one, laid.other = _spread(left, right, one.words[-1]), _spread(right, left, other.words[-1])
    laid.shortened = _taken(laid.one, laid.other, _shortened)
    laid.varied = _taken(laid.one, laid.other, _varied)
    return laid


def _taken(one: list[Word], other: list[Word], fits: Callable[[Word, Word], bool]) -> list[tuple[Word, Word]]:
    """The pairs that fit, taken out of both; what may not be left out has the first choice."""
    taken = []
    for word in _firm_first(one):
        twin = next((twin for twin in _firm_first(other) if fits(word, twin)), None)
        if twin is not None:
            taken.append((word, twin))
            one[:] = [kept for kept in one if kept is not word]
            other[:] = [kept for kept in other if kept is not twin]
    return taken


def _firm_first(words: list[Word]) -> list[Word]:
    return sorted(words, key=lambda word: word.optional) if any(word.optional for word in words) else list(words)


def _shortened(one: Word, other: Word) -> bool:
    return (one.initial or other.initial) and any(a[0] == b[0] for a in one.spellings for b in other.spellings)


def _varied(one: Word, other: Word) -> bool:
    if interchangeable(one.plain, other.plain):
        return True
    if one.foreign == other.foreign:
        return False
    return OSA.distance(one.plain, other.plain) <= (min(len(one.plain), len(other.plain)) + 1) // 3


def _joined(words: list[Word], others: Sequence[Word]) -> list[Word]:
    """The words with neighbours set solid where the other name has them so: Yi-An, Yian."""
    targets = {spelling for other in others for spelling in other.spellings}
    for size in range(len(words), 1, -1):
        for start in range(len(words) - size + 1):
            run = words[start : start + size]
            solid = ("".join(word.plain for word in run), "".join(word.spellings[-1] for word in run))
            if targets.isdisjoint(solid) or any(word.same(other) for word in run for other in others):
                continue
            merged = replace(run[-1], spellings=solid, optional=False)
            return _joined([*words[:start], merged, *words[start + size :]], others)
    return words


def _spread(words: list[Word], others: Sequence[Word], last: Word) -> list[Word]:
    """The words with glued initials apart where the other name has words that begin so: PJ, Peter J.

    A last word with a vowel may be a surname in capitals, and all its letters must fit.
    """
    spread: list[Word] = []
    for word in words:
        letters = [Word((letter,), word.group) for letter in word.plain] if word.glued else []
        fitting = [letter for letter in letters if any(_shortened(letter, other) for other in others)]
        apart = fitting and (len(fitting) == len(letters) or word is not last or not VOWEL.search(word.plain))
        spread += letters if apart else [word]
    return spread
