from dataclasses import replace

import pytest
from builders import at, crawl, document, entry, evidence, link
from records import PAPER, paper, record

from rlhf_linkcheck.config import Config, SuppressionRule
from rlhf_linkcheck.evidence import Crawl, Evidence, Outcome, Reason
from rlhf_linkcheck.finding import Finding, Severity
from rlhf_linkcheck.judge import exit_code, judge
from rlhf_linkcheck.local import local_evidence
from rlhf_linkcheck.model import Defect, DefectKind, Document, Suppression
from rlhf_linkcheck.rules.lnk101_dead_link import DeadLink
from rlhf_linkcheck.rules.lnk104_unreachable_link import UnreachableLink

URL = "https://example.org/page"


def codes(documents: list[Document], known: Crawl | None = None, config: Config | None = None) -> list[str]:
    judgement = judge(documents, known or crawl(), config or Config())
    return [finding.rule.code for finding in judgement.findings if not finding.suppressed]


def test_findings_come_in_the_order_of_the_text_and_then_of_their_codes() -> None:
    defects = (
        Defect(DefectKind.ITEM, "third", at(9, 1)),
        Defect(DefectKind.SCHEMA, "second", at(2, 5)),
        Defect(DefectKind.DUPLICATE, "first", at(2, 1)),
        Defect(DefectKind.ITEM, "fourth", at(9, 1)),
    )
    judgement = judge([document(defects=defects)], crawl(), Config())
    assert [finding.message for finding in judgement.findings] == ["first", "second", "third", "fourth"]


def test_only_selected_rules_run() -> None:
    listed = [document(defects=(Defect(DefectKind.SCHEMA, "x", at(1)), Defect(DefectKind.ITEM, "y", at(2))))]
    assert codes(listed, config=Config(select=("ENT101",))) == ["ENT101"]
    assert codes(listed, config=Config(ignore=("ENT101",))) == ["ENT107"]
    assert codes(listed, config=Config(select=("ENT101",), ignore=("ENT",))) == ["ENT101"]
    assert codes(listed, config=Config(select=("ENT",), ignore=("ENT",))) == []
    assert codes(listed, config=Config(select=("DUP",))) == []


def test_an_empty_link_is_one_finding_and_not_a_schema_violation_as_well() -> None:
    listed = entry("a", "")
    main = listed.main
    assert main is not None
    violation = Defect(DefectKind.SCHEMA, "too short", main.position, entry="a", field="url")
    assert codes([document(listed, defects=(violation,))]) == ["ENT103"]
    elsewhere = replace(violation, field="title", position=at(2, 10))
    assert codes([document(listed, defects=(elsewhere,))]) == ["ENT101", "ENT103"]


def test_with_entry_only_these_entries_are_judged_and_a_broken_file_always_is() -> None:
    defects = (
        Defect(DefectKind.SYNTAX, "broken", at(30)),
        Defect(DefectKind.SCHEMA, "of a", at(1), entry="a"),
        Defect(DefectKind.SCHEMA, "of b", at(9), entry="b"),
    )
    listed = document(entry("a"), entry("b", line=9), defects=defects)
    judgement = judge([listed], crawl(), Config(entry_ids=("b",)))
    assert [finding.message for finding in judgement.findings] == ["of b", "broken"]


def test_without_a_way_out_nothing_is_said_about_any_link() -> None:
    known = crawl([(URL, evidence(Reason.TIMEOUT))], no_way_out=True)
    assert codes([document(entry("a", URL))], known) == []


def test_a_relative_link_to_a_missing_file_is_dead_and_a_missing_heading_a_missing_fragment() -> None:
    links = (
        link("CONTRIBUTING.md", 3, field=""),
        link("README_TU.md", 4, field=""),
        link("#papers", 5, field=""),
        link("#Papers", 5, field=""),
        link("#codebase", 6, field=""),
        link("#", 7, field=""),
    )
    listed = document(links=links, absent=frozenset({"README_TU.md"}), anchors=frozenset({"papers", "codebases"}))
    judgement = judge([listed], crawl(), Config())
    assert [(finding.rule.code, finding.position.line) for finding in judgement.findings] == [
        ("LNK101", 4),
        ("LNK108", 6),
    ]
    assert local_evidence(listed)["README_TU.md"] == Evidence(
        Outcome(Reason.NOT_FOUND, detail="there is no file README_TU.md"), "file"
    )


