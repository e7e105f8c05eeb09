"""Whole pages, good and bad, each at a site of its own over real sockets: what the page says decides."""

from dataclasses import dataclass
from pathlib import Path

import pytest
from crawling import CONTROL, network, plan

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.fetch import fetch
from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.host import Host
from rlhf_linkcheck.simweb.request import Request
from rlhf_linkcheck.simweb.scenario import Scenario
from rlhf_linkcheck.simweb.server import Handler
from rlhf_linkcheck.simweb.web import running

pytestmark = pytest.mark.unmeasured

PAGES = Path(__file__).parent / "data" / "pages"
REASONS = {
    "good": Reason.OK,
    "missing": Reason.SOFT_404,
    "parked": Reason.PARKED,
    "wall": Reason.BLOCKED,
    "login": Reason.AUTH_REQUIRED,
    "down": Reason.SERVER_ERROR,
}
"""What becomes of a page that is answered with 200, by its folder."""
PLAIN_WORDS = {402: Reason.CLIENT_ERROR, 404: Reason.NOT_FOUND, 410: Reason.GONE}
"""What a status says in place of the page that is not there."""

NO_SUCH_PAGE = Behaviour(status=404)
SHELL = Behaviour(body=b"<!doctype html><title>Anything goes</title><div id=app></div><script src=app.js></script>")


@dataclass(frozen=True)
class Sample:
    """One file: its page, the path it stands at, and whether it is proof without a made-up page."""

    folder: str
    name: str
    path: str
    page: Behaviour
    sure: bool

    @property
    def url(self) -> str:
        """The address asked: nobody lists a login page, and whoever meets one was sent there."""
        return f"https://{self.folder}-{self.name}.example{'/paper' if self.folder == 'login' else self.path}"


def samples() -> list[Sample]:
    return [read(file) for file in sorted(PAGES.glob("*/*.html"))]


def read(file: Path) -> Sample:
    """A file whose first line tells in a comment what else belongs to the answer; ``{host}`` is its site's name."""
    first, _, body = file.read_text(encoding="utf-8").partition("\n")
    told = [item.strip().partition(":") for item in first.removeprefix("<!--").removesuffix("-->").split(";")]
    headers = [value.strip().partition("=") for key, _, value in told if key == "header"]
    facts = {key: value.strip() for key, _, value in told}
    page = Behaviour(
        status=int(facts["status"]),
        headers=tuple((name, value) for name, _, value in headers),
        body=body.replace("{host}", f"{file.parent.name}-{file.stem}.example").encode(),
    )
    return Sample(file.parent.name, file.stem, facts.get("path", "/paper"), page, "sure" not in facts)


async def reasons(pages: list[Sample], elsewhere: Behaviour | None) -> dict[str, Reason]:
    """What becomes of pages whose sites answer all else with ``elsewhere``; with None, with the page itself."""

    def handler_of(sample: Sample) -> Handler:
        def answer(request: Request) -> Behaviour:
            if request.path == "/paper" != sample.path and sample.folder == "login":
                return Behaviour(status=302, location=sample.path)
            return sample.page if elsewhere is None or request.path == sample.path else elsewhere

        return answer

    hosts = {sample.url.split("/")[2]: handler_of(sample) for sample in pages}
    scenario = Scenario(hosts=dict.fromkeys([*hosts, CONTROL.split("/")[2]], Host()))
    async with running(scenario, hosts) as web:
        heard = await fetch(plan(*(sample.url for sample in pages)), network(web, retries=0), lambda *_: None)
    found = {sample.url: heard.evidence[sample.url].outcome.reason for sample in pages}
    return {f"{sample.folder}/{sample.name}": found[sample.url] for sample in pages}


def expected(pages: list[Sample]) -> dict[str, Reason]:
    plain = {sample: PLAIN_WORDS.get(sample.page.code) for sample in pages if sample.folder in ("missing", "parked")}
    return {f"{sample.folder}/{sample.name}": plain.get(sample) or REASONS[sample.folder] for sample in pages}


@pytest.mark.parametrize("elsewhere", [NO_SUCH_PAGE, SHELL], ids=["not-found", "shell"])
async def test_good_pages_stay_alive_whatever_they_mention(elsewhere: Behaviour) -> None:
    pages = [sample for sample in samples() if sample.folder == "good"]
    assert len(pages) >= 120
    assert await reasons(pages, elsewhere) == expected(pages)


@pytest.mark.parametrize("elsewhere", [NO_SUCH_PAGE, SHELL], ids=["not-found", "shell"])
async def test_pages_that_are_proof_need_no_other(elsewhere: Behaviour) -> None:
    pages = [sample for sample in samples() if sample.folder != "good" and sample.sure]
    assert len(pages) >= 110
    assert await reasons(pages, elsewhere) == expected(pages)


async def test_what_a_site_shows_for_any_address_is_settled_by_a_made_up_page() -> None:
    pages = [sample for sample in samples() if sample.folder != "good"]
    assert await reasons(pages, None) == expected(pages)


async def test_a_site_that_answers_every_address_alike_proves_nothing_by_that_alone() -> None:
    """Shells of scripts, frames and the like stay alive; what says that it is not there is taken at its word."""
    pages = [sample for sample in samples() if sample.folder == "good"]
    doubted = {name for name, reason in (await reasons(pages, None)).items() if reason is not Reason.OK}
    assert not any(name.startswith("good/spa-shell") for name in doubted)
    assert len(doubted) * 8 <= len(pages)
