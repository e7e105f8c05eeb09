"""Reads the blocks of a Markdown text: headings, paragraphs, HTML and list items, with their lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from rlhf_linkcheck.loaders.markdown.text import Passage, Span, locate, split_lines
from rlhf_linkcheck.model import Position

MAX_BLOCKS = 200_000
"""Lines, and list items or quotes begun on one line: each costs markdown-it about a kilobyte and 50 µs."""

MAX_NESTING = 100


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 6."""

    level: int
    passage: Passage


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph's text."""

    passage: Passage


@dataclass(frozen=True, slots=True)
class Html:
    """A block of HTML, as written."""

    passage: Passage


@dataclass(frozen=True, slots=True)
class Item:
    """A list item with all that is in it; ``glued`` is its dash where the blank after it is missing."""

    position: Position
    blocks: tuple["Block", ...]
    glued: Position | None = None


Block = Heading | Paragraph | Html | Item


@dataclass(frozen=True, slots=True)
class Definition:
    """A link reference definition, ``[label]: address``; ``label`` is normalised."""

    label: str
    url: str
    position: Position


@dataclass(frozen=True, slots=True)
class Reading:
    """The blocks of a whole text in order; ``refused`` says what of it was not read, and from where on."""

    blocks: tuple[Block, ...] = ()
    definitions: tuple[Definition, ...] = ()
    refused: tuple[str, Position] | None = None


def read_blocks(text: str) -> Reading:
    """Read a text's blocks; what is too large or too deep to be a list of entries is refused, never raised."""
    lines = split_lines(text)
    if _count_blocks(lines) > MAX_BLOCKS:
        message = f"a Markdown list of more than {MAX_BLOCKS:,} lines and items is not read: split it"
        return Reading(refused=(message, Position(1, 1, 1, 1)))
    glued = frozenset(_glued_lines(lines))
    mended = "\n".join(_with_blank(line) if number in glued else line for number, line in enumerate(lines))
    tokens = _parser().parse(mended)
    deepest = next((token for token in tokens if token.level >= MAX_NESTING - 1), None)
    refused = None
    if deepest is not None:
        line = deepest.map[0] + 1 if deepest.map else 1
        refused = (f"what is nested more than {MAX_NESTING} deep is not read", Position(line, 1, line, 1))
    definitions = tuple(_definition(token, lines) for token in tokens if token.type == "definition")
    return Reading(_tree(tokens, lines, glued), definitions, refused)


_MARKS = re.compile(r"(?:[ \t]*(?:[-*+>]|[0-9]{1,9}[.)]))+")


def _count_blocks(lines: Sequence[str]) -> int:
    begun = (_MARKS.match(line) for line in lines)
    more = (max(len(match[0].split()) - 1, match[0].count(">")) for match in begun if match)
    return len(lines) + sum(more)


def _parser() -> MarkdownIt:
    """CommonMark's blocks only, with every address let through: it is for the rules to judge."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING, "inline_definitions": True})
    parser.core.ruler.disable(["inline", "text_join"])
    parser.validateLink = _any_link  # type: ignore[method-assign]  # as markdown-it documents it
    parser.normalizeLink = _as_written  # type: ignore[method-assign]  # likewise
    return parser


def _any_link(url: str) -> bool:
    del url
    return True


def _as_written(url: str) -> str:
    return url


_GLUED_LINK = re.compile(r"\s*-\[.*\]\s?\(")
_GLUED_FIELD = re.compile(r"\s*-[^\s-]")
_ITEM = re.compile(r"\s*[-*+]\s")


def _glued_lines(lines: Sequence[str]) -> list[int]:
    """The lines that were meant as list items and lack the blank after their dash.

    To CommonMark each of them is the tail of the paragraph before it, sub-items and all.
    """
    found, in_list = [], False
    for number, line in enumerate(lines):
        if _GLUED_LINK.match(line) or (in_list and _GLUED_FIELD.match(line)):
            found.append(number)
            in_list = True
        elif line.strip():
            in_list = _ITEM.match(line) is not None
    return found


def _with_blank(line: str) -> str:
    dash = len(line) - len(line.lstrip()) + 1
    return f"{line[:dash]} {line[dash:]}"


def _content(token: Token, glued: frozenset[int]) -> str:
    """A token's text as the file has it: also where a line with a mended dash proved to be no list item."""
    first = token.map[0] if token.map else 0
    parts = token.content.rstrip("\n").split("\n")
    for index, part in enumerate(parts):
        if first + index in glued and part.lstrip().startswith("- "):
            parts[index] = part.replace("- ", "-", 1)
    return "\n".join(parts)


@dataclass(slots=True)
class _Open:
    """A list item whose end has not come yet."""

    first: int
    last: int
    blocks: list[Block] = field(default_factory=list)


def _tree(tokens: Sequence[Token], lines: Sequence[str], glued: frozenset[int]) -> tuple[Block, ...]:
    """Fold the flat tokens into blocks; of all containers only list items count."""
    top: list[Block] = []
    stack: list[_Open] = []
    for index, token in enumerate(tokens):
        first, last = token.map or (0, 0)
        here = stack[-1].blocks if stack else top
        match token.type:
            case "list_item_open":
                stack.append(_Open(first, last))
            case "list_item_close":
                closed = stack.pop()
                (stack[-1].blocks if stack else top).append(_item(closed, lines, glued))
            case "html_block":
                here.append(Html(locate(_content(token, glued), lines, first)))
            case "inline" if tokens[index - 1].type == "heading_open":
                here.append(Heading(int(tokens[index - 1].tag[1]), locate(_content(token, glued), lines, first)))
            case "inline":
                here.append(Paragraph(locate(_content(token, glued), lines, first, last)))
            case _:
                pass
    return tuple(top)


def _item(closed: _Open, lines: Sequence[str], glued: frozenset[int]) -> Item:
    first, last = closed.first, closed.last
    while last > first + 1 and not lines[last - 1].strip():
        last -= 1
    column = len(lines[first]) - len(lines[first].lstrip()) + 1
    position = Position(first + 1, column, last, len(lines[last - 1].rstrip()) + 1)
    dash = Position(first + 1, column, first + 1, column + 1) if first in glued else None
    return Item(position, tuple(closed.blocks), dash)


_DEFINED = re.compile(r"\[(?:\\.|[^\[\]\\])*\]:[ \t\n]*(?:<([^<>\n]*)>|([^\x00-\x20\x7f]+))", re.DOTALL)


def _definition(token: Token, lines: Sequence[str]) -> Definition:
    first, last = token.map or (0, 1)
    passage = locate("\n".join(lines[first:last]), lines, first)
    match = _DEFINED.search(passage.text)
    span = Span(*match.span(match.lastindex or 0)) if match else Span(0, len(passage.text))
    return Definition(str(token.meta["id"]), str(token.meta["url"]), passage.position(span))
