"""Last good copies by the Wayback Machine's index of captures, over real sockets."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
from crawling import client_of
from hypothesis import given
from hypothesis import strategies as st
from lookups import ANYTHING, answered, hosts, told

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.evidence import Archived, SourceStats
from rlhf_linkcheck.net.manners import Etiquette, Manners
from rlhf_linkcheck.simweb.log import LoggedRequest
from rlhf_linkcheck.sources import wayback
from rlhf_linkcheck.sources.base import Answers, LastCopy, Meant, Question
from rlhf_linkcheck.sources.wayback import Wayback

HOST = "web.archive.org"
INDEX = "/cdx/search/cdx?url="
ASKED = "&output=json&fl=timestamp%2Cstatuscode&filter=statuscode%3A200&matchType=exact&limit=-1&fastLatest=true"
PAGE = "https://a.example/Page?id=1&x=%41"
SCENARIO = f"""
archive:
  - {{page: "{PAGE}", taken: "20230102030405"}}
  - {{page: "http://www.a.example:80/Page?id=1&x=%41", taken: "20240506070809"}}
  - {{page: "{PAGE}", taken: "20250607080910", status: 404}}
  - {{page: https://b.example/, taken: "20200101000000", status: 301}}
  - {{page: https://shy.example/, excluded: true}}
"""
COPY = Archived(f"https://web.archive.org/web/20240506070809/{PAGE}", datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC))
HEADER = ["timestamp", "statuscode"]
GOOD = [HEADER, ["20240506070809", "200"]]


async def investigated(
    scenario: str, *addresses: str, **changes: Any
) -> tuple[Answers, SourceStats, Sequence[LoggedRequest]]:
    """What it makes of the questions for copies of these, what it says of itself, and what was sent."""
    async with client_of(scenario, **{"retries": 0, **changes}) as (client, web):
        own = Wayback(client)
        answers = await own.investigate([LastCopy(address) for address in addresses])
        return answers, own.stats(), tuple(web.log.requests)


async def test_the_last_copy_that_was_good_is_found_by_one_question() -> None:
    answers, stats, sent = await investigated(SCENARIO, PAGE)
    assert answers == {LastCopy(PAGE): (COPY,)}
    assert stats == SourceStats("wayback", follow_ups=1)
    asked = "https%3A%2F%2Fa.example%2FPage%3Fid%3D1%26x%3D%2541"
    assert [(one.scheme, one.host, one.path) for one in sent] == [("https", HOST, f"{INDEX}{asked}{ASKED}")]


@pytest.mark.parametrize("address", ["https://never.example/", "https://b.example/", "https://shy.example/"])
async def test_that_there_is_none_is_an_answer(address: str) -> None:
    """Never taken, never good, and of a site of which nobody is shown a copy."""
    answers, stats, _ = await investigated(SCENARIO, address)
    assert answers == {LastCopy(address): ()}
    assert stats == SourceStats("wayback", follow_ups=1)


async def test_nobody_else_is_answered() -> None:
    async with client_of(SCENARIO) as (client, web):
        assert await Wayback(client).investigate([Meant("A title")]) == {}
        assert not web.log.requests


TROUBLE: dict[str, tuple[dict[str, Any], str]] = {
    "503": ({"status": 503, "body": "no"}, "503 Service Unavailable"),
    "504": ({"status": 504, "body": "no"}, "504 Gateway Timeout"),
    "400": (told("Bad Request", 400), "400 Bad Request"),
    "404": (told([], 404), "what it said is no list of copies"),
    "empty": ({"status": 200, "content_type": "application/json", "body": ""}, "what it said is no list of copies"),
    "a page": ({"body": "<title>Internet Archive</title>"}, "what it said is no list of copies"),
    "cut off": ({"status": 200, "content_type": "application/json", "body": '[["timestamp"'}, ""),
    "other fields": (told([["urlkey"], ["com,example)/"]]), "what it said is no list of copies"),
    "no filter": (told([HEADER, ["20240506070809", "404"]]), "what it said is no list of copies"),
    "no such time": (told([HEADER, ["20241306070809", "200"]]), "what it said is no list of copies"),
    "before its time": (told([HEADER, ["00010101000000", "200"]]), "what it said is no list of copies"),
    "no digits": (told([HEADER, ["2024٠٥06070809", "200"]]), "what it said is no list of copies"),
    "not JSON's": (told([HEADER, [20240506070809, 200]]), "what it said is no list of copies"),
    "huge": (told([HEADER, *[["20240506070809", "200"]] * 9_000]), "the answer is longer than 65,536 bytes"),
    "elsewhere": ({"status": 302, "location": "https://other.example/"}, "the API sent its caller on"),
    "reset": ({"reset": True}, "the connection was reset"),
    "garbage": ({"garbage": True}, ""),
}


@pytest.mark.parametrize(("page", "words"), TROUBLE.values(), ids=TROUBLE)
async def test_trouble_is_no_answer_and_is_said(page: dict[str, Any], words: str) -> None:
    pages = {HOST: {"/cdx/*": page}, "other.example": {"/": told(GOOD)}}
    answers, stats, _ = await investigated(SCENARIO + hosts(pages), PAGE)
    assert answers == {LastCopy(PAGE): None}
    assert stats.note is not None
    assert stats.note.startswith(f"gave no usable answer: {words}")


async def test_after_a_429_nothing_more_is_asked_whatever_it_says_of_coming_back() -> None:
    limited = {"status": 429, "headers": {"Retry-After": "0"}, "body": "no"}
    page = {"sequence": [told(GOOD), limited]}
    first, second, third = "https://a.example/1", "https://a.example/2", "https://a.example/3"
    pages = hosts({HOST: {"/cdx/*": page}})
    one, stats, sent = await investigated(SCENARIO + pages, first, retries=2)
    assert (len(sent), stats.note) == (1, None)
    assert one[LastCopy(first)] is not None
    answers, stats, sent = await investigated(
        SCENARIO + hosts({HOST: {"/cdx/*": limited}}), first, second, third, retries=2
    )
    assert answers == dict.fromkeys(map(LastCopy, (first, second, third)))
    assert len(sent) == 1
    assert stats.note is not None
    assert stats.note.startswith("gave no usable answer: 429 Too Many Requests")


async def test_after_two_in_vain_nothing_more_is_asked_and_an_answer_between_counts_anew() -> None:
    addresses = [f"https://a.example/{number}" for number in range(6)]
    pages: dict[str, Any] = {f"{INDEX}https%3A%2F%2Fa.example%2F{n}{ASKED}": {"status": 503} for n in (0, 2, 3, 5)}
    answers, _, sent = await investigated(SCENARIO + hosts({HOST: pages}), *addresses)
    none: tuple[Archived, ...] = ()
    assert answers == dict(zip(map(LastCopy, addresses), (None, none, None, None, None, None), strict=True))
    assert len(sent) == 4


async def test_a_503_that_passes_is_tried_again() -> None:
    page = {"sequence": [{"status": 503}, {"service": True}]}
    answers, stats, sent = await investigated(SCENARIO + hosts({HOST: {"/cdx/*": page}}), PAGE, retries=1)
    assert answers == {LastCopy(PAGE): (COPY,)}
    assert (stats, len(sent)) == (SourceStats("wayback", follow_ups=2), 2)


def test_no_minute_sees_more_questions_than_the_index_allows() -> None:
    manners = Etiquette(NetworkConfig()).at(HOST)
    assert manners == Manners(HOST, 1, 3.0, burst=4)
    assert manners.burst + 60 / manners.interval <= 24


ROWS = st.lists(ANYTHING | st.lists(st.sampled_from(("20240506070809", "200", "", "x")), max_size=3), max_size=3)


@given(ANYTHING | ROWS.map(lambda rows: [HEADER, *rows]), st.sampled_from((200, 403, 500)))
def test_no_answer_upsets_the_reader(answer: object, status: int) -> None:
    copies = wayback._read(answered(json.dumps(answer).encode(), status), PAGE)
    assert copies in (None, (), (COPY,))


@given(st.binary(max_size=40), st.sampled_from((200, 403, 500)))
def test_no_bytes_upset_the_reader(body: bytes, status: int) -> None:
    assert wayback._read(answered(body, status), PAGE) in (None, ())


def test_what_is_asked_is_a_question() -> None:
    question: Question = LastCopy(PAGE)
    assert isinstance(question, Wayback.knows)
