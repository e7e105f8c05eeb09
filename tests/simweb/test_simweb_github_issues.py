"""The simulated GitHub's issues, which clients change."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from github_wire import API, TOKEN, Answer, get, post

from rlhf_linkcheck.simweb import Scenario, Web, serve
from rlhf_linkcheck.simweb.fields import ScenarioError

WORLD = """
repositories:
  - github: o/list
    former: [o/old]
    issues:
      - {title: First, body: "Text", labels: [a, b], association: OWNER, by: owner}
      - {pull_request: true, closed: true}
      - {labels: [a], times: 30}
  - {github: o/off, without_issues: true, issues: [{}, {pull_request: true}]}
  - {github: o/kept, archived_at: 2024-03-05, issues: [{}]}
"""
LIST = "/repos/o/list/issues"


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serve(Scenario.parse(WORLD)) as running:
        yield running


def found(web: Web, query: str, path: str = LIST) -> list[int]:
    return [one["number"] for one in get(web, f"{path}?{query}").json]


def send(web: Web, path: str, *headers: str, method: str = "POST", **document: Any) -> Answer:
    return post(web, path, json.dumps(document).encode(), *(headers or (TOKEN,)), method=method)


def said(answer: Answer) -> tuple[int, str]:
    return answer.status, answer.json["message"]


def test_an_issue_is_shown_with_what_tells_who_wrote_it(web: Web) -> None:
    assert get(web, f"{LIST}/1").json == {
        "number": 1,
        "title": "First",
        "body": "Text",
        "state": "open",
        "state_reason": None,
        "user": {"login": "owner", "type": "User"},
        "author_association": "OWNER",
        "labels": [{"name": "a"}, {"name": "b"}],
        "comments": 0,
        "url": "https://api.github.com/repos/o/list/issues/1",
        "html_url": "https://github.com/o/list/issues/1",
        "updated_at": "2023-01-01T00:00:01Z",
    }
    pull = get(web, f"{LIST}/2").json
    assert (pull["pull_request"]["url"], pull["html_url"], pull["state"]) == (
        "https://api.github.com/repos/o/list/pulls/2",
        "https://github.com/o/list/pull/2",
        "closed",
    )
    assert get(web, f"{LIST}/33").status == get(web, f"{LIST}/x").status == get(web, f"{LIST}/1/y").status == 404


def test_the_list_has_thirty_on_a_page_the_newest_first_and_pull_requests_among_them(web: Web) -> None:
    assert found(web, "") == [*range(32, 2, -1)]
    assert found(web, "page=2") == [1]
    assert found(web, "state=all&per_page=3&direction=asc") == [1, 2, 3]
    assert found(web, "state=closed") == [2]
    assert found(web, "labels=a,b") == [1]
    assert found(web, "labels=nobody") == []
    assert get(web, "/repos/o/old/issues").location == "https://api.github.com/repositories/{}/issues".format(
        get(web, "/repos/o/list").json["id"]
    )


def test_what_was_changed_last_comes_first_where_that_is_wanted() -> None:
    with serve(Scenario.parse(WORLD)) as web:
        send(web, f"{LIST}/3", method="PATCH", body="New")
        assert found(web, "sort=updated&per_page=2") == [3, 32]


def test_what_is_written_stays() -> None:
    with serve(Scenario.parse(WORLD)) as web:
        _write_and_look(web)


def _write_and_look(web: Web) -> None:
    opened = send(web, LIST, title="New", body="Text", labels=["c"])
    assert (opened.status, opened.json["number"], opened.json["user"]) == (
        201,
        33,
        {"login": "github-actions[bot]", "type": "Bot"},
    )
    closed = send(web, f"{LIST}/33", method="PATCH", state="closed", state_reason="completed", body="Done")
    assert (closed.status, closed.json) == (200, get(web, f"{LIST}/33").json)
    assert (closed.json["state"], closed.json["state_reason"], closed.json["body"]) == ("closed", "completed", "Done")
    comment = send(web, f"{LIST}/33/comments", body="Look")
    assert (comment.status, comment.json["html_url"]) == (201, "https://github.com/o/list/issues/33#issuecomment-1")
    assert get(web, f"{LIST}/33/comments").json == [{"body": "Look", "user": comment.json["user"]}]


def test_who_may_not_write_is_told_so(web: Web) -> None:
    assert said(send(web, LIST, "Accept: */*", title="New")) == (401, "Requires authentication")
    assert said(send(web, "/repos/o/off/issues", title="New")) == (410, "Issues has been disabled in this repository.")
    assert said(send(web, "/repos/o/kept/issues/1", method="PATCH")) == (
        403,
        "Repository was archived so is read-only.",
    )
    assert found(web, "", "/repos/o/off/issues") == [2]
    for login, words in (("someone", "personal access token"), ("some-app[bot]", "integration")):
        settings = f"{WORLD}\ngithub: {{reads_only: true, login: '{login}'}}"
        with serve(Scenario.parse(settings)) as strict:
            assert said(send(strict, LIST, title="New")) == (403, f"Resource not accessible by {words}")


@pytest.mark.parametrize(
    ("path", "method", "document", "error"),
    [
        (LIST, "POST", {}, ("Issue", "title", "is missing")),
        (LIST, "POST", {"title": "x" * 257}, ("Issue", "title", "title is too long (maximum is 256 characters)")),
        (f"{LIST}/1", "PATCH", {"body": "é" * 65_537}, ("Issue", "body", None)),
        (f"{LIST}/1/comments", "POST", {"body": "x" * 65_537}, ("IssueComment", "data", None)),
    ],
)
def test_what_is_too_long_is_not_taken(
    web: Web, path: str, method: str, document: dict[str, Any], error: tuple[str, str, str | None]
) -> None:
    answer = send(web, path, method=method, **document)
    resource, field, message = error
    assert said(answer) == (422, "Validation Failed")
    assert answer.json["errors"] == [
        {
            "resource": resource,
            "code": "custom",
            "field": field,
            "message": message or "body is too long (maximum is 65536 characters)",
        }
    ]


def test_as_much_as_fits_is_taken() -> None:
    with serve(Scenario.parse(WORLD)) as web:
        assert send(web, f"{LIST}/1", method="PATCH", body="é" * 65_536).status == 200


def test_whose_the_token_is_an_app_may_not_ask(web: Web) -> None:
    assert said(get(web, "/user")) == (401, "Requires authentication")
    assert said(get(web, "/user", API, TOKEN)) == (403, "Resource not accessible by integration")
    with serve(Scenario.parse("github: {login: someone}\nrepositories: [{github: o/r, issues: []}]")) as own:
        assert get(own, "/user", API, TOKEN).json == {"login": "someone", "type": "User"}
        opened = send(own, "/repos/o/r/issues", title="New").json
        assert (opened["user"]["login"], opened["author_association"]) == ("someone", "COLLABORATOR")


@pytest.mark.parametrize(
    ("text", "problem"),
    [("issues: 1", "issues: expected a list of issues"), ("issues: [{titel: x}]", "issues[0]: titel")],
)
def test_a_scenario_that_is_wrong_is_refused(text: str, problem: str) -> None:
    with pytest.raises(ScenarioError) as raised:
        Scenario.parse(f"repositories: [{{github: o/r, {text}}}]")
    assert problem in str(raised.value)
