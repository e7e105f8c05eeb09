"""An issue as GitHub's REST API shows it, and what of it tells the tracking issue from all others; pure.

https://docs.github.com/en/rest/issues/issues#list-repository-issues
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rlhf_linkcheck.sources.api import text_of
from rlhf_linkcheck.tracking.head import Head, head_in

_INSIDERS = frozenset({"OWNER", "MEMBER", "COLLABORATOR"})
"""Strangers are CONTRIBUTOR or less: https://docs.github.com/en/graphql/reference/enums#commentauthorassociation"""
_APP = "Bot"


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue; ``trusted`` where its author is no stranger to the repository.

    An app can write issues only where it was let in, and so a workflow's own token is known, which cannot ask
    whose it is.
    """

    number: int
    is_open: bool
    body: str
    author: str = ""
    trusted: bool = True

    @property
    def head(self) -> Head | None:
        """What stands at the very beginning of a tracking issue; quoted further below it is no head."""
        return head_in(self.body)


@dataclass(frozen=True, slots=True)
class Found:
    """The tracking issue, if there is one, and the numbers of further ones that claim to be it."""

    issue: Issue | None = None
    others: tuple[int, ...] = ()


def issue_in(found: object) -> Issue | None:
    """The issue that the API tells of; None where it is a pull request, which to the API is an issue as well."""
    match found:
        case {"pull_request": _}:
            return None
        case {"number": int(number), "state": str(state), **rest} if number > 0 and number is not True:
            user = rest.get("user")
            login, kind = (text_of(user.get(key)) for key in ("login", "type")) if isinstance(user, dict) else ("", "")
            body, association = rest.get("body"), rest.get("author_association")
            return Issue(
                number,
                is_open=state == "open",
                body=body if isinstance(body, str) else "",
                author=login,
                trusted=association in _INSIDERS or kind == _APP,
            )
        case _:
            return None


def about(issues: Iterable[Issue], name: str) -> tuple[Issue, ...]:
    """Those with the mark of this list."""
    return tuple(issue for issue in issues if issue.head is not None and issue.head.name == name)


def chosen(issues: Sequence[Issue]) -> Found:
    """The one that is kept up: an open one before a closed one, and of those alike the oldest."""
    ranked = sorted({issue.number: issue for issue in issues}.values(), key=_rank)
    # What is closed is nobody's trouble: only of an open one there can be one too many.
    return Found(ranked[0], tuple(issue.number for issue in ranked[1:] if issue.is_open)) if ranked else Found()


def _rank(issue: Issue) -> tuple[bool, int]:
    return not issue.is_open, issue.number
