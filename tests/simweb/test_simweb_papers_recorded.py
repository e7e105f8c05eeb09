"""The simulated arXiv beside the real one: the same questions, the same ids, titles and errors."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from lxml import etree
from shared_data import SHARED
from simweb_wire import ask, status_of

from rlhf_linkcheck.simweb import Scenario, serve
from rlhf_linkcheck.simweb.services.papers import Paper

FOLDER = SHARED / "data" / "arxiv-api"
RECORDED = sorted(FOLDER.glob("id_*.json"))
ATOM = {
    "a": "http://www.w3.org/2005/Atom",
    "arxiv": "http://arxiv.org/schemas/atom",
    "o": "http://a9.com/-/spec/opensearch/1.1/",
}

pytestmark = pytest.mark.skipif(not RECORDED, reason=f"needs {FOLDER} (see RLHF_LINKCHECK_SHARED)")


def entries(body: bytes) -> list[dict[str, Any]]:
    return [
        {
            "id": entry.findtext("a:id", "", ATOM),
            "title": " ".join(entry.findtext("a:title", "", ATOM).split()),
            "authors": tuple(name.text for name in entry.iterfind("a:author/a:name", ATOM)),
            "comment": entry.findtext("arxiv:comment", None, ATOM),
            "journal_ref": entry.findtext("arxiv:journal_ref", None, ATOM),
            "doi": entry.findtext("arxiv:doi", None, ATOM),
            "links": [(link.get("rel"), link.get("href")) for link in entry.iterfind("a:link", ATOM)],
        }
        for entry in etree.fromstring(body).iterfind("a:entry", ATOM)
    ]


def head_of(body: bytes) -> list[str | None]:
    tree = etree.fromstring(body)
    return [tree.findtext(name, None, ATOM) for name in ("a:id", "a:title", "o:totalResults", "o:itemsPerPage")]


@pytest.mark.parametrize("path", RECORDED, ids=lambda path: path.name)
def test_the_simulated_arxiv_answers_as_the_recorded(path: Path) -> None:
    recorded = json.loads(path.read_text(encoding="utf-8"))
    body = recorded["body"].encode()
    known = [entry for entry in entries(body) if entry["title"] != "Error"]
    papers = tuple(
        Paper(
            entry["title"],
            entry["authors"],
            arxiv=entry["id"].rpartition("/abs/")[2].removesuffix("v1"),
            comment=entry["comment"],
            journal_ref=entry["journal_ref"],
            doi=entry["doi"],
        )
        for entry in known
    )
    asked = urlsplit(recorded["url"])
    nobodys = (Paper("A paper nobody asked for", arxiv="2001.00001"),)
    with serve(Scenario(papers=papers or nobodys)) as web:
        head, answer = ask(web, f"{asked.path}?{asked.query}", asked.netloc)
    assert status_of(head) == recorded["status_code"]
    assert entries(answer) == entries(body)
    assert head_of(answer) == head_of(body)
