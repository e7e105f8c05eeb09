"""The links of a world in the forms that tools take: a Markdown list, and the pages of a site."""

from collections.abc import Iterable
from html import escape

from race.world import START

PAGE = 2000
"""Links on one page: LinkChecker reads the first mebibyte of a page."""


def markdown(links: Iterable[str]) -> str:
    """A list of all links; pointed brackets hold addresses with round ones (CommonMark 0.31, 6.3)."""
    items = "".join(f"- [Link {number}](<{url}>)\n" for number, url in enumerate(links))
    return f"# Links\n\n{items}"


def site(links: Iterable[str]) -> dict[str, str]:
    """Pages by path: one that leads to all others, and these lead to the links."""
    every = list(links)
    pages = {
        f"/{start // PAGE}.html": _page(every[start : start + PAGE]) for start in range(0, max(len(every), 1), PAGE)
    }
    return {"/": _page(f"http://{START}{path}" for path in pages), **pages}


def _page(links: Iterable[str]) -> str:
    items = "".join(f'<li><a href="{escape(url)}">Link</a></li>\n' for url in links)
    return f"<!doctype html>\n<title>Links</title>\n<ul>\n{items}</ul>\n"
