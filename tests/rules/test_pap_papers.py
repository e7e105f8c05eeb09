"""PAP106, PAP107 and PAP109: what became of the paper at the link."""

from typing import Any

import pytest
from builders import NOON, at, document, link
from records import PAPER, known, paper, record

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, Trust
from rlhf_linkcheck.finding import Finding, Proof, Severity
from rlhf_linkcheck.model import Category, Entry, Role
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.pap106_withdrawn_paper import WithdrawnPaper
from rlhf_linkcheck.rules.pap107_unknown_paper import UnknownPaper
from rlhf_linkcheck.rules.pap109_published_version import PublishedVersion


def findings(rule: Rule, entry: Entry, evidence: Evidence, url: str = PAPER) -> list[Finding]:
    return list(rule.check_document(document(entry), {url: evidence}))


@pytest.mark.parametrize(
    ("reason", "said"),
    [("the proof of Theorem 1 is wrong", ": the proof of Theorem 1 is wrong"), ("", "")],
)
def test_a_withdrawn_paper_is_an_error_with_the_reason_that_was_given(reason: str, said: str) -> None:
    (finding,) = findings(WithdrawnPaper(), paper(), known(record("A Bound", withdrawn=reason)))
    assert (finding.rule.code, finding.severity, finding.field) == ("PAP106", Severity.ERROR, "url")
    assert finding.message == f"«A Bound» was withdrawn, as arXiv (v1) says{said}; take it out, or say so"
    assert finding.proof == Proof("arxiv", None, reason, NOON)


def test_a_pinned_version_of_a_withdrawn_paper_is_withdrawn() -> None:
    evidence = known(record(), newest=record(version=2, withdrawn="flawed"))
    assert [finding.rule.code for finding in findings(WithdrawnPaper(), paper(), evidence)] == ["PAP106"]


def test_any_link_to_a_withdrawn_paper_is_told_whatever_lists_it() -> None:
    listed = paper(url="https://a.org/", category=Category.CODEBASE, links=(link(PAPER, 9, field="links[0].url"),))
    outside = document(listed, links=(link(PAPER, 40, role=Role.OTHER, field=""),))
    found = list(WithdrawnPaper().check_document(outside, {PAPER: known(record(withdrawn="flawed"))}))
    assert [(finding.field, finding.position) for finding in found] == [
        ("links[0].url", at(9, 8, len(PAPER))),
        (None, at(40, 8, len(PAPER))),
    ]


def test_a_paper_that_stands_and_one_that_nobody_knows_are_not_withdrawn() -> None:
    assert findings(WithdrawnPaper(), paper(), known(record())) == []
    assert findings(WithdrawnPaper(), paper(), known(None)) == []


def absent(source: str, final_url: str | None, reason: Reason = Reason.NOT_FOUND, **parts: Any) -> Evidence:
    return Evidence(Outcome(reason, 404, final_url, checked_at=NOON, detail="arXiv knows no paper"), source, **parts)


@pytest.mark.parametrize(
    ("url", "evidence"),
    [
        (PAPER, absent("arxiv", PAPER)),
        ("https://arxiv.org/pdf/2203.02155", absent("web", PAPER)),
        ("https://doi.org/10.1/x", absent("doi", "https://doi.org/10.1/x")),
        ("https://doi.org/10.1234/x", absent("web", "https://doi.org/10.1234/X")),
        ("https://aclanthology.org/2022.acl-long.1.pdf", absent("acl", "https://aclanthology.org/2022.acl-long.1/")),
        ("https://openreview.net/forum?id=bxfKIYfHyx", absent("web", "https://openreview.net/forum?id=bxfKIYfHyx")),
        (PAPER, absent("web", PAPER, Reason.GONE)),
    ],
)
def test_an_identifier_that_does_not_exist_is_an_error(url: str, evidence: Evidence) -> None:
    found = findings(UnknownPaper(), paper(url=url), evidence, url)
    assert [(one.rule.code, one.severity) for one in found] == [("PAP107", Severity.ERROR)] * ("10.1/x" not in url)


@pytest.mark.parametrize(
    ("url", "evidence"),
    [
        (PAPER, known(record())),
        ("https://doi.org/10.1234/x", absent("web", "https://publisher.example/gone")),
        ("https://a.org/gone", absent("web", "https://a.org/gone")),
        (PAPER, absent("web", PAPER, Reason.SERVER_ERROR)),
        (PAPER, absent("web", PAPER, Reason.SOFT_404)),
    ],
)
def test_a_missing_page_of_somebody_else_is_no_unknown_paper(url: str, evidence: Evidence) -> None:
    assert findings(UnknownPaper(), paper(url=url), evidence, url) == []


def test_a_version_that_does_not_exist_is_told_with_the_paper_that_does() -> None:
    url = f"{PAPER}v9"
    (finding,) = findings(UnknownPaper(), paper(url=url), absent("arxiv", url, newest=record(version=3)), url)
    assert finding.message == f"there is no paper arxiv:2203.02155: arXiv knows no paper; link to {PAPER}"
    assert finding.suggestion is not None
    assert [(edit.field, edit.value) for edit in finding.suggestion.edits] == [("url", PAPER)]


@pytest.mark.parametrize("published", ["Proc. of X 12 (2023) 1-9", "doi:10.1234/x"])
def test_where_a_preprint_was_published_is_an_info(published: str) -> None:
    (finding,) = findings(PublishedVersion(), paper(), known(record(published=published)))
    assert (finding.rule.code, finding.severity) == ("PAP109", Severity.INFO)
    assert finding.message == f"published since: {published}"


@pytest.mark.parametrize(
    ("entry", "evidence"),
    [
        (paper(venue="ICML 2023"), known(record(published="X"))),
        (paper(category=Category.CODEBASE), known(record(published="X"))),
        (paper(), known(record(published="X", trust=Trust.PAGE))),
        (paper(), known(record())),
        (paper(), known(None)),
        (paper(url="https://a.org/", links=(link(PAPER, 9, role=Role.OTHER),)), known(record(published="X"))),
    ],
)
def test_nothing_is_told_of_what_names_its_venue_or_was_not_published(entry: Entry, evidence: Evidence) -> None:
    assert findings(PublishedVersion(), entry, evidence) == []


def test_a_paper_that_is_no_preprint_is_not_told_where_it_was_published() -> None:
    url = "https://doi.org/10.1234/x"
    assert findings(PublishedVersion(), paper(url=url), known(record(published="X")), url) == []
