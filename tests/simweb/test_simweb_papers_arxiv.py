"""The simulated arXiv: its API, its OAI-PMH and its pages, asked over a socket."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from lxml import etree, html
from simweb_wire import ask, post, status_of

from rlhf_linkcheck.simweb import Scenario, Web, serve

API = "export.arxiv.org"
OAI = "oaipmh.arxiv.org"
LONG = "Is Reinforcement Learning (Not) for Natural Language Processing?: Benchmarks, Baselines, and Building Blocks"
SCENARIO = f"""
papers:
  - arxiv: "2203.02155"
    title: Training language models to follow instructions
    authors: [Long Ouyang, Maja Trębacz, Joost van der Putten, Waldyr A. Rodrigues Jr, OpenAI]
    comment: 68 pages & more
    journal_ref: J. Test 1 (2022)
    doi: 10.1000/xyz
    versions: [{{title: Training models, authors: [Long Ouyang], comment: Draft}}, {{}}]
  - arxiv: "2210.01241"
    title: "{LONG}"
    authors: [Rajkumar Ramamurthy]
  - arxiv: "2301.00001"
    title: Reward hacking
    authors: [Ann Author]
    withdrawn: An error in the proof.
    versions: [{{}}]
  - {{arxiv: "2301.00002", title: Nobody's, withdrawn: By arXiv.}}
  - {{arxiv: hep-th/9901001, title: Strings}}
"""
ATOM = {
    "a": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "o": "http://a9.com/-/spec/opensearch/1.1/",
}
NAMES = {
    "o": "http://www.openarchives.org/OAI/2.0/",
    "a": "http://arxiv.org/OAI/arXiv/",
    "r": "http://arxiv.org/OAI/arXivRaw/",
}


@pytest.fixture(scope="module")
def web() -> Iterator[Web]:
    with serve(Scenario.parse(SCENARIO)) as web:
        yield web


def feed(web: Web, query: str) -> tuple[int, etree._Element]:
    head, body = ask(web, f"/api/query?{query}", API)
    assert b"Content-Type: application/atom+xml; charset=utf-8" in head
    return status_of(head), etree.fromstring(body)


def texts(tree: etree._Element, path: str, names: dict[str, str] = ATOM) -> list[str]:
    return [node.text or "" for node in tree.iterfind(path, names)]


def ids(web: Web, query: str) -> list[str]:
    status, tree = feed(web, query)
    assert status == 200
    return [one.rpartition("/abs/")[2] for one in texts(tree, "a:entry/a:id")]


def test_an_entry_holds_what_the_paper_says(web: Web) -> None:
    _, tree = feed(web, "id_list=2203.02155")
    assert texts(tree, "a:entry/a:id") == ["http://arxiv.org/abs/2203.02155v3"]
    assert texts(tree, "a:entry/a:title") == ["Training language models to follow instructions"]
    assert texts(tree, "a:entry/a:author/a:name")[:2] == ["Long Ouyang", "Maja Trębacz"]
    assert texts(tree, "a:entry/arxiv:comment") == ["68 pages & more"]
    assert texts(tree, "a:entry/arxiv:journal_ref") == ["J. Test 1 (2022)"]
    assert texts(tree, "a:entry/arxiv:doi") == ["10.1000/xyz"]
    assert texts(tree, "a:entry/a:published") == ["2022-03-03T17:51:43Z"]
    assert texts(tree, "a:entry/a:updated") == ["2022-05-02T17:51:43Z"]
    links = [(link.get("title"), link.get("href")) for link in tree.iterfind("a:entry/a:link", ATOM)]
    assert links == [
        (None, "https://arxiv.org/abs/2203.02155v3"),
        ("pdf", "https://arxiv.org/pdf/2203.02155v3"),
        ("doi", "https://doi.org/10.1000/xyz"),
    ]


def test_a_long_title_is_folded(web: Web) -> None:
    _, tree = feed(web, "id_list=2210.01241")
    (title,) = texts(tree, "a:entry/a:title")
    assert "\n  " in title
    assert " ".join(title.split()) == LONG


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("id_list=2203.02155v1,2203.02155v2,2203.02155v3,2203.02155", ["2203.02155v3", "2203.02155v2", "2203.02155v1"]),
        ("id_list=2203.02155v99", []),
        ("id_list=2203.02155,9999.99999,2210.01241", ["2210.01241v1", "2203.02155v3"]),
        ("id_list=2203.02155x", []),
        ("id_list=hep-th/9901001", ["hep-th/9901001v1"]),
        ("id_list=2203.02155,2210.01241&max_results=1", ["2210.01241v1"]),
        ("id_list=2203.02155,2210.01241&max_results=1&start=1", ["2203.02155v3"]),
        ("id_list=2203.02155&max_results=0", []),
        ("search_query=reward&id_list=2203.02155,2301.00001", ["2301.00001v2"]),
    ],
)
def test_ids_that_are_unknown_are_left_out_and_others_come_in_an_order_of_their_own(
    web: Web, query: str, found: list[str]
) -> None:
    assert ids(web, query) == found


def test_an_older_version_says_what_it_said(web: Web) -> None:
    _, tree = feed(web, "id_list=2203.02155v1")
    assert texts(tree, "a:entry/a:title") == ["Training models"]
    assert texts(tree, "a:entry/a:author/a:name") == ["Long Ouyang"]
    assert texts(tree, "a:entry/arxiv:comment") == ["Draft"]
    assert texts(tree, "a:entry/a:updated") == texts(tree, "a:entry/a:published")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('ti:"follow instructions training"', ["2203.02155v3"]),
        ("ti:training", ["2203.02155v3"]),
        ('ti:"Training models"', ["2203.02155v3"]),
        ('ti:"old title"', []),
        ('ti:"..."', []),
        ("au:ouyang AND ti:training", ["2203.02155v3"]),
        ("au:long_ouyang", ["2203.02155v3"]),
        ("au:ouyang ti:reward", []),
        ("ti:reward OR ti:strings", ["2301.00001v2", "hep-th/9901001v1"]),
        ("ti:reward ANDNOT au:author", []),
        ("ANDNOT ti:reward AND jr:test", ["2203.02155v3"]),
        ("(ti:reward OR ti:strings) AND au:author", ["2301.00001v2"]),
        ("((ti:reward))  OR ti:nonsense", ["2301.00001v2"]),
        ("hacking", ["2301.00001v2"]),
        ("all:hacking", ["2301.00001v2"]),
        ("co:withdrawn", ["2301.00002v1", "2301.00001v2"]),
        ("id:2301.00001", ["2301.00001v2"]),
        ("cat:cs.LG", []),
    ],
)
def test_a_search_compares_words(web: Web, query: str, found: list[str]) -> None:
    assert ids(web, f"search_query={quote(query)}") == found


def test_the_title_asked_for_comes_first() -> None:
    text = """
papers:
  - {arxiv: "2401.00001", title: Attention is all you need for rewards}
  - {arxiv: "1706.03762", title: Attention Is All You Need}
"""
    with serve(Scenario.parse(text)) as web:
        assert ids(web, "search_query=ti:%22Attention+Is+All+You+Need%22") == ["1706.03762v1", "2401.00001v1"]


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("id_list=2203.02155,abc", "incorrect id format for abc"),
        ("id_list=2203.02155,,2210.01241", "incorrect id format for "),
        ("id_list=2203.02155&max_results=x", "max_results must be an integer"),
        ("id_list=2203.02155&start=-1", "start must be non-negative"),
        ("", "Either a search_query or id_list must be specified for the classic API."),
        ("search_query=ti:%22reward", 'Quotation does not close: ti:"reward'),
        ("search_query=reward+hacking", "Cannot parse fragment: reward"),
        ("search_query=reward:hacking", "Invalid field: reward"),
        ("search_query=ti:a+AND+OR+ti:b", "Query contains 2 consecutive operators: AND OR"),
        ("search_query=ti:%22a+(b)%22", "Cannot parse fragment: b"),
    ],
)
def test_what_it_cannot_read_is_refused_by_a_feed_of_one_error(web: Web, query: str, problem: str) -> None:
    status, tree = feed(web, query)
    assert status == 400
    assert texts(tree, "a:entry/a:title") == ["Error"]
    assert texts(tree, "a:entry/a:summary") == [problem]
    assert texts(tree, "a:entry/a:id") == [f"https://arxiv.org/api/errors#{problem.replace(' ', '_')}"]
    assert texts(tree, "o:totalResults") == ["1"]


def test_a_parenthesis_too_many_trips_the_server(web: Web) -> None:
    assert status_of(ask(web, "/api/query?search_query=ti:a)", API)[0]) == 500


def test_a_form_is_read_like_a_query_and_an_address_that_is_too_long_is_not(web: Web) -> None:
    asked = b"id_list=2203.02155" + b",9999.99999" * 1000
    assert status_of(ask(web, f"/api/query?{asked.decode()}", API)[0]) == 414
    head, body = post(web, "/api/query", API, asked, "Content-Type: application/x-www-form-urlencoded")
    assert status_of(head) == 200
    assert texts(etree.fromstring(body), "a:entry/a:id") == ["http://arxiv.org/abs/2203.02155v3"]


def record(web: Web, **changes: str) -> tuple[bytes, etree._Element]:
    asked = {"verb": "GetRecord", "identifier": "oai:arXiv.org:2203.02155", "metadataPrefix": "arXiv"} | changes
    head, body = ask(web, "/oai?" + "&".join(f"{key}={value}" for key, value in asked.items() if value), OAI)
    assert status_of(head) == 200
    assert b"Content-Type: application/xml" in head
    return body, etree.fromstring(body)


def test_oai_splits_names_and_keeps_them_as_tex(web: Web) -> None:
    _, tree = record(web)
    authors = tree.findall(".//a:author", NAMES)
    assert [[f"{etree.QName(part).localname}={part.text}" for part in author] for author in authors] == [
        ["keyname=Ouyang", "forenames=Long"],
        [r"keyname=Tr\k{e}bacz", "forenames=Maja"],
        ["keyname=van der Putten", "forenames=Joost"],
        ["keyname=Rodrigues", "forenames=Waldyr A.", "suffix=Jr"],
        ["keyname=OpenAI"],
    ]
    found = [
        texts(tree, f".//a:{key}", NAMES) for key in ("title", "comments", "journal-ref", "doi", "created", "updated")
    ]
    assert found == [
        ["Training language models to follow instructions"],
        ["68 pages & more"],
        ["J. Test 1 (2022)"],
        ["10.1000/xyz"],
        ["2022-03-03"],
        ["2022-05-02"],
    ]
    (asked,) = tree.findall("o:request", NAMES)
    assert dict(asked.attrib) == {
        "verb": "GetRecord",
        "identifier": "oai:arXiv.org:2203.02155",
        "metadataPrefix": "arXiv",
    }


@pytest.mark.parametrize(
    ("identifier", "history", "submitter"),
    [
        ("2203.02155", [("v1", "D"), ("v2", "D"), ("v3", "D")], "Long Ouyang"),
        ("2301.00001", [("v1", "D"), ("v2", "I")], "Ann Author"),
        ("2301.00002", [("v1", "I")], "arXiv Admin"),
    ],
)
def test_oai_raw_has_the_history_in_which_a_withdrawal_shows(
    web: Web, identifier: str, history: list[tuple[str, str]], submitter: str
) -> None:
    _, tree = record(web, identifier=f"oai:arXiv.org:{identifier}", metadataPrefix="arXivRaw")
    versions = tree.findall(".//r:version", NAMES)
    assert [(one.get("version"), one.findtext("r:source_type", namespaces=NAMES)) for one in versions] == history
    assert texts(tree, ".//r:submitter", NAMES) == [submitter]


@pytest.mark.parametrize(
    ("changes", "code", "problem"),
    [
        ({"identifier": "oai:arXiv.org:2203.99999"}, "idDoesNotExist", "Nothing found for this ID"),
        ({"identifier": "oai:arXiv.org:abc"}, "idDoesNotExist", "Invalid arXiv ID structure"),
        ({"identifier": "arXiv.org:2203.02155"}, "idDoesNotExist", "All identifiers start with: oai:arXiv.org:"),
        ({"metadataPrefix": "pictures"}, "cannotDisseminateFormat", "Did not recognize requested format"),
        ({"verb": "Fetch"}, "badVerb", "Invalid verb provided"),
        ({"verb": ""}, "badVerb", "Invalid verb provided"),
        (
            {"cookie": "x"},
            "badArgument",
            "Parameters provided did not match expected. Expected: identifier, metadataPrefix, verb",
        ),
        ({"verb": "GetRecord&verb=GetRecord"}, "badArgument", "Duplicate parameters not allowed"),
    ],
)
def test_oai_tells_errors_with_status_200(web: Web, changes: dict[str, str], code: str, problem: str) -> None:
    body, tree = record(web, **changes)
    assert f"<error code='{code}'>".encode() in body
    assert texts(tree, "o:error", NAMES) == [problem]
    assert dict(tree.findall("o:request", NAMES)[0].attrib) == {}


def test_oai_of_a_single_version_has_no_second_date(web: Web) -> None:
    _, tree = record(web, identifier="oai:arXiv.org:2210.01241")
    assert [texts(tree, f".//a:{key}", NAMES) for key in ("created", "updated")] == [["2022-10-03"], []]


def test_oai_gives_the_current_record_whatever_version_was_asked_for(web: Web) -> None:
    _, tree = record(web, identifier="oai:arXiv.org:2203.02155v1")
    assert texts(tree, ".//o:header/o:identifier", NAMES) == ["oai:arXiv.org:2203.02155"]
    assert texts(tree, ".//a:title", NAMES) == ["Training language models to follow instructions"]


def test_oai_has_moved(web: Web) -> None:
    head, _ = ask(web, "/oai2?verb=GetRecord", API)
    assert status_of(head) == 301
    assert b"\r\nLocation: https://oaipmh.arxiv.org/oai?verb=GetRecord\r\n" in head


@pytest.mark.parametrize(("path", "host"), [("/oai?verb=Identify", OAI), ("/", OAI), ("/api", API)])
def test_other_questions_are_nobodys(web: Web, path: str, host: str) -> None:
    assert b"<title>404 Not Found</title>" in ask(web, path, host)[1]


def metas(body: bytes) -> list[tuple[str, str]]:
    tree = html.fromstring(body)
    return [(meta.get("name", ""), meta.get("content", "")) for meta in tree.iterfind(".//meta") if meta.get("name")]


def test_an_abstract_has_meta_tags_of_its_version(web: Web) -> None:
    assert metas(ask(web, "/abs/2203.02155", "arxiv.org")[1]) == [
        ("citation_title", "Training language models to follow instructions"),
        ("citation_author", "Ouyang, Long"),
        ("citation_author", "Trębacz, Maja"),
        ("citation_author", "van der Putten, Joost"),
        ("citation_author", "Rodrigues Jr, Waldyr A."),
        ("citation_author", "OpenAI"),
        ("citation_doi", "10.1000/xyz"),
        ("citation_date", "2022/03/03"),
        ("citation_online_date", "2022/05/02"),
        ("citation_pdf_url", "https://arxiv.org/pdf/2203.02155"),
        ("citation_arxiv_id", "2203.02155"),
        ("citation_abstract", "What the paper is about."),
    ]
    older = metas(ask(web, "/abs/2203.02155v1", API)[1])
    assert older[:2] == [("citation_title", "Training models"), ("citation_author", "Ouyang, Long")]


@pytest.mark.parametrize(
    ("path", "banner"),
    [
        ("/abs/2301.00001", "This paper has been withdrawn by Ann Author"),
        ("/abs/2301.00001v2", "This paper has been withdrawn by Ann Author"),
        ("/abs/2301.00001v1", "A newer version of this paper has been withdrawn by Ann Author"),
        ("/abs/2301.00002", "This paper has been withdrawn by arXiv Admin"),
        ("/abs/2203.02155", None),
    ],
)
def test_a_withdrawal_stands_above_the_abstract(web: Web, path: str, banner: str | None) -> None:
    head, body = ask(web, path, "arxiv.org")
    assert status_of(head) == 200
    assert html.fromstring(body).findtext(".//span[@class='error']") == banner
    assert (b"<em>(withdrawn)</em>" in body) is (banner is not None)


@pytest.mark.parametrize(
    ("path", "status", "title"),
    [
        ("/abs/2203.99999", 404, "[2203.99999] Article not found"),
        ("/abs/2203.02155v9", 404, "[2203.02155v9] Article not found"),
        ("/abs/abc", 404, "[abc] Article identifier not recognized"),
        ("/abs/hep-th/9901001", 200, "[hep-th/9901001] Strings"),
        ("/html/2203.02155", 200, "Training language models to follow instructions"),
        ("/html/2301.00001", 404, "No html for 2301.00001"),
        ("/pdf/2301.00001", 404, "No pdf for 2301.00001"),
    ],
)
def test_a_page_that_is_not_there_is_404(web: Web, path: str, status: int, title: str) -> None:
    head, body = ask(web, path, "arxiv.org")
    assert (status_of(head), html.fromstring(body).findtext(".//title")) == (status, title)


def test_a_pdf_is_one_and_its_extension_is_taken_off(web: Web) -> None:
    for path in ("/pdf/2203.02155", "/pdf/2301.00001v1"):
        head, body = ask(web, path, "arxiv.org")
        assert (status_of(head), body[:5]) == (200, b"%PDF-")
        assert b"Content-Type: application/pdf" in head
    head, _ = ask(web, "/pdf/2203.02155v1.pdf", "arxiv.org")
    assert status_of(head) == 301
    assert b"Location: /pdf/2203.02155v1\r\n" in head + b"\r\n"
