"""Lines of toned text, made harmless and laid out: plain for a pipe, wrapped and coloured for a terminal."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from pathlib import PurePath
from typing import NamedTuple
from urllib.parse import quote

from rlhf_linkcheck.reporters.base import Style

LONGEST = 2_000
"""The most characters of one piece that are shown; the JSON report has them all."""

_STDIN = "-"
_WORD = re.compile(r"\s*(?:\([^()]{1,40}\)$|(?:\d{1,3} )?\S+\s*)")
_LINK_NUMBER = re.compile("\x1b]8;id=[^;]*;")


class Tone(StrEnum):
    """What a piece of text is; the value is how rich paints it, in the 16 colours of the user's palette."""

    PLAIN = ""
    STRONG = "bold"
    FAINT = "dim"
    ERROR = "bold red"
    WARNING = "bold yellow"
    INFO = "bold cyan"
    GOOD = "green"
    LESS = "bold red underline"
    MORE = "bold green underline"


class Place(NamedTuple):
    """A line of a file, by the path that was given."""

    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a line, as it came: what is dangerous in it is spelt out when the line is set.

    ``link`` is where it leads on a terminal that has hyperlinks: an address, or a place in a file.
    """

    text: str
    tone: Tone = Tone.PLAIN
    link: str | Place | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a pipe; on a terminal what does not fit goes on below, indented by ``hang`` columns."""

    spans: tuple[Span, ...] = ()
    hang: int = 0


def typeset(lines: Iterable[Line], style: Style) -> Iterator[str]:
    """The lines as text, each with its newline.

    Without a width nothing is wrapped, and without colour there is not one control character.
    """
    if style.width is None and not style.color:
        return ("".join(harmless(span.text) for span in line.spans).rstrip() + "\n" for line in lines)
    return _on_terminal(lines, style)


def harmless(text: str) -> str:
    r"""The text with everything that is not seen spelt out, and cut where it has no end.

    Controls, escape sequences, line breaks, bidirectional overrides, invisible blanks and lone
    surrogates become escapes as in Python, so that nothing from outside moves the cursor, breaks
    a line or reads otherwise than it is.

    >>> harmless("a\x1b[2Jb")
    'a\\x1b[2Jb'
    """
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}… ({len(text) - LONGEST:,} more)"
    if text.isprintable():
        return text
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in text)


def _on_terminal(lines: Iterable[Line], style: Style) -> Iterator[str]:
    # Rich takes a tenth of a second to import; a piped run does without.
    from rich.cells import cell_len  # noqa: PLC0415 - see above
    from rich.console import Console  # noqa: PLC0415 - likewise
    from rich.style import Style as Paint  # noqa: PLC0415 - likewise
    from rich.text import Text  # noqa: PLC0415 - likewise

    output = StringIO()
    console = Console(
        file=output,
        force_terminal=style.color,
        color_system="standard" if style.color else None,
        no_color=not style.color,
        width=style.width or LONGEST,
        height=25,
        legacy_windows=False,
    )

    for line in lines:
        text = Text()
        for span in line.spans:
            target = _target(span.link, style) if style.hyperlinks and span.link else None
            text.append(harmless(span.text), Paint.parse(span.tone) + Paint(link=target))
        rows = text.divide(_breaks(text.plain, style.width, line.hang, cell_len)) if style.width else [text]
        for row in rows:
            row.rstrip()
        console.print(Text(f"\n{' ' * line.hang}").join(rows), soft_wrap=True)
        # Rich numbers its hyperlinks by chance; the same report is to give the same bytes.
        yield _LINK_NUMBER.sub("\x1b]8;;", output.getvalue())
        output.seek(0)
        output.truncate()


def _breaks(text: str, width: int, hang: int, measure: Callable[[str], int]) -> list[int]:
    """Where to break between words. A word that fits nowhere stays whole, so that an address can be copied.

    A short remark in brackets at the end is one word, and goes on below as a whole; a number stays with what it counts.
    """
    offsets: list[int] = []
    column = 0
    for word in _WORD.finditer(text):
        if column > hang and column + measure(word[0].rstrip()) > width:
            offsets.append(word.start())
            column = hang
        column += measure(word[0])
    return offsets


def _target(link: str | Place, style: Style) -> str | None:
    """What the terminal is handed: a web address with nothing in it that ends the sequence, or a file's.

    A file's address names its host, as the terminal may show another one's files, and its line in the form that
    terminals open editors by: https://sw.kovidgoyal.net/kitty/kittens/hyperlinked_grep/.
    """
    if isinstance(link, Place):
        if style.folder is None or link.path == _STDIN:
            return None
        path = PurePath(style.folder, link.path).as_posix().lstrip("/")
        return f"file://{quote(style.host)}/{quote(path, errors='replace')}#{link.line}"
    web = link.startswith(("http://", "https://"))
    return link if web and link.isascii() and link.isprintable() else None
