"""What the HTML page is made of: rows, charts, hosts, and the words in which texts differ."""

import re
from dataclasses import replace
from typing import Any

import pytest
from builders import DAY, audits
from golden_report import EMPTY

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason
from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.model import Position
from rlhf_linkcheck.report import EntryReport, History, LinkReport, Report
from rlhf_linkcheck.reporters import REPORTERS, Style
from rlhf_linkcheck.reporters.html.hosts import Broken, Slow, hosts
from rlhf_linkcheck.reporters.html.page import page
from rlhf_linkcheck.reporters.html.rows import Rows
from rlhf_linkcheck.reporters.marking import marked

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
