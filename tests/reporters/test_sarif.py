"""SARIF: valid by the official schema, and all that code scanning and other viewers read of it."""

import json
from dataclasses import replace
from datetime import timedelta, timezone
from functools import cache
from typing import Any

import pytest
from golden_report import EMPTY, GOLDEN
from hypothesis import given, settings
from jsonschema import Draft4Validator
from referencing import Registry
from shared_data import SHARED
from strategies import reports

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, SourceStats
from rlhf_linkcheck.finding import Edit, Finding, Fingerprint, Proof, Related, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.model import Position
from rlhf_linkcheck.report import EntryReport, History, InputFile, Known, LinkReport, Note, PastAudit, Report, summarize
from rlhf_linkcheck.reporters import REPORTERS, Style, sarif

SCHEMA = SHARED / "data" / "sarif-schema-2.1.0.json"
needs_schema = pytest.mark.skipif(not SCHEMA.exists(), reason=f"needs {SCHEMA} (see RLHF_LINKCHECK_SHARED)")

RULE = RuleInfo("PAP101", "wrong-paper", Severity.ERROR, "a different paper", needs_network=True, fixable=True)
OFFLINE = RuleInfo("ENT103", "empty-link", Severity.WARNING, "no address")


@cache
def validator() -> Any:
    schema = json.loads(SCHEMA.read_text("utf-8"))
    del schema["$schema"]  # of the draft, which the class names
    return Draft4Validator(schema, registry=Registry())


def write(shown: Report) -> str:
    return REPORTERS["sarif"].render(shown, Style())


def run(shown: Report) -> dict[str, Any]:
    only: dict[str, Any]
    (only,) = json.loads(write(shown))["runs"]
    return only


def finding(line: int = 3, severity: Severity = Severity.ERROR, **parts: Any) -> Finding:
    basis = Finding(RULE, severity, "it is wrong", "list.md", Position(line, 5, line, 9), "one")
    return replace(basis, **parts)


def report(*findings: Finding, **parts: Any) -> Report:
    links = parts.get("links", ())
    summary = summarize(0, links, findings, ())
    return replace(EMPTY, findings=findings, summary=summary, inputs=("list.md",), **parts)


def result(shown: Finding, **parts: Any) -> dict[str, Any]:
    only: dict[str, Any]
    (only,) = run(report(shown, **parts))["results"]
    return only


def notifications(shown: Report) -> list[tuple[str, str]]:
    told = run(shown)["invocations"][0]["toolExecutionNotifications"]
    return [(one["level"], one["message"]["text"]) for one in told]


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


def test_a_result_says_where_and_in_words_what_with_links_to_the_other_places() -> None:
    shown = finding(
        field="url",
        url="https://a.org/",
        proof=Proof("arxiv", "A [b](1)", "A \\c {0}", GOLDEN.started_at),
        related=(Related("two]", "list.md", 9), Related(None, "/x.md", 2)),
    )
    place = {"uri": "docs/list.md", "uriBaseId": "%SRCROOT%"}
    assert result(shown, files=(InputFile("list.md", "docs/list.md"),)) == {
        "ruleId": "PAP101",
        "ruleIndex": 0,
        "level": "error",
        "message": {
            "text": "it is wrong.\nLink: https://a.org/\nListed: A [b] (1)\nFound: A \\c {{0}}"
            "\nSource: arxiv, 2026-01-31\nSee [two\\]](1).\nSee [/x.md](2)."
        },
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": place,
                    "region": {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 9},
                }
            }
        ],
        "partialFingerprints": {"primaryLocationLineHash": "bd9f8d3df0adbd51:1"},
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": {"artifactLocation": place, "region": {"startLine": 9}},
                "message": {"text": "two]"},
            },
            {
                "id": 2,
                "physicalLocation": {"artifactLocation": {"uri": "file:///x.md"}, "region": {"startLine": 2}},
                "message": {"text": "/x.md"},
            },
        ],
        "suppressions": [],
        "properties": {"entry": "one", "field": "url", "url": "https://a.org/"},
    }


def test_columns_are_code_points_and_lines_end_as_ours_do() -> None:
    only = run(EMPTY)
    assert (only["columnKind"], only["newlineSequences"]) == ("unicodeCodePoints", ["\r\n", "\n", "\r"])
    assert only["originalUriBaseIds"] == {"%SRCROOT%": {"description": {"text": "The root of the repository."}}}


@pytest.mark.parametrize(
    ("message", "said"), [("Is it?", "Is it?"), ("so…", "so…"), (" ", "wrong-paper."), ("a\nb", "a\\nb.")]
)
def test_a_message_is_a_sentence_on_one_line_and_never_empty(message: str, said: str) -> None:
    assert result(finding(message=message))["message"]["text"] == said


