"""Runs that remember: what a second one asks, and what it makes of «not modified»."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from crawling import plan
from lookups import plan_of
from remembering import DAY, Run, Runs, Site, heard, is_lately, memory_in, pass_time

from rlhf_linkcheck.evidence import Reason, Redirect, SourceStats, Verdict
from rlhf_linkcheck.simweb.behaviour import Behaviour, Fault
from rlhf_linkcheck.simweb.request import Request
from rlhf_linkcheck.simweb.scenario import Scenario
from rlhf_linkcheck.simweb.server import Handler
from rlhf_linkcheck.simweb.web import running

# A whole run each, whose parts are measured where they are tested.
pytestmark = pytest.mark.unmeasured

NEVER = timedelta()
HTML = '<!doctype html><title>Notes</title><p id="one">Some words.</p>'
PLACE = "https://a.example"
PAGE = f"{PLACE}/page"


@pytest.fixture
def site() -> Site:
    return Site({"/page": Behaviour()})


@pytest.fixture
async def runs(site: Site, tmp_path: Path) -> AsyncIterator[Runs]:
    scenario = Scenario.parse("hosts: {a.example: {}, b.example: {/there: 200}, control.example: {/: 200}}")
    async with running(scenario, {"a.example": site}) as web:
        yield Runs(web, tmp_path / "state.sqlite3")


def conditional(etag: str | None = None, modified: str | None = None, body: str = HTML) -> Handler:
    """A page with validators, as RFC 9110 (13.2.2) has them: «not modified» to who asks by the right ones."""
    given = {"ETag": etag, "Last-Modified": modified}
    headers = tuple((name, value) for name, value in given.items() if value is not None)

    def page(request: Request) -> Behaviour:
        told = request.headers.get("if-none-match"), request.headers.get("if-modified-since")
        same = told[0] == etag if told[0] is not None else told[1] is not None and told[1] == modified
        return Behaviour(304, headers, b"") if same else Behaviour(200, headers, body.encode())

    return page


def by_scheme(http: Handler, https: Behaviour) -> Handler:
    return lambda request: http(request) if request.scheme == "http" else https


def conditions(run: Run) -> list[dict[str, str]]:
    """By what each request asked whether anything has changed."""
    names = ("if-none-match", "if-modified-since")
    return [{name: one.headers[name] for name in names if name in one.headers} for one in run.requests]


async def test_a_second_run_asks_only_what_was_not_alive(runs: Runs, site: Site) -> None:
    site.pages |= {"/gone": Behaviour(404), "/ill": Behaviour(500), "/odd": Behaviour(fault=Fault.RESET)}
    every = plan(PAGE, f"{PLACE}/gone", f"{PLACE}/ill", f"{PLACE}/odd", "https://b.example/there")
    first = await runs.run(every)
    second = await runs.run(every)
    assert {one.partition("//")[2] for one in second.asked} == {"a.example/gone", "a.example/ill", "a.example/odd"}
    for address in every.addresses:
        cached = first[address].verdict is Verdict.ALIVE
        assert second[address].verdict is first[address].verdict
        assert second[address].from_cache is cached
        assert (second[address].checked_at == first[address].checked_at) is cached
    (before,), (after,) = first.crawl.sources, second.crawl.sources
    assert (before.asked, before.answered, before.requests) == (5, 3, 5)
    assert (after.asked, after.answered, after.requests) == (3, 1, 3)


async def test_where_all_is_known_nobody_is_asked_and_no_source_has_a_story(runs: Runs) -> None:
    first = await runs.run(plan(PAGE))
    second = await runs.run(plan(PAGE))
    assert first.crawl.sources == (SourceStats("web", asked=1, answered=1, requests=1),)
    assert (second.asked, second.crawl.sources, second.crawl.complete) == ((), (), True)


async def test_a_link_that_was_mended_between_runs_is_alive_at_once(runs: Runs, site: Site) -> None:
    dead = await runs.run(plan(f"{PLACE}/new"))
    site.pages["/new"] = Behaviour()
    mended = await runs.run(plan(f"{PLACE}/new"))
    assert [one[f"{PLACE}/new"].reason for one in (dead, mended)] == [Reason.NOT_FOUND, Reason.OK]
    assert not mended[f"{PLACE}/new"].from_cache
    assert (await runs.run(plan(f"{PLACE}/new"))).asked == ()


async def test_a_link_that_dies_is_found_dead_after_its_age_and_then_asked_each_time(runs: Runs, site: Site) -> None:
    await runs.run(plan(PAGE))
    site.pages["/page"] = Behaviour(410)
    assert (await runs.run(plan(PAGE)))[PAGE].reason is Reason.OK
    pass_time(runs.path, DAY)
    for _ in range(2):
        late = await runs.run(plan(PAGE))
        assert (late[PAGE].reason, late[PAGE].from_cache) == (Reason.GONE, False)


async def test_what_was_heard_in_the_future_is_asked_again_and_forgotten(runs: Runs, site: Site) -> None:
    """A clock that went back, and comes to that hour once more."""
    await runs.run(plan(PAGE))
    pass_time(runs.path, timedelta(hours=-2))
    site.pages["/page"] = Behaviour(410)
    assert (await runs.run(plan(PAGE)))[PAGE].verdict is Verdict.DEAD
    pass_time(runs.path, timedelta(hours=3))
    assert (await runs.run(plan(PAGE)))[PAGE].verdict is Verdict.DEAD


async def test_the_age_may_be_shorter_or_longer(runs: Runs) -> None:
    await runs.run(plan(PAGE))
    pass_time(runs.path, timedelta(hours=3))
    assert (await runs.run(plan(PAGE), 7 * DAY)).asked == ()
    assert (await runs.run(plan(PAGE), timedelta(hours=1))).asked == (PAGE,)


ETAG, MODIFIED = '"5f3"', "Sat, 31 Jan 2026 12:00:00 GMT"


@pytest.mark.parametrize(
    ("etag", "modified", "told"),
    [
        (ETAG, None, {"if-none-match": ETAG}),
        ('W/"5f3"', None, {"if-none-match": 'W/"5f3"'}),
        (None, MODIFIED, {"if-modified-since": MODIFIED}),
        (ETAG, MODIFIED, {"if-none-match": ETAG, "if-modified-since": MODIFIED}),
        (None, None, {}),
        (f'"{"x" * 1022}"', None, {"if-none-match": f'"{"x" * 1022}"'}),
        # What is too long or no plain text is not sent back.
        (f'"{"x" * 1023}"', None, {}),
        (f'"{"x" * 65_536}"', MODIFIED, {"if-modified-since": MODIFIED}),
        ('"é"', None, {}),
        ('"a\tb"', None, {}),
        ('"a\x7f\x01b"', None, {}),
        ("", "", {}),
        # Nobody's business: it goes back as it came.
        ("5f3, *", None, {"if-none-match": "5f3, *"}),
    ],
)
async def test_a_page_is_asked_by_the_validators_that_it_gave(
    runs: Runs, site: Site, etag: str | None, modified: str | None, told: dict[str, str]
) -> None:
    site.pages["/page"] = conditional(etag, modified)
    first = await runs.run(plan(PAGE), NEVER)
    second = await runs.run(plan(PAGE), NEVER)
    third = await runs.run(plan(PAGE), NEVER)
    assert [conditions(one) for one in (first, second, third)] == [[{}], [told], [told]]
    for one in (first, second, third):
        assert (one[PAGE].reason, one[PAGE].status, one[PAGE].from_cache) == (Reason.OK, 200, False)
        assert is_lately(one[PAGE].checked_at)
        assert one.crawl.sources == (SourceStats("web", asked=1, answered=1, requests=1),)
    assert first.crawl.evidence[PAGE].validators == third.crawl.evidence[PAGE].validators


async def test_what_has_changed_is_read_anew(runs: Runs, site: Site) -> None:
    site.pages["/page"] = conditional('"1"')
    address = f"{PAGE}#one"
    assert (await runs.run(plan(address), NEVER)).crawl.evidence[address].missing_fragment is None
    site.pages["/page"] = conditional('"2"', body='<!doctype html><title>Notes</title><p id="two">Other words.</p>')
    assert (await runs.run(plan(address), NEVER)).crawl.evidence[address].missing_fragment == "one"
    unchanged = await runs.run(plan(address), NEVER)
    assert [one["if-none-match"] for one in conditions(unchanged)] == ['"2"']
    assert unchanged.crawl.evidence[address].missing_fragment == "one", "nobody has mended it"


async def test_not_modified_makes_a_link_as_old_as_new(runs: Runs, site: Site) -> None:
    site.pages["/page"] = conditional(ETAG)
    await runs.run(plan(PAGE))
    pass_time(runs.path, 2 * DAY)
    assert conditions(await runs.run(plan(PAGE))) == [{"if-none-match": ETAG}]
    assert (await runs.run(plan(PAGE))).asked == ()


async def test_not_modified_tells_of_no_tries_but_its_own(runs: Runs, site: Site) -> None:
    quiet = conditional(ETAG)
    answers = iter((Behaviour(503),))
    site.pages["/page"] = lambda request: next(answers, None) or quiet(request)
    first = await runs.run(plan(PAGE), NEVER)
    second = await runs.run(plan(PAGE), NEVER)
    assert (first[PAGE].attempts, first[PAGE].detail) == (2, "200 OK, tried 2 times")
    assert (second[PAGE].attempts, second[PAGE].detail) == (1, "200 OK")


def lying(_: Request) -> Behaviour:
    """Says «not modified» to everybody."""
    return Behaviour(304, body=b"")


async def test_not_modified_that_nobody_asked_for_proves_nothing(runs: Runs, site: Site) -> None:
    site.pages["/page"] = conditional()
    await runs.run(plan(PAGE), NEVER)
    site.pages |= {"/page": lying, "/new": lying}
    second = await runs.run(plan(PAGE, f"{PLACE}/new"), NEVER)
    for address in (PAGE, f"{PLACE}/new"):
        assert (second[address].reason, second[address].status) == (Reason.PROTOCOL_ERROR, 304)


async def test_a_target_that_is_the_same_by_the_same_redirects_is_not_read_again(runs: Runs, site: Site) -> None:
    site.pages |= {"/page.html": Behaviour(location="/page"), "/page": conditional(ETAG)}
    old = f"{PLACE}/page.html"
    first = await runs.run(plan(old), NEVER)
    second = await runs.run(plan(old), NEVER)
    assert first.asked == second.asked == (old, PAGE)
    assert conditions(second) == [{}, {"if-none-match": ETAG}]
    assert (second[old].moved_to, second[old].redirects) == (PAGE, (Redirect(301, PAGE),))


@pytest.mark.parametrize("status", [302, 308])
async def test_a_target_by_another_way_is_read_again(runs: Runs, site: Site, status: int) -> None:
    old = f"{PLACE}/page.html"
    site.pages |= {"/page.html": Behaviour(location="/page"), "/page": conditional(ETAG)}
    await runs.run(plan(old), NEVER)
    site.pages |= {"/page.html": Behaviour(status, location="/between"), "/between": Behaviour(301, location="/page")}
    second = await runs.run(plan(old), NEVER)
    outcome = second[old]
    assert (outcome.reason, outcome.status) == (Reason.OK, 200)
    assert outcome.redirects == (Redirect(status, f"{PLACE}/between"), Redirect(301, PAGE))
    assert outcome.moved_to == (PAGE if status == 308 else None)
    assert {"if-none-match": ETAG} in conditions(second)


async def test_a_page_that_had_to_be_held_against_a_made_up_one_is_held_against_one_again(
    runs: Runs, site: Site
) -> None:
    old = f"{PLACE}/old/deep"
    site.pages |= {"/old/deep": Behaviour(location="/page"), "/page": conditional(ETAG)}
    assert (await runs.run(plan(old), NEVER))[old].moved_to == PAGE
    # From now on all that is not there leads there, and the page itself has not changed.
    site.pages, site.others = {"/page": conditional(ETAG)}, Behaviour(location="/page")
    second = await runs.run(plan(old), NEVER)
    assert second[old].reason is Reason.SOFT_404


async def test_a_twin_by_https_is_looked_at_again_though_the_page_by_http_has_not_changed(
    runs: Runs, site: Site
) -> None:
    page, twin = f"http{PAGE.removeprefix('https')}", Behaviour(200, body=HTML.encode())
    for answer, told in ((twin, PAGE), (Behaviour(404), None), (twin, PAGE)):
        site.pages["/page"] = by_scheme(conditional(ETAG), answer)
        assert (await runs.run(plan(page), NEVER)).crawl.evidence[page].secure_url == told


@pytest.mark.parametrize(("named", "same"), [('"1"', True), ('W/"1"', True), (None, True), ('"2"', False)])
async def test_not_modified_that_names_another_etag_says_nothing_of_the_one_known(
    runs: Runs, site: Site, named: str | None, same: bool
) -> None:
    headers = () if named is None else (("ETag", named),)
    gone = Behaviour(404)
    site.pages["/page"] = conditional('"1"')
    await runs.run(plan(PAGE), NEVER)
    site.pages["/page"] = lambda request: Behaviour(304, headers, b"") if "if-none-match" in request.headers else gone
    assert (await runs.run(plan(PAGE), NEVER))[PAGE].reason is (Reason.OK if same else Reason.NOT_FOUND)


async def test_who_leads_elsewhere_now_is_not_told_the_validators_of_another(runs: Runs, site: Site) -> None:
    site.pages["/page"] = conditional(ETAG)
    await runs.run(plan(PAGE), NEVER)
    site.pages["/page"] = Behaviour(location="https://b.example/there")
    second = await runs.run(plan(PAGE), NEVER)
    assert conditions(second) == [{"if-none-match": ETAG}, {}]
    assert second[PAGE].moved_to == "https://b.example/there"


async def test_a_late_look_at_what_fails_now_is_not_conditional(runs: Runs, site: Site) -> None:
    site.pages["/page"] = conditional(ETAG)
    await runs.run(plan(PAGE), NEVER)
    answers = iter((Behaviour(503),))
    site.pages["/page"] = lambda request: next(answers, None) or conditional(ETAG)(request)
    second = await runs.run(plan(PAGE), NEVER)
    assert conditions(second) == [{"if-none-match": ETAG}, {}]
    assert second[PAGE].reason is Reason.OK


async def test_links_of_one_page_with_and_without_memory_have_each_their_answer(runs: Runs, site: Site) -> None:
    site.pages |= {"/page": conditional(ETAG), "/new": Behaviour(302, location="/page")}
    await runs.run(plan(PAGE), NEVER)
    both = await runs.run(plan(PAGE, f"{PLACE}/new"), NEVER)
    assert [both[address].status for address in (PAGE, f"{PLACE}/new")] == [200, 200]


@pytest.mark.parametrize("changes", [{"allow_private": True}, {"accounts": {"openreview": ("a", "b")}}])
async def test_by_another_way_all_is_asked(runs: Runs, changes: dict[str, Any]) -> None:
    await runs.run(plan(PAGE))
    assert (await runs.run(plan(PAGE), **changes)).asked == (PAGE,)
    assert (await runs.run(plan(PAGE))).asked == ()


async def test_a_row_that_claims_an_address_elsewhere_is_not_believed_for_another_link(runs: Runs) -> None:
    """Keys are of links: what is remembered of one says nothing of the next."""
    other = plan_of(("https://b.example/there",))
    with memory_in(runs.path) as memory:
        memory.keep_link(other.requests[0], heard())
    assert (await runs.run(plan(PAGE))).asked == (PAGE,)
