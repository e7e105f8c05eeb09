"""What a finding is about: the same while the list around it changes, and another for another finding."""

from dataclasses import replace

import pytest
from builders import at
from golden_report import GOLDEN
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from strategies import ENTRIES, FINDINGS, reports

from rlhf_linkcheck.finding import Finding, Fingerprint, Proof, RuleInfo, Severity
from rlhf_linkcheck.fingerprint import fingerprint, fingerprint_of_entry, fingerprints, name_of, of_those_sharing
from rlhf_linkcheck.model import Position
from rlhf_linkcheck.report import EntryReport, InputFile, Report

DEAD = RuleInfo("LNK101", "dead-link", Severity.ERROR, "x")
EMPTY = replace(GOLDEN, findings=(), entries=(), files=())
ENTRY = EntryReport("a", "paper", "2022", "Title of A", "https://arxiv.org/pdf/2203.02155v2", "entries.yaml", 3)
FINDING = Finding(
    DEAD, Severity.ERROR, "dead", "entries.yaml", at(5), "a", "links[1].url", "https://a.org/x?utm_source=y"
)


def moved(report: Report, by: int) -> Report:
    """All of it further down, in entries of other ids that stand in another order."""
    named = {(entry.path, entry.id) for entry in report.entries if not fingerprint_of_entry(entry, "").entry}

    def lower(place: Position) -> Position:
        return Position(place.line + by, place.column + by, place.end_line + by, place.end_column + by)

    def renamed(path: str, entry_id: str | None) -> str | None:
        return f"{entry_id}-by-another-name" if (path, entry_id) in named else entry_id

    entries = [replace(entry, id=renamed(entry.path, entry.id) or "", line=entry.line + by) for entry in report.entries]
    findings = [
        replace(finding, position=lower(finding.position), entry=renamed(finding.path, finding.entry), message="other")
        for finding in report.findings
    ]
    return replace(report, entries=tuple(reversed(entries)), findings=tuple(reversed(findings)))


@settings(max_examples=50)
@given(reports(), st.integers(0, 1_000))
def test_a_finding_keeps_its_fingerprint_wherever_it_stands_and_whatever_its_entrys_id(report: Report, by: int) -> None:
    assume(len({(entry.path, entry.id) for entry in report.entries}) == len(report.entries))
    assert sorted(fingerprints(moved(report, by))) == sorted(fingerprints(report))


@settings(max_examples=30)
@given(FINDINGS, ENTRIES, st.integers(0, 9))
def test_the_place_of_an_item_in_its_list_does_not_count(finding: Finding, entry: EntryReport, index: int) -> None:
    here, there = (replace(finding, field=f"authors[{number}]") for number in (index, index + 1))
    assert fingerprint(here, entry, "f") == fingerprint(there, entry, "f")


def test_a_fingerprint_says_what_it_is_about() -> None:
    assert fingerprint(FINDING, ENTRY, "entries.yaml") == Fingerprint(
        file="entries.yaml",
        title="titleofa",
        link="arxiv:2203.02155",
        code="LNK101",
        field="links[].url",
        url="https://a.org/x",
    )


@pytest.mark.parametrize(
    "entry",
    [
        replace(ENTRY, title="TITLE  of a."),
        replace(ENTRY, url="https://arxiv.org/abs/2203.02155"),
        replace(ENTRY, id="b", line=7, section=None, category=None),
    ],
)
def test_another_form_of_the_same_entry_is_the_same(entry: EntryReport) -> None:
    assert fingerprint(FINDING, entry, "f") == fingerprint(FINDING, ENTRY, "f")


