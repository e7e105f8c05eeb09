"""Runs that remember over a list that is edited: entries are judged anew, by what is remembered of their links."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from crawling import network
from remembering import DAY, pass_time

from rlhf_linkcheck.config import Config, GitHubServer
from rlhf_linkcheck.evidence import Verdict
from rlhf_linkcheck.pipeline import check
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.simweb.log import LoggedRequest
from rlhf_linkcheck.simweb.scenario import Scenario
from rlhf_linkcheck.simweb.web import Web, serve

ARXIV, GITHUB, S2 = "export.arxiv.org", "api.github.com", "api.semanticscholar.org"
TITLE = "Training language models to follow instructions"
PAPER = "https://arxiv.org/abs/2203.02155"
POST = "https://blog.example/post"
WORLD = f"""
papers:
  - arxiv: "2203.02155"
    title: {TITLE}
    authors: [Long Ouyang, Jeff Wu]
    doi: 10.1000/xyz
    registrar: crossref
    venue: Proceedings
    versions: [{{title: Training models, authors: [Long Ouyang, Jeff Wu]}}]
  - {{arxiv: "2305.18290", title: Direct Preference Optimization, authors: [Rafael Rafailov]}}
  - {{acl: 2024.emnlp-main.174, title: A new paper, authors: [Long Ouyang, Jeff Wu], year: 2024}}
  - {{openreview: newOne, title: A new paper, authors: [Long Ouyang, Jeff Wu], venue: ICLR 2024 poster, year: 2024}}
repositories:
  - {{github: a/code, files: {{README.md: "# code\\n\\nCode for another thing.\\n"}}}}
hosts:
  blog.example: {{/post: {{body: "<!doctype html><title>Illustrating RLHF</title><h1>Illustrating RLHF</h1>"}}}}
  control.example: {{/: 200}}
