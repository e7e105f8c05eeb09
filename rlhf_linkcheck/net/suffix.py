"""Which part of a host somebody registered, by Mozilla's list of public suffixes; pure."""

from functools import cache, lru_cache
from ipaddress import ip_address

from publicsuffixlist import PublicSuffixList


@lru_cache(maxsize=4096)
def registrable(host: str) -> str:
    """The registrable domain of a host, or the host itself where it is an address or has none.

    >>> registrable("www.a.github.io")
    'a.github.io'
    """
    name = host.rstrip(".").lower()
    try:
        return str(ip_address(name))
    except ValueError:
        return _suffixes().privatesuffix(name) or name


def is_shared(domain: str) -> bool:
    """Whether the hosts below a domain belong to different people."""
    name = domain.strip(". \t").lower()
    return bool(name) and _suffixes().publicsuffix(name) == name


def read_suffixes() -> None:
    """Read the list now, and not while the first answers wait for it."""
    _suffixes()


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()
