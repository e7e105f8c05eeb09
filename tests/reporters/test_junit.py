"""JUnit XML: valid by Ant's schema, one test an entry, red by errors, and nothing that XML forbids."""

import re
from dataclasses import replace
from datetime import timedelta, timezone
from functools import cache
from typing import Any

import pytest
from golden_report import EMPTY, GOLDEN
from hypothesis import given, settings
from lxml import etree
from shared_data import SHARED
from strategies import reports

from rlhf_linkcheck.evidence import Evidence, Reason, SourceStats
from rlhf_linkcheck.evidence import Outcome as Answer
from rlhf_linkcheck.finding import Edit, Finding, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.model import Position
from rlhf_linkcheck.report import EntryReport, History, InputFile, LinkReport, Note, PastAudit, Report, summarize
from rlhf_linkcheck.reporters import REPORTERS, Style
from rlhf_linkcheck.reporters.junit_suites import OUTSIDE, THE_FILE, suites

SCHEMA = SHARED / "data" / "junit.xsd"
needs_schema = pytest.mark.skipif(not SCHEMA.exists(), reason=f"needs {SCHEMA} (see RLHF_LINKCHECK_SHARED)")

RULE = RuleInfo("PAP101", "wrong-paper", Severity.ERROR, "a different paper")
ENTRY = EntryReport("one", "paper", "2025", "The First", "https://a.org/", "list.md", 1)

HOSTILE = "]]> </failure><x a='\"'>&amp; \x00\x1b[2J\ufffe\ud800\r\n\u202e"
SPELT_OUT = "]]> </failure><x a='\"'>&amp; \\x00\\x1b[2J\\ufffe\\ud800\\r\\n\\u202e"


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


def write(shown: Report) -> str:
    return REPORTERS["junit"].render(shown, Style())


def parsed(shown: Report) -> etree._Element:
    return etree.fromstring(write(shown).encode(), etree.XMLParser(resolve_entities=False, no_network=True))


def finding(line: int = 3, severity: Severity = Severity.ERROR, **parts: Any) -> Finding:
    basis = Finding(
        RULE, severity, "it is wrong", "list.md", Position(line, 5, line, 9), "one", "url", "https://a.org/"
    )
    return replace(basis, **parts)


def link(reason: Reason, *entries: str, url: str = "https://a.org/", elapsed_ms: int = 0) -> LinkReport:
    return LinkReport(url, Evidence(Answer(reason, elapsed_ms=elapsed_ms)), entries)


def report(*findings: Finding, entries: tuple[EntryReport, ...] = (ENTRY,), **parts: Any) -> Report:
    basis = replace(EMPTY, inputs=("list.md",), findings=findings, entries=entries)
    links = parts.get("links", ())
    return replace(basis, summary=summarize(len(entries), links, findings, ()), **parts)


def cases(shown: Report) -> list[tuple[str, str, str]]:
    return [(case.name, case.outcome.value, case.why) for suite in suites(shown) for case in suite.cases]


@needs_schema
@pytest.mark.parametrize("shown", [EMPTY, GOLDEN], ids=["empty", "golden"])
def test_a_report_is_valid_by_the_schema(shown: Report) -> None:
    schema().assertValid(parsed(shown))


@needs_schema
@settings(max_examples=25)
@given(reports())
def test_any_report_is_valid_by_the_schema(shown: Report) -> None:
    schema().assertValid(parsed(shown))


@settings(max_examples=30)
@given(reports())
def test_the_numbers_are_those_of_the_tests_and_nothing_that_xml_forbids_or_a_terminal_obeys_is_there(
    shown: Report,
) -> None:
    assert all(line.isprintable() for line in write(shown).removesuffix("\n").split("\n"))
    document = parsed(shown)
    assert [suite.get("id") for suite in document] == [str(number) for number in range(len(document))]
    for suite in document:
        tests = suite.findall("testcase")
        assert int(suite.get("tests", "")) == len(tests)
        for attribute, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
            assert int(suite.get(attribute, "")) == len(suite.findall(f"testcase/{element}"))
        names = [test.get("name") for test in tests]
        assert len(set(names)) == len(names)


def test_an_entry_fails_by_its_errors_and_tells_its_warnings_too() -> None:
    warning = finding(2, Severity.WARNING, message="look at it")
    shown = report(warning, finding(3), finding(4), files=(InputFile("list.md", "docs/list.md"),))
    suite = parsed(shown)[0]
    failure = suite.find("testcase[@name='one']/failure")
    assert failure is not None
    assert dict(failure.attrib) == {"message": "it is wrong (and 1 more)", "type": "PAP101 wrong-paper"}
    assert failure.text == (
        "docs/list.md:3:5 PAP101 wrong-paper: it is wrong [error]\n    Link: https://a.org/\n"
        "docs/list.md:4:5 PAP101 wrong-paper: it is wrong [error]\n    Link: https://a.org/\n"
        "docs/list.md:2:5 PAP101 wrong-paper: look at it [warning]\n    Link: https://a.org/\n"
    )
    assert {test.get("classname") for test in suite.findall("testcase")} == {"docs.list_md"}
    assert suite.get("name") == "docs/list.md"


