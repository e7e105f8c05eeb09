import json

import pytest
from arxiv_asked import ONE, WHEN, address, paper
from crawling import client_of
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.content.printable import printable
from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, Record, SourceStats, Verdict
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.chain import Chain
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.sources.api import Api, absent, batches, found, json_of, read_each, text_of, time_of, unanswered

PAPER = paper(ONE)
TWICE = paper("2305.18290")
JSON = Query()


async def chain_of(page: str, query: Query | None = JSON, **changes: object) -> Chain:
    async with client_of(f"hosts: {{api.example: {{/: {page}}}}}", retries=0, **changes) as (client, _):
        return await Api("api", client).ask("https://api.example/", query)


async def test_what_is_sent_first_is_a_request_and_all_else_a_follow_up() -> None:
    pages = "/: {sequence: [503, {location: /b}]}, /b: {sequence: [503, 200]}, /c: 200"
    async with client_of(f"hosts: {{api.example: {{{pages}}}}}", retries=1) as (client, _):
        api = Api("api", client)
        await api.ask("https://api.example/", JSON)
        assert api.stats() == SourceStats("api", requests=1, follow_ups=3)
        await api.ask("https://api.example/c", JSON, first=False)
        assert api.stats() == SourceStats("api", requests=1, follow_ups=4)
        await api.ask("https://api.example/c", JSON, again=True)
        assert api.stats() == SourceStats("api", requests=1, follow_ups=5)


async def test_what_was_asked_already_costs_nothing() -> None:
    async with client_of("hosts: {api.example: {/: 200}}") as (client, web):
        one, another = Api("one", client), Api("another", client)
        for api in (one, another):
            assert (await api.ask("https://api.example/", JSON)).last.status == 200
    assert (one.stats(), another.stats()) == (SourceStats("one", requests=1), SourceStats("another"))
    assert len(web.log.requests) == 1


async def test_a_hop_is_a_follow_up_also_where_what_led_to_it_was_known() -> None:
    async with client_of("hosts: {api.example: {/: {location: /b}, /b: 200}}") as (client, _):
        await client.get("https://api.example/", query=JSON)
        api = Api("api", client)
        await api.ask("https://api.example/", JSON)
    assert api.stats() == SourceStats("api", follow_ups=1)


@pytest.mark.parametrize(
    ("location", "status"),
    [("/b", 200), ("http://api.example/b", 200), ("//home.example/", 200), ("//b.example/", None)],
)
async def test_an_api_is_spoken_for_by_itself_and_its_homes_alone(location: str, status: int | None) -> None:
    scenario = f"default: 200\nhosts: {{api.example: {{/: {{location: '{location}'}}}}}}"
    async with client_of(scenario) as (client, _):
        chain = await Api("api", client, homes=("home.example",)).ask("https://api.example/", JSON)
        assert chain.last.status == status
        assert (await Api("api", client).ask("https://api.example/", JSON)).last.status == 200


async def test_links_that_got_no_answer_are_counted_until_they_get_one() -> None:
    async with client_of("hosts: {}") as (client, _):
        api = Api("api", client)
        api.note(PAPER, answered=False)
        api.note(TWICE, answered=False)
        api.note(TWICE, answered=False)
        assert (api.in_vain, api.stats("so it was")) == (2, SourceStats("api", asked=2, note="so it was"))
        api.note(PAPER, answered=True)
        assert (api.in_vain, api.stats()) == (1, SourceStats("api", asked=2))


async def test_without_a_query_it_is_asked_as_a_link_is() -> None:
    as_link = await chain_of("{body: '<title>A page</title><p>Words.'}", None)
    as_api = await chain_of("{body: '<title>A page</title><p>Words.'}")
    assert (as_link.last.body, as_api.last.body) == (b"", b"<title>A page</title><p>Words.")


SAYS_NOTHING = (
    ("200", Reason.PROTOCOL_ERROR, "no answer"),
    ("404", Reason.PROTOCOL_ERROR, "no answer"),
    ("410", Reason.PROTOCOL_ERROR, "no answer"),
    ("451", Reason.PROTOCOL_ERROR, "no answer"),
    ("{location: /}", Reason.PROTOCOL_ERROR, "no answer"),
    ("{status: 302}", Reason.PROTOCOL_ERROR, "no answer"),
    ("{body: '<title>Page not found</title><h1>404</h1>'}", Reason.PROTOCOL_ERROR, "no answer"),
    ("400", Reason.CLIENT_ERROR, "400 Bad Request"),
    ("401", Reason.AUTH_REQUIRED, "401 Unauthorized (the site asks for a login)"),
    ("403", Reason.BLOCKED, "403 Forbidden (the site does not let a checker in)"),
    ("429", Reason.RATE_LIMITED, "429 Too Many Requests (the site limits how much it is asked)"),
    ("500", Reason.SERVER_ERROR, "500 Internal Server Error"),
    ("{reset: true}", Reason.RESET, "the connection was reset"),
)


@pytest.mark.parametrize(("page", "reason", "words"), SAYS_NOTHING)
async def test_an_answer_that_says_nothing_is_uncertain_whatever_it_is(page: str, reason: Reason, words: str) -> None:
    chain = await chain_of(page)
    evidence = unanswered(chain, "api", "no answer")
    outcome = evidence.outcome
    assert evidence == Evidence(
        Outcome(
            reason,
            status=chain.last.status,
            attempts=1,
            elapsed_ms=outcome.elapsed_ms,
            detail=words,
            checked_at=outcome.checked_at,
        ),
        source="api",
    )
    assert outcome.verdict is Verdict.UNCERTAIN


