"""The ACL Anthology's answers; the table of all shapes stands in test_doi.py."""

import pytest
from lookups import asked_hosts, hosts, html, look_up, words_of

from rlhf_linkcheck.evidence import Evidence, Reason, Record, SourceStats, Trust, Verdict
from rlhf_linkcheck.matching.papers import Claim

HOST = "aclanthology.org"
PAPERS = """
papers:
  - acl: 2022.acl-long.1
    title: Preprint title
    venue_title: A "Quoted" Title
    authors: [Long Ouyang, Feng Jiang (蒋峰)]
    venue: Proceedings of ACL
    doi: 10.18653/v1/2022.acl-long.1
    year: 2022
  - {acl: P19-1423, title: A duplicate, authors: [Ann Lee], retracted: It was published twice., year: 2019}
"""
PAPER = f"https://{HOST}/2022.acl-long.1/"
RETRACTED = f"https://{HOST}/P19-1423/"
MISSING = f"https://{HOST}/2022.acl-long.999/"
GIVEN = ('A "Quoted" Title', ("Long Ouyang", "Feng Jiang (蒋峰)"))
TAGS = '<meta name=citation_title content="{}"><meta name=citation_author content="Ann Lee">'


async def test_a_papers_page_says_what_it_is() -> None:
    heard = await look_up(PAPERS, PAPER)
    evidence = heard.crawl.evidence[PAPER]
    assert evidence.record is not None
    assert evidence == Evidence(
        evidence.outcome,
        source="acl",
        record=Record(
            "acl:2022.acl-long.1",
            "acl",
            *GIVEN,
            evidence.record.retrieved_at,
            trust=Trust.PAGE,
            doi="10.18653/v1/2022.acl-long.1",
        ),
    )
    outcome = evidence.outcome
    assert (outcome.reason, outcome.status, outcome.final_url, outcome.attempts) == (Reason.OK, 200, PAPER, 1)
    assert heard.crawl.sources == (SourceStats("acl", asked=1, answered=1, requests=1),)
    assert {one.headers["accept"] for one in heard.log.requests} == {"text/html"}


@pytest.mark.parametrize("form", ["2022.acl-long.1", "2022.acl-long.1.pdf", "2022.acl-long.1.bib"])
async def test_all_that_belongs_to_a_paper_goes_by_its_page(form: str) -> None:
    address = f"https://{HOST}/{form}"
    heard = await look_up(PAPERS, address)
    assert words_of(heard.crawl.evidence[address].record) == ("acl", *GIVEN)
    assert (heard[address].final_url, heard[address].moved_to) == (address, None)
    assert heard.asked(HOST) == ("/2022.acl-long.1/",)


async def test_a_page_that_moved_is_followed() -> None:
    pages = {"/2022.acl-long.1/": {"location": "/n/2022.acl-long.1"}, "/n/*": html(TAGS.format("Moved"))}
    heard = await look_up(PAPERS + hosts({HOST: pages}), PAPER)
    assert words_of(heard.crawl.evidence[PAPER].record) == ("acl", "Moved", ("Ann Lee",))
    assert heard.crawl.sources == (SourceStats("acl", asked=1, answered=1, requests=1, follow_ups=1),)


async def test_a_retracted_paper_is_there_and_taken_back() -> None:
    heard = await look_up(PAPERS, RETRACTED)
    record = heard.crawl.evidence[RETRACTED].record
    assert words_of(record) == ("acl", "A duplicate", ("Ann Lee",))
    assert record is not None
    assert record.withdrawn == "retracted"
    assert heard[RETRACTED].reason is Reason.OK


@pytest.mark.parametrize(
    ("printed", "title", "withdrawn"),
    [
        ("[Withdrawn] Title", "Title", "withdrawn"),
        ("[REMOVED]  Title", "Title", "removed"),
        ("[Reproducibility] Title", "[Reproducibility] Title", None),
        ("Title [RETRACTED]", "Title [RETRACTED]", None),
        ("Retracted: a study", "Retracted: a study", None),
    ],
)
async def test_only_the_mark_before_a_title_takes_a_paper_back(printed: str, title: str, withdrawn: str | None) -> None:
    heard = await look_up(PAPERS + hosts({HOST: {"/2022.acl-long.1/": html(TAGS.format(printed))}}), PAPER)
    record = heard.crawl.evidence[PAPER].record
    assert record is not None
    assert (record.title, record.withdrawn) == (title, withdrawn)


