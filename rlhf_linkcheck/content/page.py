"""Reads a page into the little that judging it takes; the page itself is not kept."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urljoin, urlsplit

from lxml import etree

from rlhf_linkcheck.content.citation import Citation
from rlhf_linkcheck.content.seen import Seen, count_words
from rlhf_linkcheck.content.signs import PASSWORD, Meaning, Place, Sign, folded, signs_in
from rlhf_linkcheck.content.sketch import resemblance, sketch_of

_COMMON = frozenset({"page", "found", "not", "the", "error", "404", "missing"})
_WORD = re.compile(r"\w+")
_DOMAIN = re.compile(r"(?<![\w.-])[\w-]+(?:\.[\w-]+)+")
_LONGEST_TITLE = 300
_LONGEST_TEXT = 5000
_LONGEST_SOURCE = 100_000
_ONE_SENTENCE = 16
_FEW_WORDS = 12
_BUILT_WORDS = 60
_ALIKE = 0.75
_NO_ANCHORS: frozenset[str] = frozenset()
"""One for all pages: an empty one is as large as any."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is kept of a page.

    ``title`` is as it stands, ``essence`` its words but for those of the address. ``words`` counts
    what stands outside navigation and links. ``refresh`` is where it sends its reader within seconds.
    ``anchors`` are those of the names asked for that it has, in lower case; ``has_anchors`` whether
    it has any; ``whole`` whether all of it was read; ``scripted`` whether scripts build it. ``citation``
    is what it says of the paper that it shows, be it true or the words of a wall or a login.
    """

    title: str = ""
    essence: str = ""
    words: int = 0
    signs: tuple[Sign, ...] = ()
    sketch: bytes = b""
    refresh: str | None = None
    anchors: frozenset[str] = _NO_ANCHORS
    has_anchors: bool = False
    whole: bool = True
    scripted: bool = False
    citation: Citation | None = None

    def same_as(self, other: "Page") -> bool:
        """Whether two answers of one site are one page, but for what it repeats of its address."""
        entitled_alike = self.essence == other.essence or self.title == other.title
        return entitled_alike and resemblance(self.sketch, other.sketch) >= _ALIKE

    def says_as(self, other: "Page") -> bool:
        """Whether two pages of one title say the same of themselves in it, whatever they suggest below."""
        own, others = ({sign for sign in page.signs if sign.by is Place.TITLE} for page in (self, other))
        return bool(own) and own == others and (self.essence == other.essence or self.title == other.title)


def read_page(source: str, address: str, *, wanted: frozenset[str] = frozenset(), whole: bool = True) -> Page:
    """Read HTML; never raises, whatever is in it. ``wanted`` are the anchors worth remembering, in lower case."""
    tree, parsed = _parse(source)
    if tree is None:
        return Page(whole=whole)
    seen = Seen(tree)
    title = folded(seen.title[: 2 * _LONGEST_TITLE])[:_LONGEST_TITLE]
    text = folded(" ".join(seen.text)[: 2 * _LONGEST_TEXT])[:_LONGEST_TEXT]
    headings = [heading for heading in (folded(text[: 2 * _LONGEST_TITLE]) for text in seen.headings) if heading]
    if text and count_words(text) <= _FEW_WORDS:
        headings.append(text)
    own = _words_of(address)
    return Page(
        title=title,
        essence=" ".join(word for word in _WORD.findall(title.lower()) if word not in own),
        words=seen.words,
        signs=tuple(_signs(*_as_told(address, title, headings, text), seen, source)),
        sketch=sketch_of(word for word in _WORD.findall(text.lower()) if word not in own),
        refresh=_resolved(seen),
        anchors=_found(wanted, seen) if wanted else _NO_ANCHORS,
        has_anchors=bool(seen.anchors),
        whole=whole and parsed,
        scripted=seen.words < _BUILT_WORDS and bool(seen.scripts),
        citation=seen.statements.citation(
            seen.title, _joined(address, seen.base), cut=not (whole and parsed) and not seen.beyond_head
        ),
    )


def read_text(source: str, address: str, *, whole: bool = True) -> Page:
    """Read plain text, whose few words are what a heading would be."""
    text = folded(source[: 2 * _LONGEST_TEXT])[:_LONGEST_TEXT]
    words = count_words(text)
    headings = [text] if words <= _FEW_WORDS else []
    told = tuple(signs_in(Place.TEXT, [text]))
    signs = (*signs_in(Place.HEADING, headings), *told, *_all_it_says("", text, told))
    own = _words_of(address)
    sketch = sketch_of(word for word in _WORD.findall(text.lower()) if word not in own)
    return Page(words=words, signs=signs, sketch=sketch, whole=whole)


def _signs(title: str, headings: Sequence[str], text: str, seen: Seen, source: str) -> Iterator[Sign]:
    for sign in signs_in(Place.TITLE, [title]):
        # Scripts may still put anything below a title.
        yield replace(sign, whole=sign.whole and not seen.scripts)
    yield from signs_in(Place.HEADING, headings[:1])
    # Below another heading it may be the name of a section.
    yield from (replace(sign, whole=False) for sign in signs_in(Place.HEADING, headings[1:]))
    told = tuple(signs_in(Place.TEXT, [text]))
    yield from told
    yield from _all_it_says(title, text, told)
    yield from signs_in(Place.SOURCE, [source[:_LONGEST_SOURCE]])
    without_scripts = folded(" ".join(seen.without_scripts)[: 2 * _LONGEST_TEXT])[:_LONGEST_TEXT]
    if without_scripts != text:
        yield from (sign for sign in signs_in(Place.TEXT, [without_scripts]) if sign.means is Meaning.WALL)
    if seen.password:
        yield PASSWORD


def _as_told(address: str, title: str, headings: list[str], text: str) -> tuple[str, list[str], str]:
    """Texts with the site's own name put as «this-domain»: who says it of another's only writes about it."""
    host = (urlsplit(address).hostname or "").rstrip(".").removeprefix("www.")
    if "." not in host:
        return title, headings, text
    told = "\n".join((title, text, *headings))
    if host.casefold() not in told.casefold():
        return title, headings, text  # a pattern for each host of a list costs more than a look
    names = (host.casefold(), f"www.{host}".casefold())

    def named(name: re.Match[str]) -> str:
        return "this-domain" if name[0].casefold() in names else name[0]

    own, *rest = (_DOMAIN.sub(named, told) for told in (title, text, *headings))
    return own, rest[1:], rest[0]


def _resolved(seen: Seen) -> str | None:
    """Where a page's refresh leads, by the page's base where it has one; as written where that is none."""
    return seen.refresh if seen.refresh is None or not seen.base else _joined(seen.base, seen.refresh)


def _joined(base: str, address: str) -> str:
    """An address by its base; as written where the two make none."""
    try:
        return urljoin(base, address)
    except ValueError:
        return address


def _all_it_says(title: str, text: str, told: Iterable[Sign]) -> Iterator[Sign]:
    """The signs of a page that says one thing from its first word to its last, as a whole text's.

    That is a sentence where there is hardly another, or what a heading would say; a bare number only
    where there is no title either.
    """
    if not text or count_words(text) > _ONE_SENTENCE:
        return
    yield from (replace(sign, whole=True) for sign in told if sign.means is Meaning.MISSING)
    if count_words(text) <= _FEW_WORDS:
        headings = (sign for sign in signs_in(Place.HEADING, [text]) if sign.whole or not title)
        yield from (replace(sign, by=Place.TEXT, whole=True) for sign in headings)


def _parse(source: str) -> tuple[etree._Element | None, bool]:
    """The tree of a page, None where there is nothing in it, and whether all of the page is in the tree.

    libxml2 mends what is broken, but for nesting deeper than anybody writes.
    """
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True, huge_tree=False, remove_pis=True)
    octets = source.replace("\0", "").encode("utf-8", "replace")
    try:
        tree = etree.fromstring(octets, parser) if octets.strip() else None
    except etree.LxmlError:
        return None, False
    return tree, all(error.level < etree.ErrorLevels.FATAL for error in parser.error_log)


def _found(wanted: frozenset[str], seen: Seen) -> frozenset[str]:
    return frozenset(name for name in seen.anchors if name in wanted) | _in_scripts(wanted, seen.scripts)


def _in_scripts(wanted: frozenset[str], scripts: Iterable[str]) -> frozenset[str]:
    """The wanted names that a script of the page knows: it may well make them."""
    return frozenset(name for script in scripts for name in wanted if name in script)


def _words_of(address: str) -> frozenset[str]:
    """What a page may repeat of its address; words of bad news count although an address has them, too."""
    return frozenset(_WORD.findall(unquote(address).lower())) - _COMMON
