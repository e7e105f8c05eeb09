"""What the streams and the command line may be like: the exit code says what it always says, and one line why."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import Run

from rlhf_linkcheck.cli import main
from rlhf_linkcheck.cli.streams import prepare_streams, tell

FULL = Path("/dev/full")


def ran(*arguments: str, stdout: int = subprocess.PIPE, stderr: int = subprocess.PIPE) -> tuple[int, str]:
    """The exit code of a process of its own, and what it said on standard error."""
    command = [sys.executable, "-m", "rlhf_linkcheck", *arguments]
    finished = subprocess.run(command, stdout=stdout, stderr=stderr, text=True, check=False)
    return finished.returncode, finished.stderr


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("check", "--concurrency", "nan"), "Invalid value for '--concurrency'"),
        (("check", "--ofline"), "No such option"),
        (("check", "--format"), "Option '--format' requires an argument"),
        (("check", "--fail-on", "\n::error::x"), "'\\n::error::x' is not one of"),
        (("chek",), "No such command 'chek'"),
        (("report",), "Missing argument"),
    ],
)
def test_a_command_line_that_cannot_be_meant_is_one_line(run: Run, arguments: tuple[str, ...], complaint: str) -> None:
    left = run(*arguments)
    assert (left.code, left.out) == (2, "")
    assert left.err.startswith("rlhf-linkcheck: ")
    assert left.err.count("\n") == 1
    assert complaint in left.err
    assert left.err.endswith(" --help` lists what there is\n")


def test_a_value_of_any_length_leaves_a_complaint_that_can_be_read(run: Run) -> None:
    left = run("explain", "x" * 100_000)
    assert left.code == 2
    assert left.err.startswith("rlhf-linkcheck: explain xxx")
    assert left.err.endswith("xxx: there is no such rule; `rlhf-linkcheck explain` lists them\n")
    assert len(left.err) == len("rlhf-linkcheck: ") + 1_000 + len(" … ") + len("\n")


def test_without_a_word_help_is_shown_and_nothing_was_done(run: Run) -> None:
    left = run()
    assert left.code == 2
    assert "Check the health of curated paper lists" in left.out + left.err


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
def test_a_full_disk_is_one_line_and_no_bug() -> None:
    with FULL.open("w") as full:
        code, said = ran("--version", stdout=full.fileno())
    assert (code, said) == (2, "rlhf-linkcheck: standard output cannot be written: No space left on device\n")


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
def test_a_complaint_that_cannot_be_written_leaves_with_2_all_the_same() -> None:
    """Exit code 1 means findings, and 120 is what Python makes of a stream that cannot be flushed."""
    with FULL.open("w") as full:
        assert ran("explain", "nonsense", stderr=full.fileno())[0] == 2
    reader, writer = os.pipe()
    os.close(reader)
    assert ran("explain", "nonsense", stderr=writer)[0] == 2
    os.close(writer)


@pytest.mark.parametrize("width", ["0", "1", "garbage", "-5", "9" * 5_000, "99999999"])
@pytest.mark.parametrize("variable", ["COLUMNS", "TERMINAL_WIDTH"])
def test_help_has_words_whatever_the_environment_takes_for_a_width(
    run: Run, monkeypatch: pytest.MonkeyPatch, variable: str, width: str
) -> None:
    monkeypatch.setenv(variable, width)
    left = run("explain", "--help")
    assert left.code == 0
    assert "List the rules, or print one rule's page." in left.out
    assert max(map(len, left.out.splitlines())) <= 200


@pytest.mark.skipif(not FULL.exists(), reason="this system has no device that is always full")
def test_a_stream_that_failed_once_is_not_written_to_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python flushes what is left at exit."""
    monkeypatch.setattr(sys, "argv", ["rlhf-linkcheck", "--version"])
    with FULL.open("w", buffering=1) as out, FULL.open("w", buffering=1) as err:
        monkeypatch.setattr(sys, "stdout", out)
        monkeypatch.setattr(sys, "stderr", err)
        with pytest.raises(SystemExit) as left:
            main()
        assert left.value.code == 2
        tell("a second word")
        assert [os.path.realpath(f"/proc/self/fd/{stream.fileno()}") for stream in (out, err)] == [os.devnull] * 2


def test_streams_that_were_closed_are_there_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("stdout", "stderr"):
        monkeypatch.setattr(sys, name, None)
    prepare_streams()
    tell("nobody hears this")
    for stream in (sys.stdout, sys.stderr):
        assert stream.name == os.devnull
        stream.close()
