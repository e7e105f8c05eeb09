"""Text from outside as Markdown that GitHub shows as it is: no markup, no mention, no reference, no link of its own.

Whatever is not plain stands in a code span. There GitHub looks for no markup, and its filters leave mentions,
issue references, emoji and commits alone: https://github.com/gjtorikian/html-pipeline (their ``IGNORE_PARENTS``).
"""

import re
from itertools import groupby

from rlhf_linkcheck.reporters.marking import Pieces
from rlhf_linkcheck.reporters.typesetting import harmless

MOST = 300
"""The most characters of one text that are shown; what is to be copied is shown whole or not at all."""

_PLAIN = re.compile(r"[^\W_]+(?:[.,:'’/+–—-]+[^\W_]+)*[+%]*|[-–—+&/=]")
_BEFORE = "«“„‘'\"(…"
_AFTER = "»”“’'\").,:;!?…"
_OPENED_BY = {")": "(", "»": "«", "”": "“"}
_TELLING = re.compile(r"www\.|(?<![^\W_])[0-9a-f]{7,40}(?![^\W_])|\bgh-\d|:.*:|//|\w\.\w+/", re.IGNORECASE)
"""What a site may take for an address, a commit, a reference or an emoji, though it is of letters and points."""
_BACKTICKS = re.compile("`+")
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+(?:[/?#][A-Za-z0-9._~:/?#\[\]@!&'()*+,;=%-]*)?")
_REFERENCE = re.compile(r"/(?:issues?|pulls?|discussions|commits?|merge_requests)/", re.IGNORECASE)
_LONGEST_LINK = 500


def prose(text: str) -> str:
    """A text for people, on one line: plain words as they are, every other one in a code span.

    >>> prose("is called huggingface/trl now, says @bot")
    'is called huggingface/trl now, says `@bot`'
    """
    words = _shortened(text).split(" ")
    parts = ((plain, " ".join(group)) for plain, group in groupby(words, key=_is_plain))
    return " ".join(part if plain else _odd(part) for plain, part in parts)


def code(text: str, most: int = MOST) -> str:
    """A text as it is, on one line, in a code span with as many backticks as it takes."""
    return _span(_shortened(text, most))


def block(text: str, indent: str) -> str:
    """A text on a line of its own, in a fence that GitHub puts a button on to copy it."""
    shown = harmless(text)
    fence = "`" * max(_longest_run(shown) + 1, 3)
    return f"{indent}{fence}text\n{indent}{shown}\n{indent}{fence}\n"


def tagged(pieces: Pieces, tag: str) -> str:
    """A text with the pieces that differ in an element; in one kind of letters from end to end."""
    whole = "".join(pieces)
    if len(whole) > MOST:
        return code(whole)
    if whole != whole.strip():
        # A blank at either end is not seen in a browser: the marks show where the text begins and ends.
        return code(f"«{whole}»")
    plain = "  " not in whole and all(map(_is_plain, whole.split(" ")))
    shown = [piece if plain else _odd(harmless(piece), " ", " ") for piece in pieces]
    marks = (f"<{tag}>{piece}</{tag}>" if index % 2 else piece for index, piece in enumerate(shown))
    return "".join(marks) or code("")


def link(address: str) -> str:
    """A web address as a link to itself; as code where it would be a reference, or is not plain enough to be one."""
    fits = len(address) <= _LONGEST_LINK and _ADDRESS.fullmatch(address) and not _REFERENCE.search(address)
    return f"<{address}>" if fits else code(address)


def cell(text: str) -> str:
    """Markdown as it may stand in a table: a bar ends a cell even in a code span, unless it is escaped."""
    return text.replace("|", "\\|")


def _span(shown: str) -> str:
    if not shown.strip(" "):
        return f"`«{shown}»`" if shown else "_nothing_"
    fence = "`" * (_longest_run(shown) + 1)
    # One blank at either end belongs to the span, and not to its text: CommonMark 6.1.
    pad = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _odd(shown: str, before: str = f" {_BEFORE}", after: str = f" {_AFTER}") -> str:
    """In a code span, but for blanks and punctuation around it."""
    core = shown.lstrip(before).rstrip(after)
    if not core:
        return _span(shown) if shown.strip(" ") else shown
    head, _, tail = shown.partition(core)
    end = _closing(core, tail)
    return f"{head}{_span(core + tail[:end])}{tail[end:]}"


def _closing(core: str, tail: str) -> int:
    """How much of what stands behind closes what is opened within: a bracket that is cut off belongs to neither."""
    left = {closing: core.count(opening) - core.count(closing) for closing, opening in _OPENED_BY.items()}
    end = 0
    for index, letter in enumerate(tail, 1):
        if left.get(letter, 0) > 0:
            left[letter] -= 1
            end = index
    return end


def _is_plain(word: str) -> bool:
    """Whether no reader of Markdown, and none of GitHub's filters, sees anything but letters in it."""
    core = word.lstrip(_BEFORE).rstrip(_AFTER)
    return not core or (bool(_PLAIN.fullmatch(core)) and not _TELLING.search(word))


def _shortened(text: str, most: int = MOST) -> str:
    cut = len(text) - most
    return harmless(text) if cut <= 0 else f"{harmless(text[:most])}… ({cut:,} more)"


def _longest_run(text: str) -> int:
    return max(map(len, _BACKTICKS.findall(text)), default=0)
