"""What is to become of the tracking issue, for every report and every issue."""

from dataclasses import replace
from typing import Any

import pytest
from builders import at
from hypothesis import given, settings
from hypothesis import strategies as st
from large_report import large
from strategies import TEXTS, reports
from tracked import FILES, about, audited, dead, text_of

from rlhf_linkcheck.finding import Severity
from rlhf_linkcheck.report import EntryReport, History, InputFile, Report
from rlhf_linkcheck.tracking import plan_of
from rlhf_linkcheck.tracking.head import MOST_TOLD, Head, head_in, marks_of, name_of_list
from rlhf_linkcheck.tracking.issue import Issue
from rlhf_linkcheck.tracking.plan import Action, Comment, Open, State, Update, is_audit

LONGEST = 65_536
A, B, C = (dead(f"https://{name}.example/") for name in "abc")
KNOWN = audited(A).started_at


def said(*actions: Action) -> list[str]:
    return [action.words for action in actions]


def planned(report: Report, body: str | None = None, *, is_open: bool = True, **parts: Any) -> list[str]:
    return said(*plan_of(report, None if body is None else Issue(7, is_open, body), **parts))


def test_an_issue_is_opened_for_the_first_error_and_not_for_a_warning() -> None:
    assert planned(audited()) == []
    assert planned(audited(dead("https://a.example/", Severity.WARNING))) == []
    assert planned(audited(A, B)) == ["open an issue with 2 findings"]
    suppressed = dead("https://a.example/", suppressed_by="baseline")
    assert planned(audited(suppressed)) == []


def test_who_fails_on_warnings_has_them_tracked() -> None:
    warned = audited(dead("https://a.example/", Severity.WARNING))
    assert planned(warned, least=Severity.WARNING) == ["open an issue with 1 finding"]


def test_who_has_no_memory_closes_nothing_that_is_still_dead() -> None:
    """To an audit elsewhere, or after its memory was lost, what has long been dead is only suspect."""
    suspect = replace(A, severity=Severity.WARNING)
    (update,) = plan_of(audited(suspect), Issue(7, is_open=True, body=text_of(A)))
    assert isinstance(update, Update)
    assert (update.words, update.state) == ("update #7", None)
    assert head_in(update.body) == head_in(text_of(A))
    assert "1 finding of before is still there, and less sure than it was." in update.body
    assert planned(audited(suspect), text_of(A), is_open=False) == ["update #7, which stays closed"]
    assert planned(audited(A), update.body) == ["update #7"]
    # What never was an error by its rule, nobody has told of, or is accepted by now keeps nothing open.
    closed = ["close #7: nothing is left"]
    by_rule = replace(suspect, rule=replace(A.rule, severity=Severity.WARNING))
    assert planned(audited(by_rule), text_of(A)) == closed
    assert planned(audited(suspect), text_of(B)) == closed
    assert planned(audited(replace(suspect, suppressed_by="baseline")), text_of(A)) == closed
    assert planned(audited(suspect), "<!-- rlhf-linkcheck: entries.yaml -->\n") == closed


def test_an_issue_that_is_open_is_written_anew_and_commented_on_what_is_new_alone() -> None:
    assert planned(audited(A), text_of(A)) == ["update #7"]
    assert planned(audited(A, B), text_of(A)) == ["comment #7 with 1 new finding", "update #7"]
    comment, update = plan_of(audited(A, B), Issue(7, is_open=True, body=text_of(A)))
    assert comment == Comment(
        7,
        "**1 new finding** (LNK101 1):\n\n"
        "- `entries.yaml:3` [LNK101](https://github.com/opendilab/rlhf-linkcheck/blob/main/docs/rules/LNK101.md)"
        " <https://b.example/>: 404 not found\n",
        "comment #7 with 1 new finding",
    )
    assert isinstance(update, Update)
    assert head_in(update.body) == Head("entries.yaml", frozenset(marks_of(about(audited(A, B)))))


def test_the_gravest_come_first_in_a_comment_and_of_many_the_rest_is_counted() -> None:
    warned = [dead(f"https://w{number}.example/", Severity.WARNING) for number in range(11)]
    (comment, _) = plan_of(audited(*warned, A), Issue(7, is_open=True, body=text_of()), Severity.WARNING)
    assert isinstance(comment, Comment)
    lines = comment.body.splitlines()
    assert lines[0] == "**12 new findings** (LNK101 12):"
    assert "https://a.example/" in lines[2]
    assert len([line for line in lines if line.startswith("- ")]) == 10
    assert lines[-1] == "… and 2 more: see above."


