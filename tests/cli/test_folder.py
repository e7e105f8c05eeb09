"""The folder of an audit's reports: replaced in one step, wherever it lies."""

import ctypes
import json
import os
import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest
from tracked import audited, dead

from rlhf_linkcheck.cli import exchange
from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.folder import ReportFolder, badge_of
from rlhf_linkcheck.report import Summary
from rlhf_linkcheck.reporters import Style

NAMES = {"report.json", "report.md", "report.html", "report.sarif", "badge.json"}


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture(params=["at once", "one after the other"])
def _both_ways(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As file systems can that change two places at once, and as others can."""
    if request.param == "one after the other":
        monkeypatch.setattr(exchange, "_change_places", lambda _, __: False)


def write(path: str, version: str = "0") -> None:
    ReportFolder.prepare(Path(path)).write(audited(dead("https://a.example/"), version=version), Style())


def version_in(path: str) -> str:
    told: str = json.loads((Path(path) / "report.json").read_text("utf-8"))["tool"]["version"]
    return told


@pytest.mark.usefixtures("_both_ways")
def test_the_new_reports_are_in_the_old_ones_place_and_nothing_else_is_left() -> None:
    for version in ("1", "2"):
        write("out", version)
        assert {path.name for path in Path("out").iterdir()} == NAMES
        assert version_in("out") == version
    assert [path.name for path in Path().iterdir()] == ["out"]


@pytest.mark.usefixtures("_both_ways")
@pytest.mark.parametrize("there", [True, False])
def test_where_a_link_leads_to_the_folder_it_still_does(there: bool) -> None:
    if there:
        Path("site").mkdir()
    Path("out").symlink_to("site", target_is_directory=True)
    write("out")
    assert Path("out").is_symlink()
    assert version_in("site") == "0"


def test_the_folder_is_never_away() -> None:
    write("out")
    if not exchange._change_places(_folder("a"), _folder("b")):
        pytest.skip("this file system changes no two places at once")
    done, away = threading.Event(), list[bool]()

    def look() -> None:
        while not done.is_set():
            away.extend([] if Path("out").is_dir() else [True])

    reader = threading.Thread(target=look)
    reader.start()
    for number in range(20):
        exchange.put_in_place(_folder(f"new-{number}"), Path("out"))
    done.set()
    reader.join()
    assert away == []


def _folder(name: str) -> Path:
    Path(name).mkdir()
    return Path(name)


def _interrupted(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    """From the ``at``-th renaming on (from 0) there is one more, and then Ctrl-C."""
    rename, numbers = Path.rename, iter(range(10))

    def once(path: Path, target: Path) -> Path:
        if next(numbers) == at:
            raise KeyboardInterrupt
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", once)


@pytest.mark.parametrize("at", [0, 1])
def test_who_is_interrupted_between_two_steps_keeps_the_old_ones(monkeypatch: pytest.MonkeyPatch, at: int) -> None:
    write("out", "old")
    monkeypatch.setattr(exchange, "_change_places", lambda _, __: False)
    _interrupted(monkeypatch, at)
    with pytest.raises(KeyboardInterrupt):
        write("out", "new")
    assert version_in("out") == "old"
    assert [path.name for path in Path().iterdir()] == ["out"]


@pytest.mark.usefixtures("_both_ways")
def test_of_two_first_audits_at_once_both_are_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one is there between the look for an old folder and the renaming."""
    rename = Path.rename

    def late(path: Path, target: Path) -> Path:
        monkeypatch.undo()
        os.chdir(here)
        write("out", "the other")
        return rename(path, target)

    here = Path.cwd()
    monkeypatch.setattr(Path, "rename", late)
    write("out", "this one")
    assert version_in("out") == "this one"


def test_where_no_folder_can_be_the_reason_is_told() -> None:
    with pytest.raises(FileNotFoundError):
        exchange.put_in_place(_folder("new"), Path("nowhere/out"))
    assert Path("new").is_dir()


@pytest.mark.parametrize(
    ("owner", "name", "value"), [(sys, "platform", "darwin"), (ctypes, "CDLL", lambda _: object())]
)
def test_a_system_that_cannot_change_two_places_at_once_changes_none(
    monkeypatch: pytest.MonkeyPatch, owner: ModuleType, name: str, value: object
) -> None:
    one, other = _folder("one"), _folder("other")
    inodes = one.stat().st_ino, other.stat().st_ino
    monkeypatch.setattr(owner, name, value)
    assert not exchange._change_places(one, other)
    assert (one.stat().st_ino, other.stat().st_ino) == inodes


def test_what_a_rename_cannot_replace_is_said_before_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("out").mkdir()
    monkeypatch.chdir("out")
    with pytest.raises(UsageError, match="is the folder that this runs in, or above it"):
        ReportFolder.prepare(Path())
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os.path, "ismount", lambda path: path.name == "out")
    with pytest.raises(UsageError, match=r"out is a mount point, which cannot be replaced: name a folder in it"):
        ReportFolder.prepare(Path("out"))
    ReportFolder.prepare(Path("out/reports"))


def test_a_list_of_which_nothing_was_found_alive_has_no_green_badge() -> None:
    nobody = Summary(1, 7, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 0)
    badge = {"schemaVersion": 1, "label": "links", "message": "0 alive", "color": "lightgrey"}
    assert badge_of(audited(summary=nobody)) == badge


def test_a_name_that_no_folder_can_have_is_refused_before_the_audit(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300)
    with pytest.raises(UsageError) as refused:
        ReportFolder.prepare(path)
    assert str(refused.value) == f"--out: {path} cannot be used: File name too long"
