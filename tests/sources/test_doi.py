"""DOIs: who is asked, in what order, and what is made of each answer.

Every shape of an answer that the facts name for these hosts has a test over a real socket:

| host | shape | test, in test_NAME.py |
|---|---|---|
| Crossref | a list of works | doi: several_dois_are_one_question… |
| Crossref | one work | crossref: a_work_is_read_as_it_comes |
| Crossref | 404 text/plain «Resource not found.» | doi: a_single_doi_is_asked_for_by_itself |
| Crossref | updated-by | crossref: a_retraction_is_heard_over_the_wire |
| Crossref | 403, 429 HTML, 500, HTML, other JSON, reset | doi_trouble: without_crossref…, a_batch_that_fails… |
| Crossref | 400 validation-failure, 414 | doi_trouble: a_batch_that_is_refused…, one_doi_that_a_registry_refuses… |
| DataCite | a list of data | doi: several_dois_are_one_question… |
| DataCite | data of one DOI | datacite: a_doi_is_read_as_it_comes |
| DataCite | 404 with errors | doi: a_doi_that_nobody_holds_a_record_of… |
| DataCite | 403, 429, 500, HTML, other JSON, reset | doi_trouble: without_datacite… |
| doi.org | responseCode 1, 200, 100 with 404 | doi: doi_org_decides… |
| doi.org | responseCode 2 with 500, HTML with 200 or 404, 403, 429, reset | doi_trouble: a_handle_is_never_taken… |
| ACL | a page with tags, minified | acl: a_papers_page_says_what_it_is |
| ACL | a retracted paper's page | acl: a_retracted_paper_is_there_and_taken_back |
| ACL | 301 | acl: a_page_that_moved_is_followed |
| ACL | 404, 410 | acl: a_paper_without_a_page… |
| ACL | no tags, a wall, 403, 429, 500, reset | acl: what_names_no_paper… |
| OpenReview | 403 ChallengeRequiredError, the challenge as HTML with 200 | openreview: a_stranger_asks_once… |
| OpenReview | notes in both forms | openreview: a_note_is_read_in_the_form_of_either_api |
| OpenReview | 404 NotFoundError, 403 ForbiddenError, no notes | openreview: a_note_that_is_not_shown… |
| OpenReview | 400 wrong password, 429 and others at the login | openreview: whose_credentials_are_refused… |
| OpenReview | 429, 500, 401, HTML, reset | openreview: who_is_turned_away… |
| OpenReview | pages: missing with 200, a login, the last author only | openreview: the_page…, a_page_that_names… |
| Semantic Scholar | an array in the order asked, with nulls | semantic_scholar: answers_come_in_the_order_asked… |
| Semantic Scholar | 400 «No valid paper ids given» | semantic_scholar: papers_that_it_does_not_know… |
| Semantic Scholar | 400, 429, 500, HTML, another length | semantic_scholar: without_a_second_opinion… |
"""

import json

import pytest
from dois import CROSSREF, DATACITE, HANDLES_HOST, ONE, SECOND, THIRD, TWO, UNKNOWN, WORKS
from lookups import NOW, asked_hosts, hosts, look_up, timeless, told, words_of

from rlhf_linkcheck.evidence import Reason, Record, SourceStats, Verdict
from rlhf_linkcheck.matching.papers import Claim


async def test_several_dois_are_one_question_to_crossref_and_the_rest_one_to_datacite() -> None:
    heard = await look_up(TWO, ONE, SECOND, THIRD, "https://doi.org/10.5281/zenodo.4", UNKNOWN)
    dois = ("10.1000/one", "10.1000/two", "10.5281/zenodo.3", "10.5281/zenodo.4", "10.1000/unknown")
    assert heard.asked(CROSSREF) == (WORKS.format(",".join(f"doi:{doi}" for doi in dois), 5),)
    assert heard.asked(DATACITE) == (f"/dois?ids={','.join(dois[2:])}&page[size]=3",)
    missing = [f"/api/handles/{doi}" for doi in dois[3:]]
    assert list(heard.asked(HANDLES_HOST)) == missing * 2
    assert asked_hosts(heard) == {CROSSREF, DATACITE, HANDLES_HOST}
    assert [one.outcome.reason for one in heard.crawl.evidence.values()] == [
        *[Reason.OK] * 3,
        *[Reason.NOT_FOUND] * 2,
    ]
    assert heard.crawl.sources == (SourceStats("doi", asked=5, answered=5, requests=4, follow_ups=2),)


