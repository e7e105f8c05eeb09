"""Other processes on the same file, and what is left of one that is killed."""

import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from typing import IO

import pytest
from builders import NOON
from memories import KEY, LATER, kept, known, memory, python

from rlhf_linkcheck.state.store import Store


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state.sqlite3"


def pipe(end: IO[str] | None) -> IO[str]:
    assert end is not None
    return end


def go(process: subprocess.Popen[str]) -> None:
    """Lets a process go on that waits for a line."""
    pipe(process.stdin).write("\n")
    pipe(process.stdin).flush()


@contextmanager
def until_killed(path: Path) -> Iterator[subprocess.Popen[str]]:
    """A run that remembers one thing after the other, each a second later, and tells of it, until it is killed.

    Every thousand or so the log is written back into the file.
    """
    endless = (
        "from datetime import timedelta\n"
        "store = Store.open(Path(sys.argv[1]))\n"
        "number = 0\n"
        "while store.trouble is None:\n"
        "    moment = NOON + timedelta(seconds=number)\n"
        "    store.remember(f'key {number}', memory(moment, missing_fragments=(str(number) * 500,)))\n"
        "    number += 1\n"
        "    if number % 50 == 0:\n"
        "        print(number, flush=True)\n"
    )
    with python(endless, path) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.mark.parametrize("lines", [1, 2, 5, 11, 30, 73])
def test_a_kill_at_any_moment_leaves_an_intact_file_with_all_until_then(path: Path, lines: int) -> None:
    kept(path, {KEY: memory()})
    with until_killed(path) as process:
        for _ in range(lines):
            assert pipe(process.stdout).readline().strip().isdigit()
    numbers = sorted(number for number in _numbers(path))
    assert numbers == list(range(len(numbers))), "what came first was written first"
    with Store.open(path) as store:
        keys = [f"key {number}" for number in numbers]
        found = store.recall([KEY, *keys])
    assert found.pop(KEY) == memory()
    for number, key in zip(numbers, keys, strict=True):
        moment = NOON + timedelta(seconds=number)
        assert found[key] == memory(moment, missing_fragments=(str(number) * 500,))


def _numbers(path: Path) -> list[int]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return [int(key.split()[1]) for (key,) in connection.execute("SELECT key FROM memory WHERE key GLOB 'key *'")]


def test_what_is_remembered_is_in_the_file_long_before_the_end(path: Path) -> None:
    waiting = (
        "store = Store.open(Path(sys.argv[1]))\n"
        "store.remember(KEY, memory())\n"
        "print('handed over', flush=True)\n"
        "input()\n"
    )
    with python(waiting, path) as process:
        assert pipe(process.stdout).readline() == "handed over\n"
        with Store.open(path) as store:
            while not store.recall([KEY]):  # it comes, or the test never ends
                assert process.poll() is None
        process.kill()
    assert known(path, KEY) == {KEY: memory()}


def test_two_runs_at_once_both_remember_and_the_later_heard_stays(path: Path) -> None:
    shared = [f"key {number}" for number in range(500)]
    writing = (
        "store = Store.open(Path(sys.argv[1]))\n"
        "print('ready', flush=True)\n"
        "input()\n"
        "late = int(sys.argv[2])\n"
        "for number in range(500):\n"
        "    moment = LATER if number % 2 == late else NOON\n"
        "    store.remember(f'key {number}', memory(moment, secure_url=f'https://{late}.example/'))\n"
        "    store.remember(f'own {late} {number}', memory())\n"
        "store.close()\n"
        "print(store.trouble)\n"
    )
    processes = [python(writing, path, number) for number in range(2)]
    for process in processes:
        assert pipe(process.stdout).readline() == "ready\n"
    for process in processes:
        go(process)
    assert [process.communicate(timeout=60)[0] for process in processes] == ["None\n", "None\n"]
    assert known(path, *shared) == {
        key: memory(LATER, secure_url=f"https://{number % 2}.example/") for number, key in enumerate(shared)
    }
    assert len(known(path, *(f"own {late} {number}" for late in range(2) for number in range(500)))) == 1_000


def test_a_run_that_ends_leaves_the_other_its_memory(path: Path) -> None:
    with Store.open(path) as other:
        kept(path, {KEY: memory()})
        assert other.recall([KEY]) == {KEY: memory()}
        other.remember("other", memory())
    assert known(path, KEY, "other").keys() == {KEY, "other"}
    assert [left.name for left in path.parent.iterdir()] == [path.name]
