"""PyYAML's complaints in words that tell a contributor what is wrong and what to do."""

import re
from collections.abc import Callable
from typing import TypeAlias

import yaml

from rlhf_linkcheck.loaders.item import Span
from rlhf_linkcheck.loaders.source import Lines
from rlhf_linkcheck.loaders.yaml_troubles import BAD_ESCAPE, Trouble, refuse_depth
from rlhf_linkcheck.loaders.yaml_typing import slip_of_typing

_BREAKS = "\r\n"
_CONFLICT = re.compile(r"^(?:<{7}|>{7})(?= |$)", re.MULTILINE)
_TIGHT_COLON = re.compile(r"[ \t]*(?:- +)*(?P<key>[\w-]+):(?P<value>[^\s/].*)")
_PAIR = re.compile(r"[ \t]*(?:- +)*(?P<key>[\w-]+):[ \t]+(?P<value>\S.*)")

_Worded: TypeAlias = Callable[[str, int, int], Trouble]
"""From the text, the place that the parser names and the start of what it was reading."""


def explain(error: yaml.MarkedYAMLError, text: str, last_quoted: Span) -> Trouble:
    """What the parser complains about, at the place where the cause most likely is.

    ``last_quoted`` is the quoted text read last: a forgotten quote shows only where the next one opens.
    """
    if conflict := _CONFLICT.search(text):
        return Trouble(
            "an unresolved merge conflict: keep one of the two versions and delete the marks", Span(*conflict.span())
        )
    mark = error.problem_mark or error.context_mark
    place = mark.index if mark else 0
    start = error.context_mark.index if error.context_mark else place
    if _closes_late(text, last_quoted, place):
        line, _ = Lines(text).locate(last_quoted.end)
        return Trouble(
            f"the quote that opens here closes only in line {line}: close it where its text ends",
            _one(last_quoted.start),
        )
    for needles, worded in _COMPLAINTS:
        if any(needle in (error.problem or "") or needle in (error.context or "") for needle in needles):
            return worded(text, place, start)
    return Trouble(f"this is no YAML ({error.problem}): check quotes, colons and indentation", _one(place))


def _closes_late(text: str, quoted: Span, place: int) -> bool:
    """Whether the parser stumbled right behind a quoted text of more than one line."""
    before, behind = text[slice(*quoted)], text[quoted.end : place]
    return place >= quoted.end and _has_break(before) and not _has_break(behind)


def _unexpected_colon(text: str, place: int, _start: int) -> Trouble:
    begin, end = _line_at(text, place)
    if slip := slip_of_typing(text, begin, end):
        return slip
    pair = _PAIR.match(text, begin, end)
    if pair and pair.start("value") < place:
        return Trouble(
            f"the value of `{pair['key']}` has a colon and a blank in it, which YAML reads as another key: "
            f'put the value in quotes, as in `{pair["key"]}: "…: …"`',
            Span(*pair.span("value")),
        )
    above = text[:begin].rstrip()
    previous, _ = _line_at(text, len(above))
    tight = _TIGHT_COLON.match(text, previous, len(above))
    if tight:
        return _no_blank(tight)
    if slip := slip_of_typing(text, previous, len(above)):
        return slip
    return Trouble("YAML reads this line as part of the value above: indent it like the other keys", _one(place))


def _no_colon(text: str, _place: int, start: int) -> Trouble:
    begin, end = _line_at(text, start)
    if slip := slip_of_typing(text, begin, end):
        return slip
    tight = _TIGHT_COLON.match(text, begin, end)
    if tight:
        return _no_blank(tight)
    return Trouble(
        "this line is no `key: value`: add the key and the colon, or put a value that goes on over several "
        "lines in quotes",
        Span(start, end),
    )


def _no_blank(found: re.Match[str]) -> Trouble:
    key = found["key"]
    return Trouble(f"a blank is missing after the colon: write `{key}: …`", Span(found.start("key"), found.end()))


def _no_token(text: str, place: int, _start: int) -> Trouble:
    character = text[place : place + 1]
    if character == "\t":
        return Trouble("a tab stands here: YAML indents with blanks only; put blanks in its place", _one(place))
    if not character:
        return Trouble("the file ends inside brackets: close them", _one(place))
    return Trouble(f"a value cannot begin with «{character}»: put it in quotes", _one(place))


