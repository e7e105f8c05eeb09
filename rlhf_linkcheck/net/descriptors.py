"""How many connections fit under the process's limit of open files, shared out before the first is made."""

import importlib
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_RESERVE = 24
"""For what else is open at some moment: the run's resolver, reports, the memory's database, modules still to come."""
_FOR_A_PLACE = 2
"""A request that has no connection yet may race an address of either family."""
_FOR_A_LOOKUP = 6
"""A resolver of its own has a thread with four descriptors, and a socket for each name server that it asks."""
_MOST_LOOKUPS = 32
_MOST_RESTING = 128
"""asyncio holds a buffer of 256 KiB for each TLS connection, so that these have 32 MiB."""
_PARTS = 4
"""Two for the requests, one for what rests, one for resolvers of their own."""
_UNKNOWN_HELD = 16


@dataclass(frozen=True, slots=True)
class Shares:
    """How much may be at once: requests under way, connections kept at rest, and lookups by resolvers of their own."""

    places: int
    resting: int
    lookups: int


def share_out(limit: int | None, held: int, concurrency: int) -> Shares:
    """The shares of ``concurrency`` wanted places where ``held`` of ``limit`` (None: no limit) descriptors are taken.

    There is always one of each, whatever the limit: a run that is too poor for that says so link by link.
    """
    if limit is None:
        return Shares(concurrency, _MOST_RESTING, _MOST_LOOKUPS)
    free = max(limit - held - _RESERVE, 0)
    places = max(min(concurrency, free // _PARTS), 1)
    lookups = max(min(_MOST_LOOKUPS, free // _PARTS // _FOR_A_LOOKUP), 1)
    left = free - places * _FOR_A_PLACE - lookups * _FOR_A_LOOKUP
    return Shares(places, max(min(_MOST_RESTING, left), 1), lookups)


def wanted(held: int, concurrency: int) -> int:
    """The smallest limit under which nothing has to be cut down."""
    parts = (concurrency * _PARTS, _MOST_LOOKUPS * _FOR_A_LOOKUP * _PARTS)
    return held + _RESERVE + max(*parts, concurrency * _FOR_A_PLACE + _MOST_LOOKUPS * _FOR_A_LOOKUP + _MOST_RESTING)


def shares(concurrency: int) -> Shares:
    """The shares of this process, whose soft limit is raised first as far as that is wanted and allowed.

    Not up to the hard limit, which may be a billion: programs that are started from here inherit it,
    and some walk through all descriptors that they might have.
    """
    if sys.platform == "win32":  # sockets are no files there, and nothing bounds them but memory
        return share_out(None, 0, concurrency)
    held = _held()
    return share_out(_raised(wanted(held, concurrency)), held, concurrency)


def _raised(wish: int) -> int | None:
    """The soft limit, None where there is none, after it was raised towards the wish."""
    resource = importlib.import_module("resource")  # which Windows does not have
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    endless: int = resource.RLIM_INFINITY
    if soft == endless:
        return None
    most = wish if hard == endless else min(wish, hard)
    # The kernel may have a bound below the hard limit, as macOS does; then the run does with what there is.
    with suppress(ValueError, OSError):
        if most > soft:
            resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    now: int = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    return now


def _held() -> int:
    """The descriptors that this process holds already, where the system lists them."""
    try:
        return sum(1 for _ in Path("/dev/fd").iterdir())
    except OSError:
        return _UNKNOWN_HELD
