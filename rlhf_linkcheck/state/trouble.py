"""What is wrong with a state file, in one line that says what to do about it."""

import errno
import sqlite3
from pathlib import Path
from types import MappingProxyType

from rlhf_linkcheck.state.errors import ELSEWHERE, StateError

_ANEW = "remove it to begin anew"
_PRIMARY = 0xFF

_BY_CODE = MappingProxyType(
    {
        # SQLite's primary result codes: https://www.sqlite.org/rescode.html
        # It may be anything, be it the list itself.
        sqlite3.SQLITE_NOTADB: ("is no state file", f"give another file, or {_ANEW}"),
        sqlite3.SQLITE_CORRUPT: ("is damaged", _ANEW),
        sqlite3.SQLITE_ERROR: ("is not as this version writes it", _ANEW),
        sqlite3.SQLITE_FULL: ("cannot grow: the disk is full", "make room"),
        sqlite3.SQLITE_BUSY: ("was locked for too long by another process", "wait for that to end"),
        sqlite3.SQLITE_LOCKED: ("was locked for too long by another process", "wait for that to end"),
        sqlite3.SQLITE_READONLY: ("cannot be written: it or its folder is read-only", ELSEWHERE),
        sqlite3.SQLITE_PERM: ("cannot be written: it or its folder is read-only", ELSEWHERE),
        sqlite3.SQLITE_CANTOPEN: ("cannot be opened", ELSEWHERE),
        sqlite3.SQLITE_IOERR: ("cannot be read or written", ELSEWHERE),
        sqlite3.SQLITE_PROTOCOL: ("cannot be locked where it lies", ELSEWHERE),
        sqlite3.SQLITE_NOLFS: ("has become too large for its file system", _ANEW),
    }
)
_BY_NUMBER = MappingProxyType(
    {
        errno.EACCES: "its folder does not let us in",
        errno.EEXIST: "its folder is a file",
        errno.ENOTDIR: "its folder is a file",
        errno.EROFS: "its folder is read-only",
        errno.EPERM: "its folder is read-only",
        errno.ENOSPC: "the disk is full",
    }
)


def not_ours(path: Path) -> StateError:
    """For a database that somebody else made, or that was tampered with."""
    return StateError(path, "is a database, but not one that this program made")


def from_a_newer_version(path: Path, schema: int) -> StateError:
    """For a schema that this version does not know."""
    return StateError(path, f"was written by a newer version of this program (schema {schema})", f"update, or {_ANEW}")


def from_sqlite(path: Path, error: sqlite3.Error) -> StateError:
    """SQLite's own words stand in brackets. A call that makes no sense is a bug, and raised again."""
    if isinstance(error, sqlite3.ProgrammingError):
        raise error
    what, remedy = _BY_CODE.get(primary_code(error), ("cannot be used", ELSEWHERE))
    return StateError(path, f"{what} ({error})", remedy)


def from_the_system(path: Path, error: OSError | ValueError) -> StateError:
    """For what could not be made: a file, or the folder that it is to lie in."""
    number = error.errno if isinstance(error, OSError) else None
    what = _BY_NUMBER.get(number or 0) or (error.strerror if isinstance(error, OSError) else None) or str(error)
    return StateError(path, f"cannot be made: {what}")


def primary_code(error: sqlite3.Error) -> int:
    """SQLite's result code without what it adds to it; Python's own errors about a file have none."""
    code: int = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR)
    return code & _PRIMARY
