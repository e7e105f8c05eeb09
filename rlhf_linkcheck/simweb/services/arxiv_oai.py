"""arXiv by OAI-PMH: https://www.openarchives.org/OAI/openarchivesprotocol.html; the server is arXiv/oaipmh.

One record a request, of a paper's current version only. Errors are answers with status 200.
"""

import re
from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

from .answers import in_text
from .library import Library
from .papers import ARXIV_ID, Paper, submitted
from .people import split_name, tex_accents
from .question import Question

XML = "application/xml"
PREFIX = "oai:arXiv.org:"
BASE = "http://oaipmh.arxiv.org/oai"
NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
ARGUMENTS = {"verb", "identifier", "metadataPrefix"}
OTHER_VERBS = {"Identify", "ListIdentifiers", "ListMetadataFormats", "ListRecords", "ListSets"}
FORMATS = ("arXiv", "arXivRaw")
OLD_PATH = "/oai2"
VERSIONED_ID = re.compile(rf"({ARXIV_ID.pattern})(?:v[1-9][0-9]{{0,3}})?")
"""A version is read and forgotten: the record is the current one's, whichever was asked for."""


class _Refused(Exception):  # noqa: N818 - its name in the protocol
    """A protocol error: its code, and what it says."""

    def __init__(self, code: str, problem: str) -> None:
        super().__init__(problem)
        self.code = code


def answer(library: Library, request: Request) -> Behaviour | None:
    """Answers GetRecord at /oai, in the formats arXiv and arXivRaw, and leads there from where it once was."""
    question = Question.of(request)
    if question.path == OLD_PATH:
        query = request.path.partition("?")[2]
        return Behaviour(status=301, location=f"https://oaipmh.arxiv.org/oai?{query}")
    if question.path != "/oai" or question.first("verb") in OTHER_VERBS:
        return None
    try:
        return _document(_attributes(question), _record(library, question))
    except _Refused as problem:
        return _document("", f"<error code='{problem.code}'>{escape(str(problem))}</error>")


def _record(library: Library, question: Question) -> str:
    if any(len(values) > 1 for values in question.fields.values()):
        raise _Refused("badArgument", "Duplicate parameters not allowed")
    if question.first("verb") != "GetRecord":
        raise _Refused("badVerb", "Invalid verb provided")
    if question.fields.keys() != ARGUMENTS:
        raise _Refused(
            "badArgument",
            "Parameters provided did not match expected. Expected: identifier, metadataPrefix, verb",
        )
    name, form = question.first("identifier"), question.first("metadataPrefix")
    if not name.startswith(PREFIX):
        raise _Refused("idDoesNotExist", f"All identifiers start with: {PREFIX}")
    known = VERSIONED_ID.fullmatch(name.removeprefix(PREFIX))
    if not known:
        raise _Refused("idDoesNotExist", "Invalid arXiv ID structure")
    if form not in FORMATS:
        raise _Refused("cannotDisseminateFormat", "Did not recognize requested format")
    identifier = known[1]
    paper = library.by_arxiv.get(identifier)
    if paper is None:
        raise _Refused("idDoesNotExist", "Nothing found for this ID")
    stamp = f"{submitted(identifier, len(paper.versions)):%Y-%m-%d}"
    header = (
        f"<header>\n<identifier>{PREFIX}{identifier}</identifier>\n<datestamp>{stamp}</datestamp>\n"
        "<setSpec>cs:cs:LG</setSpec>\n</header>"
    )
    metadata = _arxiv(paper, identifier) if form == "arXiv" else _raw(paper, identifier)
    return f"<GetRecord>\n<record>\n{header}\n<metadata>\n{metadata}\n</metadata>\n</record>\n</GetRecord>"


def _arxiv(paper: Paper, identifier: str) -> str:
    """The format with names in parts."""
    current = paper.versions[-1]
    names: list[str] = []
    for author in current.authors:
        name = split_name(author)
        parts = (("keyname", name.family), ("forenames", name.given), ("suffix", name.suffix))
        names.append("".join(("<author>\n", *(_element(key, part) for key, part in parts if part), "</author>\n")))
    dates = _element("created", f"{submitted(identifier):%Y-%m-%d}")
    if len(paper.versions) > 1:
        dates += _element("updated", f"{submitted(identifier, len(paper.versions)):%Y-%m-%d}")
    inner = f"<authors>\n{''.join(names)}</authors>\n{_element('title', current.title)}"
    return _metadata("arXiv", f"{_element('id', identifier)}{dates}{inner}{_rest(paper)}")


def _raw(paper: Paper, identifier: str) -> str:
    """The format with the history, where a version that was withdrawn has the source type I."""
    history: list[str] = []
    for number, version in enumerate(paper.versions, start=1):
        date = f"{submitted(identifier, number):%a, %d %b %Y %H:%M:%S GMT}"
        kind = "I" if version.withdrawn else "D"
        size = "0kb" if version.withdrawn else "1786kb"
        inner = _element("date", date) + _element("size", size) + _element("source_type", kind)
        history.append(f'<version version="v{number}">\n{inner}</version>\n')
    current = paper.versions[-1]
    submitter = _element("submitter", current.authors[0] if current.authors else "arXiv Admin")
    head = f"{_element('id', identifier)}{submitter}{''.join(history)}{_element('title', current.title)}"
    return _metadata("arXivRaw", f"{head}{_element('authors', ', '.join(current.authors))}{_rest(paper)}")


def _rest(paper: Paper) -> str:
    """What both formats end with."""
    optional = (("comments", paper.versions[-1].comment), ("journal-ref", paper.journal_ref), ("doi", paper.doi))
    told = "".join(_element(name, text) for name, text in optional if text)
    return (
        f"{_element('categories', 'cs.LG')}{told}"
        f"{_element('license', 'http://arxiv.org/licenses/nonexclusive-distrib/1.0/')}"
        f"{_element('abstract', 'What the paper is about.')}"
    )


def _metadata(form: str, inner: str) -> str:
    name = f"http://arxiv.org/OAI/{form}"
    return (
        f'<{form} xmlns="{name}/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' xsi:schemaLocation="{name}/ {name}.xsd">\n{inner}</{form}>'
    )


def _element(name: str, text: str) -> str:
    return f"<{name}>{escape(tex_accents(text))}</{name}>\n"


def _attributes(question: Question) -> str:
    """The request's arguments, which an answer repeats, but no error does."""
    return "".join(f" {key}={quoteattr(values[0])}" for key, values in question.fields.items())


def _document(attributes: str, inner: str) -> Behaviour:
    return in_text(
        f'<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="{NAMESPACE}"\n'
        '         xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"\n'
        f'         xsi:schemaLocation="{NAMESPACE} {NAMESPACE}OAI-PMH.xsd">\n'
        f"    <responseDate>{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}</responseDate>\n"
        f"    <request{attributes}>{BASE}</request>\n{inner}\n</OAI-PMH>",
        content_type=XML,
    )
