"""Installs the peers that `make bench` races against into bench/.peers, each by its own registry's client.

What is there already is left alone; what cannot be had is said in one line and left out.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from race.tools import PEERS, TOOLS

LONGEST = 3600
"""Seconds for one of them: a tool in Rust is compiled from its sources."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one peer is installed: ``client`` must be there, then the commands are run one after the other."""

    tool: str
    client: str
    commands: Sequence[Sequence[str]]
    environment: Mapping[str, str] = field(default_factory=dict)


def recipes(folder: Path) -> tuple[Recipe, ...]:
    """The recipes for a folder."""
    venv, npm = folder / "venv", ("npm", "install", "--no-audit", "--no-fund", "--prefix", str(folder / "npm"))
    muffet = ("go", "install", "github.com/raviqqe/muffet/v2@latest")
    linkchecker = ((sys.executable, "-m", "venv", str(venv)), (str(venv / "bin" / "pip"), "install", "LinkChecker"))
    return (
        Recipe("lychee", "cargo", (("cargo", "install", "lychee", "--locked", "--root", str(folder / "cargo")),)),
        Recipe("muffet", "go", (muffet,), {"GOBIN": str(folder / "go" / "bin")}),
        Recipe("linkinator", "npm", ((*npm, "linkinator"),)),
        Recipe("markdown-link-check", "npm", ((*npm, "markdown-link-check"),)),
        Recipe("LinkChecker", sys.executable, linkchecker),
    )


def install(recipe: Recipe, environment: Mapping[str, str]) -> str:
    """Follows a recipe, and says in one line what came of it."""
    if shutil.which(recipe.client) is None:
        return f"left out: there is no {recipe.client} here"
    for command in recipe.commands:
        try:
            finished = subprocess.run(  # noqa: S603 - our own words
                command,
                env={**environment, **recipe.environment},
                capture_output=True,
                text=True,
                check=False,
                timeout=LONGEST,
            )
        except subprocess.TimeoutExpired:
            return f"left out: {command[0]} was not done after {LONGEST} s"
        if finished.returncode:
            return f"left out: {(finished.stderr or finished.stdout).strip().splitlines()[-1].strip()}"
    return "installed"


def main() -> int:
    """Installs what is missing. The exit code is 0 also where some could not be had."""
    PEERS.mkdir(exist_ok=True)
    for recipe in recipes(PEERS):
        path = TOOLS[recipe.tool].path
        print(f"{recipe.tool}: {path or install(recipe, os.environ)}", flush=True)  # noqa: T201 - a command speaks
    return 0


if __name__ == "__main__":
    sys.exit(main())
