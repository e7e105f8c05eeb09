"""arXiv's pages: the abstract with its meta tags, the PDF and the HTML; the server is arXiv/arxiv-browse."""

import re
from html import escape

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

from .answers import page, pdf
from .library import Library
from .papers import ARXIV_ID, Paper, Version, submitted
from .people import split_name
from .question import Question

ADDRESS = re.compile(rf"/(abs|pdf|html)/({ARXIV_ID.pattern})(?:v([0-9]{{1,4}}))?(\.pdf)?")
PAGES = ("/abs/", "/pdf/", "/html/")


def answer(library: Library, request: Request) -> Behaviour | None:
    """Answers /abs, /pdf and /html, with a version or without."""
    path = Question.of(request).path
    if not path.startswith(PAGES):
        return None
    address = ADDRESS.fullmatch(path)
    if not address:
        name = path.split("/", 2)[2]
        return _not_found(f"[{name}] Article identifier not recognized", f"Article identifier '{name}' not recognized")
    kind, identifier, asked, extension = address.groups()
    paper = library.by_arxiv.get(identifier)
    number = int(asked or 0)
    if paper is None or number > len(paper.versions):
        name = identifier + (f"v{number}" if asked else "")
        return _not_found(f"[{name}] Article not found", f"Article {name} not found")
    if extension:
        return Behaviour(status=301, location=path.removesuffix(extension))
    if kind == "abs":
        return _abstract(paper, identifier, number or len(paper.versions), requested=path.removeprefix("/abs/"))
    return _document(kind, identifier, paper.versions[number - 1])


def _document(kind: str, identifier: str, version: Version) -> Behaviour:
    """The paper itself, which a withdrawn version does not have."""
    if version.withdrawn:
        return _not_found(f"No {kind} for {identifier}", f"No {kind.upper()} for '{identifier}'")
    if kind == "pdf":
        return pdf()
    return page(version.title, f'<article class="ltx_document"><h1>{escape(version.title)}</h1></article>')


def _abstract(paper: Paper, identifier: str, number: int, *, requested: str) -> Behaviour:
    version = paper.versions[number - 1]
    metas = [("citation_title", version.title)]
    metas += (("citation_author", split_name(author).inverted) for author in version.authors)
    if paper.doi:
        metas.append(("citation_doi", paper.doi))
    metas += (
        ("citation_date", f"{submitted(identifier):%Y/%m/%d}"),
        ("citation_online_date", f"{submitted(identifier, number):%Y/%m/%d}"),
        ("citation_pdf_url", f"https://arxiv.org/pdf/{identifier}"),
        ("citation_arxiv_id", identifier),
        ("citation_abstract", "What the paper is about."),
    )
    rows = [("comments", version.comment), ("jref", paper.journal_ref), ("doi", paper.doi)]
    table = "".join(f'<tr><td class="tablecell {name}">{escape(text)}</td></tr>\n' for name, text in rows if text)
    authors = ", ".join(f'<a href="/a/">{escape(author)}</a>' for author in version.authors)
    body = (
        f'<div id="abs">\n{_banner(paper, number)}'
        f'<div class="dateline">[Submitted on {submitted(identifier):%d %b %Y}]</div>\n'
        f'<h1 class="title mathjax"><span class="descriptor">Title:</span>{escape(version.title)}</h1>\n'
        f'<div class="authors"><span class="descriptor">Authors:</span>{authors}</div>\n'
        '<blockquote class="abstract mathjax">What the paper is about.</blockquote>\n'
        f'<div class="metatable"><table summary="Additional metadata">\n{table}</table></div>\n</div>\n'
        f'<div class="submission-history"><h2>Submission history</h2>\n{_history(paper, identifier)}</div>'
    )
    return page(f"[{requested}] {version.title}", body, tuple(metas))


def _banner(paper: Paper, number: int) -> str:
    """What stands above everything where the paper has been withdrawn, also on the pages of older versions."""
    current = paper.versions[-1]
    if not current.withdrawn:
        return ""
    what = "This paper" if number == len(paper.versions) else "A newer version of this paper"
    who = current.authors[0] if current.authors else "arXiv Admin"
    return f'<span class="error">{what} has been withdrawn by {escape(who)}</span>\n'


def _history(paper: Paper, identifier: str) -> str:
    rows: list[str] = []
    for number, version in enumerate(paper.versions, start=1):
        size = "(1 KB)&nbsp;<em>(withdrawn)</em>" if version.withdrawn else "(1,786 KB)"
        rows.append(
            f"<strong>[v{number}]</strong> {submitted(identifier, number):%a, %d %b %Y %H:%M:%S UTC} {size}<br/>\n"
        )
    return "".join(rows)


def _not_found(title: str, heading: str) -> Behaviour:
    return page(title, f"<h1>{escape(heading)}</h1>", status=404)
