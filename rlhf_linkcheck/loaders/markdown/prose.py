"""A passage with its pieces apart from its text: what a stretch of it says, and where it leads."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rlhf_linkcheck.loaders.markdown import tags
from rlhf_linkcheck.loaders.markdown.blocks import Definition
from rlhf_linkcheck.loaders.markdown.inline import Piece, PieceKind, scan, unescaped
from rlhf_linkcheck.loaders.markdown.text import Passage, Span, narrow
from rlhf_linkcheck.model import Position

HIDDEN = "\0"
_MARKUP = re.compile(r"[\[\\<`&]")
_EMPHASIS = re.compile(r"([*_]{1,3})(?=[^\s*_])([^*_]*[^\s*_])\1")
_LINE_END = re.compile(r"[ \t]*\n[ \t]*")
_DEEPEST_LABEL = 3
_LONGEST_INNER_LABEL = 500
LABELLED = (PieceKind.LINK, PieceKind.IMAGE, PieceKind.REFERENCE)


@dataclass(frozen=True, slots=True)
class Target:
    """Where something leads: the address, where that stands, and the words shown for it."""

    url: str
    position: Position
    label: str = ""
    label_position: Position | None = None
    definition: str | None = None


@dataclass(frozen=True, slots=True)
class Prose:
    """A passage and its pieces, in order.

    ``outer`` are the pieces that are in no other one. ``masked`` is the text with every
    piece made of HIDDEN characters and every comment of blanks, so that text can be taken apart
    without meeting punctuation inside an address. ``shown`` is the text with only comments blanked.
    """

    passage: Passage
    pieces: tuple[Piece, ...]
    outer: tuple[Piece, ...]
    masked: str
    shown: str
    definitions: Mapping[str, Definition]

    @property
    def all(self) -> Span:
        """The whole passage without blanks and comments at its ends."""
        return self.narrow(Span(0, len(self.masked)))

    def narrow(self, span: Span) -> Span:
        """The span without blanks and comments at its ends."""
        return narrow(self.shown, span)

    def within(self, span: Span) -> tuple[Piece, ...]:
        """The outer pieces that begin in the span."""
        return _beginning_in(self.outer, span)

    def value(self, span: Span) -> tuple[str, Span]:
        """What the span says, and where exactly that stands: within a link's label, inside emphasis.

        Where no other mark-up is in it, the text at that place is the value.
        """
        span = self.narrow(span)
        while (inner := self._unwrapped(span)) is not None:
            span = self.narrow(inner)
        return plain(self.passage.cut(span), self.definitions).strip(), span

    def _unwrapped(self, span: Span) -> Span | None:
        for piece in self.within(span)[:1]:
            if piece.whole == span and piece.kind in (*LABELLED, PieceKind.CODE):
                return piece.label
        emphasis = _EMPHASIS.fullmatch(self.passage.text, span.start, span.end)
        return Span(*emphasis.span(2)) if emphasis else None

    def targets(self, span: Span | None = None) -> Iterator[Target]:
        """Where the span leads, in the order of the text; images count, and e-mail does not."""
        pieces = self.pieces if span is None else _beginning_in(self.pieces, span)
        for piece in pieces:
            yield from self._targets_of(piece)

    def _targets_of(self, piece: Piece) -> Iterator[Target]:
        match piece.kind:
            case PieceKind.CODE:
                return
            case PieceKind.HTML:
                for found in tags.targets(self.passage.text, piece.whole):
                    yield Target(found.url, self.passage.position(found.span))
            case PieceKind.AUTOLINK | PieceKind.BARE:
                if not piece.url.lower().startswith("mailto:"):
                    yield Target(piece.url, self.passage.position(piece.target))
            case _:
                yield self.target(piece)

    def target(self, piece: Piece) -> Target:
        """Where a piece with a label leads; for a reference to where its definition says."""
        label, span = self._label(piece)
        shown = self.passage.position(span)
        if piece.kind is PieceKind.REFERENCE:
            definition = self.definitions[piece.url]
            return Target(definition.url, definition.position, label, shown, definition.label)
        return Target(piece.url, self.passage.position(piece.target), label, shown)

    def _label(self, piece: Piece) -> tuple[str, Span]:
        """The words of a piece; of one within another only where that is cheap, lest images nest without end."""
        length = piece.label.end - piece.label.start
        outer = any(piece is other for other in self.within(Span(piece.whole.start, piece.whole.start + 1)))
        if outer or (length <= _LONGEST_INNER_LABEL and "[" not in self.passage.cut(piece.label)):
            return self.value(piece.label)
        return "", Span(piece.label.start, piece.label.start)


def read_prose(passage: Passage, definitions: Mapping[str, Definition]) -> Prose:
    """Take a passage apart; ``definitions`` are the document's, by their normalised label."""
    text = passage.text
    pieces = scan(text, definitions)
    outer = _outermost(pieces)
    comments = [piece.whole for piece in outer if is_comment(piece, text)]
    shown = _with(" ", comments, text)
    masked = _with(HIDDEN, [piece.whole for piece in outer if not is_comment(piece, text)], shown)
    return Prose(passage, _in_order(pieces), outer, masked, shown, definitions)


def _with(filler: str, spans: Sequence[Span], text: str) -> str:
    """The text with each of the spans filled."""
    parts: list[str] = []
    done = 0
    for span in spans:
        parts += (text[done : span.start], filler * (span.end - span.start))
        done = span.end
    return "".join((*parts, text[done:]))


def is_comment(piece: Piece, text: str) -> bool:
    """Whether a piece is an HTML comment, which no reader sees."""
    return piece.kind is PieceKind.HTML and text.startswith("<!--", piece.whole.start)


def plain(text: str, definitions: Collection[str] = (), depth: int = 0) -> str:
    """The text as a reader sees it, on one line: links are their labels, tags are nothing."""
    if _MARKUP.search(text) and depth <= _DEEPEST_LABEL:
        shown, done = [], 0
        for piece in _outermost(scan(text, definitions)):
            shown.append(unescaped(text[done : piece.whole.start]))
            if piece.kind is not PieceKind.HTML:
                label = text[piece.label.start : piece.label.end]
                verbatim = piece.kind not in LABELLED
                shown.append(label if verbatim else plain(label, definitions, depth + 1))
            done = piece.whole.end
        text = "".join((*shown, unescaped(text[done:])))
    return _LINE_END.sub(" ", text)


def _outermost(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Those that are in no other one; the pieces come in the order of their ends."""
    outer: list[Piece] = []
    for piece in reversed(pieces):
        if not outer or piece.whole.end <= outer[-1].whole.start:
            outer.append(piece)
    return tuple(reversed(outer))


def _in_order(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(sorted(pieces, key=lambda piece: piece.whole.start))


def _beginning_in(pieces: tuple[Piece, ...], span: Span) -> tuple[Piece, ...]:
    first = bisect_left(pieces, span.start, key=lambda piece: piece.whole.start)
    last = bisect_left(pieces, span.end, key=lambda piece: piece.whole.start)
    return pieces[first:last]
