"""A publisher that no other service stands for: the page a DOI leads to, with its meta tags."""

from html import escape

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

from .answers import page
from .library import Library
from .people import split_name
from .question import Question


def answer(library: Library, request: Request) -> Behaviour | None:
    """Answers the DOI as a path, as large publishers have it."""
    path = Question.of(request).path
    if not path.startswith("/10."):
        return None
    found = library.by_doi(path[1:])
    if found is None or found.at_arxiv:
        return page("Page not found", "<h1>Page not found</h1>", status=404)
    metas = [("citation_title", found.title)]
    metas += (("citation_author", split_name(author).inverted) for author in found.authors)
    metas += (("citation_doi", found.doi), ("citation_publication_date", str(found.paper.published)))
    if found.paper.venue:
        metas.append(("citation_journal_title", found.paper.venue))
    body = f"<h1>{escape(found.title)}</h1>"
    if found.paper.retracted:
        body += f"<p>This article has been retracted: {escape(found.paper.retracted)}</p>"
    return page(found.title, body, tuple(metas))
