"""How each host wants to be asked: rows of data for those that say so, the run's own pace for all others."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

from rlhf_linkcheck.config import ANY_HOST, HostSettings, NetworkConfig


@dataclass(frozen=True, slots=True)
class Manners:
    """``places`` requests at once, ``interval`` seconds between their starts, shared by all hosts of one ``gate``.

    ``burst`` starts that were not used may come at once: with more than one the interval holds on the average.
    An answer is waited for ``timeout`` seconds, None where it is as long as for any. After one of the statuses
    in ``stops_at`` none of them is asked again in the run.
    """

    gate: str
    places: int
    interval: float
    stops_at: frozenset[int] = frozenset()
    burst: int = 1
    timeout: float | None = None


class Etiquette:
    """What is good manners at which host in this run."""

    def __init__(self, config: NetworkConfig) -> None:
        self._config = config
        self._known: dict[str, Manners] = {}

    def at(self, host: str) -> Manners:
        """The manners at a host (``Target.key``)."""
        if host not in self._known:
            self._known[host] = self._manners(host)
        return self._known[host]

    def _manners(self, host: str) -> Manners:
        row = _rows().get(host)
        usual = row or Manners(host, self._config.per_host, self._config.interval)
        own = self._config.hosts.get(host)
        if own is not None:
            usual = _settled(usual, own, polite=row is not None)
        chosen = self._config.host_intervals
        # The operator's word for one of a row's hosts is for all of them: they share one gate.
        together = (name for name, other in _rows().items() if other.gate == usual.gate)
        intervals = (chosen[name] for name in (host, *together, ANY_HOST) if name in chosen)
        return replace(usual, interval=next(intervals, usual.interval))


def _settled(usual: Manners, own: HostSettings, *, polite: bool) -> Manners:
    """The manners as a file settles them; a host that says itself how to be asked is asked no more often for that."""
    interval = usual.interval if own.interval is None else own.interval
    places = usual.places if own.per_host is None else own.per_host
    return replace(
        usual,
        interval=max(interval, usual.interval) if polite else interval,
        places=min(places, usual.places) if polite else places,
        burst=usual.burst if own.burst is None or polite else own.burst,
        timeout=own.timeout,
    )


@cache
def _rows() -> Mapping[str, Manners]:
    """The rows of data/hosts.toml, by each of their hosts."""
    text = (resources.files("rlhf_linkcheck") / "data" / "hosts.toml").read_text("utf-8")
    return {
        host: Manners(
            row["hosts"][0], row["places"], row["interval"], frozenset(row["stops_at"]), burst=row.get("burst", 1)
        )
        for row in tomllib.loads(text)["row"]
        for host in row["hosts"]
    }
