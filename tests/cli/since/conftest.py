from pathlib import Path
from typing import Any

import pytest
from changed_lists import LIST, judged
from changes_in_git import commit, repository
from commandline import Run


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a list on main, and a branch on which it can be changed."""
    folder = repository(tmp_path / "clone", entries__yaml=LIST)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def judge(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What is found of a change, given what the files were and what they are."""

    def of_change(before: dict[str, str], now: dict[str, str], *flags: str) -> dict[str, Any]:
        folder = repository(tmp_path / "clone", **before)
        commit(folder, **now)
        monkeypatch.chdir(folder)
        return judged(run, *flags)

    return of_change
