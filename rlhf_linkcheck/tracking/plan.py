"""What is to become of the tracking issue after an audit; pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from rlhf_linkcheck.finding import Finding, Severity
from rlhf_linkcheck.fingerprint import fingerprints
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters.story import count
from rlhf_linkcheck.tracking.head import Head, marks_of, name_of_list
from rlhf_linkcheck.tracking.issue import Issue
from rlhf_linkcheck.tracking.text import body_of, comment_on, short_body_of, title_of

_AUDITED = frozenset({0, 1})
"""The exit codes of a run that came to its end."""


class State(StrEnum):
    """What an issue is made."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Open:
    """Open an issue; ``shorter`` is its text where the whole is too long."""

    title: str
    body: str
    shorter: str
    words: str


@dataclass(frozen=True, slots=True)
class Comment:
    """Say what is new, below an issue."""

    number: int
    body: str
    words: str


@dataclass(frozen=True, slots=True)
class Update:
    """Write an issue anew; ``state`` is what it becomes, None where it stays what it is."""

    number: int
    body: str
    shorter: str
    words: str
    state: State | None = None


Action: TypeAlias = Open | Comment | Update
"""One thing to be done, and in ``words`` that «would» or nothing stands before."""


def is_audit(report: Report) -> bool:
    """Whether a run says anything of the list as a whole; one that does not neither opens an issue nor closes one."""
    return report.complete and not report.no_way_out and report.exit_code in _AUDITED


def plan_of(report: Report, issue: Issue | None, least: Severity = Severity.ERROR) -> tuple[Action, ...]:
    """What is to be done, in this order; ``issue`` is the list's own, ``least`` from which severity on it is for.

    The comment comes first: where what follows fails the next audit says it once more, and where the comment fails
    the issue does not know yet that it has told it. An issue that was closed is opened for something new alone; one
    that an audit has closed has told of nothing, and so to it all is new.
    """
    if not is_audit(report):
        return ()
    unseen, heard = _marked(report, least)
    grave = [(mark, finding) for mark, finding in heard if finding.severity >= least]
    doubted = [mark for mark, finding in heard if finding.severity < least and _is_doubted(mark, finding, issue, least)]
    told = (*(mark for mark, _ in grave), *doubted, *unseen)
    head, left = Head(name_of_list(report.files)).text(told), (len(unseen), len(doubted))
    bodies = head + body_of(report, *left), head + short_body_of(report, *left)
    if issue is None:
        words = f"open an issue with {count(len(grave), 'finding')}"
        return (Open(title_of(report), *bodies, words),) if grave else ()
    news = _news(grave, issue.head)
    return (*_comments(issue, news), *_updates(issue, bodies, told, news=bool(news)))


def _marked(report: Report, least: Severity) -> tuple[list[str], list[tuple[str, Finding]]]:
    """The marks of what is known and out of sight, and the findings with theirs.

    Of entries with one address those that the issue may have told of come before those that it has not: else
    what is new would go by a mark that it knows.
    """
    known = () if report.history is None else report.history.unseen
    unseen = [one.about for one in known if one.severity >= least and not one.suppressed]
    pairs = zip(fingerprints(report), report.findings, strict=True)
    heard = [(about, finding) for about, finding in pairs if not finding.suppressed]
    heard.sort(key=lambda pair: (pair[1].severity < least, pair[1].is_new))
    marks = marks_of((*unseen, *(about for about, _ in heard)))
    number = len(unseen)
    return marks[:number], [(mark, finding) for mark, (_, finding) in zip(marks[number:], heard, strict=True)]


def _is_doubted(mark: str, finding: Finding, issue: Issue | None, least: Severity) -> bool:
    """Whether the issue has told of what is found still, and now is less than it was.

    What is dead is only suspect to who has not seen it before: an audit elsewhere, or one whose memory is lost.
    """
    told = issue.head.told if issue is not None and issue.head is not None else None
    return told is not None and mark in told and finding.rule.severity >= least


def _comments(issue: Issue, news: Sequence[Finding]) -> tuple[Comment, ...]:
    words = f"comment #{issue.number} with {count(len(news), 'new finding')}"
    return (Comment(issue.number, comment_on(news), words),) if news else ()


def _updates(issue: Issue, bodies: tuple[str, str], told: Sequence[str], *, news: bool) -> tuple[Update, ...]:
    number, was = issue.number, issue.head
    if issue.is_open and not told:
        return (Update(number, *bodies, f"close #{number}: nothing is left", State.CLOSED),)
    if issue.is_open:
        return (Update(number, *bodies, f"update #{number}"),)
    if news:
        return (Update(number, *bodies, f"open #{number} again", State.OPEN),)
    if not told and was is not None and was.told == frozenset():
        return ()
    # Closed by hand: it stays so, but what it says and remembers is kept up.
    return (Update(number, *bodies, f"update #{number}, which stays closed"),)


def _news(grave: Sequence[tuple[str, Finding]], head: Head | None) -> list[Finding]:
    """What the issue has not told of; where it does not know any more, what is new to the audit."""
    told = None if head is None else head.told
    if head is None or told is None:
        return [finding for _, finding in grave if finding.is_new]
    return [finding for mark, finding in grave if mark not in told and (head.whole or finding.is_new)]
