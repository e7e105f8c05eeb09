"""A link whose redirects lead to what another source answers for is answered by that source."""

import pytest
from crawling import Heard, crawl

from rlhf_linkcheck.config import GitHubServer
from rlhf_linkcheck.evidence import Outcome, Reason, Redirect, SourceStats
from rlhf_linkcheck.identity import Identity, Kind
from rlhf_linkcheck.matching.papers import Claim
from rlhf_linkcheck.plan import Plan
from rlhf_linkcheck.sources.base import Request

SHORT = "https://short.example/x"
TITLE, AUTHORS = "Reward hacking", ("Ann Author",)
HELD = f"""
papers: [{{arxiv: "2401.00001", title: {TITLE}, authors: [{AUTHORS[0]}]}}]
github: {{token: t}}
repositories: [{{github: owner/name, former: [old/name], files: {{README.md: text}}}}]
"""


async def led(*targets: str, status: int = 301, scenario: str = HELD, claim: Claim | None = None) -> Heard:
    """A run over one short link that leads on by these redirects."""
    steps = dict(zip((SHORT, *targets), targets, strict=False))
    hosts: dict[str, dict[str, object]] = {}
    for place, target in steps.items():
        _, _, host, path = place.split("/", 3)
        hosts.setdefault(host, {})[f"/{path}"] = {"status": status, "location": target}
    request = Request(Identity(Kind.WEB, SHORT), (SHORT,), ("web",), (claim,) if claim else ())
    text = f"{scenario}\nhosts: {hosts}\n"
    return await crawl(text, Plan((request,), {}, (SHORT,)), retries=0, github=(GitHubServer(token="t"),))


async def test_a_short_link_to_a_paper_is_answered_by_arxiv_with_its_record() -> None:
    heard = await led("https://arxiv.org/pdf/2401.00001", claim=Claim(TITLE, AUTHORS))
    evidence = heard.crawl.evidence[SHORT]
    assert evidence.source == "arxiv"
    assert evidence.record is not None
    assert evidence.record.title == TITLE
    assert heard.asked("arxiv.org") == ()
    assert evidence.outcome.redirects == (Redirect(301, "https://arxiv.org/pdf/2401.00001"),)
    assert evidence.outcome.moved_to == "https://arxiv.org/pdf/2401.00001"


async def test_a_renamed_repository_is_told_by_its_name_of_today_and_its_page_is_not_asked() -> None:
    heard = await led("https://other.example/y", "https://github.com/old/name")
    evidence = heard.crawl.evidence[SHORT]
    assert (evidence.source, evidence.outcome.moved_to) == ("github", "https://github.com/owner/name")
    assert evidence.repository is not None
    assert evidence.repository.name == "owner/name"
    assert [one.url for one in evidence.outcome.redirects] == ["https://other.example/y", "https://github.com/old/name"]
    assert heard.asked("github.com") == ()
    assert heard.crawl.sources == (
        SourceStats("github", asked=1, answered=1, requests=1),
        SourceStats("web", asked=0, answered=0, requests=1, follow_ups=1),
    )


async def test_a_temporary_redirect_moves_nothing() -> None:
    evidence = (await led("https://github.com/owner/name", status=302)).crawl.evidence[SHORT]
    assert (evidence.outcome.reason, evidence.outcome.moved_to) == (Reason.OK, None)


async def test_what_is_not_there_is_dead_once_it_was_looked_at_again() -> None:
    heard = await led("https://github.com/owner/other")
    outcome = heard[SHORT]
    assert (outcome.reason, outcome.moved_to) == (Reason.NOT_FOUND, None)
    assert len(heard.asked("api.github.com")) == 2
    assert len(heard.asked("short.example")) == 2


async def test_who_does_not_answer_is_followed_by_the_next_on_the_route() -> None:
    web = f"hosts: {{api.github.com: {{/*: 500}}, github.com: {{/*: 200}}, short.example: {{/x: {_TO_NAME}}}}}"
    request = Request(Identity(Kind.WEB, SHORT), (SHORT,), ("web",))
    heard = await crawl(web, Plan((request,), {}, (SHORT,)), retries=0)
    assert heard.crawl.evidence[SHORT].source == "web"
    assert heard[SHORT].reason is Reason.OK
    assert heard.asked("github.com") == ("/owner/name",)


async def test_an_anchor_is_looked_for_on_the_page() -> None:
    page = '<h1 id="top">A</h1><p>text'
    web = f"{HELD}\nhosts: {{github.com: {{/owner/name: {{body: '{page}'}}}}, short.example: {{/x: {_TO_NAME}}}}}"
    address = f"{SHORT}#bottom"
    request = Request(Identity(Kind.WEB, SHORT), (address,), ("web",))
    heard = await crawl(web, Plan((request,), {}, (address,)), retries=0, github=(GitHubServer(token="t"),))
    evidence = heard.crawl.evidence[address]
    assert (evidence.source, evidence.missing_fragment) == ("web", "bottom")
    assert evidence.repository is not None


@pytest.mark.parametrize("target", ["https://github.com/owner", "https://github.com/owner/name/issues/1"])
async def test_an_owner_and_other_pages_of_a_repository_are_plain_web(target: str) -> None:
    heard = await led(target, scenario="default: 200")
    assert heard.crawl.evidence[SHORT].source == "web"
    assert heard[SHORT].final_url == target


async def test_a_post_is_held_against_its_page_wherever_that_is() -> None:
    post = Claim("A post", paper=False)
    heard = await led("https://huggingface.co/datasets/a/b", scenario="default: 200", claim=post)
    assert heard.crawl.evidence[SHORT].source == "web"


async def test_at_the_deadline_what_was_handed_on_and_not_heard_of_is_skipped() -> None:
    web = f"hosts: {{api.github.com: {{/*: {{delay: 30}}}}, short.example: {{/x: {_TO_NAME}}}}}"
    request = Request(Identity(Kind.WEB, SHORT), (SHORT,), ("web",))
    heard = await crawl(web, Plan((request,), {}, (SHORT,)), retries=0, deadline=0.5)
    assert heard[SHORT] == Outcome(Reason.DEADLINE, detail=heard[SHORT].detail)


_TO_NAME = '{status: 301, location: "https://github.com/owner/name"}'
