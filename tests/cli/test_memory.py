"""`check` that remembers: its options, where its file lies, what reports say of it, and what becomes of trouble."""

import json
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from commandline import Ran, Run
from jsonschema import Draft202012Validator
from memories import as_nobody

from rlhf_linkcheck import simweb

# Whole runs, whose parts are measured where they are tested.
pytestmark = pytest.mark.unmeasured

QUICK = ("--interval", "0", "--timeout", "5", "--retries", "0")
SCENARIO = "hosts: {a.example: {'/p*': 200, /gone: 404, /shy: 403}, control.example: {/: 200}}"
SCHEMA = json.loads((resources.files("rlhf_linkcheck") / "data" / "report.schema.json").read_text("utf-8"))
DEFAULT = Path(".rlhf-linkcheck/state.sqlite3")
FINE, GONE, SHY = (f"https://a.example/{name}" for name in ("page", "gone", "shy"))


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    listed(FINE, SHY)  # none that is dead: that takes a second look, and some seconds


@pytest.fixture
def web() -> Iterator[simweb.Web]:
    with simweb.serve(simweb.Scenario.parse(SCENARIO)) as served:
        yield served


def listed(*addresses: str) -> None:
    rows = (
        f"- {{id: e{number}, category: codebase, title: Title {number}, url: '{address}'}}\n"
        for number, address in enumerate(addresses)
    )
    Path("entries.yaml").write_text("".join(rows), encoding="utf-8")


def report_of(ran: Ran) -> dict[str, Any]:
    assert ran.err == ""
    report: dict[str, Any] = json.loads(ran.out)
    Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER).validate(report)
    return report


def asked(web: simweb.Web, since: int = 0) -> list[str]:
    """The paths that were asked, in any order."""
    return sorted({one.path for one in web.log.requests[since:]})


def cached(report: dict[str, Any]) -> list[str]:
    return [link["url"] for link in report["links"] if link["from_cache"]]


def test_reports_say_what_was_remembered_and_since_when(run: Run, web: simweb.Web) -> None:
    listed(FINE, GONE, SHY)
    flags = ("check", *QUICK, *web.options, "--format", "json")
    first, second = report_of(run(*flags)), report_of(run(*flags))
    assert (cached(first), cached(second)) == ([], [FINE])
    before, after = first["links"][0], second["links"][0]
    assert after == {**before, "from_cache": True}
    assert [(one["asked"], one["answered"], one["requests"]) for one in first["sources"]] == [(3, 2, 3)]
    assert [(one["asked"], one["answered"], one["requests"]) for one in second["sources"]] == [(2, 1, 2)]
    assert [first["summary"][name] for name in ("alive", "dead", "uncertain")] == [1, 1, 1]
    assert [second["summary"][name] for name in ("alive", "dead", "uncertain")] == [1, 1, 1]
    text = run("check", *QUICK, *web.options).out
    since = before["checked_at"].replace("T", " ")[:16]
    assert f"memory    1 link, alive since {since} UTC or later; --max-age 0s asks anew" in text
    assert "memory" not in run("check", *QUICK, *web.options, "--no-state").out


@pytest.mark.parametrize(
    ("age", "all_again"), [("0s", True), ("0", True), ("1h", False), ("7d", False), ("9999999d", False)]
)
def test_the_age_is_the_users_choice(run: Run, web: simweb.Web, age: str, all_again: bool) -> None:
    flags = ("check", *QUICK, *web.options)
    run(*flags)
    before = len(web.log.requests)
    run(*flags, "--max-age", age)
    assert ("/page" in asked(web, before)) is all_again


def test_the_age_may_stand_in_the_configuration_and_a_flag_wins(run: Run, web: simweb.Web) -> None:
    Path("rlhf-linkcheck.toml").write_text('max-age = "0s"\n', encoding="utf-8")
    flags = ("check", *QUICK, *web.options, "--format", "json")
    run(*flags)
    assert cached(report_of(run(*flags))) == []
    assert cached(report_of(run(*flags, "--max-age", "1h"))) == [FINE]


