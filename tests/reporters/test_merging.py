"""Joining reports: each thing once, the later answer counts, and the numbers are those of a fresh run."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from golden_report import EMPTY, GOLDEN
from hypothesis import given
from hypothesis import strategies as st
from strategies import reports

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, Record, SourceStats
from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.model import Position
from rlhf_linkcheck.report import LinkReport, Note, Report, summarize
from rlhf_linkcheck.reporters import merge
from rlhf_linkcheck.repository import Repository

NOON = GOLDEN.started_at
LATER = NOON + timedelta(hours=1)
DEAD_LINK = RuleInfo("LNK101", "dead-link", Severity.ERROR, "gone", needs_network=True)
EMPTY_LINK = RuleInfo("ENT103", "empty-link", Severity.ERROR, "no address")
URL = "https://a.org/"


def asked(reason: Reason, at: datetime | None, *entries: str, url: str = URL) -> LinkReport:
    return LinkReport(url, Evidence(Outcome(reason, checked_at=at)), entries)


def found(rule: RuleInfo, line: int = 1, *, path: str = "a.yaml", url: str | None = URL, message: str = "x") -> Finding:
    return Finding(rule, rule.severity, message, path, Position(line, 1, line, 2), url=url)


def run(*findings: Finding, link: LinkReport | None = None, **parts: Any) -> Report:
    links = () if link is None else (link,)
    report = replace(EMPTY, links=links, findings=findings, rules=(DEAD_LINK, EMPTY_LINK), inputs=("a.yaml",))
    return replace(report, **parts)


@given(reports())
def test_one_report_stays_as_it_is(report: Report) -> None:
    assert merge([report]) == report


@given(reports())
def test_a_report_with_itself_has_nothing_twice_but_what_it_cost(report: Report) -> None:
    joined = merge([report, report])
    assert replace(joined, summary=report.summary, sources=report.sources, elapsed_ms=report.elapsed_ms) == report
    assert joined.summary.requests == 2 * sum(source.requests for source in report.sources)


@given(st.lists(reports(), min_size=1, max_size=3))
def test_nothing_is_lost_and_the_numbers_add_up(several: list[Report]) -> None:
    joined = merge(several)
    assert {link.url for link in joined.links} == {link.url for report in several for link in report.links}
    assert set(joined.entries) == {entry for report in several for entry in report.entries}
    assert {finding.rule.code for finding in joined.findings} <= {rule.code for rule in joined.rules}
    assert joined.summary == summarize(
        len(joined.entries), joined.links, joined.findings, joined.sources, joined.records
    )


def test_no_report_at_all_cannot_be_merged() -> None:
    with pytest.raises(ValueError, match="no report"):
        merge([])


@pytest.mark.parametrize("first_is_later", [True, False])
def test_the_later_answer_counts_and_all_who_list_the_link_are_kept(first_is_later: bool) -> None:
    dead = run(found(DEAD_LINK), link=asked(Reason.NOT_FOUND, NOON, "one", "two"))
    alive = run(link=asked(Reason.OK, LATER, "two", "three"))
    joined = merge([alive, dead] if first_is_later else [dead, alive])
    assert joined.links[0].evidence == alive.links[0].evidence
    assert set(joined.links[0].entries) == {"one", "two", "three"}
    assert joined.findings == (), "what was found by the outdated answer goes with it"
    assert (joined.summary.alive, joined.summary.dead, joined.summary.errors) == (1, 0, 0)


def test_a_link_that_was_not_asked_never_replaces_an_answer() -> None:
    dead = run(found(DEAD_LINK), link=asked(Reason.NOT_FOUND, NOON))
    offline = run(link=asked(Reason.OFFLINE, None))
    for order in ([dead, offline], [offline, dead]):
        assert merge(order).summary.dead == 1
        assert merge(order).findings == dead.findings


def test_what_the_text_says_stays_whatever_the_network_said_later() -> None:
    early = run(found(EMPTY_LINK), link=asked(Reason.NOT_FOUND, NOON))
    late = run(found(EMPTY_LINK), link=asked(Reason.OK, LATER))
    assert merge([early, late]).findings == (found(EMPTY_LINK),)


def test_findings_stand_in_the_order_of_inputs_places_and_codes() -> None:
    second = run(found(EMPTY_LINK, 1, path="b.yaml", url=None), found(EMPTY_LINK, 2, url=None), inputs=("z.yaml",))
    first = run(found(EMPTY_LINK, 9, url=None), found(DEAD_LINK, 2, url=None))
    joined = merge([first, second])
    assert joined.inputs == ("a.yaml", "z.yaml")
    assert [(f.path, f.position.line, f.rule.code) for f in joined.findings] == [
        ("a.yaml", 2, "ENT103"),
        ("a.yaml", 2, "LNK101"),
        ("a.yaml", 9, "ENT103"),
        ("b.yaml", 1, "ENT103"),
    ]


def test_sources_are_added_up_by_name_and_say_each_thing_once() -> None:
    one = run(sources=(SourceStats("web", 1, 2, 3, 4, "slow"), SourceStats("arxiv", 1, 1, 1, 0)))
    two = run(sources=(SourceStats("web", 10, 20, 30, 40, "slow"),))
    three = run(sources=(SourceStats("web", note="no token"),))
    assert merge([one, two, three]).sources == (
        SourceStats("web", 11, 22, 33, 44, "slow; no token"),
        SourceStats("arxiv", 1, 1, 1, 0),
    )


def test_the_later_record_of_one_identity_counts() -> None:
    old = Record("arxiv:1", "arxiv", "Old", (), NOON)
    new = replace(old, title="New", retrieved_at=LATER)
    elsewhere = replace(old, source="dblp")
    assert merge([run(records=(new,)), run(records=(old, elsewhere))]).records == (new, elsewhere)


def test_what_is_known_of_a_repository_is_the_latest_answers() -> None:
    old = Repository("github:a/b", "github", "a/b", NOON)
    new = replace(old, name="a/called", retrieved_at=LATER)
    runs = [
        run(
            link=LinkReport(
                URL, Evidence(Outcome(Reason.OK, checked_at=held.retrieved_at), "github", repository=held), ()
            )
        )
        for held in (new, old)
    ]
    for order in (runs, runs[::-1]):
        assert merge(order).links[0].evidence.repository == new


def test_repositories_are_verified_once_whatever_report_knows_them() -> None:
    known = [
        Record(identity, "github", "x", (), NOON)
        for identity in ("github:a/b", "hf:models/a", "gitlab:a/b", "zenodo:1")
    ]
    runs = [run(records=tuple(known)), run(records=(*known, Record("arxiv:1", "arxiv", "y", (), LATER)))]
    joined = merge(runs).summary
    assert (joined.repositories_verified, joined.papers_verified) == (4, 1)


def test_a_rule_is_described_by_the_last_report_that_has_it() -> None:
    newer = replace(EMPTY_LINK, summary="without an address")
    joined = merge([run(found(EMPTY_LINK)), run(rules=(newer,))])
    assert newer in joined.rules
    assert joined.findings[0].rule == newer


def test_the_run_spans_all_runs_and_is_complete_only_if_all_are() -> None:
    one = run(started_at=NOON, finished_at=LATER, version="2", elapsed_ms=5, complete=False, notes=(Note("a"),))
    two = run(started_at=NOON - timedelta(days=1), finished_at=NOON, version="1", elapsed_ms=6, notes=(Note("a"),))
    joined = merge([one, two])
    assert (joined.started_at, joined.finished_at, joined.elapsed_ms) == (two.started_at, LATER, 11)
    assert (joined.version, joined.complete, joined.notes) == ("2", False, (Note("a"),))


@pytest.mark.parametrize(
    ("codes", "expected"),
    [((0, 0), 0), ((0, 1), 1), ((3, 1), 1), ((0, 3), 3), ((0, 2), 2), ((130, 0), 130), ((0, 143), 143), ((130, 1), 1)],
)
def test_the_gravest_exit_code_wins(codes: tuple[int, ...], expected: int) -> None:
    assert merge([run(exit_code=code) for code in codes]).exit_code == expected
    assert merge([run(exit_code=code) for code in reversed(codes)]).exit_code == expected
