"""Reads an item's first line: ``[Publisher] [title](address) (Nickname)``."""

import re
from collections.abc import Iterator

from rlhf_linkcheck.loaders.markdown.draft import Draft
from rlhf_linkcheck.loaders.markdown.inline import Piece, PieceKind
from rlhf_linkcheck.loaders.markdown.profile import Fill
from rlhf_linkcheck.loaders.markdown.prose import Prose, Target
from rlhf_linkcheck.loaders.markdown.text import Span
from rlhf_linkcheck.model import Role

_LINKS = (PieceKind.LINK, PieceKind.REFERENCE)
_ADDRESSES = (PieceKind.BARE, PieceKind.AUTOLINK)
_PREFIX = re.compile(r"\[([^\[\]\0]*)\]")
_CHECKBOXES = ("", "x")
_NICKNAME = re.compile(r"\s*\(([^()\0]*)\)")
_BETWEEN = " \t\n-–—:;,.|·•*_[]()\0"


def main_piece(prose: Prose) -> Piece | None:
    """The link that an item is about: the first with words in its label, else the first, else a bare address."""
    links = [piece for piece in prose.outer if piece.kind in _LINKS]
    worded = (piece for piece in links if not prose.passage.text.startswith("![", piece.label.start))
    addresses = (piece for piece in prose.outer if piece.kind in _ADDRESSES)
    return next(worded, None) or next(iter(links), None) or next(addresses, None)


def read_head(prose: Prose, main: Piece, draft: Draft, prefix: Fill) -> None:
    """Read the line around its main link; ``prefix`` is what brackets before the link hold."""
    draft.main = prose.target(main) if main.kind in _LINKS else Target(main.url, prose.passage.position(main.target))
    if draft.main.definition is not None:
        draft.definitions.add(draft.main.definition)
    if draft.main.label_position is not None:
        draft.title = draft.main.label
        draft.located.append(("title", draft.main.label_position))
    start = _read_before(prose, main, draft, prefix)
    after = Span(main.whole.end, len(prose.masked))
    nickname = _NICKNAME.match(prose.masked, after.start)
    if nickname:
        draft.nickname, span = prose.value(Span(*nickname.span(1)))
        draft.located.append(("nickname", prose.passage.position(span)))
        after = Span(nickname.end(), after.end)
    for part in (start, after):
        _note(prose, part, draft)
    for target in _other_targets(prose, main):
        draft.link(Role.OTHER, target)


def _read_before(prose: Prose, main: Piece, draft: Draft, prefix: Fill) -> Span:
    """Take the brackets before the link as what they are; returns the rest of what stands there."""
    start = 0
    for match in _PREFIX.finditer(prose.masked, 0, main.whole.start):
        if prose.masked[start : match.start()].strip():
            break
        value, span = prose.value(Span(*match.span(1)))
        if value.lower() not in _CHECKBOXES:
            draft.add(prefix, value, prose.passage.position(span))
        start = match.end()
    return Span(start, main.whole.start)


def _note(prose: Prose, span: Span, draft: Draft) -> None:
    """Keep as a note what else the line says."""
    text = prose.masked[span.start : span.end]
    start = span.start + len(text) - len(text.lstrip(_BETWEEN))
    if start < span.end:
        value, place = prose.value(Span(start, span.end))
        draft.add(Fill.NOTE, value, prose.passage.position(place))


def _other_targets(prose: Prose, main: Piece) -> Iterator[Target]:
    """What the line leads to beside its main link, images in that link's label included."""
    yield from prose.targets(Span(0, main.whole.start))
    yield from prose.targets(Span(main.whole.start + 1, len(prose.masked)))
