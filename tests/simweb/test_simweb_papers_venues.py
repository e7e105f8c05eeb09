"""The simulated ACL Anthology, OpenReview and Semantic Scholar."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from lxml import html
from simweb_wire import ask, plain, post, read_answer, request, status_of

from rlhf_linkcheck.simweb import Scenario, Web, serve

ACL, OPENREVIEW, SCHOLAR = "aclanthology.org", "openreview.net", "api.semanticscholar.org"
OLD_API, NEW_API = "api.openreview.net", "api2.openreview.net"
BATCH = "/graph/v1/paper/batch"
AUTHORIZED = "Authorization: Bearer simulated.token"
SCENARIO = """
papers:
  - acl: 2022.acl-long.1
    title: Preprint title
    venue_title: A "Quoted" Title
    authors: [Long Ouyang, Jeff Wu]
    venue: Proceedings of ACL
    doi: 10.18653/v1/2022.acl-long.1
    year: 2022
  - {acl: P19-1423, title: Single, retracted: It was a duplicate., year: 2019}
  - {openreview: newOne, title: New, authors: [A B, C D], venue: ICLR 2024 poster, year: 2024}
  - {openreview: oldOne, title: Old, authors: [A B], year: 2021}
  - {arxiv: "2203.02155", title: At arXiv, authors: [Long Ouyang]}
