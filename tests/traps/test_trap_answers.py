"""Answers: asked by GET, heard to their end, never older than they hold, and waited for without asking the clock."""

from itertools import count

import pytest
from timeless import Crawled

from rlhf_linkcheck.evidence import Reason

pytestmark = pytest.mark.unmeasured

EVERY = (200, 204, 301, 403, 404, 405, 410, 429, 451, 500, 501, 503)


def test_nobody_is_asked_by_head(crawled: Crawled) -> None:
    """Field notes 22: HEAD lies (kg-registry #711: 22 % of what it called broken was there)."""
    pages = ", ".join(f"/{status}: {{status: {status}}}" for status in EVERY)
    addresses = [f"{scheme}://a.example/{status}" for status in EVERY for scheme in ("http", "https")]
    ran = crawled(f"hosts: {{a.example: {{{pages}}}, b.example: {{refuse: true}}}}", (*addresses, "https://b.example/"))
    assert {one.method for one in ran.heard.log.requests} == {"GET"}


@pytest.mark.parametrize("trouble", ["{reset: true}", "{close: true}", "{hang: true}", "429", "503"])
def test_trouble_and_then_a_404_is_a_404(crawled: Crawled, trouble: str) -> None:
    """Field notes 16: the first trouble stands, and what is gone is a warning for ever."""
    ran = crawled(
        f"hosts: {{a.example: {{/: 200, /gone: {{sequence: [{trouble}, 404]}}}}}}", ("https://a.example/gone",)
    )
    outcome = ran.heard["https://a.example/gone"]
    assert (outcome.reason, outcome.attempts) == (Reason.NOT_FOUND, 3)


def test_a_hosts_pages_come_by_one_connection_whatever_they_are(crawled: Crawled) -> None:
    """Field notes, linkinator and muffet: a body that is left unread, or «close», costs a connection a link."""
    pages = (
        "{body: hello}",
        "{location: /moved, body: hello, trickle: 0.05}",
        "{status: 404}",
        "{status: 403, body: 'no'}",
        "{status: 204, body: ''}",
        "{content_type: application/json, body: '{}', trickle: 0.05}",
        "{status: 500}",
    )
    hosts = ", ".join(f"/{n}: {page}" for n, page in zip(count(), pages, strict=False))
    ran = crawled(
        f"hosts: {{a.example: {{{hosts}, /moved: 200}}}}",
        (f"https://a.example/{n}" for n in range(len(pages))),
        per_host=1,
        retries=0,
    )
    first_look = [one for one in ran.heard.log.requests if one.started < len(pages) + 1]
    assert len({one.connection for one in first_look if one.path != "/"}) <= 2, "the late look has one of its own"


def test_who_waits_does_not_ask_the_clock(crawled: Crawled) -> None:
    """Field notes, Sphinx's trap: workers that sleep a second each to look whether it is time."""
    page = "{sequence: [{status: 429, headers: {retry-after: 60}}, {delay: 15}]}"
    quiet = crawled("hosts: {}\ndefault: 200", (f"https://a.example/{n}" for n in range(5)), per_host=1, interval=0.0)
    addresses = [f"https://a.example/{n}" for n in range(4)]
    ran = crawled(f"hosts: {{a.example: {{/0: {page}, '/*': 200}}}}", addresses, per_host=1, interval=0.0)
    assert ran.seconds >= 75
    assert {ran.heard[address].reason for address in addresses} == {Reason.OK}
    assert ran.naps <= quiet.naps + 25, "some wakes for what was said, and none for a second of waiting"
