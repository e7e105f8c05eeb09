"""Reads the blocks of a Markdown text: headings, paragraphs, HTML and list items, with their lines."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

from rlhf_linkcheck.loaders.markdown.text import Passage, Span, locate, split_lines
from rlhf_linkcheck.model import Position

MAX_LINES = 200_000
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
class Glued:
    """A list item's mark that lacks the blank after it."""

    mark: str
    position: Position


@dataclass(frozen=True, slots=True)
class Item:
    """A list item with all that is in it."""

    position: Position
    blocks: tuple["Block", ...]
    glued: Glued | None = None


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
    if len(lines) > MAX_LINES:
        message = f"a Markdown list of more than {MAX_LINES:,} lines is not read"
        return Reading(refused=(message, Position(MAX_LINES + 1, 1, MAX_LINES + 1, 1)))
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


def _parser() -> MarkdownIt:
    """CommonMark's blocks only, with every address let through: it is for the rules to judge."""
    parser = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING, "inline_definitions": True})
    parser.core.ruler.disable(["inline", "text_join"])
    parser.validateLink = _any_link  # type: ignore[method-assign]
    parser.normalizeLink = _as_written  # type: ignore[method-assign]
    return parser


def _any_link(url: str) -> bool:
    del url
    return True


def _as_written(url: str) -> str:
    return url


_GLUED_LINK = re.compile(r"\s*[-*+]\[.*\]\s?\(")
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
                here.append(Html(locate(token.content.rstrip("\n"), lines, first)))
            case "inline" if tokens[index - 1].type == "heading_open":
                here.append(Heading(int(tokens[index - 1].tag[1]), locate(token.content, lines, first)))
            case "inline":
                here.append(Paragraph(locate(token.content, lines, first)))
            case _:
                pass
    return tuple(top)


def _item(closed: _Open, lines: Sequence[str], glued: frozenset[int]) -> Item:
    first, last = closed.first, closed.last
    while last > first + 1 and not lines[last - 1].strip():
        last -= 1
    column = len(lines[first]) - len(lines[first].lstrip()) + 1
    position = Position(first + 1, column, last, len(lines[last - 1].rstrip()) + 1)
    mark = None
    if first in glued:
        mark = Glued(lines[first][column - 1], Position(first + 1, column, first + 1, column + 1))
    return Item(position, tuple(closed.blocks), mark)


_DEFINED = re.compile(r"\[(?:\\.|[^\[\]\\])*\]:\s*(?:<([^<>\n]*)>|(\S+))", re.DOTALL)


def _definition(token: Token, lines: Sequence[str]) -> Definition:
    first, last = token.map or (0, 1)
    passage = locate("\n".join(lines[first:last]), lines, first)
    match = _DEFINED.search(passage.text)
    span = Span(*match.span(match.lastindex or 0)) if match else Span(0, len(passage.text))
    return Definition(str(token.meta["id"]), str(token.meta["url"]), passage.position(span))
