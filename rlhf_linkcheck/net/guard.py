"""Which addresses are public: the table that keeps a checker of strangers' lists out of private networks."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

_V4 = tuple(
    (IPv4Network(network), name)
    for network, name in (
        # IANA IPv4 Special-Purpose Address Registry:
        # https://www.iana.org/assignments/iana-ipv4-special-registry/
        ("0.0.0.0/8", "this network"),
        ("10.0.0.0/8", "private use"),
        ("100.64.0.0/10", "shared by carriers"),
        ("127.0.0.0/8", "loopback"),
        ("169.254.0.0/16", "link-local, cloud metadata"),
        ("172.16.0.0/12", "private use"),
        ("192.0.0.0/24", "protocol assignments"),
        ("192.0.2.0/24", "documentation"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private use"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        # IANA IPv4 Multicast Address Space Registry, and RFC 1112 §4:
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
        # https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16
        ("168.63.129.16/32", "Azure's host agent"),
    )
)
_V6 = tuple(
    (IPv6Network(network), name)
    for network, name in (
        # IANA IPv6 Special-Purpose Address Registry:
        # https://www.iana.org/assignments/iana-ipv6-special-registry/
        ("::1/128", "loopback"),
        ("::/96", "unspecified or IPv4-compatible"),
        ("64:ff9b:1::/48", "local translation"),
        ("100::/64", "discard"),
        ("100:0:0:1::/64", "dummy prefix"),
        ("2001::/23", "protocol assignments"),
        ("2001:db8::/32", "documentation"),
        ("3fff::/20", "documentation"),
        ("5f00::/16", "segment routing"),
        ("fc00::/7", "unique local"),
        ("fe80::/10", "link-local"),
        # Withdrawn, and still routed inside some networks: RFC 3879, RFC 3701
        ("fec0::/10", "site-local"),
        ("3ffe::/16", "6bone"),
        # IANA IPv6 Multicast Address Space Registry:
        ("ff00::/8", "multicast"),
    )
)
_CARRIERS = (
    # IPv6 networks that carry an IPv4 address, and how far its lowest bit stands from the end.
    (IPv6Network("::ffff:0:0/96"), 0),  # RFC 4291 §2.5.5.2
    (IPv6Network("::ffff:0:0:0/96"), 0),  # RFC 2765 §2.1
    (IPv6Network("64:ff9b::/96"), 0),  # RFC 6052 §2.1
    (IPv6Network("2002::/16"), 80),  # RFC 3056 §2
)


class NotPublicError(OSError):
    """A connection to an address that is not public was about to be made; ``address`` is the literal."""

    def __init__(self, address: str) -> None:
        super().__init__(f"{address} is not a public address")
        self.address = address


def why_not_public(address: str) -> str | None:
    """What a literal address is («loopback») where it is not a public one, else None; ValueError for no address.

    Own table: ``ipaddress.is_global`` lets through translated, compatible and multicast addresses.
    """
    return _why_not(ip_address(address))


def _why_not(address: IPv4Address | IPv6Address) -> str | None:
    if isinstance(address, IPv4Address):
        return next((name for network, name in _V4 if address in network), None)
    if address.scope_id is not None:
        return "link-local"
    for carrier, shift in _CARRIERS:
        if address in carrier:
            return _why_not(IPv4Address(int(address) >> shift & 0xFFFFFFFF))
    return next((name for network, name in _V6 if address in network), None)


def is_local_name(host: str) -> bool:
    """Whether a host name means this machine without asking anybody (RFC 6761 §6.3)."""
    name = host.rstrip(".")
    return name == "localhost" or name.endswith(".localhost")


@lru_cache(maxsize=4096)
def is_literal(host: str) -> bool:
    """Whether a host is an address and not a name; IPv6 without brackets."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