@pytest.mark.parametrize("age", ["-1h", "soon", "", "1y", "nan", "24 h h"])
def test_what_is_no_age_is_one_line(run: Run, age: str) -> None:
    ran = run("check", f"--max-age={age}")
    assert ran.code == 2
    assert ran.err == f"rlhf-linkcheck: --max-age {age}: write a number and a unit, as in 90s, 5m, 24h or 7d\n"
    assert not DEFAULT.parent.exists()


def test_a_file_and_none_contradict_each_other(run: Run) -> None:
    ran = run("check", "--state", "mine.sqlite3", "--no-state")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "rlhf-linkcheck: --state and --no-state contradict each other: give one of them\n"
    assert sorted(path.name for path in Path().iterdir()) == ["entries.yaml"]


@pytest.mark.parametrize("report", ["mine.sqlite3", "./link", f"{DEFAULT}"])
def test_a_report_is_not_written_over_what_is_remembered(run: Run, report: str) -> None:
    Path("link").symlink_to("mine.sqlite3")
    DEFAULT.parent.mkdir()
    flags = () if report == str(DEFAULT) else ("--state", "mine.sqlite3")
    ran = run("check", *flags, "--report", f"json={report}")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == f"rlhf-linkcheck: --report: {Path(report)} is the state file; write the report elsewhere\n"


def test_by_default_the_file_lies_in_the_working_directory_and_git_ignores_it(run: Run, web: simweb.Web) -> None:
    run("check", *QUICK, *web.options)
    assert sorted(path.name for path in DEFAULT.parent.iterdir()) == [".gitignore", "state.sqlite3"]
    git("init", "-q")
    assert git("status", "--porcelain", "--untracked-files=all") == "?? entries.yaml\n"


def test_beside_a_configuration_that_is_there_or_given(run: Run, web: simweb.Web) -> None:
    Path("there").mkdir()
    configuration = Path("there/rlhf-linkcheck.toml")
    configuration.write_text("", encoding="utf-8")
    run("check", *QUICK, *web.options, "--config", str(configuration))
    assert (configuration.parent / DEFAULT).is_file()
    assert not DEFAULT.parent.exists()
    Path("pyproject.toml").write_text("", encoding="utf-8")
    run("check", *QUICK, *web.options)
    assert DEFAULT.is_file()


def test_a_file_of_ones_own_lies_alone(run: Run, web: simweb.Web) -> None:
    flags = ("check", *QUICK, *web.options, "--format", "json", "--state", "new/mine.sqlite3")
    run(*flags)
    assert cached(report_of(run(*flags))) == [FINE]
    assert not DEFAULT.parent.exists()
    run("check", *QUICK, *web.options, "--state", "mine.sqlite3")
    assert sorted(path.name for path in Path().iterdir()) == ["entries.yaml", "mine.sqlite3", "new"]


@pytest.mark.parametrize("flags", [("--offline",), ("--no-state",), ("--select", "ENT,DUP")])
def test_who_asks_nobody_or_is_to_remember_nothing_makes_no_folder(
    run: Run, web: simweb.Web, flags: tuple[str, ...]
) -> None:
    assert run("check", *QUICK, *web.options, *flags).code in (0, 1)
    assert sorted(path.name for path in Path().iterdir()) == ["entries.yaml"]


def git(*arguments: str) -> str:
    settings = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "core.excludesFile=")
    return subprocess.run(["git", *settings, *arguments], check=True, capture_output=True, text=True).stdout


def tracked() -> str:
    git("init", "-q")
    git("add", "--force", str(DEFAULT))
    return "is tracked by git, so that anybody's commit may have changed it; give another file, or do without memory"


def no_database() -> str:
    DEFAULT.write_bytes(b"dear diary, " * 1_000)
    return "is no state file (file is not a database); give another file, or remove it to begin anew"


def cut_off() -> str:
    os.truncate(DEFAULT, 5_000)
    return "is damaged (database disk image is malformed); remove it to begin anew"


def somebody_elses() -> str:
    with closing(sqlite3.connect(DEFAULT)) as connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON memory BEGIN DELETE FROM told; END")
    return "is a database, but not one that this program made; give another file, or do without memory"


def folder() -> str:
    DEFAULT.unlink()
    DEFAULT.mkdir()
    return "is not a regular file; give another file, or do without memory"


def newer() -> str:
    with closing(sqlite3.connect(DEFAULT)) as connection:
        connection.execute("PRAGMA user_version = 99")
    return "was written by a newer version of this program (schema 99); update, or remove it to begin anew"


