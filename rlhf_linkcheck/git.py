"""Asks git, so that nothing which a commit can hold makes it fetch or write anything, or run what the commit brings."""

import os
import shutil
import subprocess
from pathlib import Path

PATIENCE = 10.0
"""Seconds in which git answers what is asked here."""

_SETTINGS = (
    "core.fsmonitor=false",  # else a command that git runs
    "core.hooksPath=/dev/null",
    "protocol.allow=never",  # what a partial clone lacks is not fetched
)
_NAME = "git.exe" if os.name == "nt" else "git"
_QUIET = {"GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}


def ask_git(root: Path, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    """What git says of the repository with this root, whose ``.git`` no commit can contain.

    A filter that the user's own settings define, as git-lfs does, runs on changed files that a commit's
    ``.gitattributes`` names for it.

    Raises OSError where there is no git, subprocess.TimeoutExpired where it does not answer. What fails is in
    ``returncode`` and ``stderr``.
    """
    program = _program()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return subprocess.run(  # noqa: S603 - no shell; who asks keeps options and what is given apart
        [
            *(program, f"--git-dir={root / '.git'}", f"--work-tree={root}"),
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


def _program() -> str:
    """Where git is, by the absolute folders of PATH alone. Raises FileNotFoundError where it is in none.

    A name alone would let the folder that one is in, which may be a pull request's checkout, bring a git of its own:
    by a relative folder in PATH, and on Windows in any case, where that folder is searched before PATH.
    https://learn.microsoft.com/windows/win32/api/processthreadsapi/nf-processthreadsapi-createprocessw
    """
    # shutil.which is given whole names, for it would search the folder that one is in on Windows, too.
    places = (os.path.join(folder, _NAME) for folder in os.get_exec_path() if os.path.isabs(folder))  # noqa: PTH117, PTH118 - as PATH has it
    found = next((place for place in places if shutil.which(place)), None)
    if found is None:
        raise FileNotFoundError(_NAME)
    return found
