"""Recognises papers by their identifiers: arXiv and its mirrors, OpenReview, the ACL Anthology, DOIs."""

import re
from urllib.parse import parse_qs, quote, unquote_to_bytes

from rlhf_linkcheck.identity.address import Address
from rlhf_linkcheck.identity.kinds import Identity, Kind

_ARXIV_ARCHIVES = (
    "acc-phys|adap-org|alg-geom|ao-sci|astro-ph|atom-ph|bayes-an|chao-dyn|chem-ph|cmp-lg|comp-gas|cond-mat|cs|dg-ga|"
    "funct-an|gr-qc|hep-ex|hep-lat|hep-ph|hep-th|math|math-ph|mtrl-th|nlin|nucl-ex|nucl-th|patt-sol|physics|plasm-ph|"
    "q-alg|q-bio|quant-ph|solv-int|supr-con"
)
_MONTH = "(?:0[1-9]|1[0-2])"
_ARXIV_ID = re.compile(
    rf"""(?:arxiv:)?
    (?: (?P<new> (?: (?:0[89]|1[0-3]){_MONTH} | 07(?:0[4-9]|1[0-2]) | 14{_MONTH} ) \.(?!0000)[0-9]{{4}}
                | (?: 1[5-9] | [2-8][0-9] | 90 ) {_MONTH} \.(?!00000)[0-9]{{5}} )
      | (?P<archive> {_ARXIV_ARCHIVES} ) (?: \.[a-z-]{{2,10}} )?
        / (?P<old> (?: 9[1-9]{_MONTH} | 0[0-6]{_MONTH} | 070[1-3] ) (?!000)[0-9]{{3}} )
    )
    (?: v (?P<version> [1-9][0-9]{{0,3}} ) )?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
"""https://info.arxiv.org/help/arxiv_identifier.html: four digits until 1412, five from 1501, old style until 0703."""

_ARXIV_PATH = re.compile(r"/(?:abs|pdf|html|ps|format|src|e-print)/(?P<id>[^?#]*?)(?:\.pdf|\.ps|\.html)?/?", re.ASCII)
_ALPHAXIV_PATH = re.compile(r"/(?:abs|pdf|html|overview)/(?P<id>[^?#]*?)(?:\.pdf|\.md)?/?", re.ASCII)
_PAPERS_PATH = re.compile(r"/papers/(?P<id>[^?#]*?)(?:\.md)?/?", re.ASCII)
_MIRRORS = {
    "alphaxiv.org": _ALPHAXIV_PATH,
    "www.alphaxiv.org": _ALPHAXIV_PATH,
    "ar5iv.org": _ARXIV_PATH,
    "www.ar5iv.org": _ARXIV_PATH,
    "huggingface.co": _PAPERS_PATH,
    "www.huggingface.co": _PAPERS_PATH,
    "hf.co": _PAPERS_PATH,
    "xxx.lanl.gov": _ARXIV_PATH,
}
_ARXIV_DOI = re.compile(r"10\.48550/(?P<id>arxiv\..+)", re.DOTALL)

_OPENREVIEW_PATHS = ("/forum", "/pdf", "/attachment")
_OPENREVIEW_ID = re.compile(r"[A-Za-z0-9_-]{5,40}")

_ACL_ID = re.compile(
    r"(?P<id>[A-Z][0-9]{2}-[0-9]{4,5}|(?:19|20)[0-9]{2}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+)"
    r"(?:v(?P<version>[1-9][0-9]?))?",
)
_ACL_PATHS = {
    "aclanthology.org": re.compile(r"/(?P<id>[^/]+?)(?:\.(?:pdf|bib|xml|endf))?/?"),
    "aclweb.org": re.compile(r"/anthology/(?:[A-Z]/[A-Z][0-9]{2}/)?(?P<id>[^/]+?)(?:\.(?:pdf|bib|xml|endf))?/?"),
}

_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/\S+")
_DOI_LINK = re.compile(r"(?:info:)?doi[:/]\s*(?P<doi>10\..+)", re.IGNORECASE)
_DOI_HOSTS = ("doi.org", "dx.doi.org", "www.doi.org")

_CENTURY = 1900
_FIRST_YEAR = 91


def identify_paper(address: Address) -> Identity | None:
    """The paper that this address leads to by its identifier, if it does."""
    host = address.host.lower().removesuffix(".")
    if host in _DOI_HOSTS:
        return identify_doi(address.path.removeprefix("/"))
    return _arxiv(host, address.path) or _openreview(host, address) or _acl(host, address.path)


def identify_doi(text: str) -> Identity | None:
    """The paper with this DOI, written ``10.1000/182`` or ``doi:10.1000/182``, percent-encoded or not."""
    link = _DOI_LINK.fullmatch(text)
    doi = decoded(text if link is None else link["doi"]).lower()
    if not _DOI.fullmatch(doi) or not doi.isprintable() or not {".", ".."}.isdisjoint(doi.split("/")):
        # Dots that lead to another folder would lead out of what an API is asked for.
        return None
    arxiv = _ARXIV_DOI.fullmatch(doi)
    paper = None if arxiv is None else _arxiv_id(arxiv["id"].replace("arxiv.", "", 1))
    return paper or Identity(Kind.DOI, doi)


def arxiv_year(identity: Identity) -> int | None:
    """The calendar year in which an arXiv paper was first submitted, read off its id; None for anything else."""
    if identity.kind is not Kind.ARXIV:
        return None
    short = int(identity.key.rpartition("/")[2][:2])
    return _CENTURY + short + (0 if short >= _FIRST_YEAR else 100)


def paper_address(identity: Identity) -> str:
    """The canonical address of a paper."""
    match identity.kind:
        case Kind.ARXIV:
            return f"https://arxiv.org/abs/{identity.key}"
        case Kind.OPENREVIEW:
            return f"https://openreview.net/forum?id={identity.key}"
        case Kind.ACL:
            return f"https://aclanthology.org/{identity.key}/"
        case _:
            return f"https://doi.org/{quote(identity.key, safe='/:;()._-')}"


def decoded(text: str) -> str:
    """The text without percent-encoding; as it is where that would not give printable UTF-8."""
    try:
        plain = unquote_to_bytes(text).decode()
    except UnicodeError:
        return text
    return plain if plain.isprintable() else text


def _arxiv(host: str, path: str) -> Identity | None:
    pattern = _ARXIV_PATH if host == "arxiv.org" or host.endswith(".arxiv.org") else _MIRRORS.get(host)
    found = None if pattern is None else pattern.fullmatch(path)
    return None if found is None else _arxiv_id(decoded(found["id"]))


def _arxiv_id(text: str) -> Identity | None:
    found = _ARXIV_ID.fullmatch(text)
    if found is None:
        return None
    key = found["new"] or f"{found['archive'].lower()}/{found['old']}"
    return Identity(Kind.ARXIV, key, int(found["version"]) if found["version"] else None)


def _openreview(host: str, address: Address) -> Identity | None:
    if host not in ("openreview.net", "www.openreview.net") or address.path.rstrip("/") not in _OPENREVIEW_PATHS:
        return None
    query = parse_qs(address.query or "")
    # An attachment belongs to the paper, but only the one named pdf is the paper.
    if address.path.startswith("/attachment") and query.get("name") != ["pdf"]:
        return None
    number = query.get("id", [""])[0]
    return Identity(Kind.OPENREVIEW, number) if _OPENREVIEW_ID.fullmatch(number) else None


def _acl(host: str, path: str) -> Identity | None:
    pattern = _ACL_PATHS.get(host.removeprefix("www."))
    found = None if pattern is None else pattern.fullmatch(path)
    number = None if found is None else _ACL_ID.fullmatch(found["id"])
    if number is None:
        return None
    return Identity(Kind.ACL, number["id"], int(number["version"]) if number["version"] else None)