@pytest.mark.parametrize(
    "harm", [tracked, no_database, cut_off, somebody_elses, folder, newer], ids=lambda harm: harm.__name__
)
def test_a_file_that_cannot_be_used_is_one_note_and_the_run_is_whole(run: Run, web: simweb.Web, harm: Any) -> None:
    flags = ("check", *QUICK, *web.options, "--format", "json")
    first = run(*flags)
    words = f"the state file {DEFAULT} {harm()}"
    before = len(web.log.requests)
    ran = run(*flags)
    report = report_of(ran)
    assert [note["message"] for note in report["notes"]] == [words]
    assert (ran.code, report["complete"], cached(report)) == (first.code, True, [])
    assert asked(web, before) == ["/page", "/shy"]
    text = run("check", *QUICK, *web.options)
    assert (text.code, text.err) == (first.code, "")
    assert [line for line in text.out.splitlines() if "state file" in line] == [f"note: {words}"]
    assert "Traceback" not in text.out
    quiet = run("check", *QUICK, *web.options, "--quiet")
    assert (quiet.code, quiet.err) == (first.code, f"rlhf-linkcheck: {words}\n")
    assert quiet.out == run("check", *QUICK, *web.options, "--quiet", "--no-state").out


def test_a_file_or_a_folder_that_is_read_only_is_one_note_and_the_run_is_whole(
    run: Run, web: simweb.Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The authority's file lies in a folder of its own that is root's alone, where it is root who runs the tests.
    ways = [word for way in web.connect_to for word in ("--connect-to", way)]
    flags = ("check", *QUICK, *ways, "--format", "json")
    with TemporaryDirectory() as name:
        monkeypatch.chdir(name)
        listed("http://a.example/page")
        assert run(*flags).code == 0
        DEFAULT.chmod(0o444)
        DEFAULT.parent.chmod(0o555)
        with as_nobody(Path()):
            (note,) = report_of(run(*flags))["notes"]
        DEFAULT.parent.chmod(0o755)
        assert note["message"].startswith(f"the state file {DEFAULT} cannot be ")
        monkeypatch.chdir("/")


def in_a_process(*flags: str, limit: int | None = None) -> Ran:
    def prepare() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    finished = subprocess.run(
        [sys.executable, "-m", "rlhf_linkcheck", "check", *flags],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=prepare,
        # What measures coverage keeps a file, too, and would meet the same limit.
        env=None if limit is None else {name: os.environ[name] for name in os.environ if "COV" not in name},
    )
    return Ran(finished.returncode, finished.stdout, finished.stderr)


@pytest.mark.parametrize("limit", [0, 8_192, 40_000])
def test_a_disk_that_is_full_is_one_note_and_the_run_is_whole(web: simweb.Web, limit: int) -> None:
    pages = [f"https://a.example/p{number}" for number in range(50)]
    listed(*pages)
    ran = in_a_process("--format", "json", *QUICK, *web.options, limit=limit)
    report = report_of(ran)
    assert (ran.code, report["complete"], report["summary"]["alive"]) == (0, True, len(pages))
    (note,) = report["notes"]
    assert note["message"].startswith(f"the state file {DEFAULT} cannot ")
    again = report_of(in_a_process("--format", "json", *QUICK, *web.options))
    assert (again["notes"], again["summary"]["alive"]) == ([], len(pages))


def test_two_runs_at_once_on_one_file_both_end_well(web: simweb.Web) -> None:
    pages = [f"https://a.example/p{number}" for number in range(40)]
    listed(*pages)
    arguments = [sys.executable, "-m", "rlhf_linkcheck", "check", "--format", "json", *QUICK, *web.options]
    runs = [subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    for one in runs:
        out, err = one.communicate(timeout=60)
        report = report_of(Ran(one.returncode, out, err))
        assert (report["exit_code"], report["notes"], report["summary"]["alive"]) == (0, [], len(pages))
    before = len(web.log.requests)
    report = report_of(in_a_process("--format", "json", *QUICK, *web.options))
    assert (len(cached(report)), len(web.log.requests)) == (len(pages), before)
    assert sorted(path.name for path in DEFAULT.parent.iterdir()) == [".gitignore", "state.sqlite3"]
