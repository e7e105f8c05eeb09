"""Workflow commands: what the runner makes of them, how many there are, and that nothing else is printed."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from golden_report import EMPTY, GOLDEN
from hypothesis import given, settings
from strategies import reports

from rlhf_linkcheck.evidence import SourceStats
from rlhf_linkcheck.finding import Edit, Finding, Proof, Related, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.model import Position
from rlhf_linkcheck.report import History, InputFile, Note, PastAudit, Report, summarize
from rlhf_linkcheck.reporters import REPORTERS, Style

RULE = RuleInfo("PAP101", "wrong-paper", Severity.ERROR, "a different paper")
OTHER = RuleInfo("LNK101", "dead-link", Severity.ERROR, "gone")
COMMAND = re.compile(r"::(error|warning|notice) ([^:]*)::(.*)")

Command = tuple[str, dict[str, str], str]


def understood(line: str) -> Command:
    """One line as the runner reads it (``ActionCommand.TryParseV2``)."""
    command = COMMAND.fullmatch(line)
    assert command is not None
    level, properties, data = command.groups()
    pairs = (pair.split("=", 1) for pair in properties.split(","))
    return level, {key: unescaped(value, ":,\r\n%") for key, value in pairs}, unescaped(data, "\r\n%")


def unescaped(text: str, letters: str) -> str:
    for letter in letters:
        text = text.replace(f"%{ord(letter):02X}", letter)
    return text


def commands(report: Report) -> list[Command]:
    return [understood(line) for line in REPORTERS["github"].render(report, Style()).removesuffix("\n").split("\n")]


def finding(line: int = 3, severity: Severity = Severity.ERROR, **parts: Any) -> Finding:
    basis = Finding(RULE, severity, "it is wrong", "list.md", Position(line, 5, line, 9), "one")
    return replace(basis, **parts)


def report(*findings: Finding, **parts: Any) -> Report:
    return replace(EMPTY, findings=findings, summary=summarize(0, (), findings, ()), **parts)


@settings(max_examples=40)
@given(reports())
def test_every_line_is_one_command_and_none_has_a_control_character(shown: Report) -> None:
    text = REPORTERS["github"].render(shown, Style())
    lines = text.removesuffix("\n").split("\n")
    assert all(COMMAND.fullmatch(line) for line in lines)
    assert all(line.replace("\u3000", "").isprintable() for line in lines)
    assert "##[" not in text
    levels = [understood(line)[0] for line in lines]
    assert levels == sorted(levels, key=["error", "warning", "notice"].index)
    assert all(levels.count(level) <= 10 for level in levels)
    assert text.encode()


def test_a_finding_stands_at_its_file_lines_and_columns_with_all_there_is_to_say() -> None:
    shown = finding(
        url="https://a.org/",
        proof=Proof("arxiv", "A, b", "A: c", GOLDEN.started_at),
        related=(Related("two", "list.md", 9), Related(None, "other.md", 2)),
        suggestion=Suggestion((Edit("title", "A: c"),)),
    )
    place = {"file": "docs/list.md", "line": "3", "endLine": "3", "col": "5", "endColumn": "8"}
    said = (
        "it is wrong",
        "Link: https://a.org/",
        "Listed: A, b",
        "Found: A: c",
        "Source: arxiv, 2026-01-31",
        "Fix: title → A: c",
        "See: docs/list.md:9 (two)",
        "See: other.md:2",
        "docs/list.md:3:5 PAP101 wrong-paper (one)",
    )
    title = {"title": "PAP101 wrong-paper (one)"}
    assert commands(report(shown, files=(InputFile("list.md", "docs/list.md"),)))[0] == (
        "error",
        place | title,
        "\n".join(said),
    )


@pytest.mark.parametrize(
    ("position", "place"),
    [
        (Position(3, 5, 3, 5), {"line": "3", "endLine": "3", "col": "5", "endColumn": "5"}),
        (Position(3, 5, 4, 2), {"line": "3", "endLine": "4"}),
        (Position(3, 5, 2, 9), {"line": "3", "endLine": "3"}),
    ],
)
def test_columns_are_given_on_one_line_only_and_no_end_lies_before_its_beginning(
    position: Position, place: dict[str, str]
) -> None:
    properties = commands(report(finding(position=position)))[0][1]
    assert properties == {"file": "list.md", **place, "title": "PAP101 wrong-paper (one)"}


HOSTILE = "100%\r\n::error file=a,line=1::x%0A##[add-path]/evil ::stop-commands::y\x1b[2J\u202e\ud800,:"


def test_nothing_from_outside_is_taken_for_a_command_or_a_property() -> None:
    path = "a,line=9:b%2C\n強\u3000x.md"
    shown = finding(message=HOSTILE, path=path, entry=HOSTILE)
    level, properties, text = commands(report(shown))[0]
    plain = "100%\\r\\n::error file=a,line=1::x%0A## [add-path]/evil ::stop-commands::y\\x1b[2J\\u202e\\ud800,:"
    assert (level, properties["file"], properties["line"]) == ("error", path, "3")
    assert properties["title"] == f"PAP101 wrong-paper ({plain})"[:255]
    assert text.startswith(f"{plain}\na,line=9:b%2C\\n強\\u3000x.md:3:5 PAP101 wrong-paper ({plain})")
    rendered = REPORTERS["github"].render(report(shown), Style())
    assert rendered.count("\n") == 2


def test_a_file_name_keeps_its_blanks_and_shows_what_no_log_should_carry() -> None:
    assert commands(report(finding(path="a\x1b\u3000\ud800.md")))[0][1]["file"] == "a\\x1b\u3000\\ud800.md"


def test_of_many_the_first_nine_are_shown_and_the_tenth_counts_the_rest() -> None:
    errors = [finding(line, rule=OTHER if line > 10 else RULE) for line in range(1, 13)]
    warnings = [finding(line, Severity.WARNING) for line in range(1, 11)]
    hidden = finding(99, suppressed_by="list.md:99")
    shown = commands(report(*warnings, *errors, hidden))
    assert [properties.get("line") for level, properties, _ in shown if level == "error"] == [*"123456789", None]
    assert shown[9] == (
        "error",
        {"title": "rlhf-linkcheck"},
        "3 more errors (LNK101 2, PAP101 1): the JSON report has them all",
    )
    assert [properties["line"] for level, properties, _ in shown if level == "warning"] == [*"123456789", "10"]


def test_what_is_missing_is_the_first_warning_and_one_of_the_ten() -> None:
    warnings = [finding(line, Severity.WARNING) for line in range(1, 11)]
    shown = commands(report(*warnings, complete=False, no_way_out=True, exit_code=3))
    missing = "No way out to the network: not one host answered, nor did the control address. No link was judged."
    told = [(level, text) for level, _, text in shown if level == "warning"]
    assert told[0] == ("warning", missing)
    assert told[-1] == ("warning", "2 more warnings (PAP101 2): the JSON report has them all")
    assert len(told) == 10


def test_infos_are_one_counted_line_however_loud_the_style() -> None:
    infos = [finding(line, Severity.INFO) for line in (1, 2)]
    text = REPORTERS["github"].render(report(*infos), Style(verbose=True, color=True, width=60))
    assert text.splitlines() == [
        "::notice title=rlhf-linkcheck::2 infos; 0 links",
        "::notice title=rlhf-linkcheck::2 infos (PAP101 2): the JSON report has them all",
    ]


def test_notes_stand_at_their_place_and_sources_speak_for_themselves() -> None:
    notes = (Note("not needed", "list.md", 7), Note("about it", "list.md"), Note("memory is off", None, 3))
    shown = commands(report(notes=notes, sources=(SourceStats("github", note="no token"), SourceStats("web"))))
    title = {"title": "rlhf-linkcheck"}
    assert shown == [
        ("notice", title, "no findings; 0 links"),
        ("notice", {"file": "list.md", "line": "7"} | title, "not needed"),
        ("notice", {"file": "list.md"} | title, "about it"),
        ("notice", title, "memory is off"),
        ("notice", title, "github: no token"),
    ]


def test_notices_are_ten_at_most_too() -> None:
    shown = commands(report(finding(1, Severity.INFO), notes=tuple(Note(str(number)) for number in range(9))))
    assert [text for _, _, text in shown[2:]] == [*"0123456", "2 more notes: the JSON report has them all"]
    assert len(shown) == 10


def test_what_is_wrong_is_said_however_long_the_names_of_its_place_are() -> None:
    """Else a contributor's long id would hide it: the runner shows the first 4,096 characters and no more."""
    (_, _, text), *_ = commands(report(finding(entry="\x1b" * 1_500, path="f\x1b/" * 1_000 + "list.md")))
    assert text.startswith("it is wrong\n")
    assert " PAP101 wrong-paper (\\x1b" in text
    assert len(text) <= 4_000


