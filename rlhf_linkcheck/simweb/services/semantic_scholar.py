"""Semantic Scholar's batch of papers: https://api.semanticscholar.org/api-docs/graph, POST /paper/batch."""

import hashlib
import json
import re

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

from .answers import in_json
from .library import Library
from .papers import ARXIV_PREFIX, Paper
from .question import Question

MOST_IDS = 500
FIELDS = ("paperId", "externalIds", "url", "title", "venue", "year", "authors", "publicationTypes", "journal")
ADDRESSES = (
    (re.compile(r"https?://arxiv\.org/abs/(\S+)"), "arxiv"),
    (re.compile(r"https?://(?:www\.)?aclanthology\.org/(\S+?)/?"), "acl"),
)


def answer(library: Library, request: Request) -> Behaviour | None:
    """Answers a batch in the order asked, with null for what is not known; all unknown is a refusal."""
    question = Question.of(request)
    if question.path != "/graph/v1/paper/batch" or request.method != "POST":
        return None
    fields = [name for name in question.first("fields").split(",") if name] or ["paperId", "title"]
    if unknown := [name for name in fields if name not in FIELDS]:
        return in_json({"error": f"Unrecognized or unsupported fields: [{', '.join(unknown)}]"}, 400)
    ids = _ids(request.body)
    if ids is None:
        return in_json({"error": "Missing or malformed ids"}, 400)
    if len(ids) > MOST_IDS:
        return in_json({"error": f"Too many ids: {len(ids)}, at most {MOST_IDS}"}, 400)
    papers = [_find(library, one) for one in ids]
    if not any(papers):
        return in_json({"error": "No valid paper ids given"}, 400)
    return in_json([paper and _told(paper, fields) for paper in papers])


def _ids(body: bytes) -> list[str] | None:
    try:
        match json.loads(body):
            case {"ids": [*ids]}:
                return [str(one) for one in ids]
            case _:
                return None
    except ValueError:
        return None


def _find(library: Library, asked: str) -> Paper | None:
    kind, _, name = asked.partition(":")
    kind = kind.lower()
    if kind == "url":
        for address, known in ADDRESSES:
            if found := address.fullmatch(name):
                kind, name = known, found[1]
    match kind:
        case "arxiv":
            return library.by_arxiv.get(name)
        case "acl":
            return library.by_acl.get(name)
        case "doi":
            registration = library.by_doi(name)
            return registration.paper if registration else None
        case _:
            return None


def _told(paper: Paper, fields: list[str]) -> dict[str, object]:
    """A paper with the fields asked for; its id comes with each."""
    identifier = _number_of(paper.title)
    own = paper.doi or (f"{ARXIV_PREFIX}{paper.arxiv}" if paper.arxiv else None)
    known = {"ArXiv": paper.arxiv, "DOI": own, "ACL": paper.acl}
    everything: dict[str, object] = {
        "paperId": identifier,
        "externalIds": {key: value for key, value in known.items() if value} | {"CorpusId": int(identifier[:7], 16)},
        "url": f"https://www.semanticscholar.org/paper/{identifier}",
        "title": paper.title,
        "venue": paper.venue or ("arXiv.org" if paper.arxiv else ""),
        "year": paper.published,
        "authors": [{"authorId": str(int(_number_of(author)[:7], 16)), "name": author} for author in paper.authors],
        "publicationTypes": None,
        "journal": None,
    }
    return {key: value for key, value in everything.items() if key in ("paperId", *fields)}


def _number_of(text: str) -> str:
    """A number as theirs look, which are of forty hexadecimal digits."""
    return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()
