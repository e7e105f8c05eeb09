"""What GitHub makes of a Markdown text: rendered by its own library, and then looked through as its filters do."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

from cmarkgfm import github_flavored_markdown_to_html
from cmarkgfm.cmark import Options

_VOID = frozenset({"br", "hr", "img", "input"})
_IGNORED = frozenset({"code", "pre", "a"})
"""In these GitHub's filters look for nothing."""
NOTICED = re.compile(
    r"@\w|#\d|\bgh-\d|(?<![^\W_])[0-9a-f]{7,40}(?![^\W_])|:[\w+-]+:|\$|https?:|www\.|<!--", re.IGNORECASE
)
"""What they make something of: mentions, references, commits, emoji, formulas, addresses; and comments."""


@dataclass
class Page(HTMLParser):
    """A rendered text: its elements in order, its links, and its text inside and outside code."""

    markdown: str
    tags: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)
    prose: str = ""
    text: str = ""
    code: list[str] = field(default_factory=list)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.html = github_flavored_markdown_to_html(self.markdown, options=Options.CMARK_OPT_UNSAFE)
        self.feed(self.html)
        self.close()
        assert not self._open, f"{self._open} are not closed"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]
        if tag not in _VOID:
            self._open.append(tag)
        if tag == "code":
            self.code.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        self.text += data
        if "code" in self._open:
            self.code[-1] += data
        # Elements part what a filter would join.
        self.prose += "\n" if _IGNORED & set(self._open) else data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data!r}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl!r}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data!r}")

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(f"a declaration: {data!r}")
