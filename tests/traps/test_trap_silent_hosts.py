"""Tries beside each other at a silent host: no verdict is lost by them, nobody waits for them, no limit is broken."""

import pytest
from timeless import Crawled

from rlhf_linkcheck.evidence import Reason

THERE = "https://a.example/there"
SLOW = "https://a.example/slow"


@pytest.mark.parametrize("trouble", ["reset: true", "status: 503"])
def test_who_is_asked_beside_a_try_that_comes_to_nothing_is_heard_out(crawled: Crawled, trouble: str) -> None:
    """Field notes 15: a balancer that gives up after nine seconds says nothing of the try that it passed on since."""
    steps = f"sequence: [{{delay: 9, {trouble}}}, {{delay: 5}}, {{hang: true}}]"
    ran = crawled(f"hosts: {{a.example: {{/slow: {{{steps}}}}}}}", (SLOW,))
    assert (ran.heard[SLOW].reason, ran.heard[SLOW].attempts) == (Reason.OK, 2)
    assert ran.waits("a.example", "/slow") == [9, 5]


def test_a_limit_that_another_link_meets_cuts_off_no_answer_that_is_on_its_way(crawled: Crawled) -> None:
    """Field notes 7: what waits for its turn is not asked any more, what was asked already is."""
    limit = "{delay: 8, status: 429, headers: {Retry-After: '7200'}}"
    ran = crawled(f"hosts: {{a.example: {{/slow: {{delay: 15}}, /there: {limit}}}}}", (SLOW, THERE), per_host=2)
    assert (ran.heard[SLOW].reason, ran.heard[SLOW].attempts) == (Reason.OK, 1)
    assert ran.heard[THERE].reason is Reason.RATE_LIMITED
    assert len(ran.starts("a.example")) == 2


def test_that_the_host_wants_peace_is_told_of_a_link_that_it_did_not_answer(crawled: Crawled) -> None:
    """Field notes 7: it is no time-out like others, and nobody asks the host again."""
    limit = "{delay: 8, status: 429, headers: {Retry-After: '7200'}}"
    ran = crawled(f"hosts: {{a.example: {{/slow: {{hang: true}}, /there: {limit}}}}}", (SLOW, THERE), per_host=2)
    slow = ran.heard[SLOW]
    assert (slow.reason, slow.attempts, slow.elapsed_ms) == (Reason.RATE_LIMITED, 1, 20_000)
    assert len(ran.starts("a.example")) == 2


def test_a_hosts_wish_for_peace_is_kept_once_where_another_try_waits_for_its_turn(crawled: Crawled) -> None:
    """Field notes 17, lychee's trap (d): two timers that stack."""
    limit = "{delay: 8, status: 429, headers: {Retry-After: '20'}}"
    ran = crawled(f"hosts: {{a.example: {{/slow: {{sequence: [{limit}, 200]}}}}}}", (SLOW,), per_host=1)
    assert ran.heard[SLOW].reason is Reason.OK
    assert [round(start) for start in ran.starts("a.example")] == [0, 28]


def test_a_host_that_answers_others_is_asked_once_for_a_slow_page(crawled: Crawled) -> None:
    """Twice as much is asked of nobody who is merely slow, be it that the page was on its way before that was known."""
    pages = "/there: {delay: 1.5}, /slow: {delay: 9}"
    ran = crawled(f"hosts: {{a.example: {{{pages}}}}}", (THERE, SLOW))
    assert (ran.heard[SLOW].reason, ran.heard[SLOW].attempts) == (Reason.OK, 1)
    assert len(ran.starts("a.example")) == 2


def test_what_waits_for_its_turn_beside_a_silent_try_is_not_sent_once_the_host_has_answered(crawled: Crawled) -> None:
    links = tuple(f"https://a.example/{n}" for n in range(6))
    ran = crawled("hosts: {a.example: {'/*': {delay: 9}}}", links)
    assert [ran.heard[link].reason for link in links] == [Reason.OK] * 6
    assert len(ran.starts("a.example")) == 6


def test_a_page_of_a_host_that_answers_has_its_whole_time_late_whatever_was_begun_before(crawled: Crawled) -> None:
    """Field notes 20: haste costs no verdict."""
    pages = "/there: {delay: 1}, /slow: {sequence: [{hang: true}, {hang: true}, {delay: 15}]}"
    ran = crawled(f"hosts: {{a.example: {{{pages}}}}}", (THERE, SLOW))
    assert ran.heard[SLOW].reason is Reason.OK
    assert ran.waits("a.example", "/slow") == [20, 10, 15]


def test_each_try_at_a_host_that_was_given_up_is_told(crawled: Crawled) -> None:
    """What was sent was sent, though what was to be tried beside it was not: else it would be tried anew, and often."""
    links = tuple(f"https://a.example/{n}" for n in range(12))
    ran = crawled("hosts: {a.example: {'/*': {hang: true}}}", links, per_host=1)
    assert sum(ran.heard[link].attempts for link in links) == len(ran.starts("a.example"))
    assert sum(ran.heard[link].elapsed_ms for link in links) == 1000 * 20 * len(ran.starts("a.example"))
    assert ran.heard.log.peak("a.example") == 1


def test_who_was_never_asked_comes_before_another_try_at_who_is_silent(crawled: Crawled) -> None:
    """Field notes, trap (b): few places in all, and the silent ones hold them twice."""
    silent = tuple(f"https://s{n}.example/" for n in range(3))
    hanging = ", ".join(f"s{n}.example: {{/: {{hang: true}}}}" for n in range(3))
    ran = crawled(f"hosts: {{{hanging}, a.example: {{/there: 200}}}}", (*silent, THERE), concurrency=1)
    assert [round(ran.starts(f"s{n}.example")[0]) for n in range(3)] == [0, 20, 40]
    assert max(ran.starts("a.example")) < 61


def test_a_name_that_is_still_looked_up_is_waited_for_before_the_last_try(crawled: Crawled) -> None:
    """Field notes 15: what is not known to be silent may have much to be waited for behind it."""
    scenario = "hosts: {a.example: {/slow: {hang: true}}, b.example: {dns: timeout}}"
    ran = crawled(scenario, (SLOW, "https://b.example/"), timeout=12.0, connect_timeout=18.0)
    first, second, last = ran.starts("a.example")
    assert (round(first), round(second)) == (0, 4)
    assert last > 18


def test_the_late_look_at_one_silent_host_does_not_wait_for_another(crawled: Crawled) -> None:
    """Field notes 20: the run's tail is not one late host's time-out after another."""
    there = tuple(f"https://b.example/{n}" for n in range(3))
    silent = tuple(f"https://c.example/{n}" for n in range(3))
    ran = crawled(
        "hosts: {a.example: {/slow: {hang: true}}, b.example: {'/*': {delay: 1}}, c.example: {'/*': {hang: true}}}",
        (SLOW, *there, *silent),
        host_intervals={"b.example": 24.0, "c.example": 24.0},
    )
    newest = ran.starts("c.example", "/2")[0]
    assert max(ran.starts("b.example")) < newest
    assert newest < max(ran.starts("a.example")) < newest + 7, "once that host is overdue, too, and not once it is told"


def test_with_little_time_a_host_that_takes_half_of_it_is_asked_once(crawled: Crawled) -> None:
    ran = crawled("hosts: {new.example: {/: {delay: 1.5}}}", ("https://new.example/",), timeout=3.0)
    outcome = ran.heard["https://new.example/"]
    assert (outcome.reason, outcome.attempts) == (Reason.OK, 1)
    assert len(ran.starts("new.example", "/")) == 1
