"""Crossref's REST API: https://www.crossref.org/documentation/retrieve-metadata/rest-api/.

Records are asked one by one, or many by repeated ``doi`` filters, where those that are missing are left out.
"""

from dataclasses import replace

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

from .answers import in_json, in_text
from .library import Library, Registration
from .papers import Registrar
from .people import split_name
from .question import Question

MOST_ROWS = 1000
PREFIX = "/works/"
SELECTABLE = frozenset(
    (
        *("DOI", "URL", "title", "subtitle", "author", "issued", "container-title", "type", "publisher", "relation"),
        *("updated-by", "update-to", "score", "member", "prefix", "published", "abstract", "original-title"),
    )
)
PACE = {
    ("public", "single"): (5, 1),
    ("public", "array"): (1, 1),
    ("polite", "single"): (10, 3),
    ("polite", "array"): (3, 3),
}
"""Requests a second and at once, by pool and kind of request; since December 2025."""


def answer(library: Library, request: Request) -> Behaviour | None:
    """Answers /works/DOI, and /works with ``doi`` filters."""
    question = Question.of(request)
    polite = "mailto" in question.fields or "mailto:" in request.headers.get("user-agent", "")
    if question.path.startswith(PREFIX):
        found, kind = _single(library, question), "single"
    elif question.path == "/works" and question.first("filter").startswith("doi:"):
        found, kind = _list(library, question), "array"
    else:
        return None
    pool = "polite" if polite else "public"
    rate, at_once = PACE[pool, kind]
    headers = (
        ("x-rate-limit-limit", str(rate)),
        ("x-rate-limit-interval", "1s"),
        ("x-concurrency-limit", str(at_once)),
        ("x-api-pool", f"{pool}-{kind}"),
    )
    return replace(found, headers=headers)


def _single(library: Library, question: Question) -> Behaviour:
    if "select" in question.fields:
        return _refused("parameter-not-allowed", "select", "This route does not support select")
    found = _registered(library, question.path.removeprefix(PREFIX))
    if found is None:
        return in_text("Resource not found.", 404, "text/plain;charset=utf-8")
    return in_json({"status": "ok", "message-type": "work", "message-version": "1.0.0", "message": _work(found)})


def _list(library: Library, question: Question) -> Behaviour:
    filters = question.first("filter").split(",")
    rows = question.first("rows", "20")
    if not rows.isdecimal() or int(rows) > MOST_ROWS:
        problem = f"Integer specified as {rows} but must be a positive integer less than or equal to {MOST_ROWS}."
        return _refused("integer-not-valid", rows, problem)
    select = [name for name in question.first("select").split(",") if name]
    for name in select:
        if name not in SELECTABLE:
            problem = f"Select '{name}' specified but there is no such select for this route."
            return _refused("select-not-available", name, problem)
    for one in filters:
        if not one.startswith("doi:"):
            name = one.partition(":")[0]
            problem = f"Filter {name} specified but there is no such filter for this route."
            return _refused("filter-not-available", name, problem)
    known = [_registered(library, name.removeprefix("doi:")) for name in filters]
    found = {one.doi.lower(): one for one in known if one}
    works = [_work(found[doi]) for doi in sorted(found)]
    items = [{key: value for key, value in work.items() if not select or key in select} for work in works]
    message = {
        "facets": {},
        "total-results": len(items),
        "items": items[: int(rows)],
        "items-per-page": int(rows),
        "query": {"start-index": 0, "search-terms": None},
    }
    return in_json({"status": "ok", "message-type": "work-list", "message-version": "1.0.0", "message": message})


def _registered(library: Library, doi: str) -> Registration | None:
    found = library.by_doi(doi)
    return found if found and found.registrar is Registrar.CROSSREF else None


def _work(found: Registration) -> dict[str, object]:
    """A record: the DOI in lower case, an ampersand as an entity, and other markup of the title as it is."""
    paper, doi = found.paper, found.doi.lower()
    work: dict[str, object] = {
        "DOI": doi,
        "URL": f"https://doi.org/{doi}",
        "type": "journal-article" if paper.venue and "Journal" in paper.venue else "proceedings-article",
        "publisher": "A Publisher",
        "title": [found.title.replace("&", "&amp;")],
        "subtitle": [],
        "author": _authors(found.authors),
        "container-title": [paper.venue] if paper.venue else [],
        "issued": {"date-parts": [[paper.published]]},
        "relation": {},
        "score": 1,
    }
    if paper.retracted:
        work["updated-by"] = [_retraction(doi, paper.published, source) for source in ("retraction-watch", "publisher")]
    return work


def _authors(printed: tuple[str, ...]) -> list[dict[str, object]]:
    authors: list[dict[str, object]] = []
    for one in printed:
        name = split_name(one)
        parts = {"given": name.given, "family": name.family, "suffix": name.suffix}
        told = {key: part for key, part in parts.items() if part} if name.given else {"name": name.family}
        authors.append({**told, "sequence": "additional" if authors else "first", "affiliation": []})
    return authors


def _retraction(doi: str, year: int, source: str) -> dict[str, object]:
    """One notice of a retraction, which each who knows of it tells by itself."""
    return {
        "DOI": f"{doi}.notice",
        "type": "retraction",
        "label": "Retraction",
        "source": source,
        "updated": {
            "date-parts": [[year + 1, 2, 6]],
            "date-time": f"{year + 1}-02-06T00:00:00Z",
            "timestamp": 1265414400000,
        },
        "record-id": "4036",
    }


def _refused(kind: str, value: str, problem: str) -> Behaviour:
    message = [{"type": kind, "value": value, "message": problem}]
    return in_json({"status": "failed", "message-type": "validation-failure", "message": message}, 400)