@pytest.mark.parametrize("host", ["{dns: nxdomain}", "{dns: servfail}", "{refuse: true}", "{tls: expired}"])
async def test_a_host_that_is_not_there_is_no_news_of_what_was_asked_about(host: str) -> None:
    async with client_of(f"hosts: {{api.example: {host}, a.example: {{/: 200}}}}", retries=0) as (client, _):
        chain = await Api("api", client).ask("https://api.example/", JSON)
    assert unanswered(chain, "api", "no answer").outcome.verdict is Verdict.UNCERTAIN


async def test_a_host_that_may_not_be_asked_is_no_news_either() -> None:
    chain = await chain_of("200", connect_to=())
    assert chain.last.trouble is not None
    assert chain.last.trouble.reason is Reason.PRIVATE_ADDRESS
    assert unanswered(chain, "api", "no answer").outcome.reason is Reason.PROTOCOL_ERROR


async def test_what_is_found_is_at_the_links_own_address() -> None:
    chain = await chain_of("{location: '/?'}")
    record = Record(f"arxiv:{ONE}", "api", "A title", (), WHEN)
    evidence, missing = found(chain, PAPER, record, "api", "as it says"), absent(chain, PAPER, "api", "not there")
    assert (evidence.record, evidence.source, missing.record, missing.source) == (record, "api", None, "api")
    for outcome, reason, words in (
        (evidence.outcome, Reason.OK, "as it says"),
        (missing.outcome, Reason.NOT_FOUND, "not there"),
    ):
        assert (outcome.reason, outcome.detail) == (reason, words)
        assert (outcome.final_url, outcome.moved_to, outcome.redirects) == (address(ONE), None, ())


async def test_the_time_and_the_tries_are_those_of_the_whole_way() -> None:
    pages = "/: {sequence: [503, {location: /b, delay: 0.03}]}, /b: {delay: 0.03}"
    async with client_of(f"hosts: {{api.example: {{{pages}}}}}", retries=1) as (client, _):
        chain = await Api("api", client).ask("https://api.example/", JSON)
    outcome = found(chain, PAPER, None, "api").outcome
    assert outcome.attempts == 2
    assert 60 <= outcome.elapsed_ms < 5000


def test_batches_keep_the_order_and_the_size() -> None:
    assert list(batches("abcde", 2)) == ["ab", "cd", "e"]
    assert list(batches("abcd", 2)) == ["ab", "cd"]
    assert list(batches("", 2)) == []


@given(st.binary() | st.text().map(str.encode))
def test_no_bytes_break_the_reader_of_json(octets: bytes) -> None:
    value = json_of(Answer("https://api.example/", body=octets))
    assert value is None or json.dumps(value) is not None


@pytest.mark.parametrize("octets", [b"", b"{", b"[" * 100_000, b"\xff\xfe\x00", b"9" * 5000, b"<html>"])
def test_what_is_no_json_is_none(octets: bytes) -> None:
    assert json_of(Answer("https://api.example/", body=octets)) is None


@pytest.mark.parametrize("octets", ['{"ä": [1, null]}'.encode(), '{"ä": [1, null]}'.encode("utf-16")])
def test_json_is_read_in_any_of_its_encodings(octets: bytes) -> None:
    assert json_of(Answer("https://api.example/", body=octets)) == {"ä": [1, None]}


SHORT = st.text(max_size=6)
NESTED = st.recursive(
    st.none() | st.booleans() | st.floats() | SHORT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(SHORT, inner, max_size=2),
    max_leaves=8,
)
"""Small, since only what is outermost and in its lists decides."""


@given(NESTED)
def test_a_text_is_a_text_or_nothing(value: object) -> None:
    assert text_of(value) == (printable(value) if isinstance(value, str) else "")


def test_no_more_of_a_text_is_kept_than_anybody_reads() -> None:
    assert text_of("a" * 3_000_000) == "a" * 4_000


@pytest.mark.parametrize(
    ("value", "text"), [(" A\n title\t", "A title"), ("0", "0"), (0, ""), (None, ""), (["A"], ""), ("\u00a0", "")]
)
def test_the_white_space_of_a_text_is_folded(value: object, text: str) -> None:
    assert text_of(value) == text


@pytest.mark.parametrize(
    ("value", "moment"),
    [
        ("2026-01-31T02:00:00Z", "2026-01-31T02:00:00+00:00"),
        ("2026-01-31T02:00:00+02:00", "2026-01-31T00:00:00+00:00"),
        ("2026-01-31", "2026-01-31T00:00:00+00:00"),
        ("0001-01-01T00:00:00+14:00", None),
        ("9999-12-31T23:59:59-14:00", None),
        ("2026-02-30T00:00:00Z", None),
        ("", None),
        (1, None),
    ],
)
def test_a_point_in_time_is_one_in_utc_or_nothing(value: object, moment: str | None) -> None:
    found = time_of(value)
    assert (found and found.isoformat()) == moment


@given(NESTED)
def test_what_is_read_of_a_list_is_what_can_be_read(value: object) -> None:
    read = read_each(lambda item: item if isinstance(item, str) else None, value)
    assert read == (tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ())
