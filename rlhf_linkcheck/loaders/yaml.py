"""YAML lists: from text to a Document with its entries, where everything stands, and what is amiss."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, islice, pairwise, tee
from typing import NamedTuple

from rlhf_linkcheck.loaders.entries import build_entry
from rlhf_linkcheck.loaders.ids import kebab
from rlhf_linkcheck.loaders.item import Item, Span
from rlhf_linkcheck.loaders.schema import Schema
from rlhf_linkcheck.loaders.sharing import Shared
from rlhf_linkcheck.loaders.source import Lines
from rlhf_linkcheck.loaders.violation import Place, Violation
from rlhf_linkcheck.loaders.yaml_events import YamlReader
from rlhf_linkcheck.loaders.yaml_repeats import Slip, slips
from rlhf_linkcheck.loaders.yaml_troubles import Trouble, forbidden_character
from rlhf_linkcheck.model import Defect, DefectKind, Document, Entry, Mending, Position, Suppression

MAX_VIOLATIONS = 10_000
"""Of one file: after so many it is another kind of file, and listing on would only take memory."""

_MAX_ID = 80
_FORBIDDEN = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SUPPRESSION = re.compile(r"(?:#[ \t]*)?\blinkcheck:[ \t]*ignore\b(?:\[(?P<codes>[^][\r\n]*)\])?")
_LONE_DASH = re.compile(
    r"(?P<indent> *)-[ \t]+#[^\r\n]*+(?:[ \t]*+(?:#[^\r\n]*+)?(?:\r\n?+|\n))*+(?P=indent) +(?=[^\s#])"
)
"""A dash with a comment alone, up to what it begins; possessive, so that no run of blank lines is gone over twice."""

_BEGINNING = re.compile(r"^(?:(?P<indent> *)-(?=\s)|(?:---|\.\.\.)(?!\S))", re.MULTILINE)
"""What begins an item, or ends the list."""

_COMMENT = re.compile(r"[ \t]*#")
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


def _unread_below(entries: int) -> str:
    """What was not read behind a trouble, and how many entries were."""
    unread = "nothing below this line was read"
    match entries:
        case 0:
            return unread
        case 1:
            return f"{unread}: the 1 entry above is still checked"
        case _:
            return f"{unread}: the {entries} entries above are still checked"


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
        self._shared = Shared()
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
        cut_off = broken is not None and bool(self._text)
        held: list[_Listed] = []
        things, later = tee(things)
        followed = zip(things, chain(islice(later, 1, None), (None,)), strict=False)
        for number, (thing, following) in enumerate(followed, 1):
            if isinstance(thing, Trouble):
                broken, end = self.trouble(thing), thing.span.start
                cut_off = thing.kind is DefectKind.SYNTAX and self._goes_on_below(thing)
                continue
            listed = self._read(thing, number)
            if self._schema is None or (isinstance(following, Trouble) and self._breaks_off(thing, following)):
                continue
            if self._schema.by_item:
                self._note_violations((listed, violation) for violation in self._schema.check_item(thing))
            else:
                held.append(listed)
        if self._schema is not None and held:
            self._check_list(self._schema, held)
        if broken is not None and cut_off:
            broken = replace(broken, message=f"{broken.message}; {_unread_below(len(self._entries))}")
        defects = (*self._defects, *((broken,) if broken else ()))
        suppressions = tuple(self._suppressions(reader.decoys, end))
        return Document(self._path, tuple(self._entries), defects=defects, suppressions=suppressions)

    def trouble(self, trouble: Trouble) -> Defect:
        """What ended the reading, as a defect on one line."""
        return Defect(trouble.kind, trouble.message, self._first_line(trouble.span))

    def _read(self, item: Item, number: int) -> _Listed:
        entry = build_entry(item, self._path, self._lines, self._shared)
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
        for slip in slips(item, self._lines):
            self._note_repeat(listed, slip)
        return listed

    def _goes_on_below(self, trouble: Trouble) -> bool:
        """Whether there is any text below the line of a trouble."""
        line = _FIRST_LINE.match(self._text, trouble.span.start)
        return line is not None and not self._text[line.end() :].isspace() and line.end() < len(self._text)

    def _breaks_off(self, item: Item, trouble: Trouble) -> bool:
        """Whether the trouble stands in this item, and not in a next one or behind the list."""
        start, end = item.spans[""]
        column = self._lines.position(start, end).column
        between = _BEGINNING.finditer(self._text, end, max(trouble.span.end + 1, end))
        return all(len(found["indent"] or "") >= column - 1 for found in between)

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

    def _note_repeat(self, listed: _Listed, slip: Slip) -> None:
        repeat = slip.repeat
        first = self._lines.position(*repeat.first)
        self._defects.append(
            Defect(
                DefectKind.DUPLICATE,
                f"{listed.name}: {slip.message}",
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
            f"{listed.name}: {wording.message}{self._swallowed(violation, span)}",
            position,
            entry=listed.entry,
            field=violation.field,
            found=wording.found,
            expected=wording.expected,
            mendings=() if wording.source is None else (Mending("", wording.source),),
        )

    def _swallowed(self, violation: Violation, span: Span) -> str:
        """Where the line goes on with a comment in place of a value, what that does."""
        in_place = violation.place is Place.VALUE and span.start == span.end
        if in_place and _COMMENT.match(self._text, span.end):
            return "; a `#` after a blank begins a comment: put the value in quotes"
        return ""

    def _suppressions(self, decoys: list[Span], end: int) -> Iterator[Suppression]:
        """The comments that ask for silence; in a scalar such words are text, behind a trouble they are unread."""
        starts = [decoy.start for decoy in decoys]
        line, about = 0, None
        for found in _SUPPRESSION.finditer(self._text, 0, end):
            before = bisect_right(starts, found.start())
            if before and found.start() < decoys[before - 1].end:
                continue
            codes = tuple(code for part in (found["codes"] or "").split(",") if (code := part.strip().upper()))
            position = self._lines.position(*found.span())
            if position.line != line:
                line, about = position.line, self._what_a_lone_dash_begins(found.start() - position.column + 1)
            yield Suppression(codes, position, about)

    def _what_a_lone_dash_begins(self, line_start: int) -> int | None:
        """The line of the value whose dash stands in this line with nothing but a comment."""
        dash = _LONE_DASH.match(self._text, line_start)
        return None if dash is None else self._lines.locate(dash.end())[0]

    def _first_line(self, span: Span) -> Position:
        line = _FIRST_LINE.match(self._text, *span)
        return self._lines.position(span.start, line.end() if line else span.end)
