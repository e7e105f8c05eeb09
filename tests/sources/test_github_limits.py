"""GitHub where it is busy, refuses, or says what nobody can read: nothing is dead for that, and the notes say why."""

from collections.abc import Mapping
from typing import Any

import pytest
from github_asked import FULL, SITE, WORLD, addresses, api, ask, bearers, many, note, sizes, told, verdicts
from github_wire import API, PAGES
from lookups import asked_hosts, hosts, html
from lookups import told as page

from rlhf_linkcheck.evidence import Reason, SourceStats

RESET = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": "1790000000"}
LEFT = {"X-RateLimit-Remaining": "4990", "X-RateLimit-Reset": "1790000000"}
PRIMARY = {"message": "API rate limit exceeded for user ID 123456."}
SECONDARY = {"message": "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."}
ABUSE = {"message": "You have triggered an abuse detection mechanism."}
UNTOLD = "gave no answer about {}, asked as pages instead (REP102–REP109); {}"
USED_UP = "the token's quota is used up until 14:13 UTC: run again later"
HURRIED = "GitHub was asked too much at once: run again later"
STRANGE = "GITHUB_TOKEN was refused, and GitHub was asked without it: is it still valid?"


def limited(value: object, headers: Mapping[str, str], status: int = 200) -> dict[str, object]:
    return {**page(value, status), "headers": headers}


LIMITS: dict[str, tuple[dict[str, Any], str]] = {
    "403, nothing left": (limited(PRIMARY, RESET, 403), USED_UP),
    "429, nothing left": (limited(PRIMARY, RESET, 429), USED_UP),
    "403, nothing left and no words": (limited({}, RESET, 403), USED_UP),
    "RATE_LIMITED": (limited({"errors": [{"type": "RATE_LIMITED", **PRIMARY}]}, RESET), USED_UP),
    "RATE_LIMITED with null": (
        limited({"data": None, "errors": [{"type": "RATE_LIMITED", **PRIMARY}]}, RESET),
        USED_UP,
    ),
    "RATE_LIMIT": (
        limited({"errors": [{"type": "RATE_LIMIT", "code": "graphql_rate_limit", "message": "API rate limit"}]}, RESET),
        USED_UP,
    ),
    "RATE_LIMITED without fields": (
        limited({"errors": [{"type": "RATE_LIMITED", "message": "x"}]}, {}),
        "the token's quota is used up: run again later",
    ),
    "RATE_LIMITED with an odd reset": (
        limited({"errors": [{"type": "RATE_LIMITED"}]}, {"X-RateLimit-Reset": "soon"}),
        "the token's quota is used up: run again later",
    ),
    "a limit by its words alone": (limited({"errors": [PRIMARY]}, RESET), USED_UP),
    "secondary, 403": (limited(SECONDARY, LEFT, 403), HURRIED),
    "secondary, 429": (limited(SECONDARY, LEFT, 429), HURRIED),
    "secondary, 200": (limited({"errors": [SECONDARY]}, LEFT), HURRIED),
    "secondary, nothing left": (limited(SECONDARY, RESET, 403), HURRIED),
    "secondary, 403, long wait": (limited(SECONDARY, {**LEFT, "Retry-After": "3600"}, 403), HURRIED),
    "secondary, 429, long wait": (limited(SECONDARY, {**LEFT, "Retry-After": "3600"}, 429), HURRIED),
    "secondary, 200, wait": (limited({"errors": [SECONDARY]}, {"Retry-After": "60"}), HURRIED),
    "as it was called before": (limited(ABUSE, {}, 403), HURRIED),
    "429 as a page": (html("<h1>Whoa there!</h1>", 429), HURRIED),
}


@pytest.mark.parametrize(("answer", "words"), LIMITS.values(), ids=LIMITS)
async def test_a_limit_in_any_shape_ends_the_questions_and_pages_are_asked_instead(
    answer: dict[str, Any], words: str
) -> None:
    heard = await ask(many(3) + api(graphql=answer), *addresses(3))
    assert (sizes(heard), verdicts(heard)) == ([3], ["alive"] * 3)
    assert (len(heard.asked(PAGES)), asked_hosts(heard)) == (3, {API, PAGES})
    assert note(heard) == UNTOLD.format("3 links", words)


async def test_what_was_told_before_a_limit_is_kept() -> None:
    limit = api(graphql={"sequence": [{"service": True}, limited(PRIMARY, RESET, 403)]})
    heard = await ask(many(54) + limit, *addresses(54))
    assert (sizes(heard), verdicts(heard)) == ([50, 4], ["alive"] * 54)
    assert note(heard) == UNTOLD.format("4 links", USED_UP)
    known = [one.repository is not None for one in heard.crawl.evidence.values()]
    assert known == [True] * 50 + [False] * 4


async def test_after_a_limit_nothing_is_asked_that_would_have_been() -> None:
    limit = api(graphql={"sequence": [limited(PRIMARY, RESET, 403), {"service": True}]})
    heard = await ask(many(110) + limit, *addresses(110))
    assert (sizes(heard), verdicts(heard)) == ([50], ["alive"] * 110)
    assert note(heard) == UNTOLD.format("110 links", USED_UP)


