"""Opens the file that memories are kept in: makes it, refuses what is not ours, brings its schema up to date."""

import os
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from rlhf_linkcheck.state.errors import StateError
from rlhf_linkcheck.state.migrations import migrate, newest, schema, schema_of, version
from rlhf_linkcheck.state.place import FOLDER
from rlhf_linkcheck.state.trouble import from_a_newer_version, from_sqlite, from_the_system, not_ours, primary_code

PATIENCE = 10.0
"""Seconds that another process may hold the file; it takes milliseconds to write."""

_IGNORE_ALL = "# Made by rlhf-linkcheck: what it remembers is nobody else's.\n*\n"


def open_database(path: Path) -> sqlite3.Connection:
    """The file, with our tables in it. Raises StateError for what cannot be such a file.

    What the file defines is compared with what we would have defined: a forged one could hold triggers
    and views, which would be run in our name (https://www.sqlite.org/security.html).
    """
    try:
        _make(path)
        connection = connect(path)
    except (OSError, ValueError) as error:
        raise from_the_system(path, error) from error
    except sqlite3.Error as error:
        raise from_sqlite(path, error) from error
    try:
        _examine(connection, path)
        _use_wal(connection, path)
        with transaction(connection):
            migrate(connection, newest())
    except BaseException as error:
        connection.close()
        if isinstance(error, sqlite3.Error):
            raise from_sqlite(path, error) from error
        raise
    return connection


def connect(path: Path) -> sqlite3.Connection:
    """A connection that begins and ends transactions only where it is told to."""
    connection = sqlite3.connect(
        path.absolute(),  # «:memory:» is a name like any other
        timeout=PATIENCE,
        isolation_level=None,
        check_same_thread=False,
    )
    # In WAL mode the file is intact after a loss of power, too; it may lack what was written last.
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection


@contextmanager
def transaction(connection: sqlite3.Connection, kind: str = "IMMEDIATE") -> Iterator[None]:
    """All or nothing of what is written in the block. An immediate one waits for another process that writes."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # SQLite itself rolls back after some errors
            connection.execute("ROLLBACK")
        raise


def _make(path: Path) -> None:
    """The folder, with its own .gitignore, as ruff and mypy have it, and the file: for its owner alone."""
    made = not path.parent.exists()
    path.parent.mkdir(parents=True, exist_ok=True)
    if made or path.parent.name == FOLDER:
        with suppress(FileExistsError), (path.parent / ".gitignore").open("x", encoding="utf-8") as file:
            file.write(_IGNORE_ALL)
    with suppress(FileExistsError):
        # SQLite gives the files beside it the same mode.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    if not stat.S_ISREG(path.stat().st_mode):
        raise StateError(path, "is not a regular file")


def _examine(connection: sqlite3.Connection, path: Path) -> None:
    """Before anything in it is changed: whether it is empty, or ours. All of this is read at one moment."""
    with transaction(connection, "DEFERRED"):
        number, defined = version(connection), schema(connection)
    if number > newest():
        raise from_a_newer_version(path, number)
    if number < 0 or defined != schema_of(number):
        raise not_ours(path)


def _use_wal(connection: sqlite3.Connection, path: Path) -> None:
    """Readers and a writer beside each other, and a commit that waits for no disk.

    SQLite does not wait by itself for others here, as two that wait for each other would wait for ever.
    """
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            (mode,) = connection.execute("PRAGMA journal_mode = WAL").fetchone()
            break
        except sqlite3.OperationalError as error:
            if primary_code(error) != sqlite3.SQLITE_BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
    if mode != "wal":
        raise StateError(path, "lies where SQLite has no write-ahead log, as on a network's file system")
