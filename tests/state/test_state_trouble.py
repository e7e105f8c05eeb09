"""What is no state file, or cannot be one any more: one line, no traceback, and the file stays as it is."""

import os
import socket
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from memories import KEY, as_nobody, kept, known, memory, python, told

from rlhf_linkcheck.state import database
from rlhf_linkcheck.state.errors import StateError
from rlhf_linkcheck.state.migrations import MIGRATIONS
from rlhf_linkcheck.state.store import Store

ANEW = "remove it to begin anew"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite3"


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that others can reach: pytest's own lie in one that is root's alone, where it is root who runs the tests."""
    with TemporaryDirectory() as name:
        yield Path(name)


def complaint(path: Path) -> str:
    """The one line about a file that cannot be opened, without the file's name."""
    with pytest.raises(StateError) as raised:
        Store.open(path)
    text = str(raised.value)
    assert "\n" not in text
    assert text.startswith(f"the state file {path} ")
    return text.removeprefix(f"the state file {path} ")


def sql(path: Path, script: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(script)


def test_what_is_no_database_stays_as_it_is(path: Path) -> None:
    path.write_text("dear diary, " * 1_000)
    assert complaint(path) == f"is no state file (file is not a database); give another file, or {ANEW}"
    assert path.read_text() == "dear diary, " * 1_000


@pytest.mark.parametrize("left", [2, 50, 99, 100, 4_095, 4_096, 9_000])
def test_a_file_that_was_cut_off_stays_as_it_is(path: Path, left: int) -> None:
    kept(path, {str(number): memory() for number in range(100)})
    os.truncate(path, left)
    assert complaint(path).endswith(ANEW)
    assert path.stat().st_size == left


def test_a_page_that_was_overwritten_is_one_line_when_it_is_read(path: Path) -> None:
    everything = {str(number): memory() for number in range(1_000)}
    kept(path, everything)
    with path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 4096 * 20)
    with Store.open(path) as store:
        store.recall(everything)
        assert store.trouble == (
            f"the state file {path} is damaged (database disk image is malformed); {ANEW}."
            " Nothing more is remembered in this run"
        )
        store.remember(KEY, memory())
        assert (store.recall(everything), store.recall_told([KEY])) == ({}, {})


def test_a_database_of_somebody_else_stays_as_it_is(path: Path) -> None:
    sql(path, "CREATE TABLE places (url TEXT)")
    before = path.read_bytes()
    assert complaint(path).startswith("is a database, but not one that this program made; ")
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "forgery",
    [
        "CREATE TRIGGER t AFTER INSERT ON memory BEGIN DELETE FROM told; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE other (a)",
        "DROP TABLE told",
        "ALTER TABLE memory DROP COLUMN body",
        "ALTER TABLE memory ADD COLUMN other DEFAULT 7",
        "PRAGMA application_id = 0",
        "PRAGMA user_version = 0",
        "PRAGMA user_version = -1",
        "PRAGMA writable_schema = ON; UPDATE sqlite_master SET sql = sql || ' ' WHERE name = 'told'",
    ],
)
def test_a_file_that_defines_what_we_do_not_is_not_ours(path: Path, forgery: str) -> None:
    kept(path, {KEY: memory()})
    sql(path, forgery)
    assert complaint(path).startswith("is a database, but not one that this program made; ")


def test_a_file_of_a_newer_version_stays_as_it_is(path: Path) -> None:
    kept(path, {})
    newer = len(MIGRATIONS) + 1
    sql(path, f"PRAGMA user_version = {newer}; CREATE TABLE later (a)")
    assert complaint(path) == (
        f"was written by a newer version of this program (schema {newer}); update, or remove it to begin anew"
    )


def test_a_folder_is_no_file(path: Path) -> None:
    path.mkdir()
    assert complaint(path).startswith("is not a regular file; ")


def test_a_file_is_no_folder(path: Path) -> None:
    path.write_text("")
    assert complaint(path / "state.sqlite3").startswith("cannot be made: its folder is a file; ")


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX alone has these")
def test_nobody_waits_for_what_is_no_file_at_all(path: Path) -> None:
    os.mkfifo(path)
    assert complaint(path).startswith("is not a regular file; ")
    address = path.with_name("socket")
    with closing(socket.socket(socket.AF_UNIX)) as listening:
        listening.bind(str(address))
        assert complaint(address).startswith("is not a regular file; ")


