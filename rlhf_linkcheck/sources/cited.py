"""A page's word about the paper that it shows, as a record."""

from datetime import datetime
from urllib.parse import unquote, urlsplit

from rlhf_linkcheck.content.citation import Citation, Level
from rlhf_linkcheck.content.page import Page
from rlhf_linkcheck.evidence import Record, Trust
from rlhf_linkcheck.identity import Identity

_LAST_AUTHOR_ONLY = frozenset({"openreview.net"})
"""Sites whose pages name but one of several authors: OpenReview's app writes each name over the one before."""


def record_of(
    page: Page | None, identity: Identity, retrieved_at: datetime, *, source: str, address: str = ""
) -> Record | None:
    """What the page cites itself as; None where it says nothing. ``address`` is where it stood."""
    citation = None if page is None else page.citation
    if citation is None or not citation.title:
        return None
    cites = citation.level is Level.CITATION
    if not cites and _repeats(citation, address):
        return None
    host = (urlsplit(address).hostname or "").removeprefix("www.")
    whole = cites and host not in _LAST_AUTHOR_ONLY
    return Record(
        identity=str(identity),
        source=source,
        title=citation.title,
        authors=citation.authors,
        retrieved_at=retrieved_at,
        trust=Trust.PAGE if cites else Trust.HINT,
        other_titles=citation.others,
        complete=whole,
        ordered=whole,
        doi=citation.doi,
    )


def _repeats(citation: Citation, address: str) -> bool:
    """Whether a page is called by its address, or its site's name: that says nothing of what stands on it."""
    place = unquote(address).casefold()
    readings = citation.readings
    # «Forum | OpenReview» has two parts, and says something where one of them does.
    parts = (one for one in readings if not any(other != one and other in one for other in readings))
    return all(unquote(part).casefold() in place for part in parts)
