"""Where the files of a report lie: as code hosts name them, and as addresses."""

import posixpath
import re
from collections.abc import Iterable
from urllib.parse import quote

from rlhf_linkcheck.report import InputFile

_DRIVE = re.compile(r"[A-Za-z]:[\\/]")


class Places:
    """The inputs by the name that the repository has for them; a path outside any repository as it was given."""

    def __init__(self, files: Iterable[InputFile]) -> None:
        self._known = {file.path: file.repository_path for file in files if file.repository_path}

    def path(self, given: str) -> str:
        """The path from the root of the repository, else the path given: with slashes, and without detours."""
        known = self._known.get(given)
        return _normal(given) if known is None else known

    def uri(self, given: str) -> str:
        """The path as an address: relative to the repository's root, or ``file:`` where it is absolute."""
        path = self.path(given)
        if _DRIVE.match(path):
            return f"file:///{path[0]}:{_encoded(path[2:])}"
        if path.startswith("//"):
            return f"file:{_encoded(path)}"
        return f"file://{_encoded(path)}" if path.startswith("/") else _encoded(path)

    def is_below_root(self, given: str) -> bool:
        """Whether its address is one from the root: neither absolute nor above it."""
        path = self.path(given)
        return not path.startswith("/") and path != ".." and not path.startswith("../") and not _DRIVE.match(path)


def _normal(path: str) -> str:
    """Windows' separators are slashes; elsewhere a backslash is a letter of a name, and there are slashes beside it."""
    if _DRIVE.match(path) or "/" not in path:
        path = path.replace("\\", "/")
    return posixpath.normpath(path)


def _encoded(path: str) -> str:
    """Percent-encoded but for slashes. A byte that was no text and a lone surrogate have no better form."""
    return quote(path.encode("utf-8", "surrogatepass"))
