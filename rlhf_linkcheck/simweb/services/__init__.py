"""The services of the simulated web: who answers at which hosts, out of the papers of the scenario.

A service is one file with an ``answer``, and one row here. It answers for the paths that it knows, and None
for others, which do what the scenario says of any other page.
"""

from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType

from rlhf_linkcheck.simweb.behaviour import Behaviour
from rlhf_linkcheck.simweb.request import Request

from . import (
    acl,
    arxiv_api,
    arxiv_oai,
    arxiv_pages,
    crossref,
    datacite,
    doi_org,
    openreview,
    publisher,
    semantic_scholar,
)
from .library import Library

Answer = Callable[[Library, Request], Behaviour | None]
Answering = Callable[[Request], Behaviour | None]

SERVICES: Mapping[str, tuple[Answer, ...]] = MappingProxyType(
    {
        "arxiv.org": (arxiv_pages.answer,),
        "www.arxiv.org": (arxiv_pages.answer,),
        "export.arxiv.org": (arxiv_api.answer, arxiv_pages.answer, arxiv_oai.answer),
        "oaipmh.arxiv.org": (arxiv_oai.answer,),
        "doi.org": (doi_org.answer,),
        "dx.doi.org": (doi_org.answer,),
        "www.doi.org": (doi_org.answer,),
        "api.crossref.org": (crossref.answer,),
        "api.datacite.org": (datacite.answer,),
        "aclanthology.org": (acl.answer,),
        "www.aclanthology.org": (acl.answer,),
        "openreview.net": (openreview.answer,),
        "api.openreview.net": (openreview.answer_api,),
        "api2.openreview.net": (openreview.answer_api,),
        "api.semanticscholar.org": (semantic_scholar.answer,),
        "publisher.example": (publisher.answer,),
    }
)
"""The first that has an answer answers."""


def services_of(library: Library) -> Mapping[str, Answering]:
    """The hosts that answer out of this library: none out of an empty one."""
    if not library.papers:
        return MappingProxyType({})
    return MappingProxyType({host: partial(_answer, answers, library) for host, answers in SERVICES.items()})


def _answer(answers: tuple[Answer, ...], library: Library, request: Request) -> Behaviour | None:
    return next((found for answer in answers if (found := answer(library, request))), None)
