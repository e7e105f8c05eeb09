"""Holds what a tool said against what is true."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from race.world import Truth, same


class Said(StrEnum):
    """What a tool says of a link: that it is fine, that it is broken, or neither."""

    FINE = "fine"
    BROKEN = "broken"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Score:
    """``false_alarms`` are alive and said to be broken, ``misses`` dead and said to be fine.

    ``unsure`` counts links, alive or dead, of which it says neither, and ``untold`` those that it does not name.
    """

    false_alarms: tuple[str, ...]
    misses: tuple[str, ...]
    unsure: int
    untold: int


def score(said: Iterable[tuple[str, Said]], links: Mapping[str, Truth]) -> Score:
    """Of what is said of one link several times, the worst counts."""
    order = (Said.FINE, Said.UNSURE, Said.BROKEN)
    worst: dict[str, Said] = {}
    for url, one in said:
        worst[same(url)] = max(worst.get(same(url), one), one, key=order.index)
    told = {url: worst.get(same(url)) for url, truth in links.items() if truth is not Truth.OPEN}
    return Score(
        false_alarms=tuple(url for url, one in told.items() if one is Said.BROKEN and links[url] is Truth.ALIVE),
        misses=tuple(url for url, one in told.items() if one is Said.FINE and links[url] is Truth.DEAD),
        unsure=sum(one is Said.UNSURE for one in told.values()),
        untold=sum(one is None for one in told.values()),
    )
