"""Reads from a page's JSON-LD the one work that the page shows: https://schema.org/docs/gs.html."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rlhf_linkcheck.content.verbatim import essence, name_in, title_in

MOST_SCRIPTS = 10
LONGEST_SCRIPT = 200_000
_WORKS = frozenset(
    {"scholarlyarticle", "article", "blogposting", "newsarticle", "book", "dataset", "softwaresourcecode"}
)
_MOST_NODES = 1000
_MOST_AUTHORS = 3000


@dataclass(frozen=True, slots=True)
class Work:
    """A work by its titles, name and headline where they differ, and its authors as printed."""

    titles: tuple[str, ...]
    authors: tuple[str, ...] = ()


def work_in(scripts: Iterable[str]) -> Work | None:
    """The work that all these scripts agree upon; None where they tell of none, or of several."""
    works = [work for script in scripts for node in _nodes(_parsed(script)) if (work := _work(node)) is not None]
    if not works:
        return None
    known = {essence(title) for title in works[0].titles}
    if any(known.isdisjoint(map(essence, work.titles)) for work in works):
        return None
    authors = max((work.authors for work in works), key=len)
    return Work(tuple(dict.fromkeys(title for work in works for title in work.titles)), authors)


def _parsed(script: str) -> object:
    """What a script holds; malformed or endless, it states nothing."""
    try:
        parsed: object = json.loads(script) if len(script) <= LONGEST_SCRIPT else None
    except (ValueError, RecursionError):  # nested deeper than anybody writes
        return None
    return parsed


def _nodes(document: object) -> Iterator[dict[str, object]]:
    """The things that a document is about: in a list, a graph, or as what a web page is mainly about."""
    waiting = [document]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        match waiting.pop():
            case list() as items:
                waiting.extend(reversed(items[:_MOST_NODES]))
            case dict() as node:
                yield node
                waiting.extend(node[key] for key in ("@graph", "mainEntity") if key in node)


def _work(node: dict[str, object]) -> Work | None:
    if _WORKS.isdisjoint(_types(node.get("@type"))):
        return None
    texts = (node.get("name"), node.get("headline"))
    titles = [title for text in texts if isinstance(text, str) and (title := title_in(_printable(text)))]
    authors = tuple(_names(node.get("author") or node.get("creator")))
    return Work(tuple(dict.fromkeys(titles)), authors) if titles else None


def _types(value: object) -> Iterator[str]:
    """The names of types, written with or without their vocabulary."""
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, str):
            yield item.rpartition("/")[2].rpartition(":")[2].lower()


def _names(value: object) -> Iterator[str]:
    """The names of authors: text, things with a name or its parts, or a list of either."""
    for item in value[:_MOST_AUTHORS] if isinstance(value, list) else [value]:
        match item:
            case str() as text:
                name = text
            case {"name": str() as text}:
                name = text
            case {"givenName": str() as given, "familyName": str() as family}:
                name = f"{given} {family}"
            case _:
                continue
        if printed := name_in(_printable(name)):
            yield printed


def _printable(text: str) -> str:
    """Half a surrogate pair, which JSON can write, would break whoever prints it."""
    return text.encode("utf-8", "replace").decode()