def test_a_region_has_no_end_before_its_beginning_and_may_be_empty() -> None:
    regions = [
        result(finding(position=Position(3, 5, *end)))["locations"][0]["physicalLocation"]["region"]
        for end in ((3, 5), (4, 1), (3, 4), (2, 9))
    ]
    begin = {"startLine": 3, "startColumn": 5}
    assert regions == [
        begin | {"endLine": 3, "endColumn": 5},
        begin | {"endLine": 4, "endColumn": 1},
        begin,
        begin,
    ]


def test_of_very_many_other_places_a_hundred_are_told() -> None:
    shown = result(finding(related=tuple(Related("two", "list.md", line) for line in range(1, 2_000))))
    assert [place["id"] for place in shown["relatedLocations"]] == list(range(1, 101))
    assert shown["message"]["text"].count("\nSee ") == 100


ENTRY = EntryReport("one", "paper", None, "A Title", "https://arxiv.org/abs/2203.02155", "list.md", 2)
SAME = finding(field="authors[1]", url="https://a.org/", proof=Proof("arxiv", "A  b", "c"))


@pytest.mark.parametrize(
    "moved",
    [
        replace(SAME, position=Position(90, 1, 92, 7)),
        replace(SAME, field="authors[7]"),
        replace(SAME, message="said otherwise", severity=Severity.INFO),
        replace(SAME, proof=Proof("web", " A\nb ", "d")),
        replace(SAME, url="https://a.org/?utm_source=x"),
    ],
)
def test_a_finding_is_known_again_when_lines_move_or_are_laid_out_anew(moved: Finding) -> None:
    assert result(moved)["partialFingerprints"] == result(SAME)["partialFingerprints"]


def known(shown: Finding, *entries: EntryReport) -> str:
    return str(result(shown, entries=entries)["partialFingerprints"]["primaryLocationLineHash"])


@pytest.mark.parametrize(
    "written",
    [
        replace(ENTRY, id="two", line=1),
        replace(ENTRY, title="A title"),
        replace(ENTRY, url="https://arxiv.org/pdf/2203.02155v3"),
        replace(ENTRY, section="2023", category=None),
    ],
)
def test_an_entry_is_the_same_whatever_its_id_as_a_baseline_has_it(written: EntryReport) -> None:
    """An id may be made up of its place in the list, or numbered by it; a file may be renamed."""
    assert known(replace(SAME, entry=written.id), written) == known(SAME, ENTRY)
    other = replace(SAME, path="new.md", entry=written.id)
    assert known(other, replace(written, path="new.md")) == known(SAME, ENTRY)


@pytest.mark.parametrize("other", [replace(ENTRY, title="Another"), replace(ENTRY, url="https://b.org/")])
def test_an_entry_of_another_title_or_main_link_is_another(other: EntryReport) -> None:
    assert known(SAME, other) != known(SAME, ENTRY)


def test_which_of_two_that_share_something_is_the_later_one_is_no_matter() -> None:
    twin = replace(ENTRY, id="two", title="Another")
    shared = finding(rule=RuleInfo("DUP101", "shared-link", Severity.ERROR, "x"), field="url", url=ENTRY.url)
    assert known(shared, ENTRY, twin) == known(replace(shared, entry="two"), ENTRY, twin)


@pytest.mark.parametrize(
    "other",
    [
        replace(SAME, rule=OFFLINE),
        replace(SAME, entry="two"),
        replace(SAME, entry=None),
        replace(SAME, field="title"),
        replace(SAME, url="https://b.org/"),
        replace(SAME, proof=Proof("arxiv", "A c")),
        replace(SAME, proof=None),
    ],
)
def test_another_finding_is_known_apart(other: Finding) -> None:
    assert result(other)["partialFingerprints"] != result(SAME)["partialFingerprints"]


def test_equal_findings_of_a_file_are_numbered() -> None:
    results = run(report(SAME, replace(SAME, position=Position(9, 1, 9, 2)), replace(SAME, path="b.md")))["results"]
    hashes = [one["partialFingerprints"]["primaryLocationLineHash"] for one in results]
    assert [text.partition(":")[2] for text in hashes] == ["1", "2", "1"]
    assert len({text.partition(":")[0] for text in hashes}) == 1


ADDRESS = "https://a.org/"
BARE = finding(field="url", url=ADDRESS, position=Position(3, 5, 3, 5 + len(ADDRESS)))


def fixed(shown: Finding, *edits: Edit, safe: bool = True) -> list[Any]:
    fixes: list[Any] = result(replace(shown, suggestion=Suggestion(edits, safe))).get("fixes", [])
    return fixes


