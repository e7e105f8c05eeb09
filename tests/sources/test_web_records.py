"""What the plain web makes of pages about papers: records of what they cite themselves as, hints of what they are."""

import json

import pytest
from crawling import Heard
from lookups import asked_hosts, hosts, html, look_up, told, words_of

from rlhf_linkcheck.evidence import Reason, SourceStats, Trust, Verdict
from rlhf_linkcheck.matching.papers import Claim

CLAIM = Claim("Reward models", ("Long Ouyang",))
PROSE = " ".join(f"word{number}" for number in range(100))
TAGS = (
    "<title>Some title</title><meta name=citation_title content='Reward models'>"
    f"<meta name=citation_author content='Ouyang, Long'><p>{PROSE}"
)
HINT = f"<title>Reward models | A Lab</title><p>{PROSE}"
CITED = ("web", "Reward models", ("Ouyang, Long",))
PDF: dict[str, object] = {"body": "%PDF-1.5\n%%EOF\n", "content_type": "application/pdf"}
PAGE = "https://lab.example/papers/17"


async def seen(pages: dict[str, dict[str, object]], address: str = PAGE, *, listed: bool = True) -> Heard:
    """A run over one address of a web of these pages, which an entry has as its link if it is ``listed``."""
    web = {host: {path: page for at, path, page in placed(pages) if at == host} for host, _, _ in placed(pages)}
    return await look_up(hosts(web), address, claims={address: CLAIM} if listed else {})


def placed(pages: dict[str, dict[str, object]]) -> list[tuple[str, str, dict[str, object]]]:
    """Pages by address as (host, path, page)."""
    parts = [(*address.removeprefix("https://").partition("/")[::2], page) for address, page in pages.items()]
    return [(host, f"/{path}", page) for host, path, page in parts]


async def test_what_a_page_cites_itself_as_comes_first() -> None:
    heard = await seen({PAGE: html(TAGS)})
    evidence = heard.crawl.evidence[PAGE]
    assert words_of(evidence.record) == CITED
    assert evidence.record is not None
    assert (evidence.record.identity, evidence.record.trust) == (f"web:{PAGE}", Trust.PAGE)
    assert heard.crawl.sources == (SourceStats("web", asked=1, answered=1, requests=1),)


async def test_what_a_page_is_called_is_a_hint() -> None:
    heard = await seen({PAGE: html(HINT)})
    record = heard.crawl.evidence[PAGE].record
    assert record is not None
    assert (record.titles, record.trust) == (("Reward models | A Lab", "Reward models", "A Lab"), Trust.HINT)
    assert len(heard.log.requests) == 1


VENUES = {
    "PMLR": (
        "https://proceedings.mlr.press/v202/liu23e/liu23e.pdf",
        "https://proceedings.mlr.press/v202/liu23e.html",
    ),
    "CVF": (
        "https://openaccess.thecvf.com/content/CVPR2024/papers/Lee_A_CVPR_2024_paper.pdf",
        "https://openaccess.thecvf.com/content/CVPR2024/html/Lee_A_CVPR_2024_paper.html",
    ),
    "NeurIPS": (
        f"https://proceedings.neurips.cc/paper_files/paper/2022/file/{'0a' * 16}-Paper-Conference.pdf",
        f"https://proceedings.neurips.cc/paper_files/paper/2022/hash/{'0a' * 16}-Abstract-Conference.html",
    ),
}


@pytest.mark.parametrize(("pdf", "page"), VENUES.values(), ids=VENUES)
async def test_a_venues_pdf_is_told_by_its_abstract_page_in_one_follow_up(pdf: str, page: str) -> None:
    heard = await seen({pdf: PDF, page: html(TAGS)}, pdf)
    evidence = heard.crawl.evidence[pdf]
    assert words_of(evidence.record) == CITED
    assert (evidence.outcome.reason, evidence.outcome.final_url) == (Reason.OK, pdf)
    assert [f"https://{one.host}{one.path}" for one in heard.log.requests] == [pdf, page]
    assert heard.crawl.sources == (SourceStats("web", asked=1, answered=1, requests=1, follow_ups=1),)


async def test_no_abstract_page_is_asked_for_what_no_entry_claims() -> None:
    pdf, page = VENUES["PMLR"]
    heard = await seen({pdf: PDF, page: html(TAGS)}, pdf, listed=False)
    assert heard.crawl.evidence[pdf].record is None
    assert len(heard.log.requests) == 1


async def test_no_abstract_page_is_asked_where_the_page_itself_is_cited_or_no_scheme_is_known() -> None:
    pdf = VENUES["PMLR"][0]
    for address, page in ((pdf, html(TAGS)), (f"{PAGE}.pdf", PDF)):
        heard = await seen({address: page}, address)
        assert len(heard.log.requests) == 1