"""


@dataclass
class Bench:
    """A list in a file, a simulated web, and the memory of the runs over them."""

    web: Web
    folder: Path
    github: GitHubServer = field(default_factory=GitHubServer)
    last: list[LoggedRequest] = field(default_factory=list)

    @property
    def state(self) -> Path:
        return self.folder / "state.sqlite3"

    def check(self, *entries: dict[str, Any], max_age: timedelta = DAY) -> Report:
        """One run over these entries."""
        listed = self.folder / "entries.yaml"
        listed.write_text(json.dumps(entries), encoding="utf-8")  # JSON is YAML
        before = len(self.web.log.requests)
        way = network(self.web, retries=0, github=(self.github,))
        report = check(Config(inputs=(str(listed),), network=way, state=self.state, max_age=max_age))
        self.last = list(self.web.log.requests[before:])
        assert report.notes == ()
        return report


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with serve(Scenario.parse(WORLD)) as web:
        yield Bench(web, tmp_path)


def entry(title: str = TITLE, url: str = PAPER, **parts: Any) -> dict[str, Any]:
    usual = {"id": "one", "category": "paper", "authors": ["Long Ouyang", "Jeff Wu"], "year": 2022}
    return {**usual, "title": title, "url": url, **parts}


def codes(report: Report) -> list[str]:
    return [finding.rule.code for finding in report.findings]


def test_an_edited_title_is_judged_by_the_remembered_record_and_nobody_is_asked_for_the_link(bench: Bench) -> None:
    assert codes(bench.check(entry())) == ["PAP109"]
    report = bench.check(entry("Training language models to ignore instructions"))
    assert "PAP102" in codes(report)
    assert report.summary.papers_verified == 1
    (link,) = report.links
    assert link.evidence.outcome.from_cache
    # What may excuse a difference is asked for now that there is one.
    assert [one.path.partition("?")[0] for one in bench.last if one.host == ARXIV] == ["/api/query"]
    assert any("v1" in one.path for one in bench.last)
    again = bench.check(entry("Training language models to ignore instructions"))
    assert bench.last == []
    assert again.findings == report.findings
    assert codes(bench.check(entry())) == ["PAP109"]
    assert bench.last == []


def test_a_title_that_an_older_version_had_is_told_as_that_also_from_memory(bench: Bench) -> None:
    first = bench.check(entry("Training models"))
    second = bench.check(entry("Training models"))
    assert bench.last == []
    assert "PAP108" in codes(first)
    assert second.findings == first.findings


def test_edited_authors_are_judged_likewise(bench: Bench) -> None:
    bench.check(entry())
    report = bench.check(entry(authors=["Jeff Wu", "Long Ouyang"]))
    assert "PAP104" in codes(report)
    assert report.links[0].evidence.outcome.from_cache


def test_a_second_entry_with_a_remembered_link_costs_no_request(bench: Bench) -> None:
    bench.check(entry())
    report = bench.check(entry(), entry("Another paper altogether", id="two", category="paper"))
    assert report.links[0].entries == ("one", "two")
    assert report.links[0].evidence.outcome.from_cache


def test_a_paper_that_could_not_be_verified_is_told_as_that_by_each_run(bench: Bench) -> None:
    """Its page is remembered, and says no more than it did."""
    paper = entry("Illustrating RLHF", POST)
    first, second = bench.check(paper), bench.check(paper)
    assert bench.last == []
    notes = [[(source.name, source.note) for source in report.sources] for report in (first, second)]
    assert notes[0] == notes[1]
    assert "1 paper could not be held against the list" in (notes[1][0][1] or "")


def test_a_second_opinion_is_asked_for_once(tmp_path: Path) -> None:
    """Of a paper of the ACL Anthology whose own page, which is asked again, does not say what it shows."""
    world = WORLD.replace("hosts:\n", "hosts:\n  aclanthology.org: {'/*': 200}\n")
    paper = entry("A new paper", "https://aclanthology.org/2024.emnlp-main.174/")
    with bench_of(world, tmp_path) as bench:
        bench.check(paper)
        assert S2 in [one.host for one in bench.last]
        assert bench.check(paper).links[0].evidence.outcome.from_cache
        assert {one.host for one in bench.last} == {"aclanthology.org"}


def test_what_openreview_tells_no_stranger_it_is_asked_by_each_run_and_its_page_is_not(bench: Bench) -> None:
    paper = entry("A new paper", "https://openreview.net/forum?id=newOne")
    bench.check(paper)
    assert {one.host for one in bench.last} == {"api2.openreview.net", "openreview.net"}
    assert bench.check(paper).links[0].evidence.outcome.from_cache
    assert {one.host for one in bench.last} == {"api2.openreview.net"}


def test_a_post_that_becomes_a_paper_is_asked_again(bench: Bench) -> None:
    """Of a post the page is read in another way."""
    post = {"id": "one", "category": "blog", "title": "Illustrating RLHF", "url": POST}
    bench.check(post)
    bench.check({**post, "category": "book"})
    assert bench.last == []
    report = bench.check(entry("Illustrating RLHF", POST))
    assert [one.host for one in bench.last][:1] == ["blog.example"]
    assert not report.links[0].evidence.outcome.from_cache


def test_readmes_are_not_asked_for_twice(bench: Bench) -> None:
    bench.github = GitHubServer(token="ghp_simulated")
    paper = entry(links=[{"role": "code", "label": "Official", "url": "https://github.com/a/code"}])
    first = bench.check(paper)
    asked = [one for one in bench.last if one.host == GITHUB]
    assert len(asked) == 2, "what it is, and what its README says"
    second = bench.check(paper)
    assert [one.host for one in bench.last] == []
    assert (second.findings, codes(second)) == (first.findings, codes(first))
    assert second.summary.repositories_verified == 1
    renamed = bench.check({**paper, "title": f"{TITLE} with feedback"})
    assert not [one for one in bench.last if one.host == GITHUB]
    assert renamed.summary.repositories_verified == 1


def test_with_a_token_a_stranger_s_answers_are_not_enough(bench: Bench) -> None:
    code = {"id": "one", "category": "codebase", "title": "code", "url": "https://github.com/a/code"}
    bench.check(code)
    bench.github = GitHubServer(token="ghp_simulated")
    report = bench.check(code)
    assert not report.links[0].evidence.outcome.from_cache
    assert any(one.host == GITHUB for one in bench.last)


def test_the_oldest_that_is_asked_again_is_the_link_and_not_what_was_printed_once(bench: Bench) -> None:
    """A link holds for a day, the versions before the current one for a month."""
    bench.check(entry("Training models"))
    pass_time(bench.state, 2 * DAY)
    bench.check(entry("Training models"))
    assert [one.path for one in bench.last if one.host == ARXIV and "v1" in one.path] == []
    assert [one.host for one in bench.last] == [ARXIV]
    pass_time(bench.state, 31 * DAY)
    bench.check(entry("Training models"))
    assert len([one for one in bench.last if one.host == ARXIV]) == 2


def test_an_age_of_nothing_asks_all_further_questions_too(bench: Bench) -> None:
    bench.check(entry("Training models"))
    before = [one.path for one in bench.last]
    bench.check(entry("Training models"), max_age=timedelta())
    assert sorted(one.path for one in bench.last) == sorted(before)


DPO = entry("Direct Preferences", "https://arxiv.org/abs/2305.18290", authors=["Rafael Rafailov"])


def ill(*then: str) -> str:
    """A world in which arXiv's databases are down, at first for a while."""
    steps = json.dumps([503, 503, *({one: True} if one == "service" else int(one) for one in then)])
    return WORLD.replace(
        "hosts:\n", f'hosts:\n  {ARXIV}: {{"/*": {{sequence: {steps}}}}}\n  oaipmh.arxiv.org: {{"/*": 503}}\n'
    )


