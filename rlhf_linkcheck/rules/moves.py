"""What a permanent redirect changed: nothing a list need care about, the scheme, or the address."""

import re
from enum import Enum
from urllib.parse import SplitResult, urlsplit

_INDEX_FILE = re.compile(r"/(?:index|default|home)\.[a-z]{3,5}$", re.IGNORECASE)
_LANGUAGE = re.compile(
    r"^/(?:ar|cs|da|de|el|en|es|fa|fi|fr|he|hi|hu|id|it|ja|ko|nb|nl|no|pl|pt|ro|ru|sv|th|tr|uk|vi|zh)"
    r"(?:[-_][a-z]{2,4})?(?=/|$)",
    re.IGNORECASE,
)
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


class Move(Enum):
    """How far apart two addresses are that a chain of permanent redirects connects."""

    TRIVIAL = "trivial"
    SECURED = "secured"
    MOVED = "moved"


def compare(old: str, new: str) -> Move:
    """Grade the way from one address to another; fragments do not count.

    Only a trailing slash, ``www.``, case, an index file or a language is trivial; with http→https
    on top it is secured; anything else has moved.

    >>> compare("http://a.org/x", "https://www.a.org/x/")
    <Move.SECURED: 'secured'>
    """
    before, after = urlsplit(old), urlsplit(new)
    if _essence(before) != _essence(after):
        return Move.MOVED
    if (before.scheme.lower(), after.scheme.lower()) == ("http", "https"):
        return Move.SECURED
    return Move.TRIVIAL if before.scheme.lower() == after.scheme.lower() else Move.MOVED


def lands_on_root(old: str, new: str) -> bool:
    """Whether a deep link ended on a site's front page, where the content itself seldom is."""
    return _path(urlsplit(old)) != "" and _path(urlsplit(new)) == "" and not urlsplit(new).query


def _essence(address: SplitResult) -> tuple[str, str, str]:
    host = (address.hostname or "").removeprefix("www.").rstrip(".")
    port = f":{address.port}" if address.port not in (None, 80, 443) else ""
    return host + port, _path(address).casefold(), address.query


def _path(address: SplitResult) -> str:
    """The path without what is trivial: index file, language, trailing slash, escapes that need not be."""
    plain = _ESCAPE.sub(_plain, address.path)
    return _LANGUAGE.sub("", _INDEX_FILE.sub("", plain)).rstrip("/")


def _plain(escape: re.Match[str]) -> str:
    """An escape of a character that needs none, undone; the others in upper case (RFC 3986 §6.2.2)."""
    character = chr(int(escape[1], 16))
    return character if _UNRESERVED.fullmatch(character) else escape[0].upper()
