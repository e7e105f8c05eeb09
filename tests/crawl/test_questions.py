"""Further questions: who is asked what, and what of the answers later runs know."""

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

import pytest
from crawling import request
from records import TITLE, record
from remembering import memory_in
from repositories import HOME, repository, there

from rlhf_linkcheck.crawl.questions import Inquirer
from rlhf_linkcheck.crawl.recollection import Recollection
from rlhf_linkcheck.evidence import SourceStats
from rlhf_linkcheck.identity import ROUTES, Identity, identify
from rlhf_linkcheck.matching.papers import Claim
from rlhf_linkcheck.sources.base import (
    Answers,
    Informant,
    Meant,
    Question,
    Request,
    SecondOpinion,
    Usage,
    Use,
    Writings,
)

PAPER = SecondOpinion(identify("arxiv:2203.02155"))
KNOWN, UNKNOWN, UNASKABLE = Meant("Known"), Meant("Unknown"), Meant("Unaskable")
FOUND = (record(),)
CODE, PAGE = identify(HOME), identify("https://a.example/paper")


class Titles(Informant):
    """Knows of one title; of another nobody could ask."""

    name: ClassVar[str] = "titles"
    knows: ClassVar[tuple[type, ...]] = (Meant,)

    def __init__(self) -> None:
        self.asked: list[Question] = []

    async def investigate(self, questions: Sequence[Question]) -> Answers:
        self.asked += questions
        answers = {KNOWN: FOUND, UNKNOWN: (), UNASKABLE: None}
        return {one: answers[one] for one in questions if isinstance(one, Meant)}

    def stats(self) -> SourceStats:
        return SourceStats(self.name)


class Slow(Titles):
    """Never comes to an end."""

    knows = (SecondOpinion,)

    async def investigate(self, questions: Sequence[Question]) -> Answers:
        self.asked += questions
        await asyncio.Event().wait()
        raise AssertionError


async def put(questions: Sequence[Question], informants: Sequence[Informant], memory: Recollection | None) -> Answers:
    """What a run is answered to these."""
    return await Inquirer(informants, memory, None)._put(questions)


async def test_each_is_asked_what_it_knows_and_nobody_what_was_answered_before(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    questions = (KNOWN, UNKNOWN, UNASKABLE)
    everything = {KNOWN: FOUND, UNKNOWN: (), UNASKABLE: None}
    first, second = Titles(), Titles()
    with memory_in(path) as memory:
        assert await put((*questions, PAPER), [first], memory) == everything
    with memory_in(path) as memory:
        assert await put((*questions, PAPER), [second], memory) == everything
    assert (first.asked, second.asked) == ([*questions], [UNASKABLE])


class Readmes(Titles):
    """Reads any README."""

    knows = (Writings,)

    async def investigate(self, questions: Sequence[Question]) -> Answers:
        self.asked += questions
        return dict.fromkeys(questions, ())


PAPERS_CODE = Request(CODE, (HOME,), ROUTES[CODE.kind], uses=(Use(Usage.OFFICIAL_CODE, Claim(TITLE), PAGE),))


@pytest.mark.parametrize(
    ("pending", "asked"), [({PAGE}, []), ({CODE}, []), ({PAPER.paper}, [Writings(CODE)]), (set(), [Writings(CODE)])]
)
async def test_nothing_is_asked_ahead_that_what_is_still_to_come_may_tell(
    pending: set[Identity], asked: list[Question]
) -> None:
    readmes = Readmes()
    await Inquirer([readmes], None, 12).put_ahead({PAPERS_CODE: there(repository())}, frozenset(pending))
    assert readmes.asked == asked


async def test_while_it_is_found_out_what_to_ask_ahead_answers_have_their_turn() -> None:
    """A millisecond for each of ten thousand papers is more than the time in which a quick host is to answer."""
    heard = {request(f"https://a.example/{n}"): there(repository()) for n in range(160)}
    ahead = asyncio.create_task(Inquirer([], None, 12).put_ahead(heard, frozenset()))
    turns = 0
    while not ahead.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns >= 3 * 160 / 16, "naively one; what excuses, what was meant, and what is to be read"


async def test_without_memory_all_is_asked() -> None:
    titles = Titles()
    for _ in range(2):
        assert await put((KNOWN,), [titles], None) == {KNOWN: FOUND}
    assert titles.asked == [KNOWN, KNOWN]


async def test_who_has_answered_is_remembered_though_the_run_ends_before_the_others_have(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    titles, slow = Titles(), Slow()
    with memory_in(path) as memory, pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await put((KNOWN, PAPER), [slow, titles], memory)
    assert (titles.asked, slow.asked) == ([KNOWN], [PAPER])
    later = Titles()
    with memory_in(path) as memory:
        assert await put((KNOWN,), [later], memory) == {KNOWN: FOUND}
    assert later.asked == []


async def test_of_plain_pages_there_is_no_news() -> None:
    page, code = request("https://a.example/page"), request(HOME)
    told = await Inquirer((), None, 12).put_further({page: there(None), code: there(repository())})
    assert told == {code: there(repository())}


async def test_a_file_that_nobody_could_read_is_known_to_be_unread() -> None:
    told = await Inquirer((), None, 12).put_further({PAPERS_CODE: there(repository(), read=False)})
    assert told[PAPERS_CODE].unread
