import asyncio
from itertools import pairwise

import pytest
from crawling import client_of

from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.flags import Flags
from rlhf_linkcheck.cli.settings import Settings
from rlhf_linkcheck.cli.values import parse_host_interval
from rlhf_linkcheck.config import HostSettings, NetworkConfig
from rlhf_linkcheck.net.manners import Etiquette, Manners, _rows

ARXIV = ("export.arxiv.org", "oaipmh.arxiv.org", "arxiv.org", "www.arxiv.org")


@pytest.mark.parametrize("host", ARXIV)
def test_arxiv_is_asked_once_in_three_seconds_and_one_question_at_a_time(host: str) -> None:
    """https://info.arxiv.org/help/api/tou.html: all its hosts together, and none after a 403."""
    manners = Manners("export.arxiv.org", places=1, interval=3.0, stops_at=frozenset({403}))
    assert Etiquette(NetworkConfig()).at(host) == manners
    assert Etiquette(NetworkConfig(per_host=50, interval=0.0)).at(host) == manners


OTHERS = (
    ("api.semanticscholar.org", Manners("api.semanticscholar.org", 1, 1.0)),
    ("api.crossref.org", Manners("api.crossref.org", 1, 1.0)),
    ("api.openreview.net", Manners("api.openreview.net", 1, 0.5)),
    ("api2.openreview.net", Manners("api.openreview.net", 1, 0.5)),
    ("zenodo.org", Manners("zenodo.org", 1, 0.5)),
)


@pytest.mark.parametrize(("host", "manners"), OTHERS)
def test_who_says_how_to_be_asked_is_asked_so(host: str, manners: Manners) -> None:
    assert Etiquette(NetworkConfig(per_host=9, interval=0.1)).at(host) == manners


@pytest.mark.parametrize("host", ["a.example", "arxiv.org:8080", "static.arxiv.org", "xarxiv.org"])
def test_all_others_are_asked_as_the_run_asks(host: str) -> None:
    assert Etiquette(NetworkConfig()).at(host) == Manners(host, 4, 0.25)
    assert Etiquette(NetworkConfig(per_host=2, interval=0.1)).at(host) == Manners(host, 2, 0.1)


WORDS = (
    ({"a.example": 7.0}, "a.example", 7.0),
    ({"a.example": 7.0}, "b.example", 0.25),
    ({"*": 0.0}, "a.example", 0.0),
    ({"*": 0.0}, "arxiv.org", 0.0),
    ({"*": 5.0, "a.example": 0.0}, "a.example", 0.0),
    ({"*": 5.0, "export.arxiv.org": 0.5}, "oaipmh.arxiv.org", 0.5),
    ({"export.arxiv.org": 10.0}, "arxiv.org", 10.0),
    ({"arxiv.org": 10.0}, "arxiv.org", 10.0),
)


@pytest.mark.parametrize(("words", "host", "interval"), WORDS)
def test_the_operators_word_counts_before_the_hosts(words: dict[str, float], host: str, interval: float) -> None:
    assert Etiquette(NetworkConfig(host_intervals=words)).at(host).interval == interval


def test_the_operators_word_changes_nothing_but_the_interval() -> None:
    shared = Etiquette(NetworkConfig(host_intervals={"*": 0.0}))
    assert shared.at("arxiv.org") == Manners("export.arxiv.org", 1, 0.0, frozenset({403}))
    assert shared.at("a.example") == Manners("a.example", 4, 0.0)


@pytest.mark.parametrize("first", ["arxiv.org", "export.arxiv.org"])
def test_what_a_file_says_of_one_host_of_a_row_is_for_all_whoever_comes_first(first: str) -> None:
    hosts = {"arxiv.org": HostSettings(interval=10.0, timeout=40.0), "www.arxiv.org": HostSettings(interval=5.0)}
    manners = Etiquette(NetworkConfig(hosts=hosts)).at(first)
    assert (manners.gate, manners.interval) == ("export.arxiv.org", 10.0)
    assert manners.timeout == (40.0 if first == "arxiv.org" else None)


