"""What a repository held before the change that is looked at: its base, and the files as they were there."""

import os
import posixpath
import subprocess
from functools import cache
from pathlib import Path, PurePosixPath

from rlhf_linkcheck.config import Base
from rlhf_linkcheck.git import PATIENCE, ask_git
from rlhf_linkcheck.since.checkout import root_of

_SHALLOW = "the clone is shallow: fetch more of it (`git fetch --unshallow`, or actions/checkout with `fetch-depth: 0`)"

_PARTIAL = "where the clone is partial, clone it without `--filter` (actions/checkout without `filter`)"
_LINK = "120000"
"""The mode of a symbolic link: https://git-scm.com/docs/git-fast-import#_filemodify"""
_MOST_LINKS = 10


class RevisionError(Exception):
    """A revision that a change cannot be held against; the message says what to do about it."""


def base_of(revision: str, file: str) -> Base:
    """Where the work in the repository around a file left the history of a revision: their merge base.

    Raises RevisionError where there is no git or no repository, no such revision, or no common history.
    """
    root = root_of(file)
    if root is None:
        raise RevisionError(f"--since {revision}: {file} lies in no git repository")
    commit = _commit_of(root, revision)
    if _commit_of(root, "HEAD") is None:
        raise RevisionError(f"--since {revision}: HEAD has no commit yet to hold against it; check without --since")
    if commit is None:
        hint = _SHALLOW if _is_shallow(root) else "fetch it, or look at its name (`git branch --all`)"
        raise RevisionError(f"--since {revision}: there is no such revision here; {hint}")
    common = _answer(root, "merge-base", commit, "HEAD")
    if common is None:
        hint = _SHALLOW if _is_shallow(root) else "they have nothing in common; name the branch that this one came from"
        raise RevisionError(f"--since {revision}: no commit is both in its history and in that of HEAD; {hint}")
    return Base(root, common.split()[0], revision)


def _commit_of(root: Path, revision: str) -> str | None:
    """The commit that a revision is, None where there is none."""
    # In two steps: what follows «:/» is all taken for a part of a message.
    found = _answer(root, "rev-parse", "--verify", "--quiet", "--end-of-options", revision)
    if found is None or found.startswith("^"):  # ``^main`` is all that is not in main
        return None
    return _answer(root, "rev-parse", "--verify", "--quiet", f"{found}^{{commit}}")


def content_of(base: Base, path: str) -> bytes | None:
    """A file as it was at the base, by its path from the root; None where there was none.

    Links are followed as they were there, and not out of the repository. Raises RevisionError where the clone
    does not hold what was in the file.
    """
    for _ in range(_MOST_LINKS):
        listed = _demanded(base, path, "--literal-pathspecs", "ls-tree", "-z", "--full-tree", base.commit, "--", path)
        # «100644 blob» and its name, before a tab: https://git-scm.com/docs/git-ls-tree#_output_format
        mode, kind, name, *_ = (*listed.split(b"\t")[0].decode("ascii", "replace").split(), "", "", "")
        if kind != "blob":
            return None
        data = _demanded(base, path, "cat-file", "blob", name)
        if mode != _LINK:
            return data
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), os.fsdecode(data)))
        if target.startswith(("/", "../")):
            return None
        path = target
    return None


@cache
def former_names(base: Base) -> dict[str, str]:
    """The files that were renamed since, by their names now, as git tells it by what is in them."""
    # What stands in the index and the working tree counts: a contributor looks before there is a commit.
    words = _compared(base, "--find-renames", "--diff-filter=R", "--name-status")
    # «R100», the old name, the new name: https://git-scm.com/docs/git-diff#_raw_output_format
    return {now: before for before, now in zip(words[1::3], words[2::3], strict=False)}


@cache
def gone(base: Base) -> frozenset[str]:
    """The files that were there and are not any more, and the folders around them."""
    files = _compared(base, "--no-renames", "--diff-filter=D", "--name-only")
    return frozenset(path for file in files if file for path in (file, *map(str, PurePosixPath(file).parents)))


def _compared(base: Base, *how: str) -> list[str]:
    """What git tells of all that is another way than at the base, word by word."""
    told = _demanded(base, "the tree", "diff", "--no-ext-diff", "--no-textconv", *how, "-z", base.commit, "--")
    return told.decode("utf-8", "surrogateescape").split("\0")


def _demanded(base: Base, what: str, *arguments: str) -> bytes:
    """What git says, which has to be known. Raises RevisionError where git does not say it."""
    asked = _asked(base.root, *arguments)
    if asked.returncode != 0:
        raise RevisionError(f"--since {base.revision}: {what} as at {base.commit[:7]} is not to be had; {_PARTIAL}")
    return asked.stdout


def _answer(root: Path, *arguments: str) -> str | None:
    """What git says in one line; None where it says no."""
    asked = _asked(root, *arguments)
    return asked.stdout.decode("utf-8", "replace").strip() or None if asked.returncode == 0 else None


def _is_shallow(root: Path) -> bool:
    return _answer(root, "rev-parse", "--is-shallow-repository") == "true"


def _asked(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return ask_git(root, *arguments)
    except OSError as error:
        raise RevisionError("--since: there is no git here to ask; install it, or check without --since") from error
    except subprocess.TimeoutExpired as error:
        raise RevisionError(f"--since: git did not answer within {PATIENCE:g} s") from error
