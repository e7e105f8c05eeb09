"""Takes a line apart into what it lists: names, keywords, links."""

import re
from collections.abc import Iterator

from rlhf_linkcheck.loaders.markdown.prose import HIDDEN, Prose
from rlhf_linkcheck.loaders.markdown.text import Span, narrow

ET_AL = "et al."

_PARENTHESES = re.compile(r"\([^()]*\)")
_SEPARATOR = re.compile(r"[,;](?=\s|$)|[，；、]")
_COMMA = re.compile(r",(?=\s|,|$)")
_AND = re.compile(r"\s+and\s+")
_LEADING_AND = re.compile(r"\s*(?:and|&)\s+")
_LAST_FIRST = re.compile(r"[^\s,]+(?P<more>\s[^,]*)?,\s[^,]+")
_TAIL = re.compile(r"(?:^|,|\s)\s*(?P<words>et\.? al\b\.?|(?:and )?others)[\s.,]*$", re.IGNORECASE)
_LONGEST_TAIL = 20
_SUFFIX = re.compile(r"(?:[JS]r\.?|I{2,3}|IV)", re.IGNORECASE)
_PREFIX = re.compile(r"[^:]*:(?=\s+\S)")

Value = tuple[str, Span]


def segments(prose: Prose, span: Span) -> Iterator[Span]:
    """The parts between commas and semicolons, full-width ones too; empty parts are left out.

    A comma without a blank after it belongs to a word (``10,000``), and what stands in
    parentheses stays together.
    """
    text, start = _without_parentheses(prose, span), span.start
    for separator in _SEPARATOR.finditer(text, span.start, span.end):
        yield from _unless_empty(prose, Span(start, separator.start()))
        start = separator.end()
    yield from _unless_empty(prose, Span(start, span.end))


def authors(prose: Prose, span: Span) -> tuple[Value, ...]:
    """The names as printed, one item a person, irregular ones too; each with its place.

    A comma without a blank separates nothing, so that ``Kianté,Brantley`` is one item, and neither
    does a full-width one: both are for a rule to see. A team's prefix is an item that ends in
    ``:``; a last item ``et al.`` says that the list is cut, however it is set off.
    """
    text = _without_parentheses(prose, span)
    tail = _TAIL.search(text, max(span.start, span.end - _LONGEST_TAIL), span.end)
    body = Span(span.start, tail.start() if tail else span.end)
    parts = _last_first(text, body) or _joined_suffixes(text, _names(text, body))
    values = [prose.value(part) for whole in parts for part in _without_prefix(text, whole)]
    if tail:
        values.append((ET_AL, Span(*tail.span("words"))))
    return tuple(values)


def _without_parentheses(prose: Prose, span: Span) -> str:
    """The masked text where also what is in parentheses within the span is hidden."""
    text = prose.masked[: span.end]
    return _PARENTHESES.sub(lambda match: HIDDEN * len(match[0]), text) if "(" in text else text


def _unless_empty(prose: Prose, span: Span) -> Iterator[Span]:
    span = prose.narrow(span)
    if span.start < span.end:
        yield span


def _last_first(text: str, body: Span) -> list[Span]:
    """The names where each is given as ``Last, First`` and «and» stands between them; else none."""
    parts = _cut(text, body, _AND)
    forms = [_LAST_FIRST.fullmatch(text, part.start, part.end) for part in parts]
    if len(parts) == 1 or None in forms:
        return []
    # «Ann Lee, Bo Poe and Cy Roe, Di Soe» has this form too: with two parts, surnames are one word.
    several = len(parts) > 2 or not any(form["more"] for form in forms if form)  # noqa: PLR2004 - more than a pair
    return parts if several else []


def _names(text: str, body: Span) -> list[Span]:
    parts = _cut(text, body, _COMMA)
    *rest, last = parts
    leading = _LEADING_AND.match(text, last.start, last.end)
    if leading and rest:
        return [*rest, Span(leading.end(), last.end)]
    return [*rest, *_cut(text, last, _AND)]


def _cut(text: str, span: Span, separator: re.Pattern[str]) -> list[Span]:
    parts, start = [], span.start
    for match in separator.finditer(text, span.start, span.end):
        parts.append(Span(start, match.start()))
        start = match.end()
    return [narrow(text, part) for part in (*parts, Span(start, span.end))]


def _joined_suffixes(text: str, parts: list[Span]) -> list[Span]:
    """With ``Jr.`` and the like put back to the name before it."""
    joined: list[Span] = []
    for part in parts:
        if joined and _SUFFIX.fullmatch(text, part.start, part.end):
            joined[-1] = Span(joined[-1].start, part.end)
        else:
            joined.append(part)
    return joined


def _without_prefix(text: str, part: Span) -> Iterator[Span]:
    prefix = _PREFIX.match(text, part.start, part.end)
    if prefix:
        yield Span(part.start, prefix.end())
    yield Span(prefix.end() if prefix else part.start, part.end)
