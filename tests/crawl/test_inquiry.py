"""What is asked besides, and what the answers change: decided without asking anybody."""

from dataclasses import replace
from typing import Any

import pytest
from records import AUTHORS, PAPER, TITLE, known, record
from repositories import repository

from rlhf_linkcheck.crawl.inquiry import is_plain, known_papers, open_questions, wanted_papers, with_answers, with_meant
from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, Trust
from rlhf_linkcheck.identity import Identity, Kind
from rlhf_linkcheck.matching.papers import Claim
from rlhf_linkcheck.sources.base import (
    NO_ANSWERS,
    Answers,
    Meant,
    OlderVersions,
    Publication,
    Request,
    SecondOpinion,
    Withdrawal,
)

ARXIV = Identity(Kind.ARXIV, "2203.02155")
DOI = Identity(Kind.DOI, "10.1234/x")
RIGHT = Claim(TITLE, AUTHORS)
RETITLED = Claim("Teaching language models to obey", AUTHORS)
STRANGE = Claim("A Bound for Something Else Entirely", ("Ada Lovelace", "Charles Babbage"))


def request(*claims: Claim, paper: Identity = ARXIV) -> Request:
    return Request(paper, (PAPER,), ("arxiv", "oai", "web"), claims)


def dead(source: str = "arxiv") -> Evidence:
    return Evidence(Outcome(Reason.NOT_FOUND, 404, PAPER), source)


@pytest.mark.parametrize(
    ("claims", "evidence", "questions"),
    [
        ((RIGHT,), known(record(version=3, doi="10.1234/x")), ()),
        ((), known(record(version=3)), ()),
        ((RETITLED,), known(record()), ()),
        ((RETITLED,), known(record(version=3)), (OlderVersions(ARXIV, 3),)),
        ((RETITLED,), known(record(version=1), newest=record(version=3)), (OlderVersions(ARXIV, 3),)),
        ((RIGHT, RETITLED), known(record(version=3)), (OlderVersions(ARXIV, 3),)),
        ((Claim(TITLE, ("Grace Hopper",)),), known(record(version=2)), (OlderVersions(ARXIV, 2),)),
        ((Claim(TITLE, ("Anthropic",)),), known(record(version=2)), (OlderVersions(ARXIV, 2),)),
        ((RETITLED,), known(record(doi="10.1234/X")), (Publication(DOI),)),
        ((RETITLED,), known(record(doi="10.48550/arXiv.2203.02155")), ()),
        ((RETITLED,), known(record(doi="not a doi")), ()),
        ((RETITLED,), known(record(version=None)), ()),
        ((RETITLED,), known(record(version=3, trust=Trust.HINT)), (SecondOpinion(ARXIV),)),
        ((RIGHT,), known(None), (SecondOpinion(ARXIV),)),
        ((), known(None), ()),
        ((RIGHT,), dead(), ()),
        ((replace(RETITLED, paper=False),), known(record(version=3, doi="10.1234/x")), ()),
        ((replace(RIGHT, paper=False),), known(None), ()),
    ],
)
def test_only_what_may_excuse_or_confirm_is_asked(
    claims: tuple[Claim, ...], evidence: Evidence, questions: tuple[Any, ...]
) -> None:
    assert open_questions({request(*claims): evidence}) == questions


def test_a_question_is_asked_once_however_many_entries_have_it() -> None:
    evidence = known(record(version=3))
    other = replace(request(RETITLED), addresses=("https://arxiv.org/pdf/2203.02155",))
    assert open_questions({request(RETITLED): evidence, other: evidence}) == (OlderVersions(ARXIV, 3),)


def test_a_paper_of_the_web_gets_no_second_opinion() -> None:
    page = request(RIGHT, paper=Identity(Kind.WEB, "https://a.org/"))
    assert open_questions({page: known(None)}) == ()


def test_a_doi_is_not_asked_for_its_own_publication() -> None:
    assert open_questions({request(RETITLED, paper=DOI): known(record(doi="10.1234/x"))}) == ()


SAID = record(withdrawn="This paper has been withdrawn")


def test_a_withdrawal_counts_where_it_was_confirmed_and_nowhere_else() -> None:
    asked, question = request(), Withdrawal(ARXIV, SAID)
    assert open_questions({asked: known(SAID)}) == (question,)
    assert with_answers(asked, known(SAID), {question: (SAID,)}).record == SAID
    silences: tuple[Answers, ...] = ({question: ()}, {question: None}, NO_ANSWERS)
    for unconfirmed in silences:
        assert with_answers(asked, known(SAID), unconfirmed).record == record()


def test_a_retraction_needs_no_second_word() -> None:
    retracted = record(identity="doi:10.1234/x", source="crossref", withdrawn="retraction")
    asked = request(RIGHT, paper=DOI)
    assert open_questions({asked: known(retracted)}) == ()
    assert with_answers(asked, known(retracted), NO_ANSWERS).record == retracted


def test_the_current_version_is_what_is_withdrawn_where_the_link_pins_another() -> None:
    evidence = known(record(), newest=SAID)
    (question,) = open_questions({request(): evidence})
    assert with_answers(request(), evidence, {question: ()}).newest == record()
    assert with_answers(request(), evidence, {question: (SAID,)}).newest == SAID


def test_answers_become_part_of_the_evidence() -> None:
    evidence = known(record(version=3, doi="10.1234/x"))
    old, venue = record("A Draft"), record(source="crossref", identity="doi:10.1234/x")
    answers: Answers = {OlderVersions(ARXIV, 3): (old,), Publication(DOI): (venue,)}
    settled = with_answers(request(RETITLED), evidence, answers)
    assert (settled.earlier, settled.elsewhere, settled.unsettled) == ((old,), (venue,), False)


