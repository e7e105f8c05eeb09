"""The real list against the facts about its repositories: every REP finding was looked at by eye, and each is right."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from crawling import network
from race.texts import dump
from real_papers import DEFECTS, ENTRIES, RECORDS, listed
from real_repositories import TOKEN, scenario

from rlhf_linkcheck.config import Config, GitHubServer
from rlhf_linkcheck.evidence import Reason, SourceStats
from rlhf_linkcheck.finding import Edit, Suggestion
from rlhf_linkcheck.pipeline import check
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.simweb.log import RequestLog
from rlhf_linkcheck.simweb.scenario import Scenario
from rlhf_linkcheck.simweb.web import serve

pytestmark = [
    pytest.mark.unmeasured,
    pytest.mark.skipif(not RECORDS.exists(), reason=f"needs {RECORDS} (see RLHF_LINKCHECK_SHARED)"),
]

API, PAGES, HUB = "api.github.com", "github.com", "huggingface.co"
FINDINGS = [
    ("REP106", "error", 347, "links[0].url"),
    ("REP102", "warning", 600, "links[0].url"),
    ("REP102", "warning", 2157, "links[6].url"),
    # A model of the first days: its owner has had a name of its own since.
    ("REP102", "warning", 2294, "links[2].url"),
    ("REP102", "warning", 2568, "links[1].url"),
    # The same archived repository, as a paper's code and as a codebase.
    ("REP103", "info", 2690, "links[0].url"),
    # One repository that is another paper's, as the official code of two papers that it builds on.
    ("REP107", "info", 2721, "links[0].url"),
    ("REP107", "info", 2744, "links[0].url"),
    ("REP102", "warning", 2837, "url"),
    ("REP103", "warning", 2894, "url"),
    ("REP102", "warning", 2942, "url"),
    ("REP102", "warning", 3012, "links[5].url"),
    ("REP102", "warning", 3061, "url"),
]
_ON_CODE = frozenset({155, 549, 612, 642, 647, 679, 691, 699, 724})
"""The lines of defects.jsonl that tell of a repository."""


@contextmanager
def checked(
    web: Mapping[str, Any], *, token: str | None = TOKEN, **changes: Any
) -> Iterator[tuple[Report, RequestLog]]:
    with serve(Scenario.parse(dump(dict(web)))) as running:
        settings = {"github": (GitHubServer(token=token),), **changes}
        yield check(Config(inputs=(str(ENTRIES),), network=network(running, **settings))), running.log


@pytest.fixture(scope="module")
def run() -> Iterator[tuple[Report, RequestLog]]:
    with checked(scenario()) as told:
        yield told


def about_code(report: Report) -> list[tuple[str, str, int, str]]:
    return [
        (finding.rule.code, finding.severity.value, finding.position.line, finding.field or "")
        for finding in report.findings
        if finding.rule.code.startswith("REP")
    ]


def test_the_list_has_these_findings_about_repositories_and_no_others(run: tuple[Report, RequestLog]) -> None:
    assert about_code(run[0]) == FINDINGS


def test_the_known_defects_of_repositories_are_reported_at_their_links(run: tuple[Report, RequestLog]) -> None:
    told: dict[str, set[str]] = {}
    for finding in run[0].findings:
        told.setdefault(finding.url or "", set()).add(finding.rule.code)
    known = [json.loads(line) for line in DEFECTS.read_text(encoding="utf-8").splitlines()]
    looked_at = {defect["line"] for defect in known if any(code.startswith("REP") for code in defect["codes"])}
    for defect in known:
        if any(code.startswith("REP") for code in defect["codes"]):
            # Long texts are cut there, so that what is said of them counts, too.
            said = f"{defect['text']} https://{defect['detail']} "
            links = [address for address in told if address and address in said]
            assert any(told[address] & set(defect["codes"]) for address in links), defect
    assert looked_at == _ON_CODE


def test_a_renamed_repository_comes_with_its_new_address_and_keeps_the_place_in_it(
    run: tuple[Report, RequestLog],
) -> None:
    (folder,) = [finding for finding in run[0].findings if finding.position.line == 3061]
    new = "https://github.com/deepspeedai/DeepSpeedExamples/tree/master/applications/DeepSpeed-Chat"
    assert folder.suggestion == Suggestion((Edit("url", new),))


def test_nothing_else_is_said_of_links_to_repositories(run: tuple[Report, RequestLog]) -> None:
    about = {finding.url: finding.rule.code for finding in run[0].findings if finding.rule.code.startswith("LNK")}
    told = {url: code for url, code in about.items() if url and (PAGES in url or HUB in url)}
    assert told == {}


def test_with_a_token_the_whole_list_is_two_questions_and_one_more_look(run: tuple[Report, RequestLog]) -> None:
    report, log = run
    stats = {source.name: source for source in report.sources}
    queries = [one.body.decode() for one in log.of(API)]
    readmes = [query for query in queries if "text isBinary" in query]
    # Two batches, and a second look at the file that is gone; ten READMEs in a question.
    assert len(queries) - len(readmes) == 3
    assert [query.count("repository(") for query in readmes] == [10] * (len(readmes) - 1) + [
        readmes[-1].count("repository(")
    ]
    assert stats["github"] == SourceStats(
        "github", asked=92, answered=92, requests=2, follow_ups=1 + len(readmes), note=None
    )
    assert log.peak(API, "/graphql") == 1
    assert PAGES not in {one.host for one in log.requests}


def test_the_hub_is_asked_once_a_repository(run: tuple[Report, RequestLog]) -> None:
    asked = Counter(one.path for one in run[1].of(HUB) if one.path.startswith("/api/"))
    # One of them has another name now, to which the Hub itself leads.
    assert len(asked) == 9
    assert set(asked.values()) == {1}
    stats = {source.name: source for source in run[0].sources}
    assert stats["huggingface"] == SourceStats("huggingface", asked=8, answered=8, requests=8, follow_ups=1)


def test_what_was_verified_and_why_the_rest_was_not(run: tuple[Report, RequestLog]) -> None:
    report = run[0]
    summary = report.summary
    assert (summary.papers_verified, summary.repositories_verified) == (115, 100)
    papers = {entry["url"] for entry in listed() if entry["category"] == "paper"}
    # Seven are at their venues' own pages, which say nothing of themselves in this web.
    assert len(papers) - summary.papers_verified == 7
    notes = {source.name: source.note for source in report.sources if source.note}
    assert set(notes) == {"openreview", "web"}
    assert (notes["web"] or "").startswith("7 papers could not be held against the list")


def test_without_a_token_sixty_questions_go_to_what_matters_most_and_the_rest_to_pages() -> None:
    with checked(scenario(), token=None) as (report, log):
        # The sixtieth is kept for a redirect, which counts there, too.
        assert len(log.of(API)) == 59
        # The list's own codebases come first.
        codebases = {entry["url"].lower() for entry in listed() if entry["category"] == "codebase"}
        asked = [one.path.removeprefix("/repos/") for one in log.of(API) if one.path.startswith("/repos/")]
        assert all(any(url.startswith(f"https://{PAGES}/{name}") for url in codebases) for name in asked[:10])
    told = [finding for finding in about_code(report) if finding[0] not in ("REP103", "REP104", "REP107")]
    assert told == [finding for finding in FINDINGS if finding[0] not in ("REP103", "REP107")]
    (note,) = [source.note or "" for source in report.sources if source.name == "github"]
    assert note.endswith("GITHUB_TOKEN would verify them: any token will do, strangers get 60 answers an hour")
    assert report.summary.repositories_verified == 65


LIMITED = {"status": 403, "headers": {"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1900000000"}}
DOWN = {"/*": {"status": 503}}


@pytest.mark.parametrize(
    ("token", "hosts"),
    [(TOKEN, {API: DOWN, PAGES: DOWN}), (None, {API: {"/*": LIMITED}, PAGES: {"/*": {"status": 429}}})],
)
def test_with_github_down_or_limited_nothing_is_held_against_any_entry(
    token: str | None, hosts: Mapping[str, Any]
) -> None:
    with checked(scenario(hosts=hosts), token=token, retries=0) as (dark, log):
        assert len(log.of(API)) == 1
        # A few in flight, and a second look: none of the other eighty.
        assert len(log.of(PAGES)) < 20
    about = [finding for finding in dark.findings if PAGES in (finding.url or "")]
    # What the text itself says of its links stands; http and blanks need nobody.
    assert {finding.rule.code for finding in about} <= {"LNK106", "ENT104"}
    reasons = {link.evidence.outcome.reason for link in dark.links if f"//{PAGES}/" in link.url}
    assert reasons == {Reason.HOST_DOWN}
    (note,) = [source.note or "" for source in dark.sources if source.name == "github"]
    assert note.startswith("gave no answer about 92 links, asked as pages instead (REP102–REP109); ")


def test_with_only_the_api_down_pages_tell_what_they_can() -> None:
    with checked(scenario(hosts={API: DOWN}), retries=0) as (report, _):
        pass
    told = [finding for finding in FINDINGS if finding[0] in ("REP102", "REP106")]
    assert about_code(report) == told
