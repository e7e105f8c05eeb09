"""Sees slips of punctuation around links and in lists of words: what ENT107 reports, with its mending."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rlhf_linkcheck.loaders.markdown.inline import Piece, PieceKind, Slip
from rlhf_linkcheck.loaders.markdown.prose import Prose
from rlhf_linkcheck.loaders.markdown.text import Span
from rlhf_linkcheck.model import Defect, DefectKind, Mending, Position

_FULL_WIDTH = re.compile(r"[，、]\s*")
_BRACKETS = re.compile(r"[\[\]()]")
_BLANK_BEFORE = re.compile(r"\s+")
_BLANK_AFTER = re.compile(r"\s+$")


def slip(message: str, position: Position, found: str, expected: str | None, field: str = "") -> Defect:
    """An ENT107 defect; ``expected`` takes the place of what stands there, where that is known."""
    mendings = () if expected is None else (Mending("", expected),)
    return Defect(DefectKind.ITEM, message, position, field=field, found=found, expected=expected, mendings=mendings)


def around_links(prose: Prose) -> Iterator[Defect]:
    """Stray blanks and brackets at a line's links, and links that CommonMark does not see."""
    text = prose.passage.text
    unpaired = _unpaired_brackets(prose.masked)
    for piece in prose.outer:
        if piece.kind not in (PieceKind.LINK, PieceKind.REFERENCE):
            continue
        yield from _not_a_link(prose, piece)
        yield from _blanks_in_label(prose, piece)
        for offset in (piece.whole.start - 1, piece.whole.end):
            if offset in unpaired:
                yield _at(prose, Span(offset, offset + 1), f"a stray «{text[offset]}» stands beside the link", "")


def between_links(prose: Prose, pieces: Sequence[Piece]) -> Iterator[Defect]:
    """Missing commas between the links that a line lists, and missing blanks after them."""
    links = [piece for piece in pieces if piece.kind in (PieceKind.LINK, PieceKind.REFERENCE)]
    for before, after in pairwise(links):
        gap = Span(before.whole.end, after.whole.start)
        match prose.masked[gap.start : gap.end].strip():
            case "":
                yield _at(prose, gap, "a comma is missing between two links", ", ")
            case "," if gap.end - gap.start == 1:
                yield _at(prose, gap, "a blank is missing after the comma between two links", ", ")
            case "，" | "、":
                yield _at(prose, gap, "a full-width comma stands between two links", ", ")
            case _:
                pass


def full_width_commas(prose: Prose, span: Span, field: str) -> Iterator[Defect]:
    """Full-width commas in a list: one defect from the first to the last of them."""
    found = list(_FULL_WIDTH.finditer(prose.masked, span.start, span.end))
    if found:
        stretch = Span(found[0].start(), found[-1].end())
        mended = _FULL_WIDTH.sub(", ", prose.passage.cut(stretch))
        yield _at(prose, stretch, "full-width commas in a list of keywords", mended, field)


def _at(prose: Prose, span: Span, message: str, expected: str, field: str = "") -> Defect:
    found = prose.passage.cut(span)
    return slip(message, prose.passage.position(span), found, expected, field)


def _not_a_link(prose: Prose, piece: Piece) -> Iterator[Defect]:
    """A link to a person that is none to Markdown; blanks in the address itself are another rule's."""
    match piece.slip:
        case Slip.GAP:
            opening = prose.passage.text.index("(", piece.label.end)
            between = Span(piece.label.end, opening + 1)
            yield _at(prose, between, "a stray blank keeps this from being a link", "](")
        case Slip.UNCLOSED:
            expected = f"{prose.passage.cut(piece.target)})"
            yield _at(prose, piece.target, "a missing bracket keeps this from being a link", expected)
        case _:
            pass


def _blanks_in_label(prose: Prose, piece: Piece) -> Iterator[Defect]:
    """``[A][ B](…)``, ``[ B](…)``, ``[B ](…)``."""
    text, label = prose.passage.text, piece.label
    leading = _BLANK_BEFORE.match(text, label.start, label.end)
    start = piece.whole.start
    if start and prose.masked[start - 1] == "]" and piece.kind is not PieceKind.REFERENCE:
        blank = leading.end() if leading else label.start
        yield _at(prose, Span(start - 1, blank), "the blank belongs between the brackets", "] [")
    elif leading and leading.end() < label.end:
        yield _at(prose, Span(start, leading.end()), "a stray blank in the brackets", "[")
    trailing = len(text[label.start : label.end].rstrip()) + label.start
    if label.start < trailing < label.end:
        yield _at(prose, Span(trailing, label.end + 1), "a stray blank in the brackets", "]")


def _unpaired_brackets(masked: str) -> frozenset[int]:
    """The offsets of brackets without a partner."""
    waiting: dict[str, list[int]] = {"[": [], "(": []}
    unpaired: list[int] = []
    for bracket in _BRACKETS.finditer(masked):
        kind = {"]": "[", ")": "("}.get(bracket[0])
        if kind is None:
            waiting[bracket[0]].append(bracket.start())
        elif waiting[kind]:
            waiting[kind].pop()
        else:
            unpaired.append(bracket.start())
    return frozenset((*unpaired, *waiting["["], *waiting["("]))