@pytest.mark.parametrize(("page", "status"), [({"service": True}, 404), ({"status": 410}, 410)], ids=["404", "410"])
async def test_a_paper_without_a_page_does_not_exist_once_that_was_heard_twice(
    page: dict[str, object], status: int
) -> None:
    heard = await look_up(PAPERS + hosts({HOST: {"/2022.acl-long.999/": page}}), MISSING)
    outcome = heard[MISSING]
    assert (outcome.reason, outcome.status) == (Reason.NOT_FOUND, status)
    assert outcome.detail == "the ACL Anthology has no paper 2022.acl-long.999"
    assert heard.asked(HOST) == ("/2022.acl-long.999/",) * 2
    assert heard.crawl.sources == (SourceStats("acl", asked=1, answered=1, requests=1, follow_ups=1),)


async def test_a_paper_that_is_back_at_the_second_look_is_there() -> None:
    steps = {"sequence": [{"status": 404}, {"service": True}]}
    heard = await look_up(PAPERS + hosts({HOST: {"/2022.acl-long.1/": steps}}), PAPER)
    assert (heard[PAPER].reason, words_of(heard.crawl.evidence[PAPER].record)) == (Reason.OK, ("acl", *GIVEN))


NO_PAPERS: dict[str, tuple[dict[str, object], Reason]] = {
    "a title only": (html("<title>ACL Anthology 2022 - ACL Anthology</title><p>Papers, papers."), Reason.OK),
    "maintenance": (html("<title>Maintenance - ACL Anthology</title><p>Back soon."), Reason.SERVER_ERROR),
    "tags without authors": (html("<meta name=citation_title content='Front matter'><p>Editors"), Reason.OK),
    "a title that names no paper": (html("<meta property=og:title content='ACL Anthology'><p>Papers"), Reason.OK),
    "tags with an error": (html(TAGS.format("Title"), 500), Reason.SERVER_ERROR),
    "a wall": (html("<title>Just a moment...</title><script>window._cf_chl_opt = {}</script>"), Reason.BLOCKED),
    "403": (html("no", 403), Reason.BLOCKED),
    "429": (html("slow", 429), Reason.RATE_LIMITED),
    "500": (html("oops", 500), Reason.SERVER_ERROR),
    "reset": ({"reset": True}, Reason.RESET),
}


@pytest.mark.parametrize(("page", "reason"), NO_PAPERS.values(), ids=NO_PAPERS)
async def test_what_names_no_paper_is_the_webs_to_judge(page: dict[str, object], reason: Reason) -> None:
    heard = await look_up(PAPERS + hosts({HOST: {"/2022.acl-long.1/": page}}), PAPER)
    evidence = heard.crawl.evidence[PAPER]
    assert (evidence.source, evidence.outcome.reason) == ("web", reason)
    assert [(one.name, one.answered) for one in heard.crawl.sources] == [
        ("acl", 0),
        ("web", int(evidence.outcome.verdict is Verdict.ALIVE)),
    ]


async def test_a_pdf_whose_page_names_no_paper_is_asked_for_itself() -> None:
    pdf = f"https://{HOST}/2022.acl-long.1.pdf"
    heard = await look_up(
        PAPERS + hosts({HOST: {"/2022.acl-long.1/": html("<p>Moved"), "/2022.acl-long.1.pdf": {"service": True}}}),
        pdf,
        claims={pdf: Claim("A title", ("Ann Lee",))},
    )
    assert (heard[pdf].reason, heard.crawl.evidence[pdf].source) == (Reason.OK, "web")
    assert "/2022.acl-long.1.pdf" in heard.asked(HOST)


async def test_several_papers_are_a_page_each_and_nobody_else_is_asked() -> None:
    heard = await look_up(PAPERS, PAPER, RETRACTED, f"https://www.{HOST}/P19-1423.pdf")
    assert sorted(heard.asked(HOST)) == ["/2022.acl-long.1/", "/P19-1423/"]
    assert asked_hosts(heard) == {HOST}
