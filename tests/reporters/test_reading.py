"""Reading a saved report back: what is no report is refused in one line that says where."""

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from golden_report import GOLDEN
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.reporters import ReportError, Style, read_report, reading_document
from rlhf_linkcheck.reporters.json import JsonReporter

TEXT = JsonReporter().render(GOLDEN, Style())
SMALL = JsonReporter().render(
    replace(GOLDEN, links=GOLDEN.links[1:4], findings=GOLDEN.findings[:2], entries=GOLDEN.entries[:1]), Style()
)


def spoilt(change: Callable[[Any], object]) -> str:
    document = json.loads(TEXT)
    change(document)
    return json.dumps(document)


@pytest.mark.parametrize(
    ("change", "where", "problem"),
    [
        (lambda d: d.pop("links"), "$", "'links' is a required property"),
        (lambda d: d["links"][2].pop("url"), "$.links[2]", "'url' is a required property"),
        (lambda d: d.update(schema_version=2), "$.schema_version", "this tool reads version 1, not 2"),
        (lambda d: d.update(schema_version=["x"] * 99), "$.schema_version", "this tool reads version 1, not ['x'"),
        (lambda d: d.update(inputs="entries.yaml"), "$.inputs", "expected array, found 'entries.yaml'"),
        (lambda d: d.update(exit_code=7), "$.exit_code", "expected one of 0, 1, 2, 3, 130, 143, found 7"),
        (lambda d: d["links"][0].update(status="404"), "$.links[0].status", "expected integer or null, found '404'"),
        (lambda d: d["links"][0].update(reason="bored"), "$.links[0].reason", "expected one of ok, not_found"),
        (lambda d: d["links"][0].update(verdict="dead"), "$.links[0].verdict", "timeout is uncertain, not dead"),
        (lambda d: d["links"][1].update(record=7), "$.links[1].record", "expected object, found 7"),
        (lambda d: d["links"][1]["record"].pop("title"), "$.links[1].record", "'title' is a required property"),
        (lambda d: d["links"][2].update(repository=[]), "$.links[2].repository", "expected object, found []"),
        (lambda d: d["links"][2]["repository"].pop("name"), "$.links[2].repository", "'name' is a required property"),
        (
            lambda d: d["links"][2]["repository"].update(restricted="haunted"),
            "$.links[2].repository.restricted",
            "expected one of gated, disabled, taken_down, private, None, found 'haunted'",
        ),
        (
            lambda d: d["links"][2]["repository"].update(pushed_at="2026-13-01T00:00:00Z"),
            "$.links[2].repository.pushed_at",
            "there is no such time as 2026-13-01",
        ),
        (lambda d: d["links"][2].update(writings="README"), "$.links[2].writings", "expected array, found 'README'"),
        (
            lambda d: d["links"][2]["writings"][0]["own"][0].update(authors=[7]),
            "$.links[2].writings[0].own[0].authors[0]",
            "expected string, found 7",
        ),
        (lambda d: d["links"][2].update(homeless=1), "$.links[2].homeless", "expected boolean, found 1"),
        (lambda d: d["findings"][0].update(code="XYZ999"), "$.findings[0].code", "no XYZ999 'unreachable-link' among"),
        (lambda d: d["findings"][0].update(name="nice"), "$.findings[0].code", "there is no LNK104 'nice' among"),
        (lambda d: d["findings"][0].update(code="lnk104"), "$.findings[0].code", "'lnk104' does not satisfy pattern"),
        (lambda d: d["findings"][0].update(line=0), "$.findings[0].line", "0 does not satisfy minimum: 1"),
        (lambda d: d["findings"][0].update(suppressed=True), "$.findings[0].suppressed_by", "expected string, found"),
        (lambda d: d["findings"][0].update(suppressed_by="x"), "$.findings[0].suppressed_by", "expected null, found"),
        (lambda d: d.update(started_at="2026-02-30T00:00:00Z"), "$.started_at", "there is no such time as 2026-02-30"),
        (lambda d: d.update(started_at="yesterday"), "$.started_at", "'yesterday' does not satisfy pattern"),
        (
            lambda d: d["findings"][0]["evidence"].update(retrieved_at="2026-01-31T24:00:60Z"),
            "$.findings[0].evidence.retrieved_at",
            "there is no such time",
        ),
        (lambda d: d.update(tool="\x1b[31m" * 9999), "$.tool", "expected object, found '\\x1b[31m"),
    ],
)
def test_a_report_that_is_amiss_is_refused_at_its_place(
    change: Callable[[Any], object], where: str, problem: str
) -> None:
    with pytest.raises(ReportError) as caught:
        read_report(spoilt(change))
    assert caught.value.where == where
    assert problem in caught.value.problem
    assert len(str(caught.value)) < 600
    assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "$: not JSON: Expecting value at line 1, column 1"),
        ("{", "$: not JSON: Expecting property name enclosed in double quotes at line 1, column 2"),
        ("[" * 100_000, "$: nested too deeply"),
        ('{"a":' * 100_000, "$: nested too deeply"),
        ("9" * 5000, "$: not JSON: a number that is none, or far too long"),
        ('{"x": NaN}', "$: not JSON: a number that is none, or far too long"),
        ("[]", "$: expected object, found []"),
        ("null", "$: expected object, found None"),
        ('"a report"', "$: expected object, found 'a report'"),
        ("{}", "$: 'schema_version' is a required property"),
    ],
)
def test_what_is_no_report_at_all_is_refused_in_one_line(text: str, problem: str) -> None:
    with pytest.raises(ReportError) as caught:
        read_report(text)
    assert str(caught.value) == problem


