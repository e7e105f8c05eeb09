"""A hundred ids a question: how they are parted, and what becomes of the others where one of them is refused."""

import json

from arxiv_asked import (
    API,
    OAI,
    OLD,
    ONE,
    RECORDS,
    SITE,
    TWO,
    address,
    always,
    api,
    ask,
    entry,
    feed,
    line,
    oai_line,
    paper,
    plan,
    refusal,
    scenario,
    sent,
)
from crawling import crawl

from rlhf_linkcheck.evidence import Reason, SourceStats
from rlhf_linkcheck.sources.arxiv import Arxiv

MANY = [f"2401.{number:05}" for number in range(1, 113)]
HUNDRED_AND_TWELVE = json.dumps(
    {"papers": [{"arxiv": name, "title": f"Paper {name}", "authors": ["Ann Author"]} for name in MANY]}
)


async def test_112_papers_are_two_requests_one_after_the_other() -> None:
    """Those that come first in the first, and in each by their ids."""
    heard = await crawl(HUNDRED_AND_TWELVE, plan(*map(paper, reversed(MANY))))
    assert heard.asked(API) == (line(*MANY[12:]), line(*MANY[:12]))
    first, second = heard.log.requests
    assert (first.in_flight, second.in_flight, first.connection) == (1, 1, second.connection)
    assert first.ended is not None
    assert first.ended <= second.started
    assert {one.outcome.reason for one in heard.crawl.evidence.values()} == {Reason.OK}
    assert [one.record.title for one in heard.crawl.evidence.values() if one.record] == [
        f"Paper {name}" for name in reversed(MANY)
    ]
    assert heard.crawl.sources == (SourceStats("arxiv", asked=112, answered=112, requests=2),)


async def test_a_paper_and_the_version_that_is_pinned_are_asked_in_one_question() -> None:
    links = [*MANY[:98], f"{MANY[98]}v1", f"{MANY[99]}v1"]
    told = await ask(Arxiv, HUNDRED_AND_TWELVE, *links)
    assert told.asked(API) == (line(*MANY[:99], f"{MANY[98]}v1"), line(MANY[99], f"{MANY[99]}v1"))
    assert {told.reason(link) for link in links} == {Reason.OK}


async def test_a_hundred_ids_are_one_question() -> None:
    told = await ask(Arxiv, HUNDRED_AND_TWELVE, *MANY[:100])
    assert told.asked(API) == (line(*MANY[:100]),)


BAD, THIRD = "2401.00002", "2401.00003"
FOUR = ("2401.00001", BAD, THIRD, "2401.00004")
SMALL = json.dumps({"papers": [{"arxiv": name, "title": name} for name in FOUR]}).removeprefix("{").removesuffix("}")
NAMED = refusal(f"incorrect id format for {BAD}")
UNNAMED = refusal("something is wrong")


def refusing(body: str, *questions: str) -> str:
    pages = {question: {"status": 400, "body": body, "content_type": "application/atom+xml"} for question in questions}
    return f"{{hosts: {{{API}: {json.dumps(pages)}}}, {SMALL}}}"


async def test_a_refusal_that_names_its_id_costs_one_request_more() -> None:
    told = await ask(Arxiv, refusing(NAMED, line(*FOUR)), *FOUR)
    assert told.asked(API) == (line(*FOUR), line(FOUR[0], *FOUR[2:]))
    assert [told.reason(name) for name in FOUR] == [Reason.OK, Reason.CLIENT_ERROR, Reason.OK, Reason.OK]
    assert told.stats == SourceStats(
        "arxiv",
        asked=4,
        requests=1,
        follow_ups=1,
        note="gave no answer about 1 link, which went on to the next source",
    )


async def test_a_refusal_that_names_none_is_halved_until_the_bad_one_is_alone() -> None:
    told = await ask(Arxiv, refusing(UNNAMED, line(*FOUR), line(*FOUR[:2]), line(BAD)), *FOUR)
    assert told.asked(API) == (line(*FOUR), line(*FOUR[:2]), line(FOUR[0]), line(BAD), line(*FOUR[2:]))
    assert [told.reason(name) for name in FOUR] == [Reason.OK, Reason.CLIENT_ERROR, Reason.OK, Reason.OK]
    assert (told.stats.requests, told.stats.follow_ups) == (1, 4)


