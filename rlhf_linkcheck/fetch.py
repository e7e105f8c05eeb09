"""Plan to evidence: one task group, one batch a source, and a late second look at what stayed uncertain."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from time import monotonic

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.copies import with_copies
from rlhf_linkcheck.evidence import Crawl, Evidence, Outcome, Reason, SourceStats, Verdict
from rlhf_linkcheck.hearing import (
    about,
    arrived,
    assessed,
    by_first_source,
    by_last_source,
    confirmable,
    handed_on,
    is_news,
    joined,
    judged,
    next_source,
    outcomes_of,
    reheard,
)
from rlhf_linkcheck.inquiry import unconfirmed, unverified, with_answers
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.plan import Plan
from rlhf_linkcheck.questions import Inquirer
from rlhf_linkcheck.recollection import Recollection, importance, is_first_hand, is_remembered
from rlhf_linkcheck.remarks import remarks
from rlhf_linkcheck.sources.base import Answers, Handoff, Informant, Request, Source
from rlhf_linkcheck.sources.registry import SOURCES
from rlhf_linkcheck.sources.unmasking import impostors
from rlhf_linkcheck.sources.web import Web
from rlhf_linkcheck.sources.witness import silent_hosts
from rlhf_linkcheck.stop import Stop, carry_out
from rlhf_linkcheck.verdicts.outage import Assessment, assess, needs_control, needs_name, witnesses
from rlhf_linkcheck.verdicts.second import deserves_late_look

_LEFT = {
    Reason.DEADLINE: "not asked: the run's deadline came first",
    Reason.INTERRUPTED: "not asked: the run was interrupted",
}


async def fetch(
    plan: Plan,
    network: NetworkConfig,
    on_answer: Callable[[str, Evidence], None],
    recollection: Recollection | None = None,
) -> Crawl:
    """Ask about everything in the plan, and never raise for the world's sake.

    What earlier runs heard and still holds is not asked again, and what this one hears is remembered as it comes.
    ``on_answer`` is told once of each address that was to be asked, when no later look can change it; only the
    silence of a whole host and a resolver that finds nothing are judged after that. SIGINT, SIGTERM and the deadline
    end the run early: what was not heard by then is skipped. Raises OSError for a CA file that cannot be read.
    """
    begun = monotonic()
    async with Client(network, plan.anchors) as client:
        run = _Run(plan, client, on_answer, recollection)
        stop = await carry_out(run.all(network), network.deadline)
        if stop is not None:
            run.skip_rest(stop)
        assessment = assess(
            run.outcomes(),
            client.answered,
            run.control,
            resolves=client.resolves,
            impostors=run.impostors,
            silent=run.silent,
            sources=plan.first_sources,
        )
        run.forget_doubted(assessment)
        evidence = run.evidence(assessment)
        if plan.copies and stop is None and not assessment.no_way_out:
            left = None if network.deadline is None else network.deadline - (monotonic() - begun)
            evidence, stop = await with_copies(evidence, run.inquirer, network, left)
        return Crawl(
            evidence=evidence,
            sources=run.stats(evidence, assessment),
            complete=stop is None,
            no_way_out=assessment.no_way_out,
            interrupted_by=None if stop is None else stop.signal,
        )


class _Run:
    """What one run has heard so far."""

    def __init__(
        self,
        plan: Plan,
        client: Client,
        on_answer: Callable[[str, Evidence], None],
        recollection: Recollection | None,
    ) -> None:
        self._plan = plan
        self._client = client
        self._on_answer = on_answer
        self._recollection = recollection
        self._informants: tuple[Informant, ...] = tuple(source(client) for source in SOURCES)
        self.inquirer = Inquirer(self._informants, recollection, plan.quiet_months)
        self._sources = {source.name: source for source in self._informants if isinstance(source, Source)}
        self._heard: dict[Request, Evidence] = {}
        self._partly: dict[Request, Evidence] = {}
        self._told: set[Request] = set()
        self._confirming: frozenset[Request] = frozenset()
        self._heard_at = 0.0
        self._settled = False
        self._unconfirmed = 0
        self.control: Answer | None = None
        self.impostors: frozenset[str] = frozenset()
        self.silent: frozenset[str] = frozenset()

    async def all(self, network: NetworkConfig) -> None:
        """The first look at everything, late looks at what is worth one, follow-ups, the control address if need be."""
        async with asyncio.TaskGroup() as ahead:
            await self._ask_first(by_first_source(self._recall()), ahead)
            await self._look_again(2 * network.backoff)
        await self._look_again(2 * network.backoff)
        await self._investigate()
        outcomes = self.outcomes()
        self.silent = await silent_hosts(self._client, witnesses(outcomes, self._client.answered))
        if needs_control(outcomes, self._client.answered):
            self.control = await self._client.get(network.control_url, again=True)
        if needs_name(outcomes, resolves=self._client.resolves):
            await self._client.try_resolver(network.control_url)
        finals = {outcome.final_url or "" for outcome in outcomes.values() if outcome.status is not None}
        self.impostors = await impostors(self._client, finals - {""})

    async def _look_again(self, pause: float) -> None:
        """Late looks while any is worth it, so many seconds after the last answer; a time-out is a pause by itself."""
        while late := self._open():
            await asyncio.sleep(self._heard_at + pause - asyncio.get_running_loop().time())
            self._client.relent()
            await self._ask_all(by_last_source(late, self._heard), again=True)

    def _recall(self) -> list[Request]:
        """Hear what earlier runs heard and still holds; the rest in the order in which it is to be asked."""
        if self._recollection is None:
            return sorted(self._plan.requests, key=partial(importance, known={}))
        known, now = self._recollection.of_links(self._plan.requests), datetime.now(UTC)
        for request, evidence in known.items():
            if self._recollection.holds(evidence, now) and is_first_hand(request, evidence):
                self._heard[request] = evidence
                self._tell(request)
            elif self._recollection.holds(evidence, now):
                # Who knows most of it is asked once more; what was in his place is not, and stands until he tells.
                self._partly[request] = evidence
        ordered = sorted(self._plan.requests, key=partial(importance, known=known))
        return [replace(one, known=known[one]) if one in known else one for one in ordered if one not in self._heard]

    def forget_doubted(self, assessment: Assessment) -> None:
        """Let no later run believe what this one, now that it has seen all, does not."""
        if self._recollection is not None:
            self._recollection.forget_doubted(self._heard, assessment.outcomes)

    def _open(self) -> list[Request]:
        """What is worth another look, and has none under way; what was, and whose host wants peace, stands as it is."""
        left = [request for request in self._heard if request not in self._told and request not in self._confirming]
        for request in left:
            if not self._may_change(self._heard[request].outcome):
                self._tell(request)
        return [request for request in left if request not in self._told]

    def skip_rest(self, stop: Stop) -> None:
        """Settle what was not heard of; what only a late look was to change stands as it is.

        That a database does not know a paper is no word about it before its page was looked at.
        """
        skipped = Evidence(Outcome(stop.reason, detail=_LEFT[stop.reason]))
        for request in self._plan.requests:
            partly = self._partly.get(request, skipped)
            alive, whole = partly.outcome.verdict is Verdict.ALIVE, request in self._heard
            heard = self._heard.setdefault(request, partly if alive else skipped)
            absent = heard.outcome.verdict is Verdict.DEAD and heard.source != request.route[-1]
            if absent and request not in self._told:
                self._heard[request] = skipped
            self._tell(request, keep=whole)
        if not self._settled:
            self._settle(self.inquirer.answers)

    def outcomes(self) -> dict[str, Outcome]:
        """What is known of each address that was to be asked."""
        return outcomes_of(self._heard)

    def evidence(self, assessment: Assessment) -> dict[str, Evidence]:
        """The evidence of every address of the plan, in its order."""
        asked = assessed(self._heard, assessment.outcomes)
        return {address: asked.get(address) or self._plan.settled[address] for address in self._plan.addresses}

    def stats(self, evidence: Mapping[str, Evidence], assessment: Assessment) -> tuple[SourceStats, ...]:
        """The sources' own story, and what is to be said of them besides, be it of what earlier runs heard.

        Those that were asked nothing, and of which there is nothing to say, have none.
        """
        said = remarks(unverified(self._heard), self._unconfirmed, assessment.note, self.inquirer.unanswered)
        every = (informant.stats() for informant in self._informants)
        told = (one for one in every if one.asked or one.requests or one.follow_ups or one.name in said)
        return tuple(judged(stats, evidence.values(), said) for stats in told)

    async def _investigate(self) -> None:
        """One bounded round of follow-ups: what may excuse or confirm, and then what was meant where nothing does."""
        self._settle(await self.inquirer.put_first(self._heard))
        self._heard |= await self.inquirer.put_further(self._heard)

    def _settle(self, answers: Answers) -> None:
        self._unconfirmed = unconfirmed(self._heard, answers)
        for request, evidence in self._heard.items():
            self._heard[request] = with_answers(request, evidence, answers)
        self._settled = True

    async def _ask_first(self, batches: Mapping[str, Sequence[Request]], ahead: asyncio.TaskGroup) -> None:
        """The first look; what the answers of the APIs give rise to begins before it has come to its end."""
        async with asyncio.TaskGroup() as group:
            looks = {
                name: group.create_task(self._ask(name, batch, group, again=False)) for name, batch in batches.items()
            }
            apis = [look for name, look in looks.items() if name != Web.name]
            if apis:
                await asyncio.wait(apis)
                self._confirming = confirmable(self._heard, self._told, self._sources)
                ahead.create_task(self._ask_ahead())

    async def _ask_ahead(self) -> None:
        """What needs no late look, and what is asked about answers that stand: slow pages keep none of it waiting."""
        await self._ask_all(by_last_source(self._confirming, self._heard), again=True)
        self._confirming = frozenset()
        settled = {request: evidence for request, evidence in self._heard.items() if request in self._told}
        pending = frozenset(one.identity for one in self._plan.requests if one not in settled)
        await self.inquirer.put_ahead(settled, pending)

    async def _ask_all(self, batches: Mapping[str, Sequence[Request]], *, again: bool) -> None:
        async with asyncio.TaskGroup() as group:
            for name, batch in batches.items():
                group.create_task(self._ask(name, batch, group, again=again))

    async def _ask(self, name: str, requests: Sequence[Request], group: asyncio.TaskGroup, *, again: bool) -> None:
        """Put a batch to a source; where it is uncertain, the next on the route is asked at once."""
        async with aclosing(self._sources[name].lookup(requests, again=again)) as answers:
            async for request, answer in answers:
                if isinstance(answer, Handoff):
                    group.create_task(self._ask_elsewhere(request, answer, again=again))
                    continue
                if answer.outcome.verdict is Verdict.DEAD and is_remembered(self._partly.get(request)):
                    del self._partly[request]
                evidence = joined(self._partly.get(request), answer)
                following = next_source(request, name, evidence)
                if following is not None:
                    # What the next one says is the link's; an end of the run before that finds it unasked.
                    self._partly[request] = evidence
                    group.create_task(self._ask(following, (request,), group, again=again))
                else:
                    self._hear(request, evidence, again=again)

    async def _ask_elsewhere(self, request: Request, handoff: Handoff, *, again: bool) -> None:
        """Ask whoever answers for the address that a link's redirects led to, and those after it on its route."""
        there = handed_on(request, handoff)
        evidence: Evidence | None = None
        name: str | None = there.route[0]
        while name is not None:
            async with aclosing(self._sources[name].lookup((there,), again=again)) as answers:
                async for _, answer in answers:
                    if isinstance(answer, Evidence):
                        evidence = joined(evidence, answer)
            name = None if evidence is None else next_source(there, name, evidence)
        if evidence is None:
            raise AssertionError("each source answers each request")
        self._hear(request, arrived(handoff, evidence), again=again)

    def _hear(self, request: Request, evidence: Evidence, *, again: bool) -> None:
        """Keep what was heard of a link, and tell of it where no later look can change it."""
        before = self._heard.get(request) if again else None
        evidence = evidence if before is None else reheard(before, evidence)
        self._heard[request] = evidence
        if evidence.outcome.reason is not Reason.TIMEOUT:
            self._heard_at = asyncio.get_running_loop().time()
        if not (self._may_change(evidence.outcome) if before is None else is_news(before, evidence)):
            self._tell(request)

    def _may_change(self, outcome: Outcome) -> bool:
        """Whether a late look is worth it, and the host of the last answer did not ask for peace meanwhile."""
        return deserves_late_look(outcome) and not self._client.leaves_alone(outcome.final_url or "")

    def _tell(self, request: Request, *, keep: bool = True) -> None:
        """Tell of a link, and ``keep`` what was heard of it for later runs, unless somebody has still to be asked."""
        if request in self._told:
            return
        self._told.add(request)
        if keep and self._recollection is not None:
            self._recollection.keep_link(request, self._heard[request])
        for address in request.addresses:
            self._on_answer(address, about(self._heard[request], address))
