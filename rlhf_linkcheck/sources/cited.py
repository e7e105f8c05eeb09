"""A page's word about the paper that it shows, as a record."""

from datetime import datetime
from urllib.parse import unquote, urlsplit

from rlhf_linkcheck.content.citation import Level
from rlhf_linkcheck.content.page import Page
from rlhf_linkcheck.evidence import Record, Trust
from rlhf_linkcheck.identity import Identity
from rlhf_linkcheck.matching.titles import fold

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
    if not cites and any(fold(unquote(reading)) in fold(unquote(address)) for reading in citation.readings):
        # A page called by its address, or its site's name, says nothing of what stands on it.
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
