"""What goes wrong at arXiv's API, and who answers in its place."""

import base64
import gzip

import pytest
from arxiv_asked import (
    API,
    OAI,
    ONE,
    RECORDS,
    SITE,
    TWO,
    address,
    always,
    ask,
    entry,
    feed,
    line,
    oai_line,
    paper,
    plan,
    scenario,
    sent,
    undated,
)
from crawling import crawl

from rlhf_linkcheck.evidence import Reason, Record, SourceStats, Trust, Verdict
from rlhf_linkcheck.matching.papers import Claim
from rlhf_linkcheck.sources.arxiv import Arxiv

pytestmark = pytest.mark.unmeasured

TITLED = entry(f"{ONE}v2", "Training language models", ["Long Ouyang", "Jeff Wu"])
BOMB = "<!DOCTYPE feed [<!ENTITY a 'lol'>" + "".join(
    f"<!ENTITY {name} '{f'&{before};' * 10}'>" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
SYSTEM = "<!DOCTYPE feed [<!ENTITY a SYSTEM 'http://evil.example/'>]>"
EXTERNAL = "<!DOCTYPE feed SYSTEM 'http://evil.example/feed.dtd'>"


def zipped(octets: bytes, encoding: str = "gzip") -> str:
    text = base64.b64encode(octets).decode()
    return f"{{body: !!binary '{text}', content_type: application/atom+xml, headers: {{Content-Encoding: {encoding}}}}}"


LARGE = gzip.compress(feed(TITLED, entry(f"{TWO}v1", more="<summary>" + "long " * 1_900_000 + "</summary>")).encode())
ONCE, AGAIN = 1, 2
TROUBLES = (
    ("429", Reason.RATE_LIMITED, AGAIN),
    ("{status: 429, headers: {Retry-After: 0}}", Reason.RATE_LIMITED, AGAIN),
    ("{status: 429, headers: {Retry-After: 7200}}", Reason.RATE_LIMITED, ONCE),
    ("503", Reason.SERVER_ERROR, AGAIN),
    ("{status: 503, headers: {Retry-After: 0}}", Reason.SERVER_ERROR, AGAIN),
    ("{status: 503, headers: {Retry-After: 7200}}", Reason.SERVER_ERROR, ONCE),
    ("500", Reason.SERVER_ERROR, AGAIN),
    ("{hang: true}", Reason.TIMEOUT, AGAIN),
    ("{reset: true}", Reason.RESET, AGAIN),
    ("{close: true}", Reason.RESET, AGAIN),
    ("{garbage: true}", Reason.PROTOCOL_ERROR, ONCE),
    (sent(feed(TITLED)).removesuffix("}") + ', "truncate": 100}', Reason.RESET, AGAIN),
    (sent(feed(TITLED)[:-20]), Reason.PROTOCOL_ERROR, ONCE),
    ("{status: 200, body: '<html><title>arXiv</title><p>Down for maintenance.'}", Reason.PROTOCOL_ERROR, ONCE),
    (sent('{"feed": []}', content_type="application/json"), Reason.PROTOCOL_ERROR, ONCE),
    (sent("<rss/>"), Reason.PROTOCOL_ERROR, ONCE),
    (sent(""), Reason.PROTOCOL_ERROR, ONCE),
    (sent("Rate exceeded.", 400, "text/plain"), Reason.CLIENT_ERROR, ONCE),
    ("404", Reason.PROTOCOL_ERROR, ONCE),
    ("410", Reason.PROTOCOL_ERROR, ONCE),
    ("414", Reason.CLIENT_ERROR, ONCE),
    (sent(feed(entry(f"{ONE}v2", "&i;"), prolog=f"{BOMB}]>")), Reason.PROTOCOL_ERROR, ONCE),
    (sent(feed(entry(f"{ONE}v2", "&a;"), prolog=f"{BOMB}]>")), Reason.PROTOCOL_ERROR, ONCE),
    (sent(feed(entry(f"{ONE}v2", "&a;"), prolog=SYSTEM)), Reason.PROTOCOL_ERROR, ONCE),
    (sent(feed(TITLED, prolog=EXTERNAL)), Reason.PROTOCOL_ERROR, ONCE),
    ("{status: 301, location: 'https://elsewhere.example/'}", Reason.PROTOCOL_ERROR, ONCE),
    ("{status: 301, location: '/api/query/elsewhere'}", Reason.PROTOCOL_ERROR, ONCE),
    ("{status: 302}", Reason.PROTOCOL_ERROR, ONCE),
    ("304", Reason.PROTOCOL_ERROR, ONCE),
)
IDS = [page[:50] for page, _, _ in TROUBLES]
ELSEWHERE = "elsewhere.example: {/: 200}"


@pytest.mark.parametrize(("page", "reason", "times"), TROUBLES, ids=IDS)
async def test_no_trouble_of_the_api_says_anything_of_a_paper(page: str, reason: Reason, times: int) -> None:
    timeout = 1.0 if reason is Reason.TIMEOUT else 5.0
    text = scenario(f"{API}: {{'/api/query*': {page}}}, {ELSEWHERE}")
    told = await ask(Arxiv, text, ONE, TWO, retries=1, timeout=timeout)
    assert [(told.reason(name), told[name].record) for name in (ONE, TWO)] == [(reason, None)] * 2
    assert told.asked(API).count(line(ONE, TWO)) == times
    assert {one.host for one in told.log.requests} <= {API, "elsewhere.example"}
    assert (told.stats.asked, told.stats.requests) == (2, 1)
    assert told.stats.note == "gave no answer about 2 links, which went on to the next source"


FROM_OAI = Record(
    f"arxiv:{TWO}",
    "oai",
    "Direct preferences",
    ("Rafael Rafailov",),
    RECORDS[TWO].retrieved_at,
    version=1,
    published="doi:10.1000/xyz",
    doi="10.1000/xyz",
)
FROM_PAGE = Record(
    f"arxiv:{TWO}",
    "web",
    "Direct preferences",
    ("Rafailov, Rafael",),
    RECORDS[TWO].retrieved_at,
    trust=Trust.PAGE,
    doi="10.1000/xyz",
)
NOTE = "gave no answer about 1 link, which went on to the next source"


@pytest.mark.parametrize(("page", "reason", "times"), TROUBLES, ids=IDS)
async def test_whatever_the_trouble_oai_is_asked_at_once(page: str, reason: Reason, times: int) -> None:
    timeout = 1.0 if reason is Reason.TIMEOUT else 5.0
    text = scenario(f"{API}: {{'/api/query*': {page}}}, {ELSEWHERE}")
    heard = await crawl(text, plan(paper(TWO)), retries=1, timeout=timeout)
    evidence = heard.crawl.evidence[address(TWO)]
    assert (evidence.source, evidence.outcome.reason) == ("oai", Reason.OK)
    assert undated(evidence.record) == FROM_OAI
    assert heard.asked(OAI) == (oai_line(TWO),)
    assert heard.asked(SITE) == ()
    assert heard.asked(API).count(line(TWO)) == times
    assert heard.crawl.sources[0].note == NOTE
    assert heard.crawl.sources[1] == SourceStats("oai", asked=1, answered=1, requests=1)


UNREADABLE = (
    zipped(LARGE),
    zipped(b"\x1f\x8b\x08 is no gzip at all, whatever it says"),
    zipped(gzip.compress(feed(TITLED).encode())[:-30]),
    zipped(feed(TITLED).encode(), "br"),
)


@pytest.mark.parametrize("page", UNREADABLE, ids=["9 MB", "no gzip", "half a gzip", "br"])
async def test_a_body_that_cannot_be_had_whole_is_no_answer(page: str) -> None:
    heard = await crawl(scenario(f"{API}: {{'/api/query*': {page}}}"), plan(paper(TWO)), retries=0)
    evidence = heard.crawl.evidence[address(TWO)]
    assert (evidence.source, evidence.outcome.reason, undated(evidence.record)) == ("oai", Reason.OK, FROM_OAI)


HOSTS = ("{dns: nxdomain}", "{dns: servfail}", "{refuse: true}", "{tls: expired}")


@pytest.mark.parametrize("host", HOSTS)
async def test_an_api_that_cannot_be_reached_says_nothing_of_a_paper(host: str) -> None:
    heard = await crawl(scenario(f"{API}: {host}"), plan(paper(TWO)), retries=0)
    evidence = heard.crawl.evidence[address(TWO)]
    assert (evidence.source, evidence.outcome.reason, undated(evidence.record)) == ("oai", Reason.OK, FROM_OAI)
    assert (heard.asked(API), heard.asked(OAI), heard.crawl.sources[0].note) == ((), (oai_line(TWO),), NOTE)


async def test_where_oai_is_down_too_the_page_cites_the_paper() -> None:
    text = scenario(f"{always(API, '503')}, {always(OAI, '503')}")
    listed = paper(TWO, Claim("Direct preferences", ("Rafael Rafailov",)))
    heard = await crawl(text, plan(listed), retries=1)
    evidence = heard.crawl.evidence[address(TWO)]
    assert (evidence.source, evidence.outcome.reason, undated(evidence.record)) == ("web", Reason.OK, FROM_PAGE)
    assert [(one.host, one.path) for one in heard.log.requests] == [
        (API, line(TWO)),
        (API, line(TWO)),
        (OAI, oai_line(TWO)),
        (OAI, oai_line(TWO)),
        (SITE, f"/abs/{TWO}"),
    ]
    assert heard.crawl.sources == (
        SourceStats(
            "arxiv",
            asked=1,
            requests=1,
            follow_ups=1,
            note=f"{NOTE}; whether 1 paper was withdrawn could not be asked (PAP106): run again later",
        ),
        SourceStats(
            "oai",
            asked=1,
            requests=1,
            follow_ups=1,
            note="gave no answer about 1 link, which went on to their pages",
        ),
        SourceStats("web", asked=1, answered=1, requests=1),
    )


async def test_where_all_of_arxiv_is_down_nothing_is_known() -> None:
    hosts = ", ".join(always(host, "503") for host in (API, OAI, SITE))
    heard = await crawl(scenario(f"{hosts}, control.example: {{/: 200}}"), plan(paper(TWO)), retries=0)
    evidence = heard.crawl.evidence[address(TWO)]
    assert (evidence.source, evidence.outcome.reason, evidence.record) == ("web", Reason.SERVER_ERROR, None)
    assert {stats.name: stats.answered for stats in heard.crawl.sources if stats.asked} == {
        "arxiv": 0,
        "oai": 0,
        "web": 0,
    }


async def test_a_feed_that_was_sent_zipped_is_read() -> None:
    page = zipped(gzip.compress(feed(TITLED).encode()))
    told = await ask(Arxiv, scenario(f"{API}: {{'/api/query*': {page}}}"), ONE)
    assert told.record(ONE) == RECORDS[ONE]


async def test_an_api_that_moved_is_followed() -> None:
    hosts = f"{API}: {{'/api/query*': {{status: 301, location: 'https://api.example/'}}}}"
    told = await ask(Arxiv, scenario(f"{hosts}, api.example: {{/: {sent(feed(TITLED))}}}"), ONE)
    assert told.record(ONE) == RECORDS[ONE]
    assert (told.outcome(ONE).redirects, told.outcome(ONE).moved_to) == ((), None)
    assert told.stats == SourceStats("arxiv", asked=1, requests=1, follow_ups=1)


async def test_an_api_that_comes_to_itself_in_time_is_heard() -> None:
    hosts = f"{API}: {{'/api/query*': {{sequence: [503, {{reset: true}}, {{service: true}}]}}}}"
    told = await ask(Arxiv, scenario(hosts), ONE, retries=2)
    assert (told.record(ONE), told.outcome(ONE).attempts) == (RECORDS[ONE], 3)
    assert told.stats == SourceStats("arxiv", asked=1, requests=1, follow_ups=2)


FORBIDDEN = "403 turned us away, and the host was left alone from there on"
IN_TURN = (API, OAI, SITE)


@pytest.mark.parametrize("page", ["403", "{status: 403, headers: {Retry-After: 1}}"])
@pytest.mark.parametrize("host", IN_TURN)
async def test_after_a_403_no_host_of_arxiv_is_asked_again(host: str, page: str) -> None:
    before = IN_TURN[: IN_TURN.index(host)]
    hosts = ", ".join((always(host, page), *(always(one, "500") for one in before)))
    heard = await crawl(f"{scenario(hosts)}\ndefault: 200", plan(paper(ONE), paper(TWO)), retries=0)
    asked = [one.host for one in heard.log.requests if one.host in IN_TURN]
    assert (asked[-1], asked.count(host)) == (host, 1)
    for evidence in heard.crawl.evidence.values():
        assert (evidence.source, evidence.outcome.verdict, evidence.record) == ("web", Verdict.UNCERTAIN, None)
    details = {one.outcome.detail for one in heard.crawl.evidence.values()}
    assert f"{FORBIDDEN}, not tried itself: other links of the host were tried in vain" in details
