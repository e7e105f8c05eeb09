"""Tells a slip of the pen from another word."""

from functools import cache
from importlib.resources import files

from rapidfuzz.distance import Levenshtein

_SHORTEST = 6
"""Shorter words are too near each other: text and test, need and want of one letter."""

_LONGEST = 40
"""Nobody's word is longer."""

_ALIKE = 0.7
"""The share of letters in common: three of four, as in text and test."""

_CONFUSED = (frozenset("aeiouy"), frozenset("sz"), frozenset("sc"))
"""Letters of one sound, written for each other: independant, optimisation, concensus."""


def is_slip(one: str, other: str) -> bool:
    """Whether two folded words are one, of which one is misspelt by a letter.

    A letter dropped or put in, two letters swapped, or a letter of the same sound; never the first
    one, and never the last, which would make a plural or a participle. Two ordinary words are two.

    >>> is_slip("training", "trainning"), is_slip("langauge", "language")
    (True, True)
    >>> is_slip("learning", "leaning"), is_slip("policy", "policies"), is_slip("gpt4turbo", "gpt3turbo")
    (False, False, False)
    """
    shorter, longer = sorted((one, other), key=len)
    if len(shorter) < _SHORTEST or len(longer) > _LONGEST or not (one.isalpha() and other.isalpha()):
        return False
    return _one_letter_apart(shorter, longer) and not {one, other} <= _lookalikes()


def spelt_alike(one: str, other: str) -> bool:
    """Whether two folded words are nearly the same letters, be they two words or one.

    >>> spelt_alike("learning", "leaning"), spelt_alike("need", "want")
    (True, False)
    """
    if max(len(one), len(other)) > _LONGEST:
        return False
    return Levenshtein.normalized_similarity(one, other) >= _ALIKE


def _one_letter_apart(shorter: str, longer: str) -> bool:
    start = next((at for at, letter in enumerate(shorter) if letter != longer[at]), len(shorter))
    room = len(shorter) - start
    end = next((at for at in range(room) if shorter[-1 - at] != longer[-1 - at]), room)
    less, more = shorter[start : len(shorter) - end], longer[start : len(longer) - end]
    if start == 0 or less == more:
        return False
    if len(less) == len(more) == 2:  # noqa: PLR2004 - two letters, swapped
        return less == more[::-1]
    if end == 0:
        return False
    return (not less and len(more) == 1) or (len(more) == 1 and any({less, more} <= sounds for sounds in _CONFUSED))


@cache
def _lookalikes() -> frozenset[str]:
    """The words that a slip makes of each other."""
    text = files("rlhf_linkcheck").joinpath("data/lookalikes.txt").read_text(encoding="utf-8")
    return frozenset(word for line in text.splitlines() if not line.startswith("#") for word in line.split())
