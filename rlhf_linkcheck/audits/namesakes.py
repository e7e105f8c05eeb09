"""Which of the files that an audit remembers is which of those that are given now: by another name, or renamed."""

import os
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath

from rlhf_linkcheck.loaders.source import STDIN
from rlhf_linkcheck.since.checkout import root_of


def namesakes(before: Iterable[str], now: Iterable[str], is_another: Callable[[str], bool]) -> dict[str, str]:
    """By its former name, what a file is called now: it has the same name, the same last part of it, or is alone left.

    Where ``is_another``, a file is there by the former name, and so is none of those that are given. Who has no
    namesake at all was another list.
    """
    left = list(dict.fromkeys(now))
    found = {name: name for name in before if name in left}
    rest = [name for name in dict.fromkeys(before) if name not in (*found, STDIN) and not is_another(name)]
    left = [name for name in left if name not in (*found, STDIN)]
    for name in tuple(rest):
        alike = [one for one in left if _last_part(one) == _last_part(name)]
        if len(alike) == 1:
            found[name] = alike[0]
            rest.remove(name)
            left.remove(alike[0])
    if len(rest) == len(left) == 1:
        found[rest[0]] = left[0]
    return found


def place_of(path: str, home: Path) -> str:
    """Where a file lies, seen from a folder: the same from wherever the command is given, and however it is written."""
    if path == STDIN:
        return path
    real = os.path.realpath(path)
    try:
        return Path(os.path.relpath(real, os.path.realpath(home))).as_posix()
    except ValueError:  # on another drive of Windows
        return Path(real).as_posix()


def is_another_file(name: str, paths: Iterable[str]) -> bool:
    """Whether a file is there by this name, from here or from a repository of these files, and is none of them."""
    ours = [path for path in paths if path != STDIN]
    homes = dict.fromkeys((Path(), *filter(None, map(root_of, ours))))
    there = {os.path.realpath(home / name) for home in homes if os.path.exists(home / name)}  # noqa: PTH110 - pathlib raises where a folder does not let us in
    return bool(there - {os.path.realpath(path) for path in ours})


def _last_part(name: str) -> str:
    return PurePosixPath(name).name
