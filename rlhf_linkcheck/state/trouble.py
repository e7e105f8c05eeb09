"""What is wrong with a state file, in one line that says what to do about it."""

import errno
import sqlite3
from pathlib import Path
from types import MappingProxyType

_ELSEWHERE = "give another file, or do without memory"
_ANEW = "remove it to begin anew"
_PRIMARY = 0xFF

_BY_CODE = MappingProxyType(
    {
        # SQLite's primary result codes: https://www.sqlite.org/rescode.html
        sqlite3.SQLITE_NOTADB: ("is no state file", _ANEW),
        sqlite3.SQLITE_CORRUPT: ("is damaged", _ANEW),
        sqlite3.SQLITE_ERROR: ("is not as this version writes it", _ANEW),
        sqlite3.SQLITE_FULL: ("cannot grow: the disk is full", "make room"),
        sqlite3.SQLITE_BUSY: ("was locked for too long by another process", "wait for that to end"),
        sqlite3.SQLITE_LOCKED: ("was locked for too long by another process", "wait for that to end"),
        sqlite3.SQLITE_READONLY: ("cannot be written: it or its folder is read-only", _ELSEWHERE),
        sqlite3.SQLITE_PERM: ("cannot be written: it or its folder is read-only", _ELSEWHERE),
        sqlite3.SQLITE_CANTOPEN: ("cannot be opened", _ELSEWHERE),
        sqlite3.SQLITE_IOERR: ("cannot be read or written", _ELSEWHERE),
        sqlite3.SQLITE_PROTOCOL: ("cannot be locked where it lies", _ELSEWHERE),
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


class StateError(Exception):
    """One line: what is wrong with which file, and what to do."""

    def __init__(self, path: Path, what: str, remedy: str = _ELSEWHERE) -> None:
        super().__init__(_one_line(f"the state file {path} {what}; {remedy}"))


def not_ours(path: Path) -> StateError:
    """For a database that somebody else made, or that was tampered with."""
    return StateError(path, "is a database, but not one that this program made", _ELSEWHERE)


def from_a_newer_version(path: Path, schema: int) -> StateError:
    """For a schema that this version does not know."""
    return StateError(path, f"was written by a newer version of this program (schema {schema})", f"update, or {_ANEW}")


def from_sqlite(path: Path, error: sqlite3.Error) -> StateError:
    """SQLite's own words stand in brackets. A call that makes no sense is a bug, and raised again."""
    if isinstance(error, sqlite3.ProgrammingError):
        raise error
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & _PRIMARY
    what, remedy = _BY_CODE.get(code, ("cannot be used", _ELSEWHERE))
    return StateError(path, f"{what} ({error})", remedy)


def from_the_system(path: Path, error: OSError | ValueError) -> StateError:
    """For what could not be made: a file, or the folder that it is to lie in."""
    number = error.errno if isinstance(error, OSError) else None
    what = _BY_NUMBER.get(number or 0) or (error.strerror if isinstance(error, OSError) else None) or str(error)
    return StateError(path, f"cannot be made: {what}")


def _one_line(words: object) -> str:
    return " ".join(str(words).split())