NO_ABSTRACTS: dict[str, dict[str, object]] = {
    "missing": html(TAGS, 404),
    "refused": html(TAGS, 403),
    "broken": html(TAGS, 500),
    "a wall": html("<title>Just a moment...</title><script>window._cf_chl_opt = {}</script>"),
    "without a title": html(f"<p>{PROSE}"),
    "reset": {"reset": True},
}


@pytest.mark.parametrize("answer", NO_ABSTRACTS.values(), ids=NO_ABSTRACTS)
async def test_an_abstract_page_that_says_nothing_costs_the_pdf_nothing(answer: dict[str, object]) -> None:
    pdf, page = VENUES["PMLR"]
    heard = await seen({pdf: PDF, page: answer}, pdf)
    evidence = heard.crawl.evidence[pdf]
    assert (evidence.outcome.reason, evidence.record) == (Reason.OK, None)
    (stats,) = heard.crawl.sources
    assert (stats.answered, stats.requests, stats.follow_ups) == (1, 1, 1)


async def test_a_hint_stays_where_the_abstract_page_says_nothing() -> None:
    pdf, page = VENUES["PMLR"]
    for answer in (html(TAGS, 404), html(f"<p>{PROSE}")):
        heard = await seen({pdf: html(HINT), page: answer}, pdf)
        record = heard.crawl.evidence[pdf].record
        assert record is not None
        assert (record.title, record.trust) == ("Reward models | A Lab", Trust.HINT)


LOGIN = "<title>Sign in</title><h1>Sign in</h1><form>Sign in to read on <input type=password></form>"
TAGGED_LOGIN = LOGIN.replace("<h1>", "<meta name=citation_title content='Reward models'><h1>")
NO_RECORDS: dict[str, tuple[dict[str, dict[str, object]], Verdict]] = {
    "404": ({PAGE: html(TAGS, 404)}, Verdict.DEAD),
    "410": ({PAGE: html(TAGS, 410)}, Verdict.DEAD),
    "403": ({PAGE: html(TAGS, 403)}, Verdict.UNCERTAIN),
    "429": ({PAGE: html(TAGS, 429)}, Verdict.UNCERTAIN),
    "500": ({PAGE: html(TAGS, 500)}, Verdict.UNCERTAIN),
    "a page that says it is none": (
        {PAGE: html("<title>Page not found</title><h1>Page not found</h1>")},
        Verdict.DEAD,
    ),
    "a wall": (
        {PAGE: html("<title>Just a moment...</title><script>window._cf_chl_opt = {}</script>")},
        Verdict.UNCERTAIN,
    ),
    "a login": (
        {PAGE: {"status": 302, "location": "/login?next=/papers/17"}, "https://lab.example/login*": html(TAGGED_LOGIN)},
        Verdict.UNCERTAIN,
    ),
    "the front page": (
        {PAGE: {"status": 301, "location": "/"}, "https://lab.example/": html(f"<title>A Lab</title><p>{PROSE}")},
        Verdict.DEAD,
    ),
    "reset": ({PAGE: {"reset": True}}, Verdict.UNCERTAIN),
}


@pytest.mark.parametrize(("pages", "verdict"), NO_RECORDS.values(), ids=NO_RECORDS)
async def test_what_stands_in_a_pages_place_is_no_record(pages: dict[str, dict[str, object]], verdict: Verdict) -> None:
    heard = await seen(pages)
    evidence = heard.crawl.evidence[PAGE]
    assert (evidence.outcome.verdict, evidence.record) == (verdict, None)


async def test_a_page_called_by_its_own_address_says_nothing() -> None:
    for title in ("lab.example/papers/17", "Lab.Example"):
        heard = await seen({PAGE: html(f"<title>{title}</title><p>{PROSE}")})
        assert (heard[PAGE].reason, heard.crawl.evidence[PAGE].record) == (Reason.OK, None)


async def test_a_page_is_held_against_the_address_that_it_stands_at() -> None:
    moved: dict[str, object] = {"status": 302, "location": "https://host.example/reports/17"}
    heard = await seen({PAGE: moved, "https://host.example/reports/17": html(f"<title>host.example</title><p>{PROSE}")})
    assert (heard[PAGE].reason, heard.crawl.evidence[PAGE].record) == (Reason.OK, None)


PAPERS = """
papers:
  - arxiv: "2203.02155"
    title: Reward models
    authors: [Long Ouyang]
    versions: [{title: Models of rewards}]
  - {openreview: paperOne, title: Reward models, authors: [Long Ouyang], year: 2024}
  - {acl: 2022.acl-long.1, title: Reward models, authors: [Long Ouyang], year: 2022}
"""
ARXIV_DOWN: dict[str, dict[str, object]] = {
    "export.arxiv.org": {"/*": {"status": 500}},
    "oaipmh.arxiv.org": {"/*": {"status": 500}},
}


