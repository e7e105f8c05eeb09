"""The real list against its true records: every finding about a paper was looked at by eye, and each is right."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest
from crawling import network
from race.texts import dump
from real_papers import DEFECTS, ENTRIES, MISLEAD, RECORDS, listed, scenario

from rlhf_linkcheck.config import Config
from rlhf_linkcheck.evidence import SourceStats
from rlhf_linkcheck.finding import Edit, Suggestion
from rlhf_linkcheck.pipeline import check
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.simweb.scenario import Scenario
from rlhf_linkcheck.simweb.web import serve

pytestmark = [
    pytest.mark.unmeasured,
    pytest.mark.skipif(not RECORDS.exists(), reason=f"needs {RECORDS} (see RLHF_LINKCHECK_SHARED)"),
]

FINDINGS = [
    # One arXiv link for two papers, and it is the second's.
    ("PAP101", "error", 86, "url"),
    ("PAP108", "warning", 126, "title"),
    ("PAP108", "warning", 334, "title"),
    ("PAP102", "error", 904, "title"),
    ("PAP105", "warning", 1037, "authors[2]"),
    # arXiv has another title altogether and one more author; the other five agree.
    ("PAP102", "error", 1120, "title"),
    ("PAP105", "warning", 1125, "authors[2]"),
    ("PAP108", "warning", 1301, "title"),
    ("PAP104", "warning", 1371, "authors[1]"),
    ("PAP102", "error", 1540, "title"),
    ("PAP105", "warning", 1543, "authors[0]"),
    ("PAP104", "warning", 1578, "authors[0]"),
    ("PAP102", "warning", 1704, "title"),
    ("PAP108", "warning", 1723, "authors[0]"),
    ("PAP108", "warning", 1894, "authors[0]"),
    # «Anthropic» for 48 people.
    ("PAP105", "info", 2106, "authors[0]"),
]


def checked(web: Mapping[str, Any], **changes: Any) -> Report:
    with serve(Scenario.parse(dump(dict(web)))) as running:
        return check(Config(inputs=(str(ENTRIES),), network=network(running, **changes)))


@pytest.fixture(scope="module")
def report() -> Report:
    return checked(scenario())


def about_papers(report: Report) -> list[tuple[str, str, int, str]]:
    return [
        (finding.rule.code, finding.severity.value, finding.position.line, finding.field or "")
        for finding in report.findings
        if finding.rule.code.startswith("PAP")
    ]


def test_the_list_has_these_findings_about_papers_and_no_others(report: Report) -> None:
    assert about_papers(report) == FINDINGS


def test_the_wrong_paper_is_told_with_the_link_that_was_meant_and_shared_links_at_the_wrong_one(report: Report) -> None:
    (wrong,) = [finding for finding in report.findings if finding.rule.code == "PAP101"]
    assert wrong.proof is not None
    assert str(wrong.proof.found).startswith("A Simple and Effective Reinforcement Learning Method")
    assert wrong.suggestion == Suggestion((Edit("url", f"https://arxiv.org/abs/{MISLEAD}"),), safe=False)
    shared = [finding.position.line for finding in report.findings if finding.rule.code == "DUP101"]
    assert 86 in shared
    assert 108 not in shared


def test_each_known_defect_of_a_paper_is_reported_at_its_entry(report: Report) -> None:
    identifiers = {entry["title"]: entry["id"] for entry in listed()}
    told: dict[str, set[str]] = {}
    for finding in report.findings:
        told.setdefault(finding.entry or "", set()).add(finding.rule.code)
    known = [json.loads(line) for line in DEFECTS.read_text(encoding="utf-8").splitlines()]
    looked_at = 0
    for defect in known:
        title = re.match(r"- \[(.*?)\]\(http", defect["text"])
        if title is not None and any(code.startswith("PAP") for code in defect["codes"]):
            looked_at += 1
            assert told[identifiers[title[1]]] & set(defect["codes"]), defect
    assert looked_at == 7


def test_the_whole_list_costs_two_requests_to_arxiv_and_a_few_follow_ups(report: Report) -> None:
    stats = {source.name: source for source in report.sources}
    # One batch of older versions, and one title for the one PAP101.
    assert stats["arxiv"] == SourceStats("arxiv", asked=111, answered=111, requests=2, follow_ups=2)
    assert {"oai", "semantic_scholar"}.isdisjoint(stats)
    assert report.summary.papers_verified == 115


DOWN = {"/*": {"status": 503}}
ARXIV = ("export.arxiv.org", "oaipmh.arxiv.org", "arxiv.org")


def test_with_arxiv_down_nothing_is_held_against_any_entry(report: Report) -> None:
    dark = checked(scenario(hosts=dict.fromkeys(ARXIV, DOWN)))
    assert about_papers(dark) == []
    errors = {finding.url for finding in dark.findings if finding.severity.value == "error"}
    known = {finding.url for finding in report.findings if finding.severity.value == "error"}
    assert errors <= known
    notes = {source.name: source.note or "" for source in dark.sources}
    assert "gave no answer about 111 links" in notes["arxiv"]
    assert "papers could not be held against the list" in notes["arxiv"]
    assert dark.exit_code == 1  # for the slips of the text, which need nobody


def test_with_only_arxiv_left_its_papers_are_told_all_the_same(report: Report) -> None:
    others = [host for host in hosts_of(report) if not host.endswith("arxiv.org")]
    alone = checked(scenario(hosts=dict.fromkeys(others, DOWN)))
    assert about_papers(alone) == about_papers(report)


def hosts_of(report: Report) -> set[str]:
    hosts = {link.url.split("/")[2].lower() for link in report.links if "://" in link.url}
    return hosts | {"api.semanticscholar.org", "api.crossref.org", "api2.openreview.net", "api.openreview.net"}
