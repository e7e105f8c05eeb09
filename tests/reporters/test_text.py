"""The report for people: what is shown, in which order, and what is left out when."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from golden_report import EMPTY, GOLDEN
from hypothesis import given
from hypothesis import strategies as st
from strategies import reports

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, SourceStats
from rlhf_linkcheck.finding import Edit, Finding, Proof, Related, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.model import Position
from rlhf_linkcheck.report import EntryReport, LinkReport, Note, Report, summarize
from rlhf_linkcheck.reporters import Style
from rlhf_linkcheck.reporters.text import TextReporter

DAY = datetime(2026, 1, 31, tzinfo=UTC)
RULE = RuleInfo("PAP101", "wrong-paper", Severity.ERROR, "a different paper")
ENTRY = EntryReport("one", "paper", "2025", "The First", "https://a.org/", "list.yaml", 1)


def finding(line: int = 3, entry: str | None = "one", *, severity: Severity = Severity.ERROR, **parts: Any) -> Finding:
    basis = Finding(RULE, severity, "it is wrong", "list.yaml", Position(line, 5, line, 9), entry)
    return replace(basis, **parts)


def report(*findings: Finding, entries: tuple[EntryReport, ...] = (ENTRY,), **parts: Any) -> Report:
    links = parts.get("links", ())
    summary = summarize(len(entries), links, findings, ())
    return replace(EMPTY, findings=findings, entries=entries, summary=summary, **parts)


def render(shown: Report, *, verbose: bool = False, quiet: bool = False) -> list[str]:
    return TextReporter().render(shown, Style(verbose=verbose, quiet=quiet)).splitlines()


def asked(*reasons: Reason) -> tuple[LinkReport, ...]:
    return tuple(LinkReport(f"https://a.org/{i}", Evidence(Outcome(reason))) for i, reason in enumerate(reasons))


@given(reports(), st.booleans(), st.booleans())
def test_a_pipe_gets_no_control_character_and_each_finding_on_one_line(
    shown: Report,
    verbose: bool,
    quiet: bool,
) -> None:
    text = TextReporter().render(shown, Style(verbose=verbose, quiet=quiet))
    rows = text.split("\n")
    assert all(row.isprintable() for row in rows)
    listed = [f for f in shown.findings if not f.suppressed and (verbose or f.severity > Severity.INFO)]
    places = [f":{f.position.line}:{f.position.column} {f.rule.code} " for f in listed]
    assert all(
        any(place in row and f"[{f.severity.value}]" in row for row in rows)
        for place, f in zip(places, listed, strict=True)
    )
    if quiet:
        assert len(rows) == len(listed) + 2


@given(reports(), st.integers(60, 200))
def test_any_report_is_set_for_any_terminal(shown: Report, width: int) -> None:
    text = TextReporter().render(shown, Style(width, color=True, hyperlinks=True, verbose=True))
    assert not set(text) & {"\x9b", "\r", "\u202e", "\u2066", "\x00", "\x07"}


def test_findings_stand_under_their_entry_in_the_order_given() -> None:
    second = EntryReport("two", "paper", "2025", "  The Second ", "https://b.org/", "list.yaml", 10)
    shown = report(finding(3), finding(12, "two"), finding(20, None), finding(4), entries=(ENTRY, second))
    assert render(shown)[:11] == [
        "The First (one)",
        "list.yaml:3:5 PAP101 wrong-paper it is wrong [error]",
        "list.yaml:4:5 PAP101 wrong-paper it is wrong [error]",
        "",
        "The Second (two)",
        "list.yaml:12:5 PAP101 wrong-paper it is wrong [error]",
        "",
        "list.yaml",
        "list.yaml:20:5 PAP101 wrong-paper it is wrong [error]",
        "",
        "links     0",
    ]


def test_entries_that_share_an_id_are_told_apart_by_their_lines() -> None:
    twin = replace(ENTRY, title="The Twin", line=10)
    rows = render(report(finding(3), finding(10), finding(15), entries=(ENTRY, twin)))
    assert rows.index("The First (one)") < rows.index("The Twin (one)")
    assert sum("The Twin" in row for row in rows) == 1


def test_an_entry_without_title_or_unknown_is_named_by_its_id() -> None:
    rows = render(report(finding(3, "one"), finding(9, "ghost"), entries=(replace(ENTRY, title=" "),)))
    assert (rows[0], rows[3]) == ("one", "ghost")


@pytest.mark.parametrize(
    ("parts", "rows"),
    [
        ({"url": "https://a.org/"}, ["    link:     https://a.org/"]),
        ({"url": "https://a.org/", "message": "see https://a.org/ there"}, []),
        (
            {"url": "https://a.org/", "proof": Proof("web", retrieved_at=DAY)},
            ["    link:     https://a.org/  (web, 2026-01-31)"],
        ),
        ({"proof": Proof("web", retrieved_at=DAY)}, ["    source:   web, 2026-01-31"]),
        (
            {"url": "https://a.org/", "proof": Proof("arxiv", "A b", "A c", DAY)},
            ["    link:     https://a.org/", "    listed:   A b", "    found:    A c  (arxiv, 2026-01-31)"],
        ),
        ({"proof": Proof(listed="A,B", found="A, B")}, ["    listed:   A,B", "    expected: A, B"]),
        (
            {"proof": Proof(listed="-", found="- "), "suggestion": Suggestion((Edit("", "- "), Edit("note", " x")))},
            ["    listed:   «-»", "    expected: «- »", "    fix:      here → as above", "    fix:      note → « x»"],
        ),
        ({"proof": Proof(listed="")}, ["    listed:   «»"]),
        ({"proof": Proof("arxiv", listed="A b")}, ["    listed:   A b  (arxiv)"]),
        (
            {"related": (Related("two", "list.yaml", 9), Related(None, "x.md", 2))},
            ["    see:      list.yaml:9 (two)", "    see:      x.md:2"],
        ),
        (
            {
                "proof": Proof("arxiv", "A b", "A c"),
                "suggestion": Suggestion(
                    (
                        Edit("title", "A c"),
                        Edit("year", ""),
                    )
                ),
            },
            [
                "    listed:   A b",
                "    found:    A c  (arxiv)",
                "    fix:      title → as above",
                "    fix:      year → (remove)",
            ],
        ),
        (
            {"suggestion": Suggestion((Edit("", ":"),), safe=False)},
            ["    fix:      here → :  (look at it before you take it over)"],
        ),
    ],
)
def test_the_proof_and_the_fix_stand_below_the_finding(parts: dict[str, Any], rows: list[str]) -> None:
    below = render(report(finding(**parts)))[2:]
    assert below[: len(rows) + 1] == [*rows, ""]


def marked(listed: str, found: str) -> tuple[list[str], list[str]]:
    shown = report(finding(proof=Proof("arxiv", listed, found)))
    text = TextReporter().render(shown, Style(color=True))
    return re.findall(r"\x1b\[1;4;31m([^\x1b]*)", text), re.findall(r"\x1b\[1;4;32m([^\x1b]*)", text)


@pytest.mark.parametrize(
    ("listed", "found", "less", "more"),
    [
        ("with Noisy Human Preferences", "with Noisy Preferences", ["Human"], []),
        ("On the Way", "On a Long Way", ["the"], ["a Long"]),
        ("https://github.com/lvwerra/trl", "https://github.com/huggingface/trl", ["lvwerra"], ["huggingface"]),
        ("One Title", "Something else entirely", [], []),
        ("main/a/run.sh", "owner/name has no main/a/run.sh", [], []),
        ("same", "same", [], []),
        ("word " * 200, "word " * 201, [], []),
    ],
)
def test_the_words_that_differ_are_marked_in_colour(listed: str, found: str, less: list[str], more: list[str]) -> None:
    assert marked(listed, found) == (less, more)


def test_infos_are_one_line_until_they_are_asked_for() -> None:
    other = replace(RULE, code="LNK105")
    infos = (
        finding(1, severity=Severity.INFO, rule=other),
        *(finding(line, severity=Severity.INFO) for line in range(2, 5)),
    )
    assert render(report(*infos))[0] == "4 infos (PAP101 3, LNK105 1): --verbose lists them"
    assert sum("[info]" in row for row in render(report(*infos), verbose=True)) == 4
    assert not any("--verbose" in row for row in render(report(*infos), verbose=True))


def test_suppressed_findings_are_counted_and_nothing_else() -> None:
    rows = render(report(finding(suppressed_by="list.yaml:1")), verbose=True)
    assert not any("PAP101" in row for row in rows)
    assert "findings  none, 1 suppressed" in rows


def test_links_are_counted_by_verdict_and_reason_the_most_frequent_first() -> None:
    links = asked(Reason.OK, Reason.TIMEOUT, Reason.RATE_LIMITED, Reason.RATE_LIMITED, Reason.NOT_FOUND, Reason.OFFLINE)
    sources = (SourceStats("web", 6, 5, 4, 1), SourceStats("arxiv", follow_ups=1))
    shown = report(links=links, sources=sources, elapsed_ms=1_250)
    assert render(shown)[2:] == [
        "links     6: 1 alive, 1 dead, 3 uncertain, 1 skipped",
        "          dead       1 not found",
        "          uncertain  2 rate limited, 1 timeout",
        "          skipped    1 offline",
        "entries   1 judged",
        "findings  none",
        "requests  0, and 2 follow-ups, in 1.2 s",
    ]
    assert render(shown, verbose=True)[-2:] == [
        "source    web: 5 of 6 answered, 4 requests, 1 follow-up",
        "source    arxiv: 0 of 0 answered, 0 requests, 1 follow-up",
    ]


def test_findings_are_counted_by_severity_and_rule_and_so_are_their_fixes() -> None:
    other = replace(RULE, code="LNK102", name="moved-link")
    safe, unsafe = (Suggestion((Edit("url", "x"),), safe=safe) for safe in (True, False))
    shown = report(
        finding(1, suggestion=safe),
        finding(2, rule=other),
        finding(3, rule=other),
        finding(4, severity=Severity.WARNING, suggestion=unsafe),
        finding(5, severity=Severity.INFO, suggestion=safe),
        finding(6, suggestion=safe, suppressed_by="list.yaml:6"),
    )
    assert render(shown)[-5:-1] == [
        "findings  3 errors, 1 warning, 1 info, 1 suppressed",
        "          error      2 moved-link, 1 wrong-paper",
        "          warning    1 wrong-paper",
        "fixes     2 to take over as they stand, 1 to be looked at first",
    ]
    assert render(report(finding(suggestion=safe)))[-2] == "fixes     1 to take over as they stand"


def test_an_id_that_is_a_title_written_out_is_shown_only_when_asked_for() -> None:
    long = "the-first-of-many-titles-that-were-written-out"
    shown = report(finding(entry=long, related=(Related(long, "list.yaml", 9),)), entries=(replace(ENTRY, id=long),))
    assert render(shown)[:3:2] == ["The First", "    see:      list.yaml:9"]
    assert render(shown, verbose=True)[:3:2] == [f"The First ({long})", f"    see:      list.yaml:9 ({long})"]
    assert render(replace(shown, entries=()))[0] == long


@pytest.mark.parametrize(
    ("papers", "repositories", "row"),
    [
        (0, 0, "entries   1 judged"),
        (2, 0, "entries   1 judged: 2 papers verified"),
        (0, 1, "entries   1 judged: 1 repository verified"),
        (1, 2, "entries   1 judged: 1 paper and 2 repositories verified"),
    ],
)
def test_what_was_verified_is_counted(papers: int, repositories: int, row: str) -> None:
    shown = report()
    summary = replace(shown.summary, papers_verified=papers, repositories_verified=repositories)
    assert row in render(replace(shown, summary=summary))


def test_notes_say_where_and_sources_say_what_to_do() -> None:
    notes = (Note("not needed", "list.yaml", 7), Note("odd", "list.yaml"), Note("by the way"))
    sources = (SourceStats("github", note="set GITHUB_TOKEN"), SourceStats("web"))
    assert render(report(notes=notes, sources=sources))[:5] == [
        "note: list.yaml:7: not needed",
        "note: list.yaml: odd",
        "note: by the way",
        "note: github: set GITHUB_TOKEN",
        "",
    ]


def test_a_list_with_nothing_amiss_is_told_so() -> None:
    assert render(report())[0] == "Nothing to mend."
    assert not any("Nothing to mend" in row for row in render(report(complete=False)))


@pytest.mark.parametrize(
    ("parts", "last"),
    [
        (
            {"no_way_out": True, "exit_code": 3, "complete": False},
            "No way out to the network: not one host answered, nor did the control address. No link was judged.",
        ),
        (
            {"no_way_out": True, "exit_code": 1, "complete": False},
            "No way out to the network: not one host answered, nor did the control address. No link was judged.",
        ),
        ({"exit_code": 130, "complete": False}, "Interrupted: 1 of 3 links were not checked to the end."),
        ({"exit_code": 143, "complete": False}, "Interrupted: 1 of 3 links were not checked to the end."),
        ({"exit_code": 1, "complete": False}, "Deadline reached: 1 of 3 links were not checked."),
        ({"links": asked(Reason.OK), "complete": False}, "Incomplete: a part of this run is missing."),
    ],
)
def test_what_is_missing_is_said_last(parts: dict[str, Any], last: str) -> None:
    links = asked(Reason.OK, Reason.INTERRUPTED, Reason.DEADLINE)
    shown = report(**({"links": links} | parts))
    assert render(shown)[-1] == last
    assert render(shown, quiet=True)[-1].endswith(f". {last}")


def test_quiet_leaves_the_findings_and_one_line() -> None:
    rows = render(GOLDEN, quiet=True)
    assert len(rows) == 15
    assert all(re.match(r"README\.md:\d+:\d+ [A-Z]{3}\d{3} [a-z-]+ .* \[(error|warning)\]$", row) for row in rows[:-1])
    assert rows[-1] == (
        "7 errors, 7 warnings, 3 infos, 1 suppressed; 14 links: 7 alive, 2 dead, 4 uncertain, 1 skipped"
    )
    assert render(EMPTY, quiet=True) == ["no findings; 0 links"]
