import pytest
from crawling import network, plan

from rlhf_linkcheck.content.page import Page
from rlhf_linkcheck.evidence import Evidence, Reason
from rlhf_linkcheck.fetch import fetch
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.simweb.scenario import Scenario
from rlhf_linkcheck.simweb.web import Web, running
from rlhf_linkcheck.verdicts.impostor import poses_as, unlikely_name

POSER = """
default: {body: "<!doctype html><title>Did you mean</title><p>We did not find the site that you typed. See our offers."}
hosts: {real.example: {/: {body: "<!doctype html><title>Notes</title><p>A page of its own with some words on it."}}}
"""


async def outcomes(web: Web, *urls: str) -> dict[str, Evidence]:
    """What becomes of links whose names the scenario's name server is really asked for."""
    heard = await fetch(plan(*urls), network(web, connect_to=(), allow_private=True), lambda *_: None)
    return dict(heard.evidence)


async def test_a_name_server_that_answers_for_every_name_proves_none() -> None:
    async with running(Scenario.parse(POSER)) as web:
        real, made_up = (f"http://{name}.example:{web.http_port}/" for name in ("real", "never"))
        heard = await outcomes(web, real, made_up)
    assert heard[real].outcome.reason is Reason.OK
    outcome = heard[made_up].outcome
    assert (outcome.reason, outcome.detail) == (
        Reason.DNS_ERROR,
        "200 OK, but our own name server leads names that do not exist to the same page",
    )


async def test_what_https_has_proved_is_not_asked_about() -> None:
    async with running(Scenario.parse(POSER)) as web:
        url = f"https://never.example:{web.tls_port}/"
        heard = await outcomes(web, url)
        assert heard[url].outcome.reason is Reason.OK
        assert {question.name for question in web.log.questions} == {"never.example"}


async def test_with_an_honest_name_server_one_question_is_all_it_costs() -> None:
    scenario = "hosts: {a.example: {/1: 200, /2: 200}, b.example: {/: 200}}"
    async with running(Scenario.parse(scenario)) as web:
        urls = [
            f"http://{rest.format(web.http_port)}" for rest in ("a.example:{}/1", "a.example:{}/2", "b.example:{}/")
        ]
        heard = await outcomes(web, *urls)
        assert {one.outcome.reason for one in heard.values()} == {Reason.OK}
        assert len({question.name for question in web.log.questions} - {"a.example", "b.example"}) == 1
        assert {request.host.partition(":")[0] for request in web.log.requests} == {"a.example", "b.example"}


def test_the_made_up_name_has_the_ending_of_most_and_is_no_other() -> None:
    names = ["a.example", "b.example", "c.org"]
    name = unlikely_name(names, "secret")
    assert name is not None
    assert name.endswith(".example")
    assert name not in names
    assert name == unlikely_name(reversed(names), "secret") != unlikely_name(names, "another")
    assert unlikely_name([], "secret") is None


SAME = Page(essence="a", words=9, sketch=b"\1\0\0\0")
POSES = (
    (SAME, 200, True),
    (Page(essence="a", words=9, sketch=b"\2\0\0\0"), 200, False),
    (Page(title="b", essence="b", words=9, sketch=b"\1\0\0\0"), 200, False),
    (SAME, 404, False),
    (None, 200, False),
)


@pytest.mark.parametrize(("page", "status", "poses"), POSES)
def test_who_shows_another_page_is_somebody_else(page: Page | None, status: int, *, poses: bool) -> None:
    answer = Answer("http://a/", 200, page=SAME)
    assert poses_as(Answer("http://b/", status, page=page), answer) is poses


def test_a_page_of_hardly_a_word_proves_nothing() -> None:
    bare = Page(essence="", words=1)
    assert not poses_as(Answer("http://b/", 200, page=bare), Answer("http://a/", 200, page=bare))