@pytest.mark.parametrize(
    ("address", "page", "title"),
    [
        ("https://arxiv.org/pdf/2203.02155", "/abs/2203.02155", "Reward models"),
        ("https://arxiv.org/pdf/2203.02155v1.pdf", "/abs/2203.02155v1", "Models of rewards"),
        ("https://arxiv.org/html/2203.02155v2#S1", "/abs/2203.02155v2", "Reward models"),
    ],
)
async def test_a_paper_of_arxiv_is_asked_by_its_abstract_page(address: str, page: str, title: str) -> None:
    heard = await look_up(PAPERS + hosts(ARXIV_DOWN), address, claims={address: Claim(title)})
    evidence = heard.crawl.evidence[address]
    assert heard.asked("arxiv.org") == (page,)
    assert words_of(evidence.record) == ("web", title, ("Ouyang, Long",))
    assert (evidence.outcome.reason, evidence.source) == (Reason.OK, "web")


LATE_PAGE = {"/2022.acl-long.1/": {"sequence": [html("<p>none"), {"service": True}]}}


@pytest.mark.parametrize(
    ("address", "page", "pages"),
    [
        ("https://openreview.net/pdf?id=paperOne", "/forum?id=paperOne", {}),
        ("https://aclanthology.org/2022.acl-long.1.pdf", "/2022.acl-long.1/", LATE_PAGE),
        ("https://aclanthology.org/2022.acl-long.1.bib", "/2022.acl-long.1/", LATE_PAGE),
    ],
)
async def test_a_file_whose_own_source_said_nothing_is_told_by_its_papers_page(
    address: str, page: str, pages: dict[str, object]
) -> None:
    heard = await look_up(PAPERS + hosts({"aclanthology.org": pages}), address, claims={address: CLAIM})
    record = heard.crawl.evidence[address].record
    assert heard.crawl.evidence[address].source == "web"
    assert record is not None
    assert (record.title, record.authors, record.trust) == ("Reward models", ("Long Ouyang",), Trust.PAGE)
    assert heard.log.requests[-1].path == page


async def test_the_page_of_a_paper_is_not_asked_for_twice() -> None:
    forum = "https://openreview.net/forum?id=paperOne"
    untagged = html(f"<title>Reward models | OpenReview</title><p>{PROSE}")
    heard = await look_up(PAPERS + hosts({"openreview.net": {"/forum*": untagged}}), forum, claims={forum: CLAIM})
    record = heard.crawl.evidence[forum].record
    assert record is not None
    assert record.trust is Trust.HINT
    assert heard.asked("openreview.net") == ("/forum?id=paperOne",)


async def test_a_doi_without_any_registry_is_told_by_its_publishers_page() -> None:
    pages: dict[str, dict[str, object]] = {
        "api.crossref.org": {"/*": {"status": 500}},
        "api.datacite.org": {"/*": {"status": 500}},
        "doi.org": {"/api/*": {"status": 500}, "/10.1000/one": {"status": 302, "location": PAGE}},
        "lab.example": {"/papers/17": html(TAGS)},
    }
    doi = "https://doi.org/10.1000/one"
    heard = await look_up(hosts(pages), doi, claims={doi: CLAIM})
    assert words_of(heard.crawl.evidence[doi].record) == CITED
    assert heard[doi].final_url == PAGE


async def test_json_and_text_are_no_pages_to_read_of() -> None:
    text: dict[str, object] = {"body": "Reward models", "content_type": "text/plain"}
    for page in (told({"title": "Reward models"}), text):
        heard = await seen({PAGE: page})
        assert (heard[PAGE].reason, heard.crawl.evidence[PAGE].record) == (Reason.OK, None)
        assert asked_hosts(heard) == {"lab.example"}
        assert json.dumps([one.method for one in heard.log.requests]) == '["GET"]'


async def test_what_nobody_compares_is_not_kept() -> None:
    heard = await look_up(PAPERS + hosts(ARXIV_DOWN), "https://arxiv.org/abs/2203.02155")
    (evidence,) = heard.crawl.evidence.values()
    assert (evidence.outcome.reason, evidence.record) == (Reason.OK, None)


async def test_a_post_has_but_its_page() -> None:
    pdf = "https://proceedings.mlr.press/v202/zhu23f/zhu23f.pdf"
    scenario = hosts({"proceedings.mlr.press": {"/*": html("<title>Principled RLHF</title>")}})
    heard = await look_up(scenario, pdf, claims={pdf: Claim("A Post", paper=False)})
    assert heard.asked("proceedings.mlr.press") == ("/v202/zhu23f/zhu23f.pdf",)
