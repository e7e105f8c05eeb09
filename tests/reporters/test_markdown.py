"""The Markdown report: what comes first, what is folded, what GitHub makes of it, and that it always fits."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from gfm import NOTICED, Page
from golden_report import EMPTY, GOLDEN
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import HOSTILE, reports

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, SourceStats
from rlhf_linkcheck.finding import Edit, Finding, Proof, Related, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.model import Position
from rlhf_linkcheck.report import EntryReport, LinkReport, Note, Report, summarize
from rlhf_linkcheck.reporters import Style
from rlhf_linkcheck.reporters.markdown import LONGEST, MarkdownReporter

DAY = datetime(2026, 1, 31, tzinfo=UTC)
RULE = RuleInfo("PAP101", "wrong-paper", Severity.ERROR, "a different paper")
ENTRY = EntryReport("one", "paper", "2025", "The First", "https://a.org/", "list.yaml", 1)
PAGES = "https://github.com/opendilab/rlhf-linkcheck/blob/main/docs/rules"
ITEM = f"- `list.yaml:3` **[PAP101]({PAGES}/PAP101.md) wrong-paper**: it is wrong"
TAIL = "rlhf-linkcheck `0.1.0` · 2026-01-31 02:00 UTC · requests: 0, in 0.0 s"
ALLOWED = {"h2", "h3", "h4", "p", "ul", "li", "a", "code", "pre", "strong", "em", "del", "ins", "details", "summary"}
ALLOWED |= {"table", "thead", "tbody", "tr", "th", "td"}


def finding(line: int = 3, entry: str | None = "one", **parts: Any) -> Finding:
    basis = Finding(RULE, Severity.ERROR, "it is wrong", "list.yaml", Position(line, 5, line, 9), entry)
    return replace(basis, **parts)


def report(*findings: Finding, links: tuple[LinkReport, ...] = (), **parts: Any) -> Report:
    summary = summarize(1, links, findings, ())
    shown = replace(EMPTY, findings=findings, entries=(ENTRY,), links=links, summary=summary)
    return replace(shown, **parts)


def render(shown: Report) -> str:
    return MarkdownReporter().render(shown, Style())


def asked(number: int, reason: Reason = Reason.TIMEOUT, detail: str = "") -> tuple[LinkReport, ...]:
    return tuple(LinkReport(f"https://a.org/{i}", Evidence(Outcome(reason, detail=detail))) for i in range(number))


@settings(max_examples=50)
@given(reports())
def test_any_report_is_harmless_on_github(shown: Report) -> None:
    text = render(shown)
    page = Page(text)
    assert len(text) <= LONGEST
    assert set(page.tags) <= ALLOWED | {"blockquote"}
    assert page.attributes <= {"href", "lang", "align"}
    assert not NOTICED.search(page.prose)
    given_addresses = {"https://a.org/", "https://b.org/x?id=A", "http://c.org/#d"}
    assert {target for target in page.links if not target.startswith(f"{PAGES}/")} <= given_addresses
    assert page.tags.count("details") == page.tags.count("summary") <= 2


def test_the_golden_report_becomes_what_is_meant() -> None:
    page = Page(render(GOLDEN))
    assert page.tags.count("details") == 2
    assert page.tags.count("table") == 1
    assert page.tags.count("td") == 4 * 3
    assert page.tags.count("pre") == 5
    assert page.tags.count("h4") == 7 + 5
    assert (page.tags.count("del"), page.tags.count("ins")) == (3, 1)


def test_what_comes_first_is_an_error_with_its_evidence_and_its_fix() -> None:
    proof = Proof("arxiv", "One Title", "One Other Title", DAY)
    suggestion = Suggestion((Edit("title", "One Other Title"), Edit("year", "")))
    shown = finding(url="https://a.org/", proof=proof, related=(Related("two", "list.yaml", 9),), suggestion=suggestion)
    assert render(report(shown)).splitlines() == [
        "## 1 error",
        "",
        "0 links. 1 entry judged.",
        "",
        "### First: 1 error",
        "",
        "#### The First",
        "",
        ITEM,
        "  - link: <https://a.org/>",
        "  - listed: One Title",
        "  - found: One <ins>Other</ins> Title (arxiv, 2026-01-31)",
        "  - see: `list.yaml:9`",
        "  - fix: set `title` to",
        "    ```text",
        "    One Other Title",
        "    ```",
        "  - fix: remove `year`",
        "",
        TAIL,
    ]


@pytest.mark.parametrize(
    ("parts", "rows"),
    [
        ({"entry": None}, []),
        ({"proof": Proof("web", retrieved_at=DAY)}, ["source: web, 2026-01-31"]),
        ({"url": "https://a.org/", "proof": Proof("web")}, ["link: <https://a.org/> (web)"]),
        ({"proof": Proof(listed="A_b", found="")}, ["listed: `A_b`", "expected: _nothing_"]),
        (
            {"url": "https://a.org/", "proof": Proof(listed="https://a.org/", found="https://b.net/x/y")},
            ["listed: <https://a.org/>", "expected: <https://b.net/x/y>"],
        ),
        (
            {"suggestion": Suggestion((Edit("", "x"),), safe=False)},
            ["fix (look at it first): write here", "  ```text", "  x", "  ```"],
        ),
        ({"suggestion": Suggestion((Edit("", ""),))}, ["fix: remove what stands here"]),
        ({"suggestion": Suggestion((Edit("note", " x"),))}, ["fix: set `note` to `  x `"]),
        ({"suggestion": Suggestion((Edit("note", "\x1b"),))}, ["fix: set `note` to what the JSON report has"]),
        ({"suggestion": Suggestion((Edit("note", "x" * 1001),))}, ["fix: set `note` to what the JSON report has"]),
        (
            {"related": (Related(None, "x.md", 2),) * 12},
            ["see: `x.md:2`"] * 10 + ["more: 2 places: see the JSON report"],
        ),
        (
            {"suggestion": Suggestion((Edit("note", ""),) * 11)},
            ["fix: remove `note`"] * 10 + ["more: 1 edit: see the JSON report"],
        ),
    ],
)
def test_the_evidence_and_the_fix_stand_below_the_finding(parts: dict[str, Any], rows: list[str]) -> None:
    below = render(report(finding(**parts))).partition("it is wrong\n")[2].splitlines()[:-2]
    assert below == [f"  {row}" if row.startswith("  ") else f"  - {row}" for row in rows]


def test_findings_stand_under_their_entry_or_file() -> None:
    shown = report(finding(3), finding(4, "ghost"), finding(5, None), finding(6))
    headings = [row for row in render(shown).splitlines() if row.startswith("####")]
    assert headings == ["#### The First", "#### ghost", "#### `list.yaml`"]


def test_warnings_are_folded_infos_counted_and_the_suppressed_not_shown() -> None:
    text = render(
        report(
            finding(severity=Severity.WARNING),
            finding(4, severity=Severity.INFO),
            finding(5, suppressed_by="list.yaml:5"),
        )
    )
    assert text.startswith("## 1 warning, 1 info, 1 suppressed\n")
    assert "### First" not in text
    folded = f"<details><summary>1 warning (PAP101 1)</summary>\n\n#### The First\n\n{ITEM}\n\n</details>\n"
    assert folded in text
    assert "\n1 info (PAP101 1): the JSON report lists them.\n" in text
    assert "list.yaml:5" not in text


def test_what_could_not_be_verified_is_said_with_the_reason() -> None:
    links = (*asked(1), *asked(1, Reason.BLOCKED, "says | @no"), *asked(3, Reason.OK), *asked(2, Reason.OFFLINE))
    sources = (SourceStats("github", note="set GITHUB_TOKEN"), SourceStats("web"))
    text = render(report(links=links, notes=(Note("not needed", "list.yaml", 7),), sources=sources))
    assert text.splitlines()[2] == (
        "7 links: 3 alive, 2 uncertain (1 timeout, 1 blocked), 2 skipped (2 offline). 1 entry judged."
    )
    assert "\n### Notes\n\n- `list.yaml:7`: not needed\n- github: set `GITHUB_TOKEN`\n" in text
    assert text.splitlines()[-10:-2] == [
        "<details><summary>2 links could not be verified</summary>",
        "",
        "| link | why | tries |",
        "|---|---|--:|",
        "| <https://a.org/0> | timeout | 0 |",
        "| <https://a.org/0> | blocked: says `\\| @no` | 0 |",
        "",
        "</details>",
    ]


@pytest.mark.parametrize(
    ("parts", "head"),
    [
        ({}, ["## Nothing to mend", "", "0 links. 1 entry judged."]),
        ({"complete": False}, ["## No findings", "", "> **Incomplete: a part of this run is missing.**"]),
        (
            {"summary": replace(summarize(1, (), (), ()), suppressed=2, papers_verified=1)},
            ["## Nothing to mend (2 suppressed)", "", "0 links. 1 entry judged: 1 paper verified."],
        ),
    ],
)
def test_a_report_without_findings_says_so(parts: dict[str, Any], head: list[str]) -> None:
    assert render(report(**parts)).splitlines()[:3] == head


def huge(number: int, text: str) -> Report:
    """Errors, warnings, notes and uncertain links, that many of each, with this text wherever one may stand."""
    several = tuple(
        finding(
            line,
            None if line % 3 else f"{text}{line}",
            severity=severity,
            message=text,
            url=f"https://a.org/{line}",
            field=text,
            proof=Proof(text, text, text[1:], DAY),
            related=(Related(text, text, 1),) * 12,
            suggestion=Suggestion((Edit(text, text),) * 12),
        )
        for severity in (Severity.ERROR, Severity.WARNING)
        for line in range(number)
    )
    notes = tuple(Note(f"{text}{i}", text, i) for i in range(number + 400))
    return report(*several, notes=notes, links=asked(number, detail=text))


@pytest.mark.parametrize(
    "text", ["a plain text", "x" * 5_000, "强化" * 150, "\U0010ffff" * 900, "`|" * 900, *HOSTILE[:3]], ids=range(8)
)
@pytest.mark.unmeasured
def test_ten_thousand_findings_fit_and_what_is_left_out_is_counted(text: str) -> None:
    shown = huge(5_000 if text == "a plain text" else 200, text)
    parts = list(MarkdownReporter().parts(shown, Style()))
    whole = "".join(parts)
    assert LONGEST // 2 < len(whole) <= LONGEST
    for part in (whole, *parts):
        Page(part)
    page = Page(whole)
    assert set(page.tags) <= ALLOWED
    number = len(shown.findings) // 2
    items = {kind: len(re.findall(r"^- `", part, re.MULTILINE)) for kind, part in zip("he", parts, strict=False)}
    left = re.search(r"^(?:… and )?([\d,]+) (?:more )?errors: see the JSON report", parts[1], re.MULTILINE)
    assert left
    assert items["e"] + int(left[1].replace(",", "")) == number
    assert re.search(r"[\d,]+ (more )?notes: see the JSON report", whole)


@settings(max_examples=12)
@given(st.integers(0, 90), st.integers(0, 90), st.integers(0, 400), st.integers(0, 300))
def test_at_any_length_all_findings_are_shown_or_counted(errors: int, warnings: int, links: int, length: int) -> None:
    several = [finding(line, message="w " * length) for line in range(errors)]
    several += [finding(line, message="w " * length, severity=Severity.WARNING) for line in range(warnings)]
    text = render(report(*several, links=asked(links, detail="w " * 20)))
    assert len(text) <= LONGEST
    page = Page(text)
    assert page.tags.count("details") == bool(warnings) + bool(links)
    for noun, number in (("error", errors), ("warning", warnings), ("link", links)):
        shown = text.count("| timeout") if noun == "link" else len(_items(text, noun))
        left = re.search(rf"^(?:… and )?([\d,]+) (?:more )?{noun}s?: see the JSON report", text, re.MULTILINE)
        assert shown + (int(left[1].replace(",", "")) if left else 0) == number


def _items(text: str, noun: str) -> list[str]:
    first, _, rest = text.partition("<details><summary>")
    return re.findall(r"^- `.*", first if noun == "error" else rest, re.MULTILINE)
