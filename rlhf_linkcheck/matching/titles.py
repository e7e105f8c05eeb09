"""Tells whether two titles are the same one, however they are set."""

import html
import re
import unicodedata

_SPELT_OUT = (
    (re.compile(r"&"), "and"),
    (re.compile(r"(?<=\w)\+\+"), "plusplus"),
    (re.compile(r"(?<=\w)\+(?!\s*\w)"), "plus"),
    (re.compile(r"(?<=\w)#"), "sharp"),
    (re.compile(r"(?<=\d)\s*%"), "percent"),
)
"""Signs that tell one title from another: C++, C# and C are three languages, 100% is not 100."""

_LETTERS = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ŋ": "n"}
)
"""Letters that Unicode does not decompose, after case folding."""

_DIACRITICS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+")
"""Marks on Latin, Greek and Cyrillic letters; in other scripts a mark makes another letter."""


def fold(title: str) -> str:
    """The title without spaces, case, accents and punctuation; equal folds are the same title.

    HTML entities are read, ``&`` is «and», dashes and quotes of all kinds fall. A title of nothing
    but punctuation keeps it, so that only an empty title folds to the empty text. Folding twice is
    folding once.

    >>> fold("Pre-trained  Models &amp; Café") == fold("PRETRAINED MODELS AND CAFE")
    True
    >>> fold("C++") == fold("C#")
    False
    """
    shown = html.unescape(title)
    text = _plain(shown)
    for sign, word in _SPELT_OUT:
        text = sign.sub(word, text)
    return "".join(character for character in text if _counts(character)) or "".join(shown.split())


def _plain(text: str) -> str:
    """Without case, accents and compatibility forms."""
    decomposed = _DIACRITICS.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFKD", decomposed.casefold()).translate(_LETTERS)


def _counts(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"
