"""doi.org: which DOIs there are, who registered them, and where they lead.

The proxy's API: https://www.doi.org/the-identifier/resources/factsheets/doi-resolution-documentation.
"""

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

from .answers import in_json, page, too_long
from .library import Library, Registration
from .papers import DOI, Registrar
from .question import Question

JSON = "application/json;charset=UTF-8"
HANDLES = "/api/handles/"
AGENCIES = ("/doiRA/", "/ra/")
FOUND, HANDLE_NOT_FOUND, VALUES_NOT_FOUND = 1, 100, 200
"""Response codes of the handle protocol: RFC 3652, 2.2.2.3."""
NAMES = {Registrar.CROSSREF: "Crossref", Registrar.DATACITE: "DataCite"}


def answer(library: Library, request: Request) -> Behaviour | None:
    """Answers for handles, for registration agencies, and for the DOIs themselves."""
    if refused := too_long(request):
        return refused
    question = Question.of(request)
    for prefix in AGENCIES:
        if question.path.startswith(prefix):
            asked = question.path.removeprefix(prefix).split(",")
            return in_json([_agency(library, doi) for doi in asked], content_type=JSON)
    if question.path.startswith(HANDLES):
        return _handle(library, question.path.removeprefix(HANDLES), question.first("type", "URL"))
    if not question.path.startswith("/10."):
        return None
    found = library.by_doi(question.path[1:])
    if found is None:
        return page("Error: DOI Not Found", "<h1>DOI Not Found</h1>", status=404)
    return Behaviour(status=302, location=found.target, headers=(("Vary", "Accept"),))


def _agency(library: Library, doi: str) -> dict[str, str]:
    if not DOI.fullmatch(doi):
        return {"DOI": doi, "status": "Invalid DOI"}
    found = library.by_doi(doi)
    return {"DOI": doi, "RA": NAMES[found.registrar]} if found else {"DOI": doi, "status": "DOI does not exist"}


def _handle(library: Library, doi: str, kind: str) -> Behaviour:
    found = library.by_doi(doi)
    if found is None:
        return in_json({"responseCode": HANDLE_NOT_FOUND, "handle": doi}, 404, JSON)
    values = [_value(found)] if kind == "URL" else []
    code = FOUND if values else VALUES_NOT_FOUND
    return in_json({"responseCode": code, "handle": doi, "values": values}, content_type=JSON)


def _value(found: Registration) -> dict[str, object]:
    return {
        "index": 1,
        "type": "URL",
        "data": {"format": "string", "value": found.target},
        "ttl": 86400,
        "timestamp": f"{found.paper.published}-03-04T00:00:00Z",
    }
