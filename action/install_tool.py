"""Install the tool at the action's revision into an environment of its own; nothing in the checkout has a say in it."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

KEPT = frozenset(
    f"PIP_{name}"
    for name in (
        *("INDEX_URL", "EXTRA_INDEX_URL", "NO_INDEX", "FIND_LINKS", "TRUSTED_HOST", "CERT", "CLIENT_CERT", "PROXY"),
        *("TIMEOUT", "DEFAULT_TIMEOUT", "RETRIES", "CACHE_DIR", "NO_CACHE_DIR"),
    )
)
"""What pip may be told from outside: where packages are, and how to get there. A mirror needs as much.

Other settings name files (PIP_CONSTRAINT=constraints.txt), or places where packages go, and the checkout may hold them.
"""


def main() -> None:
    """Make the environment, install, and tell the steps to come where it is."""
    source = Path(os.environ["GITHUB_ACTION_PATH"]).resolve()
    home = Path(tempfile.mkdtemp(prefix="rlhf-linkcheck-", dir=os.environ["RUNNER_TEMP"]))
    environment = isolated(os.environ)
    run = [sys.executable, "-I", "-m"]
    python = python_of(home / "env", os.name)
    # This pip serves the new environment, too, which saves the time to copy one there.
    pip = [*run, "pip", "--python", str(python)]
    quiet = ["--quiet", "--no-input", "--disable-pip-version-check", "--no-compile"]
    for command in (
        [*run, "venv", "--without-pip", str(home / "env")],
        [*pip, "install", *quiet, str(source)],
    ):
        # Where it runs is empty: a relative path leads nowhere, least of all into the checkout.
        subprocess.run(command, cwd=home, env=environment, check=True)  # noqa: S603 - nothing of it is from a pull request
    reports = home / "reports"
    reports.mkdir()
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as outputs:
        # The context `runner.temp` is the host's path, in a container, too, where it is not: actions/runner#2185.
        memory = Path(os.environ["RUNNER_TEMP"]) / "rlhf-linkcheck-state"
        # What no other use of the action is called by, in this job or another.
        use = secrets.token_hex(8)
        outputs.write(f"python={python}\nreports={reports}\nmemory={memory}\nuse={use}\n")


def python_of(folder: Path, system: str) -> Path:
    """The interpreter of an environment, by its file's whole name: pip takes no other."""
    return folder / "Scripts" / "python.exe" if system == "nt" else folder / "bin" / "python"


def isolated(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what steers Python and pip, but for what says where packages are."""
    left = {name: value for name, value in environment.items() if not name.startswith(("PIP_", "PYTHON"))}
    kept = {name: environment[name] for name in KEPT & environment.keys()}
    # pip reads no file at all then: https://pip.pypa.io/en/stable/topics/configuration/#location
    return left | kept | {"PIP_CONFIG_FILE": os.devnull}


if __name__ == "__main__":
    main()
