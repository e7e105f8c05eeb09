"""SARIF's results: where a finding stands, how it is known again, and what would mend it."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from golden_report import EMPTY, GOLDEN
from sarif_written import OFFLINE, finding, needs_schema, notifications, report, result, run, validator, write

from rlhf_linkcheck.finding import Edit, Finding, Fingerprint, Proof, Related, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.model import Position
from rlhf_linkcheck.report import EntryReport, History, InputFile, Known, PastAudit


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
