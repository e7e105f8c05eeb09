"""What the HTML page is made of: rows, charts, hosts, and the words in which texts differ."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from golden_report import EMPTY, GOLDEN

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, Verdict
from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.model import Position
from rlhf_linkcheck.report import EntryReport, History, LinkReport, PastAudit, Report
from rlhf_linkcheck.reporters import REPORTERS, Style
from rlhf_linkcheck.reporters.html import charts
from rlhf_linkcheck.reporters.html.hosts import Broken, Slow, hosts
from rlhf_linkcheck.reporters.html.page import page
from rlhf_linkcheck.reporters.html.rows import Rows
from rlhf_linkcheck.reporters.marking import marked
from rlhf_linkcheck.repository import Repository

DAY = datetime(2026, 1, 31, tzinfo=UTC)
RULE = RuleInfo("ENT107", "malformed-item", Severity.WARNING, "a slip")


def entry(name: str, line: int = 1, path: str = "list.yaml") -> EntryReport:
    return EntryReport(name, "paper", "2025", name.title(), f"https://a.org/{name}", path, line)


def link(url: str, reason: Reason = Reason.OK, *entries: str, **more: Any) -> LinkReport:
    return LinkReport(url, Evidence(Outcome(reason, **more)), entries)


def finding(line: int, name: str | None = None, url: str | None = None, path: str = "list.yaml") -> Finding:
    return Finding(RULE, RULE.severity, "it is wrong", path, Position(line, 1, line, 2), name, url=url)


def told(report: Report) -> list[tuple[str, list[str], list[int]]]:
    """Each row with its links and the lines of its findings."""
    return [
        (row.key, [each.url for each in row.links], [each.position.line for each in row.findings])
        for row in Rows(report)
    ]


def test_findings_stand_with_their_entry_their_link_or_their_file() -> None:
    report = replace(
        EMPTY,
        entries=(entry("one"), entry("two", 10)),
        links=(
            link("https://a.org/", Reason.OK, "one", "two"),
            link("https://b.org/"),
            link("https://c.org/", Reason.OK, "gone"),
        ),
        findings=(
            finding(2, "one"),
            finding(3),
            finding(4, url="https://b.org/"),
            finding(5, url="https://elsewhere.org/"),
            finding(6, "ghost"),
            finding(11, "two", "https://b.org/"),
        ),
    )
    assert told(report) == [
        ("one", ["https://a.org/"], [2]),
        ("two", ["https://a.org/"], [11]),
        ("list.yaml", [], [3, 5]),
        ("ghost", [], [6]),
        ("https://b.org/", ["https://b.org/"], [4]),
        ("https://c.org/", ["https://c.org/"], []),
    ]


def test_what_has_the_same_name_is_told_apart_by_numbers() -> None:
    twins = (entry("one"), entry("one", 10), entry("one", 1, "other.yaml"), entry("one~2", 20), entry("list.yaml", 30))
    report = replace(EMPTY, entries=twins, findings=(finding(5, "one"), finding(15, "one"), finding(40)))
    assert told(report) == [
        ("one", [], [5]),
        ("one~2", [], [15]),
        ("one~3", [], []),
        ("one~2~2", [], []),
        ("list.yaml", [], []),
        ("list.yaml~2", [], [40]),
    ]


def test_an_entry_that_stands_in_a_report_twice_is_one_row() -> None:
    assert told(replace(EMPTY, entries=(entry("one"), entry("one")))) == [("one", [], [])]


def test_a_name_without_a_letter_has_a_key_all_the_same() -> None:
    assert [key for key, _, _ in told(replace(EMPTY, entries=(entry(""), entry("\ud800"), entry("\\ud800"))))] == [
        "-",
        "\\ud800",
        "\\ud800~2",
    ]


def test_a_related_entry_is_the_last_of_its_id_above_the_line_in_its_file() -> None:
    rows = Rows(replace(EMPTY, entries=(entry("one", 5), entry("one", 10), entry("one", 1, "other.yaml"))))
    assert rows.key_of("list.yaml", "one", 7) == "one"
    assert rows.key_of("list.yaml", "one", 12) == "one~2"
    assert rows.key_of("list.yaml", "one", 1) == "one"
    assert rows.key_of("other.yaml", "one", 1) == "one~3"
    assert rows.key_of("other.yaml", "two", 1) is None
    assert rows.key_of("other.yaml", None, 1) is None


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


def audits(*numbers: tuple[int, int]) -> History:
    return History(
        tuple(
            PastAudit(DAY + timedelta(days=day), 9, dead, unsure, 0, 1, 2, 3)
            for day, (dead, unsure) in enumerate(numbers)
        )
    )


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


def test_what_to_do_first_says_what_is_new_and_since_when_the_rest_is_known() -> None:
    basis = finding(3, "a")
    shown = (
        replace(basis, known_since=DAY, message="old"),
        replace(basis, message="fresh"),
        replace(basis, known_since=DAY, has_risen=True, message="worse"),
    )

    def heads(history: History | None) -> list[str]:
        text = REPORTERS["html"].render(replace(EMPTY, findings=shown, history=history), Style())
        on_top = text.partition('class="tolds"')[2].partition("</ol>")[0]
        found = re.findall(r'<span class="muted">(.*?)</span>.*?<p><bdi>(.*?)</bdi>', on_top, re.DOTALL)
        return [f"{said}: {head}" for head, said in found]

    assert heads(audits((0, 0))) == [
        "fresh: warning, <strong>new</strong>",
        "worse: warning, <strong>graver</strong>",
        "old: warning, known since 2026-01-31",
    ]
    assert heads(None) == [
        "fresh: warning",
        "worse: warning, known since 2026-01-31",
        "old: warning, known since 2026-01-31",
    ]


@pytest.mark.parametrize(
    ("complete", "said"),
    [(True, "Nothing: no rule found anything."), (False, "No rule found anything in what was looked at.")],
)
def test_of_what_nobody_looked_at_it_is_not_said_that_there_is_nothing_to_do(complete: bool, said: str) -> None:
    report = replace(EMPTY, complete=complete, summary=replace(EMPTY.summary, links=3))
    assert f"<p>{said}</p>" in REPORTERS["html"].render(report, Style())


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


def test_hosts_are_ranked_by_their_time_and_by_what_is_broken() -> None:
    links = (
        link("https://slow.org/a", elapsed_ms=900),
        link("https://SLOW.org/b", elapsed_ms=100),
        link("https://slow.org/c", Reason.TIMEOUT, elapsed_ms=2_000),
        link("https://quick.org/", Reason.NOT_FOUND, elapsed_ms=90),
        link("https://quick.org/b", Reason.BLOCKED, elapsed_ms=90),
        link("https://remembered.org/", elapsed_ms=10_000, from_cache=True),
        link("nonsense", Reason.INVALID),
    )
    assert hosts(replace(EMPTY, links=links)) == (
        (Slow("slow.org", 3, 900, 100.0), Slow("quick.org", 2, 90, 10.0)),
        (Broken("quick.org", 2, 1, 1, 50.0, 50.0), Broken("slow.org", 3, 0, 1, 0.0, 50.0)),
    )
    assert hosts(EMPTY) == ((), ())


def test_numbers_have_room_beside_an_axis_and_times_a_unit() -> None:
    links = (link("https://a.org/", Reason.NOT_FOUND, elapsed_ms=999), link("https://b.org/", elapsed_ms=61_234))
    report = replace(
        EMPTY,
        links=links,
        history=audits((1_200, 3_000_000), (0, 12)),
        summary=replace(EMPTY.summary, links=2, dead=10**9),
    )
    text = "".join(page(report))
    assert all(part in text for part in (">1G dead<", ">999 ms<", ">61.2 s<", ">500M<"))


@pytest.mark.parametrize(
    ("listed", "found", "pieces"),
    [
        (None, None, ((), ())),
        ("a", None, (("a",), ())),
        ("one two three", "one 2 three", (("one ", "two", " three"), ("one ", "2", " three"))),
        ("one two", "one two more", (("one two",), ("one two ", "more", ""))),
        ("a/b.py", "owner/name has no a/b.py", (("a/b.py",), ("owner/name has no a/b.py",))),
        ("https://a.org/x", "https://a.org/y", (("https://a.org/", "x", ""), ("https://a.org/", "y", ""))),
        ("nothing alike", "something else", (("nothing alike",), ("something else",))),
        ("a " * 151, "a " * 150 + "b", (("a " * 151,), ("a " * 150 + "b",))),
    ],
)
def test_texts_are_cut_where_their_words_differ(
    listed: str | None, found: str | None, pieces: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    assert marked(listed, found) == pieces
