"""Where the state file lies by default, and whether git tracks it: then a pull request could have forged it."""

import os
import subprocess
from pathlib import Path

from rlhf_linkcheck.git import PATIENCE, ask_git
from rlhf_linkcheck.state.errors import StateError

FOLDER = ".rlhf-linkcheck"
NAME = "state.sqlite3"

_BESIDE = ("", "-wal", "-shm", "-journal")
"""The database and what SQLite believes beside it: a forged log would be played back into an honest file.

Source: https://www.sqlite.org/tempfiles.html
"""


def default_path(configuration: Path | None) -> Path:
    """Beside the configuration file, else in the working directory; pure."""
    return (configuration.parent if configuration is not None else Path()) / FOLDER / NAME


def is_tracked(path: Path) -> bool:
    """Whether git tracks the file, or one that SQLite would read with it, in any repository around it.

    Where links lead to it, be they folders on the way, each of them and what they lead to are looked for.
    False where there is no repository, or no git. Raises StateError where git does not answer, or cannot.
    """
    return any(_tracks(root, names) for root, names in _by_repository(path).items())


def _by_repository(path: Path) -> dict[Path, list[str]]:
    """The names that the file has in each repository around it.

    Repositories are found by their .git, which no commit can contain. Git itself would also take a
    tracked folder that looks like a bare repository for one, and then know nothing of the file in it.
    """
    found: dict[Path, list[str]] = {}
    for place in _places(path):
        for root in place.parents:
            if os.path.exists(root / ".git"):  # noqa: PTH110 - pathlib raises where a folder does not let us in
                relative = place.relative_to(root).as_posix()
                found.setdefault(root, []).extend(f"{relative}{end}" for end in _BESIDE)
    return found


def _places(path: Path) -> list[Path]:
    """The file by its name in its real folder, the links that are on the way to it, and where they lead."""
    links = (part for part in path.parents if os.path.islink(part))  # noqa: PTH114 - pathlib raises, see above
    on_the_way = (_real(part.parent) / part.name for part in links)
    named = _real(path.parent) / path.name
    return list(dict.fromkeys((*on_the_way, named, _real(named))))


def _real(path: Path) -> Path:
    return Path(os.path.realpath(path))  # pathlib raises for links in a circle, which a commit may hold


def _tracks(root: Path, names: list[str]) -> bool:
    # Whatever the file system takes for the same name; no name is a pattern.
    patterns = (f":(top,literal,icase){name}" for name in names)
    try:
        listed = ask_git(root, "ls-files", "-z", "--", *patterns)
    except OSError:  # there is no git
        return False
    except subprocess.TimeoutExpired as error:
        what = f"may be forged: git did not say within {PATIENCE:g} s whether it tracks it"
        raise StateError(root / names[0], what) from error
    if listed.returncode and _is_repository(root / ".git"):
        raise StateError(root / names[0], "may be forged: git cannot say whether it tracks it")
    return bool(listed.stdout)


def _is_repository(folder: Path) -> bool:
    """Whether this is more than an empty folder of that name, be it damaged or too new for the git that is here."""
    return folder.is_file() or (folder / "HEAD").is_file()
