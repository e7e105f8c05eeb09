"""Reads a title as a database prints it: without entities, tags, LaTeX and a publisher's notice."""

import html
import re
import unicodedata

from rlhf_linkcheck.matching.latex import from_latex
from rlhf_linkcheck.matching.letters import AFTER_LETTER, APOSTROPHES, UNSEEN

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}(?![0-9])|#[xX][0-9a-fA-F]{1,6}(?![0-9a-fA-F])|[A-Za-z][A-Za-z0-9]{1,31});?")
"""Bounded, as Python refuses to read numbers of thousands of digits."""

_TIMES_ESCAPED = 3
"""Crossref's titles are escaped twice now and then; more is nobody's title, and has no end."""

_TAG = re.compile(
    r"</?(?:(?:mml|jats|m):[a-z][a-z-]*|"
    r"a|abbr|b|big|bold|br|code|em|fixed-case|font|i|inline-formula|inline-graphic|italic|alternatives|"
    r"m(?:ath|[inso]|row|text|space|sub|sup|subsup|over|under|underover|style|frac|sqrt|root|padded)|monospace|"
    r"named-content|overline|p|roman|s|sans-serif|sc|scp|semantics|small|span|strike|strong|styled-content|sub|sup|"
    r"tex|tex-math|title|tt|u|underline|xref|ext-link|annotation)"
    r"""(?:\s++[\w:.-]++\s*+=\s*+(?:"[^"<>]*+"|'[^'<>]*+'))*+\s*+/?>|<!\[CDATA\[|\]\]>""",
    re.IGNORECASE,
)
"""The face markup of JATS, HTML and MathML, by name: «a < b» is none.

https://www.crossref.org/documentation/schema-library/markup-guide-metadata-segments/face-markup/
"""

_SAID_TWICE = re.compile(
    r"<annotation\b[^<>]*+>[^<]*+</annotation>"
    r"|(?<=</tex-math>)\s*<(alternatives|mml:math)\b[^<>]*+>(?:[^<]++|<(?!/?\1\b))*+</\1>"
)
"""A formula in its second form, beside the first."""

_NOTICE_BEFORE = re.compile(
    r"(?:\[ ?(?:retracted|withdrawn)(?: (?:article|paper))? ?\] ?:?"
    r"|(?:retracted|withdrawn)(?: (?:article|paper))? ?:)(?=.*\w)",
    re.IGNORECASE,
)
_NOTICE_BEHIND = re.compile(
    r"(?<=\S) ?[(\[](?:retracted|withdrawn)(?: (?:article|paper)\b[^()\[\]]{0,80})?[)\]]$",
    re.IGNORECASE,
)
"""What publishers print before the title of a paper that they took back, and Web of Science behind it."""

_WIDE = str.maketrans(
    {**dict.fromkeys("＋﹢⁺₊", "+"), **dict.fromkeys("％﹪", "%"), "♯": "#", "＃": "#", "﹟": "#", "＆": "&", "﹠": "&"}
)

_PERCENT = re.compile(r"(?<=\d)\s+%")

_PLUS = re.compile(f"(?P<word>{AFTER_LETTER}(?:\\+{{2,}}|\\+(?!\\s*\\w)))|\\+")
"""A plus is part of a word only after it and with no word behind: C++, GPT-4+, not PaLM + RLHF."""


def unescaped(title: str) -> str:
    """The title with its HTML entities read, those of an escaped ampersand too.

    >>> unescaped("Q&amp;amp;A: Pandora&apos;s box")
    "Q&A: Pandora's box"
    """
    for _ in range(_TIMES_ESCAPED):
        if "&" not in title:
            break
        title = _ENTITY.sub(lambda match: html.unescape(match[0]), title)
    return title


def plain(title: str) -> str:
    r"""The title as it is read, in its own case, accents and punctuation; signs as `fold` counts them.

    >>> plain("[Retracted] H<sub>2</sub>O &amp; $\\pi_0$")
    'H2O & π_0'
    """
    text = unescaped(title)
    if "<" in text:
        text = _TAG.sub("", _SAID_TWICE.sub("", text))
    text = unicodedata.normalize("NFC", UNSEEN.sub("", from_latex(text))).translate(_WIDE)
    text = APOSTROPHES.sub("'", text)
    text = " ".join(_PLUS.sub(lambda match: match["word"] or " ", _PERCENT.sub("%", text)).split())
    if before := _NOTICE_BEFORE.match(text):
        text = text[before.end() :].lstrip()
    if behind := _NOTICE_BEHIND.search(text):
        text = text[: behind.start()]
    return text