def test_warnings_alone_fail_nothing_and_stand_in_the_output_with_the_infos_counted() -> None:
    safe = Suggestion((Edit("title", "b"),))
    shown = report(finding(3, Severity.WARNING, suggestion=safe, url=None), finding(4, Severity.INFO))
    assert cases(shown) == [(THE_FILE, "", ""), ("one", "", "")]
    assert parsed(shown)[0].findtext("system-out") == (
        "list.md:3:5 PAP101 wrong-paper: it is wrong [warning]\n    Fix: title → b\n"
        "1 info (PAP101 1): the JSON report has them all\n"
    )


def test_what_somebody_asked_not_to_hear_of_fails_nothing() -> None:
    shown = report(finding(suppressed_by="list.md:3"))
    assert cases(shown) == [(THE_FILE, "", ""), ("one", "", "")]
    assert parsed(shown)[0].findtext("system-out") == ""


@pytest.mark.parametrize("reason", [Reason.BLOCKED, Reason.EXCLUDED])
def test_an_entry_with_a_link_of_which_nobody_knows_was_skipped(reason: Reason) -> None:
    said = "https://a.org/: uncertain, blocked" if reason is Reason.BLOCKED else "https://a.org/: skipped, excluded"
    shown = report(links=(link(reason, "one", elapsed_ms=1_500), link(Reason.OK, "one", url="b", elapsed_ms=30)))
    assert cases(shown) == [(THE_FILE, "", ""), ("one", "skipped", said)]
    test = parsed(shown)[0].find("testcase[@name='one']")
    assert test is not None
    assert test.get("time") == "1.530"
    assert [(child.tag, child.get("message"), child.text) for child in test] == [("skipped", said, f"{said}\n")]


def test_of_many_such_links_three_are_named() -> None:
    links = tuple(link(Reason.TIMEOUT, "one", url=str(number)) for number in range(5))
    said = "0: uncertain, timeout; 1: uncertain, timeout; 2: uncertain, timeout; 2 more"
    assert cases(report(links=links))[1] == ("one", "skipped", said)


def test_links_outside_the_entries_are_one_test_where_it_is_known_whose_they_are() -> None:
    blocked = link(Reason.BLOCKED)
    assert cases(report(links=(blocked,)))[1] == (OUTSIDE, "skipped", "https://a.org/: uncertain, blocked")
    assert cases(report(links=(link(Reason.OK),)))[1] == (OUTSIDE, "", "")
    two = report(links=(blocked,), inputs=("list.md", "other.md"))
    assert cases(two) == [(THE_FILE, "", ""), ("one", "", ""), (THE_FILE, "", "")]
    assert cases(report(finding(entry=None)))[1] == (OUTSIDE, "failure", "it is wrong")


def test_what_is_about_no_link_or_an_entry_that_was_not_judged_is_the_files_own() -> None:
    assert cases(report(finding(entry=None, url=None))) == [(THE_FILE, "failure", "it is wrong"), ("one", "", "")]
    assert cases(report(finding(entry="gone", url=None)))[0] == (THE_FILE, "failure", "it is wrong")


def test_entries_that_share_an_id_are_tests_of_their_own_and_each_has_its_findings() -> None:
    twins = (replace(ENTRY, line=10), ENTRY, replace(ENTRY, id=" "))
    assert cases(report(finding(12), entries=twins)) == [
        (THE_FILE, "", ""),
        ("one", "failure", "it is wrong"),
        ("one (2)", "", ""),
        ("(no id)", "", ""),
    ]
    assert cases(report(finding(1), entries=(replace(ENTRY, line=5),)))[1] == ("one", "failure", "it is wrong")


DEADLINE = "Incomplete: a part of this run is missing."


@pytest.mark.parametrize(
    ("parts", "case"),
    [
        ({"exit_code": 1}, (THE_FILE, "", "")),
        ({"complete": False}, (THE_FILE, "skipped", DEADLINE)),
        ({"exit_code": 2}, (THE_FILE, "error", "The run ended with exit code 2.")),
        (
            {"exit_code": 143, "complete": False},
            (THE_FILE, "error", "Interrupted: all links were checked, but not all that was heard could be confirmed."),
        ),
    ],
)
def test_a_run_that_came_to_no_end_of_its_own_is_an_error(parts: dict[str, Any], case: tuple[str, str, str]) -> None:
    assert cases(report(**parts))[0] == case
    broken = report(finding(entry=None, url=None), **parts)
    assert cases(broken)[0] == (THE_FILE, "failure", "it is wrong")


