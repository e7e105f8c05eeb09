"""Tells whether two titles are the same one, and where they are not, how and by what they differ."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from rlhf_linkcheck.matching.kinship import are_kin, tells_apart
from rlhf_linkcheck.matching.letters import letters
from rlhf_linkcheck.matching.markup import plain, unescaped
from rlhf_linkcheck.matching.slips import is_slip, spelt_alike
from rlhf_linkcheck.matching.subtitles import Span, core_within, nickname_of
from rlhf_linkcheck.matching.wording import Change, Word, changes, joined_key, leading, words_of

_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "Ø": "Oe", "Å": "Aa"}
)
"""As they are written where there are none: DIN 5007-2."""

_MISSPELT_WORDS = 2
"""More slips than that are no slips."""

_SHARED_WORDS = 3
"""A title that shares as many and differs in one is the same paper's: «Attention Is All You Want»."""

_HYPHENATED = 3
"""Of how many pieces a word may be: «Text-to-Image»."""

_PIECES = 2
"""In how many pieces one of two words may stand: «fine tunning» and «finetuning»."""

_LONGEST = 2_000
"""More characters than any title has; of longer texts only that much is looked at, from where they part."""

_SHOWN_CHANGES = 3
_SHOWN_LETTERS = 60


class TitleGrade(StrEnum):
    """How a listed title and a found one differ, from not at all to altogether."""

    SAME = "same"
    """Equal after folding; no likeness makes up for a word."""
    SUBTITLE = "subtitle"
    """One has a nickname before or a subtitle behind, or something in brackets at either end; the rest is equal."""
    TYPO = "typo"
    """The same words, one or two of them misspelt by a letter."""
    WORDS = "words"
    """The same nickname, or most of the words in the same order; some differ."""
    OTHER = "other"
    """Another paper's title: what they share, any two papers of the field do."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two titles part: what each has there, as printed; one side may be empty."""

    listed: str
    found: str

    def mirrored(self) -> "Difference":
        """The same place, seen from the other title."""
        return Difference(self.found, self.listed)

    def __str__(self) -> str:
        listed, found = _shortened(self.listed), _shortened(self.found)
        if listed and found:
            return f"«{listed}» instead of «{found}»"
        return f"«{listed}» added" if listed else f"«{found}» left out"


@dataclass(frozen=True, slots=True)
class TitleComparison:
    """How two titles differ, and in which words; seen from the listed one."""

    grade: TitleGrade
    listed_only: tuple[str, ...] = ()
    """The words as printed that only the listed title has, in order."""
    found_only: tuple[str, ...] = ()
    """Likewise those of the title that was found."""
    differences: tuple[Difference, ...] = ()
    """The same, place by place; the whole titles where they are different papers'."""

    @property
    def same(self) -> bool:
        """Whether the titles are equal after folding."""
        return self.grade is TitleGrade.SAME

    def words(self) -> str:
        """The difference as a message tells it, what the listed title has first; empty where there is none.

        >>> compare_titles("Attention Is All You Want", "Attention is all you need").words()
        '«Want» instead of «need»'
        >>> compare_titles("Deep Alignment", "Deep Alignment: A Survey").words()
        '«: A Survey» left out'
        """
        shown = [str(difference) for difference in self.differences[:_SHOWN_CHANGES]]
        more = len(self.differences) - len(shown)
        return ", ".join(shown) + (f" and {more} more" if more else "")

    def mirrored(self) -> "TitleComparison":
        """The comparison of the same titles the other way round."""
        differences = tuple(difference.mirrored() for difference in self.differences)
        return TitleComparison(self.grade, self.found_only, self.listed_only, differences)


def fold(title: str) -> str:
    r"""The title without spaces, case, accents, markup and punctuation; equal folds are the same title.

    HTML entities, tags and LaTeX are read, ``&`` is «and», Greek letters have their names, dashes and
    quotes of all kinds fall, and so does a publisher's «RETRACTED:». A title of nothing but
    punctuation keeps it, so that only an empty title folds to the empty text. Folding twice is
    folding once.

    >>> fold("Pre-trained  Models &amp; Café") == fold("PRETRAINED MODELS AND CAFE")
    True
    >>> fold("100% of $\\alpha$-DPO") == fold("100 % of α-DPO")
    True
    >>> fold("C++") == fold("C#")
    False
    """
    shown = unescaped(title)
    return letters(plain(shown)) or letters(shown) or unicodedata.normalize("NFC", "".join(shown.split()))


def _written_out(title: str) -> str:
    """The title with umlauts as they are written where there are none: Schrödinger, Schroedinger."""
    composed = unicodedata.normalize("NFC", unescaped(title))
    return composed.translate(_UMLAUTS)


def compare_titles(listed: str, found: str) -> TitleComparison:
    """Grades what a list calls a paper against what a source calls it; symmetric.

    >>> compare_titles("Learning to Summarise", "Learning to summarize").grade
    <TitleGrade.TYPO: 'typo'>
    >>> compare_titles("Off-diagonal book Ramsey numbers", "Off-diagonal Ramsey numbers").listed_only
    ('book',)
    """
    folds = fold(listed), fold(found)
    if folds[0] == folds[1] or folds[0] == fold(_written_out(found)) or fold(_written_out(listed)) == folds[1]:
        return TitleComparison(TitleGrade.SAME)
    titles = _Title(folds[0], plain(listed)), _Title(folds[1], plain(found))
    if (titles[1].fold, titles[1].text) < (titles[0].fold, titles[0].text):
        return _compared(titles[1], titles[0]).mirrored()
    return _compared(*titles)


