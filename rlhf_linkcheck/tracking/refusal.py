"""Why GitHub did not do what it was asked to, in one line that says what to do; pure."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from types import MappingProxyType

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.quota import quota_in
from rlhf_linkcheck.net.retry import duration
from rlhf_linkcheck.sources.api import json_of, read_each, text_of
from rlhf_linkcheck.sources.github.answer import is_hurried, message_of

_LASTING: Mapping[int | None, str] = MappingProxyType(
    {
        HTTPStatus.UNAUTHORIZED: "GITHUB_TOKEN was refused: is it still valid?",
        HTTPStatus.FORBIDDEN: "GITHUB_TOKEN may not {does} issues in {name}: give it «issues: write»",
        HTTPStatus.NOT_FOUND: "there is no {name}, or GITHUB_TOKEN may not see it",
        HTTPStatus.GONE: "{name} has no issues: they can be switched on in its settings",
        HTTPStatus.UNPROCESSABLE_ENTITY: "GitHub does not take the text",
        HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS: "{name} is blocked",
    }
)
_OF_THE_ISSUE = (
    # https://github.com/renovatebot/renovate/issues/6215: also an app that may write issues may not write there.
    ("issue is locked", "its conversation is locked, and GITHUB_TOKEN may not write there: unlock it in {name}", True),
    ("was deleted", "it has been deleted meanwhile: the next audit opens another", False),
)
"""What GitHub says of a single issue, what that means, and whether it lasts."""
_OURS = frozenset({Reason.PRIVATE_ADDRESS, Reason.INVALID, Reason.HOST_NOT_FOUND})


class RefusedError(Exception):
    """GitHub did not do it; ``lasting`` where it will not the next time either, unless somebody sees to it."""

    def __init__(self, words: str, *, lasting: bool = False) -> None:
        super().__init__(words)
        self.lasting = lasting


def refusal(answer: Answer, name: str, now: datetime, *, writes: bool) -> RefusedError:
    """What an answer that is none of success means for ``name``, a repository."""
    if answer.trouble is not None:
        return RefusedError(f"GitHub gave no answer: {answer.trouble.words}", lasting=answer.trouble.reason in _OURS)
    said = _said(answer)
    quoted = f" (GitHub says: {said})" if said else ""
    if is_limited(answer):
        quota = quota_in(answer.headers, now)
        pause = answer.peace or (quota.reset if quota is not None and quota.used_up else None)
        when = "" if pause is None else f" for {duration(pause)}"
        return RefusedError(f"GitHub's limit is reached, and it takes nothing more{when}: the next audit tries again")
    for sign, words, lasts in _OF_THE_ISSUE:
        if writes and sign in said:
            return RefusedError(f"{words.format(name=name)}{quoted}", lasting=lasts)
    if answer.status in _LASTING:
        words = _LASTING[answer.status].format(name=name, does="write" if writes else "read")
        return RefusedError(f"{words}{quoted}", lasting=True)
    return RefusedError(f"GitHub answered with {answer.status}{quoted}")


def is_limited(answer: Answer) -> bool:
    """Whether it was too much, and not the wrong thing."""
    return answer.limits or is_hurried(_said(answer))


def is_worth_waiting_for(answer: Answer) -> bool:
    """Whether GitHub says when it wants to be asked again, and that is so soon that a run can wait for it."""
    return answer.limits and answer.header("retry-after") is not None and answer.peace is None


def is_too_long(answer: Answer) -> bool:
    """Whether the text was too long."""
    return answer.status == HTTPStatus.UNPROCESSABLE_ENTITY and "too long" in _said(answer)


def _said(answer: Answer) -> str:
    """GitHub's own words, with those about single fields."""
    document = json_of(answer)
    errors = document.get("errors") if isinstance(document, dict) else None
    fields = read_each(lambda one: text_of(one.get("message")) or None if isinstance(one, dict) else None, errors)
    return ": ".join(part for part in (message_of(answer) or "", ", ".join(fields)) if part)
