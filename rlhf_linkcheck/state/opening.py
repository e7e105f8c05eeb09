"""Opens a state file that is the operator's own, and nobody else's commit."""

from pathlib import Path

from rlhf_linkcheck.state.errors import StateError
from rlhf_linkcheck.state.place import is_tracked
from rlhf_linkcheck.state.store import Store


def open_untracked(path: Path) -> Store:
    """The state file. Raises StateError for one that git tracks, and as ``Store.open`` does."""
    if is_tracked(path):
        raise StateError(path, "is tracked by git, so that anybody's commit may have changed it")
    return Store.open(path)
