"""Plan to evidence: one task group, one batch a source, and a late second look at what stayed uncertain."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from time import monotonic

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.crawl.copies import with_copies
from rlhf_linkcheck.crawl.hearing import (
    arrived,
    by_first_source,
    by_last_source,
    confirmable,
    handed_on,
    joined,
    judged,
    next_source,
)
from rlhf_linkcheck.crawl.inquiry import unconfirmed, unverified, with_answers
from rlhf_linkcheck.crawl.questions import Inquirer
from rlhf_linkcheck.crawl.recollection import Recollection
from rlhf_linkcheck.crawl.remarks import remarks
from rlhf_linkcheck.crawl.transcript import Transcript
from rlhf_linkcheck.evidence import Crawl, Evidence, SourceStats
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.plan import Plan
from rlhf_linkcheck.sources.base import Answers, Handoff, Informant, Request, Source
from rlhf_linkcheck.sources.registry import SOURCES
from rlhf_linkcheck.sources.unmasking import impostors
from rlhf_linkcheck.sources.web import Web
from rlhf_linkcheck.sources.witness import silent_hosts
from rlhf_linkcheck.stop import Stop, carry_out
from rlhf_linkcheck.verdicts.outage import Assessment, assess, needs_control, needs_name, witnesses


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
            run.transcript.outcomes(),
            client.answered,
            run.control,
            resolves=client.resolves,
            impostors=run.impostors,
            silent=run.silent,
            sources=plan.first_sources,
        )
        run.transcript.forget_doubted(assessment)
        evidence = run.transcript.evidence(assessment)
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
    """Who is asked what, and when; what they say is in the transcript."""

    def __init__(
        self,
        plan: Plan,
        client: Client,
        on_answer: Callable[[str, Evidence], None],
        recollection: Recollection | None,
    ) -> None:
        self._plan = plan
        self._client = client
        self.transcript = Transcript(plan, on_answer, recollection, client.may_change, client.waits_for_host)
        self._informants: tuple[Informant, ...] = tuple(source(client) for source in SOURCES)
        self.inquirer = Inquirer(self._informants, recollection, plan.quiet_months)
        self._sources = {source.name: source for source in self._informants if isinstance(source, Source)}
        self._settled = False
        self._unconfirmed = 0
        self.control: Answer | None = None
        self.impostors: frozenset[str] = frozenset()
        self.silent: frozenset[str] = frozenset()

    async def all(self, network: NetworkConfig) -> None:
        """The first look at everything, late looks at what is worth one, follow-ups, the control address if need be."""
        async with asyncio.TaskGroup() as ahead:
            first = ahead.create_task(self._ask_first(by_first_source(self.transcript.recall()), ahead))
            first.add_done_callback(lambda _: self._client.lull.come())
            await self._client.lull.comes()
            await self._look_again(2 * network.backoff)
            await first
            await self._look_again(2 * network.backoff)
        await self._look_again(2 * network.backoff)
        await self._investigate()
        outcomes = self.transcript.outcomes()
        self.silent = await silent_hosts(self._client, witnesses(outcomes, self._client.answered))
        if needs_control(outcomes, self._client.answered):
            self.control = await self._client.get(network.control_url, again=True)
        if needs_name(outcomes, resolves=self._client.resolves):
            await self._client.try_resolver(network.control_url)
        self.impostors = await impostors(self._client, outcomes.values())

    async def _look_again(self, pause: float) -> None:
        """Late looks while any is worth it, so many seconds after the last answer; a time-out is a pause by itself."""
        while late := self.transcript.open():
            await asyncio.sleep(self.transcript.heard_at + pause - asyncio.get_running_loop().time())
            self._client.relent()
            await self._ask_all(by_last_source(late, self.transcript.heard), again=True)

    def skip_rest(self, stop: Stop) -> None:
        """Settle what a run that ends early leaves open."""
        self.transcript.skip_rest(stop)
        if not self._settled:
            self._settle(self.inquirer.answers)

    def stats(self, evidence: Mapping[str, Evidence], assessment: Assessment) -> tuple[SourceStats, ...]:
        """The sources' own story, and what is to be said of them besides, be it of what earlier runs heard.

        Those that were asked nothing, and of which there is nothing to say, have none.
        """
        said = remarks(unverified(self.transcript.heard), self._unconfirmed, assessment.note, self.inquirer.unanswered)
        every = (informant.stats() for informant in self._informants)
        told = (one for one in every if one.asked or one.requests or one.follow_ups or one.name in said)
        return tuple(judged(stats, evidence.values(), said) for stats in told)

    async def _investigate(self) -> None:
        """One bounded round of follow-ups: what may excuse or confirm, and then what was meant where nothing does."""
        self._settle(await self.inquirer.put_first(self.transcript.heard))
        self.transcript.heard |= await self.inquirer.put_further(self.transcript.heard)

    def _settle(self, answers: Answers) -> None:
        self._unconfirmed = unconfirmed(self.transcript.heard, answers)
        for request, evidence in self.transcript.heard.items():
            self.transcript.heard[request] = with_answers(request, evidence, answers)
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
                self.transcript.confirming = confirmable(self.transcript.pending(), self._sources)
                ahead.create_task(self._ask_ahead())

    async def _ask_ahead(self) -> None:
        """What needs no late look, and what is asked about answers that stand: slow pages keep none of it waiting."""
        await self._ask_all(by_last_source(self.transcript.confirming, self.transcript.heard), again=True)
        self.transcript.confirming = frozenset()
        settled = self.transcript.settled()
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
                following = self.transcript.take(request, name, answer, again=again)
                if following is not None:
                    group.create_task(self._ask(following, (request,), group, again=again))

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
        self.transcript.hear(request, arrived(handoff, evidence), again=again)
