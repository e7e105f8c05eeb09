"""What a page says about the paper that it shows: the statements of its tags, and which of them to go by."""

import re
from collections import defaultdict
from dataclasses import dataclass
from enum import IntEnum
from itertools import islice
from urllib.parse import urljoin

from rlhf_linkcheck.content.linked_data import LONGEST_SCRIPT, MOST_SCRIPTS, work_in
from rlhf_linkcheck.content.readings import readings, without_site
from rlhf_linkcheck.content.verbatim import essence, names_in, title_in

_DOI = re.compile(r"(?:https?://(?:dx\.)?doi\.org/|doi: ?)?(10\.[0-9]{4,9}/\S{1,300})", re.IGNORECASE)
_ARXIV = re.compile(r"(?:arxiv: ?)?([a-z.-]{0,20}/?[0-9.]{7,10}(?:v[0-9]{1,3})?)", re.IGNORECASE)
_LONGEST_CONTENT = 200_000
_LONGEST_NAME_OF_TAG = 200
_LONGEST_ADDRESS = 2000
_MOST_TITLES = 50
_MOST_AUTHORS = 3000


class Level(IntEnum):
    """Where a page says what it shows, in falling trust: what lies below the first is a hint, no proof."""

    CITATION = 1
    DUBLIN_CORE = 2
    JSON_LD = 3
    OPEN_GRAPH = 4
    TITLE = 5


@dataclass(frozen=True, slots=True)
class Citation:
    """The paper, post or book that a page says it shows; names as printed, «Last, First» or «First Last».

    ``others`` are further titles that it may mean: translations, or with and without the site's name.
    ``pdf`` is absolute where the page's address is.
    """

    level: Level
    title: str
    authors: tuple[str, ...] = ()
    doi: str | None = None
    arxiv: str | None = None
    pdf: str | None = None
    others: tuple[str, ...] = ()

    @property
    def readings(self) -> tuple[str, ...]:
        """Every title that the page may mean: who finds the listed one among them has nothing to complain of."""
        return (self.title, *self.others)


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """The tags in which one vocabulary states a work, their names in lower case, with «.» for «:»."""

    level: Level
    title: str
    authors: tuple[str, ...] = ()
    doi: tuple[str, ...] = ()


_HIGHWIRE = _Vocabulary(Level.CITATION, "citation_title", ("citation_author", "citation_authors"), ("citation_doi",))
"""https://scholar.google.com/intl/en/scholar/inclusion.html#indexing"""

_VOCABULARIES = (
    _HIGHWIRE,
    # Open Journal Systems prints dc.creator.personalname and dc.identifier.doi.
    _Vocabulary(
        Level.DUBLIN_CORE, "dc.title", ("dc.creator", "dc.creator.personalname"), ("dc.identifier.doi", "dc.identifier")
    ),
    _Vocabulary(Level.DUBLIN_CORE, "dcterms.title", ("dcterms.creator",), ("dcterms.identifier",)),
    _Vocabulary(Level.DUBLIN_CORE, "eprints.title", ("eprints.creators_name",), ("eprints.doi",)),
    _Vocabulary(Level.DUBLIN_CORE, "bepress_citation_title", ("bepress_citation_author",), ("bepress_citation_doi",)),
    _Vocabulary(Level.DUBLIN_CORE, "prism.title", (), ("prism.doi",)),
)
"""In the order in which Zotero's «Embedded Metadata» translator goes by them (github.com/zotero/translators)."""

_ARXIV_TAG = "citation_arxiv_id"
_PDF_TAGS = ("citation_pdf_url", "bepress_citation_pdf_url")
_OG_TITLE = "og.title"
_OG_SITE = "og.site_name"
_READ = frozenset(
    {
        *(name for words in _VOCABULARIES for name in (words.title, *words.authors, *words.doi)),
        *(_ARXIV_TAG, *_PDF_TAGS, _OG_TITLE, _OG_SITE),
    }
)


@dataclass(frozen=True, slots=True)
class _Tag:
    content: str
    language: str


