"""A world to race in: a simulated web, the links into it, and what is true of each."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from urllib.parse import unquote, urlsplit

START = "start.simweb"
"""The host of the pages that tools start from which want a site."""
CONTROL = "example.com"
"""The host that ours asks to learn whether there is a network at all."""


class Truth(StrEnum):
    """What is true of a link; of some nobody can say, such as those of a host that is silent today."""

    ALIVE = "alive"
    DEAD = "dead"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One scenario of the benchmark.

    ``scenario`` is the simulated web's; ``handlers`` name functions of tests/behaviours/handlers.py by host.
    ``entries`` is the list as ours takes it, where it is more than the links. ``paced`` says that hosts are to be
    asked as politely as each tool does by itself; else all are told to be as fast as they can.
    """

    name: str
    scenario: Mapping[str, Any]
    links: Mapping[str, Truth]
    timeout: float
    paced: bool
    entries: str | None = None
    handlers: Mapping[str, str] = field(default_factory=dict)


def same(url: str) -> str:
    """What two tools that write one address differently have in common."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return url.strip()
    standard = {"http": 80, "https": 443}.get(parts.scheme)
    authority = host.rstrip(".") if port in (None, standard) else f"{host.rstrip('.')}:{port}"
    query = f"?{parts.query}" if parts.query else ""
    return unquote(f"{parts.scheme}://{authority}{parts.path or '/'}{query}")
