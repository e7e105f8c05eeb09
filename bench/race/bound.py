"""How long a world keeps any tool that tries so often: the longest that a single host must take, by its scenario.

Counted is what the scenario forces: time-outs where nobody answers, one for each try; how long answers take; and
the intervals, places and windows of limits. Not counted is what a tool adds of its own accord, since one with the
same tries may do without: waits between its tries, its own start and end, redirects and further questions. Who tries
less often, or asks more often than a limit allows, can be quicker.
"""

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
    """How often a tool asks where nobody answers, and how long it waits each time, in seconds.

    Its tries begin so many seconds ``apart``, by default one after the other.
    """

    timeout: float
    tries: int = 3
    apart: float | None = None


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
    """The longest that one host takes, under its own limit and latency, where it is asked as early as can be.

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
            yield _Asked(host, _answer(scenario, host, address.request.removeprefix(address.origin), patience))
    for kind, keys in batched.items():
        host, most = BATCHES[kind]
        for _ in range(math.ceil(len(keys) / most)):
            # What a batch holds is the tool's to choose, and with it the address whose latency would be drawn.
            yield _Asked(host, _latency(scenario, host).median)


def _answer(scenario: Scenario, host: str, path: str, patience: Patience) -> float:
    """How long the first answer of a page takes, or all tries where there is none."""
    apart = patience.timeout if patience.apart is None else patience.apart
    steps, ends = scenario.steps(host, path), list[float]()
    for turn in range(patience.tries):
        step = steps[min(turn, len(steps) - 1)]
        takes = step.delay + _latency(scenario, host).seconds(scenario.seed, host, path, turn)
        if step.fault is not Fault.HANG and takes < patience.timeout:
            ends.append(turn * apart + takes)
    return min(ends, default=(patience.tries - 1) * apart + patience.timeout)


def _latency(scenario: Scenario, host: str) -> Latency:
    known = scenario.host(host)
    return known.latency if known and known.latency else Latency(0.0)


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
