"""Puts further questions to whoever knows their kind, each once, save those that earlier runs were answered."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from datetime import UTC, datetime

from rlhf_linkcheck.crawl.inquiry import is_plain, known_papers, open_questions, wanted_papers, with_answers, with_meant
from rlhf_linkcheck.crawl.perusal import (
    by_identity,
    files_wanted,
    holders_wanted,
    in_order,
    open_usages,
    with_holders,
    with_writings,
)
from rlhf_linkcheck.crawl.recollection import Recollection
from rlhf_linkcheck.evidence import Evidence, Record
from rlhf_linkcheck.identity import Identity
from rlhf_linkcheck.sources.base import Answer, Answers, Informant, Question, Request, SecondOpinion, Usage, Writings

_AT_A_STRETCH = 16
"""Links about which is thought, at a millisecond each, before the answers that came meanwhile have their turn."""


class Inquirer:
    """What is asked in a run once there are first answers, and what was answered so far.

    Without ``quiet_months`` nobody is interested in what repositories say of themselves.
    """

    def __init__(
        self, informants: Sequence[Informant], recollection: Recollection | None, quiet_months: int | None
    ) -> None:
        self._informants = informants
        self._recollection = recollection
        self._quiet_months = quiet_months
        self.answers: dict[Question, Answer] = {}
        self._last: Sequence[Question] = ()

    async def put_first(self, heard: Mapping[Request, Evidence]) -> Answers:
        """What may excuse or confirm what was heard."""
        return await self._put(open_questions(heard))

    async def put_further(self, heard: Mapping[Request, Evidence]) -> dict[Request, Evidence]:
        """What was meant where nothing excuses, and what repositories say of themselves.

        The evidence with it of whatever it may be news about; most links of a long list lead to plain pages.
        """
        known = known_papers(heard)
        wanted_files = () if self._quiet_months is None else files_wanted(heard, self._quiet_months)
        answers = await self._put((*wanted_papers(heard, known), *wanted_files, *holders_wanted(heard)))
        meant = {
            request: with_meant(request, evidence, known, answers)
            for request, evidence in heard.items()
            if not is_plain(request, evidence)
        }
        return with_holders(with_writings(meant, answers, wanted_files), answers)

    def recall(self, questions: Sequence[Question]) -> Sequence[Question]:
        """Take up the last questions of a run: those that no earlier one was answered."""
        self._last = questions
        if self._recollection is not None:
            self.answers.update(self._recollection.of_questions(questions, datetime.now(UTC)))
        return [question for question in questions if question not in self.answers]

    async def put_singly(self, questions: Sequence[Question]) -> None:
        """Ask one after the other: wherever the run ends, what was answered by then is kept."""
        for question in questions:
            await self._put((question,))

    @property
    def unanswered(self) -> int:
        """How many of the last questions have no answer."""
        return sum(self.answers.get(question) is None for question in self._last)

    async def put_ahead(self, heard: Mapping[Request, Evidence], pending: frozenset[Identity]) -> None:
        """Ask what will be asked about these anyway, while others still keep the run waiting.

        Where something is ``pending`` that may tell enough, as the paper may whose code this is, nothing is asked yet;
        nor are second opinions, of which those about what is still to come would take one more question. Others are
        being waited for, whose time must not run out while it is found out what to ask.
        """
        first: dict[Question, None] = {}
        known = defaultdict[str, list[Record]](list)
        async for request, evidence in _unhurried(heard):
            first |= dict.fromkeys(open_questions({request: evidence}))
            for title, records in known_papers({request: evidence}).items():
                known[title] += records
        answers = await self._put([one for one in first if not (pending and isinstance(one, SecondOpinion))])
        told: dict[Request, Evidence] = {}
        meant: dict[Question, None] = {}
        async for request, evidence in _unhurried(heard):
            if pending.isdisjoint(_tell(request)):
                told[request] = with_answers(request, evidence, answers)
                meant |= dict.fromkeys(wanted_papers({request: told[request]}, known))
        await self._put((*meant, *await self._files_ahead(told), *holders_wanted(told)))

    async def _files_ahead(self, heard: Mapping[Request, Evidence]) -> tuple[Writings, ...]:
        """The files that will be read, found out in no hurry."""
        if self._quiet_months is None:
            return ()
        known, wanted = by_identity(heard), defaultdict[Identity, list[Usage]](list)
        async for request, evidence in _unhurried(heard):
            for repository, usages in open_usages({request: evidence}, known, self._quiet_months).items():
                wanted[repository] += usages
        return in_order(wanted)

    async def _put(self, questions: Sequence[Question]) -> Answers:
        """The answers, all informants at work at once; what is answered anew is remembered."""
        left = [question for question in questions if question not in self.answers]
        if self._recollection is not None:
            self.answers.update(self._recollection.of_questions(left, datetime.now(UTC)))
        async with asyncio.TaskGroup() as group:
            for informant in self._informants:
                own = [one for one in left if one not in self.answers and isinstance(one, informant.knows)]
                if own:
                    group.create_task(self._investigate(informant, own))
        return {question: self.answers[question] for question in questions if question in self.answers}

    async def _investigate(self, informant: Informant, questions: Sequence[Question]) -> None:
        """Ask one of them, and keep what it answers at once: the run may end before the others have answered."""
        told = await informant.investigate(questions)
        self.answers.update(told)
        if self._recollection is not None:
            self._recollection.keep_answers(told, datetime.now(UTC))


async def _unhurried(heard: Mapping[Request, Evidence]) -> AsyncIterator[tuple[Request, Evidence]]:
    """One after the other, with room for others in between."""
    for number, one in enumerate(heard.items(), 1):
        yield one
        if number % _AT_A_STRETCH == 0:
            await asyncio.sleep(0)


def _tell(request: Request) -> Iterator[Identity]:
    """All of which an answer may tell what would else be asked about a request's repository."""
    yield from (request.identity, request.identity.whole)
    yield from (use.main for use in request.uses)
