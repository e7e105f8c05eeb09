"""The JSON report: the contract's keys in the contract's order, for every report, and back."""

import json
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from importlib import resources
from typing import Any

import pytest
from golden_report import EMPTY, GOLDEN
from hypothesis import given
from jsonschema import Draft202012Validator
from strategies import reports

from rlhf_linkcheck.evidence import Reason, Verdict
from rlhf_linkcheck.finding import Severity
from rlhf_linkcheck.report import Note, Report
from rlhf_linkcheck.reporters import REPORTERS, Style, read_report
from rlhf_linkcheck.reporters.json import JsonReporter
from rlhf_linkcheck.repository import Cited, Repository, Restriction, Writing

SCHEMA: dict[str, Any] = json.loads(
    (resources.files("rlhf_linkcheck") / "data" / "report.schema.json").read_text("utf-8")
)

CONTRACT = {
    "$": "schema_version tool started_at finished_at complete exit_code inputs summary links findings entries records"
    " sources rules history",
    "tool": "name version",
    "summary": "entries links alive dead uncertain skipped papers_verified repositories_verified requests errors"
    " warnings infos suppressed",
    "links": "url verdict reason status final_url moved_to redirects attempts elapsed_ms source checked_at from_cache"
    " detail entries",
    "redirects": "status url",
    "findings": "code name severity message entry field url path line column end_line end_column evidence related"
    " suggestion suppressed suppressed_by",
    "evidence": "source listed found retrieved_at",
    "related": "entry path line",
    "suggestion": "edits safe",
    "edits": "field value",
    "entries": "id category section title url path line",
    "records": "identity source title authors retrieved_at",
    "sources": "name asked answered requests follow_ups note",
    "rules": "code name severity summary",
}
"""The keys of the contract's example, by the object that holds them."""


_ASCII = re.compile(r"[^\x00-\x7f]")


def write(report: Report) -> str:
    return JsonReporter().render(report, Style())


@pytest.mark.parametrize("holder", CONTRACT)
def test_every_key_of_the_contract_is_there_in_its_order(holder: str) -> None:
    document = json.loads(write(GOLDEN))
    objects = list(_objects(document, holder)) if holder != "$" else [document]
    assert objects
    for found in objects:
        expected = CONTRACT[holder].split()
        assert [key for key in found if key in expected] == expected


def _objects(value: object, holder: str) -> Iterator[dict[str, object]]:
    """Every object that stands under this key, alone or in a list, wherever it is."""
    if isinstance(value, dict):
        for key, below in value.items():
            members = below if isinstance(below, list) else [below]
            if key == holder:
                yield from (member for member in members if isinstance(member, dict))
            yield from _objects(below, holder)
    elif isinstance(value, list):
        for member in value:
            yield from _objects(member, holder)


@given(reports())
def test_what_is_written_reads_back_as_the_same_report(report: Report) -> None:
    assert read_report(write(report)) == report


@given(reports())
def test_every_report_satisfies_the_published_schema_and_fits_utf_8(report: Report) -> None:
    text = write(report)
    Draft202012Validator(SCHEMA).validate(json.loads(text.encode("utf-8")))


@given(reports())
def test_the_text_is_laid_out_as_the_json_module_does_with_an_indent_of_two(report: Report) -> None:
    text = write(report)
    assert json.dumps(json.loads(text), indent=2) + "\n" == _ASCII.sub(lambda found: json.dumps(found[0])[1:-1], text)


def test_a_long_report_comes_in_pieces_that_stay_short() -> None:
    many = replace(GOLDEN, links=GOLDEN.links * 20, entries=GOLDEN.entries * 20, findings=GOLDEN.findings * 20)
    longest = max(map(len, JsonReporter().parts(GOLDEN, Style())))
    pieces = list(JsonReporter().parts(many, Style()))
    assert max(map(len, pieces)) == longest
    assert json.loads("".join(pieces))["links"] == json.loads(write(GOLDEN))["links"] * 20


@given(reports())
def test_no_character_that_a_terminal_obeys_stands_in_the_text(report: Report) -> None:
    text = write(report)
    assert text.endswith("}\n")
    assert not {"\x1b", "\x9b", "\x7f", "\u202e", "\u2066", "\u2028", "\r"} & set(text)


@pytest.mark.parametrize("name", REPORTERS)
@pytest.mark.parametrize("style", [Style(), Style(verbose=True), Style(80, color=True, hyperlinks=True)])
def test_a_saved_report_gives_the_same_bytes_in_every_format(name: str, style: Style) -> None:
    saved = read_report(write(GOLDEN))
    assert REPORTERS[name].render(saved, style) == REPORTERS[name].render(GOLDEN, style)


def test_times_are_utc_in_whole_seconds() -> None:
    east = timezone(timedelta(hours=2))
    report = replace(EMPTY, started_at=datetime(2026, 1, 31, 4, 0, 0, 999_999, east))
    assert json.loads(write(report))["started_at"] == "2026-01-31T02:00:00Z"
    assert read_report(write(report)).started_at == datetime(2026, 1, 31, 2, 0, 0, tzinfo=UTC)


def test_letters_stay_as_they_are_and_half_a_surrogate_is_escaped() -> None:
    text = write(replace(EMPTY, notes=(Note("强化学习 é \ud800"),)))
    assert '"强化学习 é \\ud800"' in text


def test_a_value_without_a_form_in_json_is_a_bug_and_says_so() -> None:
    with pytest.raises(TypeError, match="complex has no form in JSON"):
        write(replace(EMPTY, inputs=(1j,)))  # type: ignore[arg-type]  # the bug


def test_the_schema_is_one_itself_and_describes_every_property() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    holders = [SCHEMA, *SCHEMA["$defs"].values(), SCHEMA["properties"]["tool"]]
    described = [part for holder in holders for part in holder.get("properties", {}).values()]
    assert len(described) > 90
    assert all(part["description"].endswith(".") for part in described)


@pytest.mark.parametrize(
    ("name", "values"),
    [("reason", Reason), ("verdict", Verdict), ("severity", Severity)],
)
def test_the_schema_knows_exactly_the_programs_words(name: str, values: type[Reason | Verdict | Severity]) -> None:
    assert SCHEMA["$defs"][name]["enum"] == [member.value for member in values]


def test_the_schema_describes_repositories_as_the_program_knows_them() -> None:
    assert SCHEMA["$defs"]["repository"]["properties"]["restricted"]["enum"] == [*Restriction, None]
    for name, kind in (("repository", Repository), ("writing", Writing), ("cited", Cited)):
        described = SCHEMA["$defs"][name]
        assert list(described["properties"]) == described["required"] == [field.name for field in fields(kind)]


def test_what_was_read_in_a_repository_is_told_from_what_nobody_looked_at() -> None:
    links = {link["url"]: link for link in json.loads(write(GOLDEN))["links"]}
    read = [link["writings"] for link in links.values() if link["repository"] is not None]
    assert [[writing["path"] for writing in writings] for writings in read] == [["README.md", "CITATION.cff"]]
    assert {link["writings"] for link in links.values() if link["repository"] is None} == {None}
