"""Plan to evidence: one task group, one batch a source, and a late second look at what stayed uncertain."""

import asyncio
import signal
import sys
import threading
from collections import defaultdict
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from contextlib import aclosing, contextmanager
from dataclasses import dataclass, replace
from time import monotonic
from types import FrameType
from urllib.parse import urldefrag

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.content.fragments import anchors_for, needs_anchor
from rlhf_linkcheck.evidence import Crawl, Evidence, Outcome, Reason, SourceStats, Verdict
from rlhf_linkcheck.net.address import inherit_fragment
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.plan import Plan
from rlhf_linkcheck.sources.base import Request, Source
from rlhf_linkcheck.sources.registry import SOURCES
from rlhf_linkcheck.sources.unmasking import impostors
from rlhf_linkcheck.verdicts.outage import Assessment, assess, needs_control, needs_name
from rlhf_linkcheck.verdicts.second import PROVABLE, deserves_late_look

_TOLD = (Verdict.ALIVE, Verdict.DEAD)
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_DOUBLE_PRESS = 1.0
_Handler = Callable[[int, FrameType | None], object] | int


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a run ended before its time: the reason for what is left, and the signal, if it was one."""

    reason: Reason
    signal: int | None = None


_LEFT = {
    Reason.DEADLINE: "not asked: the run's deadline came first",
    Reason.INTERRUPTED: "not asked: the run was interrupted",
}


async def fetch(plan: Plan, network: NetworkConfig, on_answer: Callable[[str, Evidence], None]) -> Crawl:
    """Ask about everything in the plan, and never raise for the world's sake.

    ``on_answer`` is told once of each address that was to be asked, when no later look can change
    it; only the silence of a whole host and a resolver that finds nothing are judged after that.
    SIGINT, SIGTERM and the deadline end the run early: what was not heard by then is skipped. Raises
    OSError for a CA file that cannot be read.
    """
    async with Client(network, _anchors(plan.addresses)) as client:
        run = _Run(plan, client, on_answer)
        stop = await _carry_out(run.all(network), network.deadline)
        if stop is not None:
            run.skip_rest(stop)
        assessment = assess(
            run.outcomes(), client.answered, run.control, resolves=client.resolves, impostors=run.impostors
        )
        evidence = run.evidence(assessment)
        return Crawl(
            evidence=evidence,
            sources=tuple(_judged(stats, evidence.values(), assessment.note) for stats in run.stats()),
            complete=stop is None,
            no_way_out=assessment.no_way_out,
            interrupted_by=None if stop is None else stop.signal,
        )


class _Run:
    """What one run has heard so far."""

    def __init__(self, plan: Plan, client: Client, on_answer: Callable[[str, Evidence], None]) -> None:
        self._plan = plan
        self._client = client
        self._on_answer = on_answer
        self._sources: dict[str, Source] = {source.name: source(client) for source in SOURCES}
        self._heard: dict[Request, Evidence] = {}
        self._told: set[Request] = set()
        self.control: Answer | None = None
        self.impostors: frozenset[str] = frozenset()

    async def all(self, network: NetworkConfig) -> None:
        """The first look at everything, late looks at what is worth one, and the control address if need be."""
        await self._ask_all(_by_source(self._plan.requests, first=True), again=False)
        while late := self._open():
            await asyncio.sleep(2 * network.backoff)
            await self._client.relent()
            await self._ask_all(_by_source(late, first=False), again=True)
        if needs_control(self.outcomes(), self._client.answered):
            self.control = await self._client.get(network.control_url, again=True)
        if needs_name(self.outcomes(), resolves=self._client.resolves):
            await self._client.try_resolver(network.control_url)
        finals = {outcome.final_url for outcome in self.outcomes().values() if outcome.status is not None}
        self.impostors = await impostors(self._client, (final for final in finals if final))

    def _open(self) -> list[Request]:
        """What is worth another look; what was, and whose host has asked for peace meanwhile, stands as it is."""
        for request in self._heard.keys() - self._told:
            if not self._may_change(self._heard[request].outcome):
                self._tell(request)
        return [request for request in self._heard if request not in self._told]

    def skip_rest(self, stop: Stop) -> None:
        """Settle what was not heard of; what only a late look was to change stands as it is."""
        skipped = Evidence(Outcome(stop.reason, detail=_LEFT[stop.reason]))
        for request in self._plan.requests:
            self._heard.setdefault(request, skipped)
            self._tell(request)

    def outcomes(self) -> dict[str, Outcome]:
        """What is known of each address that was to be asked."""
        return {
            address: _about(evidence, address).outcome
            for request, evidence in self._heard.items()
            for address in request.addresses
        }

    def evidence(self, assessment: Assessment) -> dict[str, Evidence]:
        """The evidence of every address of the plan, in its order."""
        asked = {
            address: replace(_about(evidence, address), outcome=assessment.outcomes[address])
            for request, evidence in self._heard.items()
            for address in request.addresses
        }
        return {address: asked.get(address) or self._plan.settled[address] for address in self._plan.addresses}

    def stats(self) -> tuple[SourceStats, ...]:
        """The sources' own story; those that were asked nothing have none."""
        every = (source.stats() for source in self._sources.values())
        return tuple(stats for stats in every if stats.asked)

    async def _ask_all(self, batches: Mapping[str, Sequence[Request]], *, again: bool) -> None:
        async with asyncio.TaskGroup() as group:
            for name, batch in batches.items():
                group.create_task(self._ask(name, batch, group, again=again))

    async def _ask(self, name: str, requests: Sequence[Request], group: asyncio.TaskGroup, *, again: bool) -> None:
        """Put a batch to a source; where it is uncertain, the next on the route is asked at once."""
        async with aclosing(self._sources[name].lookup(requests, again=again)) as answers:
            async for request, evidence in answers:
                before = self._heard.get(request) if again else None
                self._heard[request] = evidence
                following = _next_source(request, name, evidence)
                if following is not None:
                    group.create_task(self._ask(following, (request,), group, again=again))
                elif not (self._may_change(evidence.outcome) if before is None else _is_news(before, evidence)):
                    self._tell(request)

    def _may_change(self, outcome: Outcome) -> bool:
        """Whether a late look is worth it, and the host of the last answer did not ask for peace meanwhile."""
        return deserves_late_look(outcome) and not self._client.leaves_alone(outcome.final_url or "")

    def _tell(self, request: Request) -> None:
        if request in self._told:
            return
        self._told.add(request)
        for address in request.addresses:
            self._on_answer(address, _about(self._heard[request], address))