DEAD = DeadLink().finding(document(), "message", at(1))
UNREACHABLE = UnreachableLink().finding(document(), "message", at(1))


@pytest.mark.parametrize(
    ("findings", "known", "fail_on", "code"),
    [
        ([], Crawl(), "error", 0),
        ([DEAD], Crawl(), "error", 1),
        ([DEAD], Crawl(), "warning", 1),
        ([DEAD], Crawl(), "never", 0),
        ([UNREACHABLE], Crawl(), "error", 0),
        ([UNREACHABLE], Crawl(), "warning", 1),
        ([replace(DEAD, suppressed_by="x")], Crawl(), "error", 0),
        ([], Crawl(no_way_out=True), "error", 3),
        ([DEAD], Crawl(no_way_out=True), "error", 1),
        ([DEAD], Crawl(no_way_out=True), "never", 3),
        ([], Crawl(interrupted_by=2), "error", 130),
        ([DEAD], Crawl(interrupted_by=15), "error", 143),
    ],
)
def test_the_exit_code(findings: list[Finding], known: Crawl, fail_on: str, code: int) -> None:
    assert exit_code(findings, fail_on, no_way_out=known.no_way_out, interrupted_by=known.interrupted_by) == code


def test_severities_are_ordered_by_gravity() -> None:
    assert sorted([Severity.ERROR, Severity.INFO, Severity.WARNING]) == [
        Severity.INFO,
        Severity.WARNING,
        Severity.ERROR,
    ]
    assert Severity.INFO.__lt__("error") is NotImplemented


def suppressed(
    listed: Document, known: Crawl, *rules: SuppressionRule, select: tuple[str, ...] = ()
) -> tuple[list[tuple[str, str | None]], list[str]]:
    judgement = judge([listed], known, Config(suppressions=rules, select=select))
    return (
        [(finding.rule.code, finding.suppressed_by) for finding in judgement.findings],
        [note.message for note in judgement.notes],
    )


BLOCKED = crawl([(URL, evidence(Reason.BLOCKED))])


@pytest.mark.parametrize("line", [1, 3], ids=["the entry's first line", "the value's line"])
@pytest.mark.parametrize("code", ["LNK105", "LNK"])
def test_a_comment_suppresses_at_an_entrys_first_line_or_at_the_values(line: int, code: str) -> None:
    listed = document(entry("a", URL), suppressions=(Suppression((code,), at(line, 30, 5)),))
    assert suppressed(listed, BLOCKED) == ([("LNK105", f"entries.yaml:{line}")], [])


def test_a_comment_elsewhere_or_for_another_code_suppresses_nothing() -> None:
    for comment in (Suppression(("LNK105",), at(2)), Suppression(("LNK104",), at(1))):
        listed = document(entry("a", URL), suppressions=(comment,))
        assert suppressed(listed, BLOCKED) == ([("LNK105", None)], [])


@pytest.mark.parametrize(
    "rule",
    [
        SuppressionRule(("LNK105",), host="example.org", origin="here"),
        SuppressionRule((), host="org", origin="here"),
        SuppressionRule(("LNK",), pattern="/pa.e$", origin="here"),
        SuppressionRule(("LNK105",), origin="here"),
    ],
)
def test_the_configuration_suppresses_by_host_pattern_and_code(rule: SuppressionRule) -> None:
    notes = ["here: ignore[LNK105] is not needed any more"] if rule == SuppressionRule() else []
    assert suppressed(document(entry("a", URL)), BLOCKED, rule) == ([("LNK105", "here")], notes)


@pytest.mark.parametrize(
    "rule",
    [
        SuppressionRule(("LNK105",), host="ample.org"),
        SuppressionRule(("LNK105",), host="example.org.evil.net"),
        SuppressionRule(("LNK105",), pattern="/other"),
        SuppressionRule(("LNK104",), host="example.org"),
    ],
)
def test_the_configuration_suppresses_nothing_else(rule: SuppressionRule) -> None:
    assert suppressed(document(entry("a", URL)), BLOCKED, rule) == ([("LNK105", None)], [])


@pytest.mark.parametrize("address", ["http://[bad/x", "https://[::1/", "http://a]b/", "//[", "https://\u2100.org/"])
@pytest.mark.parametrize("host", ["example.org", "a"])
def test_an_address_without_a_host_is_at_none_that_the_configuration_names(address: str, host: str) -> None:
    rule = SuppressionRule(("ENT104",), host=host)
    assert suppressed(document(entry("a", address)), crawl([]), rule)[0] == [("ENT104", None)]


