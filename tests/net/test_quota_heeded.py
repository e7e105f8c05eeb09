"""What a host says of how much it may yet be asked, heeded on the wire."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from crawling import client_of, crawl, first_request

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import MOST_LINES
from rlhf_linkcheck.net.query import Query

pytestmark = pytest.mark.unmeasured

FORMS = {
    "drafts to 6": "{ratelimit-remaining: 0, ratelimit-reset: 1}",
    "draft 7": "{ratelimit: 'limit=9, remaining=0, reset=1'}",
    "draft 8": """{ratelimit: '"default";r=0;t=1'}""",
    "x": "{x-ratelimit-remaining: 0, x-ratelimit-reset: 1}",
    "Reddit": "{x-ratelimit-remaining: '0.0', x-ratelimit-reset: 1}",
}


@pytest.mark.parametrize("fields", FORMS.values(), ids=FORMS)
async def test_who_says_that_nothing_is_left_is_not_asked_before_the_count_starts_anew(fields: str) -> None:
    """Who reads nothing but statuses asks on, and is refused; who sleeps in a global place delays b.example."""
    scenario = f"hosts: {{a.example: {{/last: {{headers: {fields}}}, '/*': 200}}, b.example: {{'/*': 200}}}}"
    async with client_of(scenario, per_host=1, concurrency=2) as (client, web):
        held = [asyncio.create_task(client.get("http://a.example/last"))]
        await first_request(web)
        held += [asyncio.create_task(client.get(f"http://a.example/{n}")) for n in range(4)]
        others = await asyncio.gather(*(client.get(f"http://b.example/{n}") for n in range(4)))
        assert {answer.status for answer in others} == {200}
        answers = await asyncio.gather(*held)
    assert [(answer.status, answer.attempts, answer.peace) for answer in answers] == [(200, 1, None)] * 5
    last, *later = [one for one in web.log.requests if one.host == "a.example"]
    assert min(one.started for one in later) - last.started >= 0.99
    assert max(one.started for one in web.log.requests if one.host == "b.example") < later[0].started


@pytest.mark.parametrize(
    "fields",
    [
        "{x-ratelimit-remaining: 5, x-ratelimit-reset: 3600}",
        "{ratelimit-remaining: 594, ratelimit-reset: EPOCH}",
        """{ratelimit: '"default";r=5;t=3600'}""",
        "{ratelimit-reset: 60}",
        "{x-ratelimit-remaining: 499, x-ratelimit-reset: EPOCH, retry-after: 60}",
    ],
)
async def test_a_reset_far_away_delays_nobody_while_there_is_something_left(fields: str) -> None:
    """Field note 17: a minute between any two requests, for a reset of which nobody had asked."""
    later = datetime.now(UTC) + timedelta(hours=1)
    page = f"{{headers: {fields.replace('EPOCH', str(int(later.timestamp())))}}}"
    async with client_of(f"hosts: {{a.example: {{'/*': {page}}}}}") as (client, _), asyncio.timeout(15):
        answers = await asyncio.gather(*(client.get(f"http://a.example/{n}") for n in range(20)))
    assert {(answer.status, answer.attempts) for answer in answers} == {(200, 1)}


@pytest.mark.parametrize(
    "fields",
    [
        "{x-ratelimit-remaining: 0, x-ratelimit-reset: 0}",
        "{x-ratelimit-remaining: 0, x-ratelimit-reset: 1500000000}",
        "{x-ratelimit-remaining: 0}",
        "{ratelimit-remaining: 0, ratelimit-reset: 'Sun, 06 Nov 1994 08:49:37 GMT'}",
        "{ratelimit: 'limit=0, remaining=0, reset=0'}",
        "{x-ratelimit-remaining: -1, x-ratelimit-reset: 3600}",
        "{x-ratelimit-remaining: 0, x-ratelimit-reset: 3600, age: 86400}",
    ],
)
async def test_a_page_that_says_so_of_every_answer_does_not_stall_the_run(fields: str) -> None:
    """A count of nought that never ends, or that a cache has kept: who backs off on it does so on every page."""
    scenario = f"hosts: {{a.example: {{'/*': {{headers: {fields}}}}}}}"
    async with client_of(scenario, per_host=1) as (client, web), asyncio.timeout(15):
        answers = [await client.get(f"http://a.example/{n}") for n in range(20)]
    assert {(answer.status, answer.attempts) for answer in answers} == {(200, 1)}
    assert len(web.log.requests) == 20


async def test_a_refusal_that_names_only_a_reset_holds_the_host_until_then() -> None:
    """Field notes 5 and 6: who waits its own back-off of milliseconds is refused each time, and gives up."""
    refusal = "{status: 429, headers: {x-ratelimit-remaining: 0, x-ratelimit-reset: 1}}"
    scenario = f"hosts: {{a.example: {{/: {{sequence: [{refusal}, 200]}}, /other: 200}}}}"
    async with client_of(scenario, per_host=1) as (client, web):
        first = asyncio.create_task(client.get("http://a.example/"))
        await first_request(web)
        answers = await asyncio.gather(first, client.get("http://a.example/other"))
    assert [(answer.status, answer.attempts) for answer in answers] == [(200, 2), (200, 1)]
    refused, *later = web.log.requests
    assert all(one.started - refused.started >= 0.99 for one in later)


@pytest.mark.parametrize("status", [200, 403, 429])
async def test_a_count_that_starts_anew_after_the_run_ends_the_questions(status: int) -> None:
    """Field note 6: GitHub refuses by 403, and who asks on is refused again, link by link."""
    later = int((datetime.now(UTC) + timedelta(hours=3)).timestamp())
    page = f"{{status: {status}, headers: {{x-ratelimit-remaining: 0, x-ratelimit-reset: {later}}}}}"
    addresses = [f"http://a.example/{n}" for n in range(5)]
    async with asyncio.timeout(15):
        heard = await crawl(f"hosts: {{a.example: {{'/*': {page}}}, b.example: {{/: 200}}}}", addresses, per_host=1)
    assert len(heard.asked("a.example")) == 1
    asked, *others = (heard[address] for address in addresses)
    assert asked.reason is (Reason.OK if status == 200 else Reason.RATE_LIMITED)
    assert ("asked to wait 3 h" in asked.detail) is (status != 200)
    words = "the site asked to be left alone for 3 h, not tried itself"
    assert [(other.reason, other.detail) for other in others] == [(Reason.RATE_LIMITED, words)] * 4


async def test_an_apis_own_count_leaves_the_pages_of_its_host_alone() -> None:
    """The Hub's API and its pages are counted apart: who holds the host for one loses the other."""
    api = """{headers: {ratelimit: '"api";r=0;t=295'}, body: '{}'}"""
    scenario = f"hosts: {{a.example: {{/api: {api}, '/*': 200}}}}"
    async with client_of(scenario) as (client, _), asyncio.timeout(15):
        answers = [await client.get("http://a.example/api", query=Query()), await client.get("http://a.example/page")]
    assert [(answer.status, answer.peace) for answer in answers] == [(200, None)] * 2


async def test_of_several_lines_of_a_field_none_is_lost_and_no_host_fills_the_memory() -> None:
    """Field by field, as a proxy adds its own to a server's; a hostile server sends two hundred."""
    lines = """{ratelimit: ['"burst";r=4;t=1', '"daily";r=0;t=90'], retry-after: [%s]}"""
    scenario = f"hosts: {{a.example: {{/: {{status: 404, headers: {lines % ', '.join(['7'] * 200)}}}}}}}"
    async with client_of(scenario) as (client, _):
        answer = await client.get("http://a.example/")
    assert answer.headers[:MOST_LINES] == (("retry-after", "7"),) * MOST_LINES
    assert [value for name, value in answer.headers if name == "ratelimit"] == ['"burst";r=4;t=1', '"daily";r=0;t=90']
    assert len(answer.headers) < MOST_LINES + 5
