"""The ACL Anthology: static pages of Hugo, whose markup is minified; https://github.com/acl-org/acl-anthology."""

import re
from html import escape

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

from .answers import in_text, page, pdf
from .library import Library
from .papers import Paper
from .people import split_name
from .question import Question

ADDRESS = re.compile(
    r"/([0-9]{4}\.[a-z0-9_]{1,40}-[a-z0-9]{1,40}\.[0-9]{1,5}|[A-Z][0-9]{2}-[0-9]{4,5})(/|\.bib|\.pdf|)"
)
NEEDS_QUOTES = re.compile(r"[\s\"'=<>`]|^$")


def answer(library: Library, request: Request) -> Behaviour | None:
    """Answers a paper's page, its BibTeX and its PDF."""
    path = Question.of(request).path
    address = ADDRESS.fullmatch(path)
    if not address:
        return None
    paper = library.by_acl.get(address[1])
    if paper is None or (address[2] == ".bib" and paper.retracted):
        return page("404 Page not found", "<h1>404</h1>", status=404)
    match address[2]:
        case "/":
            return _page(paper, address[1])
        case ".bib":
            return in_text(_bibtex(paper, address[1]), content_type="text/x-bibtex")
        case ".pdf":
            return pdf()
        case _:
            return Behaviour(status=301, location=f"{path}/")


def _page(paper: Paper, identifier: str) -> Behaviour:
    """The page of a paper; that of a retracted one says so, in the title, too, and strikes it out."""
    title, authors = paper.at_venue
    if paper.retracted:
        title = f"[RETRACTED] {title}"
    address = f"https://aclanthology.org/{identifier}"
    metas = [("citation_title", title), *(("citation_author", author) for author in authors)]
    if paper.venue:
        metas.append(("citation_conference_title", paper.venue))
    metas += (("citation_publication_date", f"{paper.published}/7"), ("citation_pdf_url", f"{address}.pdf"))
    if paper.doi:
        metas.append(("citation_doi", paper.doi))
    head = "".join(f"<meta content={_value(content)} name={name}>" for name, content in metas)
    notice, style = "", ""
    if paper.retracted:
        notice = f'<div class="alert alert-danger">This paper has been retracted: {escape(paper.retracted)}</div>'
        style = ' style="text-decoration: line-through"'
    return in_text(
        f"<!doctype html><html lang=en-us><head><meta charset=utf-8><title>{escape(title)} - ACL Anthology</title>"
        f"{head}<meta property=og:title content={_value(title)}></head><body><section id=main>"
        f"<h2 id=title{style}><a href={address}.pdf>{escape(title)}</a></h2>"
        f"<p class=lead{style}>{escape(', '.join(authors))}</p>{notice}"
        f"<dl><dt>Anthology ID:</dt><dd>{identifier}</dd></dl></section></body></html>"
    )


def _value(text: str) -> str:
    """An attribute's value, in quotes where it needs them."""
    return f'"{escape(text)}"' if NEEDS_QUOTES.search(text) else escape(text)


def _bibtex(paper: Paper, identifier: str) -> str:
    """An entry with capitals in braces and one author a line."""
    title, authors = paper.at_venue
    names = [split_name(author) for author in authors]
    key = "-".join((names[0].family.lower().replace(" ", "-") if names else "anonymous", str(paper.published)))
    fields = [
        ("title", re.sub(r"[A-Z]", r"{\g<0>}", title)),
        ("author", "  and\n      ".join(name.inverted for name in names)),
        ("booktitle", paper.venue),
        ("year", str(paper.published)),
        ("url", f"https://aclanthology.org/{identifier}/"),
        ("doi", paper.doi),
    ]
    lines = ",\n".join(f'    {name} = "{text}"' for name, text in fields if text)
    return f"@inproceedings{{{key},\n{lines}\n}}\n"
