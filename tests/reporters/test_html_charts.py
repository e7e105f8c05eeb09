"""The charts of the HTML page: which bars, points and columns stand where."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from builders import DAY, audits
from golden_report import EMPTY, GOLDEN

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, Verdict
from rlhf_linkcheck.report import History, LinkReport
from rlhf_linkcheck.reporters import REPORTERS, Style
from rlhf_linkcheck.reporters.html import charts
from rlhf_linkcheck.repository import Repository


def test_the_bar_shows_what_is_there_at_all() -> None:
    segments = charts.verdict_bar(replace(EMPTY.summary, links=100_000, alive=99_999, dead=1))
    assert [(each.verdict, each.number, each.percent, each.labelled) for each in segments] == [
        (Verdict.ALIVE, 99_999, 100.0, True),
        (Verdict.DEAD, 1, 0.0, False),
        (Verdict.UNCERTAIN, 0, 0.0, False),
        (Verdict.SKIPPED, 0, 0.0, False),
    ]
    assert segments[1].width > 2
    assert sum(each.width for each in segments) == pytest.approx(charts.WIDTH, abs=0.1)
    assert charts.verdict_bar(EMPTY.summary) == ()


def test_the_trend_ends_with_this_run() -> None:
    shown = charts.trend(replace(GOLDEN, history=audits((0, 4), (1, 2)), finished_at=DAY + timedelta(days=2)))
    assert shown is not None
    assert shown.present
    assert [(line.verdict, line.last) for line in shown.lines] == [(Verdict.DEAD, 2), (Verdict.UNCERTAIN, 4)]
    assert [number for _, number in shown.grid] == [0, 2, 4]
    (zero, _), _, (top, _) = shown.grid
    dead, uncertain = shown.lines
    assert [x for x, _ in dead.points] == [shown.left, (shown.left + shown.right) / 2, shown.right]
    assert [y for _, y in uncertain.points] == [top, (top + zero) / 2, top]
    assert shown.audits[-1].finished_at == DAY + timedelta(days=2)


def test_a_night_without_an_audit_is_seen_and_audits_of_one_moment_stand_side_by_side() -> None:
    shown = charts.trend(replace(GOLDEN, history=audits((0, 4), (1, 2)), finished_at=DAY + timedelta(days=4)))
    assert shown is not None
    assert [x for x, _ in shown.lines[0].points] == [
        shown.left,
        shown.left + (shown.right - shown.left) / 4,
        shown.right,
    ]
    moment = History((audits((0, 0)).audits[0],) * 2)
    shown = charts.trend(replace(GOLDEN, history=moment, finished_at=DAY))
    assert shown is not None
    assert [x for x, _ in shown.lines[0].points] == [shown.left, (shown.left + shown.right) / 2, shown.right]


@pytest.mark.parametrize(
    ("parts", "why"),
    [({"no_way_out": True, "complete": False}, "nobody answered"), ({"complete": False}, "not everything was checked")],
)
def test_a_night_that_has_not_seen_all_is_no_point_of_the_trend(parts: dict[str, Any], why: str) -> None:
    report = replace(GOLDEN, history=audits((1, 0), (3, 1)), **parts)
    shown = charts.trend(report)
    assert shown is not None
    assert not shown.present
    assert [audit.dead for audit in shown.audits] == [1, 3]
    text = REPORTERS["html"].render(report, Style())
    assert f"This run is not among them: {why}." in text
    assert "dead: 1 at first, 3 at last" in text
    assert charts.trend(replace(report, history=audits((1, 0)))) is None


def test_a_night_before_that_had_not_seen_all_is_no_point_of_the_trend_either() -> None:
    first, partial, last = audits((1, 0), (0, 9), (3, 1)).audits
    history = History((first, replace(partial, complete=False), last))
    shown = charts.trend(replace(GOLDEN, history=history, finished_at=DAY + timedelta(days=3)))
    assert shown is not None
    assert [audit.dead for audit in shown.audits] == [1, 3, 2]


@pytest.mark.parametrize("history", [None, History()])
def test_where_there_was_no_audit_before_there_is_no_trend(history: History | None) -> None:
    assert charts.trend(replace(GOLDEN, history=history)) is None


def test_a_long_trend_is_its_end_and_labels_stand_apart() -> None:
    shown = charts.trend(replace(EMPTY, history=audits(*[(number, number) for number in range(100)])))
    assert shown is not None
    assert [audit.dead for audit in shown.audits] == [*range(71, 100), 0]
    first, second = (line.label_y for line in shown.lines)
    assert abs(first - second) >= 7
    assert shown.mark < 3
    assert max(first, second) <= charts.HEIGHT


def repository(name: str, days: int | None, *, archived: bool = False, read: int = 0) -> LinkReport:
    known = Repository(
        name,
        "github",
        name,
        DAY + timedelta(days=read),
        archived=archived,
        pushed_at=None if days is None else DAY - timedelta(days=days),
    )
    return LinkReport(f"https://a.org/{name}/{read}", Evidence(Outcome(Reason.OK), repository=known))


def test_repositories_stand_by_the_age_of_their_last_change_each_once() -> None:
    links = (
        repository("future", -3),
        repository("new", 5),
        repository("half", 150),
        repository("old", 2_000, archived=True),
        repository("older", 3_000),
        repository("twice", 3_000),
        repository("twice", 1, read=1),
        repository("unknown", None),
    )
    columns = charts.ages(replace(EMPTY, links=links, finished_at=DAY))
    assert [(each.label, each.number, each.archived) for each in columns] == [
        ("< 3 mo", 3, 0),
        ("3–6 mo", 1, 0),
        ("6–12 mo", 0, 0),
        ("1–2 y", 0, 0),
        ("2–3 y", 0, 0),
        ("> 3 y", 2, 1),
    ]
    assert columns[0].height > columns[-1].height > columns[-1].archived_height > columns[2].height == 0
    assert charts.ages(replace(EMPTY, links=(repository("unknown", None),))) == ()
