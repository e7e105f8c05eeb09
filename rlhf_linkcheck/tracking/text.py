"""What the tracking issue and its comments say."""

from collections.abc import Sequence

from rlhf_linkcheck.finding import Finding
from rlhf_linkcheck.fingerprint import name_of
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters.base import Style
from rlhf_linkcheck.reporters.markdown import MarkdownReporter
from rlhf_linkcheck.reporters.markup import code, link, prose
from rlhf_linkcheck.reporters.pages import address_of_page
from rlhf_linkcheck.reporters.story import count, counted_codes
from rlhf_linkcheck.reporters.typesetting import harmless

_MOST_NAMED = 10
_LONGEST_TITLE = 200
"""GitHub takes 256 characters."""
_KEPT = (
    "This text is written anew by each `rlhf-linkcheck audit --issue`, which comments where there is something new, "
    "and closes the issue when nothing is left. Closed by hand it stays so until there is something new.\n"
)


def title_of(report: Report) -> str:
    """The title that the issue has at first; whoever wants another may give it one."""
    names = harmless(", ".join(sorted(name_of(file) for file in report.files)))
    return f"Link check: {names}" if len(names) <= _LONGEST_TITLE else f"Link check: {names[:_LONGEST_TITLE]}…"


def body_of(report: Report, unseen: int, doubted: int) -> str:
    """The report, and what keeps the issue open though it is not in it, or is no error there."""
    return f"{MarkdownReporter().render(report, Style())}{_unseen(unseen)}{_doubted(doubted)}\n---\n{_KEPT}"


def short_body_of(report: Report, unseen: int, doubted: int) -> str:
    """The numbers alone, for a GitHub that does not take the whole report."""
    numbers = next(MarkdownReporter().parts(report, Style()))
    return f"{numbers}\nThe whole report is too long for an issue.\n{_unseen(unseen)}{_doubted(doubted)}\n---\n{_KEPT}"


def comment_on(news: Sequence[Finding]) -> str:
    """What is new, the gravest first, short."""
    ranked = sorted(news, key=lambda finding: finding.severity, reverse=True)
    lines = [_line(finding) for finding in ranked[:_MOST_NAMED]]
    left = len(ranked) - len(lines)
    more = f"\n… and {left:,} more: see above.\n" if left else ""
    return f"**{count(len(ranked), 'new finding')}** ({prose(counted_codes(ranked))}):\n\n{''.join(lines)}{more}"


def _line(finding: Finding) -> str:
    rule, place = finding.rule, code(f"{finding.path}:{finding.position.line}")
    about = f" {link(finding.url)}" if finding.url else ""
    return f"- {place} [{rule.code}]({address_of_page(rule.code)}){about}: {prose(finding.message)}\n"


def _unseen(number: int) -> str:
    if not number:
        return ""
    known = count(number, "finding")
    return f"\n{known} of before could not be looked at this time, and so may still be there.\n"


def _doubted(number: int) -> str:
    if not number:
        return ""
    still = "is still there, and less sure than it was" if number == 1 else "are still there, and less sure than before"
    return f"\n{count(number, 'finding')} of before {still}.\n"
