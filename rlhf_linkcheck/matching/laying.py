"""Two printed names side by side: which word of the one is which of the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from rlhf_linkcheck.matching.given_names import interchangeable
from rlhf_linkcheck.matching.names import Name, Word


@dataclass(slots=True)
class Laid:
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


def lay(one: Name, other: Name) -> Laid:
    """Lays two names side by side; what hyphens, initials and pet names make of a word is still that word."""
    left, right = list(one.words), list(other.words)
    left, right = _joined(left, right), _joined(right, left)
    laid = Laid(left, right, (left[-1], right[-1]), _taken(left, right, _same_whole), [], [])
    laid.one, laid.other = (
        _spread(left, right, but=_maybe_surname(one, other)),
        _spread(right, left, but=_maybe_surname(other, one)),
    )
    before = list(laid.one), list(laid.other)
    laid.shortened = _taken(laid.one, laid.other, _shortened)
    if _crosses(laid.shortened, *before):
        (laid.one, laid.other), laid.shortened = before, []
    laid.varied = _taken(laid.one, laid.other, _varied)
    return laid


def _left_over(words: list[Word], same: list[Word]) -> list[Word]:
    """Without what may be left out: particles, and a nickname beside its name (Alexander Sasha Rush)."""
    return [
        word
        for word in words
        if not word.optional and not any(interchangeable(word.plain, other.plain) for other in same)
    ]


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


def _same_whole(one: Word, other: Word) -> bool:
    """Initials are no words: in «M. Christiano» and «Mihaela M. Christiano» the M. is Mihaela."""
    return not one.initial and one.same(other)


def _shortened(one: Word, other: Word) -> bool:
    """Whether one word stands for the other by its beginning: J., Chr."""
    beginnings = any(word.initial or word.cut for word in (one, other))
    return beginnings and any(
        (a.startswith(b) and (other.initial or other.cut)) or (b.startswith(a) and (one.initial or one.cut))
        for a in one.spellings
        for b in other.spellings
    )


def _crosses(pairs: Sequence[tuple[Word, Word]], one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether each name's given name is but the other's middle initial: Daniel D., David D."""
    spots = [(_spot(a, one), _spot(b, other), a.initial, b.initial) for a, b in pairs]
    return any(
        first[0] < second[0]
        and first[1] > second[1]
        and (first[2], first[3]) == (second[3], second[2])
        and first[2] != first[3]
        for first in spots
        for second in spots
    )


def _spot(word: Word, words: Sequence[Word]) -> int:
    return next(place for place, one in enumerate(words) if one is word)


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
            solid = ("".join(word.plain for word in run), "".join(word.spelt_out for word in run))
            if targets.isdisjoint(solid) or any(word.same(other) for word in run for other in others):
                continue
            merged = replace(run[-1], spellings=solid, optional=False)
            return _joined([*words[:start], merged, *words[start + size :]], others)
    return words


def _spread(words: list[Word], others: Sequence[Word], *, but: Word | None) -> list[Word]:
    """The words with glued initials apart where the other name has words that begin so: PJ, Peter J.

    Of one word, ``but``, all letters must fit.
    """
    spread: list[Word] = []
    for word in words:
        letters = [Word((letter,), word.group) for letter in word.plain] if word.glued else []
        fitting = [letter for letter in letters if any(_shortened(letter, other) for other in others)]
        apart = fitting and (len(fitting) == len(letters) or word is not but)
        spread += letters if apart else [word]
    return spread


def _maybe_surname(name: Name, other: Name) -> Word | None:
    """The last word, if it may be a surname in capitals (Wei NG) and not initials behind one (Liu PJ)."""
    firm = [word for word in name.essential if not (word.initial or word.glued)]
    behind = firm and other.surname is not None and firm[-1].same(other.surname)
    return None if behind else name.words[-1]