def _no_key(text: str, place: int, start: int) -> Trouble:
    begin, _ = _line_at(text, place)
    before = text[begin:place].rstrip()
    if before.endswith(('"', "'")):
        return Trouble(
            "the quoted text ends before this: put quotes round the whole value, and double a single quote "
            "inside single quotes",
            _one(place),
        )
    if before.endswith(("]", "}")):
        return Trouble(
            "a value that begins with a bracket is a list or a mapping, and ends before this: put the whole "
            "value in quotes",
            _one(place),
        )
    return _misplaced(text, place, start)


def _misplaced(text: str, place: int, _start: int) -> Trouble:
    if text.startswith("- ", place):
        return Trouble("an item of a list stands where a key is expected: check the indentation", _one(place))
    if slip := slip_of_typing(text, *_line_at(text, place)):
        return slip
    return Trouble(
        "this fits neither the entry above nor a new one: indent it like the keys above, or begin it with «- »",
        _one(place),
    )


def _unclosed(bracket: str) -> _Worded:
    def worded(text: str, place: int, start: int) -> Trouble:
        where = start if _has_break(text[start:place]) else place
        return Trouble(
            f"a comma or the closing `{bracket}` is missing; a text with brackets, commas or colons in it needs quotes",
            _one(where),
        )

    return worded


def _at_place(message: str) -> _Worded:
    return lambda _text, place, _start: Trouble(message, _one(place))


def _at_start(message: str) -> _Worded:
    return lambda _text, _place, start: Trouble(message, _one(start))


_COMPLAINTS: tuple[tuple[tuple[str, ...], _Worded], ...] = (
    # Newer builds of libyaml refuse depth themselves, before they have told of any of it.
    (("maximum nesting depth",), lambda _, place, __: refuse_depth(_one(place)).trouble),
    (("a tab character",), _at_place("a tab stands here: YAML indents with blanks only; put blanks in its place")),
    (("mapping values are not allowed",), _unexpected_colon),
    (("could not find expected ':'",), _no_colon),
    (("cannot start any token",), _no_token),
    (
        ("unexpected end of stream", "unexpected document"),
        _at_start("this quote is never closed: close it where its text ends"),
    ),
    (("unexpected ':'",), _at_place("a text that ends in a colon, or has one in it, needs quotes inside brackets")),
    (("hexdecimal", "hexadecimal", "escape"), _at_place(BAD_ESCAPE)),
    (("',' or ']'",), _unclosed("]")),
    (("',' or '}'",), _unclosed("}")),
    (
        ("comment or line break", "a comment or a line break", "indentation indicator"),
        _at_start("`|` and `>` begin a text that follows in the lines below: put a value that begins so in quotes"),
    ),
    (("an anchor", "an alias"), _at_start("a value cannot begin with `&` or `*`: put it in quotes")),
    (("tag",), _at_start("a value cannot begin with `!`: put it in quotes")),
    (("a directive", "YAML document", "directive"), _at_start("a line cannot begin with `%`: delete it")),
    (("<document start>",), _at_place("nothing may follow the end mark `...`: delete the mark")),
    (
        ("sequence entries are not allowed",),
        _at_place("a list begins on a line of its own; a text that begins with a dash needs quotes"),
    ),
    (("mapping keys are not allowed",), _at_place("a value cannot begin with `?` and a blank: put it in quotes")),
    (("node content",), _no_token),
    (("a block mapping",), _no_key),
    (("a block collection", "a block sequence"), _no_key),
)


def _line_at(text: str, offset: int) -> tuple[int, int]:
    """Where the line around an offset begins and ends, without its line break."""
    begin = max(text.rfind(character, 0, offset) for character in _BREAKS) + 1
    ends = [found for character in _BREAKS if (found := text.find(character, offset)) >= 0]
    return begin, min(ends, default=len(text))


def _has_break(text: str) -> bool:
    return any(character in text for character in _BREAKS)


def _one(offset: int) -> Span:
    return Span(offset, offset + 1)
