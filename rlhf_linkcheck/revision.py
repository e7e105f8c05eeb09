"""What a repository held before the change that is looked at: its base, and the files as they were there."""

import subprocess
from functools import cache
from pathlib import Path

from rlhf_linkcheck.checkout import root_of
from rlhf_linkcheck.config import Base
from rlhf_linkcheck.git import PATIENCE, ask_git

_SHALLOW = "the clone is shallow: fetch more of it (`git fetch --unshallow`, or actions/checkout with `fetch-depth: 0`)"


class RevisionError(Exception):
    """A revision that a change cannot be held against; the message says what to do about it."""


def base_of(revision: str, file: str) -> Base:
    """Where the work in the repository around a file left the history of a revision: their merge base.

    Raises RevisionError where there is no git or no repository, no such revision, or no common history.
    """
    root = root_of(file)
    if root is None:
        raise RevisionError(f"--since {revision}: {file} lies in no git repository")
    commit = _answer(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if commit is None:
        hint = _SHALLOW if _is_shallow(root) else "fetch it, or look at its name (`git branch --all`)"
        raise RevisionError(f"--since {revision}: there is no such revision here; {hint}")
    common = _answer(root, "merge-base", commit, "HEAD")
    if common is None:
        hint = _SHALLOW if _is_shallow(root) else "they have nothing in common; name the branch that this one came from"
        raise RevisionError(f"--since {revision}: no commit is both in its history and in that of HEAD; {hint}")
    return Base(root, common.split()[0], revision)


def content_of(base: Base, path: str) -> bytes | None:
    """A file as it was at the base, by its path from the root; None where there was none."""
    asked = _asked(base.root, "cat-file", "blob", f"{base.commit}:{path}")
    return asked.stdout if asked.returncode == 0 else None


@cache
def former_names(base: Base) -> dict[str, str]:
    """The files that were renamed since, by their names now, as git tells it by what is in them."""
    # What stands in the index and the working tree counts: a contributor looks before there is a commit.
    listed = _asked(
        *(base.root, "diff", "--no-ext-diff", "--no-textconv", "--find-renames", "--diff-filter=R"),
        *("--name-status", "-z", base.commit, "--"),
    )
    words = listed.stdout.decode("utf-8", "surrogateescape").split("\0")
    # «R100», the old name, the new name: https://git-scm.com/docs/git-diff#_raw_output_format
    return {now: before for before, now in zip(words[1::3], words[2::3], strict=False)}


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
