"""Finds the nickname before a title and the subtitle behind it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from rlhf_linkcheck.matching.kinship import tells_apart
from rlhf_linkcheck.matching.letters import letters
from rlhf_linkcheck.matching.wording import Word, words_of

_SEPARATOR = re.compile(r" ?(?::|：|—|---) ?| [-–―‒]{1,2} |(?<=[?!？！.]) ")
"""A colon or a dash, no hyphen; or the blank after a sentence."""

_BEFORE = re.compile(r"[(\[][^()\[\]]{1,80}[)\]] ")
_BEHIND = re.compile(r" [(\[][^()\[\]]{1,80}[)\]][.!?]?$")

_NICKNAME_WORDS = 3
_TITLE_WORDS = 3

_PARTS = 8
"""How many separators are looked at."""

_LONGEST = 2_000
"""Nothing longer is a title with a subtitle."""


@dataclass(frozen=True, slots=True)
class Span:
    """Where in a title the rest of it begins and ends, without a nickname and subtitle."""

    start: int
    end: int


def core_within(text: str, fold: str) -> Span | None:
    """Where the title with this fold stands in a longer one, if only a nickname or subtitle is around it.

    >>> core_within("InstructGPT: Training models to follow", "trainingmodelstofollow")
    Span(start=13, end=38)
    >>> core_within("Reward Hacking: A Survey", "asurvey")
    """
    if len(text) > _LONGEST or fold not in letters(text):
        return None
    whole = Span(0, len(text))
    spans = (span for span in _cores(text) if span != whole)
    return next((span for span in spans if letters(text[span.start : span.end]) == fold), None)


def nickname_of(text: str) -> tuple[Word, ...]:
    """The words before a title's first colon or dash, or in brackets before it; none where they are no nickname."""
    if bracketed := _BEFORE.match(text):
        return words_of(bracketed[0])
    separator = _SEPARATOR.search(text)
    return words_of(text[: separator.start()]) if separator and _follows_nickname(separator) else ()


def _cores(text: str) -> Iterator[Span]:
    separators = list(islice(_SEPARATOR.finditer(text), _PARTS))
    behind = _BEHIND.search(text)
    ends = [len(text), *([behind.start()] if behind else []), *(separator.start() for separator in separators)]
    for start in _starts(text, separators):
        yield from (Span(start, end) for end in ends if end > start)


def _starts(text: str, separators: list[re.Match[str]]) -> Iterator[int]:
    yield 0
    if bracketed := _BEFORE.match(text):
        yield bracketed.end()
    for separator in separators[:1]:
        rest = words_of(text[separator.end() :])
        if _follows_nickname(separator) and len(rest) >= _TITLE_WORDS and tells_apart(rest):
            yield separator.end()


def _follows_nickname(separator: re.Match[str]) -> bool:
    """Whether a few words stand before it, and it is no mere blank."""
    before = separator.string[: separator.start()].split()
    return separator[0] != " " and 0 < len(before) <= _NICKNAME_WORDS
