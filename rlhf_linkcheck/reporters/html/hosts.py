"""Which hosts take long, and on which most links are broken."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from rlhf_linkcheck.evidence import Outcome, Verdict
from rlhf_linkcheck.identity.address import Address, parse_address
from rlhf_linkcheck.report import Report

_MOST = 7


@dataclass(frozen=True, slots=True)
class Slow:
    """A host and how long its links took in the median; ``share`` is of the slowest host's time, in per cent."""

    host: str
    links: int
    elapsed_ms: int
    share: float


@dataclass(frozen=True, slots=True)
class Broken:
    """A host and how many of its links are dead or uncertain; the shares are of the most broken host's."""

    host: str
    links: int
    dead: int
    uncertain: int
    dead_share: float
    uncertain_share: float


def hosts(report: Report) -> tuple[tuple[Slow, ...], tuple[Broken, ...]]:
    """The slowest hosts and the most broken ones, each the worst first."""
    outcomes: dict[str, list[Outcome]] = {}
    for link in report.links:
        address = parse_address(link.url)
        if isinstance(address, Address):
            outcomes.setdefault(address.host.lower(), []).append(link.evidence.outcome)
    return tuple(_slowest(outcomes)), tuple(_most_broken(outcomes))


def _slowest(outcomes: dict[str, list[Outcome]]) -> Iterator[Slow]:
    times = {
        host: [outcome.elapsed_ms for outcome in heard if outcome.elapsed_ms and not outcome.from_cache]
        for host, heard in outcomes.items()
    }
    medians = {host: int(median(taken)) for host, taken in times.items() if taken}
    ranked = sorted(medians.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST]
    for host, elapsed in ranked:
        yield Slow(host, len(times[host]), elapsed, _percent(elapsed, ranked[0][1]))


def _most_broken(outcomes: dict[str, list[Outcome]]) -> Iterator[Broken]:
    counts = []
    for host, heard in outcomes.items():
        verdicts = [outcome.verdict for outcome in heard]
        counts.append((verdicts.count(Verdict.DEAD), verdicts.count(Verdict.UNCERTAIN), len(heard), host))
    ranked = sorted(counts, key=lambda count: (-count[0] - count[1], -count[0], count[3]))[:_MOST]
    for dead, uncertain, links, host in ranked:
        if dead or uncertain:
            most = ranked[0][0] + ranked[0][1]
            yield Broken(host, links, dead, uncertain, _percent(dead, most), _percent(uncertain, most))


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2)
