"""The plain web: asks each address itself and follows where it leads; the last source on every route."""

import asyncio
import secrets
from collections import Counter, defaultdict
from collections.abc import AsyncGenerator, Callable, Iterator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import ClassVar
from urllib.parse import urldefrag, urlsplit

from rlhf_linkcheck.content.fragments import anchors_for, needs_anchor
from rlhf_linkcheck.content.page import Page
from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, Record, SourceStats, Trust, Verdict
from rlhf_linkcheck.identity import Identity, Kind, address_of, identify
from rlhf_linkcheck.identity.kinds import has_source
from rlhf_linkcheck.identity.venues import abstract_page
from rlhf_linkcheck.net.address import target_of
from rlhf_linkcheck.net.chain import Chain, End, follow
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.repository import Repository
from rlhf_linkcheck.sources.base import Answers, Handoff, Holder, Question, Request, Source, may_be_handed_on
from rlhf_linkcheck.sources.changes import is_the_same, unchanged, validators_of
from rlhf_linkcheck.sources.cited import record_of
from rlhf_linkcheck.sources.lines import in_lines, nobody_waits
from rlhf_linkcheck.sources.moments import Moments
from rlhf_linkcheck.verdicts.classify import classify
from rlhf_linkcheck.verdicts.doubt import confirms, doubt_of
from rlhf_linkcheck.verdicts.twin import https_twin, serves_the_same


class Web(Source):
    """One streamed GET for each request, and one for each redirect; the client holds all limits.

    A page that may not be the one meant costs a look at a made-up page of its site, a living http
    page a look at what https says.
    """

    name: ClassVar[str] = "web"
    knows = (Holder,)

    def __init__(self, client: Client) -> None:
        self._client = client
        self._secret = secrets.token_hex()
        self._moments = Moments()
        self._in_doubt: dict[Request, Outcome] = {}
        self._asked = 0
        self._without_https: set[str] = set()
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._requests = 0
        self._follow_ups = 0

    async def lookup(
        self, requests: Sequence[Request], *, again: bool = False
    ) -> AsyncGenerator[tuple[Request, Evidence | Handoff], None]:
        """Ask all hosts at once; ``again`` tries each link once more, and counts what was tried before."""
        for host, links in Counter(map(_host_of, requests)).items():
            self._client.expect(host, links)
        async with aclosing(in_lines(requests, _host_of, partial(self._ask, again=again))) as answers:
            async for answer in answers:
                yield answer

    async def investigate(self, questions: Sequence[Question]) -> Answers:
        """Whether repositories are there, by their pages."""
        asked = [one.repository for one in questions if isinstance(one, Holder)]
        seen = await asyncio.gather(*(self._holder(repository) for repository in asked))
        return dict(zip(map(Holder, asked), seen, strict=True))

    async def _holder(self, repository: Identity) -> tuple[Repository, ...] | None:
        page = await self._follow_up(address_of(repository))
        outcome = classify(page, datetime.now(UTC))
        if outcome.verdict is Verdict.UNCERTAIN:
            return None
        there = outcome.verdict is Verdict.ALIVE
        now = datetime.now(UTC)
        return (Repository(str(repository), self.name, repository.key, now, seen_only=True),) if there else ()

    def stats(self) -> SourceStats:
        """Links asked about, and what was sent for it."""
        return SourceStats(
            name=self.name,
            asked=self._asked,
            requests=self._requests,
            follow_ups=self._follow_ups,
        )

    async def _ask(self, request: Request, on_its_way: Callable[[], None], *, again: bool) -> Evidence | Handoff:
        """The evidence about a request, its address without the fragment; or how it led to another source."""
        address, counter = _place_of(request), self._counter(first=not again, also=on_its_way)
        until = _has_source if may_be_handed_on(request) else _has_none
        if self._client.is_asking(address) or (not again and self._client.known(address) is not None):
            on_its_way()  # it has no turn to wait for, and what it waits for may take long
        known = None if again else request.known
        validators = None if known is None else known.validators
        chain = await follow(self._client, address, again=again, on_send=counter, until=until, validators=validators)
        # Who says so without having been asked says nothing.
        if known is not None and validators is not None and chain.last.status == HTTPStatus.NOT_MODIFIED:
            if is_the_same(known, chain):
                same = unchanged(known, chain, self._moments.now())
                self._note(request, same.outcome)
                return same
            # By another way, or by another validator than was asked for: what that means takes the page itself.
            chain = await follow(self._client, address, again=True, on_send=counter, until=until)
        if chain.end is End.HANDED_ON:
            attempts = max(answer.attempts for answer in chain.answers)
            elapsed_ms = round(sum(answer.elapsed for answer in chain.answers) * 1000)
            return Handoff(chain.redirects, attempts, elapsed_ms)
        probe = await self._probe(chain)
        earlier = self._in_doubt.get(request) if again else None
        outcome = classify(chain, self._moments.now(), earlier=earlier, probe=probe)
        self._note(request, outcome)
        given = validators_of(chain) if outcome.reason is Reason.OK else None
        page, stays = chain.last.page, not urldefrag(chain.final_url).fragment
        return Evidence(
            outcome,
            source=self.name,
            record=await self._record(request, chain) if outcome.reason is Reason.OK else None,
            missing_fragments=_missing(request, page) if page and outcome.reason is Reason.OK and stays else (),
            secure_url=await self._secure(chain) if outcome.reason is Reason.OK else None,
            validators=given if given is not None and self._tells_all(request, chain) else None,
        )

    def _note(self, request: Request, outcome: Outcome) -> None:
        """Count a link, and keep what a later look may change: of the living there is nothing to keep."""
        if request not in self._in_doubt:
            self._asked += len(request.addresses)
        if outcome.verdict is not Verdict.ALIVE:
            self._in_doubt[request] = outcome

    async def _record(self, request: Request, chain: Chain) -> Record | None:
        """What the page says of what it shows; for a paper that has no page of its own, the one that its venue has."""
        if not request.claims:
            return None
        now = datetime.now(UTC)
        own = record_of(chain.last.page, request.identity, now, source=self.name, address=chain.final_url)
        cites = own is not None and own.trust is Trust.PAGE
        if cites or not any(claim.paper for claim in request.claims):
            return own
        abstract = _abstract_of(request, chain.final_url)
        if abstract is None:
            return own
        page = await self._follow_up(abstract)
        if classify(page, now).reason is not Reason.OK:
            return own
        return record_of(page.last.page, request.identity, now, source=self.name, address=page.final_url) or own

    async def _probe(self, chain: Chain) -> Chain | None:
        """What became of a made-up page of the same site, where it proves that this one is not there."""
        doubt = doubt_of(chain, self._secret)
        if doubt is None:
            return None
        probe = await self._follow_up(doubt.made_up)
        return probe if confirms(doubt, chain, probe) else None

    async def _secure(self, chain: Chain) -> str | None:
        """The https address that serves the same as a living http page."""
        twin = https_twin(chain)
        if twin is None:
            return None
        host = urlsplit(twin).netloc
        # One after the other: who drops what comes to its port for https does so with each page's.
        async with self._turns[host]:
            if host in self._without_https:
                return None
            answer = await self._follow_up(twin)
            if answer.last.trouble is not None:
                self._without_https.add(host)
        return twin if serves_the_same(chain, answer) else None

    def _tells_all(self, request: Request, chain: Chain) -> bool:
        """Whether no other page, which may have changed where this one has not, had a say in what was heard."""
        paper = any(claim.paper for claim in request.claims)
        elsewhere = paper and _abstract_of(request, chain.final_url) is not None
        return not elsewhere and https_twin(chain) is None and doubt_of(chain, self._secret) is None

    async def _follow_up(self, address: str) -> Chain:
        return await follow(self._client, address, patient=False, on_send=self._counter(first=False))

    def _counter(self, *, first: bool, also: Callable[[], None] = nobody_waits) -> Callable[[int], None]:
        """Counts what one chain sends: the first try of a first look-up, and all the rest."""
        return partial(self._count, iter((first,)), also)

    def _count(self, firsts: Iterator[bool], also: Callable[[], None], hop: int) -> None:
        also()
        first = hop == 0 and next(firsts, False)
        self._requests += first
        self._follow_ups += not first


