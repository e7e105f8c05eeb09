"""Papers that their venues' abstract pages tell of, over runs: a PDF that has not changed says nothing of these."""

from datetime import timedelta
from pathlib import Path

from lookups import plan_of
from remembering import Runs, Site

from rlhf_linkcheck.matching.papers import Claim
from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request
from rlhf_linkcheck.simweb.scenario import Scenario
from rlhf_linkcheck.simweb.web import running

VENUE = "proceedings.mlr.press"
PDF = f"https://{VENUE}/v202/liu23e/liu23e.pdf"
CLAIM = Claim("Reward models", ("Long Ouyang",))


def pdf(request: Request) -> Behaviour:
    """One that has not changed since it was asked for first."""
    if "if-none-match" in request.headers:
        return Behaviour(304, body=b"")
    return Behaviour(200, (("ETag", '"1"'),), b"%PDF-1.5\n%%EOF\n", "application/pdf")


def abstract(title: str) -> Behaviour:
    tags = f"<meta name=citation_title content='{title}'><meta name=citation_author content='Ouyang, Long'>"
    return Behaviour(body=f"<!doctype html><title>{title}</title>{tags}<p>Words.".encode())


async def test_an_abstract_page_is_read_again_though_the_pdf_has_not_changed(tmp_path: Path) -> None:
    site = Site({"/v202/liu23e/liu23e.pdf": pdf})
    scenario = Scenario.parse(f"hosts: {{{VENUE}: {{}}, control.example: {{/: 200}}}}")
    async with running(scenario, {VENUE: site}) as web:
        runs = Runs(web, tmp_path / "state.sqlite3")
        titles = []
        for page in (Behaviour(503), abstract("Reward models"), abstract("Reward models, mended")):
            site.pages["/v202/liu23e.html"] = page
            run = await runs.run(plan_of((PDF,), {PDF: CLAIM}), timedelta())
            record = run.crawl.evidence[PDF].record
            titles.append(record.title if record else None)
    assert titles == [None, "Reward models", "Reward models, mended"]
