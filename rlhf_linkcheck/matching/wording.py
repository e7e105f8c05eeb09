"""The words of a title, and where two titles' words part."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Indel

from rlhf_linkcheck.matching.letters import letters

_WORD = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    "|[^\\s\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    '\U00020000-\U0003ffff\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d/\\\\,;:!?()\\[\\]{}"“”„‘«»‹›|~…。、，：；！？（）【】《》-]+'
)
"""A run of what is no blank, dash or bracket; in scripts without blanks, one character."""

_STOPS = ".'’`*_^="

_LONGEST_JOIN = 4
"""«state of the art» is one word where it is printed as «state-of-the-art», or without its hyphens."""

_COMPARED_LETTERS = 1_000
"""How much of what two titles do not share is looked at; titles are shorter, other things are hostile."""


@dataclass(frozen=True, slots=True)
class Word:
    """What stands in a title between two places, and what it folds to."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Change:
    """The words that stand in one title in place of those in the other; one side may be empty."""

    one: tuple[Word, ...]
    other: tuple[Word, ...]


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a title that `markup.plain` has read; their keys, joined, are its fold."""
    found = (_word(match[0], match.start()) for match in _WORD.finditer(text))
    return tuple(word for word in found if word.key)


def _word(printed: str, start: int) -> Word:
    """The word without the stops and quotes around it."""
    left, right = printed.lstrip(_STOPS), printed.rstrip(_STOPS)
    return Word(letters(printed), start + len(printed) - len(left), start + len(right))


def changes(one: Sequence[Word], other: Sequence[Word]) -> Iterator[Change]:
    """Where two titles part, in order; how they are hyphenated or spaced is no difference.

    >>> [change] = changes(words_of("Pre trained models"), words_of("Pretrained nets"))
    >>> [word.key for word in change.one + change.other]
    ['models', 'nets']
    """
    left, right = _unshared(_joined(one, other), _joined(other, one))
    at_left = at_right = 0
    for start_left, end_left, start_right, end_right in [*_shared_runs(left, right), (len(left), 0, len(right), 0)]:
        change = Change(tuple(left[at_left:start_left]), tuple(right[at_right:start_right]))
        if joined_key(change.one) != joined_key(change.other):
            yield change
        at_left, at_right = end_left, end_right


def joined_key(words: Sequence[Word]) -> str:
    """What the words fold to, were they printed as one."""
    return "".join(word.key for word in words)


def leading(words: Sequence[Word]) -> Sequence[Word]:
    """The first words, as many as are worth comparing; one at least."""
    room = _COMPARED_LETTERS
    for count, word in enumerate(words):
        room -= len(word.key)
        if room < 0:
            return words[: count or 1]
    return words


def _shared_runs(left: Sequence[Word], right: Sequence[Word]) -> Iterator[tuple[int, int, int, int]]:
    for step in Indel.opcodes([word.key for word in left], [word.key for word in right]):
        if step.tag == "equal":
            yield step.src_start, step.src_end, step.dest_start, step.dest_end


def _joined(words: Sequence[Word], other: Sequence[Word]) -> list[Word]:
    """The words, those as one that are one in the other title."""
    whole = {word.key for word in other}
    result: list[Word] = []
    at = 0
    while at < len(words):
        length = next(
            (size for size in range(_LONGEST_JOIN, 1, -1) if joined_key(words[at : at + size]) in whole),
            1,
        )
        group = words[at : at + length]
        result.append(Word(joined_key(group), group[0].start, group[-1].end))
        at += length
    return result


def _unshared(left: list[Word], right: list[Word]) -> tuple[Sequence[Word], Sequence[Word]]:
    """Both without what they begin and end with alike, and no longer than is worth comparing."""
    shorter = min(len(left), len(right))
    start = next((at for at in range(shorter) if left[at].key != right[at].key), shorter)
    rest = shorter - start
    end = next((at for at in range(rest) if left[-1 - at].key != right[-1 - at].key), rest)
    return leading(left[start : len(left) - end]), leading(right[start : len(right) - end])
