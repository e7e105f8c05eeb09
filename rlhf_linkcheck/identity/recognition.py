"""Turns an address into the identity of what it leads to, and back into the canonical address."""

from functools import lru_cache

from rlhf_linkcheck.identity.address import REMEMBERED, Address, parse_address
from rlhf_linkcheck.identity.kinds import Identity, Kind
from rlhf_linkcheck.identity.papers import identify_doi, identify_paper, paper_address
from rlhf_linkcheck.identity.repositories import identify_repository, repository_address
from rlhf_linkcheck.identity.tracking import without_tracking
from rlhf_linkcheck.identity.videos import identify_video, video_address


def identify(address: str) -> Identity:
    """What this address leads to. Never raises: what is no address at all is a web identity of its own.

    >>> str(identify("https://arxiv.org/pdf/2203.02155v3.pdf"))
    'arxiv:2203.02155'
    """
    return _identify(address.strip())


@lru_cache(maxsize=REMEMBERED)
def _identify(address: str) -> Identity:
    parsed = parse_address(address)
    if not isinstance(parsed, Address):
        return identify_doi(address) or Identity(Kind.WEB, address)
    known = None
    if parsed.port in (None, 80, 443):
        known = identify_paper(parsed) or identify_repository(parsed) or identify_video(parsed)
    if known is not None:
        return known
    asked = without_tracking(parsed).request
    # Nearly always the very address; 100,000 of them need not be kept twice.
    return Identity(Kind.WEB, address if asked == address else asked)


def address_of(identity: Identity) -> str:
    """The canonical address of what was identified: the way back from ``identify``, without a version."""
    match identity.kind:
        case Kind.WEB:
            return identity.key
        case Kind.GITHUB | Kind.GIST | Kind.HUGGINGFACE | Kind.GITLAB | Kind.ZENODO:
            return repository_address(identity)
        case Kind.YOUTUBE:
            return video_address(identity)
        case _:
            return paper_address(identity)


def address_named(name: str) -> str:
    """The canonical address of what an identity names, written as ``arxiv:2203.02155``.

    >>> address_named("arxiv:2203.02155")
    'https://arxiv.org/abs/2203.02155'
    """
    kind, _, key = name.partition(":")
    return address_of(Identity(Kind(kind), key))


def canonical_address(address: str) -> str | None:
    """The canonical form where this address is another form of it, else None.

    Other forms are an arXiv paper's PDF, version or mirror, an OpenReview paper's PDF, and any
    address with tracking parameters or fragments. A DOI is a canonical form in its own right, and
    so are a venue's own PDF and every form that GitHub has.
    """
    return _canonical(address.strip())


@lru_cache(maxsize=REMEMBERED)
def _canonical(address: str) -> str | None:
    parsed = parse_address(address)
    if not isinstance(parsed, Address):
        return None
    identity = identify(address)
    host = parsed.host.lower()
    match identity.kind:
        case Kind.ARXIV if not host.endswith("doi.org"):
            if (host, parsed.path.removesuffix("/")) != ("arxiv.org", f"/abs/{identity.key}"):
                return address_of(identity)
        case Kind.OPENREVIEW if parsed.path.rstrip("/") != "/forum":
            return address_of(identity)
    clean = without_tracking(parsed)
    return None if clean == parsed else _as_written(clean)


def _as_written(address: Address) -> str:
    port = "" if address.port is None else f":{address.port}"
    query = "" if address.query is None else f"?{address.query}"
    fragment = "" if address.fragment is None else f"#{address.fragment}"
    return f"{address.scheme}://{address.host}{port}{address.path}{query}{fragment}"
