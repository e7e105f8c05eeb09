"""Puts further questions to whoever knows their kind, save those that earlier runs were answered."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from rlhf_linkcheck.recollection import Recollection
from rlhf_linkcheck.sources.base import NO_ANSWERS, Answers, Informant, Question


async def put(
    questions: Sequence[Question], informants: Iterable[Informant], recollection: Recollection | None
) -> Answers:
    """The answers, all informants at work at once; what is answered anew is remembered."""
    known = recollection.of_questions(questions, datetime.now(UTC)) if recollection else NO_ANSWERS
    tasks: list[asyncio.Task[Answers]] = []
    async with asyncio.TaskGroup() as group:
        for informant in informants:
            own = [one for one in questions if one not in known and isinstance(one, informant.knows)]
            if own:
                tasks.append(group.create_task(_investigated(informant, own, recollection)))
    answers = {question: answer for task in tasks for question, answer in task.result().items()}
    return {**known, **answers}


async def _investigated(
    informant: Informant, questions: Sequence[Question], recollection: Recollection | None
) -> Answers:
    """What one of them answers, remembered at once: the run may end before the others have answered."""
    answers = await informant.investigate(questions)
    if recollection:
        recollection.keep_answers(answers, datetime.now(UTC))
    return answers