def test_a_long_message_is_cut_before_the_runner_cuts_the_place_off_it() -> None:
    long = Suggestion(tuple(Edit("title", "b" * 1_500) for _ in range(3)))
    text = commands(report(finding(suggestion=long)))[0][2]
    assert len(text) == 4_000
    assert text.endswith("b…\nlist.md:3:5 PAP101 wrong-paper (one)")


BEFORE = GOLDEN.started_at - timedelta(days=3)
AUDITED = History((PastAudit(BEFORE, 1, 0, 0, 0, 0, 0, 0),))


def test_the_annotations_of_an_audit_lead_with_what_is_new() -> None:
    known = [finding(line, known_since=BEFORE) for line in range(1, 12)]
    risen, new = finding(20, known_since=BEFORE, has_risen=True), finding(21)
    shown = [text.split("\n") for level, _, text in commands(report(*known, risen, new, history=AUDITED))]
    assert shown[:3] == [
        ["graver: it is wrong", "Known since 2026-01-28, graver now", "list.md:20:5 PAP101 wrong-paper (one)"],
        ["new: it is wrong", "list.md:21:5 PAP101 wrong-paper (one)"],
        ["it is wrong", "Known since 2026-01-28", "list.md:1:5 PAP101 wrong-paper (one)"],
    ]
    assert shown[9] == ["4 more errors (PAP101 4): the JSON report has them all"]
    changed = "Since the last audit (2026-01-28): 1 new finding (PAP101 1), 1 graver than before (PAP101 1)."
    assert shown[-1] == [changed]


def test_to_a_first_audit_nothing_is_new_as_all_is() -> None:
    first, *notices = commands(report(finding(), history=History()))
    assert first[2] == "it is wrong\nlist.md:3:5 PAP101 wrong-paper (one)"
    assert [level for level, *_ in notices] == ["notice"] * 2
    assert notices[1][2] == "No earlier audit of the whole list is known, so what is found is no news of last night."


def test_what_has_changed_is_one_of_the_ten_notices() -> None:
    notes = tuple(Note(str(number)) for number in range(20))
    shown = report(finding(severity=Severity.INFO), notes=notes, history=AUDITED)
    told = [text for level, _, text in commands(shown)]
    assert (len(told), told[1]) == (10, "Since the last audit (2026-01-28): 1 new finding (PAP101 1).")
    assert told[-1] == "14 more notes: the JSON report has them all"
