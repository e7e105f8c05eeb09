"""How the repository around a file names it."""

import os
from pathlib import Path

import pytest

from rlhf_linkcheck.since.checkout import path_in_repository


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "clone"
    (root / "list" / "inner").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / "list" / "entries.yaml").write_text("")
    monkeypatch.chdir(root / "list")
    return root


@pytest.mark.parametrize("path", ["entries.yaml", "./entries.yaml", "../list/entries.yaml", "inner/../entries.yaml"])
def test_the_path_begins_at_the_root_wherever_one_stands(repository: Path, path: str) -> None:
    assert path_in_repository(path) == "list/entries.yaml"
    assert path_in_repository(str(repository / "list" / "entries.yaml")) == "list/entries.yaml"


def test_a_worktree_has_a_file_where_others_have_a_folder(repository: Path) -> None:
    (repository / "list" / ".git").write_text("gitdir: ../.git\n")
    assert path_in_repository("entries.yaml") == "entries.yaml"


def test_a_link_is_where_it_leads(repository: Path, tmp_path: Path) -> None:
    (tmp_path / "link.yaml").symlink_to(repository / "list" / "entries.yaml")
    assert path_in_repository(str(tmp_path / "link.yaml")) == "list/entries.yaml"


def test_what_git_keeps_for_itself_lies_nowhere(repository: Path) -> None:
    """Else a commit could name a clone's own settings for its list, by a link."""
    (repository / ".git" / "config").write_text("")
    (repository / "README.md").symlink_to(".git/config")
    assert path_in_repository(str(repository / "README.md")) is None


def test_standard_input_lies_nowhere(repository: Path) -> None:
    assert repository.is_dir()
    assert path_in_repository("-") is None


def test_outside_of_any_repository_there_is_no_such_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os.path, "exists", lambda _: False)  # whatever lies above the tests' own folder
    assert path_in_repository(str(tmp_path / "entries.yaml")) is None
