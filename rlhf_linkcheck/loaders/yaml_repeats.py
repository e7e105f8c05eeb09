"""Repeated keys of an item: each a slip of its own, or together an entry that lacks its dash."""

from collections.abc import Iterator
from typing import NamedTuple

from rlhf_linkcheck.loaders.item import Item, Repeat
from rlhf_linkcheck.loaders.source import Lines


class Slip(NamedTuple):
    """A repeated key, and what to say of it."""

    repeat: Repeat
    message: str


def slips(item: Item, lines: Lines) -> Iterator[Slip]:
    """Each repeated key once; but those of an entry that lacks only its dash are one slip, where it begins."""
    below = _without_dash(item, lines)
    first = next((repeat.path for repeat in item.repeats if repeat in below), None)
    for repeat in item.repeats:
        line = lines.position(*repeat.first).line
        if repeat not in below:
            yield Slip(
                repeat,
                f"the key `{repeat.path}` is given already in line {line}, and only this one counts: "
                "keep one of the two",
            )
        elif repeat.path == first:
            yield Slip(repeat, f"a new entry seems to begin here without its «- »: write `- {first}: …`")


def _without_dash(item: Item, lines: Lines) -> frozenset[Repeat]:
    """The repeated keys of an entry below this one: the id and another, or most of the keys, in one column."""
    keys = item.data if isinstance(item.data, dict) else {}
    below = frozenset(repeat for repeat in item.repeats if repeat.path in keys and _in_one_column(repeat, lines))
    repeated = {repeat.path for repeat in below}
    several = len(repeated) > 1 and ("id" in repeated or 2 * len(repeated) > len(keys))
    return below if several else frozenset()


def _in_one_column(repeat: Repeat, lines: Lines) -> bool:
    first, again = lines.position(*repeat.first), lines.position(*repeat.again)
    return first.line < again.line and first.column == again.column
