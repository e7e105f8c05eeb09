"""Takes an address apart as it is written, or says what keeps it from being one."""

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from sys import intern

REMEMBERED = 16_384
"""Addresses whose reading is kept: most rules ask while one entry is judged, some on a walk of their own."""

_PARTS = re.compile(
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):"
    r"(?://(?P<authority>[^/?#]*))?"
    r"(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?(?:\#(?P<fragment>.*))?",
    re.DOTALL,
)
"""RFC 3986, appendix B, with the scheme required."""

_AUTHORITY = re.compile(r"(?P<host>\[[^\[\]]*\]|[^:\[\]]*)(?::(?P<port>[0-9]*))?")
_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}
_NOT_FOR_THE_WEB = ("mailto", "tel", "data")
_DOTS = re.compile("[\u3002\uff0e\uff61]")
"""Full stops of other scripts, which part the labels of a name as ours does (UTS 46 §4)."""
_BRACKETS = ("()", "[]", "{}", "<>", "（）", "【】", "《》")
_ASCII_LABEL = re.compile(r"(?!-)[A-Za-z0-9_-]{1,63}(?<!-)")
_TEXT_DIRECTIVE = ":~:"
_HIGHEST_PORT = 65535
_LONGEST_LABEL = 63
_LONGEST_NAME = 253
"""RFC 1035, 2.3.4."""


@dataclass(frozen=True, slots=True)
class Address:
    """An absolute http(s) address in its parts, as written: an IPv6 host has its brackets, nothing is decoded.

    ``port`` is None where none is given; ``query`` and ``fragment`` are None where there is no ``?`` or ``#``.
    """

    scheme: str
    host: str
    port: int | None
    path: str
    query: str | None
    fragment: str | None

    @property
    def origin(self) -> str:
        """Scheme and host in lower case, with the port where it is not the scheme's own."""
        scheme = self.scheme.lower()
        port = "" if self.port in (None, _DEFAULT_PORTS[scheme]) else f":{self.port}"
        return f"{scheme}://{self.host.lower()}{port}"

    @property
    def request(self) -> str:
        """The address to ask: origin, path and query, without the fragment; percent-encoding stays as written."""
        query = "" if self.query is None else f"?{self.query}"
        return f"{self.origin}{self.path or '/'}{query}"


@dataclass(frozen=True, slots=True)
class Malformed:
    """What is wrong with an address and what to do, as a clause; ``mended`` where trimming blanks is all it takes."""

    problem: str
    mended: str | None = None


def parse_address(text: str) -> Address | Malformed:
    """Take an address apart. Never raises.

    >>> parse_address("https://arxiv.org/abs/2203.02155").host
    'arxiv.org'
    >>> parse_address(" https://a.org/").mended
    'https://a.org/'
    """
    trimmed = text.strip()
    parsed = _parse(trimmed)
    if trimmed != text and isinstance(parsed, Address):
        return Malformed("there are blanks around the address: take them out", mended=trimmed)
    return parsed


def is_web_link(text: str) -> bool:
    """Whether a link outside the entries is meant for the web.

    Anchors, relative paths, ``mailto:``, ``tel:`` and ``data:`` are not; the empty address is none at all.
    """
    trimmed = text.strip()
    scheme = _scheme(trimmed)
    return trimmed.startswith("//") if scheme is None else scheme not in _NOT_FOR_THE_WEB


@lru_cache(maxsize=REMEMBERED)
def _parse(text: str) -> Address | Malformed:
    if not text:
        return Malformed("the address is empty: write one, or take the link out")
    parts = _PARTS.fullmatch(text)
    if parts is None or parts["scheme"].lower() not in _DEFAULT_PORTS:
        return Malformed(_no_scheme(text))
    if not parts["authority"]:
        return Malformed(f"there is no host after «{parts['scheme']}:»: write https://host/path")
    problem = _unseen(text) or _stray_bracket(text[parts.start("path") :])
    if problem is not None:
        return Malformed(problem)
    authority = _split_authority(parts["authority"])
    if isinstance(authority, str):
        return Malformed(authority)
    host, port = authority
    # Thousands of addresses have these in common.
    return Address(intern(parts["scheme"]), intern(host), port, parts["path"], parts["query"], parts["fragment"])


