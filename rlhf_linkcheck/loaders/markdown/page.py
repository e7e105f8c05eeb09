"""Gathers what stands outside the entries: links, anchors, and the wishes in comments."""

import re
from collections.abc import Iterator, Mapping

from rlhf_linkcheck.loaders.markdown import tags
from rlhf_linkcheck.loaders.markdown.blocks import Block, Definition, Heading, Html, Item, Paragraph
from rlhf_linkcheck.loaders.markdown.inline import PieceKind
from rlhf_linkcheck.loaders.markdown.names import Slugs
from rlhf_linkcheck.loaders.markdown.prose import Prose, plain, read_prose
from rlhf_linkcheck.loaders.markdown.text import Passage, Span
from rlhf_linkcheck.model import Link, Role, Suppression

_HTML_HEADING = re.compile(r"<h[1-6](?:\s[^<>]{0,500})?>(.{0,1000}?)</h[1-6]>", re.IGNORECASE | re.DOTALL)
_TOP = "top"
"""Browsers take ``#top`` to the top of any page: https://html.spec.whatwg.org/#select-the-indicated-part"""


class Page:
    """What has been gathered so far; anchors are in lower case, for browsers do not mind on GitHub."""

    def __init__(self, definitions: Mapping[str, Definition]) -> None:
        self.links: list[Link] = []
        self.anchors: set[str] = {_TOP}
        self.suppressions: list[Suppression] = []
        self._definitions = definitions
        self._slugs = Slugs()

    def add(self, block: Block, *, in_entry: bool) -> None:
        """Gather from a block; links in entries are the entries' own."""
        match block:
            case Item(blocks=blocks):
                for inner in blocks:
                    self.add(inner, in_entry=in_entry)
            case Html(passage=passage):
                self._add_html(passage, in_entry=in_entry)
            case Paragraph(passage=passage) if in_entry and "<" not in passage.text:
                pass
            case _:
                prose = read_prose(block.passage, self._definitions)
                if isinstance(block, Heading):
                    self._add_heading(prose.value(prose.all)[0])
                self._add_prose(prose, in_entry=in_entry)

    def _add_prose(self, prose: Prose, *, in_entry: bool) -> None:
        for piece in prose.pieces:
            if piece.kind is PieceKind.HTML:
                self._add_tag(prose.passage, piece.whole)
        if not in_entry:
            # What a reference leads to is listed once, at its definition.
            targets = (target for target in prose.targets() if target.definition is None)
            self.links += (Link(target.url, Role.OTHER, target.position, label=target.label) for target in targets)

    def _add_html(self, passage: Passage, *, in_entry: bool) -> None:
        for heading in _HTML_HEADING.finditer(passage.text):
            self._add_heading(plain(heading[1]).strip())
        for span in tags.html_spans(passage.text):
            self._add_tag(passage, span)
            if not in_entry:
                found = tags.targets(passage.text, span)
                self.links += (Link(target.url, Role.OTHER, passage.position(target.span)) for target in found)

    def _add_tag(self, passage: Passage, span: Span) -> None:
        self.anchors.update(anchor.lower() for anchor in tags.anchors(passage.text, span))
        self.suppressions += tags.suppressions(passage, span)

    def _add_heading(self, text: str) -> None:
        self.anchors.add(self._slugs.give(text))


def definition_links(definitions: tuple[Definition, ...], used_by_entries: set[str]) -> Iterator[Link]:
    """The definitions as links, but for those that entries use: there the entry's link stands for it."""
    for definition in definitions:
        if definition.label not in used_by_entries:
            yield Link(definition.url, Role.OTHER, definition.position, label=definition.label)
