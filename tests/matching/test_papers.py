"""An entry held against what is known of its paper; the rules' tests hold what is said of it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from records import AUTHORS, TITLE, known, record
from strategies import RECORDS, TEXTS

from rlhf_linkcheck.evidence import Trust
from rlhf_linkcheck.matching.papers import Claim, appraise, compare, meant
from rlhf_linkcheck.matching.titles import TitleGrade

RIGHT = Claim(TITLE, AUTHORS)


def test_the_best_reading_of_the_title_is_compared() -> None:
    readings = record(f"{TITLE} | OpenReview", other_titles=("A Survey", TITLE))
    assert compare(RIGHT, readings).agrees
    assert compare(
        Claim("Follow instructions", AUTHORS, "InstructGPT"), record("InstructGPT: Follow Instructions")
    ).agrees


@pytest.mark.parametrize(
    ("authors", "found", "departs"),
    [
        (AUTHORS, AUTHORS, False),
        ((*AUTHORS[:2], "et al."), AUTHORS, False),
        ((), AUTHORS, False),
        (AUTHORS, ("OpenAI",), False),
        (("OpenAI",), AUTHORS, True),
        (AUTHORS[:2], AUTHORS, True),
        (("Grace Hopper",), AUTHORS, True),
    ],
)
def test_names_depart_where_they_can_be_compared_and_are_not_the_same(
    authors: tuple[str, ...], found: tuple[str, ...], departs: bool
) -> None:
    assert compare(Claim(TITLE, authors), record(TITLE, *found)).authors_depart is departs


def test_the_latest_older_version_that_agrees_in_all_that_departs_is_the_one() -> None:
    claim = Claim("A Draft", ("Long Ouyang", "Jeff Wu"))
    half, whole = record("A Draft", *AUTHORS), record("A Draft", "Long Ouyang", "Jeff Wu", version=2)
    later = record("A Draft", *AUTHORS, version=3)
    appraisal = appraise(claim, known(record(version=4), earlier=(half, whole, later)))
    assert appraisal is not None
    assert (appraisal.superseded, appraisal.old_title, appraisal.old_authors) == (whole, True, True)
    assert (appraisal.title, appraisal.authors, appraisal.another) == (False, False, False)
    in_part = appraise(claim, known(record(version=4), earlier=(half, later)))
    assert in_part is not None
    assert (in_part.superseded, in_part.old_title, in_part.old_authors) == (later, True, False)
    assert in_part.authors


def test_an_older_version_that_agrees_in_nothing_excuses_nothing() -> None:
    appraisal = appraise(Claim("A Draft", AUTHORS), known(record(version=2), earlier=(record("Rome"),)))
    assert appraisal is not None
    assert (appraisal.superseded, appraisal.title) == (None, True)


@pytest.mark.parametrize("evidence", [known(None), known(record(trust=Trust.SECOND))])
def test_there_is_nothing_to_appraise_without_a_record_that_counts(evidence: Any) -> None:
    assert appraise(RIGHT, evidence) is None
    assert appraise(Claim(""), known(record())) is None


def test_what_was_meant_has_the_very_title_and_authors_that_agree() -> None:
    namesake, near, right = record(TITLE, "Ada Lovelace"), record(f"{TITLE} today"), record()
    assert meant(RIGHT, (namesake, near)) is None
    assert meant(RIGHT, (namesake, near, right)) is right
    assert meant(Claim(TITLE), (namesake,)) is namesake


@given(st.builds(Claim, TEXTS, st.lists(TEXTS, max_size=3).map(tuple), st.none() | TEXTS), RECORDS, RECORDS)
def test_any_claim_can_be_appraised_and_says_no_more_than_it_finds(claim: Claim, own: Any, older: Any) -> None:
    appraisal = appraise(claim, known(own, earlier=(older,), newest=older))
    if appraisal is not None:
        assert not (appraisal.title and appraisal.old_title)
        assert not (appraisal.authors and appraisal.old_authors)
        assert (appraisal.superseded is not None) == (appraisal.old_title or appraisal.old_authors)
        assert not (appraisal.another and appraisal.own.title.grade is TitleGrade.SAME)


@given(st.builds(Claim, TEXTS.filter(bool), st.lists(TEXTS, max_size=3).map(tuple)))
def test_a_record_that_says_what_is_claimed_agrees(claim: Claim) -> None:
    appraisal = appraise(claim, known(record(claim.title, *claim.authors)))
    assert appraisal is not None
    assert appraisal.own.title.same
    assert not appraisal.another