@pytest.mark.parametrize(
    ("finding", "entry"),
    [
        (replace(FINDING, rule=replace(DEAD, code="LNK107")), ENTRY),
        (replace(FINDING, field="url"), ENTRY),
        (replace(FINDING, url="https://a.org/y"), ENTRY),
        (replace(FINDING, url="https://a.org/x#part"), ENTRY),
        (replace(FINDING, proof=Proof(listed="Ada")), ENTRY),
        (replace(FINDING, proof=Proof(listed="Ada" * 200)), ENTRY),
        (FINDING, replace(ENTRY, title="Title of B")),
        (FINDING, replace(ENTRY, url="https://arxiv.org/abs/2203.02156")),
        (FINDING, None),
    ],
)
def test_another_finding_is_another(finding: Finding, entry: EntryReport | None) -> None:
    assert fingerprint(finding, entry, "f") != fingerprint(FINDING, ENTRY, "f")
    assert fingerprint(finding, entry, "f") != fingerprint(finding, entry, "g")


@settings(max_examples=30)
@given(st.text(min_size=300, max_size=500), st.text(min_size=300, max_size=500))
def test_long_values_are_cut_and_stay_apart(one: str, other: str) -> None:
    first, second = (
        fingerprint(replace(FINDING, proof=Proof(listed=text)), ENTRY, "f").listed for text in (one, other)
    )
    assert (first == second) == (one.split() == other.split())
    assert max(map(len, (first, second))) <= 420


def test_what_the_world_says_does_not_count() -> None:
    proofs = (Proof("arxiv", "Ada", "Eva"), Proof("crossref", "Ada", "Ava"), Proof(listed=" Ada "))
    assert len({fingerprint(replace(FINDING, proof=proof), ENTRY, "f") for proof in proofs}) == 1
    moved_to = replace(FINDING, proof=Proof("web", "https://a.org/x?utm_source=y", "https://b.org/"))
    assert fingerprint(moved_to, ENTRY, "f") == fingerprint(FINDING, ENTRY, "f")


@pytest.mark.parametrize(("entry_id", "named"), [("entry-7", "entry"), ("entry-7b", "entry-7b"), ("x", "x")])
def test_an_entry_without_title_and_link_goes_by_its_id_unless_that_is_its_place(entry_id: str, named: str) -> None:
    bare = replace(ENTRY, id=entry_id, title="", url="")
    assert fingerprint(FINDING, bare, "f").entry == named


def test_of_two_entries_with_one_id_the_one_above_the_finding_counts() -> None:
    other = replace(ENTRY, title="Another", line=20)
    later = replace(FINDING, position=at(21))
    report = replace(EMPTY, findings=(FINDING, later), entries=(ENTRY, other))
    assert [one.title for one in fingerprints(report)] == ["titleofa", "another"]


@pytest.mark.parametrize(
    ("file", "name"),
    [
        (InputFile("./list/../entries.yaml", None), "list/../entries.yaml"),
        (InputFile("./entries.yaml"), "entries.yaml"),
        (InputFile("../x/entries.yaml", "x/entries.yaml"), "x/entries.yaml"),
        (InputFile("-"), "-"),
    ],
)
def test_a_file_goes_by_its_path_in_its_repository(file: InputFile, name: str) -> None:
    assert name_of(file) == name
    finding = replace(FINDING, path=file.path)
    assert fingerprints(replace(EMPTY, findings=(finding,), files=(file,)))[0].file == name
    # a report of an earlier version does not say where its files lie
    assert fingerprints(replace(EMPTY, findings=(FINDING,)))[0].file == "entries.yaml"


@pytest.mark.parametrize(
    ("code", "field", "shared"),
    [
        ("DUP101", "url", Fingerprint("f", link="l", code="DUP101", field="url")),
        ("DUP102", "title", Fingerprint("f", "t", code="DUP102", field="title")),
        ("ENT102", "id", Fingerprint("f", code="ENT102", field="id")),
        ("ENT102", "url", None),
        ("LNK101", "url", None),
    ],
)
def test_what_entries_share_is_told_without_them(code: str, field: str, shared: Fingerprint | None) -> None:
    assert of_those_sharing(Fingerprint("f", "t", "l", code=code, field=field, url="u")) == shared
