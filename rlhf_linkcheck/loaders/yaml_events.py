"""From YAML text to the items of its list, one by one, straight from the parser's events."""

import re
from collections.abc import Iterator
from typing import Any, TypeAlias

import yaml
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from rlhf_linkcheck.loaders.item import MAX_LOCATED, Item, Json, Repeat, Span, element, field_paths, member
from rlhf_linkcheck.loaders.yaml_complaints import explain
from rlhf_linkcheck.loaders.yaml_scalars import resolve
from rlhf_linkcheck.loaders.yaml_troubles import (
    BAD_ESCAPE,
    MAX_DEPTH,
    RefusedError,
    Trouble,
    refuse_alias,
    refuse_anchor,
    refuse_depth,
    refuse_key,
    refuse_second_document,
    refuse_tag,
    wrong_top_level,
)

PARSER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's parser; the pure one, some ten times slower, where PyYAML was built without it."""

AnyEvent: TypeAlias = Any
"""An event of the parser; the stubs do not know which one has which marks."""

_QUOTES = frozenset("'\"")
_BLOCKS = frozenset("|>")
_ODD_BREAKS = "\x85\u2028\u2029"
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Pieces:
    """A text as a file that the parser reads from: handed over whole it would stand in memory twice."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def read(self, size: int) -> str:
        """The next so many characters, none at the end."""
        start, self._at = self._at, self._at + size
        return self._text[start : self._at]


class YamlReader:
    """Reads a text item by item; afterwards ``decoys`` are the scalars that speak of linkcheck."""

    def __init__(self, text: str) -> None:
        swap = _private_twins(text)
        self._text = text.translate(swap) if swap else text
        self._original = {ord(twin): chr(odd) for odd, twin in swap.items()}
        pieces: Any = _Pieces(self._text)  # the stubs know no file of text
        # Not `yaml.parse`, whose generator takes a fifth of the time; the parser says None behind the last event.
        self._events: Iterator[AnyEvent] = iter(PARSER(pieces).get_event, None)
        self._end = 0
        self._last_quoted = Span(0, 0)
        self.decoys: list[Span] = []

    def items(self) -> Iterator[Item | Trouble]:
        """Yield the complete items in order; where the text is amiss, the trouble is the last."""
        try:
            yield from self._items()
        except RefusedError as refusal:
            yield refusal.trouble
        except yaml.MarkedYAMLError as error:
            yield explain(error, self._text, self._last_quoted)
        except (ValueError, OverflowError):  # the pure parser's, for an escape such as "\UFFFFFFFF"
            yield Trouble(BAD_ESCAPE, Span(self._end, self._end + 1))

    def _items(self) -> Iterator[Item | Trouble]:
        next(self._events)
        if isinstance(next(self._events), StreamEndEvent):
            return
        top = next(self._events)
        if isinstance(top, SequenceStartEvent):
            if top.anchor is not None or top.tag is not None:
                raise _refusal(top)
            while type(event := next(self._events)) is not SequenceEndEvent:
                yield self._item(event)
        else:
            item = self._item(top)
            if item.spans[""].start < item.spans[""].end:
                yield wrong_top_level(item)
        next(self._events)
        if isinstance(following := next(self._events), DocumentStartEvent):
            raise refuse_second_document(_span(following))

    def _item(self, event: AnyEvent) -> Item:
        self._spans: dict[str, Span] = {}
        self._keys: dict[str, Span] = {}
        self._written: dict[str, str] = {}
        self._repeats: list[Repeat] = []
        data = self._value(event, "", 0)
        spans = self._spans
        if self._repeats:
            # What only the earlier value of a repeated key had is no part of the data.
            spans = {path: spans[path] for path in field_paths(data) if path in spans}
        return Item(data, spans, self._keys, self._written, tuple(self._repeats))

    def _value(self, event: AnyEvent, path: str, depth: int) -> Json:
        """Read the value that begins with this event, ``depth`` levels below its item."""
        if type(event) is AliasEvent or event.anchor is not None or event.tag is not None:
            raise _refusal(event)
        if type(event) is ScalarEvent:
            return self._scalar(event, path, depth)
        start, self._end = _span(event)
        if depth + 2 > MAX_DEPTH:
            raise refuse_depth(Span(start, start + 1))
        data: Json = self._mapping(path, depth) if type(event) is MappingStartEvent else self._list(path, depth)
        if depth <= MAX_LOCATED:
            self._spans[path] = Span(start, self._end)
        return data

    def _list(self, path: str, depth: int) -> Json:
        values: list[Json] = []
        while type(event := next(self._events)) is not SequenceEndEvent:
            below = element(path, len(values)) if depth < MAX_LOCATED else path
            values.append(self._value(event, below, depth + 1))
        self._close(event)
        return values

    def _mapping(self, path: str, depth: int) -> Json:
        values: dict[str, Json] = {}
        firsts: dict[str, Span] = {}
        while type(event := next(self._events)) is not MappingEndEvent:
            key, span = self._key(event)
            below = member(path, key) if depth < MAX_LOCATED else path
            if key in firsts:
                self._repeats.append(Repeat(below, firsts[key], span))
            else:
                firsts[key] = span
            self._keys[below] = span
            values[key] = self._value(next(self._events), below, depth + 1)
        self._close(event)
        return values

    def _close(self, event: AnyEvent) -> None:
        # A block's end event stands where the next thing begins, so a block ends with its last value.
        start, end = _span(event)
        if start < end:
            self._end = end

    def _key(self, event: AnyEvent) -> tuple[str, Span]:
        if type(event) is AliasEvent or event.anchor is not None or event.tag is not None:
            raise _refusal(event)
        if type(event) is not ScalarEvent:
            raise refuse_key(_span(event))
        return self._content(event)

    def _scalar(self, event: AnyEvent, path: str, depth: int) -> Json:
        text, span = self._content(event)
        if depth <= MAX_LOCATED:
            self._spans[path] = span
        if not event.implicit[0]:
            return text
        value = resolve(text)
        if type(value) is not str:
            self._written[path] = text
        return value

    def _content(self, event: AnyEvent) -> tuple[str, Span]:
        """A scalar's text, and where it stands; the blank lines after a text block are no part of it."""
        span, text, style = _span(event), event.value, event.style
        if style in _QUOTES:
            self._last_quoted = span
            if _SURROGATE.search(text):  # the pure parser lets "\uD800" through
                raise RefusedError(BAD_ESCAPE, span)
        elif style in _BLOCKS:
            span = Span(span.start, _last_ink(self._text, span))
        if "linkcheck" in text:
            self.decoys.append(span)
        self._end = span.end
        return (text.translate(self._original) if self._original else text), span


def _refusal(event: AnyEvent) -> RefusedError:
    """What of this node is no plain data."""
    span = _span(event)
    if type(event) is AliasEvent:
        return refuse_alias(span)
    return refuse_anchor(span) if event.anchor is not None else refuse_tag(span)


def _private_twins(text: str) -> dict[int, str]:
    """For each odd line break in the text a private-use character that it does not have.

    PyYAML ends lines at NEL, U+2028 and U+2029 as YAML 1.1 did; in YAML 1.2 they are plain text.
    """
    present = [odd for odd in _ODD_BREAKS if odd in text]
    if not present:
        return {}
    taken = set(text)
    free = (twin for twin in map(chr, range(0xF0000, 0x10FFFE)) if twin not in taken)
    return {ord(odd): twin for odd, twin in zip(present, free, strict=False)}


def _span(event: AnyEvent) -> Span:
    return Span(event.start_mark.index, event.end_mark.index)


def _last_ink(text: str, span: Span) -> int:
    end = span.end
    while end > span.start and text[end - 1] in " \t\r\n":
        end -= 1
    return end
