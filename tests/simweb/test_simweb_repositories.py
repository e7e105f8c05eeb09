"""Repositories in a scenario: what may be said of them, and of GitHub."""

from datetime import UTC, datetime

import pytest

from rlhf_linkcheck.simweb import Scenario, ScenarioError
from rlhf_linkcheck.simweb.services.contents import BINARY, Files, Submodule, Symlink
from rlhf_linkcheck.simweb.services.github_settings import LimitType, Settings, Takedown, TimeoutBody
from rlhf_linkcheck.simweb.services.repositories import Block, Gist, Repository


def test_a_repository_reads_as_the_dataclasses_say() -> None:
    text = """
repositories:
  - github: o/name.js
    server: git.example.org
    description: Text
    homepage: https://example.org/
    topics: [a, b]
    licence: MIT
    default_branch: trunk
    archived_at: 2024-03-05
    pushed_at: 2024-03-01T12:00:00+02:00
    disabled: true
    private: true
    sso: true
    fork_of: p/name
    former: [q/name]
    taken_down: https://example.org/notice
    block: tos
    files: {a: text, b/c: , d: !!binary aGk=, e: {submodule: x}, f: {symlink: a}}
    branches: {x/y: {z: ""}, same: }
    tags: {v1: {}}
    commits: {0123456789012345678901234567890123456789: {old: ""}}
    former_branches: {master: trunk}
    releases: {v1: [one.zip], v2: }
  - {gist: abc, owner: me, server: git.example.org, description: Text, files: {a: text}}
"""
    scenario = Scenario.parse(text)
    files: Files = {"a": b"text", "b/c": BINARY, "d": b"hi", "e": Submodule("x"), "f": Symlink("a")}
    expected = Repository(
        name="o/name.js",
        server="git.example.org",
        description="Text",
        homepage="https://example.org/",
        topics=("a", "b"),
        licence="MIT",
        default_branch="trunk",
        archived_at=datetime(2024, 3, 5, tzinfo=UTC),
        pushed_at=datetime(2024, 3, 1, 10, tzinfo=UTC),
        disabled=True,
        private=True,
        sso=True,
        fork_of="p/name",
        former=("q/name",),
        taken_down="https://example.org/notice",
        block=Block.TERMS,
        files=files,
        branches={"x/y": {"z": b""}, "same": files},
        tags={"v1": {}},
        commits={"0123456789012345678901234567890123456789": {"old": b""}},
        former_branches={"master": "trunk"},
        releases={"v1": ("one.zip",), "v2": ()},
    )
    assert scenario.repositories == (expected,)
    assert scenario.gists == (Gist("abc", "me", "git.example.org", "Text", {"a": b"text"}),)
    assert expected.tagged == {"v1": {}, "v2": files}
    assert list(expected.heads) == ["trunk", "x/y", "same"]


