"""The papers of a scenario: what each is, what its older versions said, and what its venue says of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from rlhf_linkcheck.simweb.fields import Fields, ScenarioError, inside

ARXIV_ID = re.compile(r"[0-9]{4}\.[0-9]{4,5}|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7}")
"""Without a version: https://info.arxiv.org/help/arxiv_identifier.html."""
DOI = re.compile(r"10\.[0-9]{4,9}/\S+")
ARXIV_PREFIX = "10.48550/arXiv."
FIRST_OF_THE_CENTURY = 91
"""arXiv began in 1991: an older number of a year is of the next century."""
BETWEEN_VERSIONS = timedelta(days=30)
KEYS = (
    *("arxiv", "doi", "acl", "openreview", "title", "authors", "comment", "journal_ref", "registrar", "venue"),
    *("venue_title", "venue_authors", "year", "withdrawn", "retracted", "versions"),
)
VERSION_KEYS = ("title", "authors", "comment")
IDENTIFIERS = ("arxiv", "doi", "acl", "openreview")


class Registrar(StrEnum):
    """Who holds a DOI's record."""

    CROSSREF = "crossref"
    DATACITE = "datacite"


@dataclass(frozen=True, slots=True)
class Version:
    """What one version of a paper at arXiv says; ``withdrawn`` is one that has nothing to read."""

    title: str
    authors: tuple[str, ...]
    comment: str | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. ``older`` holds arXiv's versions before the current one, oldest first.

    Raises ScenarioError for a paper that nobody could ask for, and for what no service would tell.
    """

    title: str
    authors: tuple[str, ...] = ()
    arxiv: str | None = None
    doi: str | None = None
    acl: str | None = None
    openreview: str | None = None
    comment: str | None = None
    journal_ref: str | None = None
    registrar: Registrar = Registrar.CROSSREF
    venue: str | None = None
    venue_title: str | None = None
    venue_authors: tuple[str, ...] | None = None
    year: int | None = None
    withdrawn: str | None = None
    retracted: str | None = None
    older: tuple[Version, ...] = ()

    def __post_init__(self) -> None:
        if not any((self.arxiv, self.doi, self.acl, self.openreview)):
            raise ScenarioError(f"needs one of {', '.join(IDENTIFIERS)}")
        if self.arxiv is not None and not ARXIV_ID.fullmatch(self.arxiv):
            raise ScenarioError(f"arxiv: {self.arxiv!r} is no identifier of arXiv without a version")
        if self.doi is not None and not DOI.fullmatch(self.doi):
            raise ScenarioError(f"doi: {self.doi!r} is no DOI")
        only_arxiv = {
            "comment": self.comment,
            "journal_ref": self.journal_ref,
            "withdrawn": self.withdrawn,
            "versions": self.older,
        }
        for key, value in only_arxiv.items():
            if value and not self.arxiv:
                raise ScenarioError(f"{key}: is told by arXiv alone; give arxiv, too")
        if self.retracted and not (self.doi or self.acl):
            raise ScenarioError("retracted: is told of a doi or an acl")

    @property
    def versions(self) -> tuple[Version, ...]:
        """All versions at arXiv, oldest first; a withdrawal is told in the comment of the current one."""
        comment = self.comment
        if comment is None and self.withdrawn:
            told = "withdraw" in self.withdrawn.lower()
            comment = self.withdrawn if told else f"This paper has been withdrawn by the authors. {self.withdrawn}"
        return (*self.older, Version(self.title, self.authors, comment, withdrawn=bool(self.withdrawn)))

    @property
    def at_venue(self) -> tuple[str, tuple[str, ...]]:
        """Title and authors as the venue's records have them."""
        authors = self.authors if self.venue_authors is None else self.venue_authors
        return self.venue_title or self.title, authors

    @property
    def published(self) -> int:
        """The year at the venue, else the one of the arXiv identifier."""
        return self.year or (submitted(self.arxiv).year if self.arxiv else datetime.now(UTC).year)


def submitted(arxiv: str, version: int = 1) -> datetime:
    """When a version was submitted, made up from the month in its identifier."""
    month = arxiv.rpartition("/")[2][:4]
    century = 1900 if int(month[:2]) >= FIRST_OF_THE_CENTURY else 2000
    first = datetime(century + int(month[:2]), min(max(int(month[2:]), 1), 12), 3, 17, 51, 43, tzinfo=UTC)
    return first + BETWEEN_VERSIONS * (version - 1)


def parse_papers(value: object) -> tuple[Paper, ...]:
    """The papers of a scenario. Raises ScenarioError, naming the paper and the key."""
    if not isinstance(value, list | None):
        raise ScenarioError("expected a list of papers")
    papers: list[Paper] = []
    for index, one in enumerate(value or ()):
        with inside(f"[{index}]"):
            papers.append(_parse_paper(Fields(one)))
    return tuple(papers)


def _parse_paper(fields: Fields) -> Paper:
    title, authors = _needed(fields.text("title"), "title"), fields.texts("authors")
    paper = Paper(
        title=title,
        authors=authors or (),
        arxiv=fields.text("arxiv"),
        doi=fields.text("doi"),
        acl=fields.text("acl"),
        openreview=fields.text("openreview"),
        comment=fields.text("comment"),
        journal_ref=fields.text("journal_ref"),
        registrar=fields.choice("registrar", Registrar) or Registrar.CROSSREF,
        venue=fields.text("venue"),
        venue_title=fields.text("venue_title"),
        venue_authors=fields.texts("venue_authors"),
        year=fields.integer("year"),
        withdrawn=fields.text("withdrawn"),
        retracted=fields.text("retracted"),
        older=tuple(_parse_versions(fields.take("versions"), title, authors or ())),
    )
    fields.finish(KEYS)
    return paper


def _parse_versions(value: object, title: str, authors: tuple[str, ...]) -> Iterable[Version]:
    """Older versions; what one leaves out is as it is today, but for the comment."""
    if not isinstance(value, list | None):
        raise ScenarioError("versions: expected a list")
    for number, one in enumerate(value or (), start=1):
        with inside(f"versions: v{number}"):
            fields = Fields(one)
            own = fields.texts("authors")
            version = Version(fields.text("title") or title, authors if own is None else own, fields.text("comment"))
            fields.finish(VERSION_KEYS)
        yield version


def _needed(value: str | None, key: str) -> str:
    if not value:
        raise ScenarioError(f"{key}: is missing")
    return value
