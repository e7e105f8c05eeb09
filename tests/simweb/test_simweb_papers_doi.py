"""The simulated doi.org, Crossref and DataCite, and the publisher's page that a DOI leads to."""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from lxml import html
from simweb_wire import ask, plain, read_answer, request, status_of

from rlhf_linkcheck.simweb import Scenario, Web, serve

CROSSREF, DATACITE = "api.crossref.org", "api.datacite.org"
SCENARIO = """
papers:
  - arxiv: "2203.02155"
    title: At arXiv
    authors: [Long Ouyang, Waldyr A. Rodrigues Jr, OpenAI]
    doi: 10.1000/XYZ
    venue: Proceedings of a Conference
    venue_title: At the <i>venue</i> & more
    venue_authors: [Long Ouyang, Waldyr A. Rodrigues Jr, OpenAI]
    year: 2022
  - {doi: 10.1000/bad, title: Retracted, authors: [A B], venue: Journal of Tests, retracted: A duplicate., year: 2009}
  - {doi: 10.5281/zenodo.1, registrar: datacite, title: Data, authors: [A B]}
  - {doi: 10.18653/v1/2022.acl-long.1, acl: 2022.acl-long.1, title: At ACL}
  - {doi: 10.1000/open, openreview: rJXMpikCZ, title: Open}
"""


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serve(Scenario.parse(SCENARIO)) as web:
        yield web


def told(web: Web, path: str, host: str) -> tuple[int, Any]:
    head, body = ask(web, path, host)
    return status_of(head), json.loads(body)


@pytest.mark.parametrize(
    ("path", "status", "code", "target"),
    [
        ("10.1000/xyz", 200, 1, "https://publisher.example/10.1000/XYZ"),
        ("10.1000/xyz?type=URL", 200, 1, "https://publisher.example/10.1000/XYZ"),
        ("10.1000/xyz?type=EMAIL", 200, 200, None),
        ("10.1000/nothing", 404, 100, None),
        ("10.48550/arXiv.2203.02155", 200, 1, "https://arxiv.org/abs/2203.02155"),
        ("10.18653/v1/2022.acl-long.1", 200, 1, "https://aclanthology.org/2022.acl-long.1/"),
        ("10.1000/open", 200, 1, "https://openreview.net/forum?id=rJXMpikCZ"),
    ],
)
def test_a_handle_has_a_response_code(web: Web, path: str, status: int, code: int, target: str | None) -> None:
    got, answer = told(web, f"/api/handles/{path}", "doi.org")
    assert (got, answer["responseCode"], answer["handle"]) == (status, code, path.partition("?")[0])
    assert [one["data"]["value"] for one in answer.get("values", ())] == ([target] if target else [])


@pytest.mark.parametrize("prefix", ["doiRA", "ra"])
def test_agencies_are_told_in_the_order_asked(web: Web, prefix: str) -> None:
    asked = "10.1000/nothing,10.1000/xyz,10.48550/ARXIV.2203.02155,10.5281/zenodo.1,abc"
    assert told(web, f"/{prefix}/{asked}", "doi.org") == (
        200,
        [
            {"DOI": "10.1000/nothing", "status": "DOI does not exist"},
            {"DOI": "10.1000/xyz", "RA": "Crossref"},
            {"DOI": "10.48550/ARXIV.2203.02155", "RA": "DataCite"},
            {"DOI": "10.5281/zenodo.1", "RA": "DataCite"},
            {"DOI": "abc", "status": "Invalid DOI"},
        ],
    )


def test_a_list_that_is_too_long_is_refused(web: Web) -> None:
    assert status_of(ask(web, "/doiRA/" + "10.1000/nothing," * 600, "doi.org")[0]) == 414


def test_a_doi_leads_to_its_page_and_a_missing_one_nowhere(web: Web) -> None:
    for host in ("doi.org", "dx.doi.org", "www.doi.org"):
        head, _ = ask(web, "/10.1000/xyz", host)
        assert status_of(head) == 302
        assert b"\r\nLocation: https://publisher.example/10.1000/XYZ\r\n" in head
    head, body = ask(web, "/10.1000/nothing", "doi.org")
    assert (status_of(head), html.fromstring(body).findtext(".//title")) == (404, "Error: DOI Not Found")


