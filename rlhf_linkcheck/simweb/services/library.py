"""Finds a scenario's papers by what each service knows them by."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import TypeVar

from rlhf_linkcheck.simweb.fields import ScenarioError

from .papers import ARXIV_PREFIX, Paper, Registrar

Known = TypeVar("Known", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Registration:
    """A registered DOI: arXiv's own, which exists for each of its papers, or the venue's."""

    doi: str
    paper: Paper
    registrar: Registrar
    at_arxiv: bool

    @property
    def title(self) -> str:
        """The title in the registrar's record."""
        return self.paper.title if self.at_arxiv else self.paper.at_venue[0]

    @property
    def authors(self) -> tuple[str, ...]:
        """The authors in the registrar's record."""
        return self.paper.authors if self.at_arxiv else self.paper.at_venue[1]

    @property
    def target(self) -> str:
        """Where the DOI leads: to arXiv, the ACL Anthology, OpenReview, or else to a publisher's page."""
        paper = self.paper
        if self.at_arxiv:
            return f"https://arxiv.org/abs/{paper.arxiv}"
        if paper.acl:
            return f"https://aclanthology.org/{paper.acl}/"
        if paper.openreview:
            return f"https://openreview.net/forum?id={paper.openreview}"
        return f"https://publisher.example/{self.doi}"


class Library:
    """The papers of one scenario. Raises ScenarioError for two papers of one name."""

    def __init__(self, papers: tuple[Paper, ...]) -> None:
        self.papers = papers
        self.by_arxiv: dict[str, Paper] = {}
        self.by_acl: dict[str, Paper] = {}
        self.by_openreview: dict[str, Paper] = {}
        self._by_doi: dict[str, Registration] = {}
        for paper in papers:
            _add(self.by_arxiv, paper.arxiv, paper)
            _add(self.by_acl, paper.acl, paper)
            _add(self.by_openreview, paper.openreview, paper)
            if paper.arxiv:
                own = f"{ARXIV_PREFIX}{paper.arxiv}"
                _add(self._by_doi, own.lower(), Registration(own, paper, Registrar.DATACITE, at_arxiv=True))
            if paper.doi:
                venues = Registration(paper.doi, paper, paper.registrar, at_arxiv=False)
                _add(self._by_doi, paper.doi.lower(), venues)

    def by_doi(self, doi: str) -> Registration | None:
        """The registration of a DOI, which has no case: DOI Handbook, 2.4."""
        return self._by_doi.get(doi.lower())


def _add(shelf: dict[str, Known], name: str | None, known: Known) -> None:
    if name is not None and shelf.setdefault(name, known) != known:
        raise ScenarioError(f"{name}: is given twice")
