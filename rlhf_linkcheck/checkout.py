"""Where a file stands in the repository around it, which is how code hosts name it."""

import os
from pathlib import Path

from rlhf_linkcheck.loaders.source import STDIN


def path_in_repository(path: str) -> str | None:
    """The file's path from the root of the git repository that it lies in, with slashes; None where there is none.

    Links are followed, as git has them; the nearest repository counts. No git is asked. Standard input lies nowhere.
    """
    if path == STDIN:
        return None
    place = Path(os.path.realpath(path))  # pathlib raises for links in a circle, which a commit may hold
    for root in place.parents:
        if os.path.exists(root / ".git"):  # noqa: PTH110 - pathlib raises where a folder does not let us in
            return place.relative_to(root).as_posix()
    return None
