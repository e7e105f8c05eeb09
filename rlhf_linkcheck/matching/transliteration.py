"""One printed word into Latin letters, in each way that it may be transliterated."""

import html
import re
import unicodedata

from anyascii import anyascii

_ACCENT = re.compile(
    r"\\(?P<accent>['`^\"~=.]|[uvHtcdbrk](?![A-Za-z]))\s{0,2}"
    r"(?:\{\s{0,2}\\?(?P<braced>[A-Za-z])\s{0,2}\}|\\(?P<dotless>[ij])(?![A-Za-z])\s{0,2}|(?P<bare>[A-Za-z]))"
)
_COMBINING = dict(
    zip(
        "'`^\"~=.uvHtcdbrk",
        "\u0301\u0300\u0302\u0308\u0303\u0304\u0307\u0306\u030c\u030b\u0361\u0327\u0323\u0331\u030a\u0328",
        strict=True,
    )
)
_SPECIAL = re.compile(r"\\(aa|AA|ae|AE|oe|OE|o|O|l|L|ss|i|j|dj|DJ|dh|DH|th|TH|ng|NG)(?![A-Za-z])\s{0,2}")
_SPECIAL_LETTERS = {
    "aa": "å", "AA": "Å", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł",
    "ss": "ß", "i": "i", "j": "j", "dj": "đ", "DJ": "Đ", "dh": "ð", "DH": "Ð", "th": "þ", "TH": "Þ", "ng": "ŋ",
    "NG": "Ŋ",
}  # fmt: skip
_FOOTNOTE = re.compile(
    r"\\(?:textsuperscript|thanks|footnotemark|footnote|samethanks|inst)(?:\{[^{}]*\}|\[[^\[\]]*\])?|\$[^$]*\$"
)
_COMMAND = re.compile(r"\\(?:[A-Za-z]{1,20}\s?|.)?")

_DIGRAPHS = str.maketrans({
    "ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "š": "sh", "ş": "sh", "ș": "sh", "č": "ch", "ç": "ch",
    "ć": "ch", "ž": "zh", "đ": "dj", "ð": "dh", "ñ": "ny", "ţ": "tz", "ț": "tz",
})  # fmt: skip
"""How the letters are written out where the accent is not at hand: Müller, Mueller (DIN 5007-2, ICAO 9303 part 3)."""

_LOOKALIKES = str.maketrans("аеорсухіјѕԁһАВЕКМНОРСТУХІЈЅ", "aeopcyxijsdhABEKMHOPCTYXIJS")
"""Cyrillic letters that stand among Latin ones by a slip of the keyboard."""

_HANGUL_SURNAMES = {
    "gim": ("kim",), "i": ("lee", "yi", "rhee"), "bag": ("park", "pak"), "choe": ("choi",), "jeong": ("jung", "chung"),
    "gang": ("kang",), "jo": ("cho",), "yun": ("yoon",), "im": ("lim", "rim"), "o": ("oh",), "sin": ("shin",),
    "gwon": ("kwon",), "an": ("ahn",), "yu": ("yoo", "ryu"), "u": ("woo",), "no": ("noh", "roh"), "mun": ("moon",),
    "heo": ("hur", "huh"), "gu": ("koo", "ku"), "seo": ("suh",), "go": ("ko", "koh"), "bae": ("pae",),
    "gwak": ("kwak",),
}  # fmt: skip
"""Korean surnames as their bearers write them, where that is not the official romanization."""


def shown(text: str) -> str:
    r"""The text with HTML entities and LaTeX read, as a reader sees it.

    A parser of LaTeX takes a millisecond a name and runs out of stack on nested braces; names need no
    more of it than accents and a few letters.

    >>> shown(r"Kiant{\'e} {\L}ukasz M\"uller &amp; D&apos;Amour")
    "Kianté Łukasz Müller & D'Amour"
    """
    text = html.unescape(text) if "&" in text else text
    if any(sign in text for sign in "\\{}$~"):
        text = _ACCENT.sub(_accented, text)
        text = _SPECIAL.sub(lambda found: _SPECIAL_LETTERS[found[1]], text)
        text = _COMMAND.sub(" ", _FOOTNOTE.sub("", text)) if "\\" in text or "$" in text else text
        text = text.replace("{", "").replace("}", "").replace("~", " ")
    return unicodedata.normalize("NFC", text)


def _accented(found: re.Match[str]) -> str:
    return (found["braced"] or found["dotless"] or found["bare"]) + _COMBINING[found["accent"]]


def spellings(word: str) -> tuple[str, ...]:
    """The ways to write a word in lower-case Latin letters, the plain one first; empty where it has none.

    The last is what is left where the letters with accents were dropped on the way.

    >>> spellings("Müller")
    ('muller', 'mueller', 'mller')
    """
    if word.isascii():
        return (latin(word),)
    mixed = word.translate(_LOOKALIKES) if any("a" <= letter <= "z" for letter in word.casefold()) else word
    small = unicodedata.normalize("NFC", mixed.casefold())
    dropped = "".join(letter for letter in word if letter.isascii())
    written = (mixed, small.translate(_DIGRAPHS), word, dropped if 2 * len(dropped) > len(word) else "")
    return tuple(dict.fromkeys(filter(None, map(latin, written)))) or ("",)


def surname_spellings(syllable: str) -> tuple[str, ...]:
    """Likewise for a surname in Chinese characters or Hangul."""
    plain = spellings(syllable)
    return (*plain, *_HANGUL_SURNAMES.get(plain[0], ()))


def latin(word: str) -> str:
    """The word in lower-case Latin letters and digits, whatever script it is in."""
    return "".join(letter for letter in anyascii(word).casefold() if letter.isalnum())
