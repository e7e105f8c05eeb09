"""The files that a run is set up by: as they lie on the disk, or as they were before the change that is looked at."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.config import Base
from rlhf_linkcheck.loaders.source import InputError, file_bytes
from rlhf_linkcheck.since.checkout import path_as_written
from rlhf_linkcheck.since.comparison import in_words
from rlhf_linkcheck.since.revision import RevisionError, content_of


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
        if str(path) == os.devnull:  # how people say that there is none
            return b""
        try:
            return file_bytes(str(path))
        except InputError as error:
            raise UsageError(str(error)) from error


@dataclass(frozen=True, slots=True)
class AtBase:
    """The files as they were at the base: who opens a pull request does not say how it is judged.

    What lies outside the repository is the operator's, and is read as it is. A link in the repository, which the
    change may have laid, does not lead out of it.
    """

    base: Base

    def has(self, path: Path) -> bool:
        """Whether there was such a file. Raises UsageError where that is not to be known."""
        name = path_as_written(str(path), self.base.root)
        return OnDisk().has(path) if name is None else self._held(name) is not None

    def read(self, path: Path) -> bytes:
        """What was in it. Raises UsageError where there was no such file."""
        name = path_as_written(str(path), self.base.root)
        held = OnDisk().read(path) if name is None else self._held(name)
        if held is None:
            raise UsageError(f"{path}: is not in {in_words(self.base)}, where --since reads it")
        return held

    def alters(self, path: Path) -> bool:
        """Whether the change has another word for what is in it; ends of lines are as git's settings have them."""
        return not path.is_file() or _with_plain_ends(OnDisk().read(path)) != _with_plain_ends(self.read(path))

    def _held(self, name: str) -> bytes | None:
        try:
            return content_of(self.base, name)
        except RevisionError as error:
            raise UsageError(str(error)) from error


def _with_plain_ends(data: bytes) -> bytes:
    return data.replace(b"\r\n", b"\n")
