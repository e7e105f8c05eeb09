"""The archive of the simulated web: its index, its copies, and how captures are written in a scenario."""

from collections.abc import Iterator

import pytest
from simweb_told import tell

from rlhf_linkcheck.simweb import Scenario, ScenarioError, Web, serve

HOST = "web.archive.org"
INDEX = "/cdx/search/cdx"
SCENARIO = """
archive:
  - {page: https://a.example/Page/, taken: "20240506070809"}
  - {page: http://www.A.example/page, taken: "20230506070809", status: 404}
  - {page: "https://a.example/page?x=1", taken: "20220506070809"}
  - {page: https://shy.example/, excluded: true}
"""


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serve(Scenario.parse(SCENARIO)) as web:
        yield web


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("url=a.example/page", [["20230506070809", "404"], ["20240506070809", "200"]]),
        ("url=https://a.example/page&limit=1", [["20230506070809", "404"]]),
        ("url=http://www.a.example/PAGE/&limit=-1", [["20240506070809", "200"]]),
        ("url=https://a.example/page&filter=statuscode:4..", [["20230506070809", "404"]]),
        ("url=https://a.example/page&filter=!statuscode:404&limit=-1", [["20240506070809", "200"]]),
        ("url=https%3A%2F%2Fa.example%2Fpage%3Fx%3D1&matchType=exact", [["20220506070809", "200"]]),
        ("url=https://a.example/other", []),
        ("url=https://a.example/page&filter=statuscode:500", []),
    ],
)
def test_the_index_has_rows_after_the_names_of_its_fields_and_else_nothing(
    web: Web, query: str, rows: list[list[str]]
) -> None:
    told = tell(web, HOST, f"{INDEX}?{query}&output=json&fl=timestamp,statuscode")
    assert (told.status, told.headers["content-type"]) == (200, "application/json")
    assert told.json == ([["timestamp", "statuscode"], *rows] if rows else [])


def test_without_a_form_it_is_text_with_all_fields(web: Web) -> None:
    told = tell(web, HOST, f"{INDEX}?url=a.example/page&limit=1")
    key = "example,a)/page 20230506070809 http://www.A.example/page text/html 404"
    assert told.body.decode() == f"{key} Q4YULN754FHV2U6Q5JUT6Q2P57WEWNNY 1415\n"


@pytest.mark.parametrize("query", ["", "?output=json", "?url=a.example&fl=mood", "?url=a.example&matchType=prefix"])
def test_what_it_does_not_understand_it_refuses(web: Web, query: str) -> None:
    assert tell(web, HOST, f"{INDEX}{query}").status == 400


def test_of_a_site_that_wants_none_shown_it_says_so(web: Web) -> None:
    told = tell(web, HOST, f"{INDEX}?url=https://shy.example/&output=json")
    assert told.status == 403
    assert b"AdministrativeAccessControlException" in told.body


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/web/20240506070809/https://a.example/page", 200),
        ("/web/20220506070809/https://a.example/page?x=1", 200),
        ("/web/20240506070809/https://a.example/page?x=1", 404),
        ("/web/20200506070809/https://a.example/page", 404),
        ("/web/20240506070809/https://shy.example/", 404),
        ("/about", 404),
    ],
)
def test_copies_are_pages(web: Web, path: str, status: int) -> None:
    assert tell(web, HOST, path).status == status


@pytest.mark.parametrize(
    ("captures", "words"),
    [
        ("7", "archive: expected a list of captures"),
        ("[{taken: '20240506070809'}]", "archive: [0]: page: is missing"),
        ("[{page: https://a.example/}]", "archive: [0]: taken: expected 14 digits, found «»"),
        ("[{page: https://a.example/, taken: '2024'}]", "archive: [0]: taken: expected 14 digits, found «2024»"),
        ("[{page: https://a.example/, excluded: true, mood: good}]", "archive: [0]: mood: "),
    ],
)
def test_captures_that_are_amiss_are_named(captures: str, words: str) -> None:
    with pytest.raises(ScenarioError) as error:
        Scenario.parse(f"archive: {captures}")
    assert str(error.value).startswith(words)


def test_without_captures_there_is_no_archive() -> None:
    assert HOST not in Scenario.parse("kaggle: []").services
