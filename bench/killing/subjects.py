"""What a request to the simulated web is about, and what has to be asked for a link: where these meet, it was asked."""

import json
import re
from typing import TypeAlias
from urllib.parse import parse_qs, unquote, urldefrag, urlsplit

from rlhf_linkcheck.identity import Identity, Kind, identify
from rlhf_linkcheck.simweb.log import LoggedRequest

Subject: TypeAlias = tuple[str, str]
"""A kind, and what of it."""

_REPOSITORY = re.compile(r"repository\(owner: \$(v\d+), name: \$(v\d+)")
_OF_FACTS = "nameWithOwner"
_OTHER_APIS = {
    Kind.ACL: re.compile(r"aclanthology\.org/[\w.-]+\.(?:bib|xml)"),
    Kind.DOI: re.compile(r"api\.(?:crossref|datacite)\.org/(?:works|dois)/.*"),
    Kind.HUGGINGFACE: re.compile(r"huggingface\.co/api/(?:models|datasets|spaces)/[^/]+(?:/[^/]+)?"),
    Kind.ZENODO: re.compile(r"zenodo\.org/api/records/\d+"),
}


def subjects_of_request(request: LoggedRequest) -> frozenset[Subject]:
    """All that one request asks about: papers of a batch, repositories of a query, or its own address."""
    place = f"{request.host}{request.path}"
    if request.host == "export.arxiv.org":
        listed = parse_qs(urlsplit(request.path).query).get("id_list", [""])[0]
        return frozenset(("arxiv", paper) for paper in listed.split(",") if paper)
    if place == "api.github.com/graphql":
        return _repositories(request.body)
    return frozenset({("page", f"{request.scheme}://{place}"), *_of_other_apis(unquote(place.partition("?")[0]))})


def subjects_of_link(url: str) -> frozenset[Subject]:
    """What is asked for a link first, and its own page where nobody else can tell."""
    identity = identify(url)
    page = ("page", urldefrag(url.strip()).url)
    return frozenset({page, (str(identity.kind), _key(identity))})


def _key(identity: Identity) -> str:
    match identity.kind:
        case Kind.ARXIV if identity.version is not None:
            return f"{identity.key}v{identity.version}"
        case Kind.GITHUB | Kind.HUGGINGFACE:
            return identity.name.lower()
        case _:
            return identity.key.lower()


def _repositories(body: bytes) -> frozenset[Subject]:
    """The repositories that GitHub is asked what they are, not those whose files are read."""
    asked = json.loads(body)
    if _OF_FACTS not in asked["query"]:
        return frozenset()
    names = _REPOSITORY.findall(asked["query"])
    values = asked["variables"]
    return frozenset(("github", f"{values[owner]}/{values[name]}".lower()) for owner, name in names)


def _of_other_apis(place: str) -> frozenset[Subject]:
    """What somebody else's API is asked, by the end of the address."""
    for kind, pattern in _OTHER_APIS.items():
        if pattern.fullmatch(place):
            ends = place.lower().partition("/")[2].split("/")
            return frozenset((str(kind), "/".join(ends[start:])) for start in range(len(ends)))
    return frozenset()