def test_the_kind_of_an_error_is_the_exit_code() -> None:
    error = parsed(report(exit_code=2))[0].find("testcase/error")
    assert error is not None
    assert (error.get("type"), error.text) == ("exit code 2", None)


def test_what_is_said_of_the_run_stands_in_the_first_suite_and_of_a_file_in_its_own() -> None:
    notes = (Note("in one", "list.md", 7), Note("in two", "other.md"), Note("elsewhere", "x.toml"), Note("at large"))
    shown = report(
        inputs=("list.md", "other.md"), notes=notes, complete=False, sources=(SourceStats("web", note="host down"),)
    )
    first, second = (suite.findtext("system-err") for suite in parsed(shown))
    assert first == f"{DEADLINE}\nweb: host down\nlist.md:7: in one\nelsewhere\nat large\n"
    assert second == "other.md: in two\n"


def test_a_suite_knows_the_run_and_its_time_is_utc() -> None:
    east = GOLDEN.started_at.astimezone(timezone(timedelta(hours=2)))
    suite = parsed(report(started_at=east, version="1\x1b"))[0]
    assert suite.get("timestamp") == "2026-01-31T02:00:00"
    assert {one.get("name"): one.get("value") for one in suite.iter("property")} == {
        "version": "1\\x1b",
        "exit code": "0",
        "complete": "yes",
        "summary": "no findings; 0 links",
    }


def test_what_is_hostile_is_text_and_spelt_out() -> None:
    entry = replace(ENTRY, id=HOSTILE)
    test = parsed(report(finding(message=HOSTILE, entry=HOSTILE, url=None), entries=(entry,)))[0].findall("testcase")[1]
    assert test.get("name") == SPELT_OUT
    assert test[0].get("message") == SPELT_OUT
    assert test[0].text == f"list.md:3:5 PAP101 wrong-paper: {SPELT_OUT} [error]\n"


@pytest.mark.parametrize(
    ("path", "name"), [("a/b.c.md", "a.b_c_md"), ("/a.md", "a_md"), ("../a.md", "__.a_md"), ("/", "/")]
)
def test_folders_are_branches_of_the_tree_that_points_make(path: str, name: str) -> None:
    assert parsed(report(inputs=(path,), entries=()))[0][1].get("classname") == name


def test_a_long_report_comes_in_pieces_that_stay_short() -> None:
    entries = tuple(replace(ENTRY, id=str(number)) for number in range(500))
    findings = tuple(finding(number + 1, Severity.WARNING, entry=str(number)) for number in range(500))
    pieces = list(REPORTERS["junit"].parts(report(*findings, entries=entries), Style()))
    assert max(map(len, pieces)) < 1_000
    assert len(re.findall("<testcase", "".join(pieces))) == 501


BEFORE = GOLDEN.started_at - timedelta(days=3)
AUDITED = History((PastAudit(BEFORE, 1, 0, 0, 0, 0, 0, 0),))


def test_a_test_of_an_audit_leads_with_what_is_new_and_says_since_when_the_rest_is_known() -> None:
    warning = finding(2, Severity.WARNING, url=None)
    known, risen, new = finding(3, known_since=BEFORE), finding(4, known_since=BEFORE, has_risen=True), finding(5)
    suite = parsed(report(warning, known, risen, new, history=AUDITED))[0]
    failure = suite.find("testcase[@name='one']/failure")
    assert failure is not None
    assert failure.get("message") == "graver: it is wrong (and 2 more)"
    assert failure.text == (
        "list.md:4:5 PAP101 wrong-paper: it is wrong [error, graver]\n    Link: https://a.org/\n"
        "    Known since 2026-01-28, graver now\n"
        "list.md:5:5 PAP101 wrong-paper: it is wrong [error, new]\n    Link: https://a.org/\n"
        "list.md:3:5 PAP101 wrong-paper: it is wrong [error]\n    Link: https://a.org/\n    Known since 2026-01-28\n"
        "list.md:2:5 PAP101 wrong-paper: it is wrong [warning, new]\n"
    )
    assert suite.findtext("system-out") == "list.md:2:5 PAP101 wrong-paper: it is wrong [warning, new]\n"
    assert suite.findtext("system-err") == (
        "Since the last audit (2026-01-28): 2 new findings (PAP101 2), 1 graver than before (PAP101 1).\n"
    )


def test_to_a_first_audit_nothing_is_new_as_all_is() -> None:
    failure = parsed(report(finding(url=None), history=History()))[0].find("testcase[@name='one']/failure")
    assert failure is not None
    assert (failure.get("message"), failure.text) == (
        "it is wrong",
        "list.md:3:5 PAP101 wrong-paper: it is wrong [error]\n",
    )
