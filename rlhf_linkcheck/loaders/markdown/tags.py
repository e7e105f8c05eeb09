"""Reads HTML within Markdown as far as it points somewhere, can be pointed at, or speaks to us."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

from rlhf_linkcheck.loaders.markdown.text import Passage, Span
from rlhf_linkcheck.model import Suppression

_ATTRIBUTE = r"""\s+[A-Za-z_:][\w.:-]*(?:\s*=\s*(?:[^\s"'=<>`]+|'[^']*'|"[^"]*"))?"""
_TAG = re.compile(rf"</?([A-Za-z][A-Za-z0-9-]*)(?:{_ATTRIBUTE})*\s*/?>", re.ASCII)
_NAMED_VALUE = re.compile(r"""([A-Za-z_:][\w.:-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'=<>`]+))""", re.ASCII)
_IGNORE = re.compile(r"\blinkcheck:\s*ignore\b(?:\[([^\]]*)\])?")
_NO_TAG = re.compile(r"<!--|<\?|<!\[CDATA\[|<![A-Za-z]")
_CLOSINGS = {"<!--": "-->", "<?": "?>", "<![CDATA[": "]]>"}
# Bounds the work on tags that never end; addresses in real lists stay far below.
_LONGEST_TAG = 2_000


@dataclass(frozen=True, slots=True)
class Target:
    """An address in an attribute, as written and as it reads."""

    span: Span
    url: str


def tag_end(text: str, start: int) -> int | None:
    """The offset after the tag that begins at ``start``, None where none does."""
    match = _TAG.match(text, start, start + _LONGEST_TAG)
    return match.end() if match else None


def comment_end(text: str, start: int) -> int | None:
    """The offset after the comment that begins at ``start``, None where it never ends."""
    end = text.find("-->", start + 2)
    return end + 3 if end >= 0 else None


def closing_of(text: str, start: int) -> str | None:
    """What ends the comment, instruction, declaration or CDATA section that begins at ``start``; None for none.

    https://spec.commonmark.org/0.31.2/#raw-html
    """
    begun = _NO_TAG.match(text, start)
    return None if begun is None else _CLOSINGS.get(begun[0], ">")


def html_spans(text: str) -> Iterator[Span]:
    """The tags and comments of an HTML block, in order."""
    start = text.find("<")
    while start >= 0:
        comment = text.startswith("<!--", start)
        end = (comment_end(text, start) or len(text)) if comment else tag_end(text, start)
        if end is not None:
            yield Span(start, end)
        start = text.find("<", end or start + 1)


def targets(text: str, span: Span) -> Iterator[Target]:
    """What a tag points at: where a link leads, what an image shows."""
    for name, attribute, value in _attributes(text, span):
        if (attribute == "href" and name == "a") or attribute == "src":
            yield Target(value, unescape(text[value.start : value.end]))


def anchors(text: str, span: Span) -> Iterator[str]:
    """What ``#fragments`` can name a tag by."""
    for name, attribute, value in _attributes(text, span):
        if attribute == "id" or (attribute == "name" and name == "a"):
            yield unescape(text[value.start : value.end])


def _attributes(text: str, span: Span) -> Iterator[tuple[str, str, Span]]:
    tag = _TAG.match(text, span.start, span.end)
    if tag is None:
        return
    for found in _NAMED_VALUE.finditer(text, tag.end(1), span.end):
        yield tag[1].lower(), found[1].lower(), Span(*found.span(found.lastindex or 0))


def suppressions(passage: Passage, span: Span) -> Iterator[Suppression]:
    """The wishes ``linkcheck: ignore[CODES]`` of a comment, each on its own line; one may name no rule."""
    if not passage.text.startswith("<!--", span.start):
        return
    for found in _IGNORE.finditer(passage.text, span.start, span.end):
        codes = tuple(code.strip().upper() for code in (found[1] or "").split(",") if code.strip())
        yield Suppression(codes, passage.position(Span(*found.span())))
