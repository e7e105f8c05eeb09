"""What one answer means beside the others about the same link: who is asked next, and what stands; pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from urllib.parse import urldefrag

from rlhf_linkcheck.content.fragments import needs_anchor
from rlhf_linkcheck.evidence import Evidence, Outcome, SourceStats, Verdict
from rlhf_linkcheck.identity import ROUTES, identify
from rlhf_linkcheck.net.address import inherit_fragment
from rlhf_linkcheck.sources.base import Handoff, Request, Source
from rlhf_linkcheck.verdicts.second import PROVABLE, without_tries

_PERMANENT = (301, 308)
_TOLD = (Verdict.ALIVE, Verdict.DEAD)


def next_source(request: Request, name: str, evidence: Evidence) -> str | None:
    """Who is to be asked after this source: where it was uncertain, or cannot see the part of a page that is meant."""
    following = request.route[request.route.index(name) + 1 :]
    if not following or evidence.outcome.verdict not in (Verdict.UNCERTAIN, Verdict.ALIVE):
        return None
    if evidence.outcome.verdict is Verdict.UNCERTAIN:
        return following[0]
    # An API knows no anchors: whether they are there only the page tells, the last on each route.
    return following[-1] if any(needs_anchor(urldefrag(address).fragment) for address in request.addresses) else None


def joined(before: Evidence | None, now: Evidence) -> Evidence:
    """What two sources on one route say together: who knew that it lives is not refuted by a page without its anchor.

    What is known of a repository stays known, whoever has the last word about the link.
    """
    if before is None:
        return now
    if before.outcome.verdict is Verdict.ALIVE and now.outcome.verdict is not Verdict.ALIVE:
        # Without a fragment, of which only the page can tell, it would not have been asked.
        return before
    kept = replace(now, repository=now.repository or before.repository, record=now.record or before.record)
    if before.outcome.moved_to and now.outcome.verdict is Verdict.ALIVE:
        kept = replace(kept, outcome=replace(now.outcome, moved_to=before.outcome.moved_to))
    return kept


def by_first_source(requests: Iterable[Request]) -> dict[str, list[Request]]:
    """The requests by the first source on their routes."""
    batches: defaultdict[str, list[Request]] = defaultdict(list)
    for request in requests:
        batches[request.route[0]].append(request)
    return dict(batches)


def by_last_source(requests: Iterable[Request], heard: Mapping[Request, Evidence]) -> dict[str, list[Request]]:
    """The requests by who is to look again: whoever called it dead, else the last on the route."""
    batches: defaultdict[str, list[Request]] = defaultdict(list)
    for request in requests:
        evidence = heard[request]
        own = evidence.outcome.verdict is Verdict.DEAD and evidence.source in request.route
        batches[evidence.source if own and evidence.source else request.route[-1]].append(request)
    return dict(batches)


def confirmable(pending: Mapping[Request, Evidence], sources: Mapping[str, Source]) -> frozenset[Request]:
    """What was called absent by a source that then looks for it elsewhere: nothing is gained by a late look.

    Who was only led to that source by another host has its second look at that host, too, and late.
    """
    return frozenset(
        request
        for request, evidence in pending.items()
        if evidence.outcome.verdict is Verdict.DEAD
        and evidence.source in request.route
        and (source := sources.get(evidence.source or ""))
        and source.confirms_elsewhere
    )


def handed_on(request: Request, handoff: Handoff) -> Request:
    """What is asked where a link's redirects led to: of it the same is claimed."""
    target = handoff.redirects[-1].url
    addresses = (inherit_fragment(target, urldefrag(address).fragment) for address in request.addresses)
    identity = identify(target)
    return replace(request, identity=identity, addresses=tuple(dict.fromkeys(addresses)), route=ROUTES[identity.kind])


def arrived(handoff: Handoff, evidence: Evidence) -> Evidence:
    """What was heard where a link's redirects led to, as it is for the link itself."""
    outcome, target = evidence.outcome, handoff.redirects[-1].url
    redirects = (*handoff.redirects, *outcome.redirects)
    final = outcome.final_url or target
    permanent = all(redirect.status in _PERMANENT for redirect in redirects) and outcome.verdict is Verdict.ALIVE
    outcome = replace(
        outcome,
        redirects=redirects,
        final_url=final,
        moved_to=(outcome.moved_to or final) if permanent else None,
        attempts=max(outcome.attempts, handoff.attempts),
        elapsed_ms=outcome.elapsed_ms + handoff.elapsed_ms,
    )
    return replace(evidence, outcome=outcome)


def is_news(before: Evidence, now: Evidence) -> bool:
    """Whether a late look was the first to find a link dead, which takes one look more."""
    return now.outcome.reason in PROVABLE and before.outcome.reason not in PROVABLE


def reheard(before: Evidence, now: Evidence) -> Evidence:
    """What a late look heard; where another source had called it dead and this one cannot tell, both are told."""
    first, then = before.outcome, now.outcome
    if first.verdict is not Verdict.DEAD or then.verdict is not Verdict.UNCERTAIN or before.source == now.source:
        return now
    return replace(now, outcome=replace(then, detail=f"first {without_tries(first)}, then {then.detail}"))


def about(evidence: Evidence, address: str) -> Evidence:
    """The evidence of a shared request as it is for one address: redirects inherit its fragment (RFC 9110 §10.2.2)."""
    fragment = urldefrag(address).fragment if "#" in address else ""
    if not fragment and not evidence.missing_fragments:
        return evidence  # as almost all are: what is true of all of them need not be written anew for each
    outcome, secure_url = evidence.outcome, evidence.secure_url
    if fragment and outcome.final_url is not None:
        moved_to = None if outcome.moved_to is None else inherit_fragment(outcome.moved_to, fragment)
        outcome = replace(outcome, final_url=inherit_fragment(outcome.final_url, fragment), moved_to=moved_to)
    return replace(
        evidence,
        outcome=outcome,
        missing_fragments=tuple(missing for missing in evidence.missing_fragments if missing == fragment),
        secure_url=None if secure_url is None else inherit_fragment(secure_url, fragment),
    )


def outcomes_of(heard: Mapping[Request, Evidence]) -> dict[str, Outcome]:
    """What was heard of each address."""
    return {
        address: about(evidence, address).outcome
        for request, evidence in heard.items()
        for address in request.addresses
    }


def assessed(heard: Mapping[Request, Evidence], outcomes: Mapping[str, Outcome]) -> Iterator[tuple[str, Evidence]]:
    """The evidence about each address, with the outcomes that the run as a whole has come to."""
    for request, evidence in heard.items():
        for address in request.addresses:
            own, outcome = about(evidence, address), outcomes[address]
            yield address, own if own.outcome is outcome else replace(own, outcome=outcome)


def judged(stats: SourceStats, evidence: Iterable[Evidence], remarks: Mapping[str, str]) -> SourceStats:
    """A source's story with the links that it told alive or dead, and with what could not be checked."""
    own = (one.outcome for one in evidence if one.source == stats.name and not one.outcome.from_cache)
    answered = sum(outcome.verdict in _TOLD for outcome in own)
    note = "; ".join(filter(None, (stats.note, remarks.get(stats.name))))
    return replace(stats, answered=answered, note=note or None)
