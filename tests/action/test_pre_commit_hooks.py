"""The hooks that we offer, run as pre-commit runs them: the entry, then the files that are staged and meant."""

import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from actions_runner import ROOT, git

from rlhf_linkcheck import simweb

pytestmark = pytest.mark.unmeasured

HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
}


def book(name: str, host: str) -> str:
    return f"- id: {name}\n  category: book\n  title: Book {name}\n  url: https://{host}/{name}\n"


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, ...]]:
    scenario = tmp_path_factory.mktemp("web") / "web.yaml"
    scenario.write_text("default: 200\nhosts: {gone.example: {/*: 404}}\n", encoding="utf-8")
    with simweb.spawn(scenario) as served:
        yield ("--interval", "0", "--retries", "0", *served.options)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    (tmp_path / "entries.yaml").write_text(book("old", "gone.example") + book("fine", "fine.example"), encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "-m", "The list")
    return tmp_path


def committed(repository: Path, name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What the hook says of what is staged."""
    git(repository, "add", "--all")
    hook = HOOKS[name]
    staged = git(repository, "diff", "--staged", "--name-only").splitlines()
    files = [file for file in staged if re.search(hook["files"], file)]
    command = shlex.split(hook["entry"])
    assert command[0] == "rlhf-linkcheck"
    return subprocess.run(
        [sys.executable, "-m", "rlhf_linkcheck", *command[1:], *arguments, *files],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_quick_hook_sees_what_a_text_can_show(repository: Path) -> None:
    with (repository / "entries.yaml").open("a", encoding="utf-8") as file:
        file.write("- id: new\n  category: book\n  title: New\n  url: ''\n")
    ran = committed(repository, "rlhf-linkcheck")
    assert ran.returncode == 1
    assert "ENT103" in ran.stdout


def test_the_other_hook_asks_for_what_is_new_and_leaves_the_old_alone(repository: Path, web: tuple[str, ...]) -> None:
    moved = book("fine", "fine.example") + book("old", "gone.example")
    (repository / "entries.yaml").write_text(moved + book("new", "fine.example"), encoding="utf-8")
    ran = committed(repository, "rlhf-linkcheck-online", *web)
    assert ran.returncode == 0, ran.stdout
    (repository / "entries.yaml").write_text(moved + book("new", "gone.example"), encoding="utf-8")
    ran = committed(repository, "rlhf-linkcheck-online", *web)
    assert ran.returncode == 1
    assert "gone.example/new" in ran.stdout
    assert "gone.example/old" not in ran.stdout


@pytest.mark.parametrize("hook", HOOKS)
def test_hooks_are_for_the_lists_at_the_root(hook: str) -> None:
    meant = re.compile(HOOKS[hook]["files"])
    named = ["entries.yaml", "entries.yml", "README.md", "docs/README.md", "other.yaml", "README.mdx"]
    assert [name for name in named if meant.search(name)] == ["entries.yaml", "entries.yml", "README.md"]