def _scheme(text: str) -> str | None:
    parts = _PARTS.fullmatch(text)
    return None if parts is None else parts["scheme"].lower()


def _no_scheme(text: str) -> str:
    scheme = _scheme(text)
    if scheme is not None and "." not in scheme:
        return f"«{scheme}:» is not a web address: only http and https can be checked"
    return "not an absolute address: it must begin with https:// and a host"


def _unseen(text: str) -> str | None:
    """Blanks, control and invisible characters have no place in an address; joiners are part of some scripts."""
    if text.isprintable() and " " not in text:
        return None
    for character in text:
        if character.isspace():
            return f"there is a blank in the address (U+{ord(character):04X}): take it out, or write %20"
        if not character.isprintable() and character not in "\N{ZERO WIDTH NON-JOINER}\N{ZERO WIDTH JOINER}":
            return f"there is an invisible character in the address (U+{ord(character):04X}): take it out"
    return None


def _split_authority(authority: str) -> tuple[str, int | None] | str:
    """Host and port, or what is wrong with them."""
    if "@" in authority:
        return "there is a user name or password in the address: take out what stands before the «@»"
    parts = _AUTHORITY.fullmatch(authority)
    if parts is None:
        return f"«{authority[:_LONGEST_NAME]}» is not a host with an optional port"
    host, port = parts["host"], parts["port"]
    if host.lower() in _DEFAULT_PORTS:
        return f"the scheme stands in the address twice: take one «{host}:» out"
    if port and not (len(port) <= len(str(_HIGHEST_PORT)) and 1 <= int(port) <= _HIGHEST_PORT):
        return f"«{port[:20]}» is not a port: ports are 1 to {_HIGHEST_PORT}"
    if not _is_host(host):
        return f"«{host[:_LONGEST_NAME]}» is not the name of a host"
    return host, int(port) if port else None


def _is_host(host: str) -> bool:
    if host.startswith("["):
        return _is_ip(host[1:-1], ipaddress.IPv6Address)
    labels = _DOTS.sub(".", host).removesuffix(".").split(".")
    if _NUMBER.fullmatch(labels[-1]):  # as browsers do: a number at the end makes it an IPv4 address
        return _is_ip(host, ipaddress.IPv4Address)
    return len(host) <= _LONGEST_NAME and all(_is_label(label) for label in labels)


def _is_ip(text: str, family: type[ipaddress.IPv4Address | ipaddress.IPv6Address]) -> bool:
    try:
        family(text)
    except ValueError:
        return False
    return "%" not in text


def _is_label(label: str) -> bool:
    """Letters, digits, marks, inner hyphens, and underscores, which are seen in the wild; IDNs in any script."""
    if label.isascii():
        return _ASCII_LABEL.fullmatch(label) is not None
    folded = unicodedata.normalize("NFKC", label)
    return (
        0 < len(label) <= _LONGEST_LABEL
        and not folded.startswith("-")
        and not folded.endswith("-")
        and all(c in "-_" or unicodedata.category(c)[0] in "LM" or unicodedata.category(c) == "Nd" for c in folded)
    )


def _stray_bracket(text: str) -> str | None:
    """The first bracket without its partner, text directives (``#:~:text=``) aside."""
    rest = text.partition(_TEXT_DIRECTIVE)[0]
    for pair in _BRACKETS:
        if pair[0] not in rest and pair[1] not in rest:
            continue
        depth = 0
        for character in rest:
            depth += (character == pair[0]) - (character == pair[1])
            if depth < 0:
                return _stray(pair[1])
        if depth:
            return _stray(pair[0])
    return None


def _stray(bracket: str) -> str:
    encoded = "".join(f"%{byte:02X}" for byte in bracket.encode())
    return f"there is a stray «{bracket}» in the address: take it out, or write {encoded} if it belongs there"
