"""What an address looks like on the wire: ASCII, host in punycode, escapes as written, no secrets, no fragment."""

import re
import socket
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import IPv6Address
from urllib.parse import SplitResult, urljoin, urlsplit

from yarl import URL

_PORTS = {"http": 80, "https": 443}
_NOT_FOR_THE_WIRE = re.compile(r"[^\x21-\x7e]")
_HOST = re.compile(r"[a-z0-9_.-]+")
_WEB = re.compile(r"(https?):([/\\]*)", re.IGNORECASE)
_AS_SENT = re.compile(r"""(https?)://([a-z0-9.-]++)(?::([1-9][0-9]{3}))?+(?!.*(?:/\.|\?$))/[!"$-~]*""")
"""What stands in a list as it goes over the wire, as most of what stands there does. The host gives no
letter back: for each of them all that follows would be looked through once more."""
_BLANKS = "".join(map(chr, range(0x21)))
_LONGEST_NAME, _LONGEST_LABEL = 253, 63  # RFC 1035 §2.3.4


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes: its address in wire form, and who is to be connected to."""

    url: str
    scheme: str
    host: str
    port: int

    @property
    def key(self) -> str:
        """The host as limits and outages count it: http and https are one, a trailing dot is none."""
        return self.host.rstrip(".")


@lru_cache(maxsize=4096)
def target_of(address: str) -> Target | None:
    """The wire form of an absolute http(s) address, or None where it cannot be asked.

    Escapes stay as written, and only dots that lead to another folder are followed; what HTTP cannot
    carry (blanks, controls, non-ASCII) is escaped as UTF-8, or as the very bytes where a ``Location``
    was not UTF-8. User and password are dropped.
    """
    if (plain := _AS_SENT.fullmatch(address)) and _is_wire_host(plain[2]):
        return Target(address, plain[1], plain[2], int(plain[3] or _PORTS[plain[1]]))
    return _put_in_form(address)


def _put_in_form(address: str) -> Target | None:
    """What ``target_of`` gives for whatever is written in whatever way."""
    try:
        parts = urlsplit(address)
        host = _wire_host(parts.hostname or "")
        port = parts.port
    except ValueError:
        return None
    scheme = parts.scheme
    if scheme not in _PORTS or host is None or port == 0:
        return None
    port = port or _PORTS[scheme]
    url = _join(parts, scheme, host, port)
    # Most are written as they are sent: one text is then enough for all who keep it.
    return Target(address if url == address else url, scheme, host, port)


def _join(parts: SplitResult, scheme: str, host: str, port: int) -> str:
    netloc = f"[{host}]" if ":" in host else host
    if port != _PORTS[scheme]:
        netloc = f"{netloc}:{port}"
    query = f"?{_escape(parts.query)}" if parts.query else ""
    return f"{scheme}://{netloc}{_escape(_without_dots(parts.path)) or '/'}{query}"


def _without_dots(path: str) -> str:
    """The path as browsers ask for it: ``/a/../b`` is ``/b`` (RFC 3986 §5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    *folders, last = path.split("/")[1:]
    for segment in folders:
        if segment == "..":
            del kept[-1:]
        elif segment != ".":
            kept.append(segment)
    if last in (".", ".."):
        kept = kept[:-1] if last == ".." else kept
        last = ""
    return "/" + "/".join((*kept, last))


def _escape(text: str) -> str:
    return _NOT_FOR_THE_WIRE.sub(_escaped, text)


def _escaped(match: re.Match[str]) -> str:
    """One character's bytes; half a surrogate pair that stands for no byte is U+FFFD, as for browsers."""
    try:
        octets = match[0].encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        octets = "\ufffd".encode()
    return "".join(f"%{byte:02X}" for byte in octets)


def _wire_host(host: str) -> str | None:
    """The host in lower-case ASCII, or None where it cannot be one; ValueError likewise."""
    if ":" in host:
        return str(IPv6Address(host))
    if len(host) > _LONGEST_NAME:
        return None
    name = (URL.build(scheme="http", host=host).raw_host or "").lower()
    if not _HOST.fullmatch(name):
        return None
    labels = name.removesuffix(".").split(".")
    if re.fullmatch(r"0x[0-9a-f]*|[0-9]+", labels[-1]):
        return _wire_ipv4(name.removesuffix("."))
    fits = len(name) <= _LONGEST_NAME and all(0 < len(label) <= _LONGEST_LABEL for label in labels)
    return name if fits else None


@lru_cache(maxsize=4096)
def _is_wire_host(host: str) -> bool:
    """Whether a host is written as it goes over the wire."""
    try:
        return _wire_host(host) == host
    except ValueError:
        return False


def _wire_ipv4(host: str) -> str | None:
    """``127.1``, ``0x7f000001`` and the like in the plain form, as browsers read them (WHATWG URL §3.5)."""
    try:
        return socket.inet_ntoa(socket.inet_aton(host))
    except OSError:
        return None


def follow_location(base: str, location: str) -> str | None:
    """The absolute address that a ``Location`` points to from ``base``, in wire form, or None where unusable.

    Resolved as RFC 3986 §5 says, ill-formed ones as browsers do (WHATWG URL §4.4); the fragment is
    the target's own, else inherited (RFC 9110 §10.2.2).
    """
    text = location.strip(_BLANKS)
    head, mark, tail = text.partition("?")
    text = head.replace("\\", "/") + mark + tail
    if match := _WEB.match(text):
        scheme, slashes, rest = match[1].lower(), match[2], text[match.end() :]
        relative = slashes in ("", "/", "\\") and scheme == urlsplit(base).scheme
        if not (relative or rest.strip("/?#")):
            return None
        text = slashes + rest if relative else f"{scheme}://{rest}"
    try:
        joined = urljoin(base, text)
    except ValueError:
        return None
    target = target_of(joined)
    if target is None:
        return None
    return inherit_fragment(target.url, _escape(urlsplit(joined).fragment) or urlsplit(base).fragment)


def inherit_fragment(address: str, fragment: str) -> str:
    """The address with this fragment, unless it has its own or there is none."""
    return address if not fragment or "#" in address else f"{address}#{fragment}"