def _host_of(request: Request) -> str:
    target = target_of(_place_of(request))
    return "" if target is None else target.key


def _place_of(request: Request) -> str:
    """The address to ask, without its fragment: papers of arXiv and OpenReview by their pages: a PDF may be missing."""
    paper = request.identity
    match paper.kind:
        case Kind.ARXIV if paper.version is not None:
            return f"{address_of(paper)}v{paper.version}"
        case Kind.ARXIV | Kind.OPENREVIEW:
            return address_of(paper)
        case _:
            address = request.addresses[0]
            return urldefrag(address).url if "#" in address else address


def _has_source(address: str) -> bool:
    return has_source(identify(address))


def _has_none(_: str) -> bool:
    return False


def _abstract_of(request: Request, final_url: str) -> str | None:
    """The page that says what a venue's PDF is, where that is another."""
    known = abstract_page(final_url)
    if known is None and request.identity.kind is Kind.ACL:
        known = address_of(request.identity)
    return None if known == final_url else known


def _missing(request: Request, page: Page) -> tuple[str, ...]:
    """The fragments of a request that its page has no anchor for; none where that cannot be known."""
    if not (page.whole and page.has_anchors) or page.scripted:
        return ()
    fragments = {urldefrag(address).fragment for address in request.addresses}
    return tuple(
        fragment for fragment in fragments if needs_anchor(fragment) and page.anchors.isdisjoint(anchors_for(fragment))
    )
