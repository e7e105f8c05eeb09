"""GitHub's REST API of issues, which clients change: https://docs.github.com/en/rest/issues/issues."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from http import HTTPStatus
from itertools import count
from typing import Any

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

from .github_answers import DOCUMENTATION, problem, told
from .github_settings import Settings
from .github_threads import Thread
from .question import Question
from .repositories import CREATED, Repository

GUIDE = f"{DOCUMENTATION}/issues/issues"
DISABLED = "Issues has been disabled in this repository."
NOT_FOR_APPS = "Resource not accessible by integration"
NOT_FOR_PEOPLE = "Resource not accessible by personal access token"
READ_ONLY = "Repository was archived so is read-only."
APP = "[bot]"
LONGEST = 65_536
"""Code points: https://github.com/dead-claudia/github-limits/pull/13."""
LONGEST_TITLE = 256
PER_PAGE, MOST_PER_PAGE = 30, 100


class Tracker:
    """The issues of one repository, which live as long as the simulated web."""

    def __init__(self, repository: Repository, root: str, page: str, settings: Settings) -> None:
        self._repository = repository
        self._root = root
        self._page = page
        self._settings = settings
        self._clock = count(1)
        self._threads = [replace(one, comments=[], touched=next(self._clock)) for one in repository.issues]

    def answer(self, rest: list[str], request: Request, *, known: bool) -> Behaviour | None:
        """Answers a path below the repository's issues; ``known`` is a client with a token."""
        writes = request.method in ("POST", "PATCH")
        if writes and (refusal := self._refusal(known=known)):
            return refusal
        thread = self._at(rest[0]) if rest else None
        match request.method, rest[1:]:
            case ("GET" | "POST") as method, [] if not rest:
                said = self._list(Question.of(request)) if method == "GET" else self._open(_sent(request))
            case "GET", [] if thread:
                said = told(self._shown(thread))
            case "PATCH", [] if thread:
                said = self._edit(thread, _sent(request))
            case "GET", ["comments"] if thread:
                said = told([{"body": body, "user": _user(author)} for author, body in thread.comments])
            case "POST", ["comments"] if thread:
                said = self._comment(thread, _sent(request))
            case _:
                return None
        return said

    def _list(self, question: Question) -> Behaviour:
        """A page of the list; without issues there are pull requests in it and no error."""
        state, wanted = question.first("state", "open"), {*filter(None, question.first("labels").split(","))}
        found = [
            thread
            for thread in self._threads
            if (state == "all" or thread.closed == (state == "closed"))
            and wanted <= {*thread.labels}
            and (thread.pull_request or not self._repository.without_issues)
        ]
        key = (lambda one: one.touched) if question.first("sort") == "updated" else self._number
        found.sort(key=key, reverse=question.first("direction", "desc") == "desc")
        size = min(_number(question.first("per_page"), PER_PAGE), MOST_PER_PAGE)
        start = size * (_number(question.first("page"), 1) - 1)
        return told([self._shown(thread) for thread in found[start : start + size]])

    def _open(self, sent: Mapping[str, Any]) -> Behaviour:
        wrong = _invalid(sent, "Issue", "body") or _untitled(sent)
        if wrong:
            return wrong
        thread = Thread(
            sent["title"],
            sent.get("body"),
            self._settings.login,
            "NONE" if self._settings.login.endswith(APP) else "COLLABORATOR",
            labels=tuple(sent.get("labels", ())),
            touched=next(self._clock),
        )
        self._threads.append(thread)
        return told(self._shown(thread), HTTPStatus.CREATED)

    def _edit(self, thread: Thread, sent: Mapping[str, Any]) -> Behaviour:
        wrong = _invalid(sent, "Issue", "body")
        if wrong:
            return wrong
        thread.title, thread.body = sent.get("title", thread.title), sent.get("body", thread.body)
        if "state" in sent:
            thread.closed = sent["state"] == "closed"
            thread.reason = sent.get("state_reason")
        thread.touched = next(self._clock)
        return told(self._shown(thread))

    def _comment(self, thread: Thread, sent: Mapping[str, Any]) -> Behaviour:
        wrong = _invalid(sent, "IssueComment", "data")
        if wrong:
            return wrong
        thread.comments.append((self._settings.login, sent["body"]))
        thread.touched = next(self._clock)
        place = f"{self._page}/issues/{self._number(thread)}#issuecomment-{len(thread.comments)}"
        shown = {"body": sent["body"], "user": _user(self._settings.login), "html_url": place}
        return told(shown, HTTPStatus.CREATED)

    def _refusal(self, *, known: bool) -> Behaviour | None:
        """Why a client may not write, if it may not."""
        if not known:
            return problem(401, "Requires authentication", GUIDE)
        if self._settings.reads_only:
            return problem(403, NOT_FOR_APPS if self._settings.login.endswith(APP) else NOT_FOR_PEOPLE, GUIDE)
        if self._repository.archived_at:
            return problem(403, READ_ONLY, GUIDE)
        return problem(410, DISABLED, GUIDE) if self._repository.without_issues else None

    def _at(self, number: str) -> Thread | None:
        index = _number(number, 0) - 1
        return self._threads[index] if 0 <= index < len(self._threads) else None

    def _number(self, thread: Thread) -> int:
        return next(index for index, one in enumerate(self._threads, 1) if one is thread)

    def _shown(self, thread: Thread) -> dict[str, object]:
        number = self._number(thread)
        kind = "pull" if thread.pull_request else "issues"
        shown = {
            "number": number,
            "title": thread.title,
            "body": thread.body,
            "state": "closed" if thread.closed else "open",
            "state_reason": thread.reason,
            "user": _user(thread.author),
            "author_association": thread.association,
            "labels": [{"name": name} for name in thread.labels],
            "comments": len(thread.comments),
            "url": f"{self._root}/issues/{number}",
            "html_url": f"{self._page}/{kind}/{number}",
            "updated_at": f"{CREATED + timedelta(seconds=thread.touched):%Y-%m-%dT%H:%M:%SZ}",
        }
        pull = {"pull_request": {"url": f"{self._root}/pulls/{number}"}} if thread.pull_request else {}
        return shown | pull


