"""From a body's bytes to its text, whatever the server claims the encoding to be."""

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([A-Za-z0-9_:.-]{1,40})", re.IGNORECASE)
_PRESCAN = 1024
_LAST_RESORT = "cp1252"
_WIDENED = {
    # What servers call by these names is in truth the wider set: https://encoding.spec.whatwg.org/#names-and-labels
    "ascii": _LAST_RESORT,
    "iso8859-1": _LAST_RESORT,
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
_MOST_LOST = 0.01


def decode(octets: bytes, declared: str | None) -> str:
    """The text of a page; ``declared`` is the charset of its Content-Type, if it has one.

    A byte order mark wins, then the declaration, then the page's own; one that does not fit gives
    way to UTF-8 where that does, at last to Windows-1252. Never raises. An odd end is cut off, for
    the body may have been.

    >>> decode("Straße".encode(), "us-ascii")
    'Straße'
    """
    for mark, marked in _MARKS:
        if octets.startswith(mark):
            return octets[len(mark) :].decode(marked, "replace")
    own = _DECLARED.search(octets[:_PRESCAN])
    named = (declared, own[1].decode("ascii") if own else None)
    candidates = [encoding for name in named if (encoding := _known(name)) is not None]
    for candidate in (*candidates, "utf-8"):
        text = _fitting(octets, candidate)
        if text is not None:
            return text
    return octets.decode(_LAST_RESORT, "replace")


def _known(name: str | None) -> str | None:
    """Python's name of an encoding, None for one that there is not, or that is none of text."""
    if not name:
        return None
    try:
        found = codecs.lookup(name.strip())
    except (LookupError, ValueError):
        return None
    return _WIDENED.get(found.name, found.name)


def _fitting(octets: bytes, encoding: str) -> str | None:
    """The text in this encoding, None where too much of it is lost; UTF-8 that fits is what it is."""
    if encoding == _LAST_RESORT and not octets.isascii():
        as_utf8 = _fitting(octets, "utf-8")
        return as_utf8 if as_utf8 is not None else octets.decode(encoding, "replace")
    try:
        return octets.decode(encoding)
    except UnicodeDecodeError:
        return _mended(octets, encoding)
    except (LookupError, ValueError):  # one that is none of text
        return None


def _mended(octets: bytes, encoding: str) -> str | None:
    """The text with marks for what is lost, None where that is too much of it."""
    try:
        text = octets.decode(encoding, "replace")
    except (LookupError, ValueError):  # one that mends nothing
        return None
    return text if text.count("\ufffd") <= _MOST_LOST * len(text) else None
