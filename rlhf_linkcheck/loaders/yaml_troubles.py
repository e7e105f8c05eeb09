"""What a YAML list may not be, though it is well-formed YAML: what ends its reading, and why."""

from dataclasses import dataclass

from rlhf_linkcheck.loaders.item import Item, Span
from rlhf_linkcheck.model import DefectKind

BAD_ESCAPE = "in double quotes a backslash begins an escape, and this is none: write `\\\\`, or use single quotes"

MAX_DEPTH = 100
"""The list itself counts as one. libyaml's work grows with the square of the nesting, so it is stopped in time."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why reading ends here, and what to do."""

    message: str
    span: Span
    kind: DefectKind = DefectKind.SYNTAX


class RefusedError(Exception):
    """Carries a trouble out of nested values to the reader."""

    def __init__(self, message: str, span: Span) -> None:
        super().__init__(message)
        self.trouble = Trouble(message, span)


def refuse_alias(span: Span) -> RefusedError:
    """An alias: with those a short file stands for gigabytes."""
    return RefusedError(
        "aliases (`*name`) are not accepted: write the value out; a text that begins with `*` needs quotes", span
    )


def refuse_anchor(span: Span) -> RefusedError:
    """An anchor: where aliases are refused it only swallows the first word of a text."""
    return RefusedError("anchors (`&name`) are not accepted: delete it; a text that begins with `&` needs quotes", span)


def refuse_tag(span: Span) -> RefusedError:
    """An explicit tag: JSON has no types of one's own."""
    return RefusedError("tags (`!name`) are not accepted: delete it; a text that begins with `!` needs quotes", span)


def refuse_second_document(span: Span) -> RefusedError:
    """A second document: of two lists nobody would know which is meant."""
    return RefusedError(
        "a second YAML document begins here: delete this line, so that the file is one list",
        span,
    )


def refuse_depth(span: Span) -> RefusedError:
    """Nesting that no list means."""
    words = f"values are nested more than {MAX_DEPTH} levels deep here; an entry needs no more than 4"
    return RefusedError(words, span)


def refuse_key(span: Span) -> RefusedError:
    """A list or a mapping as a key, for which JSON has no word."""
    return RefusedError(
        "a key must be a word and no list or mapping: a text that begins with `[`, `{` or `?` needs quotes", span
    )


def forbidden_character(character: str, offset: int) -> Trouble:
    """A character outside what YAML calls printable.

    Source: https://yaml.org/spec/1.2.2/#51-character-set
    """
    return Trouble(f"the character U+{ord(character):04X} is not allowed in YAML: delete it", Span(offset, offset + 1))


def wrong_top_level(item: Item) -> Trouble:
    """A file that is well-formed, and yet no list of entries."""
    data = item.data
    match data:
        case dict() if data.keys() & {"id", "title", "url"}:
            what = "is one entry and no list: begin it with «- », and indent its other lines by two blanks"
        case dict() if next(iter(data), "").removeprefix("-") in ("id", "title", "url"):
            what = f"lacks the blank after a dash: write `- {next(iter(data)).removeprefix('-')}`"
        case dict() if len(data) == 1 and isinstance(next(iter(data.values())), list):
            what = (
                f"has its list under the key `{next(iter(item.keys))}`: delete that key, so that the file is the list"
            )
        case dict():
            what = "is a mapping and no list: it should be a list of entries, each beginning with «- »"
        case _:
            what = "is a single value and no list: it should be a list of entries, each beginning with «- »"
    return Trouble(f"the file {what}", item.spans[""], DefectKind.SCHEMA)
