"""A folder that does not let us in: one line, no traceback, and nothing said about what cannot be seen."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from commandline import Ran, Run
from memories import as_nobody

ENTRIES = "- id: one\n  category: dataset\n  title: One\n  url: https://a.example/\n"


@pytest.fixture(autouse=True)
def folders(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """``open/`` and ``shut/`` where this runs; the fixtures' own are root's alone, where root runs the tests."""
    with TemporaryDirectory() as name:
        monkeypatch.chdir(name)
        Path("e.yaml").write_text(ENTRIES)
        Path("list.md").write_text(
            "## Books\n\n- [A](https://a.example/)\n\n[unseen](shut/file.txt) [gone](gone.txt)\n"
        )
        for folder in ("open", "shut"):
            Path(folder).mkdir()
            Path(folder, "e.yaml").write_text(ENTRIES)
            Path(folder, "file.txt").touch()
        yield
        monkeypatch.chdir("/")


def run_shut(run: Run, *command: str) -> Ran:
    """What comes of it in ``shut/``; in ``open/`` it is run before, as what it imports may be root's as well."""
    run(*(word.replace("shut/", "open/") for word in command))
    Path("shut").chmod(0)
    with as_nobody(Path()):
        return run(*command)


@pytest.mark.parametrize(
    "command",
    [
        ("import", "list.md", "-o", "shut/e.yaml"),
        ("import", "list.md", "-o", "shut/deeper/e.yaml"),
        ("check", "--offline", "e.yaml", "--report", "json=shut/report.json"),
        ("check", "--offline", "e.yaml", "--write-baseline", "shut/baseline.json"),
        ("check", "--offline", "e.yaml", "--baseline", "shut/baseline.json"),
        ("check", "--offline", "shut/e.yaml", "--write-baseline", "baseline.json"),
        ("audit", "--offline", "e.yaml", "--state", "shut/state.sqlite3", "--previous", "shut/report.json"),
        ("report", "shut/report.json", "--report", "html=page.html"),
    ],
    ids=" ".join,
)
def test_what_is_to_be_read_or_written_there_is_one_line(run: Run, command: tuple[str, ...]) -> None:
    ran = run_shut(run, *command)
    (line,) = ran.err.splitlines()
    assert (ran.code, ran.out) == (2, "")
    assert "ermission denied" in line


def test_a_link_to_a_file_that_nobody_here_can_see_is_not_said_to_lead_nowhere(run: Run) -> None:
    findings = run_shut(run, "check", "--offline", "list.md").out
    assert "gone.txt" in findings
    assert "shut/file.txt" not in findings
