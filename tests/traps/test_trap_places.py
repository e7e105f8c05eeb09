"""Places: what waits for one host holds nothing that another could use, and what takes long begins early."""

import asyncio
from itertools import pairwise

import pytest
from timeless import Crawled
from virtual import lived

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.net.limiter import Limiter
from rlhf_linkcheck.net.manners import Etiquette

pytestmark = pytest.mark.unmeasured

SLOW = tuple(f"https://{host}.example/{n}" for n in range(18) for host in ("slow1", "slow2"))
OTHERS = tuple(f"https://other{n}.example/" for n in range(14))


def test_two_slow_hosts_with_72_of_100_links_delay_nobody_else(crawled: Crawled) -> None:
    """Field notes, lychee's trap (b), muffet's and linkspector's, too: the global place before the host's."""
    slow = "{'/*': {delay: 4}}"
    ran = crawled(
        f"hosts: {{slow1.example: {slow}, slow2.example: {slow}}}\ndefault: 200", (*SLOW, *OTHERS), concurrency=12
    )
    hosts = [one.host for one in ran.heard.log.requests]
    last_of_others = max(index for index, host in enumerate(hosts) if host.startswith("other"))
    assert last_of_others < len(OTHERS) + 8, "no more than the slow hosts' own places were given before"
    assert len(hosts) == len(SLOW) + len(OTHERS)


def test_nobody_who_waits_for_peace_a_back_off_or_an_interval_holds_a_place(crawled: Crawled) -> None:
    """Field notes: linkspector's slot held through the sleep, linkchecker's lock held through its wait."""
    scenario = """
    hosts:
      limits.example: {/: {sequence: [{status: 429, headers: {retry-after: 30}}, 200]}}
      ails.example: {/: {sequence: [500, 200]}}
      paced.example: {'/*': 200}
      free.example: {'/*': 200}
    """
    addresses = (
        "https://limits.example/",
        "https://ails.example/",
        *(f"https://paced.example/{n}" for n in range(3)),
        *(f"https://free.example/{n}" for n in range(20)),
    )
    paces = {"paced.example": 5.0, "free.example": 0.0}
    ran = crawled(scenario, addresses, concurrency=1, per_host=1, host_intervals=paces)
    last = max(ran.starts("free.example"))
    assert last <= 2, "nothing keeps them"
    for host in ("limits.example", "ails.example", "paced.example"):
        assert ran.starts(host)[1] > last, host
    assert {evidence.outcome.status for evidence in ran.heard.crawl.evidence.values()} == {200}


def test_a_redirects_target_counts_at_the_host_it_goes_to(crawled: Crawled) -> None:
    """Field notes, lychee's trap (c): the limiter looked at the first address only."""
    pages = ", ".join(f"from{n}.example: {{/: {{location: 'https://to.example/{n}'}}}}" for n in range(12))
    ran = crawled(
        f"hosts: {{{pages}, to.example: {{'/*': {{delay: 1.5}}}}}}",
        (f"https://from{n}.example/" for n in range(12)),
        per_host=2,
        host_intervals={"to.example": 0.5},
    )
    assert len(ran.starts("to.example")) == 12
    assert ran.heard.log.peak("to.example") == 2
    assert min(later - earlier for earlier, later in pairwise(ran.starts("to.example"))) >= 0.5


def test_a_link_that_waits_for_its_twin_keeps_no_other_of_its_host_waiting(crawled: Crawled) -> None:
    """Field notes 18 and lychee's trap (b) together: one request for both, and a line behind who waits for it."""
    own = tuple(f"https://a.example/{n}" for n in range(12))
    scenario = """
    hosts:
      a.example: {/hang: {hang: true}, '/*': 200}
      b.example: {/: {location: 'https://a.example/hang'}}
    """
    ran = crawled(scenario, ("https://b.example/", *own[:6], "https://a.example/hang", *own[6:]))
    assert (
        max(ran.starts("a.example", address.removeprefix("https://a.example"))[0] for address in own) <= 13 * 0.25 + 2
    )


def test_with_fewer_places_than_hosts_the_longest_line_starts_first_and_never_waits(crawled: Crawled) -> None:
    """Field note 20: the tail of a run is one late host after another."""
    short = tuple(f"https://short{n}.example/" for n in range(12))
    long = tuple(f"https://long.example/{n}" for n in range(12))
    ran = crawled("hosts: {}\ndefault: {delay: 0.5}", (*short, *long), concurrency=2, host_intervals={"*": 1.0})
    assert ran.starts("long.example")[0] <= min(one.started for one in ran.heard.log.requests) + 0.5
    gaps = [later - earlier for earlier, later in pairwise(ran.starts("long.example"))]
    assert max(gaps) <= 1.5, "the longest line keeps its pace, whoever else wants its places"


def test_who_takes_one_at_a_time_starts_before_who_takes_many() -> None:
    """Field note 20: the few questions to an API are for many links, and its line cannot be made up for later."""

    async def order() -> list[str]:
        limiter = Limiter(1, Etiquette(NetworkConfig()))
        began: list[str] = []

        async def ask(host: str) -> None:
            async with limiter.turn(host) as turn:
                turn.used = True
                began.append(host)
                await asyncio.sleep(0.1)

        limiter.expect("many.example", 99)
        limiter.expect("export.arxiv.org", 1)
        async with asyncio.TaskGroup() as group:
            for host in ("first.example", "many.example", "export.arxiv.org"):
                group.create_task(ask(host))
        return began

    assert lived(order()) == ["first.example", "export.arxiv.org", "many.example"]


def test_a_dead_hosts_further_tries_keep_nobody_waiting_who_was_not_asked_yet(crawled: Crawled) -> None:
    """Field notes, head of line blocking: what hangs has all the places, and comes back for them at once."""
    dead = tuple(f"https://dead{n}.example/{page}" for n in range(6) for page in "ab")
    hosts = ", ".join(f"dead{n}.example: {{'/*': {{hang: true}}}}" for n in range(6))
    ran = crawled(
        f"hosts: {{{hosts}, a.example: {{/: 200}}}}", (*dead, "https://a.example/"), concurrency=2, per_host=1
    )
    assert ran.starts("a.example")[0] <= 6 * 20 / 2
