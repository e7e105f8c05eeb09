"""What of earlier runs a run may use: which answers still hold, and what is asked first."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from builders import NOON
from lookups import asked
from records import record
from remembering import DAY, NETWORK, heard, memory_in
from repositories import repository

from rlhf_linkcheck.crawl.recollection import importance, recollecting
from rlhf_linkcheck.evidence import Archived, Evidence, Outcome, Reason
from rlhf_linkcheck.identity import identify
from rlhf_linkcheck.matching.papers import Claim
from rlhf_linkcheck.repository import Text
from rlhf_linkcheck.sources.base import (
    Holder,
    LastCopy,
    Meant,
    OlderVersions,
    Publication,
    Question,
    Request,
    SecondOpinion,
    Usage,
    Use,
    Withdrawal,
    Writings,
)

MOMENT = timedelta(microseconds=1)
LINK = asked("https://a.example/page")
PAPER = identify("arxiv:2203.02155")
TOLD = record(version=2, withdrawn="by its authors")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite3"


def recalled(path: Path, *requests: Request) -> dict[Request, Evidence]:
    with memory_in(path) as later:
        return later.of_links(requests)


@pytest.mark.parametrize("reason", Reason)
def test_only_what_was_alive_is_recalled(path: Path, reason: Reason) -> None:
    with memory_in(path) as first:
        first.keep_link(LINK, heard(reason))
    alive = Outcome(Reason.OK, 200, attempts=1, checked_at=NOON, from_cache=True)
    known = {LINK: Evidence(alive, "web")} if reason is Reason.OK else {}
    assert recalled(path, LINK) == known


@pytest.mark.parametrize(
    ("evidence", "kept"),
    [
        (heard(Reason.NOT_FOUND), False),
        (heard(Reason.TIMEOUT), False),
        (heard(Reason.DEADLINE), True),
        (heard(Reason.INTERRUPTED, checked_at=None), True),
        (heard(Reason.NOT_FOUND, checked_at=None), True),
        (heard(Reason.NOT_FOUND, from_cache=True), True),
    ],
)
def test_what_was_not_asked_in_the_end_leaves_the_memory_as_it_was(path: Path, evidence: Evidence, kept: bool) -> None:
    with memory_in(path) as first:
        first.keep_link(LINK, heard())
    with memory_in(path) as second:
        second.keep_link(LINK, replace(evidence, outcome=_later(evidence.outcome)))
    assert (LINK in recalled(path, LINK)) is kept


def _later(outcome: Outcome) -> Outcome:
    return replace(outcome, checked_at=outcome.checked_at and outcome.checked_at + DAY / 2)


@pytest.mark.parametrize(
    ("age", "max_age", "holds"),
    [
        (timedelta(), DAY, True),
        (DAY - MOMENT, DAY, True),
        (DAY, DAY, False),
        (DAY + MOMENT, DAY, False),
        (-MOMENT, DAY, False),  # a clock that went back
        (-DAY, DAY, False),
        (timedelta(), timedelta(), False),
        (-MOMENT, timedelta(), False),
        (timedelta(), MOMENT, True),
        (MOMENT, MOMENT, False),
        (3650 * DAY - MOMENT, 3650 * DAY, True),
    ],
)
def test_an_answer_holds_until_its_age_and_never_before_it_was_heard(
    path: Path, age: timedelta, max_age: timedelta, holds: bool
) -> None:
    with memory_in(path, max_age=max_age) as own:
        assert own.holds(heard(), NOON + age) is holds
        assert not own.holds(heard(checked_at=None), NOON + age)


def test_of_what_is_to_be_known_no_more_nothing_is_recalled(path: Path) -> None:
    other = asked("https://b.example/")
    with memory_in(path) as first:
        first.keep_link(LINK, heard())
        first.keep_link(other, heard())
        first.forget([LINK])
    assert recalled(path, LINK, other).keys() == {other}


QUESTIONS: dict[Question, timedelta] = {
    OlderVersions(PAPER, 2): 30 * DAY,
    Publication(identify("doi:10.1/x")): 7 * DAY,
    SecondOpinion(PAPER): 7 * DAY,
    Meant("A title"): 7 * DAY,
    Writings(identify("https://github.com/a/b")): 7 * DAY,
    Withdrawal(PAPER, TOLD): DAY,
    Holder(identify("https://github.com/a/b")): DAY,
}
ANSWER = (record(), Text("README.md", "# Name\n"), repository())
COPY = (Archived("https://web.archive.org/web/20240506070809/https://a.example/", NOON),)


@pytest.mark.parametrize(("question", "age"), QUESTIONS.items(), ids=[type(one).__name__ for one in QUESTIONS])
@pytest.mark.parametrize("max_age", [timedelta(), timedelta(hours=1), DAY, 100 * DAY], ids=str)
def test_each_kind_of_answer_has_an_age_of_its_own_and_that_there_is_none_the_links(
    path: Path, question: Question, age: timedelta, max_age: timedelta
) -> None:
    with memory_in(path) as first:
        first.keep_answers({question: ANSWER, Meant("Of nobody"): ()}, NOON)
    longest = max(age, max_age) if max_age else timedelta()
    both = [question, Meant("Of nobody")]
    with memory_in(path, max_age=max_age) as later:
        for passed in (timedelta(), max_age - MOMENT, max_age, longest - MOMENT, longest, -MOMENT):
            wanted: dict[Question, object] = {}
            if timedelta() <= passed < longest:
                wanted[question] = ANSWER
            if timedelta() <= passed < max_age:
                wanted[both[1]] = ()
            assert later.of_questions(both, NOON + passed) == wanted


@pytest.mark.parametrize(("answer", "age"), [(COPY, 30 * DAY), ((), DAY)], ids=["a copy", "none"])
@pytest.mark.parametrize("max_age", [timedelta(), DAY / 2, 100 * DAY], ids=str)
def test_a_copy_holds_also_where_all_else_is_asked_anew(
    path: Path, answer: tuple[Archived, ...], age: timedelta, max_age: timedelta
) -> None:
    question, other = LastCopy("https://a.example/"), LastCopy("https://a.example/other")
    with memory_in(path) as first:
        first.keep_answers({question: answer, other: None}, NOON)
    with memory_in(path, max_age=max_age) as later:
        told = [later.of_questions([question, other], NOON + passed) for passed in (timedelta(), age - MOMENT)]
        assert told == [{question: answer}] * 2
        assert [later.of_questions([question], NOON + passed) for passed in (age, -MOMENT)] == [{}, {}]


def test_what_could_not_be_asked_is_no_answer(path: Path) -> None:
    question = SecondOpinion(PAPER)
    with memory_in(path) as first:
        first.keep_answers({question: ANSWER[:1]}, NOON)
        first.keep_answers({question: None}, NOON + DAY / 2)
    with memory_in(path) as later:
        assert later.of_questions([question], NOON + DAY) == {question: ANSWER[:1]}


def test_what_was_never_found_alive_is_asked_first_and_of_that_what_entries_are_about() -> None:
    claim = Claim("A title")
    use = Use(Usage.CODEBASE, claim, PAPER)
    known, used, claimed = (asked(f"https://a.example/{name}") for name in ("known", "used", "claimed"))
    every = [known, LINK, replace(used, uses=(use,)), replace(claimed, claims=(claim,))]
    ordered = sorted(every, key=lambda request: importance(request, {known: heard()}))
    assert ordered == [every[2], every[3], LINK, known]


def test_without_a_file_nothing_is_remembered(path: Path) -> None:
    with recollecting(None, NETWORK, DAY) as (recollection, word):
        assert (recollection, word) == (None, None)
    with recollecting(path.parent, NETWORK, DAY) as (recollection, word):
        assert recollection is None
        assert word == f"the state file {path.parent} is not a regular file; give another file, or do without memory"


def test_what_the_list_has_itself_or_most_links_have_in_common_is_kept_once(path: Path) -> None:
    url, elsewhere = "https://a.example/page", "https://a.example/other"
    other = asked("https://a.example/redirected")
    with memory_in(path) as first:
        first.keep_link(LINK, heard(final_url=url, detail="200 OK, as it is"))
        first.keep_link(other, heard(final_url=elsewhere, detail="200 OK, as it is"))
    known = recalled(path, LINK, other)
    own, another = known[LINK].outcome, known[other].outcome
    assert (own.final_url, another.final_url) == (url, elsewhere)
    assert own.final_url is LINK.addresses[0]
    assert own.detail is another.detail
    assert known[LINK].source is known[other].source


def test_what_came_from_no_source_is_recalled_from_none(path: Path) -> None:
    with memory_in(path) as first:
        first.keep_link(LINK, replace(heard(), source=None))
    assert recalled(path, LINK)[LINK].source is None