async def test_a_refusal_that_names_what_was_not_asked_is_halved_too() -> None:
    told = await ask(Arxiv, refusing(refusal("incorrect id format for abc"), line(*FOUR[:2])), *FOUR[:2])
    assert told.asked(API) == (line(*FOUR[:2]), line(FOUR[0]), line(BAD))
    assert [told.reason(name) for name in FOUR[:2]] == [Reason.OK, Reason.OK]


async def test_two_bad_ids_cost_a_request_each() -> None:
    rest = (FOUR[0], FOUR[3])
    first, second = line(*FOUR), line(FOUR[0], *FOUR[2:])
    text = refusing(NAMED, first).replace(
        f'"{first}"', f'"{second}": {sent(refusal(f"incorrect id format for {THIRD}"), 400)}, "{first}"'
    )
    told = await ask(Arxiv, text, *FOUR)
    assert told.asked(API) == (first, second, line(*rest))
    assert [told.reason(name) for name in FOUR] == [
        Reason.OK,
        Reason.CLIENT_ERROR,
        Reason.CLIENT_ERROR,
        Reason.OK,
    ]


async def test_a_bad_id_in_one_batch_leaves_the_other_alone() -> None:
    page = sent(refusal(f"incorrect id format for {MANY[7]}"), 400)
    hosts = f"{API}: {{'/api/query?id_list={','.join(MANY[:8])}*': {page}}}"
    told = await ask(Arxiv, f"{{hosts: {{{hosts}}}, {HUNDRED_AND_TWELVE[1:]}", *MANY)
    assert told.asked(API) == (line(*MANY[:100]), line(*MANY[:7], *MANY[8:100]), line(*MANY[100:]))
    assert [name for name in MANY if told.reason(name) is not Reason.OK] == [MANY[7]]


async def test_a_refused_id_is_asked_of_oai() -> None:
    heard = await crawl(refusing(NAMED, line(*FOUR)), plan(*map(paper, FOUR)))
    assert [heard.crawl.evidence[address(name)].source for name in FOUR] == ["arxiv", "oai", "arxiv", "arxiv"]
    assert len(heard.asked(OAI)) == 1


async def test_a_refusal_of_one_id_alone_is_its_own() -> None:
    told = await ask(Arxiv, refusing(NAMED, line(BAD)), BAD)
    assert (told.asked(API), told.reason(BAD)) == ((line(BAD),), Reason.CLIENT_ERROR)


GAP = sent(feed(entry(f"{ONE}v2", "First"), entry(f"{TWO}v1", "Second"), total=3))


async def test_a_feed_with_gaps_is_asked_for_once_more() -> None:
    told = await ask(Arxiv, scenario(api(GAP)), ONE, TWO, OLD)
    assert told.asked(API) == (line(ONE, TWO, OLD),) * 2
    assert {name: told.record(name) for name in (ONE, TWO, OLD)} == {name: RECORDS[name] for name in (ONE, TWO, OLD)}
    assert told.stats == SourceStats("arxiv", asked=3, requests=1, follow_ups=1)


async def test_what_a_feed_with_gaps_does_not_hold_may_be_in_the_gap() -> None:
    five = feed(*(entry(f"{name}v1", name) for name in MANY[:3]), total=5)
    names, page = MANY[:6], json.loads(sent(five))
    text = f"{{hosts: {{{API}: {{'/api/query*': {json.dumps(page)}}}}}, {HUNDRED_AND_TWELVE[1:]}"
    heard = await crawl(text, plan(*map(paper, names)))
    assert [heard.crawl.evidence[address(name)].source for name in names] == ["arxiv"] * 3 + ["oai"] * 3
    assert {one.outcome.reason for one in heard.crawl.evidence.values()} == {Reason.OK}
    assert (len(heard.asked(API)), len(heard.asked(OAI))) == (2, 3)
    assert heard.crawl.sources[0] == SourceStats(
        "arxiv",
        asked=6,
        answered=3,
        requests=1,
        follow_ups=1,
        note="gave no answer about 3 links, which went on to the next source",
    )


async def test_an_empty_feed_for_many_ids_says_more_of_the_api_than_of_the_ids() -> None:
    names = (ONE, TWO, OLD, *(f"2401.0000{digit}" for digit in range(1, 8)))
    heard = await crawl(scenario(api(sent(feed()), sent(feed()))), plan(*map(paper, names)))
    assert heard.asked(API) == (line(*sorted(names)),) * 2
    assert [one.source for one in heard.crawl.evidence.values()] == ["oai"] * 10
    assert [heard[address(name)].reason for name in (ONE, TWO, OLD)] == [Reason.OK] * 3


