"""One walk over a page: what its reader sees, and what it says to whoever reads its source."""

import re
from collections.abc import Iterator

from lxml import etree

from rlhf_linkcheck.content.citation import Statements

_UNSEEN = frozenset(
    {"script", "style", "template", "noscript", "svg", "head", "iframe", "object", "select", "datalist"}
)
_AROUND = frozenset({"nav", "header", "footer", "aside"})
_HEADINGS = frozenset({"h1", "h2", "h3"})
_TO_CLICK = frozenset({"a", "button", "label", "option"})
_HIDDEN = re.compile(r"(?:^|;)\s{0,9}display\s{0,9}:\s{0,9}none", re.IGNORECASE)
_REFRESH = re.compile(
    r"\s{0,9}([0-9]{1,4})(?:\.[0-9]{0,9})?\s{0,9}[;,\s]\s{0,9}(?:url\s{0,9}=\s{0,9})?(['\"]?)(.*?)\2\s{0,9}",
    re.IGNORECASE | re.DOTALL,
)
_UNSPACED = re.compile("[\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff]")
"""Thai and Lao, Japanese syllables, Chinese characters."""
_LONGEST_TEXT = 10_000
_MOST_HEADINGS = 6
_MOST_WORDS = 2000
_SHORT = 60
_SOONEST = 5
_LONGEST_REFRESH = 4000


class Seen:
    """One walk over a page: its title, headings, visible text, names, statements, and where it sends its reader."""

    def __init__(self, tree: etree._Element) -> None:
        self.title = ""
        self.ranked: list[tuple[str, str]] = []
        self.text: list[str] = []
        self.without_scripts: list[str] = []
        self.scripts: list[str] = []
        self.anchors: set[str] = set()
        self.base = ""
        self.refresh: str | None = None
        self.password = False
        self.statements = Statements()
        self.beyond_head = False
        self.words = 0
        self._around = 0
        self._to_click = 0
        self._walk(tree)

    @property
    def headings(self) -> list[str]:
        """What heads the page: its h1, where it has none its first heading; on a short page each of them."""
        if self.words <= _SHORT:
            return [text for _, text in self.ranked]
        first = [text for tag, text in self.ranked if tag == "h1"]
        return first or [text for _, text in self.ranked[:1]]

    def _walk(self, tree: etree._Element) -> None:
        walker = etree.iterwalk(tree, events=("start", "end", "comment"))
        unseen: etree._Element | None = None
        for event, element in walker:
            if event == "comment":
                self._tail(element, seen=unseen is None)
                continue
            tag = _tag(element)
            if event == "start":
                self._note(element, tag, shown=unseen is None or _tag(unseen) == "head")
                if unseen is None and (tag in _UNSEEN or _is_hidden(element)):
                    unseen = element
                if unseen is None:
                    self._see(element, tag)
                    self._enter(tag, 1)
                    self._say(element.text)
            else:
                if unseen is None:
                    self._enter(tag, -1)
                elif unseen is element:
                    unseen = None
                self._tail(element, seen=unseen is None)

    def _note(self, element: etree._Element, tag: str, *, shown: bool) -> None:
        """What an element is good for, be it seen or not."""
        self.anchors.update(name.lower() for name in _names(element, tag))
        match tag:
            case "base" if not self.base:
                self.base = (element.get("href") or "").strip()
            case "title" if not self.title and shown:
                self.title = _all_text(element)
            case "noscript" if len(self.without_scripts) < _MOST_HEADINGS:
                self.without_scripts.append(_all_text(element))
            case "script":
                self.scripts.append((element.text or "").lower())
                self.statements.script(element.get("type") or "", element.text or "")
            case "meta" if shown:
                self._state(element)
            case "body":
                self.beyond_head = True

    def _state(self, element: etree._Element) -> None:
        """What a meta element says to those who read the page's source."""
        content = element.get("content") or ""
        names = f"{element.get('name') or ''} {element.get('property') or ''}"
        self.statements.tag(names, content, element.get("lang") or element.get("xml:lang") or "")
        if self.refresh is None and (element.get("http-equiv") or "").lower() == "refresh":
            scriptless = any(_tag(above) == "noscript" for above in element.iterancestors())
            self.refresh = None if scriptless else refresh_target(content)

    def _see(self, element: etree._Element, tag: str) -> None:
        """What an element is for a reader, to whom it is shown."""
        if tag in _HEADINGS and len(self.ranked) < _MOST_HEADINGS:
            self.ranked.append((tag, _all_text(element)))
        self.password |= tag == "input" and (element.get("type") or "").lower() == "password"

    def _enter(self, tag: str, step: int) -> None:
        self._around += step if tag in _AROUND else 0
        self._to_click += step if tag in _TO_CLICK else 0

    def _tail(self, element: etree._Element, *, seen: bool) -> None:
        if seen:
            self._say(element.tail)

    def _say(self, text: str | None) -> None:
        """Text that a reader sees, where it is not what stands around every page of the site."""
        if text and not self._around and (words := text.split()):
            if len(self.text) < _MOST_WORDS:
                self.text.append(" ".join(words[:_MOST_WORDS]))
            if not self._to_click:
                self.words += count_words(text)


def count_words(text: str) -> int:
    """How many words a text has; in scripts without blanks two characters are counted for one."""
    return len(text.split()) + len(_UNSPACED.findall(text)) // 2


def _tag(element: etree._Element) -> str:
    return element.tag.lower() if isinstance(element.tag, str) else ""


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search((element.get("style") or "")[:200]))


def _names(element: etree._Element, tag: str) -> Iterator[str]:
    """What a fragment can find: any id, and the name of an ``a``."""
    if identifier := element.get("id"):
        yield identifier
    if tag == "a" and (name := element.get("name")):
        yield name


def refresh_target(content: str) -> str | None:
    """Where a refresh, the meta element's or the field's, sends a reader within seconds, as written; None for none.

    Source: https://html.spec.whatwg.org/multipage/semantics.html#attr-meta-http-equiv-refresh
    """
    parts = _REFRESH.fullmatch(content[:_LONGEST_REFRESH])
    if parts is None or int(parts[1]) > _SOONEST or not parts[3].strip():
        return None
    return parts[3].strip()


def _all_text(element: etree._Element) -> str:
    parts: list[str] = []
    room = _LONGEST_TEXT
    for text in element.itertext():
        parts.append(str(text)[:room])
        room -= len(parts[-1])
        if room <= 0:
            break
    return " ".join("".join(parts).split())