def test_the_rows_are_about_hosts_and_polite() -> None:
    assert {host for host in _rows() if host != host.lower() or "/" in host or ":" in host} == set()
    assert {host: row for host, row in _rows().items() if row.places < 1 or row.interval <= 0} == {}
    assert {row.gate for row in _rows().values()} <= set(_rows())


async def test_the_hosts_of_arxiv_keep_one_interval_together_and_share_one_place() -> None:
    interval, hosts = 0.3, ARXIV[:3]
    pages = ", ".join(f"{host}: {{/: {{delay: 0.05}}}}" for host in hosts)
    words = {"export.arxiv.org": interval}
    async with client_of(f"hosts: {{{pages}}}", host_intervals=words) as (client, web):
        await asyncio.gather(*(client.get(f"http://{host}/") for host in reversed(hosts)))
    asked = web.log.requests
    assert [one.host for one in asked] == list(reversed(hosts))
    for earlier, later in pairwise(asked):
        # What is seen on the wire is late by what a connection takes to be made.
        assert later.started - earlier.started > interval * 0.5
        assert earlier.ended is not None
        assert earlier.ended <= later.started


async def test_other_hosts_do_not_wait_for_arxiv() -> None:
    pages = "export.arxiv.org: {/: 200, /2: 200}, a.example: {/: 200}, b.example: {/: 200}"
    async with client_of(f"hosts: {{{pages}}}", host_intervals={"export.arxiv.org": 0.4}) as (client, web):
        urls = ("export.arxiv.org/", "export.arxiv.org/2", "a.example/", "b.example/")
        await asyncio.gather(*(client.get(f"http://{url}") for url in urls))
    assert [one.path for one in web.log.of("export.arxiv.org")] == ["/", "/2"]
    assert web.log.requests[-1].path == "/2"


async def test_a_403_of_one_host_of_a_row_ends_the_run_for_all_of_them_and_for_no_other() -> None:
    pages = "arxiv.org: {/: 403}, export.arxiv.org: {/: 200}, a.example: {/: 403, /2: 200}"
    async with client_of(f"hosts: {{{pages}}}") as (client, web):
        for url in ("arxiv.org/", "export.arxiv.org/", "www.arxiv.org/", "a.example/", "a.example/2"):
            await client.get(f"http://{url}")
        assert not client.may_change("http://oaipmh.arxiv.org/")
        assert client.may_change("http://a.example/")
        client.relent()
        late = await client.get("http://export.arxiv.org/", again=True)
    assert (late.status, late.attempts) == (None, 0)
    assert [one.host for one in web.log.requests] == ["arxiv.org", "a.example", "a.example"]


INTERVALS = (
    ("export.arxiv.org=5", ("export.arxiv.org", 5.0)),
    (" Export.arXiv.org=0.25 ", ("export.arxiv.org", 0.25)),
    ("*=0", ("*", 0.0)),
    ("2001:db8::1=1", ("2001:db8::1", 1.0)),
)


@pytest.mark.parametrize(("text", "pair"), INTERVALS)
def test_an_interval_on_the_command_line_is_read(text: str, pair: tuple[str, float]) -> None:
    assert parse_host_interval(text) == pair


@pytest.mark.parametrize(
    "text", ["", "a.example", "=3", "a.example=", "a.example=-1", "a.example=nan", "a b=1", "a=1e9", "a.example:80=1"]
)
def test_what_is_no_interval_is_refused(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_host_interval(text)
    assert str(refused.value) == f"--host-interval {text}: write HOST=SECONDS, as in export.arxiv.org=5"


def test_the_intervals_of_the_command_line_reach_the_network() -> None:
    flags = Flags(inputs=["list.yaml"], host_interval=["export.arxiv.org=5", "*=1", "export.arxiv.org=6"])
    network = flags.merged_with(Settings()).network
    assert network.host_intervals == {"export.arxiv.org": 6.0, "*": 1.0}
    assert Etiquette(network).at("arxiv.org").interval == 6.0


def test_the_word_for_any_host_of_a_row_is_for_all() -> None:
    shared = Etiquette(NetworkConfig(host_intervals={"arxiv.org": 10.0}))
    assert shared.at("export.arxiv.org").interval == 10.0
