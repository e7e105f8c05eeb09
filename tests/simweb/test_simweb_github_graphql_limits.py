"""The simulated GitHub's GraphQL: whom it lets in, how much it answers, and how it says that it was too much."""

from typing import Any

import pytest
from github_wire import aliases, graphql

from rlhf_linkcheck.simweb import Scenario, serve


def served(github: str) -> Any:
    return serve(Scenario.parse(f"repositories: [{{github: o/a, files: {{README.md: A}}}}]\ngithub: {{{github}}}"))


@pytest.mark.parametrize(
    ("github", "headers", "status", "message"),
    [
        ("", ("X: y",), 401, "This endpoint requires you to be authenticated."),
        ("without_token: 403", ("X: y",), 403, "API rate limit exceeded for 127.0.0.1."),
        ("", ("Authorization: Bearer other",), 401, "Bad credentials"),
        ("token: mine", ("Authorization: token mine",), 200, None),
        ("", ("Authorization: Basic ghp_simulated",), 401, "Bad credentials"),
    ],
)
def test_a_token_is_needed_and_has_to_be_right(
    github: str, headers: tuple[str, ...], status: int, message: str | None
) -> None:
    with served(github) as web:
        answer = graphql(web, aliases("o/a"), *headers)
    assert (answer.status, answer.json.get("message")) == (status, message)
    if status != 200:
        assert (answer.headers["x-ratelimit-limit"], answer.headers["x-ratelimit-remaining"]) == ("0", "0")


@pytest.mark.parametrize(
    ("github", "error"),
    [
        ("", {"type": "RATE_LIMITED", "message": "API rate limit exceeded for user ID 123456."}),
        (
            ", limit_type: RATE_LIMIT",
            {
                "type": "RATE_LIMIT",
                "code": "graphql_rate_limit",
                "message": "API rate limit already exceeded for user ID 123456.",
            },
        ),
    ],
)
def test_points_that_are_spent_are_an_error_of_200_until_the_hour_is_over(github: str, error: dict[str, str]) -> None:
    with served(f"graphql_points: 1, reset_after: 0.05{github}") as web:
        good, spent = graphql(web, aliases("o/a")), graphql(web, aliases("o/a"))
        later = (graphql(web, aliases("o/a")).json for _ in range(10_000))
        assert next(one for one in later if "data" in one) == {"data": {"r0": {"nameWithOwner": "o/a"}}}
    assert (good.status, good.headers["x-ratelimit-remaining"]) == (200, "0")
    assert good.json == {"data": {"r0": {"nameWithOwner": "o/a"}}}
    assert (spent.status, spent.json, spent.headers["x-ratelimit-remaining"]) == (200, {"errors": [error]}, "0")


@pytest.mark.parametrize(("status", "wait"), [(403, 60), (429, 7), (200, 60), (403, -1)])
def test_the_secondary_limit_comes_in_several_shapes(status: int, wait: int) -> None:
    with served(f"secondary_after: 1, secondary_status: {status}, retry_after: {wait}") as web:
        assert graphql(web, aliases("o/a")).status == 200
        answer = graphql(web, aliases("o/a"))
    told = answer.json["errors"][0]["message"] if status == 200 else answer.json["message"]
    assert (answer.status, told[:43]) == (status, "You have exceeded a secondary rate limit. P")
    assert answer.headers["retry-after"] == (str(wait) if wait >= 0 else None)
    assert answer.headers["x-ratelimit-remaining"] == "4999"


def test_a_query_that_asks_for_too_much_is_answered_in_part() -> None:
    with served("most_aliases: 2, most_texts: 1") as web:
        many = graphql(web, aliases(*["o/a"] * 4)).json
        fields = 'object(expression: "HEAD:README.md") { ... on Blob { text } }'
        texts = graphql(web, aliases("o/a", "o/a", fields=fields)).json
    assert [bool(one) for one in many["data"].values()] == [True, True, False, False]
    assert [one["path"] for one in many["errors"]] == [["r2"], ["r3"]]
    assert {(one["type"], one["message"]) for one in many["errors"]} == {
        ("RESOURCE_LIMITS_EXCEEDED", "Resource limits for this query exceeded.")
    }
    assert texts["data"] == {"r0": {"object": {"text": "A"}}, "r1": {"object": {"text": None}}}
    assert texts["errors"][0]["path"] == ["r1", "object", "text"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("errors", "Something went wrong"),
        ("message", "We couldn't respond to your request in time"),
        ("html", "<h1>504"),
    ],
)
def test_a_query_that_takes_too_long_times_out_in_one_of_three_shapes(body: str, said: str) -> None:
    with served(f"timeout_aliases: 2, timeout_status: 504, timeout_body: {body}") as web:
        good, late = graphql(web, aliases("o/a", "o/a")), graphql(web, aliases("o/a", "o/a", "o/a"))
    assert (good.status, late.status, said in late.body.decode()) == (200, 504, True)
    assert late.headers["x-ratelimit-remaining"] is None


def test_an_enterprise_server_answers_at_its_own_address_and_has_no_limits() -> None:
    text = """
repositories: [{github: o/inner, server: git.example.org}, {github: o/tenant, server: corp.ghe.com}]
github: {servers: [bare.example.org]}
"""
    with serve(Scenario.parse(text)) as web:
        own = graphql(web, aliases("o/inner"), host="git.example.org", path="/api/graphql")
        bare = graphql(web, aliases("o/inner"), host="bare.example.org", path="/api/graphql")
        tenant = graphql(web, aliases("o/tenant"), host="api.corp.ghe.com")
        public = graphql(web, aliases("o/inner"))
    assert own.json == {"data": {"r0": {"nameWithOwner": "o/inner"}}}
    assert (own.headers["x-ratelimit-limit"], own.headers["server"]) == (None, "github.com")
    assert tenant.json == {"data": {"r0": {"nameWithOwner": "o/tenant"}}}
    assert [one.json["errors"][0]["type"] for one in (bare, public)] == ["NOT_FOUND", "NOT_FOUND"]


def test_two_scenarios_share_no_counters() -> None:
    scenario = Scenario.parse("github: {graphql_points: 1}")
    for _ in range(2):
        with serve(scenario) as web:
            assert "data" in graphql(web, "{ viewer { login } }").json


def test_a_takedown_may_be_told_as_missing_too() -> None:
    text = "repositories: [{github: o/a, taken_down: x}]\ngithub: {takedown_in_graphql: not-found}"
    with serve(Scenario.parse(text)) as web:
        answer = graphql(web, aliases("o/a")).json
    assert answer["errors"][0]["type"] == "NOT_FOUND"
