"""What the run as a whole says about silence: is it one host, our own resolver, or our way out; pure."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from rlhf_linkcheck.evidence import SEVERAL, Outcome, Reason, Verdict
from rlhf_linkcheck.net.address import target_of
from rlhf_linkcheck.net.answer import Answer

_NAMED = 3
_OUR_RESOLVER = "but our own resolver found no public name at all"
UNHEARD = frozenset({Reason.TIMEOUT, Reason.REFUSED, Reason.RESET, Reason.DNS_ERROR})
_NAMELESS = frozenset({Reason.HOST_NOT_FOUND, Reason.DNS_ERROR})
_FAILING = UNHEARD | {Reason.SERVER_ERROR, Reason.RATE_LIMITED, Reason.HOST_DOWN}
NO_SOURCES: Mapping[str, str] = MappingProxyType({})
_HEARD_AMISS = frozenset({Reason.TLS, Reason.PROTOCOL_ERROR})


@dataclass(frozen=True, slots=True)
class Assessment:
    """The outcomes as the whole run lets them stand, a sentence on silent hosts, and whether there was no way out."""

    outcomes: Mapping[str, Outcome]
    note: str = ""
    no_way_out: bool = False


def needs_control(outcomes: Mapping[str, Outcome], answered: frozenset[str]) -> bool:
    """Whether the control address has to be asked: hosts were asked, and nothing at all was reached."""
    asked = any(outcome.reason in UNHEARD | _NAMELESS for outcome in outcomes.values())
    return asked and not _reached(outcomes, answered)


def needs_name(outcomes: Mapping[str, Outcome], *, resolves: bool) -> bool:
    """Whether the control address's name has to be looked up: names were missing, and none was found to compare."""
    return not resolves and any(outcome.reason in _NAMELESS for outcome in outcomes.values())


def witnesses(outcomes: Mapping[str, Outcome], answered: frozenset[str]) -> dict[str, str]:
    """By host of which nothing but silence was met, a link that an earlier run heard: whether it is the host.

    Where nothing was reached at all, one of any host: whether it is our way out.
    """
    asked, remembered = _by_host(outcomes)
    chosen = {
        host: remembered[host][0]
        for host, addresses in asked.items()
        if host in remembered
        and len(addresses) + len(remembered[host]) >= SEVERAL
        and host not in answered
        and all(outcomes[address].reason in UNHEARD for address in addresses)
    }
    if not chosen and remembered and needs_control(outcomes, answered):
        host = next(iter(remembered))
        return {host: remembered[host][0]}
    return chosen


def assess(  # noqa: PLR0913 - all that a whole run knows
    outcomes: Mapping[str, Outcome],
    answered: frozenset[str],
    control: Answer | None,
    *,
    resolves: bool,
    impostors: frozenset[str] = frozenset(),
    silent: frozenset[str] = frozenset(),
    sources: Mapping[str, str] = NO_SOURCES,
) -> Assessment:
    """Judge each outcome in the light of all.

    ``outcomes`` by address, ``answered`` the hosts that gave an HTTP answer, ``control`` what the
    control address said, None where it was not asked, ``resolves`` whether our resolver is known to
    find names. «No such name» is believed only of one that does: who answers through a proxy or at
    a literal address proves none. What earlier runs heard is no witness of this one's hosts: where they
    heard one, it is down only if it is among the ``silent``, which did not answer their ``witnesses`` either.
    ``impostors`` are the final addresses that it may have made up, ``sources`` tells of addresses
    that somebody else than the web was to answer for who that is.
    """
    if impostors:
        outcomes = {address: _unmasked(outcome, impostors) for address, outcome in outcomes.items()}
    no_way_out = control is not None and needs_control(outcomes, answered) and not _is_there(control)
    if no_way_out:
        word = "and no other host answered either, nor did the control address"
        return Assessment({address: _doubted(outcome, word) for address, outcome in outcomes.items()}, no_way_out=True)
    if not needs_name(outcomes, resolves=resolves):
        settled = _settle_silent_hosts(outcomes, answered, silent, UNHEARD)
        return replace(settled, outcomes=_settle_failing_sources(settled.outcomes, sources))
    nameless = sum(outcome.reason in _NAMELESS for outcome in outcomes.values())
    note = f"our own name server found not one name: {nameless} link{'s' if nameless > 1 else ''} could not be checked"
    doubted = {
        address: _doubted(outcome, _OUR_RESOLVER) if outcome.reason in _NAMELESS else outcome
        for address, outcome in outcomes.items()
    }
    settled = _settle_silent_hosts(doubted, answered, silent, UNHEARD - _NAMELESS)
    return replace(settled, note="; ".join(filter(None, (note, settled.note))))


