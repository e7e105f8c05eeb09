"""Memory over runs: asked for by key, and written as it comes by a thread of its own, so that nobody waits for it."""

import sqlite3
import threading
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from rlhf_linkcheck.state.database import connect, open_database
from rlhf_linkcheck.state.memory import Chronicled, Memory, Told
from rlhf_linkcheck.state.rows import UnfitError
from rlhf_linkcheck.state.shelves import CHRONICLED, MEMORIES, SHELVES, TOLD, Row, Shelf, is_fit, today
from rlhf_linkcheck.state.trouble import from_sqlite
from rlhf_linkcheck.state.writer import Change, Writer

Value = TypeVar("Value", bound=Memory | Told | Chronicled)


class Store:
    """One state file, which other processes may use at the same time. Keys are any text; made by ``open``.

    What a run remembers is for later ones: it is on its way to the file, and ``recall`` need not see it yet.
    """

    def __init__(self, path: Path, reading: sqlite3.Connection, writing: sqlite3.Connection) -> None:
        self._reading = reading
        self._one_reads = threading.Lock()
        self._closed = False
        self._writer = Writer(path, writing)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Make the folder, the file and its tables where they are not there, and bring older ones up to date.

        Raises StateError, one line, for what is no state file or cannot be written.
        """
        writing = open_database(path)
        try:
            return cls(path, connect(path), writing)
        except sqlite3.Error as error:
            writing.close()
            raise from_sqlite(path, error) from error

    @property
    def trouble(self) -> str | None:
        """One line, once the file could not be used any more; the run goes on without memory."""
        return self._writer.trouble

    def recall(self, keys: Iterable[str]) -> dict[str, Memory]:
        """What earlier runs heard of these links; a row that cannot be understood is as if it were not there."""
        return self._recall(MEMORIES, keys)

    def recall_told(self, keys: Iterable[str]) -> dict[str, Told]:
        """What earlier runs were answered to these questions."""
        return self._recall(TOLD, keys)

    def recall_chronicled(self, keys: Iterable[str]) -> dict[str, Chronicled]:
        """What earlier audits saw."""
        return self._recall(CHRONICLED, keys)

    def remember(self, key: str, memory: Memory) -> None:
        """Hand over what was heard; neither waits nor raises. Of two memories of a link the later heard stays.

        What no row can hold is not remembered, and so asked again: half a surrogate pair, megabytes of text.
        """
        self._writer.put(Change(MEMORIES.keep, lambda: _row(MEMORIES, key, memory)))

    def remember_told(self, key: str, told: Told) -> None:
        """Hand over what was answered, likewise."""
        self._writer.put(Change(TOLD.keep, lambda: _row(TOLD, key, told)))

    def chronicle(self, key: str, chronicled: Chronicled) -> None:
        """Hand over what an audit saw, likewise."""
        self._writer.put(Change(CHRONICLED.keep, lambda: _row(CHRONICLED, key, chronicled)))

    def forget(self, keys: Iterable[str]) -> None:
        """Hand over that nothing is to be known of these keys, whatever they are."""
        gone: list[Row] = [(key,) for key in keys if is_fit(key)]
        for shelf in SHELVES:
            self._writer.put(Change(shelf.forget, lambda: gone))

    def close(self) -> None:
        """Wait until all is written that was handed over; rows that no run wanted for 90 days are removed."""
        with self._one_reads:
            if self._closed:
                return
            self._closed = True
            self._reading.close()
        self._writer.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _recall(self, shelf: Shelf[Value], keys: Iterable[str]) -> dict[str, Value]:
        known: dict[str, Value] = {}
        with self._one_reads:
            if self._closed or self.trouble is not None:
                return known
            try:
                for found in shelf.find(self._reading, keys):
                    known |= found.values
                    self._see(shelf, found.unseen)
            except sqlite3.Error as error:
                self._writer.give_up(error)
        return known

    def _see(self, shelf: Shelf[Value], keys: list[str]) -> None:
        """Somebody wanted these today: that is what keeps them."""
        if keys:
            self._writer.put(Change(shelf.mark_seen, lambda: [(today(), key) for key in keys]))


def _row(shelf: Shelf[Value], key: str, value: Value) -> Iterator[Row]:
    with suppress(UnfitError):
        yield shelf.row(key, value)
