"""PAP101, PAP102 and PAP108: what the paper at the link is called."""

from dataclasses import replace
from typing import Any

import pytest
from builders import document, link
from records import AUTHORS, PAPER, TITLE, known, paper, record

from rlhf_linkcheck.evidence import Evidence, Record, Trust
from rlhf_linkcheck.finding import Edit, Finding, Proof, Severity, Suggestion
from rlhf_linkcheck.model import Category, Entry, Role
from rlhf_linkcheck.rules import RULES

STRANGERS = ("Ada Lovelace", "Charles Babbage", "Mary Somerville")


def findings(entry: Entry, evidence: Evidence, **others: Evidence) -> list[Finding]:
    listed = document(entry)
    heard = {PAPER: evidence, **others}
    return [finding for rule in RULES if rule.info.needs_record for finding in rule.check_document(listed, heard)]


def codes(entry: Entry, evidence: Evidence, **others: Evidence) -> list[tuple[str, Severity]]:
    return [(finding.rule.code, finding.severity) for finding in findings(entry, evidence, **others)]


def test_an_entry_that_says_what_the_record_says_has_no_finding() -> None:
    assert findings(paper(), known(record())) == []
    assert (
        findings(paper("Training Language Models to\n Follow Instructions with Human Feedback."), known(record())) == []
    )


def test_another_paper_is_one_finding_that_names_it_and_the_one_that_was_meant() -> None:
    other = record("A Bound for Something Else Entirely", *STRANGERS)
    right = record(identity="arxiv:2203.02156")
    (finding,) = findings(paper(), known(other, meant=(right,)))
    assert (finding.rule.code, finding.severity, finding.field, finding.url) == ("PAP101", Severity.ERROR, "url", PAPER)
    assert finding.message == (
        "the link is another paper: arXiv (v1) calls it «A Bound for Something Else Entirely» by "
        f"Ada Lovelace, Charles Babbage, Mary Somerville; «{TITLE}» is https://arxiv.org/abs/2203.02156"
    )
    assert finding.suggestion == Suggestion((Edit("url", "https://arxiv.org/abs/2203.02156"),), safe=False)
    assert finding.proof == Proof("arxiv", TITLE, other.title, other.retrieved_at)


def test_without_a_better_link_another_paper_is_told_all_the_same() -> None:
    (finding,) = findings(paper(), known(record("A Bound for Something Else Entirely", *STRANGERS)))
    assert (finding.rule.code, finding.suggestion) == ("PAP101", None)
    assert finding.message.endswith("find the paper by its title and link to it")


@pytest.mark.parametrize(
    ("title", "authors", "expected"),
    [
        ("A Bound for Something Else Entirely", AUTHORS, "PAP102"),
        ("A Bound for Something Else Entirely", (*AUTHORS, STRANGERS[0]), "PAP102"),
        ("A Bound for Something Else Entirely", (*AUTHORS[:3], STRANGERS[0]), "PAP101"),
        ("A Bound for Something Else Entirely", (AUTHORS[0], *STRANGERS), "PAP101"),
        ("Training vision models to follow instructions with human feedback", STRANGERS, "PAP101"),
        ("Training vision models to follow instructions with human feedback", AUTHORS, "PAP102"),
        (f"{TITLE}: A Survey", STRANGERS, "PAP101"),
        (TITLE, STRANGERS, "PAP103"),
    ],
)
def test_title_and_authors_must_both_depart_to_make_another_paper(
    title: str, authors: tuple[str, ...], expected: str
) -> None:
    found = [code for code, _ in codes(paper(), known(record(title, *authors)))]
    assert expected in found
    assert ("PAP101" in found) == (found == ["PAP101"])


def test_an_entry_without_authors_is_judged_by_its_title() -> None:
    entry = replace(paper(), authors=())
    assert [code for code, _ in codes(entry, known(record("A Bound for Something Else Entirely")))] == ["PAP101"]
    assert [code for code, _ in codes(entry, known(record(f"{TITLE} today")))] == ["PAP102"]


@pytest.mark.parametrize(
    ("found", "severity", "words"),
    [
        (
            "Training language models to follow instructions with machine feedback",
            Severity.ERROR,
            "«human» instead of «machine»",
        ),
        (f"{TITLE}: A Survey", Severity.WARNING, "«: A Survey» left out"),
        (f"InstructGPT: {TITLE}", Severity.WARNING, "«InstructGPT:» left out"),
    ],
)
def test_a_title_that_departs_is_told_with_its_words(found: str, severity: Severity, words: str) -> None:
    (finding,) = findings(paper(), known(record(found)))
    assert (finding.rule.code, finding.severity, finding.field) == ("PAP102", severity, "title")
    assert finding.message == f"arXiv (v1) calls it «{found}»: {words}"
    assert finding.position == paper().locate("title")
    assert finding.suggestion == Suggestion((Edit("title", found),))


def test_a_nickname_in_brackets_is_no_subtitle_that_was_left_out() -> None:
    assert findings(paper(nickname="InstructGPT"), known(record(f"InstructGPT: {TITLE}"))) == []


