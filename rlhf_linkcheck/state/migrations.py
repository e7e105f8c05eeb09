"""How the tables came to be as they are: one script a schema version, and how a file is brought up to date."""

import sqlite3
from contextlib import closing

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # Times are microseconds and days since 1970, in UTC. A key stands in its index as well, but so rows are
        # written one after the other, whatever their keys are.
        (
            "CREATE TABLE memory (key TEXT NOT NULL UNIQUE, "
            "heard_at INTEGER NOT NULL, seen_on INTEGER NOT NULL, body BLOB NOT NULL)"
        ),
        (
            "CREATE TABLE told (key TEXT NOT NULL UNIQUE, "
            "heard_at INTEGER NOT NULL, seen_on INTEGER NOT NULL, body BLOB NOT NULL)"
        ),
        "CREATE INDEX memory_seen_on ON memory (seen_on)",
        "CREATE INDEX told_seen_on ON told (seen_on)",
        # «rlhf»: what `file` and others know a file's maker by.
        "PRAGMA application_id = 0x726c6866",
    ),
    (
        # What audits saw of a link, of a finding, and in all.
        (
            "CREATE TABLE chronicled (key TEXT NOT NULL UNIQUE, "
            "heard_at INTEGER NOT NULL, seen_on INTEGER NOT NULL, body BLOB NOT NULL)"
        ),
        "CREATE INDEX chronicled_seen_on ON chronicled (seen_on)",
    ),
)
"""The script at n leads from version n to n + 1. What has been published stays: what changes is a new one.

A script may also be wanted where a remembered dataclass changes in more than a new field with a default.
"""


def newest() -> int:
    """The schema version that this program writes."""
    return len(MIGRATIONS)


def version(connection: sqlite3.Connection) -> int:
    """The schema version that the file has; 0 is an empty one."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def schema(connection: sqlite3.Connection) -> frozenset[str]:
    """All that is defined in the file, and whose file it is; what SQLite adds by itself has no text of its own."""
    defined = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    return frozenset((*(sql for (sql,) in defined), f"application {application}"))


def schema_of(number: int) -> frozenset[str]:
    """All that a file of this version defines."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        migrate(connection, number)
        return schema(connection)


def migrate(connection: sqlite3.Connection, to: int) -> None:
    """Run what is missing, inside the transaction of whoever calls, if there is one.

    The version is written even where it stays: SQLite finds a file read-only no sooner.
    """
    before = version(connection)
    for script in MIGRATIONS[before:to]:
        for statement in script:
            connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {max(before, to)}")