def test_settings_read_as_the_dataclass_says() -> None:
    text = """
github:
  token: mine
  servers: [git.example.org]
  users: [a]
  organizations: [b]
  rest_limit: 0
  rest_limit_with_token: 2
  graphql_points: 3
  reset_after: 1.5
  limit_status: 429
  limit_type: RATE_LIMIT
  secondary_after: 4
  secondary_status: 200
  retry_after: -1
  most_aliases: 5
  most_texts: 6
  timeout_aliases: 7
  timeout_status: 504
  timeout_body: html
  without_token: 403
  takedown_in_graphql: not-found
  pages_limit: 8
"""
    assert Scenario.parse(text).github == Settings(
        token="mine",
        servers=("git.example.org",),
        users=("a",),
        organizations=("b",),
        rest_limit=0,
        rest_limit_with_token=2,
        graphql_points=3,
        reset_after=1.5,
        limit_status=429,
        limit_type=LimitType.SEEN,
        secondary_after=4,
        secondary_status=200,
        retry_after=-1,
        most_aliases=5,
        most_texts=6,
        timeout_aliases=7,
        timeout_status=504,
        timeout_body=TimeoutBody.HTML,
        without_token=403,
        takedown_in_graphql=Takedown.NOT_FOUND,
        pages_limit=8,
    )
    assert Scenario.parse("github: {}").github == Settings()
    assert Scenario.parse("github:").github == Settings()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("repositories: {}", "repositories: expected a list of repositories"),
        ("repositories: [3]", "repositories: [0]: expected a mapping, found 3"),
        ("repositories: [{}]", "repositories: [0]: github: is missing"),
        ("repositories: [{github: o}]", "repositories: [0]: 'o' is no owner/name of a repository"),
        ("repositories: [{github: o/a, former: [x]}]", "repositories: [0]: 'x' is no owner/name of a repository"),
        ("repositories: [{github: o/a, fork_of: x}]", "repositories: [0]: 'x' is no owner/name of a repository"),
        (
            "repositories: [{github: o/a, archivd_at: 2024-03-05}]",
            "repositories: [0]: archivd_at: unknown key, did you mean archived_at?",
        ),
        (
            "repositories: [{github: o/a, archived_at: soon}]",
            "repositories: [0]: archived_at: expected a date, found 'soon'",
        ),
        (
            "repositories: [{github: o/a, empty: true, files: {a: ''}}]",
            "repositories: [0]: empty: but there is something in it",
        ),
        (
            "repositories: [{github: o/a, commits: {abc: {}}}]",
            "repositories: [0]: commits: 'abc' is no full SHA",
        ),
        (
            "repositories: [{github: o/a, files: {a: 3}}]",
            "repositories: [0]: files: a: expected text, {submodule: …} or {symlink: …}, found 3",
        ),
        (
            "repositories: [{github: o/a, branches: {b: {/a: ''}}}]",
            "repositories: [0]: branches: b: '/a': a path has no empty parts and none of dots",
        ),
        (
            "repositories: [{github: o/a, files: {a: '', a/b: ''}}]",
            "repositories: [0]: files: a/b: lies in a file, a",
        ),
        (
            "repositories: [{github: o/a, former_branches: {a: }}]",
            "repositories: [0]: former_branches: a: is missing",
        ),
        (
            "repositories: [{github: o/a, releases: {v1: x}}]",
            "repositories: [0]: releases: v1: expected a list of texts, found 'x'",
        ),
        ("repositories: [{gist: xyz, owner: a}]", "repositories: [0]: gist: 'xyz' is no id of a gist"),
        ("repositories: [{gist: abc}]", "repositories: [0]: owner: is missing"),
        (
            "repositories: [{gist: abc, owner: a, topics: []}]",
            "repositories: [0]: topics: unknown key",
        ),
        (
            "repositories: [{github: o/a}, {github: O/A}]",
            "repositories: github.com: o/a: is given twice",
        ),
        (
            "repositories: [{github: o/a, former: [o/b]}, {github: o/b}]",
            "repositories: github.com: o/b: is a former name, and the name of another",
        ),
        (
            "repositories: [{gist: abc, owner: a}, {gist: abc, owner: b}]",
            "repositories: github.com: abc: is given twice",
        ),
        ("github: {limit_status: 500}", "github: limit_status: expected one of 403, 429, found 500"),
        ("github: {timeout_status: 500}", "github: timeout_status: expected one of 502, 504, found 500"),
        ("github: {servers: [github.com]}", "github: servers: github.com is there by itself"),
        ("github: {tokn: x}", "github: tokn: unknown key, did you mean token?"),
        ("github: {rest_limit: x}", "github: rest_limit: expected a whole number, found 'x'"),
    ],
)
def test_what_is_wrong_is_said_in_one_line_that_names_the_key(text: str, message: str) -> None:
    with pytest.raises(ScenarioError) as caught:
        Scenario.parse(text)
    assert str(caught.value) == message


def test_without_repositories_github_is_a_host_like_others() -> None:
    assert Scenario.parse("").services == {}
    assert "api.github.com" in Scenario.parse("github: {}").services
