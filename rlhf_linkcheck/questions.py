"""Puts further questions to whoever knows their kind, each once, save those that earlier runs were answered."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from rlhf_linkcheck.evidence import Evidence, Record
from rlhf_linkcheck.inquiry import known_papers, open_questions, wanted_papers, with_answers, with_meant
from rlhf_linkcheck.perusal import files_wanted, holders_wanted, with_holders, with_writings
from rlhf_linkcheck.recollection import Recollection
from rlhf_linkcheck.repository import Repository, Text
from rlhf_linkcheck.sources.base import Answers, Informant, Question, Request


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
        self.answers: dict[Question, tuple[Record | Text | Repository, ...] | None] = {}

    async def put_first(self, heard: Mapping[Request, Evidence]) -> Answers:
        """What may excuse or confirm what was heard."""
        return await self._put(open_questions(heard))

    async def put_further(self, heard: Mapping[Request, Evidence]) -> dict[Request, Evidence]:
        """What was meant where nothing excuses, and what repositories say of themselves; the evidence with it."""
        wanted_files = () if self._quiet_months is None else files_wanted(heard, self._quiet_months)
        answers = await self._put((*wanted_papers(heard), *wanted_files, *holders_wanted(heard)))
        known = known_papers(heard)
        meant = {request: with_meant(request, evidence, known, answers) for request, evidence in heard.items()}
        return with_holders(with_writings(meant, answers), answers)

    async def put_ahead(self, heard: Mapping[Request, Evidence]) -> None:
        """Ask what will be asked about these anyway, while others still keep the run waiting."""
        answers = await self.put_first(heard)
        await self.put_further({request: with_answers(request, one, answers) for request, one in heard.items()})

    async def _put(self, questions: Sequence[Question]) -> Answers:
        """The answers, all informants at work at once; what is answered anew is remembered."""
        left = [question for question in questions if question not in self.answers]
        if self._recollection is not None:
            self.answers.update(self._recollection.of_questions(left, datetime.now(UTC)))
        tasks: list[asyncio.Task[Answers]] = []
        async with asyncio.TaskGroup() as group:
            for informant in self._informants:
                own = [one for one in left if one not in self.answers and isinstance(one, informant.knows)]
                if own:
                    tasks.append(group.create_task(informant.investigate(own)))
        told = {question: answer for task in tasks for question, answer in task.result().items()}
        if self._recollection is not None:
            self._recollection.keep_answers(told, datetime.now(UTC))
        self.answers.update(told)
        return {question: self.answers[question] for question in questions if question in self.answers}