def test_it_is_closed_when_nothing_is_left() -> None:
    assert planned(audited(), text_of(A)) == ["close #7: nothing is left"]
    (update,) = plan_of(audited(), Issue(7, is_open=True, body=text_of(A)))
    assert isinstance(update, Update)
    assert (update.state, head_in(update.body)) == (State.CLOSED, Head("entries.yaml"))


def test_what_could_not_be_looked_at_is_not_mended_and_is_no_news_when_it_is_seen_again() -> None:
    silent = audited(unseen=about(audited(A)))
    (update,) = plan_of(silent, Issue(7, is_open=True, body=text_of(A)))
    assert isinstance(update, Update)
    assert (update.words, update.state) == ("update #7", None)
    assert "1 finding of before could not be looked at this time" in update.body
    assert planned(audited(A), update.body) == ["update #7"]
    assert planned(silent) == []


def test_what_nobody_wants_to_hear_of_keeps_no_issue_open_where_it_is_out_of_sight() -> None:
    silent = audited(unseen=about(audited(A)))
    assert silent.history is not None
    (known,) = silent.history.unseen
    accepted = replace(silent, history=History(unseen=(replace(known, suppressed=True),)))
    assert planned(accepted, text_of(A)) == ["close #7: nothing is left"]


def test_one_that_an_audit_has_closed_is_opened_again_by_what_it_finds_next() -> None:
    (closing,) = plan_of(audited(), Issue(7, is_open=True, body=text_of(A)))
    assert isinstance(closing, Update)
    assert planned(audited(), closing.body, is_open=False) == []
    expected = ["comment #7 with 1 new finding", "open #7 again"]
    assert planned(audited(A), closing.body, is_open=False) == expected
    known = replace(A, known_since=KNOWN)
    assert planned(audited(known), closing.body, is_open=False) == expected


def test_one_that_was_closed_by_hand_stays_so_until_something_new_is_found() -> None:
    assert planned(audited(A), text_of(A), is_open=False) == ["update #7, which stays closed"]
    assert planned(audited(A, B), text_of(A), is_open=False) == ["comment #7 with 1 new finding", "open #7 again"]
    (quiet,) = plan_of(audited(), Issue(7, is_open=False, body=text_of(A)))
    assert isinstance(quiet, Update)
    assert (quiet.words, quiet.state) == ("update #7, which stays closed", None)
    assert planned(audited(A), quiet.body, is_open=False)[-1] == "open #7 again"


def test_where_the_issue_does_not_know_any_more_what_is_new_to_the_audit_counts() -> None:
    edited = "<!-- rlhf-linkcheck: entries.yaml -->\nsomebody's words"
    known = replace(A, known_since=KNOWN)
    assert planned(audited(known, B), edited) == ["comment #7 with 1 new finding", "update #7"]
    assert planned(audited(known), edited) == ["update #7"]
    many = [dead(f"https://{number}.example/", known_since=KNOWN) for number in range(MOST_TOLD + 5)]
    (_, full) = plan_of(audited(*many), Issue(7, is_open=True, body=text_of()))
    assert isinstance(full, Update)
    assert planned(audited(*many), full.body) == ["update #7"]
    assert planned(audited(*many, B), full.body) == ["comment #7 with 1 new finding", "update #7"]


def entry(name: str, title: str, line: int) -> EntryReport:
    return EntryReport(name, "blog", None, title, "https://a.example/", FILES[0].path, line)


def in_entries(*titles: str, severity: Severity = Severity.ERROR, **parts: Any) -> Report:
    """An audit that finds the same link dead in entries of these titles, new to it where they begin with «New»."""
    found = tuple(
        dead(
            "https://a.example/",
            severity,
            entry=f"e{line}",
            position=at(line),
            known_since=None if title.startswith("New") else KNOWN,
        )
        for line, title in enumerate(titles, 1)
    )
    entries = tuple(entry(f"e{line}", title, line) for line, title in enumerate(titles, 1))
    return audited(*found, entries=entries, **parts)


def test_who_mends_a_title_or_names_another_rule_has_no_new_finding() -> None:
    """Also where the audit remembers nothing, to which then all is new."""
    (opening,) = plan_of(in_entries("On A"), None)
    assert isinstance(opening, Open)
    assert planned(in_entries("About A"), opening.body) == ["update #7"]
    assert planned(in_entries("New title"), opening.body) == ["update #7"]
    other = replace(A.rule, code="LNK107")
    report = in_entries("On A")
    renamed = tuple(replace(one, rule=other) for one in report.findings)
    assert planned(replace(report, findings=renamed, rules=(other,)), opening.body) == ["update #7"]


