"""How titles and names are taken off a page: as they stand, with their blanks folded, and no longer than they are."""

import html
import re

from rlhf_linkcheck.content.printable import printable

_LONGEST_TITLE = 1000
_LONGEST_NAME = 300
_MOST_NAMES = 3000
_LEAST_LISTED = 3
_SAYS_NOTHING = re.compile(r"[\W_]+")


def title_in(text: str) -> str:
    """A title as it stands, its blanks folded."""
    return _folded(text, _LONGEST_TITLE)


def name_in(text: str) -> str:
    """A name as it stands, its blanks folded; empty where it is none: an address, or nothing but punctuation."""
    name = _folded(text, _LONGEST_NAME)
    return "" if "://" in name or not essence(name) else name


def names_in(text: str) -> list[str]:
    """The names in one tag: of several set off by semicolons, else of a list whose every item has several words.

    «Last, First» stays one name: who compares reads either order. Entities that the page escaped twice would look
    like ends of names («M&uuml;ller»), so they are read.

    >>> names_in("Ouyang, Long; Wu, Jeff")
    ['Ouyang, Long', 'Wu, Jeff']
    >>> names_in("Long Ouyang, Jeff Wu, Xu Jiang")
    ['Long Ouyang', 'Jeff Wu', 'Xu Jiang']
    """
    text = html.unescape(text).replace("；", ";")
    parts = text.split(";", _MOST_NAMES)
    if len(parts) == 1:
        listed = text.split(",", _MOST_NAMES)
        parts = listed if len(listed) >= _LEAST_LISTED and all(" " in item.strip() for item in listed) else parts
    return [name for part in parts if (name := name_in(part))]


def essence(text: str) -> str:
    """What is left of a text without case, blanks and punctuation: enough to see that two tags say the same."""
    return _SAYS_NOTHING.sub("", text.casefold())


def _folded(text: str, longest: int) -> str:
    return printable(text[: 2 * longest])[:longest].rstrip()
