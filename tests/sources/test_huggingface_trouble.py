"""The Hugging Face Hub where it refuses, limits, or says nothing that can be read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from homes import Told, answer, open_, tell, there
from lookups import NOW, asked_hosts, hosts, html, look_up, told

from rlhf_linkcheck.config import Hub
from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, SourceStats, Verdict
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.repository import Repository, Restriction
from rlhf_linkcheck.sources.huggingface import HuggingFace
from rlhf_linkcheck.sources.huggingface.answer import used_up_until

HUB = "huggingface.co"
SCENARIO = """
hub:
  - {model: owner/model}
  - {dataset: owner/data}
  - {dataset: owner/private, private: true}
  - {model: owner/refused, disabled: refused}
"""
MODEL, DATA = "https://huggingface.co/owner/model", "https://huggingface.co/datasets/owner/data"
MISSING, PRIVATE = "https://huggingface.co/datasets/owner/missing", "https://huggingface.co/datasets/owner/private"
REFUSED = "https://huggingface.co/owner/refused"
TOKEN = "hf_simulated"
BAD_TOKEN = "hf_other"
UNREADABLE = "Hugging Face's API gave no answer that can be read"
LEFT = "gave no answer about {}, asked as pages instead"
HINT = "HF_TOKEN would tell more: strangers hear the same of what is missing and of what is private"
BAD = "HF_TOKEN was refused, and all was asked without it: is it still valid?"
LOGIN = "401 Unauthorized (the site asks for a login)"
HIDDEN = open_("huggingface", Reason.AUTH_REQUIRED, 401, LOGIN)
GONE = Evidence(
    answer(
        Reason.NOT_FOUND,
        404,
        final_url=MISSING,
        detail="Hugging Face knows no such dataset, or does not show it",
    ),
    "huggingface",
)


async def asked_of(*addresses: str, token: str | None = None, pages: Any = None, **changes: Any) -> Told:
    scenario = SCENARIO + (hosts({HUB: pages}) if pages else "")
    return await tell(HuggingFace, scenario, *addresses, hub=Hub(token=token), **changes)


def repository(key: str, **parts: Any) -> Repository:
    day = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
    usual = {"pushed_at": day, "empty": True}
    return Repository(f"hf:{key}", "huggingface", key.partition("/")[2], NOW, **{**usual, **parts})


def tokens(heard: Told) -> list[str | None]:
    return [one.headers.get("authorization") for one in heard.requests]


async def test_a_stranger_is_told_no_more_of_the_missing_than_of_the_private() -> None:
    heard = await asked_of(MISSING, PRIVATE)
    assert heard.evidence == (HIDDEN, HIDDEN)
    note = f"{LEFT.format('2 links')}; {HINT}"
    assert heard.stats == SourceStats("huggingface", asked=2, requests=2, note=note)


async def test_missing_or_private_is_uncertain_in_the_end() -> None:
    heard = await look_up(SCENARIO, MISSING, PRIVATE, f"{MISSING}/blob/main/a.csv")
    assert {(one.source, one.outcome.reason) for one in heard.crawl.evidence.values()} == {
        ("web", Reason.AUTH_REQUIRED)
    }
    assert {one.repository for one in heard.crawl.evidence.values()} == {None}


async def test_who_has_a_token_is_told_what_is_missing() -> None:
    heard = await asked_of(MISSING, PRIVATE, token=TOKEN)
    private = repository(
        "datasets/owner/private",
        restricted=Restriction.PRIVATE,
        restriction="only who was invited gets to see it",
    )
    assert heard.evidence == (GONE, there("huggingface", PRIVATE, private))
    assert heard.stats == SourceStats("huggingface", asked=2, requests=2)
    assert tokens(heard) == [f"Bearer {TOKEN}"] * 2


async def test_a_missing_one_is_looked_at_twice_before_it_is_believed() -> None:
    missing = {**told({"error": "Repository not found"}, 404), "headers": {"X-Error-Code": "RepoNotFound"}}
    for second, verdict in ((missing, Verdict.DEAD), ({"service": True}, Verdict.ALIVE)):
        pages = {"/api/models/owner/model*": {"sequence": [missing, second]}}
        heard = await look_up(SCENARIO + hosts({HUB: pages}), MODEL, hub=Hub(token=TOKEN), retries=0)
        assert heard[MODEL].verdict is verdict
        assert heard.crawl.sources == (SourceStats("huggingface", asked=1, answered=1, requests=1, follow_ups=1),)


NOT_ABSENT: dict[str, tuple[dict[str, str], str | None]] = {
    "404 RepoNotFound to a stranger": ({"X-Error-Code": "RepoNotFound"}, None),
    "404 without a code": ({}, TOKEN),
    "404 of a revision": ({"X-Error-Code": "RevisionNotFound"}, TOKEN),
    "404 of a file": ({"X-Error-Code": "EntryNotFound"}, TOKEN),
}


@pytest.mark.parametrize(("headers", "token"), NOT_ABSENT.values(), ids=NOT_ABSENT)
async def test_no_other_404_calls_it_missing(headers: dict[str, str], token: str | None) -> None:
    page = {**told({"error": "Not found"}, 404), "headers": headers}
    heard = await asked_of(MODEL, token=token, pages={"/api/*": page})
    assert heard.one == open_("huggingface", Reason.PROTOCOL_ERROR, 404, UNREADABLE)


async def test_what_a_mirror_does_not_have_may_be_at_the_hub() -> None:
    missing = {**told({"error": "Repository not found"}, 404), "headers": {"X-Error-Code": "RepoNotFound"}}
    scenario = SCENARIO + hosts({"mirror.example": {"/api/*": missing}})
    hub = Hub("https://mirror.example", TOKEN)
    heard = await look_up(scenario, MODEL, hub=hub)
    evidence = heard.crawl.evidence[MODEL]
    assert (evidence.source, evidence.outcome.reason) == ("web", Reason.OK)
    assert asked_hosts(heard) == {"mirror.example", HUB}
    assert [one.headers.get("authorization") for one in heard.log.requests] == [f"Bearer {TOKEN}", None]


async def test_the_endpoint_is_the_operators_and_the_token_is_for_it_alone() -> None:
    away = {"/hub/api/models/owner/model*": {"status": 307, "location": f"https://{HUB}/api/models/owner/model"}}
    hub = Hub("https://mirror.example/hub", TOKEN)
    heard = await tell(HuggingFace, SCENARIO + hosts({"mirror.example": away}), MODEL, hub=hub)
    assert heard.one == there("huggingface", MODEL, repository("models/owner/model"))
    assert [(one.host, one.headers.get("authorization")) for one in heard.requests] == [
        ("mirror.example", f"Bearer {TOKEN}"),
        (HUB, None),
    ]
    assert heard.stats == SourceStats("huggingface", asked=1, requests=1, follow_ups=1)


async def test_a_token_that_is_none_is_shown_once() -> None:
    heard = await asked_of(MODEL, MISSING, DATA, token=BAD_TOKEN)
    assert heard.evidence == (
        there("huggingface", MODEL, repository("models/owner/model")),
        HIDDEN,
        there("huggingface", DATA, repository("datasets/owner/data")),
    )
    assert tokens(heard) == [f"Bearer {BAD_TOKEN}", None, None, None]
    note = f"{LEFT.format('1 link')}; {BAD}"
    assert heard.stats == SourceStats("huggingface", asked=3, requests=3, follow_ups=1, note=note)


async def test_what_a_good_token_may_not_see_says_nothing_of_the_token() -> None:
    gated = {**told({"error": "restricted"}, 401), "headers": {"X-Error-Code": "GatedRepo"}}
    heard = await asked_of(MODEL, REFUSED, token=TOKEN, pages={"/api/models/owner/model*": gated})
    assert tokens(heard) == [f"Bearer {TOKEN}"] * 2
    held = Repository(
        "hf:models/owner/model",
        "huggingface",
        "owner/model",
        NOW,
        restricted=Restriction.GATED,
        restriction="who wants access has to ask for it, and is let in by hand",
    )
    assert heard.evidence[0] == open_("huggingface", Reason.AUTH_REQUIRED, 401, LOGIN, held)


async def test_a_part_that_the_hub_has_no_more_is_asked_for_no_more() -> None:
    spoilt = {"/api/models/owner/model?*": told({"error": "Invalid expand"}, 400)}
    heard = await asked_of(MODEL, DATA, pages=spoilt)
    assert heard.paths == ("/api/models/owner/model", "/api/models/owner/model", "/api/datasets/owner/data")
    assert [evidence.outcome.reason for evidence in heard.evidence] == [Reason.OK, Reason.OK]
    assert heard.stats == SourceStats("huggingface", asked=2, requests=2, follow_ups=1)


@pytest.mark.parametrize(
    ("token", "reason", "status", "words"),
    [
        (None, Reason.AUTH_REQUIRED, 401, LOGIN),
        (TOKEN, Reason.BLOCKED, 403, "403 Forbidden (the site does not let a checker in)"),
    ],
)
async def test_what_is_disabled_may_be_refused(token: str | None, reason: Reason, status: int, words: str) -> None:
    heard = await asked_of(REFUSED, token=token)
    disabled = Repository(
        "hf:models/owner/refused",
        "huggingface",
        "owner/refused",
        NOW,
        restricted=Restriction.DISABLED,
        restriction="as Hugging Face says",
    )
    assert heard.one == open_("huggingface", reason, status, words, disabled)
    assert heard.stats == SourceStats("huggingface", asked=1, requests=1)


async def test_that_it_is_disabled_stays_known_whatever_the_page_says() -> None:
    evidence = (await look_up(SCENARIO, REFUSED)).crawl.evidence[REFUSED]
    assert evidence.source == "web"
    assert evidence.repository is not None
    assert evidence.repository.restricted is Restriction.DISABLED


WALL = html("<title>Just a moment...</title><p>Checking your browser")
BROKEN: dict[str, tuple[dict[str, Any], Reason, int | None, str]] = {
    "400": (
        told({"error": "Invalid option"}, 400),
        Reason.CLIENT_ERROR,
        400,
        "400 Bad Request",
    ),
    "401 RepoNotFound": (
        {**told({"error": "x"}, 401), "headers": {"X-Error-Code": "RepoNotFound"}},
        Reason.AUTH_REQUIRED,
        401,
        LOGIN,
    ),
    "403": (html("no", 403), Reason.BLOCKED, 403, "403 Forbidden (the site does not let a checker in)"),
    "500": (told({"error": "Internal Error"}, 500), Reason.SERVER_ERROR, 500, "500 Internal Server Error"),
    "503 HTML": (html("<h1>503</h1>", 503), Reason.SERVER_ERROR, 503, "503 Service Unavailable"),
    "404 HTML": (html("<h1>404</h1>", 404), Reason.PROTOCOL_ERROR, 404, UNREADABLE),
    "410": (told({}, 410), Reason.PROTOCOL_ERROR, 410, UNREADABLE),
    "a wall": (
        WALL,
        Reason.BLOCKED,
        200,
        "200 OK, but with a bot challenge (Cloudflare) in place of the page",
    ),
    "HTML": (html("<title>Models</title>"), Reason.PROTOCOL_ERROR, 200, UNREADABLE),
    "cut JSON": (html('{"id": "owner/mod'), Reason.PROTOCOL_ERROR, 200, UNREADABLE),
    "no JSON object": (told(["owner/model"]), Reason.PROTOCOL_ERROR, 200, UNREADABLE),
    "null": (told(None), Reason.PROTOCOL_ERROR, 200, UNREADABLE),
    "without an id": (told({"private": False}), Reason.PROTOCOL_ERROR, 200, UNREADABLE),
    "an id that is none": (told({"id": "https://evil.example/"}), Reason.PROTOCOL_ERROR, 200, UNREADABLE),
    "nothing": ({"status": 204}, Reason.PROTOCOL_ERROR, 204, UNREADABLE),
    "reset": ({"reset": True}, Reason.RESET, None, "the connection was reset"),
}


@pytest.mark.parametrize(("page", "reason", "status", "words"), BROKEN.values(), ids=BROKEN)
async def test_an_answer_that_is_none_leaves_it_to_the_page(
    page: dict[str, Any], reason: Reason, status: int | None, words: str
) -> None:
    heard = await asked_of(MODEL, DATA, pages={"/api/models/*": page})
    assert heard.evidence[0] == open_("huggingface", reason, status, words)
    assert heard.evidence[1].outcome.reason is Reason.OK
    assert (heard.stats.asked, heard.stats.requests) == (2, 2)
    assert (heard.stats.note or "").startswith(LEFT.format("1 link"))


@pytest.mark.parametrize("page", [page for page, *_ in BROKEN.values()], ids=BROKEN)
async def test_no_answer_of_the_api_makes_a_finding(page: dict[str, Any]) -> None:
    heard = await look_up(SCENARIO + hosts({HUB: {"/api/*": page}}), MODEL)
    evidence = heard.crawl.evidence[MODEL]
    assert (evidence.source, evidence.outcome.reason, evidence.repository) == ("web", Reason.OK, None)


LIMIT = '"api";r=0;t=295'
TOO_MANY = {
    **told({"error": "We had to rate limit your IP"}, 429),
    "headers": {"RateLimit": LIMIT, "RateLimit-Policy": '"fixed window";"api";q=500;w=300'},
}


def until(seconds: int) -> str:
    return f"{datetime.now(UTC) + timedelta(seconds=seconds):%H:%M}"


async def test_a_limit_ends_the_questions_and_says_until_when() -> None:
    before = until(295)
    heard = await asked_of(MODEL, DATA, MISSING, pages={"/api/*": TOO_MANY}, retries=2)
    assert heard.stats.note is not None
    limit = next(f"its limit is reached until {time} UTC" for time in (before, until(295)) if time in heard.stats.note)
    unasked = Evidence(
        Outcome(Reason.RATE_LIMITED, detail=f"Hugging Face's API: {limit}", checked_at=NOW), "huggingface"
    )
    words = "429 Too Many Requests (the site limits how much it is asked)"
    assert heard.evidence == (open_("huggingface", Reason.RATE_LIMITED, 429, words), unasked, unasked)
    assert heard.stats == SourceStats(
        "huggingface",
        asked=3,
        requests=1,
        note=f"{LEFT.format('3 links')}; {limit}, HF_TOKEN would raise it",
    )


async def test_the_last_answer_of_a_window_is_one_and_the_rest_is_not_asked() -> None:
    limits = "home_limits: {api: 2, window: 300}"
    heard = await tell(HuggingFace, f"{SCENARIO}{limits}", MODEL, DATA, MISSING, hub=Hub(token=TOKEN))
    assert [one.outcome.reason for one in heard.evidence] == [Reason.OK, Reason.OK, Reason.RATE_LIMITED]
    assert (len(heard.requests), heard.stats.requests) == (2, 2)
    assert "HF_TOKEN" not in (heard.stats.note or "")


async def test_a_limit_is_no_finding_and_the_pages_are_asked() -> None:
    heard = await look_up(f"{SCENARIO}home_limits: {{api: 1, window: 300}}", MODEL, DATA)
    assert [one.outcome.reason for one in heard.crawl.evidence.values()] == [Reason.OK, Reason.OK]
    assert [one.source for one in heard.crawl.evidence.values()] == ["huggingface", "web"]


async def test_when_the_window_is_over_it_is_asked_again() -> None:
    passed = {**TOO_MANY, "headers": {"RateLimit": '"api";r=0;t=0'}}
    heard = await asked_of(MODEL, DATA, pages={"/api/models/*": passed})
    assert [one.outcome.reason for one in heard.evidence] == [Reason.RATE_LIMITED, Reason.OK]


async def test_a_limit_without_an_end_holds_for_the_run() -> None:
    heard = await asked_of(MODEL, DATA, looks=2, pages={"/api/*": told({"error": "slower"}, 429)})
    assert len(heard.requests) == 1
    assert heard.stats.note == f"{LEFT.format('2 links')}; its limit is reached, HF_TOKEN would raise it"


async def test_a_bad_token_that_meets_a_limit_is_not_asked_without() -> None:
    page = {**told({"error": "x"}, 401), "headers": {"RateLimit": LIMIT}}
    heard = await asked_of(MODEL, DATA, token=BAD_TOKEN, pages={"/api/*": page})
    assert len(heard.requests) == 1
    assert [one.outcome.reason for one in heard.evidence] == [Reason.AUTH_REQUIRED, Reason.RATE_LIMITED]


@pytest.mark.parametrize(
    ("field", "seconds"),
    [
        ('"api";r=0;t=295', 295),
        ('"api"; r=0; t=5', 5),
        ('"burst";r=5;t=1, "api";r=0;t=7', 7),
        ('"api";r=499;t=295', None),
        ('"api";r=10;t=0', None),
        ('"api";r=0', None),
        ('"api";r=0;t=', None),
        ('"api";r=0;t=99999999999999', None),
        ("0", None),
        ("", None),
        (";r=0;t=" * 9000, None),
    ],
)
def test_the_end_of_a_window_is_read(field: str, seconds: int | None) -> None:
    read = used_up_until(Answer("https://huggingface.co/", 200, headers=(("ratelimit", field),)))
    assert (read is None) is (seconds is None)
    if read is not None and seconds is not None:
        assert abs((read - datetime.now(UTC)).total_seconds() - seconds) < 60


async def test_the_token_is_not_printed() -> None:
    assert TOKEN not in repr(Hub(token=TOKEN))
