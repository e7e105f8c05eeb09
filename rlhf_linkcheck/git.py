"""Asks git, so that nothing which a commit can hold makes it fetch or write anything, or run what the commit brings."""

import os
import subprocess
from pathlib import Path

PATIENCE = 10.0
"""Seconds in which git answers what is asked here."""

_SETTINGS = (
    "core.fsmonitor=false",  # else a command that git runs
    "core.hooksPath=/dev/null",
    "protocol.allow=never",  # what a partial clone lacks is not fetched
)
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def ask_git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """What git says of the repository with this root, whose ``.git`` no commit can contain.

    A filter that the user's own settings define, as git-lfs does, runs on changed files that a commit's
    ``.gitattributes`` names for it.

    Raises OSError where there is no git, subprocess.TimeoutExpired where it does not answer. What fails is in
    ``returncode`` and ``stderr``.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(  # noqa: S603 - no shell; who asks keeps options and what is given apart
        [
            *("git", f"--git-dir={root / '.git'}", f"--work-tree={root}"),
            *(part for setting in _SETTINGS for part in ("-c", setting)),
            *arguments,
        ],
        cwd=root,
        env=environment | _QUIET,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE,
        check=False,
    )