async def _carry_out(work: Coroutine[None, None, None], deadline: float | None) -> Stop | None:
    """Do the work to its end, or to a signal, or to the deadline (seconds); the rest of it is cancelled."""
    task = asyncio.create_task(work)
    signals: list[int] = []

    def interrupt(number: int) -> None:
        signals.append(number)
        task.cancel()

    try:
        with _signals_to(interrupt):
            async with asyncio.timeout(deadline):
                await task
    except TimeoutError:
        return Stop(Reason.DEADLINE)
    except asyncio.CancelledError:
        if not signals:
            raise
        return Stop(Reason.INTERRUPTED, signals[0])
    return None


@contextmanager
def _signals_to(handle: Callable[[int], None]) -> Iterator[None]:
    """Hand the first SIGINT or SIGTERM to ``handle``; a second later they do again what they did before.

    What comes within that second is a nervous double press, and must not cost the report: it is
    ignored, also where the run has ended meanwhile.
    Only the main thread can have signals, and on Windows no event loop can.
    """
    if threading.current_thread() is not threading.main_thread() or sys.platform == "win32":
        yield
        return
    loop = asyncio.get_running_loop()
    before = {number: signal.getsignal(number) or signal.SIG_DFL for number in _SIGNALS}

    came = False

    def hand_over(handlers: Mapping[signal.Signals, _Handler]) -> None:
        for number, handler in handlers.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)

    def once(number: int) -> None:
        nonlocal came
        came = True
        hand_over(dict.fromkeys(_SIGNALS, _after_double_press(before, monotonic())))
        handle(number)

    for number in _SIGNALS:
        loop.add_signal_handler(number, once, number)
    try:
        yield
    finally:
        if not came:
            hand_over(before)


def _after_double_press(before: Mapping[signal.Signals, _Handler], first: float) -> _Handler:
    """A handler that ignores what comes soon after the ``first`` signal, and gives all else to those of before."""

    def handler(number: int, _: FrameType | None) -> None:
        if monotonic() - first < _DOUBLE_PRESS:
            return
        for known, earlier in before.items():
            signal.signal(known, earlier)
        signal.raise_signal(number)

    return handler


def _by_source(requests: Iterable[Request], *, first: bool) -> dict[str, list[Request]]:
    """The requests by the first, or the last, source on their routes."""
    batches: defaultdict[str, list[Request]] = defaultdict(list)
    for request in requests:
        batches[request.route[0 if first else -1]].append(request)
    return dict(batches)


def _next_source(request: Request, name: str, evidence: Evidence) -> str | None:
    """Who is to be asked after this source, where it was uncertain and not the last."""
    following = request.route[request.route.index(name) + 1 :]
    return following[0] if following and evidence.outcome.verdict is Verdict.UNCERTAIN else None


def _is_news(before: Evidence, now: Evidence) -> bool:
    """Whether a late look was the first to find a link dead, which takes one look more."""
    return now.outcome.reason in PROVABLE and before.outcome.reason not in PROVABLE


def _anchors(addresses: Iterable[str]) -> frozenset[str]:
    """All that an anchor may be called which any of these addresses means."""
    fragments = (urldefrag(address).fragment for address in addresses)
    return frozenset(name for fragment in fragments if needs_anchor(fragment) for name in anchors_for(fragment))


def _about(evidence: Evidence, address: str) -> Evidence:
    """The evidence of a shared request as it is for one address: redirects inherit its fragment (RFC 9110 §10.2.2)."""
    fragment = urldefrag(address).fragment
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


def _judged(stats: SourceStats, evidence: Iterable[Evidence], note: str) -> SourceStats:
    """A source's story with the links that it told alive or dead, and the web's with what could not be checked."""
    answered = sum(one.source == stats.name and one.outcome.verdict in _TOLD for one in evidence)
    return replace(stats, answered=answered, note=note if note and stats.name == "web" else stats.note)
