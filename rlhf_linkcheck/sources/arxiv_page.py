"""A paper's own page at arXiv, for where the API's word is not enough: it is there after all, or withdrawn."""

import re
from dataclasses import replace
from datetime import UTC, datetime
from http import HTTPStatus

from rlhf_linkcheck.evidence import Evidence, Record, Trust
from rlhf_linkcheck.identity import address_of
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.sources.api import Api, absent, found, unanswered
from rlhf_linkcheck.sources.base import Request
from rlhf_linkcheck.sources.cited import record_of

_PAGE = Query(accept="text/html")
_WITHDRAWN = b"this paper has been withdrawn"
_BANNER = re.compile(rb"\bclass=[\"']?error\b[^>]{0,200}>\s*" + _WITHDRAWN)
"""https://github.com/arXiv/arxiv-browse, templates/abs/abs.html; older versions say «a newer version of this …»."""


async def confirm_absence(api: Api, request: Request, current: Record | None, *, proven: bool = False) -> Evidence:
    """Look at the page of a paper that the API did not know: new papers have one before they are found.

    Only a page that names its paper proves that it is there. Where just the version is unknown, and
    ``current`` is the paper's record, only a page that is missing proves that it is not. A page that
    could not be seen proves nothing: then somebody else is to be asked. One that says nothing of a paper
    will do where the API's word is ``proven`` by the others that it knew.
    """
    version = request.identity.version
    pinned = "" if version is None else f"v{version}"
    chain = await api.ask(f"{address_of(request.identity)}{pinned}", _PAGE, again=True)
    record = record_of(chain.last.page, request.identity, datetime.now(UTC), source=api.name)
    if chain.last.status == HTTPStatus.OK and record is not None and record.trust is Trust.PAGE:
        return found(chain, request, record, api.name)
    if current is not None and chain.last.status != HTTPStatus.NOT_FOUND:
        return replace(found(chain, request, None, api.name), newest=current)
    missing = chain.last.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
    silent = proven and chain.last.status == HTTPStatus.OK and not chain.last.challenges
    if not (missing or silent):
        return unanswered(chain, api.name, "arXiv's API knows nothing, and its page could not be seen")
    return replace(absent(chain, request, api.name, words_of_absence(request, current)), newest=current)


def words_of_absence(request: Request, current: Record | None) -> str:
    """What is not there: the paper, or only its version."""
    paper = request.identity
    if current is None or paper.version is None:
        return f"arXiv knows no paper {paper.key}"
    return f"arXiv has no version {paper.version} of {paper.key}; the current one is {current.version}"


async def confirm_withdrawal(api: Api, record: Record) -> tuple[Record, ...] | None:
    """The record, where the paper really is withdrawn; none where it is not; None where nobody can tell.

    A comment may speak of another withdrawal («withdrawn from the workshop»), and the page prints it.
    What it says itself stands in its banner, and a withdrawn version has no PDF:
    https://info.arxiv.org/help/withdraw.html.
    """
    key = record.identity.removeprefix("arxiv:")
    page = await api.ask(f"https://arxiv.org/abs/{key}", _PAGE, first=False)
    if page.last.status == HTTPStatus.OK:
        text = page.last.body.lower()
        if _BANNER.search(text):
            return (record,)
        if _WITHDRAWN not in text and page.last.page is not None and page.last.page.citation is not None:
            return ()
    pdf = await api.ask(f"https://arxiv.org/pdf/{key}", None, first=False)
    match pdf.last.status:
        case HTTPStatus.NOT_FOUND:
            return (record,)
        case HTTPStatus.OK:
            return ()
        case _:
            return None