def test_a_publishers_page_has_meta_tags(web: Web) -> None:
    tree = html.fromstring(ask(web, "/10.1000/XYZ", "publisher.example")[1])
    assert [(one.get("name"), one.get("content")) for one in tree.iterfind(".//meta") if one.get("name")] == [
        ("citation_title", "At the <i>venue</i> & more"),
        ("citation_author", "Ouyang, Long"),
        ("citation_author", "Rodrigues Jr, Waldyr A."),
        ("citation_author", "OpenAI"),
        ("citation_doi", "10.1000/XYZ"),
        ("citation_publication_date", "2022"),
        ("citation_journal_title", "Proceedings of a Conference"),
    ]
    assert b"has been retracted: A duplicate." in ask(web, "/10.1000/bad", "publisher.example")[1]
    assert status_of(ask(web, "/10.48550/arXiv.2203.02155", "publisher.example")[0]) == 404
    assert b"citation_journal_title" not in ask(web, "/10.5281/zenodo.1", "publisher.example")[1]


def test_a_crossref_record_has_its_names_in_parts_and_its_title_with_markup(web: Web) -> None:
    status, answer = told(web, "/works/10.1000/xyz", CROSSREF)
    assert (status, answer["status"], answer["message-type"]) == (200, "ok", "work")
    work = answer["message"]
    assert work["DOI"] == "10.1000/xyz"
    assert work["title"] == ["At the <i>venue</i> &amp; more"]
    assert work["author"] == [
        {"given": "Long", "family": "Ouyang", "sequence": "first", "affiliation": []},
        {
            "given": "Waldyr A.",
            "family": "Rodrigues",
            "suffix": "Jr",
            "sequence": "additional",
            "affiliation": [],
        },
        {"name": "OpenAI", "sequence": "additional", "affiliation": []},
    ]
    assert (work["container-title"], work["issued"]) == (
        ["Proceedings of a Conference"],
        {"date-parts": [[2022]]},
    )
    assert (work["type"], "updated-by" in work) == ("proceedings-article", False)


def test_crossref_tells_a_retraction_once_for_each_who_knows(web: Web) -> None:
    _, answer = told(web, "/works/10.1000/bad", CROSSREF)
    assert answer["message"]["type"] == "journal-article"
    notices = [(one["type"], one["source"], one["DOI"]) for one in answer["message"]["updated-by"]]
    assert notices == [
        ("retraction", "retraction-watch", "10.1000/bad.notice"),
        ("retraction", "publisher", "10.1000/bad.notice"),
    ]
    assert answer["message"]["updated-by"][0]["updated"]["date-parts"] == [[2010, 2, 6]]


def works(web: Web, query: str) -> dict[str, Any]:
    status, answer = told(web, f"/works?{query}", CROSSREF)
    assert (status, answer["message-type"]) == (200, "work-list")
    message: dict[str, Any] = answer["message"]
    return message


def test_crossref_answers_many_and_leaves_out_the_missing(web: Web) -> None:
    asked = "doi:10.1000/XYZ,doi:10.1000/nothing,doi:10.1000/bad,doi:10.5281/zenodo.1,doi:10.1000/xyz"
    found = works(web, f"filter={asked}&rows=50&select=DOI,title,updated-by")
    assert found["total-results"] == 2
    assert [sorted(item) for item in found["items"]] == [["DOI", "title", "updated-by"], ["DOI", "title"]]
    assert [item["DOI"] for item in found["items"]] == ["10.1000/bad", "10.1000/xyz"]
    one = works(web, f"filter={asked}&rows=1")
    assert (one["total-results"], len(one["items"]), one["items-per-page"]) == (2, 1, 1)
    assert works(web, "filter=doi:10.1000/bad")["items-per-page"] == 20


@pytest.mark.parametrize(
    ("path", "kind", "value"),
    [
        ("/works/10.1000/xyz?select=DOI", "parameter-not-allowed", "select"),
        ("/works?filter=doi:10.1000/xyz&select=DOI,language", "select-not-available", "language"),
        ("/works?filter=doi:10.1000/xyz,cites:x", "filter-not-available", "cites"),
        ("/works?filter=doi:10.1000/xyz&rows=1001", "integer-not-valid", "1001"),
        ("/works?filter=doi:10.1000/xyz&rows=-1", "integer-not-valid", "-1"),
    ],
)
def test_crossref_refuses_by_a_list_of_problems(web: Web, path: str, kind: str, value: str) -> None:
    status, answer = told(web, path, CROSSREF)
    assert (status, answer["status"], answer["message-type"]) == (400, "failed", "validation-failure")
    assert [(one["type"], one["value"]) for one in answer["message"]] == [(kind, value)]


@pytest.mark.parametrize("doi", ["10.1000/nothing", "10.48550/arXiv.2203.02155"])
def test_crossref_knows_nothing_of_other_dois_and_says_so_in_plain_text(web: Web, doi: str) -> None:
    head, body = ask(web, f"/works/{doi}", CROSSREF)
    assert (status_of(head), body) == (404, b"Resource not found.")
    assert b"Content-Type: text/plain;charset=utf-8" in head