"""


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serve(Scenario.parse(SCENARIO)) as web:
        yield web


def metas(body: bytes) -> list[tuple[str, str]]:
    tree = html.fromstring(body)
    return [(one.get("name", ""), one.get("content", "")) for one in tree.iterfind(".//meta") if one.get("name")]


def test_an_anthology_page_is_minified_and_has_meta_tags(web: Web) -> None:
    head, body = ask(web, "/2022.acl-long.1/", ACL)
    assert status_of(head) == 200
    assert b'<meta content="A &quot;Quoted&quot; Title" name=citation_title>' in body
    assert b"<meta content=2022/7 name=citation_publication_date>" in body
    assert metas(body) == [
        ("citation_title", 'A "Quoted" Title'),
        ("citation_author", "Long Ouyang"),
        ("citation_author", "Jeff Wu"),
        ("citation_conference_title", "Proceedings of ACL"),
        ("citation_publication_date", "2022/7"),
        ("citation_pdf_url", "https://aclanthology.org/2022.acl-long.1.pdf"),
        ("citation_doi", "10.18653/v1/2022.acl-long.1"),
    ]


def test_a_retracted_paper_says_so_and_has_no_bibtex(web: Web) -> None:
    _, body = ask(web, "/P19-1423/", ACL)
    assert metas(body)[0] == ("citation_title", "[RETRACTED] Single")
    assert b'<div class="alert alert-danger">This paper has been retracted: It was a duplicate.</div>' in body
    assert b"text-decoration: line-through" in body
    assert status_of(ask(web, "/P19-1423.bib", ACL)[0]) == 404
    assert status_of(ask(web, "/P19-1423.pdf", ACL)[0]) == 200


def test_bibtex_has_capitals_in_braces_and_inverted_names(web: Web) -> None:
    _, body = ask(web, "/2022.acl-long.1.bib", ACL)
    assert body.decode().splitlines() == [
        "@inproceedings{ouyang-2022,",
        '    title = "{A} "{Q}uoted" {T}itle",',
        '    author = "Ouyang, Long  and',
        '      Wu, Jeff",',
        '    booktitle = "Proceedings of ACL",',
        '    year = "2022",',
        '    url = "https://aclanthology.org/2022.acl-long.1/",',
        '    doi = "10.18653/v1/2022.acl-long.1"',
        "}",
    ]


def test_bibtex_of_nobody_is_anonymous() -> None:
    with serve(Scenario.parse("papers: [{acl: P19-1423, title: T, year: 2019}]")) as web:
        assert ask(web, "/P19-1423.bib", ACL)[1].startswith(b"@inproceedings{anonymous-2019,")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/2022.acl-long.1.pdf", 200),
        ("/2022.acl-long.1", 301),
        ("/2022.acl-long.999/", 404),
        ("/2022.acl-long.999.pdf", 404),
        ("/events/acl-2022/", 404),
    ],
)
def test_addresses_of_the_anthology(web: Web, path: str, status: int) -> None:
    head, _ = ask(web, path, ACL)
    assert status_of(head) == status
    if status == 301:
        assert f"Location: {path}/\r\n".encode() in head


def test_a_forum_has_meta_tags(web: Web) -> None:
    head, body = ask(web, "/forum?id=newOne", OPENREVIEW)
    assert status_of(head) == 200
    assert html.fromstring(body).findtext(".//title") == "New | OpenReview"
    assert metas(body) == [
        ("citation_title", "New"),
        ("citation_author", "A B"),
        ("citation_author", "C D"),
        ("citation_publication_date", "2024/03/04"),
        ("citation_pdf_url", "https://openreview.net/pdf?id=newOne"),
        ("citation_conference_title", "ICLR 2024 poster"),
    ]
    assert len(metas(ask(web, "/forum?id=oldOne", OPENREVIEW)[1])) == 4


def test_a_forum_that_is_missing_says_so_with_status_200(web: Web) -> None:
    head, body = ask(web, "/forum?id=nothing", OPENREVIEW)
    assert status_of(head) == 200
    assert metas(body) == []
    assert b"The Note nothing was not found" in body


def test_a_pdf_of_openreview(web: Web) -> None:
    assert ask(web, "/pdf?id=newOne", OPENREVIEW)[1][:5] == b"%PDF-"
    assert status_of(ask(web, "/pdf?id=nothing", OPENREVIEW)[0]) == 404


def notes(web: Web, query: str, host: str, *headers: str) -> tuple[int, Any]:
    with plain(web) as connection:
        connection.sendall(request(f"/notes?{query}", host, "GET", *headers))
        head, _, body = read_answer(connection).partition(b"\r\n\r\n")
    return status_of(head), json.loads(body)


@pytest.mark.parametrize("host", [OLD_API, NEW_API])
@pytest.mark.parametrize("headers", [(), ("Authorization: Bearer stale",)])
def test_who_has_not_logged_in_meets_a_challenge(web: Web, host: str, headers: tuple[str, ...]) -> None:
    status, answer = notes(web, "id=newOne", host, *headers)
    assert (status, answer["name"], answer["status"]) == (403, "ChallengeRequiredError", 403)
    assert answer["details"]["challengeUrl"].startswith("https://openreview.net/challenge")


@pytest.mark.parametrize("host", [OLD_API, NEW_API])
def test_a_login_gives_a_token_for_both_hosts(web: Web, host: str) -> None:
    head, body = post(web, "/login", host, b'{"id": "user@example.org", "password": "secret"}')
    assert status_of(head) == 200
    token = f"Authorization: Bearer {json.loads(body)['token']}"
    assert notes(web, "id=newOne", NEW_API, token)[0] == notes(web, "id=oldOne", OLD_API, token)[0] == 200


@pytest.mark.parametrize("body", [b'{"id": "user@example.org", "password": "guess"}', b"id=x", b"\xff"])
def test_a_wrong_login_is_refused(web: Web, body: bytes) -> None:
    head, answer = post(web, "/login", NEW_API, body)
    assert (status_of(head), json.loads(answer)["message"]) == (400, "Invalid username or password")


@pytest.mark.parametrize("key", ["id", "forum"])
def test_the_second_api_wraps_values_and_the_first_does_not(web: Web, key: str) -> None:
    _, new = notes(web, f"{key}=newOne", NEW_API, AUTHORIZED)
    (note,) = new["notes"]
    assert (note["id"], note["forum"], "invitations" in note) == ("newOne", "newOne", True)
    assert note["content"] == {
        "title": {"value": "New"},
        "authors": {"value": ["A B", "C D"]},
        "venue": {"value": "ICLR 2024 poster"},
        "pdf": {"value": "/pdf/newOne.pdf"},
    }
    _, old = notes(web, f"{key}=oldOne", OLD_API, AUTHORIZED)
    assert (old["notes"][0]["content"]["title"], "invitation" in old["notes"][0]) == ("Old", True)


@pytest.mark.parametrize(("host", "other"), [(NEW_API, "oldOne"), (OLD_API, "newOne"), (NEW_API, "nothing")])
def test_a_note_of_the_other_host_is_not_found(web: Web, host: str, other: str) -> None:
    status, answer = notes(web, f"id={other}", host, AUTHORIZED)
    assert (status, answer["name"], answer["message"]) == (404, "NotFoundError", f"The Note {other} was not found")
    assert notes(web, f"forum={other}", host, AUTHORIZED) == (200, {"notes": [], "count": 0})


def batch(web: Web, body: bytes, fields: str = "title") -> tuple[int, Any]:
    head, answer = post(web, f"{BATCH}?fields={fields}", SCHOLAR, body, "Content-Type: application/json")
    return status_of(head), json.loads(answer)


def test_a_batch_is_answered_in_its_order_with_null_for_the_unknown(web: Web) -> None:
    ids = [
        "ARXIV:9999.99999",
        "arXiv:2203.02155",
        "DOI:10.18653/V1/2022.ACL-LONG.1",
        "ACL:P19-1423",
        "URL:https://arxiv.org/abs/2203.02155",
        "URL:https://www.aclanthology.org/P19-1423/",
        "URL:https://example.org/",
        "DOI:10.1000/nothing",
        "CorpusId:1",
    ]
    status, answer = batch(web, json.dumps({"ids": ids}).encode())
    titles = [paper and paper["title"] for paper in answer]
    assert status == 200
    assert titles == [None, "At arXiv", "Preprint title", "Single", "At arXiv", "Single", None, None, None]
    assert all(paper is None or sorted(paper) == ["paperId", "title"] for paper in answer)


def test_a_paper_of_a_batch_has_the_fields_asked_for(web: Web) -> None:
    fields = "title,authors,year,venue,externalIds,url"
    _, (paper,) = batch(web, b'{"ids": ["ARXIV:2203.02155"]}', fields)
    assert sorted(paper) == ["authors", "externalIds", "paperId", "title", "url", "venue", "year"]
    assert [author["name"] for author in paper["authors"]] == ["Long Ouyang"]
    assert (paper["year"], paper["venue"]) == (2022, "arXiv.org")
    assert (paper["externalIds"]["ArXiv"], paper["externalIds"]["DOI"]) == ("2203.02155", "10.48550/arXiv.2203.02155")
    _, (other,) = batch(web, b'{"ids": ["ACL:P19-1423"]}', fields)
    assert ("DOI" in other["externalIds"], other["venue"]) == (False, "")
    head, body = post(web, BATCH, SCHOLAR, b'{"ids": ["ACL:P19-1423"]}')
    assert (status_of(head), sorted(json.loads(body)[0])) == (200, ["paperId", "title"])


@pytest.mark.parametrize(
    ("body", "fields", "problem"),
    [
        (b'{"ids": ["ARXIV:9999.99999", ""]}', "title", "No valid paper ids given"),
        (b'{"ids": []}', "title", "No valid paper ids given"),
        (b'{"ids": ["ARXIV:2203.02155"]}', "title,isRetracted", "Unrecognized or unsupported fields: [isRetracted]"),
        (b"[]", "title", "Missing or malformed ids"),
        (b"{", "title", "Missing or malformed ids"),
        (json.dumps({"ids": ["a"] * 501}).encode(), "title", "Too many ids: 501, at most 500"),
    ],
)
def test_a_batch_that_cannot_be_answered_is_refused(web: Web, body: bytes, fields: str, problem: str) -> None:
    assert batch(web, body, fields) == (400, {"error": problem})


@pytest.mark.parametrize(
    ("path", "host"),
    [("/group?id=x", OPENREVIEW), ("/login", NEW_API), (BATCH, SCHOLAR), ("/graph/v1/paper/x", SCHOLAR)],
)
def test_other_questions_are_nobodys(web: Web, path: str, host: str) -> None:
    assert b"<title>404 Not Found</title>" in ask(web, path, host)[1]
