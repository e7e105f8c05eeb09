"""Reads a list item as the entry that it is meant to be, and notes where it is irregular."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rlhf_linkcheck.loaders.markdown import slips
from rlhf_linkcheck.loaders.markdown.blocks import Block, Definition, Html, Item
from rlhf_linkcheck.loaders.markdown.draft import Draft
from rlhf_linkcheck.loaders.markdown.fields import (
    Labelled,
    is_links_only,
    is_venue,
    label_of,
    note_label_slip,
    read_field,
)
from rlhf_linkcheck.loaders.markdown.head import main_piece, read_head
from rlhf_linkcheck.loaders.markdown.profile import Field, Fill, Profile
from rlhf_linkcheck.loaders.markdown.prose import Prose, read_prose
from rlhf_linkcheck.loaders.markdown.text import Span
from rlhf_linkcheck.model import Category, Defect, DefectKind, Position, Role

_NOTE = Field(Fill.NOTE)


def read_item(item: Item, category: Category, profile: Profile, definitions: Mapping[str, Definition]) -> Draft | None:
    """The entry of an item, None where no link shows what it is about."""
    first, *others = item.blocks or (None,)
    if first is None or isinstance(first, Html | Item):
        return None
    prose = read_prose(first.passage, definitions)
    main = main_piece(prose)
    if main is None:
        return None
    reader = _Reader(Draft(), category, profile, definitions)
    reader.note_glued(item)
    reader.draft.defects += slips.around_links(prose)
    read_head(prose, main, reader.draft, profile.prefixes[category])
    if not reader.draft.title:
        reader.draft.defects.append(_untitled(reader.draft, item.position))
    lines = tuple(reader.lines(others))
    reader.labels = frozenset(line.label.field.fill for line in lines if line.label and line.label.field)
    for line in lines:
        reader.read(line)
    return reader.draft


def _untitled(draft: Draft, place: Position) -> Defect:
    position = draft.main.position if draft.main else place
    message = "the entry has no title: an item of the list is `[title](address)`"
    return Defect(DefectKind.SCHEMA, message, position, field="title", expected="[title](address)")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line below the entry's link; ``field`` is what the line around it holds, if it is nested in one."""

    prose: Prose
    label: Labelled | None
    field: Field | None = None
    is_item: bool = True


@dataclass(slots=True)
class _Reader:
    """Reads the lines of one entry; which field a line without a label is depends on those before it."""

    draft: Draft
    category: Category
    profile: Profile
    definitions: Mapping[str, Definition]
    labels: frozenset[Fill] = frozenset()

    def note_glued(self, item: Item) -> None:
        """``-[x](…)``, which CommonMark reads as more of the paragraph above."""
        if item.glued is not None:
            message = "without a blank after its dash this is no list item"
            self.draft.defects.append(slips.slip(message, item.glued, "-", "- "))

    def lines(self, blocks: list[Block] | tuple[Block, ...], field: Field | None = None) -> Iterator[_Line]:
        """The lines of an item with those nested in them, in order."""
        for block in blocks:
            if isinstance(block, Item):
                self.note_glued(block)
                yield from self._item_lines(block, field)
            else:
                yield _Line(read_prose(block.passage, self.definitions), None, field, is_item=False)

    def _item_lines(self, item: Item, field: Field | None) -> Iterator[_Line]:
        first, *others = item.blocks or (None,)
        if first is None or isinstance(first, Html | Item):
            yield from self.lines(item.blocks, field)
            return
        prose = read_prose(first.passage, self.definitions)
        label = label_of(prose, self.profile)
        yield _Line(prose, label, field)
        yield from self.lines(others, (label.field if label else None) or field)

    def read(self, line: _Line) -> None:
        """Read one line into the draft."""
        prose, label = line.prose, line.label
        self.draft.defects += slips.around_links(prose)
        if label is not None and label.field is not None:
            note_label_slip(prose, label, self.draft)
            read_field(prose, label.rest, label.field, self.draft)
        elif line.field is not None:
            read_field(prose, prose.all, line.field, self.draft)
        elif not line.is_item:
            read_field(prose, prose.all, _NOTE, self.draft)
        elif Fill.AUTHORS not in self.draft.texts and Fill.AUTHORS not in self.labels:
            read_field(prose, prose.all, self.profile.unlabelled, self.draft)
        else:
            self._read_stray(prose, label)

    def _read_stray(self, prose: Prose, label: Labelled | None) -> None:
        """A line that has no label, or one that the format does not know."""
        name, lost = self.profile.lost
        if label is not None:
            read_field(prose, prose.all, _NOTE, self.draft)
        elif self.category is Category.PAPER and is_venue(prose):
            read_field(prose, prose.all, Field(Fill.VENUE), self.draft)
        elif is_links_only(prose):
            self._note_lost_label(prose)
            read_field(prose, prose.all, Field(Fill.LINKS, Role.OTHER), self.draft)
        elif lost.fill in self.labels or lost.fill in self.draft.texts:
            self._note_lost_label(prose)
            read_field(prose, prose.all, _NOTE, self.draft)
        else:
            self._note_lost_label(prose, name)
            read_field(prose, prose.all, lost, self.draft)

    def _note_lost_label(self, prose: Prose, name: str = "") -> None:
        span: Span = prose.all
        found, position = prose.passage.cut(span), prose.passage.position(span)
        expected = f"{name}: {found}" if name else None
        self.draft.defects.append(slips.slip("a field without its label", position, found, expected))
