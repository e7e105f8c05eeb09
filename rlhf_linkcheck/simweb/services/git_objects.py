"""A repository as git sees it: what a revision names, and what lies at a path in it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from .contents import Files, Item, Submodule, Symlink
from .repositories import Repository

ABBREVIATED = re.compile(r"[0-9a-f]{7,40}")
"""How short a SHA may be cut: git asks for four digits, people copy seven."""
BRANCHES, TAGS = "refs/heads/", "refs/tags/"
MODES = {"blob": 0o100644, "tree": 0o40000, "commit": 0o160000, "symlink": 0o120000}


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: what a branch or a tag names."""

    sha: str
    files: Files


@dataclass(frozen=True, slots=True)
class Blob:
    """A file's content, and the path where it was found."""

    path: str
    content: bytes
    link: bool = False

    @property
    def sha(self) -> str:
        """As git counts it."""
        return hashlib.sha1(b"blob %d\0%b" % (len(self.content), self.content), usedforsecurity=False).hexdigest()

    @property
    def text(self) -> str | None:
        """The content as text; None for a binary one, which has a null byte."""
        return None if b"\0" in self.content else self.content.decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Tree:
    """A folder; the root's path is empty."""

    path: str
    files: Files

    @property
    def sha(self) -> str:
        """Not git's, but one for all folders that hold the same."""
        listing = sorted(f"{path}\0{item!r}" for path, item in self.files.items() if path.startswith(self._within))
        return _made_up(self._within, *listing)

    @property
    def _within(self) -> str:
        return f"{self.path}/" if self.path else ""

    @property
    def entries(self) -> tuple["Blob | Tree | Gitlink", ...]:
        """What lies in it, by name."""
        begin = self._within
        paths = {path[: _end(path, len(begin))] for path in self.files if path.startswith(begin)}
        found = (at_path(self.files, path) for path in sorted(paths))
        return tuple(one for one in found if one is not None and not isinstance(one, Commit))


@dataclass(frozen=True, slots=True)
class Gitlink:
    """The place of a submodule: a commit that another repository has."""

    path: str
    address: str

    @property
    def sha(self) -> str:
        """The other repository's."""
        return _made_up(self.address)


Found = Commit | Blob | Tree | Gitlink


def commit_of(repository: Repository, revision: str) -> Commit | None:
    """What a revision names: HEAD, a tag, a branch, or a commit by its SHA, which may be cut; None for nothing."""
    if revision == "HEAD":
        revision = BRANCHES + repository.default_branch
    for kind, known in ((TAGS, repository.tagged), (BRANCHES, repository.heads)):
        for prefix in ("", kind, kind.removeprefix("refs/")):
            name = revision.removeprefix(prefix)
            if revision.startswith(prefix) and name in known:
                return Commit(_made_up(repository.name, kind, name), known[name])
    if not ABBREVIATED.fullmatch(revision):
        return None
    return next((one for one in commits_of(repository) if one.sha.startswith(revision)), None)


def commits_of(repository: Repository) -> Iterator[Commit]:
    """Every commit that a revision can name by its SHA."""
    for sha, files in repository.commits.items():
        yield Commit(sha, files)
    for kind, known in ((BRANCHES, repository.heads), (TAGS, repository.tagged)):
        for name, files in known.items():
            yield Commit(_made_up(repository.name, kind, name), files)


def at_path(files: Files, path: str) -> Blob | Tree | Gitlink | None:
    """What lies at a path, which may end in slashes: None for nothing."""
    path = path.rstrip("/")
    if path in files:
        return _told(path, files[path])
    if not path or any(one.startswith(f"{path}/") for one in files):
        return Tree(path, files)
    return None


def find(repository: Repository, expression: str) -> Found | None:
    """What git's ``REVISION`` or ``REVISION:PATH`` names: None for nothing."""
    revision, colon, path = expression.partition(":")
    commit = commit_of(repository, revision)
    return at_path(commit.files, path) if commit and colon else commit


def split_revision(repository: Repository, rest: str) -> tuple[str, str] | None:
    """Revision and path of what follows /blob/ in an address, where names of branches may hold slashes.

    The longest name that there is wins; None where there is none.
    """
    parts = rest.split("/")
    for end in range(len(parts), 0, -1):
        revision = "/".join(parts[:end])
        if commit_of(repository, revision):
            return revision, "/".join(parts[end:])
    return None


def _told(path: str, item: Item) -> Blob | Gitlink:
    match item:
        case Submodule(address):
            return Gitlink(path, address)
        case Symlink(target):
            return Blob(path, target.encode(), link=True)
        case content:
            return Blob(path, content)


def _end(path: str, begin: int) -> int:
    slash = path.find("/", begin)
    return len(path) if slash < 0 else slash


def _made_up(*parts: str) -> str:
    return hashlib.sha1("\0".join(parts).encode(), usedforsecurity=False).hexdigest()