def test_a_suppression_of_an_unknown_rule_is_said() -> None:
    listed = document(entry("a", URL), suppressions=(Suppression(("LNK999",), at(1)),))
    notes = judge([listed], crawl(), Config()).notes
    assert [(note.message, note.path, note.line) for note in notes] == [
        ("there is no rule LNK999 to ignore", "entries.yaml", 1)
    ]


def test_a_suppression_that_names_no_rule_suppresses_nothing_and_is_said() -> None:
    listed = document(entry("a", URL), suppressions=(Suppression((), at(1)), Suppression((), at(3))))
    judgement = judge([listed], BLOCKED, Config())
    assert [(finding.rule.code, finding.suppressed_by) for finding in judgement.findings] == [("LNK105", None)]
    assert [(note.message, note.path, note.line) for note in judgement.notes] == [
        ("this suppression names no rule: write ignore[CODE]", "entries.yaml", 1),
        ("this suppression names no rule: write ignore[CODE]", "entries.yaml", 3),
    ]


def test_a_suppression_counts_for_the_line_it_is_about_and_is_named_by_where_it_stands() -> None:
    listed = document(entry("a", URL, line=2), suppressions=(Suppression(("LNK105",), at(1), about=2),))
    assert suppressed(listed, BLOCKED) == ([("LNK105", "entries.yaml:1")], [])


def test_a_suppression_that_nothing_needs_is_said_once_it_could_have_been_needed() -> None:
    listed = document(entry("a", URL), suppressions=(Suppression(("LNK105",), at(1)),))
    idle = ["ignore[LNK105] is not needed any more"]
    assert suppressed(listed, crawl([(URL, evidence(Reason.OK))])) == ([], idle)
    for silent in (Reason.OFFLINE, Reason.TIMEOUT, Reason.EXCLUDED):
        _, notes = suppressed(listed, crawl([(URL, evidence(silent))]))
        assert notes == []
    assert suppressed(listed, crawl([(URL, evidence(Reason.OK))]), select=("ENT",)) == ([], [])


def test_an_idle_suppression_of_a_rule_about_the_text_is_always_said() -> None:
    listed = document(entry("a", URL), suppressions=(Suppression(("ENT105",), at(1)),))
    assert suppressed(listed, crawl()) == ([], ["ignore[ENT105] is not needed any more"])


def test_an_idle_suppression_of_the_configuration_is_said() -> None:
    rule = SuppressionRule((), host="example.org", origin="rlhf-linkcheck.toml: host example.org")
    assert suppressed(document(entry("a", URL)), crawl([(URL, evidence(Reason.OK))]), rule) == (
        [],
        ["rlhf-linkcheck.toml: host example.org: this suppression is not needed any more"],
    )
    nobody = replace(rule, host="other.org", origin="x")
    assert suppressed(document(entry("a", URL)), crawl([(URL, evidence(Reason.OK))]), nobody) == ([], [])


@pytest.mark.parametrize("reason", [Reason.NOT_FOUND, Reason.TIMEOUT, Reason.BLOCKED, Reason.TLS])
def test_a_paper_that_was_withdrawn_is_one_finding_whatever_became_of_its_link(reason: Reason) -> None:
    heard = Evidence(Outcome(reason, 404, "https://elsewhere.example/"), "web", record(withdrawn="flawed"))
    assert codes([document(paper())], crawl([(PAPER, heard)])) == ["PAP106"]


def test_an_unknown_paper_is_not_a_dead_link_as_well() -> None:
    heard = Evidence(Outcome(Reason.NOT_FOUND, 404, PAPER, detail="arXiv knows no paper"), "arxiv")
    assert codes([document(paper())], crawl([(PAPER, heard)])) == ["PAP107"]
    assert codes([document(paper())], crawl([(PAPER, heard)]), Config(ignore=("PAP",))) == ["LNK101"]


def test_a_wrong_paper_at_a_link_that_moved_is_one_finding_and_its_form_another() -> None:
    moved = Outcome(Reason.OK, 200, "https://new.example/", "https://new.example/")
    listed = paper(url=f"{PAPER}?utm_source=x")
    heard = Evidence(moved, "web", record("A Bound for Something Else Entirely", "Ada Lovelace"))
    assert codes([document(listed)], crawl([(f"{PAPER}?utm_source=x", heard)])) == ["LNK106", "PAP101"]