class Statements:
    """Collects what a page's tags and scripts state as the walk over the page comes by them."""

    def __init__(self) -> None:
        self._tags: defaultdict[str, list[_Tag]] = defaultdict(list)
        self._scripts: list[str] = []

    def tag(self, names: str, content: str, language: str) -> None:
        """A meta element, by its name and property, of which either may hold several."""
        for name in names[:_LONGEST_NAME_OF_TAG].lower().replace(":", ".").split():
            if name in _READ and len(self._tags[name]) < _MOST_AUTHORS:
                self._tags[name].append(_Tag(content[:_LONGEST_CONTENT], language.lower()))

    def script(self, media_type: str, text: str) -> None:
        """A script element, which is read only where it is JSON-LD."""
        linked = media_type.partition(";")[0].strip().lower() == "application/ld+json"
        if linked and len(text) <= LONGEST_SCRIPT and len(self._scripts) < MOST_SCRIPTS:
            self._scripts.append(text)

    def citation(self, heading: str, address: str, *, cut: bool = False) -> Citation | None:
        """The paper that the page shows; None where it says nothing, or tells of several papers.

        ``heading`` is the page's title element. Where the page was ``cut`` before its head ended, names may be
        missing, so none are told.
        """
        if self._titles(_HIGHWIRE.title) is None:
            return None
        return self._tagged(heading, address, cut=cut) or self._described(heading, address)

    def _tagged(self, heading: str, address: str, *, cut: bool) -> Citation | None:
        """The work that the first vocabulary with a title states."""
        for words in _VOCABULARIES:
            if titles := self._titles(words.title):
                break
        else:
            return None
        own = () if cut else self._authors(words, translated=len(titles) > 1)
        if own and words.level is Level.CITATION:
            return self._made(Level.CITATION, titles, own, address)
        # Pages about anything say citation_title for the sake of search engines: without names it is a hint.
        authors = own if own or cut else self._first_authors()
        return self._made(Level.DUBLIN_CORE, (*titles, *self._shown(heading)), authors, address)

    def _described(self, heading: str, address: str) -> Citation | None:
        """The work that a page tells of to machines of other kinds, or at least to its reader."""
        shown = self._shown(heading)
        work = work_in(self._scripts)
        if work is not None:
            return self._made(Level.JSON_LD, (*work.titles, *shown), work.authors, address)
        level = Level.OPEN_GRAPH if self._first(_OG_TITLE) else Level.TITLE
        return self._made(level, shown, (), address) if shown else None

    def _made(self, level: Level, titles: tuple[str, ...], authors: tuple[str, ...], address: str) -> Citation:
        title, *others = dict.fromkeys(titles)
        doi = self._identifier(_DOI, *(name for words in _VOCABULARIES for name in words.doi))
        arxiv = self._identifier(_ARXIV, _ARXIV_TAG)
        return Citation(level, title, authors, doi, arxiv, self._pdf(address), tuple(others))

    def _titles(self, name: str) -> tuple[str, ...] | None:
        """A title and its translations, each in a language of its own; None for the titles of several papers."""
        if name not in self._tags:
            return ()  # as hardly a page has any
        distinct: dict[str, tuple[str, str]] = {}
        for tag in self._tags[name][:_MOST_TITLES]:
            if title := title_in(tag.content):
                distinct.setdefault(essence(title) or title, (title, tag.language))
        if len({language for _, language in distinct.values()}) < len(distinct):
            return None
        return tuple(title for title, _ in distinct.values())

    def _authors(self, words: _Vocabulary, *, translated: bool) -> tuple[str, ...]:
        """The names in one vocabulary: of one language where all is said in several, and not twice over."""
        lists = [_once(self._names(name, translated=translated)) for name in words.authors]
        longest = max(lists, key=len, default=[])
        return tuple(longest)

    def _names(self, name: str, *, translated: bool) -> list[str]:
        tags = self._tags.get(name, [])
        if translated and tags:
            tags = [tag for tag in tags if tag.language == tags[0].language]
        return list(islice((name for tag in tags for name in names_in(tag.content)), _MOST_AUTHORS))

    def _first_authors(self) -> tuple[str, ...]:
        """The names in the first vocabulary that has any."""
        return next((names for words in _VOCABULARIES if (names := self._authors(words, translated=False))), ())

    def _shown(self, heading: str) -> tuple[str, ...]:
        """What a page shows as its title, and what it may mean by that, site names on or off."""
        site = title_in(self._first(_OG_SITE))
        titles = (title_in(self._first(_OG_TITLE)), title_in(heading))
        return tuple(text for title in titles for text in (without_site(title, site), *readings(title)) if text)

    def _first(self, name: str) -> str:
        return next((tag.content for tag in self._tags.get(name, ()) if tag.content.strip()), "")

    def _identifier(self, pattern: re.Pattern[str], *names: str) -> str | None:
        for name in names:
            for tag in self._tags.get(name, ())[:_MOST_TITLES]:
                if found := pattern.fullmatch(tag.content[:_LONGEST_ADDRESS].strip()):
                    return found[1]
        return None

    def _pdf(self, address: str) -> str | None:
        stated = next((text for name in _PDF_TAGS if (text := self._first(name).strip())), "")
        if not stated or len(stated) > _LONGEST_ADDRESS:
            return None
        try:
            return urljoin(address, stated)
        except ValueError:
            return stated


def _once(names: list[str]) -> list[str]:
    """A list that a page prints several times over, as themes and plug-ins do, once; namesakes in it stay."""
    for size in range(1, len(names) // 2 + 1):
        if len(names) % size == 0 and names == names[:size] * (len(names) // size):
            return names[:size]
    return names
