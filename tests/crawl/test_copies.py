"""Last good copies of dead links: which are worth a question, and what a run makes of the answers."""

import json
import os
import signal
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import document, evidence
from crawling import crawl, request
from lookups import hosts, told
from remembering import DAY, Runs, pass_time

from rlhf_linkcheck.config import Audit, Config, GitHubServer, NetworkConfig
from rlhf_linkcheck.crawl.copies import MOST_COPIES, copies_wanted, of_tonight
from rlhf_linkcheck.evidence import Archived, Evidence, Outcome, Reason, SourceStats, Verdict
from rlhf_linkcheck.plan import Plan, make_plan
from rlhf_linkcheck.rules import RULES
from rlhf_linkcheck.simweb.behaviour import Behaviour, Fault
from rlhf_linkcheck.simweb.request import Request
from rlhf_linkcheck.simweb.scenario import Scenario
from rlhf_linkcheck.simweb.web import running
from rlhf_linkcheck.sources.base import LastCopy, Question

ARCHIVE = "web.archive.org"
GONE, OTHER, ALIVE = "https://a.example/gone", "https://a.example/other", "https://a.example/"
HEADER = ["timestamp", "statuscode"]
TAKEN = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)
COPY = Archived(f"https://web.archive.org/web/20240506070809/{GONE}", TAKEN)
SITE: dict[str, Any] = {"/": 200, "/gone": 404, "/other": 410}
SCENARIO = f"archive: [{{page: {GONE}, taken: '20240506070809'}}]"
UNASKED = "whether there are copies of {} could not be asked: a later audit will"


def wanted(known: Mapping[str, Evidence], config: NetworkConfig | None = None) -> list[Question]:
    return list(copies_wanted(known, config or NetworkConfig()))


def plan_of(*addresses: str, copies: bool = True) -> Plan:
    return Plan(tuple(map(request, addresses)), {}, addresses, copies=copies)


@pytest.mark.parametrize("reason", Reason)
def test_copies_are_wanted_of_what_is_dead_save_what_was_taken_down_or_shows_a_placeholder(reason: Reason) -> None:
    placeholders = (Reason.LEGAL, Reason.SOFT_404, Reason.PARKED)
    asked = [LastCopy(GONE)] if reason.verdict is Verdict.DEAD and reason not in placeholders else []
    assert wanted({GONE: evidence(reason)}) == asked


@pytest.mark.parametrize("reason", [Reason.SOFT_404, Reason.PARKED])
@pytest.mark.parametrize(
    ("final_url", "asked"),
    [
        (None, False),
        (GONE, False),
        ("http://www.A.example:80/Gone/#top", False),
        ("https://a.example/", True),
        ("https://a.example/gone?x", True),
        ("https://parking.example/gone", True),
    ],
)
def test_of_a_placeholder_only_where_the_link_was_sent_on_to_it(
    reason: Reason, final_url: str | None, asked: bool
) -> None:
    known = Evidence(Outcome(reason, 200, final_url), "web")
    assert wanted({GONE: known}) == ([LastCopy(GONE)] if asked else [])


@pytest.mark.parametrize(
    "address",
    [
        "https://arxiv.org/abs/2203.99999",
        "https://doi.org/10.1000/never",
        "https://aclanthology.org/P99-9999/",
        "https://openreview.net/forum?id=never",
        "https://www.youtube.com/watch?v=hhiLw5Q_UFg",
        "https://web.archive.org/web/2024/https://a.example/",
        "https://git.corp.example/o/n",
        "https://a.example/*",
        "https://*.example/",
        "no address",
    ],
)
def test_nobody_is_asked_about_what_no_copy_can_show_and_what_only_the_operator_sees(address: str) -> None:
    config = NetworkConfig(github=(GitHubServer(), GitHubServer("git.corp.example")))
    assert wanted({address: evidence(Reason.NOT_FOUND)}, config) == []


def test_what_is_asked_is_the_page_as_it_is_sent() -> None:
    gone = ("http://A.example/x#one", "http://A.example/x#two", "https://github.com/Gone/Repository")
    assert wanted({address: evidence(Reason.NOT_FOUND) for address in gone}) == [
        *[LastCopy("http://a.example/x")] * 2,
        LastCopy("https://github.com/Gone/Repository"),
    ]


