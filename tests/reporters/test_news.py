"""What an audit tells first: what is new, what is graver, and what is back, a host that was down as one line."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from builders import NOON
from golden_report import EMPTY
from hypothesis import given
from strategies import reports

from rlhf_linkcheck.evidence import Evidence, Outcome, Past, Reason, Verdict
from rlhf_linkcheck.finding import Finding, Fingerprint, RuleInfo, Severity
from rlhf_linkcheck.model import Position
from rlhf_linkcheck.report import History, Known, LinkReport, PastAudit, Recovery, Report
from rlhf_linkcheck.reporters import REPORTERS, Style
from rlhf_linkcheck.reporters.news import lead, newest_first, returns, what_changed

DAY = timedelta(days=1)
LAST = PastAudit(NOON, 1, 0, 0, 0, 0, 0, 0)
SINCE = f"{NOON - DAY:%Y-%m-%d}"
OFFLINE = LinkReport("https://a.example/", Evidence(Outcome(Reason.OFFLINE)))
RULE = RuleInfo("LNK101", "dead-link", Severity.ERROR, "gone")


def back(url: str, was: Verdict = Verdict.UNCERTAIN, nights: int | None = 1) -> Recovery:
    return Recovery(url, was, None if nights is None else NOON - nights * DAY)


def alive(url: str, *, flaps: int = 0, new: bool = False, cached: bool = False) -> LinkReport:
    past = Past(NOON if new else NOON - 9 * DAY, NOON, Verdict.ALIVE, NOON, flaps=flaps)
    return LinkReport(url, Evidence(Outcome(Reason.OK, from_cache=cached), past=past))


def night(*recovered: Recovery, links: tuple[LinkReport, ...] = ()) -> Report:
    return replace(EMPTY, inputs=("list.md",), links=links, history=History((LAST,), recovered))


SITE = tuple(back(f"https://site.example/{number}") for number in range(40))


def test_a_host_that_was_down_is_back_in_one_line() -> None:
    other = back("https://other.example/", Verdict.DEAD)
    assert list(returns(night(SITE[0], other, *SITE[1:]))) == [
        f"site.example is back: 40 links (uncertain since {SINCE})",
        f"back: https://other.example/ (dead since {SINCE})",
    ]
    assert list(lead(night(*SITE))) == [f"Since the last audit ({NOON:%Y-%m-%d}): 40 links back."]


@pytest.mark.parametrize(
    ("recovered", "said"),
    [
        ((back("https://a.example/1", nights=None), *SITE[:2]), "back: https://a.example/1 (uncertain)"),
        (
            (back("https://Site.example:8080/x", Verdict.DEAD, 5), *SITE[:2]),
            f"site.example is back: 3 links (dead or uncertain since {NOON - 5 * DAY:%Y-%m-%d})",
        ),
        (tuple(back(text) for text in ("", "\x1b", "a")), "back:  (uncertain since 2026-01-30)"),
    ],
    ids=["two are not many", "several verdicts", "no hosts"],
)
def test_the_first_line_of_what_is_back(recovered: tuple[Recovery, ...], said: str) -> None:
    assert next(returns(night(*recovered))) == said


@pytest.mark.parametrize(
    ("other", "down"),
    [
        (alive("https://site.example/other"), False),
        (alive("https://site.example/other", new=True), True),
        (alive("https://site.example/other", cached=True), True),
        (alive("https://else.example/"), True),
        (
            LinkReport(
                "https://site.example/gone", Evidence(Outcome(Reason.NOT_FOUND), past=Past(NOON, NOON, Verdict.DEAD))
            ),
            True,
        ),
    ],
    ids=["was there", "is new", "was not asked", "is elsewhere", "is dead"],
)
def test_a_host_of_which_another_link_was_there_was_not_down(other: LinkReport, down: bool) -> None:
    lines = list(returns(night(*SITE[:3], links=(*(alive(one.url) for one in SITE[:3]), other))))
    assert len(lines) == (1 if down else 3)


@pytest.mark.parametrize(
    ("flaps", "said"),
    [
        (0, ""),
        (1, ""),
        (2, ", for the 2nd time"),
        (3, ", for the 3rd time"),
        (11, ", for the 11th time"),
        (21, ", for the 21st time"),
    ],
)
def test_what_comes_back_again_and_again_is_counted(flaps: int, said: str) -> None:
    url = "https://a.example/"
    links = (alive(url, flaps=flaps),)
    assert list(returns(night(back(url, Verdict.DEAD), links=links))) == [f"back: {url} (dead since {SINCE}){said}"]
    # Who was only out of reach has not died anew.
    assert list(returns(night(back(url), links=links))) == [f"back: {url} (uncertain since {SINCE})"]


def test_of_many_that_are_back_ten_are_named() -> None:
    lines = list(returns(night(*(back(f"https://{number}.example/") for number in range(12)))))
    assert (len(lines), *lines[-2:]) == (
        11,
        f"back: https://9.example/ (uncertain since {SINCE})",
        "back: 2 more, which the JSON report names",
    )


def test_what_is_mended_is_counted_and_named_unless_that_is_its_link_being_back() -> None:
    """A link that is back is told of as such already, and what has no address is named by what was listed."""
    mended = (
        Known(Fingerprint("list.md", code="LNK101", url="https://a.example/"), NOON, Severity.ERROR),
        Known(Fingerprint("list.md", "two", code="LNK105", url="https://a.example/"), NOON, Severity.WARNING),
        Known(Fingerprint("list.md", code="PAP102", url="https://a.example/"), NOON, Severity.ERROR),
        Known(Fingerprint("list.md", code="LNK102", url="https://b.example/"), NOON, Severity.WARNING),
        Known(Fingerprint("list.md", code="ENT105", listed="Feng*", title="on"), NOON, Severity.WARNING),
        Known(Fingerprint("list.md", code="ENT100"), NOON, Severity.ERROR),
    )
    history = History((LAST,), (back("https://a.example/", Verdict.DEAD),), mended)
    assert list(what_changed(replace(night(), history=history))) == [
        f"Since the last audit ({NOON:%Y-%m-%d}): 4 mended, 1 link back.",
        f"back: https://a.example/ (dead since {SINCE})",
        "mended: list.md PAP102 https://a.example/",
        "mended: list.md LNK102 https://b.example/",
        "mended: list.md ENT105 Feng*",
        "mended: list.md ENT100",
    ]


@pytest.mark.parametrize(
    ("unseen", "changes", "said"),
    [
        (0, {}, "nothing has changed."),
        (1, {}, "nothing has changed; 1 finding of before is out of sight."),
        (2, {}, "nothing has changed; 2 findings of before are out of sight."),
        (0, {"complete": False}, "nothing has changed in what was looked at."),
        (0, {"links": (OFFLINE,)}, "nothing has changed in what was looked at."),
        (2, {"complete": False, "no_way_out": True}, "nothing could be looked at."),
    ],
    ids=["all was", "one was not", "two were not", "no time", "offline", "no network"],
)
def test_of_what_nobody_looked_at_it_is_not_said_that_it_has_not_changed(
    unseen: int, changes: dict[str, Any], said: str
) -> None:
    known = Known(Fingerprint("list.md", code="LNK101"), NOON, Severity.ERROR)
    report = replace(night(), history=History((LAST,), unseen=(known,) * unseen), **changes)
    assert list(what_changed(report)) == [f"Since the last audit ({NOON:%Y-%m-%d}): {said}"]


@pytest.mark.parametrize("name", ["text", "markdown", "html", "sarif", "junit", "github"])
def test_every_format_tells_of_a_host_that_is_back(name: str) -> None:
    told = REPORTERS[name].render(night(*SITE), Style())
    assert told.count("site.example is back: 40 links") == 1
    assert "site.example/7" not in told


def finding(line: int, severity: Severity = Severity.ERROR, *, known: bool = False, risen: bool = False) -> Finding:
    since = NOON if known else None
    position = Position(line, 1, line, 2)
    return Finding(RULE, severity, "gone", "a.md", position, url="https://a.org/", known_since=since, has_risen=risen)


def test_what_is_graver_and_then_what_is_new_is_named_and_infos_are_not() -> None:
    findings = (
        finding(1, Severity.WARNING),
        finding(2),
        finding(3, known=True),
        finding(4, known=True, risen=True),
        finding(5, Severity.INFO),
        replace(finding(6), suppressed_by="a.md:6"),
    )
    assert list(what_changed(replace(night(), findings=findings))) == [
        f"Since the last audit ({NOON:%Y-%m-%d}): 3 new findings (LNK101 3), 1 graver than before (LNK101 1).",
        "graver: a.md:4 LNK101 https://a.org/",
        "new: a.md:2 LNK101 https://a.org/",
        "new: a.md:1 LNK101 https://a.org/",
    ]
    assert [one.position.line for one in newest_first(findings)] == [1, 2, 4, 5, 6, 3]


FIRST = "No earlier audit of the whole list is known, so what is found is no news of last night."


@pytest.mark.parametrize("name", ["text", "markdown", "html", "sarif", "junit", "github"])
def test_a_first_audit_says_once_that_it_is_the_first(name: str) -> None:
    """And no check says so, nor an audit that could look at nothing: that is none."""
    first = replace(night(SITE[0]), history=History(recovered=(SITE[0],)), findings=(finding(1),))
    assert list(what_changed(first)) == list(lead(first)) == [FIRST]
    assert REPORTERS[name].render(first, Style()).count(FIRST) == 1
    dark = replace(first, complete=False, no_way_out=True)
    for other in (night(), replace(first, history=None), dark):
        assert FIRST not in REPORTERS[name].render(other, Style())


@given(reports())
def test_nothing_has_changed_where_there_was_no_audit_before(report: Report) -> None:
    compared = report.history is not None and bool(report.history.audits)
    first = [FIRST] if report.history is not None and not report.no_way_out else []
    told = list(what_changed(report))
    assert told and told != first if compared else told == first
    assert len(list(returns(report))) <= 22
