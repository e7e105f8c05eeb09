"""YAML lists: from text to a Document with its entries, where everything stands, and what is amiss."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from rlhf_linkcheck.loaders.entries import build_entry
from rlhf_linkcheck.loaders.ids import kebab
from rlhf_linkcheck.loaders.item import Item, Repeat, Span
from rlhf_linkcheck.loaders.schema import Place, Schema, Violation
from rlhf_linkcheck.loaders.source import Lines
from rlhf_linkcheck.loaders.yaml_events import YamlReader
from rlhf_linkcheck.loaders.yaml_troubles import Trouble, forbidden_character
from rlhf_linkcheck.model import Defect, DefectKind, Document, Entry, Mending, Position, Suppression

MAX_VIOLATIONS = 10_000
"""Of one file: after so many it is another kind of file, and listing on would only take memory."""

_MAX_ID = 80
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SUPPRESSION = re.compile(r"#[ \t]*linkcheck:[ \t]*ignore\[(?P<codes>[^][#\r\n]*)\]")
_FIRST_LINE = re.compile(r"[^\r\n]*")


def loads(text: str, path: str, schema: Schema | None = None, broken: Defect | None = None) -> Document:
    """Read a YAML list, leniently: entries are kept with whatever is valid of them.

    Of a repeated key the last value counts, as PyYAML and others have it; the defect names both
    places. Entries that were complete before a syntax error are kept. ``broken`` is the defect
    that ends the text before its time (see ``Source``); its last item may be cut, and is left out.
    """
    forbidden = _FORBIDDEN.search(text)
    if forbidden is not None:
        text = text[: forbidden.start()]
    reading = _Reading(text, path, schema)
    if forbidden is not None:
        broken = reading.trouble(forbidden_character(forbidden[0], forbidden.start()))
    return reading.document(broken)


class _Listed(NamedTuple):
    """An item and what to call it: the id of its entry, if it is one, and a name for messages."""

    item: Item
    entry: str | None
    name: str


class _Reading:
    """One text on its way to a Document."""

    def __init__(self, text: str, path: str, schema: Schema | None) -> None:
        self._text = text
        self._path = path
        self._schema = schema
        self._lines = Lines(text)
        self._entries: list[Entry] = []
        self._defects: list[Defect] = []
        self._violations = 0
        self._given_ids: dict[str, Span] = {}
        self._used_ids: set[str] = set()

    def document(self, broken: Defect | None) -> Document:
        reader = YamlReader(self._text)
        things: Iterable[Item | Trouble] = reader.items()
        if broken is not None:
            things = (thing for thing, _ in pairwise(things))
        end = len(self._text)
        held: list[_Listed] = []
        for number, thing in enumerate(things, 1):
            if isinstance(thing, Trouble):
                broken, end = self.trouble(thing), thing.span.start
            else:
                listed = self._read(thing, number)
                if self._schema is not None and not self._schema.by_item:
                    held.append(listed)
        if self._schema is not None and held:
            self._check_list(self._schema, held)
        defects = (*self._defects, *((broken,) if broken else ()))
        suppressions = tuple(self._suppressions(reader.decoys, end))
        return Document(self._path, tuple(self._entries), defects=defects, suppressions=suppressions)

    def trouble(self, trouble: Trouble) -> Defect:
        """What ended the reading, as a defect on one line."""
        return Defect(trouble.kind, trouble.message, self._first_line(trouble.span))

    def _read(self, item: Item, number: int) -> _Listed:
        entry = build_entry(item, self._path, self._lines)
        if entry is None:
            listed = _Listed(item, None, f"item {number}")
        elif entry.id:
            listed = _Listed(item, entry.id, f"entry `{entry.id}`")
            self._note_id(listed)
        else:
            entry = replace(entry, id=self._made_up_id(entry, number))
            listed = _Listed(item, entry.id, f"entry {number}")
        if entry is not None:
            self._entries.append(entry)
            self._used_ids.add(entry.id)
        for repeat in item.repeats:
            self._note_repeat(listed, repeat)
        if self._schema is not None and self._schema.by_item:
            self._note_violations((listed, violation) for violation in self._schema.check_item(item))
        return listed

    def _made_up_id(self, entry: Entry, number: int) -> str:
        """An id for an entry without one, so that findings and reports can name it; the same in every run."""
        made_up = kebab(entry.title[:_MAX_ID]) if entry.title else f"entry-{number}"
        return made_up if made_up not in self._used_ids else f"{made_up}-{number}"

    def _note_id(self, listed: _Listed) -> None:
        span, entry_id = listed.item.spans["id"], listed.entry or ""
        first = self._given_ids.setdefault(entry_id, span)
        if first is not span:
            place = self._lines.position(*first)
            self._defects.append(
                Defect(
                    DefectKind.DUPLICATE,
                    f"the id `{entry_id}` is given already in line {place.line}: give this entry an id of its own",
                    self._lines.position(*span),
                    entry=entry_id,
                    field="id",
                    found=entry_id,
                    related=((entry_id, place),),
                )
            )

    def _note_repeat(self, listed: _Listed, repeat: Repeat) -> None:
        first = self._lines.position(*repeat.first)
        self._defects.append(
            Defect(
                DefectKind.DUPLICATE,
                f"{listed.name}: the key `{repeat.path}` is given already in line {first.line}, and only this one "
                "counts: keep one of the two",
                self._lines.position(*repeat.again),
                entry=listed.entry,
                field=repeat.path,
                related=((listed.entry, first),),
            )
        )

    def _check_list(self, schema: Schema, held: list[_Listed]) -> None:
        """Hold the list as a whole against a schema that speaks of more than its single items."""
        start, end = held[0].item.spans[""].start, held[-1].item.spans[""].end
        whole = _Listed(Item([], {"": Span(start, end)}, {}, {}), None, "the list")
        found = schema.check_list([listed.item for listed in held], whole.item)
        self._note_violations((whole if index is None else held[index], violation) for index, violation in found)

    def _note_violations(self, found: Iterator[tuple[_Listed, Violation]]) -> None:
        for listed, violation in found if self._violations <= MAX_VIOLATIONS else ():
            self._violations += 1
            defect = self._violation(listed, violation)
            if self._violations > MAX_VIOLATIONS:
                message = (
                    f"there are more than {MAX_VIOLATIONS} violations, and the rest is not listed: mend these first"
                )
                self._defects.append(Defect(DefectKind.SCHEMA, message, defect.position))
                break
            self._defects.append(defect)

    def _violation(self, listed: _Listed, violation: Violation) -> Defect:
        wording, item = violation.wording, listed.item
        span = item.nearest(violation.at)
        match violation.place:
            case Place.KEY:
                position = self._lines.position(*item.keys.get(violation.at, span))
            case Place.VALUE:
                position = self._lines.position(*span)
            case Place.FIRST_LINE:
                position = self._first_line(span)
        return Defect(
            DefectKind.SCHEMA,
            f"{listed.name}: {wording.message}",
            position,
            entry=listed.entry,
            field=violation.field,
            found=wording.found,
            expected=wording.expected,
            mendings=() if wording.source is None else (Mending("", wording.source),),
        )

    def _suppressions(self, decoys: list[Span], end: int) -> Iterator[Suppression]:
        """The comments that ask for silence; in a scalar such words are text, behind a trouble they are unread."""
        starts = [decoy.start for decoy in decoys]
        for found in _SUPPRESSION.finditer(self._text, 0, end):
            before = bisect_right(starts, found.start())
            codes = tuple(code for part in found["codes"].split(",") if (code := part.strip()))
            if codes and not (before and found.start() < decoys[before - 1].end):
                yield Suppression(codes, self._lines.position(*found.span()))

    def _first_line(self, span: Span) -> Position:
        line = _FIRST_LINE.match(self._text, *span)
        return self._lines.position(span.start, line.end() if line else span.end)
