"""Single flight: each address once in the whole run, whoever comes to it and by whichever way."""

from collections import Counter
from pathlib import Path

import pytest
from timeless import Crawled, Journey

from rlhf_linkcheck.config import Config
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.loaders import load
from rlhf_linkcheck.plan import Plan, make_plan

pytestmark = pytest.mark.unmeasured


def asked(ran: Journey) -> Counter[str]:
    return Counter(f"{one.scheme}://{one.host}{one.path}" for one in ran.heard.log.requests)


def listed(tmp_path: Path, *addresses: str) -> Plan:
    """The plan for a list of these, each in two entries, as the command line makes it."""
    rows = (
        f"- id: e{number}\n  category: book\n  title: Title {number}\n  url: {address}\n"
        for number, address in enumerate(addresses * 2)
    )
    path = tmp_path / "entries.yaml"
    path.write_text("".join(rows), encoding="utf-8")
    config = Config(inputs=(str(path),))
    return make_plan((load(str(path), None),), config, network=True)


def test_twins_and_fragments_of_many_entries_are_one_request(crawled: Crawled, tmp_path: Path) -> None:
    """Field notes 18, lychee #1593 and htmltest #5: the same address as often as it is listed."""
    page = "{delay: 1, body: '<p id=one><p id=two>'}"
    plan = listed(tmp_path, *(f"https://a.example/page{part}" for part in ("", "#one", "#two", "#three")))
    ran = crawled(f"hosts: {{a.example: {{/page: {page}}}}}", plan)
    assert asked(ran) == {"https://a.example/page": 1}


def test_a_query_is_a_part_of_the_address(crawled: Crawled, tmp_path: Path) -> None:
    """Field notes, html-proofer and htmltest: ``?id=A`` hides ``?id=B``, and the second paper is never asked."""
    plan = listed(tmp_path, *(f"https://a.example/forum?id={name}" for name in "AB"))
    ran = crawled("hosts: {a.example: {'/*': 200}}", plan)
    assert asked(ran) == {"https://a.example/forum?id=A": 1, "https://a.example/forum?id=B": 1}


def test_an_http_address_and_its_https_twin_are_asked_once_each(crawled: Crawled) -> None:
    """Field notes 18: what is looked at for one link is the answer for another."""
    ran = crawled("hosts: {a.example: {'/*': {delay: 1}}}", ("http://a.example/", "https://a.example/"))
    assert asked(ran) == {"http://a.example/": 1, "https://a.example/": 1}


def test_redirects_to_one_target_ask_it_once_with_all_its_retries(crawled: Crawled) -> None:
    """Field notes 18: of twenty links to one moved page each has its own three tries."""
    moved = ", ".join(f"/{n}: {{location: 'https://to.example/'}}" for n in range(20))
    target = "{sequence: [503, {delay: 2, status: 503}, {delay: 3}]}"
    addresses = tuple(f"https://a.example/{n}" for n in range(20))
    ran = crawled(
        f"hosts: {{a.example: {{{moved}}}, to.example: {{/: {target}}}}}", (*addresses, "https://to.example/")
    )
    assert asked(ran)["https://to.example/"] == 3
    assert {ran.heard[address].reason for address in addresses} == {Reason.OK}


def test_two_links_that_lead_to_each_other_do_not_wait_for_each_other(crawled: Crawled) -> None:
    """The design's reason why the twin is one request and never a chain: A→B and B→A at once."""
    a, b = "https://a.example/", "https://b.example/"
    there = f"{{delay: 1, location: '{b}'}}"
    back = f"{{delay: 1, location: '{a}'}}"
    ran = crawled(f"hosts: {{a.example: {{/: {there}}}, b.example: {{/: {back}}}}}", (a, b))
    assert [ran.heard[address].reason for address in (a, b)] == [Reason.REDIRECT_LOOP] * 2
    assert max(asked(ran).values()) <= 4, "each asks anew once where it comes back"
    assert ran.seconds < 20, "and neither waits for a time-out"


def test_a_link_that_another_leads_to_is_asked_once_whoever_comes_first(crawled: Crawled) -> None:
    """Field notes 18: a listed page, and a listed redirect to it, at the same time."""
    a, b = "https://a.example/", "https://b.example/"
    for first, second in ((a, b), (b, a)):
        ran = crawled(
            f"hosts: {{a.example: {{/: {{location: '{b}'}}}}, b.example: {{/: {{delay: 2}}}}}}", (first, second)
        )
        assert asked(ran) == {a: 1, b: 1}