def test_the_same_link_in_another_entry_is_another_finding() -> None:
    (opening,) = plan_of(in_entries("On A"), None)
    assert isinstance(opening, Open)
    comment, update = plan_of(in_entries("New", "On A"), Issue(7, is_open=True, body=opening.body))
    assert isinstance(comment, Comment)
    assert comment.words == "comment #7 with 1 new finding"
    assert "entries.yaml:1" in comment.body
    assert isinstance(update, Update)
    for titles in (("New", "On A"), ("Newer", "On A"), ("On A",), ("New",)):
        assert planned(in_entries(*titles), update.body) == ["update #7"]
    assert planned(in_entries("New", "On A", "Newer"), update.body)[0] == "comment #7 with 1 new finding"
    # One that could not be looked at is another one still.
    silent = in_entries("New", unseen=about(in_entries("On A")))
    assert planned(silent, opening.body)[0] == "comment #7 with 1 new finding"
    assert planned(silent, update.body) == ["update #7"]
    # What is less than the issue is for takes no grave one's place.
    suspect = in_entries("On B", severity=Severity.WARNING)
    both = in_entries("On B", "New")
    mixed = replace(both, findings=(*suspect.findings, *both.findings[1:]))
    (first,) = plan_of(mixed, None)
    assert isinstance(first, Open)
    assert planned(in_entries("New"), first.body) == ["update #7"]


def test_an_audit_that_is_repeated_within_the_hour_says_nothing_twice() -> None:
    """To both of them it is new."""
    (opening,) = plan_of(audited(A), None)
    assert isinstance(opening, Open)
    assert planned(audited(A), opening.body) == ["update #7"]


@pytest.mark.parametrize(
    "parts", [{"complete": False}, {"no_way_out": True}, {"exit_code": 3}, {"exit_code": 2}, {"exit_code": 130}]
)
@pytest.mark.parametrize("body", [None, text_of(A)])
def test_a_run_that_was_none_changes_nothing(parts: dict[str, Any], body: str | None) -> None:
    assert planned(audited(B, **parts), body) == []
    assert planned(audited(**parts), body) == []


def test_the_largest_report_fits_and_the_shorter_one_is_short() -> None:
    report = replace(large(1_500), files=tuple(InputFile("x" * 300 + name) for name in "abc"), complete=True)
    (opening,) = plan_of(replace(report, exit_code=1, no_way_out=False), None)
    assert isinstance(opening, Open)
    assert 60_000 < len(opening.body) <= LONGEST
    assert len(opening.shorter) < 20_000
    assert opening.shorter.startswith(opening.body.partition("\n")[0])
    assert len(opening.title) <= 256


AUDITS = reports().map(lambda report: replace(report, complete=True, no_way_out=False, exit_code=1))
ISSUES = st.none() | st.builds(
    Issue, st.integers(1, 9), st.booleans(), st.just(text_of(A)) | st.just(text_of()) | TEXTS
)


@settings(max_examples=40)
@given(AUDITS, ISSUES, st.sampled_from((Severity.ERROR, Severity.WARNING)))
def test_of_any_report_the_plan_is_one_that_github_takes(report: Report, issue: Issue | None, least: Severity) -> None:
    actions = plan_of(report, issue, least)
    kinds = [type(action) for action in actions]
    assert kinds in ([], [Open], [Update], [Comment, Update])
    assert not actions or is_audit(report)
    assert (Open in kinds) <= (issue is None)
    for action in actions:
        assert len(action.body) <= LONGEST
        assert all(line.isprintable() for line in action.body.split("\n"))
        if isinstance(action, Open | Update):
            head = head_in(action.body)
            assert head is not None
            assert head.name == name_of_list(report.files)
            assert head_in(action.shorter) == head
        if isinstance(action, Open):
            assert action.title.isprintable()


@settings(max_examples=40)
@given(AUDITS, st.sampled_from((Severity.ERROR, Severity.WARNING)))
def test_the_same_report_a_second_time_says_nothing_new_and_settles(report: Report, least: Severity) -> None:
    report = replace(report, findings=(A, *report.findings))
    (opening,) = plan_of(report, None, least)
    again = plan_of(report, Issue(1, is_open=True, body=opening.body), least)
    assert [(type(action), action.body) for action in again] == [(Update, opening.body)]


def test_two_lists_of_one_repository_have_different_marks() -> None:
    other = audited(A, files=(InputFile("other.md", "docs/other.md"),))
    (opening,) = plan_of(other, None)
    assert isinstance(opening, Open)
    assert opening.title == "Link check: docs/other.md"
    assert opening.body.startswith("<!-- rlhf-linkcheck: docs/other.md -->\n")
    assert name_of_list(FILES) == "entries.yaml"