def test_a_report_of_impossible_size_is_not_even_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading_document, "LONGEST", len(TEXT))
    assert read_report(TEXT) == GOLDEN
    with pytest.raises(ReportError, match="longer than"):
        read_report(TEXT + " ")


def test_keys_that_were_added_later_are_passed_over() -> None:
    def add(document: dict[str, Any]) -> None:
        document["weather"] = {"warm": 1.5}
        document["links"][0]["archived_at"] = [1, 2]
        document["findings"][0]["evidence"]["mood"] = "good"

    assert read_report(spoilt(add)) == GOLDEN


LATER = (
    "missing_fragment",
    "secure_url",
    "record",
    "newest",
    "earlier",
    "elsewhere",
    "meant",
    "unsettled",
    "repository",
    "writings",
    "homeless",
)
"""What a link had not from the beginning."""


def test_a_report_with_nothing_but_the_contracts_keys_is_enough() -> None:
    def strip(document: dict[str, Any]) -> None:
        del document["notes"], document["elapsed_ms"]
        for link in document["links"]:
            for later in LATER:
                del link[later]
        for rule in document["rules"]:
            del rule["needs_network"], rule["fixable"]

    report = read_report(spoilt(strip))
    assert report.summary == GOLDEN.summary
    assert report.notes == ()
    assert not any(rule.fixable or rule.needs_network for rule in report.rules)


def test_a_byte_order_mark_and_whole_numbers_with_a_point_are_read() -> None:
    text = TEXT.replace('"status": 404', '"status": 404.0').replace('"attempts": 3', '"attempts": 3e0')
    assert text != TEXT
    assert read_report("\ufeff" + text) == GOLDEN


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
    lambda below: st.lists(below) | st.dictionaries(st.sampled_from(sorted(json.loads(TEXT))) | st.text(), below),
    max_leaves=10,
)


@given(JSON)
def test_no_json_whatever_makes_it_stumble(value: object) -> None:
    with pytest.raises(ReportError):
        read_report(json.dumps(value))


@given(st.data())
def test_a_report_with_any_one_value_replaced_is_read_or_refused(data: st.DataObject) -> None:
    """Walk down to some place in the document and put something else there."""
    document: Any = json.loads(SMALL)
    holder, key = document, data.draw(st.sampled_from(sorted(document)))
    while isinstance(holder[key], dict | list) and holder[key] and data.draw(st.booleans()):
        holder = holder[key]
        key = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
    holder[key] = data.draw(JSON)
    try:
        report = read_report(json.dumps(document))
    except ReportError:
        return
    assert read_report(JsonReporter().render(report, Style())) == report
