"""What the tests of the Markdown loader share: items read, the text at a position, fields by their path."""

import re

from rlhf_linkcheck.loaders.markdown import loads
from rlhf_linkcheck.model import Document, Entry, Position

ENTRY = "- [T](https://t.example)"
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


def read(*lines: str, heading: str = "## Papers") -> Document:
    return loads("\n".join((heading, *lines)), "README.md")


def entry_of(*lines: str, heading: str = "## Papers") -> Entry:
    (entry,) = read(*lines, heading=heading).entries
    return entry