@contextmanager
def bench_of(world: str, folder: Path) -> Iterator[Bench]:
    with serve(Scenario.parse(world)) as web:
        yield Bench(web, folder)


def test_where_only_a_page_could_tell_who_knows_more_is_asked_again_but_not_the_page(tmp_path: Path) -> None:
    """Else a paper that could not be verified while arXiv was down would pass for a day, and in silence."""
    with bench_of(ill(), tmp_path) as bench:
        first, second = bench.check(DPO), bench.check(DPO)
        assert [one.host for one in bench.last] == [ARXIV]
    (link,) = second.links
    assert link.evidence.outcome.from_cache
    assert link.evidence.outcome.checked_at == first.links[0].evidence.outcome.checked_at
    (source,) = second.sources
    assert (source.asked, source.answered) == (1, 0)
    assert "1 paper could not be held against the list" in (source.note or "")


def test_once_who_knows_more_answers_his_word_stands(tmp_path: Path) -> None:
    with bench_of(ill("service"), tmp_path) as bench:
        verified = [bench.check(DPO) for _ in range(4)]
        assert bench.last == []
    assert [codes(report) for report in verified] == [[], [], ["PAP102"], ["PAP102"]]
    assert [report.links[0].evidence.outcome.from_cache for report in verified] == [False, True, False, True]


def test_what_a_page_said_is_refuted_by_who_says_that_there_is_nothing(tmp_path: Path) -> None:
    world = WORLD.replace(
        "hosts:\n",
        f'hosts:\n  {GITHUB}: {{"/graphql": {{sequence: [503, 503, {{service: true}}]}}, "/*": 503}}\n'
        "  github.com: {/a/gone: {sequence: [200, 404]}}\n",
    )
    code = {"id": "one", "category": "codebase", "title": "code", "url": "https://github.com/a/gone"}
    with bench_of(world, tmp_path) as bench:
        bench.github = GitHubServer(token="ghp_simulated")
        outcomes = [bench.check(code).links[0].evidence.outcome for _ in range(3)]
    assert [(one.verdict, one.from_cache) for one in outcomes] == [
        (Verdict.ALIVE, False),
        (Verdict.ALIVE, True),
        (Verdict.DEAD, False),
    ]
