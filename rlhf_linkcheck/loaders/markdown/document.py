"""Markdown lists: from text to a Document with its entries, where everything stands, and what is amiss."""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath

from rlhf_linkcheck.loaders.ids import Ids
from rlhf_linkcheck.loaders.markdown.blocks import Definition, Heading, Item, Paragraph, read_blocks
from rlhf_linkcheck.loaders.markdown.draft import Draft, Section
from rlhf_linkcheck.loaders.markdown.items import read_item
from rlhf_linkcheck.loaders.markdown.page import Page, definition_links
from rlhf_linkcheck.loaders.markdown.profile import AWESOME_RLHF, Profile
from rlhf_linkcheck.loaders.markdown.prose import HIDDEN, plain
from rlhf_linkcheck.model import Category, Defect, DefectKind, Document, Entry, Position

_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_YEAR_AND_BEFORE = re.compile(r"(?:19|20)[0-9]{2} (?:and|or) (?:before|earlier|older)", re.IGNORECASE)


def loads(text: str, path: str, profile: Profile = AWESOME_RLHF) -> Document:
    """Read a Markdown list. Bad text raises nothing: what cannot be read is a defect of the document."""
    reading = read_blocks(text.replace(HIDDEN, "\N{REPLACEMENT CHARACTER}"))
    collector = _Collector(path, profile, {item.label: item for item in reversed(reading.definitions)})
    for block in reading.blocks:
        match block:
            case Heading():
                collector.heading(block)
            case Item() if collector.section is not None:
                collector.item(block, collector.section)
            case _:
                collector.page.add(block, in_entry=False)
    if reading.refused is not None:
        message, position = reading.refused
        collector.defects.append(Defect(DefectKind.SYNTAX, message, position))
    page = collector.page
    links = (*page.links, *definition_links(reading.definitions, collector.definitions_used))
    return Document(
        path=path,
        entries=tuple(collector.entries),
        links=tuple(sorted(links, key=lambda link: link.position)),
        defects=tuple(sorted(collector.defects, key=lambda defect: defect.position)),
        suppressions=tuple(page.suppressions),
        anchors=frozenset(page.anchors),
        folder=str(PurePath(path).parent),
    )


class _Collector:
    """Walks through a list from heading to heading; ``section`` is what entries are under, if anything."""

    def __init__(self, path: str, profile: Profile, definitions: Mapping[str, Definition]) -> None:
        self.section: Section | None = None
        self.entries: list[Entry] = []
        self.defects: list[Defect] = []
        self.definitions_used: set[str] = set()
        self.page = Page(definitions)
        self._path = path
        self._profile = profile
        self._definitions = definitions
        self._level = 0
        self._ids = Ids()

    def heading(self, heading: Heading) -> None:
        """Enter the section of a heading, or leave the one before."""
        self.page.add(heading, in_entry=False)
        text = plain(heading.passage.text).strip()
        category = self._profile.category(text)
        if self.section is not None and heading.level > self._level:
            self.section = _subsection(self.section.category, text)
        elif category is not None:
            self.section, self._level = Section(category, text), heading.level
        else:
            self.section = None

    def item(self, item: Item, section: Section) -> None:
        """Read an item as an entry; where it is none, say so and keep its links as the document's."""
        draft = read_item(item, section.category, self._profile, self._definitions)
        self.page.add(item, in_entry=draft is not None)
        if draft is None:
            self.defects.append(_no_entry(item, section))
        else:
            self._entry(draft, item.position, section)

    def _entry(self, draft: Draft, position: Position, section: Section) -> None:
        entry = draft.entry(self._ids.give(draft.nickname or draft.title), self._path, position, section)
        self.entries.append(entry)
        self.defects += (replace(defect, entry=entry.id) for defect in draft.defects)
        self.definitions_used |= draft.definitions


def _subsection(category: Category, text: str) -> Section:
    year = int(text) if _YEAR.fullmatch(text) else None
    return Section(category, text, year, year_from_id=_YEAR_AND_BEFORE.fullmatch(text) is not None)


def _no_entry(item: Item, section: Section) -> Defect:
    first = item.position
    shown = item.blocks[0].passage.text.split("\n")[0] if item.blocks and isinstance(item.blocks[0], Paragraph) else ""
    return Defect(
        DefectKind.SCHEMA,
        f"an item under «{section.heading}» without a link: expected `[title](address)`",
        Position(first.line, first.column, first.line, first.column + 1),
        found=shown or None,
        expected="[title](address)",
    )