@pytest.mark.parametrize("number", [0, 1, 7, 20, 23])
def test_in_a_few_nights_all_have_their_turn(number: int) -> None:
    questions = [LastCopy(f"https://a.example/{n}") for n in range(number)]
    nights = [of_tonight(questions, 7, date(2026, 1, 1) + timedelta(days=day)) for day in range(-(-number // 7) + 1)]
    assert all(len(set(night)) == len(night) == min(number, 7) for night in nights)
    assert {question for night in nights for question in night} == set(questions)


def test_rules_about_what_is_gone_offer_copies() -> None:
    assert [rule.info.code for rule in RULES if rule.offers_copies] == ["LNK101", "LNK107", "REP101", "REP106"]


@pytest.mark.parametrize("audit", [None, Audit()], ids=["check", "audit"])
@pytest.mark.parametrize("private", [False, True])
@pytest.mark.parametrize("copies", [False, True])
def test_copies_are_for_audits_of_what_anybody_may_see(audit: Audit | None, private: bool, copies: bool) -> None:
    config = Config(audit=audit, network=NetworkConfig(allow_private=private))
    made = make_plan([document()], config, network=True, copies=copies)
    assert made.copies is (copies and audit is not None and not private)


async def test_an_audit_asks_for_copies_of_the_dead_and_of_nothing_else() -> None:
    heard = await crawl(SCENARIO + hosts({"a.example": SITE}), plan_of(ALIVE, GONE, f"{GONE}#part", OTHER))
    assert {address: one.archived for address, one in heard.crawl.evidence.items()} == {
        ALIVE: None,
        GONE: COPY,
        f"{GONE}#part": Archived(f"{COPY.url}#part", TAKEN),
        OTHER: None,
    }
    assert len(heard.asked(ARCHIVE)) == 2
    assert heard.crawl.complete
    assert SourceStats("wayback", follow_ups=2) in heard.crawl.sources


async def test_a_check_asks_for_none() -> None:
    heard = await crawl(SCENARIO + hosts({"a.example": SITE}), plan_of(GONE, copies=False))
    assert (heard.asked(ARCHIVE), heard.crawl.evidence[GONE].archived) == ((), None)


async def test_where_nobody_answers_no_copies_are_asked_for() -> None:
    heard = await crawl("hosts: {'control.example': {refuse: true}, 'a.example': {refuse: true}}", plan_of(GONE))
    assert heard.crawl.no_way_out
    assert heard.asked(ARCHIVE) == ()


@pytest.mark.parametrize("steps", [{"status": 429}, {"status": 503}, {"body": "<p>hello"}, {"reset": True}])
async def test_an_archive_in_trouble_changes_nothing_but_a_line_among_the_sources(steps: dict[str, Any]) -> None:
    pages = hosts({"a.example": SITE, ARCHIVE: {"/*": steps}})
    heard = await crawl(SCENARIO + pages, plan_of(GONE, OTHER), retries=0)
    assert [one.archived for one in heard.crawl.evidence.values()] == [None, None]
    assert [one.outcome.reason for one in heard.crawl.evidence.values()] == [Reason.NOT_FOUND, Reason.GONE]
    assert heard.crawl.complete
    (stats,) = (one for one in heard.crawl.sources if one.name == "wayback")
    assert stats.note is not None
    assert stats.note.startswith("gave no usable answer: ")
    assert stats.note.endswith(f"; {UNASKED.format('2 dead links')}")


def index_of(**pages: object) -> str:
    """A web whose archive answers so about these pages of ``a.example``."""
    asked = {f"/cdx/search/cdx?url=https%3A%2F%2Fa.example%2F{name}&*": page for name, page in pages.items()}
    return hosts({"a.example": SITE, ARCHIVE: asked})


FOUND = told([HEADER, ["20240506070809", "200"]])


async def test_the_deadline_costs_copies_and_not_the_run() -> None:
    """What was answered before it stands."""
    heard = await crawl(index_of(gone=FOUND, other={"hang": True}), plan_of(GONE, OTHER), deadline=1.5)
    assert [one.archived for one in heard.crawl.evidence.values()] == [COPY, None]
    assert (heard.crawl.complete, heard.crawl.interrupted_by) == (True, None)
    assert SourceStats("wayback", follow_ups=2, note=UNASKED.format("1 dead link")) in heard.crawl.sources


async def test_a_signal_ends_it_and_is_told(tmp_path: Path) -> None:
    def index(asked: Request) -> Behaviour:
        if "gone" in asked.path:
            return Behaviour(body=json.dumps([HEADER, ["20240506070809", "200"]]).encode())
        os.kill(os.getpid(), signal.SIGINT)
        return Behaviour(fault=Fault.HANG)

    async with running(Scenario.parse(hosts({"a.example": SITE})), {ARCHIVE: index}) as web:
        run = await Runs(web, tmp_path / "state.sqlite3").run(plan_of(GONE, OTHER), timedelta())
    assert [one.archived for one in run.crawl.evidence.values()] == [COPY, None]
    assert (run.crawl.complete, run.crawl.interrupted_by) == (False, signal.SIGINT)


async def test_one_night_asks_for_no_more_than_it_has_time_for() -> None:
    addresses = [f"https://a.example/{number}" for number in range(MOST_COPIES + 3)]
    heard = await crawl(hosts({"a.example": {"/*": 404}, ARCHIVE: {"/*": told([])}}), plan_of(*addresses))
    assert len(heard.asked(ARCHIVE)) == MOST_COPIES
    assert SourceStats("wayback", follow_ups=MOST_COPIES, note=UNASKED.format("3 dead links")) in heard.crawl.sources


async def test_a_copy_is_asked_for_once_a_month_and_that_there_is_none_once_a_day(tmp_path: Path) -> None:
    path = tmp_path / "state.sqlite3"
    asked: list[int] = []
    async with running(Scenario.parse(SCENARIO + hosts({"a.example": SITE}))) as web:
        for age in (timedelta(), DAY / 2, DAY, 28 * DAY, 2 * DAY):
            pass_time(path, age) if age else None
            run = await Runs(web, path).run(plan_of(GONE, OTHER), timedelta())
            assert [one.archived for one in run.crawl.evidence.values()] == [COPY, None]
            asked.append(sum(one.host == ARCHIVE for one in run.requests))
    assert asked == [2, 0, 1, 1, 2]
