"""The run's end: at its deadline, whatever is being waited for, and with what matters most."""

from dataclasses import replace

import pytest
from crawling import request
from timeless import Crawled

from rlhf_linkcheck.crawl.recollection import importance
from rlhf_linkcheck.evidence import Evidence, Outcome, Reason
from rlhf_linkcheck.matching.papers import Claim
from rlhf_linkcheck.plan import Plan

LEFT = "not asked: the run's deadline came first"
WAITS = {
    "a page that hangs": "{hang: true}",
    "a wish for peace": "{status: 429, headers: {retry-after: 60}}",
    "a back-off": "{status: 500}",
    "a page that trickles": "{body: '0123456789', trickle: 4}",
}


@pytest.mark.parametrize("page", WAITS.values(), ids=WAITS)
def test_nothing_that_is_waited_for_holds_the_run_over_its_deadline(crawled: Crawled, page: str) -> None:
    """Field notes 20: lychee's 15 minutes, nodewright's 21 minutes for one address."""
    slow = tuple(f"https://a.example/{n}" for n in range(40))
    ran = crawled(
        f"hosts: {{a.example: {{'/*': {page}}}}}\ndefault: 200",
        (*slow, "https://b.example/"),
        deadline=7.0,
        backoff=25.0,
        per_host=1,
    )
    assert ran.seconds < 8
    assert not ran.heard.crawl.complete
    assert ran.heard["https://b.example/"].reason is Reason.OK
    assert list(ran.heard.crawl.evidence) == [*slow, "https://b.example/"], "the report is whole"
    left = [ran.heard[address] for address in slow if ran.heard[address].reason is Reason.DEADLINE]
    assert len(left) >= 30
    assert {outcome.detail for outcome in left} == {LEFT}
    assert dict(ran.heard.told) == ran.heard.crawl.evidence


def test_what_entries_are_about_is_asked_before_what_they_mention(crawled: Crawled) -> None:
    """Field notes 20: where time is short, it goes to what stands at the top of the file."""
    badges = tuple(request(f"https://a.example/badge{n}") for n in range(8))
    papers = tuple(
        replace(request(f"https://a.example/paper{n}"), claims=(Claim(title=f"Title {n}", authors=()),))
        for n in range(4)
    )
    addresses = tuple(one.addresses[0] for one in (*badges, *papers))
    plan = Plan((*badges, *papers), {}, addresses)
    ran = crawled("hosts: {a.example: {'/*': {delay: 1}}}", plan, deadline=5.5, per_host=1)
    assert {ran.heard[address].reason for address in addresses[8:]} == {Reason.OK}
    assert [ran.heard[address].reason for address in addresses[:8]].count(Reason.DEADLINE) >= 6


def test_what_was_never_verified_is_asked_before_what_was() -> None:
    """Field notes 20: the same first links every night, and never the last."""
    known = request("https://a.example/known")
    about = replace(known, claims=(Claim(title="Title", authors=()),))
    new, new_about = request("https://a.example/new"), replace(about, addresses=("https://a.example/newer",))
    verified = dict.fromkeys((known, about), Evidence(Outcome(Reason.OK)))
    asked = sorted((known, about, new, new_about), key=lambda one: importance(one, verified))
    assert asked == [new_about, new, about, known]