def test_a_name_that_no_file_can_have_is_one_line(tmp_path: Path) -> None:
    assert complaint(tmp_path / ("x" * 300)).startswith("cannot be made: File name too long; ")
    assert complaint(tmp_path / "a\x00b").startswith("cannot be made: embedded null byte; ")
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    assert complaint(circle).startswith("cannot be made: ")


def test_a_folder_that_is_read_only_is_one_line(folder: Path) -> None:
    folder.chmod(0o555)
    with as_nobody(folder):
        assert complaint(folder / "state.sqlite3").startswith("cannot be made: its folder does not let us in; ")
        assert complaint(folder / "a" / "state.sqlite3").startswith("cannot be made: its folder does not let us in; ")
    folder.chmod(0o755)


def test_a_file_that_is_read_only_is_one_line(folder: Path) -> None:
    path = folder / "state.sqlite3"
    kept(path, {KEY: memory()})
    path.chmod(0o444)
    with as_nobody(folder):
        assert complaint(path).startswith("cannot be written: it or its folder is read-only (")
        folder.chmod(0o555)
        assert complaint(path).startswith("cannot be ")
        folder.chmod(0o755)


def test_a_place_without_a_write_ahead_log_is_one_line(path: Path) -> None:
    """As on a network's file system: this way of locking shares no memory, so SQLite has no log there."""
    words = "lies where SQLite has no write-ahead log"
    dotted = sqlite3.connect(f"file:{path}?vfs=unix-dotfile", uri=True)
    with closing(dotted) as connection, pytest.raises(StateError, match=words):
        database._use_wal(connection, path)


def test_a_file_that_another_process_keeps_locked_is_one_line(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(path, {KEY: memory()})
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        store = Store.open(path)
        other.execute("BEGIN IMMEDIATE")
        store.remember("new", memory())
        assert store.recall([KEY]) == {KEY: memory()}
        assert complaint(path) == (
            "was locked for too long by another process (database is locked); wait for that to end"
        )
        store.close()
        assert store.trouble == (
            f"the state file {path} was locked for too long by another process (database is locked);"
            " wait for that to end. Nothing more is remembered in this run"
        )
        other.execute("ROLLBACK")
    assert known(path, KEY, "new") == {KEY: memory()}


def test_before_there_is_a_log_a_lock_is_waited_for_likewise(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PATIENCE", 0.05)
    path.touch()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert complaint(path).startswith("was locked for too long by another process (")
    kept(path, {})


def test_who_makes_the_log_at_the_same_moment_is_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite does not always wait by itself here."""
    path.touch()
    with (
        closing(sqlite3.connect(path, isolation_level=None)) as other,
        closing(sqlite3.connect(path, isolation_level=None, timeout=0)) as connection,
    ):
        other.execute("BEGIN EXCLUSIVE")
        monkeypatch.setattr(time, "sleep", lambda _: other.execute("ROLLBACK"))
        database._use_wal(connection, path)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_full_disk_is_one_line_and_what_was_written_stays(path: Path) -> None:
    kept(path, {KEY: memory()})
    with Store.open(path) as store:
        store._writer._connection.execute("PRAGMA max_page_count = 20")
        for number in range(1_000):
            store.remember(f"key {number}", memory())
            store.remember_told(f"key {number}", told())
    assert store.trouble == (
        f"the state file {path} cannot grow: the disk is full (database or disk is full); make room."
        " Nothing more is remembered in this run"
    )
    assert known(path, KEY) == {KEY: memory()}
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.skipif(sys.platform == "win32", reason="POSIX alone has limits of a process")
def test_a_file_that_may_not_grow_is_one_line_in_a_run_that_goes_on(path: Path) -> None:
    kept(path, {KEY: memory()})
    limited = python(
        "import resource, signal\n"
        "with Store.open(Path(sys.argv[1])) as store:\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))\n"
        "    for number in range(2_000):\n"
        "        store.remember(f'key {number}', memory())\n"
        "print(store.trouble, 'and on it goes')\n",
        path,
    )
    out, _ = limited.communicate(timeout=60)
    assert limited.returncode == 0, out
    (line,) = out.splitlines()
    assert line.startswith(f"the state file {path} cannot ")
    assert line.endswith("Nothing more is remembered in this run and on it goes")
    assert known(path, KEY) == {KEY: memory()}


def test_a_bug_is_no_trouble_of_the_file(path: Path) -> None:
    store = Store.open(path)
    with pytest.raises(sqlite3.ProgrammingError):
        store._writer.give_up(sqlite3.ProgrammingError("parameters are of unsupported type"))
    store.close()
