"""The one thread that writes: whatever has come meanwhile goes into one transaction, again and again."""

import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from queue import Empty, SimpleQueue

from rlhf_linkcheck.state.database import transaction
from rlhf_linkcheck.state.shelves import DAYS_KEPT, SHELVES, Row, today
from rlhf_linkcheck.state.trouble import from_sqlite

_LINGER = 0.005
"""Seconds that others may come in after the first, as a commit costs more than a row; so much a kill can lose."""

_AT_ONCE = 1_000
"""Changes of one transaction, so that another process gets its turn."""


@dataclass(frozen=True, slots=True)
class Change:
    """One statement for some rows, which are made only where they are written: until then the run holds them anyway."""

    statement: str
    rows: Callable[[], Iterable[Row]]


class Writer:
    """Takes changes without waiting, and writes them in the order in which they came.

    After the first failure nothing is written any more, and ``trouble`` says why in one line.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self._changes: SimpleQueue[Change | None] = SimpleQueue()
        self._closing = threading.Event()
        self._over = False
        self.trouble: str | None = None
        # A daemon, as an interpreter that ends by a bug waits for no one.
        self._thread = threading.Thread(target=self._run, name="state", daemon=True)
        self._thread.start()

    def put(self, change: Change) -> None:
        """Hand a change over; it is dropped where nothing is written any more."""
        if self.trouble is None and not self._over:
            self._changes.put(change)

    def give_up(self, error: sqlite3.Error) -> None:
        """Write nothing from here on."""
        self.trouble = self.trouble or f"{from_sqlite(self._path, error)}. Nothing more is remembered in this run"

    def close(self) -> None:
        """Wait until all is written that was handed over, and the rows are gone that nobody wants any more."""
        self._closing.set()
        self._changes.put(None)
        self._thread.join()

    def _run(self) -> None:
        try:
            # Closing the last connection writes the log back into the file, and removes it.
            with closing(self._connection):
                while changes := self._gathered():
                    self._write(changes)
                self._write([Change(shelf.prune, lambda: [(today() - DAYS_KEPT,)]) for shelf in SHELVES])
        finally:
            self._over = True

    def _gathered(self) -> list[Change]:
        """What has come meanwhile; nothing at the end."""
        first = self._changes.get()
        if first is None:
            return []
        gathered = [first]
        self._closing.wait(_LINGER)
        while len(gathered) < _AT_ONCE:
            try:
                change = self._changes.get_nowait()
            except Empty:
                break
            if change is None:
                self._changes.put(None)  # for the next time: it was the last
                break
            gathered.append(change)
        return gathered

    def _write(self, changes: Sequence[Change]) -> None:
        if self.trouble is not None:
            return
        try:
            with transaction(self._connection):
                for statement, group in groupby(changes, key=_statement):
                    self._connection.executemany(statement, _rows(group))
        except sqlite3.Error as error:
            self.give_up(error)


def _statement(change: Change) -> str:
    return change.statement


def _rows(changes: Iterable[Change]) -> Iterator[Row]:
    return chain.from_iterable(change.rows() for change in changes)