@pytest.mark.parametrize(
    ("path", "agent", "pace"),
    [
        ("/works/10.1000/xyz", "curl", (b"5", b"1", b"public-single")),
        ("/works/10.1000/xyz?mailto=a@example.org", "curl", (b"10", b"3", b"polite-single")),
        ("/works?filter=doi:10.1000/xyz", "curl", (b"1", b"1", b"public-array")),
        ("/works?filter=doi:10.1000/xyz", "x (mailto:a@example.org)", (b"3", b"3", b"polite-array")),
    ],
)
def test_crossref_has_its_pace_in_headers(web: Web, path: str, agent: str, pace: tuple[bytes, ...]) -> None:
    with plain(web) as connection:
        connection.sendall(request(path, CROSSREF, "GET", f"User-Agent: {agent}"))
        lines = read_answer(connection).partition(b"\r\n\r\n")[0].split(b"\r\n")
    headers = dict(line.split(b": ", 1) for line in lines[1:])
    assert tuple(headers[name] for name in (b"x-rate-limit-limit", b"x-concurrency-limit", b"x-api-pool")) == pace
    assert headers[b"x-rate-limit-interval"] == b"1s"


def test_a_datacite_record_is_arxivs_own(web: Web) -> None:
    status, answer = told(web, "/dois/10.48550/arXiv.2203.02155", DATACITE)
    assert (status, answer["data"]["id"], answer["data"]["type"]) == (200, "10.48550/arxiv.2203.02155", "dois")
    attributes = answer["data"]["attributes"]
    assert attributes["titles"] == [{"title": "At arXiv"}]
    assert [(one["name"], one["nameType"], one.get("familyName")) for one in attributes["creators"]] == [
        ("Ouyang, Long", "Personal", "Ouyang"),
        ("Rodrigues Jr, Waldyr A.", "Personal", "Rodrigues Jr"),
        ("OpenAI", "Organizational", None),
    ]
    assert (attributes["version"], attributes["types"]["resourceTypeGeneral"]) == ("1", "Preprint")
    assert attributes["relatedIdentifiers"] == [
        {"relationType": "IsVersionOf", "relatedIdentifier": "10.1000/XYZ", "relatedIdentifierType": "DOI"}
    ]


@pytest.mark.parametrize(
    "query",
    [
        "ids=10.5281/zenodo.1,10.48550/ARXIV.2203.02155,10.1000/xyz,10.1000/nothing",
        "query=" + quote('doi:("10.5281/zenodo.1" OR "10.48550/arxiv.2203.02155" OR "10.1000/nothing")'),
        "query=" + quote(r"doi:(10.5281\/zenodo.1 OR 10.48550\/arxiv.2203.02155)"),
    ],
)
def test_datacite_answers_many_and_leaves_out_the_missing(web: Web, query: str) -> None:
    status, answer = told(web, f"/dois?{query}&fields[dois]=doi,titles&page[size]=100", DATACITE)
    assert status == 200
    assert answer["meta"]["total"] == 2
    assert [one["attributes"] for one in answer["data"]] == [
        {"doi": "10.5281/zenodo.1", "titles": [{"title": "Data"}]},
        {"doi": "10.48550/arxiv.2203.02155", "titles": [{"title": "At arXiv"}]},
    ]


def test_datacite_shows_as_many_as_a_page_holds(web: Web) -> None:
    asked = "ids=10.5281/zenodo.1,10.48550/arxiv.2203.02155"
    assert [len(told(web, f"/dois?{asked}&page[size]={size}", DATACITE)[1]["data"]) for size in ("1", "x")] == [1, 2]


@pytest.mark.parametrize("doi", ["10.1000/nothing", "10.1000/xyz"])
def test_datacite_knows_nothing_of_other_dois(web: Web, doi: str) -> None:
    problem = {"status": "404", "title": "The resource you are looking for doesn't exist."}
    assert told(web, f"/dois/{doi}", DATACITE) == (404, {"errors": [problem]})


@pytest.mark.parametrize(
    ("path", "host"),
    [
        ("/", "doi.org"),
        ("/works?query=x", CROSSREF),
        ("/dois?page[size]=1", DATACITE),
        ("/heartbeat", DATACITE),
        ("/about", "publisher.example"),
    ],
)
def test_other_questions_are_nobodys(web: Web, path: str, host: str) -> None:
    assert b"<title>404 Not Found</title>" in ask(web, path, host)[1]


def test_a_doi_without_a_year_or_a_venue_has_this_years_and_none(web: Web) -> None:
    _, answer = told(web, "/works/10.1000/open", CROSSREF)
    ((year,),) = answer["message"]["issued"]["date-parts"]
    assert year >= 2025
    assert answer["message"]["container-title"] == []
