"""SARIF: valid by the official schema, and all that code scanning and other viewers read of it."""

import json

import pytest
from golden_report import EMPTY, GOLDEN
from hypothesis import given, settings
from sarif_written import finding, needs_schema, notifications, report, run, validator, write
from strategies import reports

from rlhf_linkcheck.finding import Severity
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters import REPORTERS, Style, sarif


@needs_schema
@pytest.mark.parametrize("shown", [EMPTY, GOLDEN], ids=["empty", "golden"])
def test_a_report_is_valid_by_the_schema(shown: Report) -> None:
    validator().validate(json.loads(write(shown)))


@needs_schema
@settings(max_examples=25)
@given(reports())
def test_any_report_is_valid_by_the_schema(shown: Report) -> None:
    validator().validate(json.loads(write(shown)))


@settings(max_examples=30)
@given(reports())
def test_any_report_has_what_code_scanning_demands_and_nothing_that_a_terminal_obeys(shown: Report) -> None:
    text = write(shown)
    assert all(line.isprintable() for line in text.removesuffix("\n").split("\n"))
    document = json.loads(text.encode())
    assert (document["$schema"][:8], document["version"]) == ("https://", "2.1.0")
    (only,) = document["runs"]
    rules = only["tool"]["driver"]["rules"]
    for rule in rules:
        assert all(rule[part]["text"] for part in ("shortDescription", "fullDescription", "help"))
        assert rule["id"]
        assert rule["name"]
    assert len(only["results"]) == len(shown.findings)
    for one, of in zip(only["results"], shown.findings, strict=True):
        assert rules[one["ruleIndex"]]["id"] == one["ruleId"] == of.rule.code
        assert one["message"]["text"]
        (location,) = one["locations"]
        region = location["physicalLocation"]["region"]
        assert (region["startLine"], region["startColumn"]) == of.position[:2]
        assert bool(one["suppressions"]) == of.suppressed
    keys = [
        (of.path, one["partialFingerprints"]["primaryLocationLineHash"])
        for one, of in zip(only["results"], shown.findings, strict=True)
    ]
    assert len(set(keys)) == len(keys)


def test_of_more_than_code_scanning_takes_the_gravest_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST", 4)
    order = (Severity.INFO, Severity.WARNING, Severity.ERROR, Severity.WARNING, Severity.ERROR, Severity.WARNING)
    hidden = finding(1, suppressed_by="list.md:1")
    shown = report(hidden, *(finding(line, severity) for line, severity in enumerate(order, 2)))
    results = run(shown)["results"]
    kept = [(one["locations"][0]["physicalLocation"]["region"]["startLine"], one["level"]) for one in results]
    assert kept == [(3, "warning"), (4, "error"), (5, "warning"), (6, "error")]
    assert [one["partialFingerprints"]["primaryLocationLineHash"][-2:] for one in results] == [":3", ":4", ":5", ":6"]
    assert notifications(shown)[0] == (
        "warning",
        "3 of 7 findings are left out, the least grave: code scanning takes no more. The JSON report has all.",
    )


def test_a_long_report_comes_in_pieces_that_stay_short() -> None:
    pieces = list(REPORTERS["sarif"].parts(report(*(finding(line) for line in range(1, 501))), Style()))
    assert max(map(len, pieces)) < 2_500
    assert len(json.loads("".join(pieces))["runs"][0]["results"]) == 500


def test_the_style_changes_nothing() -> None:
    loud = Style(60, color=True, hyperlinks=True, verbose=True, quiet=True)
    assert REPORTERS["sarif"].render(GOLDEN, loud) == write(GOLDEN)
