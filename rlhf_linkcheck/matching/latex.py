"""Reads what LaTeX says in a title or a name, and leaves alone what is none."""

import re
import unicodedata
from functools import cache
from typing import Any, TypeAlias

MacroSpec: TypeAlias = Any
"""pylatexenc's; it ships no types."""


_ACCENTS = {
    "`": "\u0300",
    "'": "\u0301",
    "^": "\u0302",
    "~": "\u0303",
    "=": "\u0304",
    "u": "\u0306",
    ".": "\u0307",
    '"': "\u0308",
    "r": "\u030a",
    "H": "\u030b",
    "v": "\u030c",
    "d": "\u0323",
    "c": "\u0327",
    "k": "\u0328",
    "b": "\u0331",
}
"""The accent commands, and the mark that each sets on the letter after it."""

_ACCENTED = re.compile(
    r"""\\(?P<accent>[`'^~=."]|[urHvdckb](?![A-Za-z]))[ \t]*\{?[ \t]*"""
    r"(?:\\(?P<dotless>[ij])(?![A-Za-z])|(?P<letter>[^\W\d_]))"
)
"""An accent and the one letter that it stands on, in braces or not."""

_MATH = re.compile(r"(?<![\\$])\$\$?(?=[^\s$])([^$]{1,400}+)(?<=[^\s\\])\$\$?(?![\d$])")
"""Mathematics, and not money: no blank inside the signs, no figure after them, as Pandoc tells it.

https://pandoc.org/MANUAL.html#extension-tex_math_dollars
"""

_DOUBLED = re.compile(r"\\(?=\\[A-Za-z])")
"""A backslash that somebody's JSON escaped once too often."""

_COMMAND = re.compile(r"\\([A-Za-z]{1,60})\*?[ \t]*(\{)?")

_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")

_PRINTED_ANYWAY = frozenset("%&#$_{}")

_UNSEEN_ARGUMENT = re.compile(
    r"\\(?:texorpdfstring|href|textcolor|color|fontsize|hspace|vspace|label|cite[pt]?|thanks|footnote)\*?\s*"
    r"\{(?:[^{}]++|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+\}"
)
"""Commands whose first argument is not printed in a title, or is printed once more in the second."""

_STYLE_COMMANDS = """
rm bf it sl sc tt sf em cal up md normalfont bfseries itshape scshape ttfamily rmfamily sffamily mdseries displaystyle
textstyle scriptstyle limits nolimits left right big Big bigl bigr Bigl Bigr bigg Bigg middle tiny small large Large
LARGE protect boldsymbol bm boldmath unboldmath relax begin end
"""

_STYLES = frozenset(_STYLE_COMMANDS.split())
"""Commands that say how to print what follows, without braces around it."""

_NAMES = {"LaTeX": "LaTeX", "TeX": "TeX", "BibTeX": "BibTeX", "sqrt": "√", "star": "*", "ast": "*", "to": "→"}
"""What pylatexenc's table does not print as a reader sees it."""


def from_latex(text: str) -> str:
    r"""The text as LaTeX would print it: accents set, symbols in place, commands and braces gone.

    Only what is LaTeX beyond doubt is read. ``%`` is a percent sign in a title, not a comment, and
    ``$5`` is money. A command nobody knows keeps its name, unless it styles an argument. Nothing
    raises, and the time taken grows with the length only.

    >>> from_latex(r"100% of $\alpha$-DPO for $5 and $6")
    '100% of α-DPO for $5 and $6'
    >>> from_latex(r"{\'E}l\'ements of \emph{Gr\"{o}bner} bases")
    'Éléments of Gröbner bases'
    """
    if "$" in text:
        text = _MATH.sub(r"\1", text)
    if "\\" in text:
        text = _UNSEEN_ARGUMENT.sub("", _DOUBLED.sub("", text))
        text = _ACCENTED.sub(_accented, text)
        text = _COMMAND.sub(_printed, text)
        text = _ESCAPED.sub(lambda match: match[1] if match[1] in _PRINTED_ANYWAY else "", text)
    return text.replace("{", "").replace("}", "")


def _accented(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", (match["letter"] or match["dotless"]) + _ACCENTS[match["accent"]])


def _printed(match: re.Match[str]) -> str:
    """What a command prints where it stands; its arguments follow it in the text anyway."""
    name, opens = match[1], match[2] or ""
    symbol = _symbols().get(name)
    if symbol is not None:
        return symbol + opens
    return opens if opens or name in _STYLES else f"{name} "


@cache
def _symbols() -> dict[str, str]:
    """The commands that pylatexenc knows: Greek, operators, foreign letters, and those that style an argument."""
    # A run without a record, or with none in LaTeX, needs no such parser.
    from pylatexenc.latex2text import get_default_latex_context_db  # noqa: PLC0415 - see above

    specs = get_default_latex_context_db().iter_macro_specs()
    return {spec.macroname: _symbol(spec) for spec in specs if spec.macroname.isalpha()} | _NAMES


def _symbol(spec: MacroSpec) -> str:
    """What the command prints of itself: a character, a blank, its name as in log, or nothing beside its argument."""
    printed = spec.simplify_repl
    if not isinstance(printed, str) or "%" in printed:
        return ""
    if len(printed.strip()) > 1:
        return f"{spec.macroname} "
    return printed.strip() or " "