async def test_an_empty_feed_for_a_few_ids_is_believed_where_their_pages_are_missing_too() -> None:
    empty = api(sent(feed()), sent(feed()))
    names = ("2401.00001", "2401.00002", "2401.00003")
    heard = await crawl(scenario(empty), plan(*map(paper, names)))
    assert [(one.source, one.outcome.reason) for one in heard.crawl.evidence.values()] == [
        ("arxiv", Reason.NOT_FOUND)
    ] * 3


async def test_an_empty_feed_is_no_word_where_the_pages_cannot_be_seen_either() -> None:
    silent = ", ".join((api(sent(feed())), always(SITE, "503"), always(OAI, "503")))
    heard = await crawl(scenario(silent), plan(paper(ONE)))
    assert heard[address(ONE)].reason is Reason.SERVER_ERROR


async def test_a_refusal_that_is_not_about_an_id_is_not_chased_for_ever() -> None:
    refusing = scenario(always(API, sent(refusal("the database is out"), 400)))
    told = await ask(Arxiv, refusing, *MANY[:100])
    assert len(told.asked(API)) <= 40
    assert {told.reason(name) for name in MANY[:100]} == {Reason.CLIENT_ERROR}


async def test_an_empty_feed_that_was_a_whim_is_forgotten() -> None:
    told = await ask(Arxiv, scenario(api(sent(feed()))), ONE, TWO, OLD)
    assert {told.reason(name) for name in (ONE, TWO, OLD)} == {Reason.OK}
    assert told.stats == SourceStats("arxiv", asked=3, requests=1, follow_ups=1)


async def test_an_empty_feed_for_two_ids_is_believed() -> None:
    told = await ask(Arxiv, scenario(api(sent(feed()))), ONE, TWO)
    assert (told.asked(API), told.reason(ONE), told.reason(TWO)) == ((line(ONE, TWO),), *(Reason.NOT_FOUND,) * 2)


async def test_an_entry_that_cannot_be_read_is_a_gap() -> None:
    nameless = sent(feed(entry(f"{ONE}v2", ""), entry(f"{TWO}v1", "Second")))
    told = await ask(Arxiv, scenario(api(nameless, nameless)), ONE, TWO)
    assert (told.reason(ONE), told.reason(TWO)) == (Reason.PROTOCOL_ERROR, Reason.OK)
    assert told.outcome(ONE).detail == "arXiv's API gave no answer that can be read"


async def test_a_pinned_version_in_a_gap_is_not_called_absent() -> None:
    page = sent(feed(entry(f"{ONE}v2", "First"), total=2))
    told = await ask(Arxiv, scenario(api(page, page)), ONE, f"{ONE}v1")
    assert (told.reason(ONE), told.reason(f"{ONE}v1")) == (Reason.OK, Reason.PROTOCOL_ERROR)


async def test_a_pinned_version_does_not_stand_for_the_current_one_in_a_gap() -> None:
    page = sent(feed(entry(f"{ONE}v1", "Old"), total=2))
    told = await ask(Arxiv, scenario(api(page, page)), ONE, f"{ONE}v1")
    assert (told.reason(ONE), told.reason(f"{ONE}v1")) == (Reason.PROTOCOL_ERROR, Reason.PROTOCOL_ERROR)


async def test_a_page_that_says_nothing_of_a_paper_will_do_where_the_api_knew_others() -> None:
    generic = always(SITE, "{body: <p>Down for maintenance}")
    alone = await crawl(scenario(", ".join((api(sent(feed())), generic))), plan(paper(ONE)))
    assert (alone[address(ONE)].reason, alone.asked(OAI)) == (Reason.OK, (oai_line(ONE),))
    beside = await crawl(scenario(generic), plan(paper(TWO), paper("2401.00009")))
    assert [beside[address(name)].reason for name in (TWO, "2401.00009")] == [Reason.OK, Reason.NOT_FOUND]


async def test_a_refusal_that_names_an_id_each_time_is_not_chased_for_ever() -> None:
    named = [sent(refusal(f"incorrect id format for {name}"), 400) for name in MANY[:100]]
    told = await ask(Arxiv, scenario(api(*named)), *MANY[:100])
    assert len(told.asked(API)) <= 40