def authenticated(settings: Settings, *, known: bool) -> Behaviour:
    """Whose the token is, which an app's may not ask."""
    if not known:
        return problem(401, "Requires authentication")
    if settings.login.endswith(APP):
        return problem(403, NOT_FOR_APPS, f"{DOCUMENTATION}/users/users#get-the-authenticated-user")
    return told(_user(settings.login))


def _user(login: str) -> dict[str, str]:
    return {"login": login, "type": "Bot" if login.endswith(APP) else "User"}


def _number(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and int(text) else default


def _sent(request: Request) -> Mapping[str, Any]:
    document: Mapping[str, Any] = json.loads(request.body)
    return document


def _untitled(sent: Mapping[str, Any]) -> Behaviour | None:
    title = sent.get("title")
    if title and len(title) <= LONGEST_TITLE:
        return None
    return _unprocessable("Issue", "title", "title is too long (maximum is 256 characters)" if title else "is missing")


def _invalid(sent: Mapping[str, Any], resource: str, field: str) -> Behaviour | None:
    if len(sent.get("body") or "") <= LONGEST:
        return None
    return _unprocessable(resource, field, f"body is too long (maximum is {LONGEST} characters)")


def _unprocessable(resource: str, field: str, message: str) -> Behaviour:
    error = {"resource": resource, "code": "custom", "field": field, "message": message}
    body = {"message": "Validation Failed", "errors": [error], "documentation_url": GUIDE, "status": "422"}
    return told(body, HTTPStatus.UNPROCESSABLE_ENTITY)
