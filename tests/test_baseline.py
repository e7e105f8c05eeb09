"""What is accepted, how often, and which of the accepted is gone: the decisions, without files or network."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from builders import at, evidence
from golden_report import GOLDEN
from hypothesis import given, settings
from hypothesis import strategies as st
from records import record
from strategies import reports

from rlhf_linkcheck.baseline import NEVER_ACCEPTED, accept, baseline_of
from rlhf_linkcheck.config import Accepted, Base, Baseline, Config
from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, Trust
from rlhf_linkcheck.finding import Finding, Fingerprint
from rlhf_linkcheck.fingerprint import fingerprints
from rlhf_linkcheck.report import EntryReport, InputFile, LinkReport, Report
from rlhf_linkcheck.repository import Repository
from rlhf_linkcheck.rules import RULES

PATH, URL = "entries.yaml", "https://a.org/x"
RULE = {rule.info.code: rule.info for rule in RULES}
EMPTY = replace(
    GOLDEN, findings=(), entries=(), links=(), notes=(), files=(InputFile(PATH),), complete=True, exit_code=1
)


def found(code: str, entry: EntryReport, line: int = 0, *, url: str | None = URL, field: str = "url") -> Finding:
    rule = RULE[code]
    return Finding(rule, rule.severity, "said", PATH, at(line or entry.line), entry.id, field, url)


def listed(name: str, line: int, *, url: str = URL, title: str | None = None) -> EntryReport:
    return EntryReport(name, "paper", None, f"Title of {name}" if title is None else title, url, PATH, line)


A, B, C = (listed(name, line) for name, line in (("a", 1), ("b", 11), ("c", 21)))


def report(*findings: Finding, entries: Sequence[EntryReport] = (A, B, C), heard: Evidence | None = None) -> Report:
    known = heard or evidence(Reason.OK)
    links = tuple(LinkReport(address, known) for address in dict.fromkeys(entry.url for entry in entries))
    return replace(EMPTY, findings=findings, entries=tuple(entries), links=links)


def baseline(*findings: Finding, entries: Sequence[EntryReport] = (A, B, C)) -> Baseline:
    return baseline_of(report(*findings, entries=entries), "b.json", Config())


def open_and_notes(seen: Report, known: Baseline, config: Config | None = None) -> tuple[list[str | None], list[str]]:
    judged = accept(seen, known, config or Config())
    return (
        [finding.entry for finding in judged.findings if not finding.suppressed],
        [note.message for note in judged.notes],
    )


@settings(max_examples=20)
@given(reports())
def test_what_a_run_finds_is_accepted_when_all_of_it_is_and_nothing_else_is(seen: Report) -> None:
    known = baseline_of(seen, "b.json", Config())
    judged = accept(seen, known, Config())
    assert [finding.suppressed_by for finding in judged.findings] == [
        "baseline b.json" if finding.suppressed_by is None and finding.rule.code not in NEVER_ACCEPTED else by
        for finding in seen.findings
        for by in [finding.suppressed_by]
    ]
    assert judged.summary.suppressed == sum(finding.suppressed for finding in judged.findings)
    assert accept(seen, Baseline("b.json"), Config()) == seen
    assert baseline_of(judged, "b.json", Config(baseline=known)) == known


@settings(max_examples=20)
@given(reports(), st.data())
def test_one_that_was_not_accepted_is_the_only_new_one(seen: Report, data: st.DataObject) -> None:
    seen = replace(seen, findings=tuple(replace(finding, suppressed_by=None) for finding in seen.findings))
    left = data.draw(st.integers(0, max(0, len(seen.findings) - 1)))
    before = replace(seen, findings=seen.findings[:left] + seen.findings[left + 1 :])
    judged = accept(seen, baseline_of(before, "b.json", Config()), Config())
    never = sum(finding.rule.code in NEVER_ACCEPTED for finding in before.findings)
    assert sum(not finding.suppressed for finding in judged.findings) == never + bool(seen.findings)


def test_as_many_are_accepted_as_there_were() -> None:
    empty = [found("ENT103", A, line, url=None, field=f"links[{line}].url") for line in (2, 3, 4)]
    known = baseline(*empty[:2])
    assert [one.count for one in known.accepted] == [2]
    assert open_and_notes(report(*empty), known) == (["a"], [])
    assert open_and_notes(report(empty[0]), known) == (
        [],
        ["baseline b.json: ENT103 links[].url («Title of a»): not found any more; take it out"],
    )
    assert open_and_notes(report(), known)[1] == [
        "baseline b.json: ENT103 links[].url («Title of a»): 2 of them not found any more; take it out"
    ]
    twice = Baseline("b.json", tuple(replace(one, count=1) for one in known.accepted * 2))
    assert open_and_notes(report(*empty), twice) == (["a"], [])


@pytest.mark.parametrize(("code", "field"), [("DUP101", "url"), ("DUP102", "title"), ("ENT102", "id")])
def test_of_entries_that_share_something_another_may_be_the_later_one(code: str, field: str) -> None:
    a, b, c = (replace(one, title="One") if code == "DUP102" else one for one in (A, B, C))
    there, new = found(code, b, field=field), found(code, c, field=field)
    known = baseline(there, entries=(a, b, c))
    turned = (replace(b, line=1), replace(a, line=11))
    assert open_and_notes(report(found(code, turned[1], field=field), entries=turned), known) == ([], [])
    # of entries with one title nothing tells which is the new one
    new_one = "b" if code == "DUP102" else "c"
    assert open_and_notes(report(new, there, entries=(a, c, b)), known) == ([new_one], [])


def test_each_that_was_accepted_excuses_one_of_those_that_share_something() -> None:
    d, e = listed("d", 31), listed("e", 41)
    known = baseline(found("DUP101", B), found("DUP101", C))
    seen = report(*(found("DUP101", one) for one in (A, d, e)), entries=(A, d, e))
    assert open_and_notes(seen, known) == (["e"], [])


def test_what_another_entry_stands_for_by_now_is_not_kept_beside_it() -> None:
    known = baseline(found("DUP101", B))
    seen = report(found("DUP101", A), entries=(A,))
    anew = baseline_of(seen, "b.json", Config(entry_ids=("a",), baseline=known))
    assert [(one.title, one.count) for one in anew.accepted] == [("Title of a", 1)]


def test_a_repeated_key_is_its_own_entrys() -> None:
    known = baseline(found("ENT102", A, field="url"))
    assert open_and_notes(report(found("ENT102", B, field="url")), known)[0] == ["b"]


def test_who_suppresses_it_already_wins_and_the_baseline_is_not_needed() -> None:
    seen = report(replace(found("ENT105", A), suppressed_by="entries.yaml:1"))
    judged = accept(seen, baseline(found("ENT105", A)), Config())
    assert [finding.suppressed_by for finding in judged.findings] == ["entries.yaml:1"]
    assert [note.message for note in judged.notes] == [
        "baseline b.json: ENT105 url https://a.org/x («Title of a»): not found any more; take it out"
    ]
    assert baseline_of(seen, "b.json", Config()).accepted == ()


KNOWN = Repository("github:a/b", "github", "a/b", GOLDEN.started_at)
SEEN_ONLY = replace(KNOWN, seen_only=True)
RECORD = record("One", "Ada")


@pytest.mark.parametrize(
    ("code", "heard", "said"),
    [
        ("LNK101", evidence(Reason.OK), True),
        ("LNK101", evidence(Reason.NOT_FOUND), True),
        ("LNK101", evidence(Reason.TIMEOUT), False),
        ("LNK101", evidence(Reason.BLOCKED), False),
        ("LNK101", evidence(Reason.OFFLINE), False),
        ("LNK109", evidence(Reason.EXCLUDED), False),
        ("PAP102", Evidence(Outcome(Reason.OK), "arxiv", RECORD), True),
        ("PAP102", Evidence(Outcome(Reason.OK), "web"), False),
        ("PAP102", Evidence(Outcome(Reason.OK), "web", replace(RECORD, trust=Trust.HINT)), False),
        ("PAP102", Evidence(Outcome(Reason.OK), "arxiv", RECORD, unsettled=True), False),
        ("REP103", Evidence(Outcome(Reason.OK), "github", repository=KNOWN), True),
        ("REP103", Evidence(Outcome(Reason.OK), "web", repository=SEEN_ONLY), False),
        ("REP109", Evidence(Outcome(Reason.OK), "github", repository=KNOWN), True),
        ("REP109", Evidence(Outcome(Reason.OK), "github", repository=KNOWN, unread=True), False),
        ("REP105", Evidence(Outcome(Reason.OK), "github", repository=KNOWN, unread=True), True),
        ("REP101", Evidence(Outcome(Reason.OK), "web"), True),
        ("REP105", Evidence(Outcome(Reason.OK), "web"), False),
        ("ENT106", evidence(Reason.TIMEOUT), True),
    ],
)
def test_what_is_gone_is_said_where_the_run_could_have_found_it(code: str, heard: Evidence, said: bool) -> None:
    words = f"baseline b.json: {code} url https://a.org/x («Title of a»): not found any more; take it out"
    assert open_and_notes(report(heard=heard), baseline(found(code, A)))[1] == ([words] if said else [])


@pytest.mark.parametrize(
    ("seen", "config", "said"),
    [
        (report(entries=()), Config(), True),
        (report(entries=(listed("a", 1, url="https://b.org/"),)), Config(), True),
        (report(), Config(select=("ENT",)), False),
        (replace(report(), complete=False), Config(), False),
        (replace(report(), files=(InputFile("other.yaml"),)), Config(), False),
        (report(entries=(B,)), Config(entry_ids=("b",)), False),
        (report(entries=(A,)), Config(entry_ids=("a",)), True),
        (report(), Config(since=Base(Path(), "0" * 40, "main")), False),
    ],
)
def test_a_run_over_a_part_says_nothing_of_the_rest(seen: Report, config: Config, said: bool) -> None:
    known = baseline(found("LNK101", A))
    assert bool(open_and_notes(seen, known, config)[1]) == said
    # and what cannot be told stays accepted when the baseline is written anew
    anew = baseline_of(seen, "new.json", replace(config, baseline=known))
    assert anew == Baseline("new.json", () if said else known.accepted)


def test_what_was_accepted_and_is_found_is_written_once_and_what_this_run_could_not_tell_is_kept() -> None:
    dead, wrong = found("LNK101", A), found("ENT103", A)
    known = baseline(dead, wrong, wrong)
    seen = accept(report(wrong, found("ENT105", B), heard=evidence(Reason.OFFLINE)), known, Config())
    anew = baseline_of(seen, "b.json", Config(baseline=known))
    assert [(one.about.code, one.count) for one in anew.accepted] == [("ENT103", 1), ("LNK101", 1), ("ENT105", 1)]


def test_a_rule_that_there_is_not_is_said() -> None:
    known = Baseline("b.json", (Accepted(Fingerprint("other.yaml", entry="x", code="XYZ101")),))
    assert open_and_notes(report(), known)[1] == ["baseline b.json: XYZ101 («x»): there is no such rule; take it out"]


def test_many_that_are_gone_are_not_many_words() -> None:
    known = Baseline(
        "b.json",
        tuple(Accepted(Fingerprint(PATH, code="ENT103", url=f"https://a.org/{n:02}" + "x" * 500)) for n in range(40)),
    )
    said = open_and_notes(report(), known)[1]
    assert len(said) == 11
    assert max(map(len, said)) < 300
    assert said[-1] == "baseline b.json: 30 more can be taken out; --write-baseline writes the file anew"


def test_what_passes_by_itself_is_never_accepted() -> None:
    assert baseline(*(found(code, A) for code in sorted(NEVER_ACCEPTED))).accepted == ()
    assert RULE.keys() >= NEVER_ACCEPTED


def test_titles_are_written_as_they_are_printed_and_messages_in_short() -> None:
    seen = report(replace(found("ENT103", A), message="a\n  b " * 100))
    (one,) = baseline_of(seen, "b", Config()).accepted
    assert (one.title, len(one.says), one.says[:7]) == ("Title of a", 200, "a b a b")
    assert [one.about] == list(fingerprints(seen))
