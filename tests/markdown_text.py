"""What the tests of the Markdown loader share: reading the text at a position, and fields by their path."""

import re

from rlhf_linkcheck.model import Entry, Position

_ELEMENT = re.compile(r"(?P<name>\w+)\[(?P<index>\d+)\](?:\.(?P<key>\w+))?")


def text_at(text: str, position: Position) -> str:
    """The text at a position, counted out afresh: LF, CRLF and CR end lines, columns are code points."""
    lines = re.split(r"\r\n|\r|\n", text)[position.line - 1 : position.end_line]
    lines[-1] = lines[-1][: position.end_column - 1]
    lines[0] = lines[0][position.column - 1 :]
    return "\n".join(lines)


def value_of(entry: Entry, field: str) -> str:
    """The value of a field by its path, as text."""
    if field == "url":
        assert entry.main is not None
        return entry.main.url
    element = _ELEMENT.fullmatch(field)
    value = getattr(entry, field) if element is None else getattr(entry, element["name"])[int(element["index"])]
    return str(getattr(value, element["key"]) if element and element["key"] else value)
