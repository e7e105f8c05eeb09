import pytest
from race.bound import Bound, Patience, lower_bound

from rlhf_linkcheck.simweb import Scenario

PATIENCE = Patience(timeout=10.0)


def bound(text: str, *links: str, in_batches: bool = True) -> Bound:
    return lower_bound(Scenario.parse(text), links, PATIENCE, in_batches=in_batches)


def test_nothing_takes_no_time() -> None:
    assert bound("default: 200") == Bound(0.0, "")


def test_without_limits_the_slowest_answer_is_all() -> None:
    text = "hosts: {a.simweb: {latency: 0.5}, b.simweb: {latency: 2}}"
    assert bound(text, *(f"https://{host}.simweb/{n}" for host in "ab" for n in range(9))) == Bound(2.0, "b.simweb")


@pytest.mark.parametrize(
    ("limit", "seconds"),
    [
        ("interval: 3", 9 * 3 + 0.5),
        ("in_flight: 2", 10 * 0.5 / 2),
        ("interval: 0.1, in_flight: 1", 10 * 0.5),
        ("requests: 3, window: 60", 3 * 60.0),
        ("requests: 10, window: 60", 0.5),
    ],
)
def test_a_limit_says_how_long_its_hosts_take(limit: str, seconds: float) -> None:
    text = f"{{hosts: {{a.simweb: {{latency: 0.5}}}}, limits: [{{hosts: [a.simweb], {limit}}}]}}"
    found = bound(text, *(f"https://a.simweb/{number}" for number in range(10)))
    assert found.seconds == pytest.approx(seconds)


def test_hosts_that_share_a_limit_wait_for_each_other() -> None:
    text = "limits: [{hosts: [a.simweb, b.simweb], interval: 3}]"
    assert bound(text, "https://a.simweb/", "https://b.simweb/") == Bound(3.0, "a.simweb")


def test_a_link_that_stands_twice_is_asked_once() -> None:
    text = "limits: [{hosts: [a.simweb], interval: 3}]"
    assert bound(text, "https://a.simweb/", "https://a.simweb/").seconds == 0


def test_who_never_answers_costs_a_time_out_for_each_try_and_no_waits_that_a_tool_may_do_without() -> None:
    text = "hosts: {a.simweb: {/*: {hang: true}}}"
    assert bound(text, "https://a.simweb/x") == Bound(30.0, "a.simweb")
    assert lower_bound(Scenario.parse(text), ["https://a.simweb/x"], Patience(10.0, tries=1)).seconds == 10.0


def test_tries_that_begin_beside_each_other_are_waited_for_together() -> None:
    silent, slow = "{'/*': {hang: true}}", "{'/*': {sequence: [{hang: true}, {delay: 4}]}}"
    for pages, seconds in ((silent, 16.0), (slow, 7.0)):
        scenario = Scenario.parse(f"hosts: {{a.simweb: {pages}}}")
        assert lower_bound(scenario, ["https://a.simweb/x"], Patience(10.0, apart=3.0)).seconds == seconds


def test_who_answers_slower_than_the_time_out_never_does() -> None:
    assert bound("hosts: {a.simweb: {latency: 11}}", "https://a.simweb/x").seconds == 30.0


def test_who_answers_at_the_second_try_costs_one_time_out_and_the_answer() -> None:
    text = "hosts: {a.simweb: {latency: 2, /x: {sequence: [{hang: true}, {delay: 0.5}]}}}"
    assert bound(text, "https://a.simweb/x").seconds == 12.5


def test_links_that_nobody_answers_are_waited_for_together_where_no_limit_forbids_it() -> None:
    text = "{{hosts: {{a.simweb: {{/*: {{hang: true}}}}}}, limits: [{}]}}"
    links = [f"https://a.simweb/{number}" for number in range(4)]
    assert bound(text.format(""), *links).seconds == 30.0
    assert bound(text.format("{hosts: [a.simweb], in_flight: 2}"), *links).seconds == 60.0


def test_what_can_be_had_in_batches_is_asked_there() -> None:
    text = "{default: 200, limits: [{hosts: [arxiv.org, export.arxiv.org], interval: 3}]}"
    links = [f"https://arxiv.org/abs/2301.{number:05}" for number in range(101)]
    assert bound(text, *links) == Bound(3.0, "arxiv.org")
    assert bound(text, *links, in_batches=False) == Bound(300.0, "arxiv.org")


def test_a_batch_takes_as_long_as_its_host_mostly_does() -> None:
    text = "hosts: {api.github.com: {latency: {median: 0.2, spread: 0.4}}}"
    limit = ", limits: [{hosts: [api.github.com], in_flight: 1}]"
    links = [f"https://github.com/o/r{number}" for number in range(120)]
    found = bound(f"{{{text}{limit}}}", *links)
    assert found.seconds == pytest.approx(0.6)
    assert found.host == "api.github.com"
