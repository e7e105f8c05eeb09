"""What one run has heard so far of each link, and what of it stands."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from rlhf_linkcheck.crawl.hearing import about, assessed, is_news, joined, next_source, outcomes_of, reheard
from rlhf_linkcheck.crawl.recollection import Recollection, importance, is_first_hand, is_remembered
from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, Verdict
from rlhf_linkcheck.plan import Plan
from rlhf_linkcheck.sources.base import Request
from rlhf_linkcheck.stop import Stop
from rlhf_linkcheck.verdicts.outage import Assessment
from rlhf_linkcheck.verdicts.second import deserves_late_look

_LEFT = {
    Reason.DEADLINE: "not asked: the run's deadline came first",
    Reason.INTERRUPTED: "not asked: the run was interrupted",
}


_UNHEARD = Evidence(Outcome(Reason.INTERRUPTED))
"""Stands for what nobody was asked about, until it is looked up."""


class Transcript:
    """The evidence about each request of a plan, as it comes; what no later look can change is told, and kept.

    ``may_change`` says of an address whether another look at it may still be had, ``waits_for_host`` whether its host
    has others that are waited for. ``heard`` is what was heard of each; ``confirming`` are those that have another look
    under way.
    """

    def __init__(
        self,
        plan: Plan,
        on_answer: Callable[[str, Evidence], None],
        recollection: Recollection | None,
        may_change: Callable[[str], bool],
        waits_for_host: Callable[[str], bool],
    ) -> None:
        self._plan = plan
        self._on_answer = on_answer
        self._recollection = recollection
        self._may_be_asked = may_change
        self._waits_for_host = waits_for_host
        self._partly: dict[Request, Evidence] = {}
        # Those that were not told of yet, in the order in which they were heard: few, where a list has many links.
        self._pending: dict[Request, None] = {}
        self.heard: dict[Request, Evidence] = {}
        self.confirming: frozenset[Request] = frozenset()
        self.heard_at = 0.0

    def recall(self) -> list[Request]:
        """Hear what earlier runs heard and still holds; the rest in the order in which it is to be asked."""
        if self._recollection is None:
            return sorted(self._plan.requests, key=partial(importance, known={}))
        known, now = self._recollection.of_links(self._plan.requests), datetime.now(UTC)
        for request, evidence in known.items():
            if self._recollection.holds(evidence, now) and is_first_hand(request, evidence):
                self._note(request, evidence)
                self._tell(request)
            elif self._recollection.holds(evidence, now):
                # Who knows most of it is asked once more; what was in his place is not, and stands until he tells.
                self._partly[request] = evidence
        ordered = sorted(self._plan.requests, key=partial(importance, known=known))
        return [replace(one, known=known[one]) if one in known else one for one in ordered if one not in self.heard]

    def take(self, request: Request, source: str, answer: Evidence, *, again: bool) -> str | None:
        """What a source said of a link; the next source to be asked about it, None where this is what was heard."""
        if answer.outcome.verdict is Verdict.DEAD and is_remembered(self._partly.get(request)):
            del self._partly[request]
        evidence = joined(self._partly.get(request), answer)
        following = next_source(request, source, evidence)
        if following is None:
            self.hear(request, evidence, again=again)
        else:
            # What the next one says is the link's; an end of the run before that finds it unasked.
            self._partly[request] = evidence
        return following

    def hear(self, request: Request, evidence: Evidence, *, again: bool) -> None:
        """Keep what was heard of a link, and tell of it where no later look can change it."""
        before = self.heard.get(request) if again else None
        evidence = evidence if before is None else reheard(before, evidence)
        self._note(request, evidence)
        if not _is_silent(evidence):
            self.heard_at = asyncio.get_running_loop().time()
        if not (self._may_change(evidence.outcome) if before is None else is_news(before, evidence)):
            self._tell(request)

    def _note(self, request: Request, evidence: Evidence) -> None:
        if request not in self.heard:
            self._pending[request] = None
        self.heard[request] = evidence

    def _may_change(self, outcome: Outcome) -> bool:
        """Whether a late look is worth it, and may be had of the host of the last answer."""
        return deserves_late_look(outcome) and self._may_be_asked(outcome.final_url or "")

    def _tell(self, request: Request, *, keep: bool = True) -> None:
        """Tell of a link, and ``keep`` what was heard of it for later runs, unless somebody has still to be asked."""
        if request not in self._pending:
            return
        del self._pending[request]
        if keep and self._recollection is not None:
            self._recollection.keep_link(request, self.heard[request])
        for address in request.addresses:
            self._on_answer(address, about(self.heard[request], address))

    def open(self) -> list[Request]:
        """What is worth another look, and has none under way; what was, and whose host wants peace, stands as it is.

        Who is silent is left out while others of the host's links are waited for.
        """
        left = [request for request in self._pending if request not in self.confirming]
        for request in left:
            if not self._may_change(self.heard[request].outcome):
                self._tell(request)
        return [request for request in left if request in self._pending and not self._is_waited_for(request)]

    def _is_waited_for(self, request: Request) -> bool:
        evidence = self.heard[request]
        return _is_silent(evidence) and self._waits_for_host(evidence.outcome.final_url or "")

    def settled(self) -> dict[Request, Evidence]:
        """What no later look can change."""
        return {request: evidence for request, evidence in self.heard.items() if request not in self._pending}

    def pending(self) -> dict[Request, Evidence]:
        """What was heard, and may still be heard otherwise."""
        return {request: self.heard[request] for request in self._pending}

    def skip_rest(self, stop: Stop) -> None:
        """Settle what was not heard of; what only a late look was to change stands as it is.

        That a database does not know a paper is no word about it before its page was looked at.
        """
        skipped = Evidence(Outcome(stop.reason, detail=_LEFT[stop.reason]))
        for request in self._plan.requests:
            partly = self._partly.get(request, skipped)
            alive, whole = partly.outcome.verdict is Verdict.ALIVE, request in self.heard
            if not whole:
                self._note(request, partly if alive else skipped)
            heard = self.heard[request]
            absent = heard.outcome.verdict is Verdict.DEAD and heard.source != request.route[-1]
            if absent and request in self._pending:
                self.heard[request] = skipped
            self._tell(request, keep=whole)

    def outcomes(self) -> dict[str, Outcome]:
        """What is known of each address that was to be asked."""
        return outcomes_of(self.heard)

    def evidence(self, assessment: Assessment) -> dict[str, Evidence]:
        """The evidence of every address of the plan, in its order."""
        found = dict.fromkeys(self._plan.addresses, _UNHEARD)  # in their order, and there is but one such dict
        found.update(assessed(self.heard, assessment.outcomes))
        for address, evidence in found.items():
            if evidence is _UNHEARD:
                found[address] = self._plan.settled[address]
        return found

    def forget_doubted(self, assessment: Assessment) -> None:
        """Let no later run believe what this one, now that it has seen all, does not."""
        if self._recollection is not None:
            self._recollection.forget_doubted(self.heard, assessment.outcomes)


def _is_silent(evidence: Evidence) -> bool:
    return evidence.outcome.reason is Reason.TIMEOUT
