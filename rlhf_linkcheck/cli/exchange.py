"""Puts a folder in another one's place, in one step where the system can."""

import os
import sys
from pathlib import Path

_HERE = -100
"""AT_FDCWD: paths are meant from where the process is."""
_EXCHANGE = 2
"""RENAME_EXCHANGE, of https://man7.org/linux/man-pages/man2/rename.2.html."""


def put_in_place(new: Path, place: Path) -> None:
    """Rename a folder; what was in its place goes to where it was, or beside that. Raises OSError.

    Where it cannot be done in one step and the second one fails, what was there is put back.
    """
    if not place.exists():
        try:
            new.rename(place)
        except OSError:
            if not place.is_dir():
                raise
        else:
            return
    # It was there, or somebody else has put theirs there meanwhile.
    if _change_places(new, place):
        return
    old = new.with_name("old")
    try:
        place.rename(old)
        new.rename(place)
    except BaseException:
        if old.exists() and not place.exists():
            old.rename(place)
        raise


def _change_places(one: Path, other: Path) -> bool:
    """Whether two folders are where the other was; some systems and file systems cannot do that."""
    if sys.platform != "linux":
        return False
    import ctypes  # noqa: PLC0415 - takes time to import, and nothing else needs it

    try:
        rename = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError):  # a C library without it
        return False
    done: int = rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE)
    return done == 0
