"""The tables, which are alike: what stands in them, under which key, since when, and when it was last wanted."""

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Generic, TypeAlias, TypeVar

from rlhf_linkcheck.state.memory import Chronicled, Memory, Told
from rlhf_linkcheck.state.rows import (
    LARGEST,
    UnfitError,
    chronicled_from_bytes,
    chronicled_to_bytes,
    memory_from_bytes,
    memory_to_bytes,
    told_from_bytes,
    told_to_bytes,
)

DAYS_KEPT = 90
"""For so long a row stays that no run has asked for."""

_AT_ONCE = 500
"""Keys of one query; SQLite as it was until 2020 takes 999."""

_SEAL = 8
"""Bytes."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_DAY = 86_400

Row: TypeAlias = tuple[str | int | bytes, ...]
Value = TypeVar("Value", bound=Memory | Told | Chronicled)


@dataclass(frozen=True, slots=True)
class Found(Generic[Value]):
    """What was found of some keys, and those of them that nobody had asked for yet today."""

    values: dict[str, Value]
    unseen: list[str]


class Shelf(Generic[Value]):
    """One table."""

    def __init__(
        self,
        table: str,
        encode: Callable[[Value], bytes],
        decode: Callable[[bytes, datetime], Value],
        moment: Callable[[Value], datetime],
    ) -> None:
        self._encode = encode
        self._decode = decode
        self._moment = moment
        # The table's name is one of ours; S608 is about names that come from outside.
        self._find = f"SELECT key, heard_at, seen_on, body FROM {table} WHERE key IN "  # noqa: S608 - see above
        self.keep = (
            # Whoever heard it last is right, whoever writes last. A row that claims to be from the future comes
            # from a wrong clock, and would stay for ever.
            f"INSERT INTO {table} (key, heard_at, seen_on, body) VALUES (?, ?, ?, ?) "  # noqa: S608 - likewise
            "ON CONFLICT (key) DO UPDATE SET heard_at = excluded.heard_at, seen_on = excluded.seen_on, "
            "body = excluded.body WHERE NOT (heard_at > excluded.heard_at AND heard_at <= ?)"
        )
        self.mark_seen = f"UPDATE {table} SET seen_on = ? WHERE key = ?"  # noqa: S608 - likewise
        self.forget = f"DELETE FROM {table} WHERE key = ?"  # noqa: S608 - likewise
        self.prune = f"DELETE FROM {table} WHERE seen_on < ?"  # noqa: S608 - likewise

    def row(self, key: str, value: Value) -> Row:
        """What ``keep`` takes. Raises UnfitError for what no row can hold: it is not remembered."""
        moment = self._moment(value)
        if moment.tzinfo is None or not is_fit(key):
            raise UnfitError("a key is text, and a time has its zone")
        heard_at, encoded = (moment - _EPOCH) // _MICROSECOND, self._encode(value)
        return key, heard_at, today(), _seal(key, encoded) + encoded, _horizon()

    def find(self, connection: sqlite3.Connection, keys: Iterable[str]) -> Iterator[Found[Value]]:
        """What is there of these keys, some at a time; what cannot have been written by us is not there."""
        fit = [key for key in keys if is_fit(key)]
        asked = frozenset(fit)
        for start in range(0, len(fit), _AT_ONCE):
            some = fit[start : start + _AT_ONCE]
            # What is too long is not even read, and neither is what has another type: any column may hold any.
            places = ", ".join("?" * len(some))
            query = (
                f"{self._find} ({places}) AND typeof(heard_at) = 'integer' AND heard_at <= {_horizon()}"
                f" AND typeof(seen_on) = 'integer' AND typeof(body) = 'blob' AND length(body) <= {LARGEST + _SEAL}"
            )
            # In a damaged file an index may lead to rows that nobody asked for.
            rows = (row for row in connection.execute(query, some).fetchall() if row[0] in asked)
            yield self._understood(rows)

    def _understood(self, rows: Iterable[tuple[str, int, int, bytes]]) -> Found[Value]:
        found: Found[Value] = Found({}, [])
        now = today()
        for key, heard_at, seen_on, body in rows:
            seal, encoded = body[:_SEAL], body[_SEAL:]
            if seal != _seal(key, encoded):
                continue
            try:
                found.values[key] = self._decode(encoded, _EPOCH + heard_at * _MICROSECOND)
            except (UnfitError, OverflowError):
                continue
            if seen_on != now:
                found.unseen.append(key)
        return found


def _seal(key: str, encoded: bytes) -> bytes:
    """What a row's body begins with: SQLite does not notice when bytes of it change, and a title may still be one.

    It is no signature: who may write the file can forge it.
    """
    return blake2b(key.encode() + b"\0" + encoded, digest_size=_SEAL).digest()


def today() -> int:
    """Days since 1970, in UTC."""
    return int(time.time()) // _DAY


def _horizon() -> int:
    """Microseconds since 1970 until tomorrow: nothing can have been heard later, even by a clock that is fast."""
    return (int(time.time()) + _DAY) * 1_000_000


def is_fit(key: str) -> bool:
    """Whether SQLite takes this for text: half a surrogate pair is none."""
    try:
        key.encode()
    except UnicodeEncodeError:
        return False
    return len(key) <= LARGEST


MEMORIES = Shelf("memory", memory_to_bytes, memory_from_bytes, lambda memory: memory.checked_at)
TOLD = Shelf("told", told_to_bytes, told_from_bytes, lambda told: told.retrieved_at)
CHRONICLED = Shelf("chronicled", chronicled_to_bytes, chronicled_from_bytes, lambda chronicled: chronicled.at)
SHELVES = (MEMORIES, TOLD, CHRONICLED)
