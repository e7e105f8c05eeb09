import os
from pathlib import Path

import pytest
from changes_in_git import repository

from rlhf_linkcheck.git import ask_git

FORGED = "#!/bin/sh\necho forged\n"


@pytest.fixture
def checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A checkout with a program called git in it and in one of its folders, which is where one is."""
    folder = repository(tmp_path / "clone", git=FORGED)
    (folder / "bin").mkdir()
    for place in (folder / "git", folder / "bin" / "git"):
        place.write_text(FORGED)
        place.chmod(0o755)
    monkeypatch.chdir(folder)
    return folder


@pytest.mark.parametrize("first", ["", ".", "bin", "./bin/../bin"])
def test_a_checkout_does_not_bring_the_git_that_is_asked(
    checkout: Path, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    monkeypatch.setenv("PATH", first, prepend=os.pathsep)
    assert ask_git(checkout, "rev-parse", "--is-inside-work-tree").stdout == b"true\n"


def test_where_only_the_checkout_has_one_there_is_none(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", os.pathsep.join(("", "bin", str(checkout / "nowhere"))))
    with pytest.raises(FileNotFoundError, match="git"):
        ask_git(checkout, "rev-parse", "HEAD")
