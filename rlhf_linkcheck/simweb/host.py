"""One host of a scenario: its pages, its certificate, its name, its pace."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from .behaviour import Steps, parse_steps
from .fields import Fields, ScenarioError, inside
from .hostnames import normal_authority
from .latency import Latency, parse_latency

KEYS = ("tls", "refuse", "dns", "latency")
PATTERN = re.compile(r"/[!-)+-~]*\*?")


class Tls(StrEnum):
    """Which certificate a host shows, or how its handshake fails before there is one.

    ``missing-intermediate`` leaves out the certificate between its own and the authority's, and says
    where that is to be had; ``old-version`` speaks TLS 1.1 at most; ``hang`` never answers a handshake.
    """

    OK = "ok"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    SELF_SIGNED = "self-signed"
    WRONG_NAME = "wrong-name"
    UNKNOWN_AUTHORITY = "unknown-authority"
    MISSING_INTERMEDIATE = "missing-intermediate"
    OLD_VERSION = "old-version"
    HANG = "hang"


class Dns(StrEnum):
    """How the name server fails a host; ``timeout`` is silence."""

    NXDOMAIN = "nxdomain"
    SERVFAIL = "servfail"
    NODATA = "nodata"
    TIMEOUT = "timeout"


@dataclass(frozen=True, slots=True)
class Host:
    """One host. ``pages`` maps a path with its query, or a beginning of it and ``*``, to what it does.

    ``tls`` of None is a good certificate at the standard ports, and plain HTTP at a port of its own.
    ``refuse`` refuses all connections, ``dns`` is how the host's name fails to resolve.
    ``latency`` is how long each of its answers takes, a service's too.
    Raises ScenarioError for a pattern that no request could match.
    """

    pages: Mapping[str, Steps] = field(default_factory=dict)
    tls: Tls | None = None
    refuse: bool = False
    dns: Dns | None = None
    latency: Latency | None = None

    def __post_init__(self) -> None:
        for pattern in self.pages:
            if not PATTERN.fullmatch(pattern):
                raise ScenarioError(f"{pattern}: a path is written as it is sent: percent-encoded, * only at its end")

    def steps(self, path: str) -> Steps | None:
        """What the most specific pattern for this path does: itself, else the longest beginning; None for none."""
        if path in self.pages:
            return self.pages[path]
        for end in range(len(path), 0, -1):
            if (pattern := f"{path[:end]}*") in self.pages:
                return self.pages[pattern]
        return None


def parse_hosts(fields: Fields) -> Mapping[str, Host]:
    """Hosts by authority. Raises ScenarioError, naming host and key."""
    hosts: dict[str, Host] = {}
    for key in fields.names:
        with inside(key):
            authority = normal_authority(key)
            if authority in hosts:
                raise ScenarioError("is given twice")
            hosts[authority] = _parse_host(Fields(fields.take(key)))
    return MappingProxyType(hosts)


def _parse_host(fields: Fields) -> Host:
    pages: dict[str, Steps] = {}
    for key in fields.names:
        if key.startswith("/"):
            with inside(key):
                pages[key] = parse_steps(fields.take(key))
    host = Host(
        pages=MappingProxyType(pages),
        tls=fields.choice("tls", Tls),
        refuse=fields.flag("refuse"),
        dns=fields.choice("dns", Dns),
        latency=_parse_latency(fields),
    )
    fields.finish(KEYS)
    return host


def _parse_latency(fields: Fields) -> Latency | None:
    if "latency" not in fields.names:
        return None
    with inside("latency"):
        return parse_latency(fields.take("latency"))
