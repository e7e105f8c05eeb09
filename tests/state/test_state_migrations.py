"""A file of each version that there was: what is in it survives."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from memories import KEY, chronicled, full_memory, known, python, told

from rlhf_linkcheck.state import migrations
from rlhf_linkcheck.state.errors import StateError
from rlhf_linkcheck.state.migrations import MIGRATIONS
from rlhf_linkcheck.state.store import Store

FIXTURES = Path(__file__).parent.parent / "data" / "state"
OLDER = range(1, len(MIGRATIONS) + 1)

AUDITS = 2
"""The version that audits came with."""

HISTORY = (
    "CREATE TABLE history (key TEXT NOT NULL UNIQUE, failures INTEGER NOT NULL)",
    "INSERT INTO history SELECT key, 0 FROM memory",
)
"""A version that may come."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite3"


def from_fixture(path: Path, version: int) -> None:
    """A file as that version wrote it: what SQLite's own dump says of it, which leaves these two numbers out."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript((FIXTURES / f"version-{version}.sql").read_text(encoding="utf-8"))
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute(f"PRAGMA application_id = {0x726C6866}")


def version_of(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return migrations.version(connection)


@pytest.mark.parametrize("version", OLDER)
def test_what_an_older_version_remembered_survives(path: Path, version: int) -> None:
    """A field that is gone or has another name is told by this: then a migration is due.

    For a new version: write a file with ``full_memory()``, ``told()`` and ``chronicled()`` under KEY, and add its
    dump as a fixture.
    """
    from_fixture(path, version)
    with Store.open(path) as store:
        assert store.recall([KEY]) == {KEY: full_memory()}
        assert store.recall_told([KEY]) == {KEY: told()}
        assert store.recall_chronicled([KEY]) == ({KEY: chronicled()} if version >= AUDITS else {})
    assert version_of(path) == len(MIGRATIONS)


def test_an_empty_file_is_the_version_before_the_first(path: Path) -> None:
    path.touch()
    assert known(path, KEY) == {}
    assert version_of(path) == len(MIGRATIONS)


@pytest.mark.parametrize("version", [0, *OLDER])
def test_a_version_that_may_come_is_reached_from_each(
    path: Path, version: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    if version:
        from_fixture(path, version)
    monkeypatch.setattr(migrations, "MIGRATIONS", (*MIGRATIONS, HISTORY))
    expected = {KEY: full_memory()} if version else {}
    assert known(path, KEY) == known(path, KEY) == expected
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT key FROM history").fetchall() == [(key,) for key in expected]
    assert version_of(path) == len(MIGRATIONS) + 1


def test_a_migration_that_fails_half_way_changes_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from_fixture(path, len(MIGRATIONS))
    scripts = (*MIGRATIONS, (*HISTORY, "CREATE TABLE memory (twice)"))
    with monkeypatch.context() as patch:
        patch.setattr(migrations, "MIGRATIONS", scripts)
        with pytest.raises(StateError, match="is not as this version writes it"):
            Store.open(path)
    assert version_of(path) == len(MIGRATIONS)
    assert known(path, KEY) == {KEY: full_memory()}


@pytest.mark.parametrize("version", [0, *OLDER])
def test_processes_that_migrate_at_once_do_not_harm_each_other(path: Path, version: int) -> None:
    if version:
        from_fixture(path, version)
    code = (
        "from rlhf_linkcheck.state import migrations\n"
        f"migrations.MIGRATIONS = (*migrations.MIGRATIONS, {HISTORY!r})\n"
        "print('ready', flush=True)\n"
        "input()\n"
        "with Store.open(Path(sys.argv[1])) as store:\n"
        "    store.remember(sys.argv[2], full_memory())\n"
        "print(store.trouble)\n"
    )
    names = [f"process {number}" for number in range(4)]
    processes = [python(code, path, name) for name in names]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.communicate(timeout=60)[0] for process in processes] == ["None\n"] * len(names)
    assert version_of(path) == len(MIGRATIONS) + 1
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        keys = {key for (key,) in connection.execute("SELECT key FROM memory")}
    assert keys == {*names, *([KEY] if version else [])}
