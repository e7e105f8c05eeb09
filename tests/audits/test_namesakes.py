"""Which of the remembered files is which of the given: by another name, or renamed."""

import os
from pathlib import Path

import pytest

from rlhf_linkcheck.audits.namesakes import is_another_file, namesakes, place_of


@pytest.mark.parametrize(
    ("before", "now", "there", "found"),
    [
        (["a.yaml"], ["a.yaml"], ["a.yaml"], {"a.yaml": "a.yaml"}),
        (["/srv/list/a.yaml"], ["a.yaml"], [], {"/srv/list/a.yaml": "a.yaml"}),
        (["../a.yaml"], ["a.yaml"], [], {"../a.yaml": "a.yaml"}),
        (["entries.yaml"], ["list.yaml"], [], {"entries.yaml": "list.yaml"}),
        (["entries.yaml"], ["list.yaml"], ["entries.yaml"], {}),
        (["x/a.yaml"], ["y/a.yaml"], ["x/a.yaml"], {}),
        (["a.yaml"], ["a.yaml", "b.yaml"], [], {"a.yaml": "a.yaml"}),
        (["a.yaml", "b.yaml"], ["a.yaml", "c.yaml"], [], {"a.yaml": "a.yaml", "b.yaml": "c.yaml"}),
        (["x/a.md", "x/b.md"], ["b.md", "a.md"], [], {"x/a.md": "a.md", "x/b.md": "b.md"}),
        (["x/a.md"], ["y/a.md", "z/a.md"], [], {}),
        (["a.md", "b.md"], ["c.md", "d.md"], [], {}),
        ([], ["a.md"], [], {}),
        (["-"], ["a.md"], [], {}),
        (["-"], ["-"], [], {"-": "-"}),
    ],
)
def test_a_file_is_known_again(before: list[str], now: list[str], there: list[str], found: dict[str, str]) -> None:
    assert namesakes(before, now, there.__contains__) == found


def test_a_place_is_the_same_from_wherever_it_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "list" / "below"
    folder.mkdir(parents=True)
    (tmp_path / "link").symlink_to(tmp_path / "list")
    monkeypatch.chdir(folder)
    names = ("../a.yaml", "./../a.yaml", str(tmp_path / "list/a.yaml"), str(tmp_path / "link/a.yaml"))
    assert {place_of(name, tmp_path / "link" / "below") for name in names} == {"../a.yaml"}
    assert place_of("-", tmp_path) == "-"


def test_what_is_on_no_common_drive_lies_where_it_lies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def on_windows(*_: str) -> str:
        raise ValueError("path is on mount 'D:', start on mount 'C:'")

    monkeypatch.setattr(os.path, "relpath", on_windows)
    assert place_of(str(tmp_path / "a.yaml"), tmp_path) == (tmp_path / "a.yaml").resolve().as_posix()


def test_another_file_is_one_that_is_there_and_is_not_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    for name in ("a.yaml", "sub/b.yaml"):
        (tmp_path / name).touch()
    assert is_another_file("a.yaml", ["b.yaml"])
    assert is_another_file("b.yaml", ["../a.yaml", "-"])
    assert not is_another_file("sub/b.yaml", ["b.yaml"])
    assert not is_another_file("gone.yaml", ["b.yaml"])
