"""The API of arXiv: https://info.arxiv.org/help/api/user-manual.html; the server is arXiv/arxiv-search.

Answers are as recorded from the server of 2026: entries in an order of their own, ids that it does not know
left out, and the whole list refused for one id that is none.
"""

import base64
import hashlib
import re
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import quote
from xml.sax.saxutils import escape, quoteattr

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

from .answers import in_text, too_long
from .arxiv_query import OPERATORS, BadQuery, Test, parse_query, words
from .library import Library
from .papers import Paper, submitted
from .question import Question

ATOM = "application/atom+xml; charset=utf-8"
STAMP = "%Y-%m-%dT%H:%M:%SZ"
LOOSE_ID = re.compile(r"(?<![\d=.])\d{4}\.\d{4,5}|[a-z-]{2,20}(?:\.[a-z]{2})?/\d{2}[01]\d{4}", re.IGNORECASE)
"""What passes for an id: the server looks for one anywhere in the text (arXiv/arxiv-base, parse_arxiv_id)."""
VERSIONED = re.compile(r"(.+?)v([0-9]{1,4})")
FOLD_AT = 78
"""Where titles are folded, as in abstracts of old: a newline and two blanks."""
FEED = (
    "<?xml version='1.0' encoding='UTF-8'?>\n"
    '<feed xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" xmlns:arxiv="http://arxiv.org/schemas/atom"'
    ' xmlns="http://www.w3.org/2005/Atom">\n'
)
Entry = tuple[Paper, str, int]
"""A paper, its id, and the version asked for."""


def answer(library: Library, request: Request) -> Behaviour | None:
    """Answers /api/query, asked by GET or by POST."""
    question = Question.of(request)
    if question.path != "/api/query":
        return None
    if refused := too_long(request):
        return refused
    try:
        return _feed(library, question)
    except BadQuery as problem:
        return _error(str(problem), problem.status)


def _feed(library: Library, question: Question) -> Behaviour:
    search, listed = question.first("search_query"), question.first("id_list")
    ids = listed.split(",") if listed else []
    for identifier in ids:
        if not LOOSE_ID.search(identifier):
            raise BadQuery(f"incorrect id format for {identifier}")
    size, start = _number(question, "max_results", "10"), _number(question, "start", "0")
    if not search and not ids:
        raise BadQuery("Either a search_query or id_list must be specified for the classic API.")
    if search and ":" not in search and " " not in search and search not in OPERATORS:
        search = f"all:{search}"
    test = parse_query(search) if search else None
    found = _found(library, ids, test)
    if test:
        found.sort(key=lambda entry: words(entry[0].title) != words(search.partition(":")[2]))
    asked = f"search_query={search}&id_list={listed}&start={start}&max_results={size}"
    digest = base64.b64encode(hashlib.sha1(asked.encode(), usedforsecurity=False).digest()).decode()[:-1]
    link = (
        f"https://arxiv.org/api/query?search_query={quote(search, ':/,')}&start={start}&max_results={size}"
        f"&id_list={quote(listed, '/,')}"
    )
    head = _head(f"https://arxiv.org/api/{digest}", f"arXiv Query: {asked}", link, (size, len(found), start))
    entries = "".join(map(_entry, found[start : start + size]))
    return in_text(f"{FEED}{head}{entries}</feed>\n", content_type=ATOM)


def _found(library: Library, ids: list[str], test: Test | None) -> list[Entry]:
    """The entries for a list of ids, or for all current versions; newest first, whatever was asked first."""
    found: set[Entry] = set()
    for asked in ids or library.by_arxiv:
        identifier, version = asked, 0
        if versioned := VERSIONED.fullmatch(asked):
            identifier, version = versioned[1], int(versioned[2])
        paper = library.by_arxiv.get(identifier)
        if paper and version <= len(paper.versions) and (test is None or test(paper)):
            found.add((paper, identifier, version or len(paper.versions)))
    return sorted(found, key=lambda entry: (submitted(entry[1]), *entry[1:]), reverse=True)


def _number(question: Question, key: str, default: str) -> int:
    try:
        number = int(question.first(key, default))
    except ValueError:
        raise BadQuery(f"{key} must be an integer") from None
    if number < 0:
        raise BadQuery(f"{key} must be non-negative")
    return number


def _head(identifier: str, title: str, link: str | None, counts: tuple[int, int, int]) -> str:
    lines = [f"<id>{escape(identifier)}</id>", f"<title>{escape(title)}</title>"]
    lines.append(f"<updated>{datetime.now(UTC):{STAMP}}</updated>")
    if link:
        lines.append(f'<link href={quoteattr(link)} type="application/atom+xml"/>')
    names = ("itemsPerPage", "totalResults", "startIndex")
    lines += (f"<opensearch:{name}>{number}</opensearch:{name}>" for name, number in zip(names, counts, strict=True))
    return "".join(f"  {line}\n" for line in lines)


def _entry(entry: Entry) -> str:
    paper, identifier, number = entry
    version = paper.versions[number - 1]
    address = f"arxiv.org/abs/{identifier}v{number}"
    lines = [
        f"<id>http://{address}</id>",
        f"<title>{escape(fold(version.title))}</title>",
        f"<updated>{submitted(identifier, number):{STAMP}}</updated>",
        f'<link href="https://{address}" rel="alternate" type="text/html"/>',
        f'<link href="https://arxiv.org/pdf/{identifier}v{number}" rel="related" type="application/pdf" title="pdf"/>',
        "<summary>What the paper is about.</summary>",
        '<category term="cs.LG" scheme="http://arxiv.org/schemas/atom"/>',
        f"<published>{submitted(identifier):{STAMP}}</published>",
    ]
    if version.comment:
        lines.append(f"<arxiv:comment>{escape(version.comment)}</arxiv:comment>")
    lines.append('<arxiv:primary_category term="cs.LG"/>')
    if paper.journal_ref:
        lines.append(f"<arxiv:journal_ref>{escape(paper.journal_ref)}</arxiv:journal_ref>")
    for author in version.authors:
        lines += ("<author>", f"  <name>{escape(author)}</name>", "</author>")
    if paper.doi:
        lines.append(f"<arxiv:doi>{escape(paper.doi)}</arxiv:doi>")
        lines.append(f'<link rel="related" href={quoteattr(f"https://doi.org/{paper.doi}")} title="doi"/>')
    return "".join(("  <entry>\n", *(f"    {line}\n" for line in lines), "  </entry>\n"))


def fold(title: str) -> str:
    """A long title on several lines."""
    lines = [""]
    for word in title.split(" "):
        if len(lines[-1]) + len(word) > FOLD_AT:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}" if lines[-1] else word
    return "\n  ".join(lines)


def _error(problem: str, status: int) -> Behaviour:
    """A feed of one entry, which is no paper; a server that tripped says nothing."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return in_text("Internal Server Error", status, "text/plain")
    identifier = f"https://arxiv.org/api/errors#{problem.replace(' ', '_')}"
    lines = (
        f"<id>{escape(identifier)}</id>",
        "<title>Error</title>",
        f"<updated>{datetime.now(UTC):{STAMP}}</updated>",
        f'<link href={quoteattr(identifier)} rel="alternate" type="text/html"/>',
        f"<summary>{escape(problem)}</summary>",
        "<author>",
        "  <name>arXiv api core</name>",
        "</author>",
    )
    head = _head("https://arxiv.org/", "arXiv Search Results", None, (1, 1, 0))
    entry = "".join(("  <entry>\n", *(f"    {line}\n" for line in lines), "  </entry>\n"))
    return in_text(f"{FEED}{head}{entry}</feed>\n", status, ATOM)