def test_a_title_in_markup_is_not_put_into_the_list_by_machine() -> None:
    (finding,) = findings(paper("Training of pi models"), known(record(r"Training of $\pi_0$ models")))
    assert finding.suggestion == Suggestion((Edit("title", "Training of π_0 models"),), safe=False)


@pytest.mark.parametrize(
    "excuse",
    [
        {"elsewhere": (record(source="crossref", identity="doi:10.1/x"),)},
        {"newest": record(version=3)},
    ],
)
def test_the_venues_record_and_the_current_version_of_a_pinned_one_excuse_a_title(excuse: dict[str, Any]) -> None:
    departed = record(f"{TITLE} today")
    assert [code for code, _ in codes(paper(), known(departed))] == ["PAP102"]
    assert findings(paper(), known(departed, **excuse)) == []


def test_what_another_link_of_the_entry_holds_of_the_paper_excuses_it_too() -> None:
    venue = "https://aclanthology.org/2022.acl-long.1/"
    entry = paper(links=(link(venue, 9, role=Role.OTHER, field="links[0].url"),))
    departed = record(f"{TITLE} today")
    assert (
        findings(entry, known(departed), **{venue: known(record(source="acl", identity="acl:2022.acl-long.1"))}) == []
    )
    assert [code for code, _ in codes(entry, known(departed))] == ["PAP102"]


OLD = record("Teaching language models to obey", "Long Ouyang", "Jeff Wu", "Xu Jiang")
NEW = record(version=3)


@pytest.mark.parametrize(
    ("entry", "message", "edits"),
    [
        (
            paper("Teaching language models to obey", *AUTHORS[:3]),
            f"title and authors of v1: the paper is now «{TITLE}» by Long Ouyang, Jeff Wu, Xu Jiang and 1 more in v3",
            (
                Edit("title", TITLE),
                Edit("authors[0]", ", ".join(AUTHORS)),
                Edit("authors[1]", ""),
                Edit("authors[2]", ""),
            ),
        ),
        (
            paper("Teaching language models to obey"),
            f"title of v1: the paper is now «{TITLE}» in v3",
            (Edit("title", TITLE),),
        ),
    ],
)
def test_what_an_older_version_said_is_superseded_and_nothing_else(
    entry: Entry, message: str, edits: tuple[Edit, ...]
) -> None:
    (finding,) = findings(entry, known(NEW, earlier=(OLD, record("A Draft", version=2))))
    assert (finding.rule.code, finding.severity) == ("PAP108", Severity.WARNING)
    assert finding.message == message
    assert finding.suggestion == Suggestion(edits)


def test_authors_of_an_older_version_alone_are_superseded_at_the_authors() -> None:
    older = record(TITLE, "Long Ouyang", "Xu Jiang", "Diogo Almeida")
    (finding,) = findings(paper(TITLE, "Long Ouyang", "Xu Jiang", "Diogo Almeida"), known(NEW, earlier=(older,)))
    assert (finding.rule.code, finding.field) == ("PAP108", "authors[0]")
    assert finding.message == "authors of v1: the paper is now by Long Ouyang, Jeff Wu, Xu Jiang and 1 more in v3"


def test_what_no_version_had_is_told_beside_what_an_older_one_had() -> None:
    entry = paper("Teaching language models to obey", "Long Ouyang", "Grace Hopper", "Xu Jiang", "Diogo Almeida")
    found = codes(entry, known(NEW, earlier=(OLD,)))
    assert found == [("PAP103", Severity.ERROR), ("PAP108", Severity.WARNING)]


def test_what_could_not_be_asked_is_not_held_against_an_entry_but_another_paper_is() -> None:
    assert findings(paper(), known(record(f"{TITLE} today"), unsettled=True)) == []
    assert findings(paper(TITLE, *AUTHORS[:2], "Grace Hopper"), known(record(), unsettled=True)) == []
    other = record("A Bound for Something Else Entirely", *STRANGERS)
    assert codes(paper(), known(other, unsettled=True)) == [("PAP101", Severity.ERROR)]


@pytest.mark.parametrize("trust", [Trust.SECOND, Trust.HINT])
def test_a_second_opinion_and_a_hint_make_no_finding_of_small_differences(trust: Trust) -> None:
    assert findings(paper(TITLE, *STRANGERS), known(record(f"{TITLE} today", trust=trust))) == []


def test_a_second_opinion_never_says_that_it_is_another_paper_and_a_hint_is_an_info() -> None:
    other = record("A Bound for Something Else Entirely", *STRANGERS, source="web", trust=Trust.HINT)
    (finding,) = findings(paper(), known(other))
    assert (finding.rule.code, finding.severity, finding.suggestion) == ("PAP101", Severity.INFO, None)
    assert finding.message == (
        "the page calls itself «A Bound for Something Else Entirely», which has nothing in common with the "
        "listed title; see whether it is what was meant"
    )
    assert findings(paper(), known(record("A Bound for Something Else", *STRANGERS, trust=Trust.SECOND))) == []


