from collections import Counter

import pytest
from race.faults import faults_world, renamed
from race.inputs import PAGE, markdown, site
from race.listed import list_world
from race.scaled import scale_world
from race.texts import dump
from race.world import Truth, World

from rlhf_linkcheck.simweb import Behaviour, Request, Scenario
from rlhf_linkcheck.simweb.routes import own_ports

LISTED, FAULTS, SCALED = list_world(), faults_world(), scale_world(1000, 50)


@pytest.mark.parametrize("world", [LISTED, FAULTS, SCALED], ids=["list", "faults", "scale"])
def test_each_world_can_be_served_at_the_hosts_own_ports(world: World) -> None:
    scenario = Scenario.parse(dump(dict(world.scenario)))
    assert set(own_ports(scenario)) >= {80, 443}
    assert set(world.links.values()) >= {Truth.ALIVE, Truth.DEAD}


def test_the_list_is_the_same_each_time_and_another_by_another_seed() -> None:
    assert list_world() == LISTED
    assert list_world(7).links != LISTED.links


def test_of_the_list_six_in_a_hundred_are_broken_and_four_hosts_shut() -> None:
    counts = Counter(LISTED.links.values())
    assert counts[Truth.DEAD] == round(0.06 * len(LISTED.links))
    assert counts[Truth.OPEN] == 4
    medians = [host["latency"]["median"] for host in LISTED.scenario["hosts"].values()]
    usual, slow = [one for one in medians if one <= 0.4], [one for one in medians if one > 0.4]
    assert slow == [2.5] * 3
    assert 0.08 <= min(usual) < 0.1
    assert max(usual) > 0.38
    hosts = LISTED.scenario["hosts"].values()
    shut = [(host.get("refuse"), host.get("/*")) for host in hosts if "refuse" in host or "/*" in host]
    assert sorted(map(str, shut)) == sorted(
        map(str, [(True, None), (None, {"reset": True}), (None, {"hang": True}), (None, {"hang": True})])
    )


def test_the_list_s_limits_are_what_the_real_hosts_ask_for() -> None:
    limits = {host: limit for limit in Scenario.parse(dump(dict(LISTED.scenario))).limits for host in limit.hosts}
    assert {(limits[host].interval, limits[host].in_flight) for host in ("arxiv.org", "export.arxiv.org")} == {(3, 1)}
    assert limits["arxiv.org"] is limits["export.arxiv.org"]
    assert limits["api.github.com"].in_flight == 1
    assert (limits["huggingface.co"].requests, limits["huggingface.co"].window) == (100, 300)
    assert all(limit.status is None for limit in limits.values())


def test_the_faults_are_most_of_the_catalogue() -> None:
    assert len(FAULTS.links) > 600
    assert not any(".example/" in url for url in FAULTS.links)


def test_a_handler_of_the_catalogue_sees_and_says_the_names_that_it_knows() -> None:
    def handler(request: Request) -> Behaviour:
        assert request.host == "a.example"
        assert request.path == "/gate?back=https://b.example/"
        cookie = ("Set-Cookie", "x=1; Domain=a.example")
        return Behaviour(location="https://b.example/x", headers=(cookie,), body=b"at a.example")

    said = renamed(handler)(Request("http", "a-f12.simweb", "GET", "/gate?back=https://b-f12.simweb/"))
    assert said.location == "https://b-f12.simweb/x"
    assert said.headers == (("Set-Cookie", "x=1; Domain=a-f12.simweb"),)
    assert said.body == b"at a-f12.simweb"


def test_of_scale_one_in_a_hundred_is_dead_and_all_hosts_have_their_share() -> None:
    assert Counter(SCALED.links.values()) == {Truth.ALIVE: 990, Truth.DEAD: 10}
    assert set(Counter(url.split("/")[2] for url in SCALED.links).values()) == {20}


def test_markdown_holds_any_address() -> None:
    assert markdown(["https://a.simweb/(x)_y"]) == "# Links\n\n- [Link 0](<https://a.simweb/(x)_y>)\n"


def test_a_site_has_pages_that_a_tool_reads_whole() -> None:
    pages = site(f"https://a.simweb/{number}?x&y" for number in range(PAGE + 1))
    assert list(pages) == ["/", "/0.html", "/1.html"]
    assert 'href="http://start.simweb/1.html"' in pages["/"]
    assert 'href="https://a.simweb/0?x&amp;y"' in pages["/0.html"]
    assert pages["/1.html"].count("<li>") == 1
