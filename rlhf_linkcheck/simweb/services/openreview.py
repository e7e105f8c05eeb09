"""OpenReview: its pages, and the two APIs, which refuse whom they do not know.

https://docs.openreview.net/reference/api-v2; papers from 2024 on are at api2, older ones at api, and each
knows nothing of the other's. The pages are those of openreview/openreview-web: one that is missing says so
with status 200.
"""

import json
from html import escape

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

from .answers import in_json, page, pdf
from .library import Library
from .papers import Paper
from .question import Question

JSON = "application/json; charset=utf-8"
USER, PASSWORD, TOKEN = "user@example.org", "secret", "simulated.token"
SECOND_API = "api2.openreview.net"
FIRST_YEAR_OF_SECOND_API = 2024


def answer(library: Library, request: Request) -> Behaviour | None:
    """Answers /forum and /pdf."""
    question = Question.of(request)
    identifier = question.first("id")
    paper = library.by_openreview.get(identifier)
    match question.path:
        case "/forum" if paper:
            return _forum(paper, identifier)
        case "/forum":
            return page("Forum | OpenReview", f"<main><h1>Error</h1><p>The Note {escape(identifier)} was not found</p>")
        case "/pdf":
            return pdf() if paper else _problem("NotFoundError", f"The Note {identifier} was not found", 404)
        case _:
            return None


def answer_api(library: Library, request: Request) -> Behaviour | None:
    """Answers /login, and /notes by ``id`` or ``forum``, to those who have logged in."""
    question = Question.of(request)
    if question.path == "/login" and request.method == "POST":
        return _login(request.body)
    if question.path != "/notes":
        return None
    if request.headers.get("authorization") != f"Bearer {TOKEN}":
        details = {"challengeUrl": "https://openreview.net/challenge?id=1"}
        return _problem("ChallengeRequiredError", "Challenge verification required (2026-08-15-5452855)", 403, details)
    key = "id" if "id" in question.fields else "forum"
    identifier = question.first(key)
    second = request.host == SECOND_API
    paper = library.by_openreview.get(identifier)
    if paper and (paper.published >= FIRST_YEAR_OF_SECOND_API) is second:
        return in_json({"notes": [_note(paper, identifier, second=second)], "count": 1}, content_type=JSON)
    if key == "id":
        return _problem("NotFoundError", f"The Note {identifier} was not found", 404)
    return in_json({"notes": [], "count": 0}, content_type=JSON)


def _login(body: bytes) -> Behaviour:
    try:
        given = json.loads(body)
    except ValueError:
        given = None
    if given != {"id": USER, "password": PASSWORD}:
        return _problem("Error", "Invalid username or password", 400)
    return in_json({"token": TOKEN, "user": {"id": USER}}, content_type=JSON)


def _note(paper: Paper, identifier: str, *, second: bool) -> dict[str, object]:
    """A submission: the second API wraps each value of its content, the first does not."""
    title, authors = paper.at_venue
    content = {"title": title, "authors": list(authors), "venue": paper.venue or "", "pdf": f"/pdf/{identifier}.pdf"}
    invitation = "Venue.cc/Conference/-/Submission"
    return {
        "id": identifier,
        "forum": identifier,
        "number": 1,
        "cdate": 1646416303000,
        **({"invitations": [invitation]} if second else {"invitation": invitation}),
        "content": {key: {"value": value} for key, value in content.items()} if second else content,
    }


def _forum(paper: Paper, identifier: str) -> Behaviour:
    title, authors = paper.at_venue
    metas = [("citation_title", title), *(("citation_author", author) for author in authors)]
    metas.append(("citation_publication_date", f"{paper.published}/03/04"))
    metas.append(("citation_pdf_url", f"https://openreview.net/pdf?id={identifier}"))
    if paper.venue:
        metas.append(("citation_conference_title", paper.venue))
    return page(f"{title} | OpenReview", f"<main><h2>{escape(title)}</h2></main>", tuple(metas))


def _problem(name: str, message: str, status: int, details: dict[str, str] | None = None) -> Behaviour:
    return in_json({"name": name, "message": message, "status": status, "details": details or {}}, status, JSON)