@pytest.mark.parametrize(
    "answers",
    [
        {OlderVersions(ARXIV, 3): None, Publication(DOI): ()},
        {OlderVersions(ARXIV, 3): (), Publication(DOI): None},
        {OlderVersions(ARXIV, 3): ()},
        NO_ANSWERS,
    ],
)
def test_what_could_not_be_asked_leaves_a_departing_entry_unsettled(answers: Any) -> None:
    evidence = known(record(version=3, doi="10.1234/x"))
    assert with_answers(request(RETITLED), evidence, answers).unsettled
    assert not with_answers(request(RIGHT), evidence, answers).unsettled


def test_an_arxiv_record_that_tells_no_version_leaves_a_departing_entry_unsettled() -> None:
    numberless = known(record(version=None, source="oai"))
    assert with_answers(request(RETITLED), numberless, NO_ANSWERS).unsettled
    assert not with_answers(request(RIGHT), numberless, NO_ANSWERS).unsettled
    page = request(RETITLED, paper=DOI)
    assert not with_answers(page, known(record(version=None)), NO_ANSWERS).unsettled


def test_a_second_opinion_is_the_record_of_what_had_none() -> None:
    opinion = record(source="semantic_scholar", trust=Trust.SECOND)
    asked = request(RIGHT)
    assert with_answers(asked, known(None), {SecondOpinion(ARXIV): (opinion,)}).record == opinion
    assert with_answers(asked, known(None), {SecondOpinion(ARXIV): ()}).record is None
    hint = record("A Page", trust=Trust.HINT)
    assert with_answers(asked, known(hint), {SecondOpinion(ARXIV): (opinion,)}).record == opinion
    assert with_answers(asked, known(hint), NO_ANSWERS).record == hint
    assert with_answers(asked, known(None), NO_ANSWERS).record is None


def test_the_paper_that_was_meant_is_looked_for_where_a_link_leads_to_another() -> None:
    astray, evidence = request(STRANGE), known(record())
    assert wanted_papers({astray: evidence}, known_papers({astray: evidence})) == (Meant(STRANGE.title),)
    right = record(STRANGE.title, *STRANGE.authors, identity="arxiv:1706.03762")
    answers: Answers = {Meant(STRANGE.title): (record("A Bound for Something Else"), right)}
    assert with_meant(astray, evidence, known_papers({astray: evidence}), answers).meant == (right,)
    fruitless: tuple[Answers, ...] = ({Meant(STRANGE.title): ()}, {Meant(STRANGE.title): None}, NO_ANSWERS)
    for nothing in fruitless:
        assert with_meant(astray, evidence, known_papers({astray: evidence}), nothing).meant == ()


def test_who_wrote_it_must_agree_with_the_paper_that_was_meant() -> None:
    astray, evidence = request(STRANGE), known(record())
    namesake = record(STRANGE.title, "Mary Somerville", identity="arxiv:1706.03762")
    answers: Answers = {Meant(STRANGE.title): (namesake,)}
    assert with_meant(astray, evidence, known_papers({astray: evidence}), answers).meant == ()


def test_a_paper_among_the_records_at_hand_is_not_looked_for() -> None:
    right = record(STRANGE.title, *STRANGE.authors, identity="arxiv:1706.03762")
    elsewhere = Request(Identity(Kind.ARXIV, "1706.03762"), ("https://arxiv.org/abs/1706.03762",), ("arxiv",))
    astray = request(STRANGE)
    heard = {astray: known(record()), elsewhere: known(right)}
    assert wanted_papers(heard, known_papers(heard)) == ()
    assert with_meant(astray, heard[astray], known_papers(heard), NO_ANSWERS).meant == (right,)
    assert with_meant(elsewhere, heard[elsewhere], known_papers(heard), NO_ANSWERS) == heard[elsewhere]


@pytest.mark.parametrize(
    "evidence",
    [known(record(trust=Trust.HINT)), known(record(trust=Trust.SECOND)), known(None), known(record(*[STRANGE.title]))],
)
def test_nothing_is_looked_for_on_a_hint_or_where_the_title_is_right(evidence: Evidence) -> None:
    assert wanted_papers({request(STRANGE): evidence}, known_papers({request(STRANGE): evidence})) == ()


def test_a_retitled_paper_is_not_looked_for() -> None:
    old = record(STRANGE.title, *STRANGE.authors)
    assert wanted_papers({request(STRANGE): known(record(version=2), earlier=(old,))}, {}) == ()


@pytest.mark.parametrize(
    ("asked", "evidence", "plain"),
    [
        (request(paper=Identity(Kind.WEB, "https://a.org/")), known(None), True),
        (request(replace(RIGHT, paper=False), paper=Identity(Kind.WEB, "https://a.org/")), known(None), True),
        (request(RIGHT, paper=Identity(Kind.WEB, "https://a.org/")), known(None), False),
        (request(paper=Identity(Kind.WEB, "https://a.org/")), replace(known(None), repository=repository()), False),
        (request(), known(None), False),
        (request(paper=Identity(Kind.GITHUB, "owner/name")), dead("web"), False),
    ],
)
def test_a_page_is_plain_where_no_paper_is_claimed_of_it_and_no_repository_known(
    asked: Request, evidence: Evidence, *, plain: bool
) -> None:
    assert is_plain(asked, evidence) is plain


@pytest.mark.parametrize("claims", [(), (replace(RIGHT, paper=False),)])
@pytest.mark.parametrize("evidence", [known(None), dead("web")])
def test_answers_change_nothing_about_what_nothing_could_be_asked_of(
    claims: tuple[Claim, ...], evidence: Evidence
) -> None:
    asked = request(*claims)
    assert with_answers(asked, evidence, {SecondOpinion(ARXIV): (record(),)}) is evidence