@pytest.mark.parametrize(
    ("github", "words"),
    [
        ({"graphql_points": 1}, "the token's quota is used up until "),
        ({"graphql_points": 1, "limit_type": "RATE_LIMIT"}, "the token's quota is used up until "),
        ({"secondary_after": 1, "secondary_status": 200}, HURRIED),
        ({"secondary_after": 1, "secondary_status": 429, "retry_after": -1}, HURRIED),
        ({"secondary_after": 1, "secondary_status": 403, "retry_after": -1}, HURRIED),
    ],
)
async def test_the_simulated_limits_are_known_as_such(github: dict[str, Any], words: str) -> None:
    heard = await ask(many(53, **github), *addresses(53))
    assert verdicts(heard) == ["alive"] * 53
    assert words in (note(heard) or "")
    assert len(heard.asked(PAGES)) == 3


@pytest.mark.parametrize(("status", "retries"), [(403, 0), (403, 2), (429, 2)])
async def test_whoever_says_when_to_come_back_is_asked_again_then(status: int, retries: int) -> None:
    github = {"secondary_after": 1, "secondary_status": status, "retry_after": 0}
    heard = await ask(many(53, **github), *addresses(53), retries=retries)
    assert (sizes(heard), asked_hosts(heard), note(heard)) == ([50, 3, 3], {API}, None)
    assert told(heard) == SourceStats("github", 53, 53, requests=2, follow_ups=1)


async def test_the_last_answer_of_the_hour_is_as_good_as_any() -> None:
    heard = await ask(many(50, graphql_points=1), *addresses(50))
    assert (sizes(heard), asked_hosts(heard), note(heard)) == ([50], {API}, None)


async def test_limited_from_the_first_question_and_by_the_pages_too_nothing_is_dead() -> None:
    world = WORLD.replace("github: {", "github: {graphql_points: 0, pages_limit: 0, ")
    listed = (FULL, f"{SITE}/o/nothing", f"{FULL}/blob/main/nothing.md", f"{SITE}/noone")
    heard = await ask(world, *listed)
    assert verdicts(heard) == ["uncertain"] * 4


DOWN: dict[str, dict[str, Any]] = {
    "refused": {"refuse": True},
    "no name": {"dns": "servfail"},
    "500": {"/*": 500},
    "503": {"/*": 503},
    "429": {"/*": 429},
    "403": {"/*": 403},
    "reset": {"/*": {"reset": True}},
    "silence": {"/*": {"hang": True}},
    "bad certificate": {"tls": "expired"},
}


@pytest.mark.parametrize("behaviour", DOWN.values(), ids=DOWN)
@pytest.mark.parametrize("token", ["ghp_simulated", None], ids=["token", "stranger"])
async def test_with_github_down_nothing_is_dead(behaviour: dict[str, Any], token: str | None) -> None:
    listed = [FULL, f"{SITE}/o/nothing", f"{FULL}/blob/main/nothing.md", f"{SITE}/noone"]
    everywhere = hosts({API: behaviour, PAGES: behaviour})
    heard = await ask(WORLD + everywhere, *listed, token=token, timeout=0.2)
    assert verdicts(heard) == ["uncertain"] * 4
    assert {one.repository for one in heard.crawl.evidence.values()} == {None}


@pytest.mark.parametrize("behaviour", DOWN.values(), ids=DOWN)
async def test_with_only_the_api_down_the_pages_are_asked(behaviour: dict[str, Any]) -> None:
    heard = await ask(many(4) + hosts({API: behaviour}), *addresses(4), timeout=0.2)
    assert verdicts(heard) == ["alive"] * 4
    assert {one.source for one in heard.crawl.evidence.values()} == {"web"}
    assert (note(heard) or "").startswith("gave no answer about 4 links, asked as pages instead (REP102–REP109); ")
    assert len(heard.asked(API)) <= 6


UNREADABLE: dict[str, dict[str, Any]] = {
    "a query that it does not know": page(
        {"errors": [{"path": ["query", "s0", "isArchivd"], "extensions": {"code": "undefinedField"}, "message": "No"}]}
    ),
    "a query that it cannot read": page({"errors": [{"message": 'Parse error on "}" (RCURLY) at [3, 1]'}]}),
    "an error without a path beside data": page({"data": {"s0": None}, "errors": [{"message": "?"}]}),
    "HTML": html("<title>Unicorn!</title>"),
    "HTML of a proxy": html("<title>Forbidden by us</title>", 403),
    "a list": page([1]),
    "no data": page({}),
    "nothing": {"body": "", "content_type": "application/json"},
    "garbage": {"garbage": True},
    "cut": {"body": '{"data": {"s0": null}, "err', "content_type": "application/json", "truncate": 10},
    "bytes": {"raw": "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\xff\xfe"},
    "moved": {"location": "https://elsewhere.example/graphql", "status": 307},
    "404": page({"message": "Not Found"}, 404),
    "418": page({"message": "I'm a teapot"}, 418),
}