def _settle_failing_sources(outcomes: Mapping[str, Outcome], sources: Mapping[str, str]) -> Mapping[str, Outcome]:
    """Where a source and the pages in its place failed for several links alike, that is no word about any of them.

    So are those that were not asked any more, once it had turned us away. Pages are in its place host by host.
    """
    by_source: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for address, source in sources.items():
        if not outcomes[address].from_cache:
            by_source[source, _host(outcomes[address], address)].append(address)
    settled: dict[str, Outcome] = {}
    for (source, _), addresses in by_source.items():
        failed = all(outcomes[address].reason in _FAILING for address in addresses)
        unasked = [address for address in addresses if _is_unasked(outcomes[address])]
        group = addresses if failed else unasked
        for address in group if len(group) >= SEVERAL else ():
            outcome = outcomes[address]
            words = f"{outcome.detail}; {source} told nothing of any of its {len(addresses)} links"
            settled[address] = replace(outcome, reason=Reason.HOST_DOWN, detail=words if failed else outcome.detail)
    return outcomes if not settled else {**outcomes, **settled}


def _is_unasked(outcome: Outcome) -> bool:
    return outcome.verdict is Verdict.UNCERTAIN and outcome.attempts == 0


def _unmasked(outcome: Outcome, impostors: frozenset[str]) -> Outcome:
    """What a name server made up says nothing of the link."""
    if outcome.final_url is None or outcome.final_url.partition("#")[0] not in impostors:
        return outcome
    detail = f"{outcome.detail}, but our own name server leads names that do not exist to the same page"
    return replace(outcome, reason=Reason.DNS_ERROR, moved_to=None, detail=detail)


def _settle_silent_hosts(
    outcomes: Mapping[str, Outcome], answered: frozenset[str], silent: frozenset[str], silence: frozenset[Reason]
) -> Assessment:
    """Where several links of a host met nothing but silence, it is the host that is down, not its links."""
    by_host, remembered = _by_host(outcomes)
    settled, down = dict[str, Outcome](), dict[str, int]()
    for host, addresses in by_host.items():
        known = len(remembered.get(host, ()))
        heard = host in answered or any(outcomes[address].reason not in silence for address in addresses)
        if heard or len(addresses) + known < SEVERAL or (known and host not in silent):
            continue
        which = f"the {len(addresses)} links of {host}{' that were asked' if known else ''}"
        for address in addresses:
            outcome = outcomes[address]
            detail = f"{outcome.detail}; none of {which} was answered"
            settled[address] = replace(outcome, reason=Reason.HOST_DOWN, detail=detail)
        down[host] = len(addresses)
    return Assessment(outcomes if not down else {**outcomes, **settled}, _note(down))


def _by_host(outcomes: Mapping[str, Outcome]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """The links that this run asked, and those that an earlier one heard, by the host that they are about."""
    asked: defaultdict[str, list[str]] = defaultdict(list)
    remembered: defaultdict[str, list[str]] = defaultdict(list)
    for address, outcome in outcomes.items():
        if not outcome.from_cache:
            asked[_host(outcome, address)].append(address)
        elif (target := target_of(address)) is not None:
            remembered[target.key].append(address)
    return dict(asked), dict(remembered)


def _note(down: Mapping[str, int]) -> str:
    """One sentence on the hosts that are down, each with how many links it has; empty where there is none."""
    if not down:
        return ""
    names = list(down)
    if len(names) > _NAMED:
        names[_NAMED - 1 :] = [f"{len(names) - _NAMED + 1} other hosts"]
    *others, last = names
    who = f"{', '.join(others)} and {last} do not answer: their" if others else f"{last} does not answer: its"
    return f"{who} {sum(down.values())} links could not be checked and are not counted as dead"


def _doubted(outcome: Outcome, word: str) -> Outcome:
    """An unheard outcome with the doubt in its detail; «no such name» is then no more than trouble with DNS."""
    if outcome.reason not in UNHEARD | _NAMELESS:
        return outcome
    reason = Reason.DNS_ERROR if outcome.reason is Reason.HOST_NOT_FOUND else outcome.reason
    return replace(outcome, reason=reason, detail=f"{outcome.detail}, {word}")


def _reached(outcomes: Mapping[str, Outcome], answered: frozenset[str]) -> bool:
    """Whether anything out there was heard: HTTP from any host, or a certificate, or other talk."""
    return bool(answered) or any(outcome.reason in _HEARD_AMISS for outcome in outcomes.values())


def _is_there(control: Answer) -> bool:
    return control.trouble is None or control.trouble.reason in _HEARD_AMISS


def _host(outcome: Outcome, address: str) -> str:
    """The host that an outcome is about: the last one asked."""
    target = target_of(outcome.final_url or address)
    return target.key if target is not None else ""
