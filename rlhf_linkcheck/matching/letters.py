"""Letters and figures of a text, whatever their case, accents and alphabet of mathematics."""

import re
import unicodedata

_SPELT_OUT = {"&": "and", "#": "sharp", "%": "percent", "+": "plus"}
"""Signs that tell one title from another: C++, C# and C are three languages, 100% is not 100."""

AFTER_LETTER = "(?:(?<=[^\\W_])|(?<=[^\\W_][\u0300-\u036f]))"
"""Where a letter or figure has just been, with a mark on it that no single character has."""

_SIGN = re.compile(f"&|{AFTER_LETTER}(?:#|\\++)|(?<=\\d)%")

_MATH = str.maketrans(
    {
        "∞": "infinity",
        "×": "x",
        "⨉": "x",
        "√": "sqrt",
        "∑": "sigma",
        "∏": "pi",
        "∆": "delta",
        "∇": "nabla",
        "∂": "partial",
        "≤": "leq",
        "⩽": "leq",
        "≥": "geq",
        "⩾": "geq",
        "≠": "neq",
        "≈": "approx",
        "±": "plusminus",
        "∈": "in",
        "∅": "empty",
    }
)
"""Signs of mathematics by the names that LaTeX and plain titles give them."""

_ASCII_MATH = re.compile("<=|>=|!=")
_ASCII_NAMES = {"<=": "leq", ">=": "geq", "!=": "neq"}

_GREEK_NAMES = """
alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon phi chi psi
omega
"""

_GREEK = str.maketrans(dict(zip("αβγδεζηθικλμνξοπρστυφχψω", _GREEK_NAMES.split(), strict=True)))

_LATIN = str.maketrans(
    {"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ħ": "h", "ŧ": "t", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ŋ": "n"}
)
"""Letters that Unicode does not decompose, after case folding."""

_MARKS = "\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff"
_DIACRITICS = re.compile(
    f"(?<![\u0400-\u052f])[{_MARKS}]+|(?<=[АЕИОУЫЭЮЯЄІаеиоуыэюяєі])[\u0300\u0301]+|(?<=[Ее])\u0308"
)
"""Marks on Latin and Greek letters, and on Cyrillic ones the stress and ё; else they make another letter, as in й."""

UNSEEN = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u0640\ufe00-\ufe0f\U000e0100-\U000e01ef\u00ae\u2122\u2120\u00a9]"
)
"""Characters that are no part of a word: soft hyphens, joiners, directions, tatweel, trade marks."""

APOSTROPHES = re.compile("[\u02b9-\u02df]")
"""Letters to Unicode, quotes and accents to a reader."""


def letters(text: str) -> str:
    """Only letters and figures, in lower case, without accents; Greek and mathematics by name.

    >>> letters("𝒟-Optimal τ²-Bench: ≥ 100% of Gödel’s C++")
    'doptimaltau2benchgeq100percentofgodelscplusplus'
    >>> letters("ﬁne-tuning") == letters("Fine Tuning")
    True
    """
    text = unicodedata.normalize("NFC", UNSEEN.sub("", text)).translate(_MATH)
    text = _ASCII_MATH.sub(lambda sign: _ASCII_NAMES[sign[0]], APOSTROPHES.sub("", text))
    text = _SIGN.sub(lambda signs: "".join(_SPELT_OUT[sign] for sign in signs[0]), text)
    bare = UNSEEN.sub("", APOSTROPHES.sub("", _bare(text))).translate(_GREEK)
    if bare.isascii():  # no marks to keep, and nearly every title in time
        return "".join(filter(str.isalnum, bare))
    return "".join(character for character in bare if _counts(character))


def _bare(text: str) -> str:
    """Without case, accents and compatibility forms."""
    decomposed = _DIACRITICS.sub("", unicodedata.normalize("NFKD", text))
    return _DIACRITICS.sub("", unicodedata.normalize("NFKD", decomposed.casefold())).translate(_LATIN)


def _counts(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"