@dataclass(frozen=True, slots=True)
class _Title:
    fold: str
    text: str

    def printed(self, words: Sequence[Word]) -> str:
        """What stands in the title from the first to the last of these words."""
        return self.text[words[0].start : words[-1].end] if words else ""

    def around(self, span: Span) -> tuple[str, ...]:
        """What stands before and behind that part of the title."""
        return tuple(part for part in (self.text[: span.start].strip(), self.text[span.end :].strip()) if part)

    def ordinary(self, word: Word) -> bool:
        """Whether it is printed as a word, and not as a name of letters like QLoRA or PEBBLE."""
        rest = self.text[word.start + 1 : word.end]
        return rest == rest.lower() or self.text.isupper()


def _compared(one: _Title, other: _Title) -> TitleComparison:
    """Of two different titles, in an order of their own."""
    if span := core_within(other.text, one.fold):
        return _left_out(other.around(span))
    if span := core_within(one.text, other.fold):
        return _left_out(one.around(span)).mirrored()
    one, other = _where_they_part(one, other)
    left, right = words_of(one.text), words_of(other.text)
    found = tuple(changes(left, right)) or (Change(left, right),)
    grade = _graded(one, other, found)
    parted = (Difference(one.printed(change.one), other.printed(change.other)) for change in found)
    return TitleComparison(
        grade,
        tuple(word for change in found for word in _words(one.printed(change.one))),
        tuple(word for change in found for word in _words(other.printed(change.other))),
        (Difference(one.text, other.text),) if grade is TitleGrade.OTHER else tuple(parted),
    )


def _where_they_part(one: _Title, other: _Title) -> tuple[_Title, _Title]:
    """The titles, or of such as are too long to be any a part that begins at the word where they part."""
    if max(len(one.text), len(other.text)) <= _LONGEST:
        return one, other
    letters_alike = (mine == theirs for mine, theirs in zip(one.text, other.text, strict=False))
    shared = next((at for at, alike in enumerate(letters_alike) if not alike), min(len(one.text), len(other.text)))
    start = one.text.rfind(" ", 0, shared) + 1
    end = start + _LONGEST
    return replace(one, text=one.text[start:end]), replace(other, text=other.text[start:end])


def _left_out(parts: Sequence[str]) -> TitleComparison:
    """The comparison with a title that has these parts besides."""
    words = tuple(word for part in parts for word in _words(part))
    return TitleComparison(TitleGrade.SUBTITLE, (), words, tuple(Difference("", part) for part in parts))


def _words(printed: str) -> Iterator[str]:
    """The words as printed, without the punctuation around them."""
    for word in printed.split():
        inner = words_of(word)
        if inner:
            yield word[inner[0].start : inner[-1].end]


def _graded(one: _Title, other: _Title, found: Sequence[Change]) -> TitleGrade:
    pairs = [pair for change in found for pair in _pairs(change)]
    if not pairs:  # titles without a word
        return TitleGrade.OTHER
    if len(pairs) <= _MISSPELT_WORDS and all(_misspelt(one, other, pair) for pair in pairs):
        return TitleGrade.TYPO
    left, right = leading(words_of(one.text)), leading(words_of(other.text))
    strange = [pair for pair in pairs if not spelt_alike(joined_key(pair.one), joined_key(pair.other))]
    match strange:
        case []:
            kin = True
        case [pair] if _is_one_word(one, other, pair) and len(left) - len(pair.one) >= _SHARED_WORDS:
            kin = True
        case _:
            kin = _named_alike(one, other) or are_kin(left, right)
    return TitleGrade.WORDS if kin else TitleGrade.OTHER


def _named_alike(one: _Title, other: _Title) -> bool:
    """Whether both titles begin with one nickname."""
    nickname = nickname_of(one.text)
    return tells_apart(nickname) and joined_key(nickname) == joined_key(nickname_of(other.text))


def _is_one_word(one: _Title, other: _Title, change: Change) -> bool:
    """Whether on neither side there is more than a word, which may have hyphens: «Text-to-Image»."""
    printed = one.printed(change.one) + other.printed(change.other)
    return " " not in printed and max(len(change.one), len(change.other)) <= _HYPHENATED


def _pairs(change: Change) -> Sequence[Change]:
    """A change of several words by as many, word by word."""
    if len(change.one) != len(change.other):
        return (change,)
    return [Change((one,), (other,)) for one, other in zip(change.one, change.other, strict=True)]


def _misspelt(one: _Title, other: _Title, change: Change) -> bool:
    """Whether two words, one of them in two pieces at most, are one and a slip."""
    if not 0 < len(change.one) * len(change.other) <= _PIECES:
        return False
    ordinary = all(map(one.ordinary, change.one)) and all(map(other.ordinary, change.other))
    return ordinary and is_slip(joined_key(change.one), joined_key(change.other))


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN_LETTERS else f"{text[: _SHOWN_LETTERS - 1].rstrip()}…"
