"""DataCite's REST API: https://support.datacite.org/docs/api; DOIs by one, by ``ids``, or by a ``query``."""

import re

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

from .answers import in_json
from .library import Library, Registration
from .papers import Registrar
from .people import split_name
from .question import Question

JSON = "application/json; charset=utf-8"
PREFIX = "/dois/"
IN_QUERY = re.compile(r'10\.[0-9]{4,9}/[^\s"()]+')
NOT_FOUND = {"errors": [{"status": "404", "title": "The resource you are looking for doesn't exist."}]}


def answer(library: Library, request: Request) -> Behaviour | None:
    """Answers /dois/DOI, and /dois with ``ids`` or with a query for DOIs."""
    question = Question.of(request)
    fields = [name for name in question.first("fields[dois]").split(",") if name]
    if question.path.startswith(PREFIX):
        found = _registered(library, question.path.removeprefix(PREFIX))
        if found is None:
            return in_json(NOT_FOUND, 404, JSON)
        return in_json({"data": _record(found, fields)}, content_type=JSON)
    if question.path != "/dois" or not question.fields.keys() & {"ids", "query"}:
        return None
    asked = question.first("ids").split(",") if "ids" in question.fields else _in_query(question.first("query"))
    known = [one for doi in dict.fromkeys(asked) if (one := _registered(library, doi))]
    size = question.first("page[size]", "25")
    shown = known[: int(size) if size.isdecimal() else 25]
    meta = {"total": len(known), "totalPages": 1, "page": 1}
    return in_json({"data": [_record(one, fields) for one in shown], "meta": meta, "links": {}}, content_type=JSON)


def _in_query(query: str) -> list[str]:
    """The DOIs of a query in Lucene's language, where a backslash escapes."""
    return IN_QUERY.findall(query.replace("\\", ""))


def _registered(library: Library, doi: str) -> Registration | None:
    found = library.by_doi(doi)
    return found if found and found.registrar is Registrar.DATACITE else None


def _record(found: Registration, fields: list[str]) -> dict[str, object]:
    paper, doi = found.paper, found.doi.lower()
    attributes: dict[str, object] = {
        "doi": doi,
        "creators": [_creator(author) for author in found.authors],
        "titles": [{"title": found.title}],
        "publisher": "arXiv" if found.at_arxiv else "A Publisher",
        "publicationYear": paper.published,
        "types": {"ris": "GEN", "citeproc": "article", "resourceType": "Article", "resourceTypeGeneral": "Preprint"},
        "relatedIdentifiers": [],
        "version": str(len(paper.versions)) if found.at_arxiv else None,
        "url": found.target,
        "state": "findable",
    }
    if found.at_arxiv and paper.doi:
        related = {"relationType": "IsVersionOf", "relatedIdentifier": paper.doi, "relatedIdentifierType": "DOI"}
        attributes["relatedIdentifiers"] = [related]
    told = {key: value for key, value in attributes.items() if not fields or key in fields}
    return {"id": doi, "type": "dois", "attributes": told}


def _creator(author: str) -> dict[str, object]:
    name = split_name(author)
    rest: dict[str, object] = {"affiliation": [], "nameIdentifiers": []}
    if not name.given:
        return {"name": name.family, "nameType": "Organizational", **rest}
    parts = {"givenName": name.given, "familyName": f"{name.family} {name.suffix}".strip()}
    return {"name": name.inverted, "nameType": "Personal", **parts, **rest}
