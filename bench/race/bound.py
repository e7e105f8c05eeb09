"""How long any tool must take for a world, as its scenario has it: the most that a single host takes."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rlhf_linkcheck.identity import Kind, Malformed, identify, parse_address
from rlhf_linkcheck.simweb import Fault, Latency, Limit, Scenario

BATCHES: Mapping[Kind, tuple[str, int]] = {Kind.ARXIV: ("export.arxiv.org", 100), Kind.GITHUB: ("api.github.com", 50)}
"""Which host answers for links of a kind, and for how many at once."""


@dataclass(frozen=True, slots=True)
class Patience:
    """What a link of a host that never answers costs: ``tries`` time-outs, and waits that double in between."""

    timeout: float
    tries: int = 3
    backoff: float = 1.0

    @property
    def seconds(self) -> float:
        """All of it."""
        return self.tries * self.timeout + self.backoff * ((1 << (self.tries - 1)) - 1)


@dataclass(frozen=True, slots=True)
class Bound:
    """Seconds, and the host that takes them."""

    seconds: float
    host: str


@dataclass(frozen=True, slots=True)
class _Asked:
    """A request that must be made: how long its answer takes."""

    host: str
    seconds: float


def lower_bound(scenario: Scenario, links: Iterable[str], patience: Patience, *, in_batches: bool = True) -> Bound:
    """The most that one host takes, under its own limit and latency, and at best as early as can be.

    What ``in_batches`` can be had of an API is asked there; else each link is a request to its own host.
    """
    groups: defaultdict[str, list[_Asked]] = defaultdict(list)
    limits = {host: limit for limit in scenario.limits for host in limit.hosts}
    for asked in _asked(scenario, links, patience, in_batches=in_batches):
        limit = limits.get(asked.host)
        groups[limit.hosts[0] if limit else asked.host].append(asked)
    bounds = (Bound(_seconds(limits.get(host), asked), host) for host, asked in groups.items())
    return max(bounds, key=lambda bound: bound.seconds, default=Bound(0.0, ""))


def _asked(scenario: Scenario, links: Iterable[str], patience: Patience, *, in_batches: bool) -> Iterator[_Asked]:
    batched: defaultdict[Kind, set[str]] = defaultdict(set)
    for url in dict.fromkeys(links):
        identity = identify(url)
        if in_batches and identity.kind in BATCHES:
            batched[identity.kind].add(identity.whole.key)
            continue
        address = parse_address(url)
        if not isinstance(address, Malformed):
            host = address.host.lower()
            path = address.request.removeprefix(address.origin)
            hangs = scenario.steps(host, path)[0].fault is Fault.HANG
            yield _Asked(host, patience.seconds if hangs else _latency(scenario, host, path))
    for kind, keys in batched.items():
        host, most = BATCHES[kind]
        for number in range(math.ceil(len(keys) / most)):
            yield _Asked(host, _latency(scenario, host, f"/{number}"))


def _latency(scenario: Scenario, host: str, path: str) -> float:
    known = scenario.host(host)
    latency = known.latency if known and known.latency else Latency(0.0)
    return latency.seconds(scenario.seed, host, path, 0)


def _seconds(limit: Limit | None, asked: Sequence[_Asked]) -> float:
    """How long these requests take at the least: the limit's parts each say so, and so does the longest of them."""
    longest = max(one.seconds for one in asked)
    if limit is None:
        return longest
    shortest = min(one.seconds for one in asked)
    paced = (len(asked) - 1) * limit.interval + shortest if limit.interval else 0.0
    queued = sum(one.seconds for one in asked) / limit.in_flight if limit.in_flight else 0.0
    windows = (len(asked) - 1) // limit.requests * limit.window if limit.requests else 0.0
    return max(longest, paced, queued, windows)
