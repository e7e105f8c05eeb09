"""The files that a run is set up by: as they lie on the disk, or as they were before the change that is looked at."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rlhf_linkcheck.checkout import path_in_repository, root_of
from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.comparison import in_words
from rlhf_linkcheck.config import Base
from rlhf_linkcheck.revision import content_of


class Files(Protocol):
    """Where configuration, schema and baseline are read."""

    def has(self, path: Path) -> bool:
        """Whether there is such a file."""

    def read(self, path: Path) -> bytes:
        """What is in it. Raises UsageError where it cannot be read."""


class OnDisk:
    """The files as they are."""

    def has(self, path: Path) -> bool:
        """Whether there is such a file."""
        return path.is_file()

    def read(self, path: Path) -> bytes:
        """What is in it. Raises UsageError where it cannot be read."""
        try:
            return path.read_bytes()
        except OSError as error:
            raise UsageError(f"{path}: cannot be read: {error.strerror}") from error


@dataclass(frozen=True, slots=True)
class AtBase:
    """The files as they were at the base: who opens a pull request does not say how it is judged.

    What lies outside the repository is the operator's, and is read as it is.
    """

    base: Base

    def has(self, path: Path) -> bool:
        """Whether there was such a file."""
        name = self._name(path)
        return OnDisk().has(path) if name is None else content_of(self.base, name) is not None

    def read(self, path: Path) -> bytes:
        """What was in it. Raises UsageError where there was no such file."""
        name = self._name(path)
        held = OnDisk().read(path) if name is None else content_of(self.base, name)
        if held is None:
            raise UsageError(f"{path}: is not in {in_words(self.base)}, where --since reads it")
        return held

    def alters(self, path: Path) -> bool:
        """Whether the change has another word for what is in it."""
        return not path.is_file() or path.read_bytes() != self.read(path)

    def _name(self, path: Path) -> str | None:
        return path_in_repository(str(path)) if root_of(str(path)) == self.base.root else None