async def test_the_records_are_the_registries_own() -> None:
    heard = await look_up(TWO, ONE, SECOND, THIRD)
    assert [timeless(one.record) for one in heard.crawl.evidence.values()] == [
        Record(
            "doi:10.1000/one",
            "crossref",
            "First &amp; foremost",
            ("Long Ouyang", "OpenAI"),
            NOW,
            published="Some Journal",
            doi="10.1000/one",
        ),
        Record("doi:10.1000/two", "crossref", "Second", ("Jeff Wu Jr.",), NOW, doi="10.1000/two"),
        Record(
            "doi:10.5281/zenodo.3",
            "datacite",
            "Third",
            ("Ana de la Cruz", "Some Team"),
            NOW,
            doi="10.5281/zenodo.3",
        ),
    ]
    one = heard[ONE]
    assert (one.verdict, one.status, one.final_url, one.attempts) == (Verdict.ALIVE, 200, ONE, 1)


async def test_a_single_doi_is_asked_for_by_itself() -> None:
    heard = await look_up(TWO, THIRD)
    assert heard.asked(CROSSREF) == ("/works/10.5281/zenodo.3",)
    assert heard.asked(DATACITE) == ("/dois/10.5281/zenodo.3",)
    assert heard.crawl.sources == (SourceStats("doi", asked=1, answered=1, requests=2),)


async def test_a_doi_with_a_comma_is_asked_for_alone() -> None:
    comma = "https://doi.org/10.1000/a,b"
    heard = await look_up(f"{TWO}  - {{doi: '10.1000/a,b', title: Comma}}\n", comma, ONE, SECOND)
    assert heard.asked(CROSSREF) == (WORKS.format("doi:10.1000/one,doi:10.1000/two", 2), "/works/10.1000/a%2Cb")
    assert words_of(heard.crawl.evidence[comma].record) == ("crossref", "Comma", ())


async def test_odd_characters_of_a_doi_spoil_no_address() -> None:
    odd = "https://doi.org/10.1002/(sici)1097<1::aid-x>3.0.co;2-%23&rows=0"
    paper = "{doi: '10.1002/(sici)1097<1::aid-x>3.0.co;2-#&rows=0', title: Odd}"
    for others in ((), (ONE,)):
        heard = await look_up(f"{TWO}  - {paper}\n", odd, *others)
        assert words_of(heard.crawl.evidence[odd].record) == ("crossref", "Odd", ())


async def test_more_dois_than_one_question_holds_are_several_questions() -> None:
    addresses = [f"https://doi.org/10.1000/{number}" for number in range(27)]
    papers = "".join(f"  - {{doi: 10.1000/{number}, title: Paper {number}}}\n" for number in range(27))
    heard = await look_up(f"papers:\n{papers}", *addresses)
    assert [path.count("doi:") for path in heard.asked(CROSSREF)] == [25, 2]
    assert asked_hosts(heard) == {CROSSREF}
    records = [one.record.title for one in heard.crawl.evidence.values() if one.record]
    assert records == [f"Paper {number}" for number in range(27)]


async def test_addresses_of_one_doi_are_one_question() -> None:
    heard = await look_up(TWO, ONE, "https://dx.doi.org/10.1000/ONE")
    assert heard.asked(CROSSREF) == ("/works/10.1000/one",)
    assert heard.crawl.sources == (SourceStats("doi", asked=2, answered=2, requests=1),)


async def test_a_doi_that_nobody_holds_a_record_of_is_there_by_its_handle() -> None:
    heard = await look_up(TWO + hosts({"doi.org": {"/api/handles/*": told({"responseCode": 1})}}), UNKNOWN)
    assert asked_hosts(heard) == {CROSSREF, DATACITE, HANDLES_HOST}
    assert (heard[UNKNOWN].reason, heard.crawl.evidence[UNKNOWN].record) == (Reason.OK, None)
    assert heard.crawl.sources == (SourceStats("doi", asked=1, answered=1, requests=3),)


