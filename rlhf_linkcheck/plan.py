"""Decides what is asked of whom: the distinct links, those settled without asking, and each one's route."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import urldefrag

from rlhf_linkcheck.config import Config
from rlhf_linkcheck.content.fragments import anchors_for, needs_anchor
from rlhf_linkcheck.evidence import Evidence, Outcome, Reason
from rlhf_linkcheck.identity import ROUTES, Identity, Kind, Malformed, identify, identify_at, is_web_link, parse_address
from rlhf_linkcheck.matching.papers import claim_of
from rlhf_linkcheck.model import Category, Document, Entry, Link
from rlhf_linkcheck.since.scope import Scope
from rlhf_linkcheck.sources.base import Request, Usage, Use

_DESCRIBED = frozenset({Category.PAPER, Category.BLOG, Category.BOOK})
"""What is somebody's writing, and has a title of its own that the list should have, too."""


_USAGES: Mapping[Category | None, Usage] = MappingProxyType(
    {Category.CODEBASE: Usage.CODEBASE, Category.DATASET: Usage.DATASET}
)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run will ask.

    ``addresses`` are all distinct web addresses, trimmed, in the order and form first written; each is
    either in one of the ``requests`` or in ``settled``. ``quiet_months`` is after how long without a
    push a README may say that nobody keeps a repository up; None where no README is of interest.
    With ``copies`` the last good copies of what is dead are asked for.
    """

    requests: tuple[Request, ...]
    settled: Mapping[str, Evidence]
    addresses: tuple[str, ...]
    quiet_months: int | None = None
    copies: bool = False

    @property
    def first_sources(self) -> Mapping[str, str]:
        """Who is to answer first, for each address that somebody else than the plain web is to answer for."""
        routed = (request for request in self.requests if len(request.route) > 1)
        return {address: request.route[0] for request in routed for address in request.addresses}

    @property
    def anchors(self) -> frozenset[str]:
        """All that an anchor may be called which any of the addresses means, in lower case."""
        fragments = (urldefrag(address).fragment for address in self.addresses)
        return frozenset(name for fragment in fragments if needs_anchor(fragment) for name in anchors_for(fragment))


def make_plan(  # noqa: PLR0913 - four of them are what the rules want of the network
    documents: Sequence[Document],
    config: Config,
    scope: Scope | None = None,
    *,
    network: bool,
    compare: bool = True,
    reads: bool = True,
    copies: bool = False,
) -> Plan:
    """Plan one run over these documents.

    Only links that the ``scope`` asks are part of it (None for that of the configuration). Without
    ``network``, as where no rule needs it, every address is settled; without ``compare`` nobody will hold
    the entries against records, so nothing is claimed, and without ``reads`` no README is asked for. With
    ``copies`` an audit asks for them, save where the list may lead to what is nobody else's business
    (``allow_private``). Raises re.error for an exclusion that is no regular expression.
    """
    listed = _listed(documents, scope or Scope(config.entry_ids))
    exclusions = tuple(re.compile(pattern) for pattern in config.exclude)
    settled: dict[str, Evidence] = {}
    servers = [server.name for server in config.network.github if server.name]
    targets: dict[str, tuple[Identity, list[str]]] = {}
    for address in listed:
        parsed = parse_address(address)
        if isinstance(parsed, Malformed):
            settled[address] = _skipped(Reason.INVALID, parsed.problem)
        elif excluded_by := _first_match(exclusions, address):
            settled[address] = _skipped(Reason.EXCLUDED, f"excluded by the pattern «{excluded_by}»")
        elif config.offline:
            settled[address] = _skipped(Reason.OFFLINE, "the run is offline, so nothing was asked")
        elif not network:
            settled[address] = _skipped(Reason.OFFLINE, "none of the selected rules needs the network")
        else:
            asked = address if parsed.request == address else parsed.request
            if asked not in targets:
                targets[asked] = _identity(address, servers), []
            targets[asked][1].append(address)
    requests = tuple(_request(*target, listed, compare=compare) for target in targets.values())
    copies = copies and config.audit is not None and not config.network.allow_private
    return Plan(requests, settled, tuple(listed), config.quiet_months if reads else None, copies)


def _listed(documents: Sequence[Document], scope: Scope) -> dict[str, list[tuple[Entry, Link]]]:
    """The distinct web addresses in the order of the text, each with the entries that list it, and as what."""
    found: dict[str, list[tuple[Entry, Link]]] = {}
    for document in documents:
        for owner, link in sorted(_web_links(document), key=lambda owned: owned[1].position):
            if not scope.asks(owner, link):
                continue
            entries = found.setdefault(link.address, [])
            if isinstance(owner, Entry):
                entries.append((owner, link))
    return found


def _web_links(document: Document) -> Iterator[tuple[Entry | Document, Link]]:
    """In an entry every address is meant for the web, outside only those that look like it."""
    for owner, link in document.owned_links():
        if link.address and (isinstance(owner, Entry) or is_web_link(link.address)):
            yield owner, link


def _first_match(patterns: Sequence[re.Pattern[str]], address: str) -> str | None:
    return next((pattern.pattern for pattern in patterns if pattern.search(address)), None)


def _skipped(reason: Reason, detail: str) -> Evidence:
    return Evidence(Outcome(reason, detail=detail))


def _request(
    identity: Identity,
    addresses: Sequence[str],
    listed: Mapping[str, Sequence[tuple[Entry, Link]]],
    *,
    compare: bool,
) -> Request:
    """One request for all addresses that differ in nothing a server would see."""
    listings = [listing for address in addresses for listing in listed.get(address, ())]
    described = (entry for entry, link in listings if link is entry.main and entry.category in _DESCRIBED)
    claims = map(claim_of, described) if compare else ()
    uses = filter(None, (_use(entry, link) for entry, link in listings))
    return Request(
        identity, tuple(addresses), ROUTES[identity.kind], tuple(dict.fromkeys(claims)), tuple(dict.fromkeys(uses))
    )


def _identity(address: str, servers: Sequence[str]) -> Identity:
    """What an address leads to, also where it is at a server that only the operator knows of."""
    identity, parsed = identify(address), parse_address(address)
    if identity.kind is not Kind.WEB or isinstance(parsed, Malformed):
        return identity
    return next(filter(None, (identify_at(server, parsed) for server in servers)), identity)


def _use(entry: Entry, link: Link) -> Use | None:
    """What a link is to its entry, where what a repository says of itself is held against that."""
    if entry.category is Category.PAPER:
        usage = Usage.OFFICIAL_CODE if link.is_official_code else None
    else:
        usage = _USAGES.get(entry.category) if link is entry.main else None
    return None if usage is None else Use(usage, claim_of(entry), identify(entry.main.address if entry.main else ""))