def test_an_address_without_quotes_is_replaced_and_so_is_text_at_the_place_itself() -> None:
    region = {"startLine": 3, "startColumn": 5, "endLine": 3, "endColumn": 19}
    place = {"uri": "list.md", "uriBaseId": "%SRCROOT%"}

    def fix(text: str, said: str) -> list[dict[str, Any]]:
        replacement = {"deletedRegion": region, "insertedContent": {"text": text}}
        changes = [{"artifactLocation": place, "replacements": [replacement]}]
        return [{"description": {"text": said}, "artifactChanges": changes}]

    assert fixed(BARE, Edit("url", "https://b.org/x")) == fix("https://b.org/x", "Replace it.")
    doubt = "Replace it (look at it before you take it over)."
    assert fixed(BARE, Edit("", "- x: [y]"), safe=False) == fix("- x: [y]", doubt)


@pytest.mark.parametrize(
    ("shown", "edits"),
    [
        (BARE, ()),
        (BARE, (Edit("url", "https://b.org/"), Edit("title", "x"))),
        (BARE, (Edit("title", "https://b.org/"),)),
        (BARE, (Edit("url", "https://b.org/(x)"),)),
        (BARE, (Edit("url", "https://b.org/ #x"),)),
        (BARE, (Edit("url", ""),)),
        (BARE, (Edit("", "two\nlines"),)),
        (BARE, (Edit("", "\ud800"),)),
        (replace(BARE, position=Position(3, 5, 3, 21)), (Edit("url", "https://b.org/"),)),
        (replace(BARE, position=Position(3, 5, 4, 19)), (Edit("url", "https://b.org/"),)),
        (replace(BARE, url=None), (Edit("url", "https://b.org/"),)),
        (replace(BARE, url="", position=Position(3, 5, 3, 5)), (Edit("url", "https://b.org/"),)),
    ],
)
def test_what_would_need_quotes_or_stands_elsewhere_is_no_fix(shown: Finding, edits: tuple[Edit, ...]) -> None:
    assert fixed(shown, *edits) == []


def test_who_suppresses_a_finding_is_told_by_kind() -> None:
    there = {"artifactLocation": {"uri": "list.md", "uriBaseId": "%SRCROOT%"}, "region": {"startLine": 12}}
    inside = {"kind": "inSource", "status": "accepted", "location": {"physicalLocation": there}}
    assert result(finding(suppressed_by="list.md:12"))["suppressions"] == [inside | {"justification": "list.md:12"}]
    for origin in ("pyproject.toml: arxiv.org", "other.md:12", "list.md:0", "list.md:x", ""):
        outside = {"kind": "external", "status": "accepted", "justification": origin}
        assert result(finding(suppressed_by=origin))["suppressions"] == [outside]


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


BEFORE = GOLDEN.started_at - timedelta(days=3)


@pytest.mark.parametrize(
    ("shown", "state", "since"),
    [
        (finding(), "new", None),
        (finding(known_since=BEFORE), "unchanged", "2026-01-28T02:00:00Z"),
        (finding(known_since=BEFORE, has_risen=True), "updated", "2026-01-28T02:00:00Z"),
        (finding(known_since=BEFORE, suppressed_by="list.md:3"), "unchanged", "2026-01-28T02:00:00Z"),
    ],
    ids=["new", "known", "graver", "suppressed"],
)
def test_a_result_of_an_audit_says_whether_it_is_new_and_since_when_it_is_known(
    shown: Finding, state: str, since: str | None
) -> None:
    told = result(shown, history=History())
    assert told["baselineState"] == state
    assert told.get("provenance") == (since and {"firstDetectionTimeUtc": since})
    assert told["properties"] == {"entry": "one"} | ({"known_since": since} if since else {})


def test_only_an_audit_knows_what_is_new() -> None:
    assert {"baselineState", "provenance"}.isdisjoint(result(finding()))


@needs_schema
def test_what_is_mended_is_no_result_as_code_scanning_would_open_an_alert_for_it() -> None:
    mended = (Known(Fingerprint("list.md", code="LNK101", url="https://a.org/"), BEFORE, Severity.ERROR),)
    history = History((PastAudit(BEFORE, 1, 0, 0, 0, 0, 0, 0),), mended=mended)
    shown = report(finding(known_since=BEFORE), history=history)
    validator().validate(json.loads(write(shown)))
    assert [one["baselineState"] for one in run(shown)["results"]] == ["unchanged"]
    assert notifications(shown)[0] == ("note", "Since the last audit (2026-01-28): 1 mended.")