HANDLES = {
    "found": (told({"responseCode": 1, "values": [{}]}), Reason.OK, ""),
    "without values of the type": (told({"responseCode": 200, "values": []}), Reason.OK, ""),
    "not found": (
        told({"responseCode": 100, "handle": "10.1000/unknown"}, 404),
        Reason.NOT_FOUND,
        "doi.org knows no DOI 10.1000/unknown",
    ),
}


@pytest.mark.parametrize(("answer", "reason", "words"), HANDLES.values(), ids=HANDLES)
async def test_doi_org_decides_whether_a_doi_exists(answer: dict[str, object], reason: Reason, words: str) -> None:
    heard = await look_up(TWO + hosts({"doi.org": {"/api/handles/*": answer}}), UNKNOWN)
    outcome = heard[UNKNOWN]
    assert (outcome.reason, outcome.detail, outcome.status) == (reason, words, answer["status"])
    assert heard.crawl.evidence[UNKNOWN].source == "doi"
    assert asked_hosts(heard) == {CROSSREF, DATACITE, HANDLES_HOST}


def preprint(extra: str = "") -> str:
    return f"""
papers:
  - arxiv: "2203.02155"
    title: A preprint
    authors: [Long Ouyang]
    doi: 10.1000/venue
    venue_title: A paper
    year: 2022
{extra}
"""


ARXIV = "https://arxiv.org/abs/2203.02155"


async def test_the_venue_is_asked_what_it_holds_of_a_preprint_that_the_list_calls_otherwise() -> None:
    heard = await look_up(preprint(), ARXIV, claims={ARXIV: Claim("A paper", ("Long Ouyang",))})
    evidence = heard.crawl.evidence[ARXIV]
    assert [words_of(one) for one in evidence.elsewhere] == [("crossref", "A paper", ("Long Ouyang",))]
    assert not evidence.unsettled
    assert heard.asked(CROSSREF) == ("/works/10.1000/venue",)
    assert SourceStats("doi", follow_ups=1) in heard.crawl.sources


@pytest.mark.parametrize(
    ("pages", "unsettled"),
    [
        ({CROSSREF: {"/works*": {"status": 500}}, DATACITE: {"/dois*": {"status": 500}}}, True),
        ({CROSSREF: {"/works*": {"body": "Resource not found.", "status": 404}}}, False),
    ],
    ids=["registries down", "nobody holds it"],
)
async def test_a_venue_that_could_not_be_asked_leaves_the_entry_unsettled(
    pages: dict[str, dict[str, object]], *, unsettled: bool
) -> None:
    heard = await look_up(preprint() + hosts(pages), ARXIV, claims={ARXIV: Claim("A paper", ("Long Ouyang",))})
    evidence = heard.crawl.evidence[ARXIV]
    assert (evidence.elsewhere, evidence.unsettled) == ((), unsettled)
    assert HANDLES_HOST not in asked_hosts(heard)


async def test_an_answer_about_another_doi_is_none() -> None:
    work = {"DOI": "10.1000/other", "title": ["Other"]}
    other = told({"status": "ok", "message-type": "work", "message": work})
    heard = await look_up(TWO + hosts({CROSSREF: {"/works*": other}}), ONE)
    assert (heard[ONE].reason, heard.crawl.evidence[ONE].record) == (Reason.OK, None)


async def test_an_answer_about_another_doi_takes_no_others_place() -> None:
    comma = "https://doi.org/10.1000/a,b"
    work = told({"status": "ok", "message-type": "work", "message": {"DOI": "10.1000/one", "title": ["Another"]}})
    heard = await look_up(TWO + hosts({CROSSREF: {"/works/10.1000/a%2Cb": work}}), ONE, comma)
    assert words_of(heard.crawl.evidence[ONE].record) == ("crossref", "First &amp; foremost", ("Long Ouyang", "OpenAI"))
    assert heard.crawl.evidence[comma].record is None


async def test_nobody_is_asked_for_a_page_in_place_of_data() -> None:
    heard = await look_up(TWO, ONE, UNKNOWN)
    assert {one.headers["accept"] for one in heard.log.requests} == {"application/json"}
    assert json.dumps([one.method for one in heard.log.requests]).count("POST") == 0
