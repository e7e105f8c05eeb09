import re
import sqlite3
import stat
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from builders import NOON
from memories import KEY, LATER, full_memory, kept, known, memory, told

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.repository import Text
from rlhf_linkcheck.state.memory import Memory, Told
from rlhf_linkcheck.state.store import Store

HALF = "half \ud800"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".rlhf-linkcheck" / "state.sqlite3"


def tamper(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(statement, values)


def test_what_one_run_remembers_the_next_recalls(path: Path) -> None:
    with Store.open(path) as store:
        store.remember(KEY, memory())
        store.remember_told("github:a/b readme", told())
    with Store.open(path) as store:
        assert store.recall([KEY, "other"]) == {KEY: memory()}
        assert store.recall_told(["other", "github:a/b readme"]) == {"github:a/b readme": told()}
        assert store.recall(["github:a/b readme"]) == {}
        assert store.trouble is None


@pytest.mark.parametrize("times", [(NOON, LATER), (LATER, NOON)])
def test_what_was_heard_later_stays(path: Path, times: tuple[datetime, ...]) -> None:
    for moment in times:
        kept(path, {KEY: memory(moment)})
    assert known(path, KEY) == {KEY: memory(LATER)}


def test_of_two_heard_at_once_the_second_stays(path: Path) -> None:
    kept(path, {KEY: memory()})
    kept(path, {KEY: memory(reason=Reason.GONE)})
    assert known(path, KEY) == {KEY: memory(reason=Reason.GONE)}


def test_what_is_forgotten_is_forgotten_whatever_it_was(path: Path) -> None:
    kept(path, {KEY: memory(), "other": memory()})
    with Store.open(path) as store:
        store.remember_told(KEY, told())
        store.forget([KEY, HALF])
    with Store.open(path) as store:
        assert store.recall([KEY, "other"]) == {"other": memory()}
        assert store.recall_told([KEY]) == {}


@pytest.mark.parametrize("key", ["", "a\x00b", "'; DROP TABLE memory --", "强化学习\u202e", "x" * 100_000, "%_\n"])
def test_a_key_is_any_text(path: Path, key: str) -> None:
    kept(path, {key: memory()})
    assert known(path, key, f"{key} ", KEY) == {key: memory()}


def test_a_file_is_asked_for_thousands_of_keys_at_once(path: Path) -> None:
    everything = {f"key {number}": memory(NOON + timedelta(seconds=number)) for number in range(2_345)}
    kept(path, everything)
    assert known(path, *everything, "other", HALF) == everything


def test_what_no_row_can_hold_is_not_remembered_and_costs_nothing_else(path: Path) -> None:
    naive = datetime(2026, 1, 31)  # noqa: DTZ001 - that is the point
    with Store.open(path) as store:
        store.remember("first", memory())
        store.remember(HALF, memory())
        store.remember("naive", Memory(memory().evidence, naive))
        store.remember("half", memory(missing_fragments=(HALF,)))
        store.remember_told("long", Told((Text("a", "x" * 5_000_000),), NOON))
        store.remember("last", memory())
    assert store.trouble is None
    assert known(path, "first", HALF, "naive", "half", "last") == {"first": memory(), "last": memory()}
    with Store.open(path) as store:
        assert store.recall_told(["long"]) == {}


@pytest.mark.parametrize(
    "forged",
    [
        ("body = ?", b"\x81"),
        ("body = ?", "text"),
        ("body = CAST(x'fffe' AS TEXT)",),
        ("body = zeroblob(5000000)",),
        ("body = ?", 7),
        ("heard_at = ?", "never"),
        ("heard_at = ?", -(2**63)),
        ("heard_at = ?", 2**63 - 1),
        ("seen_on = ?", "never"),
    ],
)
def test_a_row_that_cannot_be_understood_is_as_if_it_were_not_there(path: Path, forged: tuple[str, ...]) -> None:
    kept(path, {KEY: memory(), "other": memory()})
    tamper(path, f"UPDATE memory SET {forged[0]} WHERE key = '{KEY}'", *forged[1:])  # noqa: S608 - the table above
    assert known(path, KEY, "other") == {"other": memory()}
    kept(path, {KEY: memory(LATER)})
    assert known(path, KEY, "other") == {KEY: memory(LATER), "other": memory()}


def test_of_a_damaged_file_nothing_is_recalled_that_nobody_asked_for(path: Path) -> None:
    keys = [f"key {number:04}" for number in range(40)]
    kept(path, {key: memory() for key in keys})
    whole = path.read_bytes()
    places = [found.end() - 1 for found in re.finditer(rb"key 0007", whole)]
    assert len(places) == 2, "in the table and in its index"
    for place in places:
        path.write_bytes(whole[:place] + b"X" + whole[place + 1 :])
        assert known(path, *keys).keys() <= {*keys}


def test_a_clock_that_was_wrong_once_is_not_believed_for_ever(path: Path) -> None:
    kept(path, {KEY: memory(datetime(2999, 1, 1, tzinfo=UTC))})
    assert known(path, KEY) == {}
    kept(path, {KEY: memory()})
    assert known(path, KEY) == {KEY: memory()}


def test_what_no_run_wanted_for_90_days_is_removed(path: Path) -> None:
    kept(path, {"wanted": memory(), "unwanted": memory(), "nearly": memory()})
    today = int(time.time()) // 86_400
    tamper(path, "UPDATE memory SET seen_on = ?", today - 91)
    tamper(path, "UPDATE memory SET seen_on = ? WHERE key = 'nearly'", today - 89)
    with Store.open(path) as store:
        assert len(store.recall(["wanted"])) == 1
    assert known(path, "wanted", "unwanted", "nearly").keys() == {"wanted", "nearly"}
    with closing(sqlite3.connect(path)) as connection:
        assert set(connection.execute("SELECT key, seen_on FROM memory")) == {("wanted", today), ("nearly", today)}


def test_the_end_may_come_twice_and_nothing_after_it(path: Path) -> None:
    store = Store.open(path)
    store.remember(KEY, memory())
    store.close()
    store.remember("other", memory())
    store.close()
    assert (store.recall([KEY]), store.trouble) == ({}, None)
    assert known(path, KEY, "other") == {KEY: memory()}


def test_all_is_in_one_file_once_nobody_uses_it_and_that_is_its_owners_alone(path: Path) -> None:
    with Store.open(path) as store:
        store.remember(KEY, memory())
        beside = [other for other in path.parent.iterdir() if other.name != ".gitignore"]
        assert {stat.S_IMODE(other.stat().st_mode) for other in beside} == {0o600}
    assert {other.name for other in path.parent.iterdir()} == {".gitignore", path.name}


def test_a_folder_that_we_make_is_nothing_for_git(tmp_path: Path) -> None:
    kept(tmp_path / "new" / "folder" / "memory", {})
    assert (tmp_path / "new" / "folder" / ".gitignore").read_text().splitlines()[-1] == "*"
    assert not (tmp_path / "new" / ".gitignore").exists()


def test_the_default_folder_is_nothing_for_git_either_unless_it_says_so(path: Path) -> None:
    path.parent.mkdir()
    kept(path, {})
    assert (path.parent / ".gitignore").read_text().splitlines()[-1] == "*"
    (path.parent / ".gitignore").write_text("!*\n")
    kept(path, {})
    assert (path.parent / ".gitignore").read_text() == "!*\n"


def test_somebody_elses_folder_stays_as_it_is(tmp_path: Path) -> None:
    kept(tmp_path / "memory", {})
    assert [other.name for other in tmp_path.iterdir()] == ["memory"]


def test_a_name_is_a_path_and_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (":memory:", "file:x?mode=memory", "a\nb"):
        kept(Path(name), {KEY: memory()})
        assert known(Path(name), KEY) == {KEY: memory()}
        assert Path(name).name in {other.name for other in tmp_path.iterdir()}


def test_a_row_of_which_a_byte_has_changed_is_as_if_it_were_not_there(path: Path) -> None:
    """It would still be a memory, of another title: SQLite looks for no such damage."""
    with Store.open(path) as store:
        store.remember(KEY, full_memory())
    with closing(sqlite3.connect(path)) as connection:
        (body,) = connection.execute("SELECT body FROM memory").fetchone()
    assert b"A Title" in body
    tamper(path, "UPDATE memory SET body = ?", body.replace(b"A Title", b"B Title"))
    assert known(path, KEY) == {}