@pytest.mark.parametrize(
    ("category", "told"),
    [(Category.BLOG, 1), (Category.BOOK, 1), (Category.CODEBASE, 0), (Category.DATASET, 0), (None, 0)],
)
def test_a_blogs_or_books_page_about_something_else_is_an_info(category: Category | None, told: int) -> None:
    page: Record = record("Our holidays in Rome", "Ada Lovelace", source="web", trust=Trust.PAGE)
    found = codes(paper("Illustrating RLHF", category=category), known(page))
    assert found == [("PAP101", Severity.INFO)] * told


def test_nothing_is_said_of_an_entry_without_title_link_or_record() -> None:
    assert findings(paper(""), known(record())) == []
    assert findings(paper(), known(None)) == []
    assert findings(paper(url=""), known(record())) == []
    assert findings(paper(url="https://arxiv.org/abs/1706.03762"), known(record())) == []


def test_without_all_answers_only_other_peoples_paper_is_another() -> None:
    nameless, body = replace(paper(), authors=()), paper(TITLE, "The Reward Team")
    other = record("A Bound for Something Else Entirely", *STRANGERS)
    for entry in (nameless, body):
        assert [code for code, _ in codes(entry, known(other))] == ["PAP101"]
        assert codes(entry, known(other, unsettled=True)) == []


def test_a_wrong_main_link_is_told_though_another_link_of_the_entry_is_right_and_suggests_it() -> None:
    right = "https://aclanthology.org/2022.acl-long.1/"
    entry = paper(links=(link(right, 9, role=Role.OTHER, field="links[0].url"),))
    other = known(record("A Bound for Something Else Entirely", *STRANGERS))
    published = known(record(source="acl", identity="acl:2022.acl-long.1", trust=Trust.PAGE))
    (finding,) = findings(entry, other, **{right: published})
    assert finding.rule.code == "PAP101"
    assert finding.suggestion == Suggestion((Edit("url", right),), safe=False)


@pytest.mark.parametrize(
    ("listed", "page"),
    [
        ("Reinforcement Learning: An Introduction", "Sutton & Barto Book: Reinforcement Learning: An Introduction"),
        ("Learning to Summarize", "Learning to Summarize, a blog post by somebody else altogether"),
        ("Illustrating RLHF", "Loading..."),
        ("Illustrating RLHF", "OpenAI"),
        ("Illustrating RLHF", "强化学习 的 图解"),
        ("图解强化学习", "强化学习图解 知乎"),
    ],
)
def test_a_page_that_has_something_in_common_or_says_too_little_is_no_info(listed: str, page: str) -> None:
    for category in (Category.BLOG, Category.PAPER):
        hint = known(record(page, "Somebody", source="web", trust=Trust.HINT))
        assert findings(paper(listed, category=category), hint) == []


def test_where_a_preprint_was_published_is_not_told_of_another_paper() -> None:
    other = record("A Bound for Something Else Entirely", *STRANGERS, published="NAACL 2021")
    told = [
        finding.rule.code for rule in RULES for finding in rule.check_document(document(paper()), {PAPER: known(other)})
    ]
    assert told == ["PAP101"]


@pytest.mark.parametrize(
    ("found", "suggested", "safe"),
    [
        ("Q&amp;A for models", "Q&A for models", False),
        ("RETRACTED: Training of models", "Training of models", False),
        ("TRAINING OF MODELS", "TRAINING OF MODELS", False),
        ("Training of models", "Training of models", True),
    ],
)
def test_a_title_is_suggested_as_a_list_may_print_it(found: str, suggested: str, safe: bool) -> None:
    (finding,) = findings(paper("Training of many models"), known(record(found)))
    assert finding.suggestion == Suggestion((Edit("title", suggested),), safe)


def test_a_near_miss_in_the_subtitle_is_no_subtitle_that_was_left_out() -> None:
    found = record("XGBoost: A Scalable Tree Boosting System", other_titles=("XGBoost",))
    (finding,) = findings(paper("XGBoost: A Scalable Tree Learning System"), known(found))
    assert (finding.severity, finding.message.endswith("«Learning» instead of «Boosting»")) == (Severity.ERROR, True)
    assert findings(paper("XGBoost"), known(found)) == []


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        ("Schroedinger bridges", "Schrödinger Bridges"),
        ("The Wächter attack", "The Waechter Attack"),
        ("An α-rule", "An <tex>$\\alpha$</tex>-rule"),
    ],
)
def test_how_umlauts_and_formulas_are_written_does_not_matter(listed: str, found: str) -> None:
    assert findings(paper(listed), known(record(found))) == []
    assert findings(paper(found), known(record(listed))) == []


@pytest.mark.parametrize(
    "names", [("Tencent Hunyuan",), ("Kimi",), ("Jane Oldname",), ("Anonymous Authors",), ("Ann Lee", "Bo Chen")]
)
def test_in_an_outage_a_name_or_two_that_are_not_there_prove_nothing(names: tuple[str, ...]) -> None:
    other = record("A Bound for Something Else Entirely", *STRANGERS, version=2)
    assert codes(paper(TITLE, *names), known(other, unsettled=True)) == []