@pytest.mark.parametrize("answer", UNREADABLE.values(), ids=UNREADABLE)
async def test_what_cannot_be_read_ends_the_questions_and_is_no_word_about_anything(answer: dict[str, Any]) -> None:
    heard = await ask(many(1) + api(graphql=answer), *[f"{SITE}/o/r0/?{number}" for number in range(3)])
    assert (sizes(heard), verdicts(heard)) == ([1], ["alive"] * 3)
    assert asked_hosts(heard) == {API, PAGES}
    assert note(heard) == UNTOLD.format("3 links", "run again later")


async def test_after_such_an_answer_nothing_is_asked_that_would_have_been() -> None:
    heard = await ask(many(60) + api(graphql={"sequence": [page([1]), {"service": True}]}), *addresses(60))
    assert (sizes(heard), verdicts(heard)) == ([50], ["alive"] * 60)


REFUSALS: dict[str, dict[str, Any]] = {
    "wrong token": page({"message": "Bad credentials", "status": "401"}, 401),
    "wrong token, nothing left": limited({"message": "Bad credentials"}, RESET, 401),
    "no words": page({}, 401),
    "SAML for all": page({"message": "Resource protected by organization SAML enforcement. You must grant …"}, 403),
    "permission": page({"message": "Resource not accessible by integration"}, 403),
}


@pytest.mark.parametrize("answer", REFUSALS.values(), ids=REFUSALS)
async def test_who_is_refused_asks_as_a_stranger_and_the_note_says_so(answer: dict[str, Any]) -> None:
    place = f"{FULL}/blob/main/README.md"
    heard = await ask(WORLD + api(graphql=answer), FULL, f"{SITE}/someone", place)
    assert [(one.outcome.verdict, one.source) for one in heard.crawl.evidence.values()] == [
        ("alive", "github"),
        ("alive", "web"),
        ("alive", "web"),
    ]
    assert heard.asked(API) == ("/graphql", "/repos/o/full")
    assert bearers(heard.log.of(API)) == {(API, "Bearer ghp_simulated"), (API, None)}
    assert note(heard) == UNTOLD.format("1 link", STRANGE)


async def test_a_wrong_token_is_shown_once() -> None:
    heard = await ask(many(3), *addresses(3), f"{SITE}/o/nothing", token="ghp_wrong")
    assert [one.headers.get("authorization") for one in heard.log.of(API)] == ["Bearer ghp_wrong", *[None] * 4]
    assert verdicts(heard) == ["alive", "alive", "alive", "dead"]
    # All was answered, and still: who set a token wants to know.
    assert note(heard) == STRANGE


async def test_a_token_that_ends_in_the_middle_leaves_what_was_told() -> None:
    refusal = {"sequence": [{"service": True}, page({"message": "Bad credentials"}, 401)]}
    heard = await ask(many(54) + api(graphql=refusal), *addresses(54))
    assert verdicts(heard) == ["alive"] * 54
    assert {one.source for one in heard.crawl.evidence.values()} == {"github"}
    assert len(heard.asked(API)) == 6


async def test_at_the_deadline_what_was_told_stands_and_the_rest_is_skipped() -> None:
    slow = api(graphql={"sequence": [{"service": True}, {"hang": True}]})
    missing = f"{SITE}/o/nothing"
    heard = await ask(many(51) + slow, missing, *addresses(51), deadline=2.0)
    reasons = [one.outcome.reason for one in heard.crawl.evidence.values()]
    assert reasons == [Reason.DEADLINE, *[Reason.OK] * 49, *[Reason.DEADLINE] * 2]
    assert not heard.crawl.complete


async def test_a_page_that_cannot_tell_leaves_open_what_rest_does_not_know_and_both_are_told() -> None:
    address = f"{SITE}/o/none"
    outcome = (await ask(f"{WORLD}{hosts({PAGES: {'/*': 403}})}", address, token=None))[address]
    assert outcome.reason is Reason.BLOCKED
    assert outcome.detail == (
        "first GitHub knows no such repository, or does not show it, "
        "then 403 Forbidden (the site does not let a checker in)"
    )


async def test_an_api_that_is_down_by_the_second_look_has_told_nothing() -> None:
    missing = {"type": "NOT_FOUND", "path": ["s0"], "message": "Could not resolve to a Repository"}
    first = page({"data": {"s0": None}, "errors": [missing]})
    heard = await ask(WORLD + api(graphql={"sequence": [first, {"status": 503}]}), FULL, retries=0)
    assert verdicts(heard) == ["alive"]
    assert note(heard) == UNTOLD.format("1 link", "run again later")


async def test_a_deadline_before_the_second_look_leaves_nothing_dead() -> None:
    slow = api(graphql={"sequence": [{"service": True}, {"hang": True}]})
    heard = await ask(WORLD + slow, FULL, f"{SITE}/o/nothing", f"{FULL}/blob/main/nothing.md", deadline=1.0)
    reasons = [one.outcome.reason for one in heard.crawl.evidence.values()]
    assert reasons == [Reason.OK, Reason.DEADLINE, Reason.DEADLINE]
