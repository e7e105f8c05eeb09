"""Writes entries as the YAML of an entries file: the same entries always give the same bytes."""

import re
from collections.abc import Iterable, Iterator

import yaml

from rlhf_linkcheck.model import Entry, Link

Scalar = str | int
Value = Scalar | list[str] | list[dict[str, str]]

_NUMBER = re.compile(
    r"""[-+]?(?:\.[0-9]+|[0-9][0-9_]*(?:\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?
    |0o[0-7]+|[-+]?0x[0-9a-fA-F_]+|[-+]?0b[01_]+
    |[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)""",
    re.VERBOSE,
)
_TRUTH_OF_1_1 = re.compile(r"y|Y|n|N")
_NEEDS_ESCAPES = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
_UNBROKEN = 2**31


def write_entries(entries: Iterable[Entry], head: str = "") -> str:
    """The entries as YAML, below ``head`` (comment lines), with a blank line between any two.

    Keys come in the order of the contract, without those that an entry lacks; ``url`` is there
    even if empty. Text is quoted wherever YAML 1.1 or 1.2 would read it as anything else.
    """
    blocks = [head.rstrip("\n") + "\n"] if head else []
    blocks += (_dump([dict(_fields(entry))]) for entry in entries)
    return "\n".join(blocks)


def _fields(entry: Entry) -> Iterator[tuple[str, Value]]:
    """The entry's keys and values in their order, those that are empty left out."""
    yield "id", entry.id
    if entry.category is not None:
        yield "category", entry.category.value
    yield "title", entry.title
    yield "url", entry.main.url if entry.main is not None else ""
    optional: tuple[tuple[str, Value | None], ...] = (
        ("authors", list(entry.authors)),
        ("year", entry.year),
        ("section", entry.section),
        ("nickname", entry.nickname),
        ("venue", entry.venue),
        ("publisher", entry.publisher),
        ("language", entry.language),
        ("keywords", list(entry.keywords)),
        ("environments", list(entry.environments)),
        ("tasks", list(entry.tasks)),
        ("note", entry.note),
        ("links", [_link(link) for link in entry.links]),
    )
    for key, value in optional:
        if value not in (None, [], ""):
            yield key, value


def _link(link: Link) -> dict[str, str]:
    label = {"label": link.label} if link.label else {}
    return {"role": link.role.value, **label, "url": link.url}


class _Dumper(yaml.SafeDumper):
    """PyYAML's dumper, with lists indented below their key and without anchors."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's signature
        """Indent; lists too, which PyYAML would not."""
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:
        """Equal values are written each in its place."""
        del data
        return True


def _represent_text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    """Plain where every YAML reads text, else in single quotes; escaped where a character cannot stand as it is."""
    style = None
    if _NEEDS_ESCAPES.search(text):
        style = '"'
    elif _NUMBER.fullmatch(text) or _TRUTH_OF_1_1.fullmatch(text):
        style = "'"
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style)


_Dumper.add_representer(str, _represent_text)


def _dump(data: object) -> str:
    text: str = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=_UNBROKEN)
    return text
