"""SARIF's run: its rules, its category, how it ended, and what is to be said of it."""

from dataclasses import replace
from datetime import timedelta, timezone
from typing import Any

import pytest
from golden_report import GOLDEN
from sarif_written import OFFLINE, RULE, notifications, report, run

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, SourceStats
from rlhf_linkcheck.finding import RuleInfo, Severity
from rlhf_linkcheck.report import LinkReport, Note


def test_all_rules_are_there_with_help_and_links_and_none_is_about_security() -> None:
    first, second = run(report(rules=(RULE, OFFLINE)))["tool"]["driver"]["rules"]
    page = "https://github.com/opendilab/rlhf-linkcheck/blob/main/docs/rules/PAP101.md"
    assert (first["id"], first["name"], first["helpUri"]) == ("PAP101", "wrong-paper", page)
    assert first["shortDescription"] == first["fullDescription"] == {"text": "A different paper."}
    assert page in first["help"]["text"]
    assert f"]({page})" in first["help"]["markdown"]
    assert "`# linkcheck: ignore[PAP101]`" in first["help"]["markdown"]
    assert "carries the fix" in first["help"]["text"]
    assert "by hand" in second["help"]["text"]
    assert [rule["defaultConfiguration"]["level"] for rule in (first, second)] == ["error", "warning"]
    assert first["properties"] == {
        "tags": ["papers", "network"],
        "precision": "high",
        "problem.severity": "error",
    }
    assert second["properties"] == {
        "tags": ["entries", "offline"],
        "precision": "very-high",
        "problem.severity": "warning",
    }


def test_a_rule_of_which_little_is_known_still_has_all_that_is_needed_and_no_text_is_too_long() -> None:
    bare = RuleInfo("XYZ001", "", Severity.INFO, "")
    long = RuleInfo("PAP999", "n" * 300, Severity.INFO, "s" * 1_500)
    first, second = run(report(rules=(bare, long)))["tool"]["driver"]["rules"]
    assert (first["name"], first["shortDescription"]["text"]) == ("XYZ001", "XYZ001.")
    assert first["properties"]["tags"] == ["offline"]
    assert (len(second["name"]), len(second["fullDescription"]["text"])) == (255, 1024)


@pytest.mark.parametrize(
    ("version", "known"),
    [
        ("1.2.3", {"version": "1.2.3", "semanticVersion": "1.2.3"}),
        ("1.2.3-rc.1", {"version": "1.2.3-rc.1", "semanticVersion": "1.2.3-rc.1"}),
        ("1.2.3.dev4", {"version": "1.2.3.dev4"}),
        ("01.2.3", {"version": "01.2.3"}),
        ("\x1b", {"version": "\\x1b"}),
    ],
)
def test_the_version_is_a_semantic_one_only_where_it_is_one(version: str, known: dict[str, str]) -> None:
    driver = run(report(version=version))["tool"]["driver"]
    assert {key: driver[key] for key in ("version", "semanticVersion") if key in driver} == known


def test_each_list_has_a_category_of_its_own_that_stays_the_same() -> None:
    ids = [run(report(**parts))["automationDetails"]["id"] for parts in ({}, {"finished_at": GOLDEN.finished_at})]
    assert ids == ["rlhf-linkcheck/list.md/2026-01-31T02:00:00Z", "rlhf-linkcheck/list.md/2026-01-31T02:00:12Z"]
    many = replace(report(), inputs=tuple(f"lists/{number}.md" for number in range(99)))
    assert run(many)["automationDetails"]["id"] == "rlhf-linkcheck/0aeb87af319ce05e/2026-01-31T02:00:00Z"


@pytest.mark.parametrize(
    ("parts", "ended"),
    [
        ({"exit_code": 0}, {"executionSuccessful": True, "exitCode": 0}),
        ({"exit_code": 1}, {"executionSuccessful": True, "exitCode": 1}),
        ({"exit_code": 1, "complete": False}, {"executionSuccessful": False, "exitCode": 1}),
        ({"exit_code": 3}, {"executionSuccessful": False, "exitCode": 3}),
        (
            {"exit_code": 130},
            {"executionSuccessful": False, "exitCode": 130, "exitSignalName": "SIGINT", "exitSignalNumber": 2},
        ),
        (
            {"exit_code": 143},
            {"executionSuccessful": False, "exitCode": 143, "exitSignalName": "SIGTERM", "exitSignalNumber": 15},
        ),
    ],
)
def test_the_invocation_says_how_the_run_ended(parts: dict[str, Any], ended: dict[str, object]) -> None:
    east = GOLDEN.started_at.astimezone(timezone(timedelta(hours=2)))
    (invocation,) = run(report(started_at=east, finished_at=GOLDEN.finished_at, **parts))["invocations"]
    del invocation["toolExecutionNotifications"]
    assert invocation == {
        **ended,
        "startTimeUtc": "2026-01-31T02:00:00Z",
        "endTimeUtc": "2026-01-31T02:00:12Z",
    }


def asked(*reasons: Reason) -> tuple[LinkReport, ...]:
    return tuple(LinkReport(str(number), Evidence(Outcome(reason))) for number, reason in enumerate(reasons))


def test_what_could_not_be_verified_is_notified() -> None:
    links = asked(Reason.OK, Reason.BLOCKED, Reason.TIMEOUT, Reason.BLOCKED, Reason.EXCLUDED, Reason.NOT_FOUND)
    sources = (SourceStats("github", note="no [token]({1})"), SourceStats("web"))
    assert notifications(report(links=links, sources=sources, complete=False)) == [
        ("error", "Incomplete: a part of this run is missing."),
        ("note", "Uncertain: 3 of 6 links (2 blocked, 1 timeout)."),
        ("note", "Skipped: 1 of 6 links (1 excluded)."),
        ("warning", "github: no [token] ({{1}})"),
    ]


def test_rules_that_had_nothing_to_go_by_are_named() -> None:
    said = "Nobody was heard, so that these rules could not run: {}."
    offline = notifications(report(links=asked(Reason.OFFLINE), rules=(RULE, OFFLINE)))
    assert offline == [("warning", said.format("PAP101")), ("note", "Skipped: 1 of 1 links (1 offline).")]
    assert notifications(report(no_way_out=True, complete=False))[1] == ("warning", said.format("none"))


def test_a_note_is_notified_at_its_place() -> None:
    notes = (Note("not needed", "list.md", 7), Note("about it", "list.md"), Note("memory is off", None, 3))
    told = run(report(notes=notes))["invocations"][0]["toolExecutionNotifications"]
    place = {"artifactLocation": {"uri": "list.md", "uriBaseId": "%SRCROOT%"}}
    note = {"level": "note"}
    assert told == [
        note
        | {
            "message": {"text": "not needed"},
            "locations": [{"physicalLocation": place | {"region": {"startLine": 7}}}],
        },
        note | {"message": {"text": "about it"}, "locations": [{"physicalLocation": place}]},
        note | {"message": {"text": "memory is off"}},
    ]
