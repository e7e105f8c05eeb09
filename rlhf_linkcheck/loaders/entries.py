"""From an item of a YAML list to an Entry: leniently, so that whatever is valid of it is still checked."""

from collections.abc import Iterable, Iterator
from itertools import chain

from rlhf_linkcheck.loaders.item import Item, Json, element, member
from rlhf_linkcheck.loaders.sharing import Shared, Stretches
from rlhf_linkcheck.loaders.source import Lines
from rlhf_linkcheck.model import Category, Entry, Link, Role

YEARS = range(1900, 2101)

_CATEGORIES = frozenset(Category)
_LISTS = ("authors", "keywords", "environments", "tasks")
_ROLES = frozenset(Role) - {Role.MAIN}


def build_entry(item: Item, path: str, lines: Lines, shared: Shared) -> Entry | None:
    """The entry that an item describes; None where the item is no mapping at all.

    Numbers where text belongs are kept as written, an unknown category is None, an unknown role
    OTHER, a missing id or title empty. Lists of text keep their length, so that ``authors[2]`` is
    the same one in the entry and in the text; what is no text there is empty, and ``unread``.
    """
    if not isinstance(data := item.data, dict):
        return None

    def one(key: str) -> str | None:
        return _text(item, data.get(key), key)

    def many(key: str) -> tuple[str, ...]:
        texts = (_text(item, value, element(key, index)) or "" for index, value in enumerate(_listed(data, key)))
        return tuple(map(shared.one, texts))

    category, year, url = data.get("category"), data.get("year"), _url(item, data, "")
    return Entry(
        id=one("id") or "",
        category=Category(category) if isinstance(category, str) and category in _CATEGORIES else None,
        title=one("title") or "",
        path=path,
        position=lines.position(*item.spans[""]),
        main=None if url is None else Link(url, Role.MAIN, lines.position(*item.spans["url"]), "url"),
        links=tuple(_links(item, data.get("links"), lines, shared)),
        authors=many("authors"),
        year=year if type(year) is int and year in YEARS else None,
        section=shared.one(one("section")),
        nickname=one("nickname"),
        venue=shared.one(one("venue")),
        publisher=shared.one(one("publisher")),
        language=shared.one(one("language")),
        note=one("note"),
        keywords=many("keywords"),
        environments=many("environments"),
        tasks=many("tasks"),
        unread=tuple(_unread(data)),
        positions=_stretches(item, lines, shared),
    )


def _stretches(item: Item, lines: Lines, shared: Shared) -> Stretches:
    """Where all fields of an item stand, without the item itself."""
    spans = {path: span for path, span in item.spans.items() if path}
    return Stretches(shared.one(tuple(spans)), chain.from_iterable(spans.values()), lines)


def _text(item: Item, value: Json, path: str) -> str | None:
    """A scalar as text, None where there is none.

    A name that ends in a colon (``- OpenAI:``) is a mapping for YAML, and yet meant as text.
    """
    match value:
        case str():
            return value
        case None | list():
            return None
        case dict():
            return f"{next(iter(value))}:" if _is_name_with_colon(value) else None
        case _:
            return item.written[path]


def _listed(data: dict[str, Json], key: str) -> list[Json]:
    listed = data.get(key)
    return listed if isinstance(listed, list) else []


def _unread(data: dict[str, Json]) -> Iterator[str]:
    """The items of the lists of text that hold something, and no text."""
    for key in _LISTS:
        for index, value in enumerate(_listed(data, key)):
            if isinstance(value, list | dict) and not _is_name_with_colon(value):
                yield element(key, index)


def _is_name_with_colon(value: Json) -> bool:
    return isinstance(value, dict) and len(value) == 1 and None in value.values()


def _url(item: Item, mapping: dict[str, Json], path: str) -> str | None:
    """The address as written; empty where the key has no value, None where there is no key or no text."""
    if "url" not in mapping:
        return None
    value = mapping["url"]
    return "" if value is None else _text(item, value, member(path, "url"))


def _links(item: Item, listed: Json, lines: Lines, shared: Shared) -> Iterator[Link]:
    """The links of an entry, also where one address or one mapping stands in place of the list."""
    located: Iterable[tuple[str, Json]] = [("links", listed)]
    if isinstance(listed, list):
        located = ((element("links", index), value) for index, value in enumerate(listed))
    for path, value in located:
        if isinstance(value, dict):
            url, field = _url(item, value, path), member(path, "url")
            role, label = value.get("role"), _text(item, value.get("label"), member(path, "label"))
        else:
            url, field, role, label = _text(item, value, path), path, None, None
        if url is not None:
            known = Role(role) if isinstance(role, str) and role in _ROLES else Role.OTHER
            yield Link(url, known, lines.position(*item.spans[field]), field, shared.one(label or ""))
