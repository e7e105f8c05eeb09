"""What a certificate (in DER) says about the one above it: where that is to be had, and what it is good for; pure."""

import ssl
from collections.abc import Iterator
from enum import Enum, auto

from rlhf_linkcheck.net.address import Target, target_of
from rlhf_linkcheck.net.guard import is_literal

LARGEST = 64 * 1024
"""Bytes of a certificate that are read; real ones have two thousand."""
LONGEST_CHAIN = 4
"""Certificates that may be missing in a row."""
_CA_ISSUERS = bytes.fromhex("06082b06010505073002")  # 1.3.6.1.5.5.7.48.2, as an OBJECT IDENTIFIER
_URI = 0x86  # GeneralName's [6]
_LENGTHS = {0x81: 1, 0x82: 2}  # the long forms, and how many bytes of length follow


class Kind(Enum):
    """What a stranger's bytes are good for."""

    NONE = auto()
    """No certificate, or several."""
    INTERMEDIATE = auto()
    """An authority's certificate that another one signed: it helps to build a chain, and vouches for nothing."""
    OTHER = auto()
    """One that would vouch for itself, or belongs to no authority."""


def issuer_place(der: bytes) -> Target | None:
    """Where the certificate says that its issuer's is to be had: the first address of plain http with a host's name.

    RFC 5280 §4.2.2.1. Like browsers, nothing is asked of https, whose certificate might need the same again.
    """
    return next((target for uri in _issuer_uris(der) if (target := _plain(uri)) is not None), None)


def _issuer_uris(der: bytes) -> Iterator[bytes]:
    """The AccessDescriptions of the CA's certificate, found by their bytes: no more of the structure is needed."""
    _, *rests = der[:LARGEST].split(_CA_ISSUERS)
    for rest in rests:
        if len(rest) > 1 and rest[0] == _URI:
            more = _LENGTHS.get(rest[1], 0)
            length = int.from_bytes(rest[2 : 2 + more]) if more else rest[1]
            yield rest[2 + more : 2 + more + length]


def _plain(uri: bytes) -> Target | None:
    target = target_of(uri.decode("latin-1"))
    return target if target is not None and target.scheme == "http" and not is_literal(target.host) else None


def kind_of(der: bytes) -> Kind:
    """What OpenSSL takes these bytes for; whoever issued itself is no intermediate.

    OpenSSL trusts whatever in a store has issuer and subject in common, which it compares without
    regard to case, blanks and the order in a set; here nothing more counts.
    """
    store = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        store.load_verify_locations(cadata=der)
        authorities = store.get_ca_certs()
    except (ssl.SSLError, ValueError):
        return Kind.NONE
    if store.cert_store_stats()["x509"] != 1:
        return Kind.NONE
    alien = any(_parts(one["subject"]) != _parts(one["issuer"]) for one in authorities)
    return Kind.INTERMEDIATE if alien else Kind.OTHER


def _parts(name: object) -> frozenset[tuple[str, str]]:
    """A distinguished name as ``ssl`` gives it, as far as it tells one from another."""
    sets = name if isinstance(name, tuple) else ()
    return frozenset((key, "".join(value.split()).lower()) for parts in sets for key, value in parts)
