"""Where a file stands in the repository around it, which is how code hosts name it."""

import os
from pathlib import Path

from rlhf_linkcheck.loaders.source import STDIN


def root_of(path: str) -> Path | None:
    """The root of the git repository that a file lies in, None where there is none; standard input lies nowhere.

    Links are followed, as git has them; the nearest repository counts, and what git keeps in it for itself lies
    nowhere. No git is asked: it would also take a tracked folder that looks like a bare repository for one.
    """
    if path == STDIN:
        return None
    # pathlib raises for links in a circle, which a commit may hold, and where a folder does not let us in.
    place = Path(os.path.realpath(path))
    root = next((root for root in place.parents if os.path.exists(root / ".git")), None)  # noqa: PTH110 - see above
    return None if root is None or place.is_relative_to(root / ".git") else root


def path_in_repository(path: str) -> str | None:
    """The file's path from the root of the git repository that it lies in, with slashes; None where there is none."""
    root = root_of(path)
    return None if root is None else Path(os.path.realpath(path)).relative_to(root).as_posix()


def path_as_written(path: str, root: Path) -> str | None:
    """A file's path from this root with slashes, by its name alone; None where the name leads elsewhere.

    What links in the repository lead to is for whoever can commit one to say; the way to the repository is not.
    """
    place = Path(os.path.abspath(path))  # noqa: PTH100 - pathlib follows links, or leaves «..» where it is
    homes = [parent for parent in place.parents if os.path.realpath(parent) == str(root)]
    return place.relative_to(homes[-1]).as_posix() if homes else None
