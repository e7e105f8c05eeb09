"""What the nightly audit's scripts decide, each by itself."""

import json
from pathlib import Path
from typing import Any

import pytest
import recall_report
import run_audit
from golden_report import EMPTY
from recall_report import RecallError, UnreadableError

from rlhf_linkcheck.reporters import REPORTERS, Style


def artifact(number: int, **about: Any) -> dict[str, Any]:
    run = {"id": 100 + number, "head_branch": "main", "repository_id": 1, "head_repository_id": 1}
    return {"id": number, "expired": False, "workflow_run": run} | about


def of(**run: Any) -> dict[str, Any]:
    return {**artifact(9)["workflow_run"], **run}


@pytest.mark.parametrize(
    ("newest", "run"),
    [
        (artifact(9), 109),
        (artifact(9, expired=True), 102),
        (artifact(9, workflow_run=None), 102),
        (artifact(9, workflow_run=of(head_branch="proposal")), 102),
        (artifact(9, workflow_run=of(head_repository_id=2)), 102),
    ],
    ids=["its own", "expired", "of a run that was deleted", "of another branch", "of a fork"],
)
def test_the_last_report_is_the_newest_of_the_repositorys_own_branch(newest: dict[str, Any], run: int) -> None:
    assert recall_report.last_runs([artifact(1), newest, artifact(2)], "main")[0] == run


def test_of_no_artifacts_none_is_the_last() -> None:
    assert recall_report.last_runs([], "main") == []


@pytest.mark.parametrize(
    ("gh", "said"),
    [
        (None, "gh: FileNotFoundError"),
        ("exec sleep 60", "gh: TimeoutExpired"),
        ("echo 'HTTP 403:\n no permission' >&2; exit 1", "gh api: HTTP 403: no permission"),
        ("exit 4", "gh api: exit code 4"),
        ("echo '<html>'", "what the API says is no list of artifacts"),
        ("echo '{}'", "what the API says is no list of artifacts"),
        ("""[ $1 = run ] || echo '{"artifacts": [%s]}'""", "the artifact of run 7 holds no report.json"),
    ],
    ids=["no gh", "no answer", "refused", "silent", "no JSON", "other JSON", "empty"],
)
def test_what_cannot_be_had_is_told_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gh: str | None, said: str
) -> None:
    run = '{"id": 7, "head_branch": "main", "repository_id": 1, "head_repository_id": 1}'
    if gh is not None:
        script = gh.replace("%s", f'{{"id": 1, "expired": false, "workflow_run": {run}}}')
        (tmp_path / "gh").write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
        (tmp_path / "gh").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin" if gh else str(tmp_path))
    monkeypatch.setenv("GITHUB_REPOSITORY", "a/b")
    monkeypatch.setenv("GITHUB_REF_NAME", "main")
    monkeypatch.setattr(recall_report, "PATIENCE", 0.05 if gh == "exec sleep 60" else 20)
    with pytest.raises((RecallError, UnreadableError)) as error:
        recall_report.fetched(tmp_path / "last")
    assert str(error.value) == said


GH = """\
#!/bin/sh
case "$1" in
    api) cat artifacts.json ;;
    run) mkdir -p "$9" && cp "$3.json" "$9/report.json" ;;
esac
"""
"""One that hands out the files of the working directory, named by their runs."""


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Six artifacts, of the runs 101 to 106, and what a step is told."""
    (tmp_path / "gh").write_text(GH, encoding="utf-8")
    (tmp_path / "gh").chmod(0o755)
    (tmp_path / "memory").mkdir()
    (tmp_path / "outputs").touch()
    told = {"artifacts": [artifact(number) for number in range(1, 7)]}
    (tmp_path / "artifacts.json").write_text(json.dumps(told), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", f"{tmp_path}:/bin:/usr/bin")
    given = {"REPOSITORY": "a/b", "REF_NAME": "main", "OUTPUT": "outputs"}
    for name, value in given.items():
        monkeypatch.setenv(f"GITHUB_{name}", value)
    monkeypatch.setenv("RUNNER_TEMP", ".")
    monkeypatch.setenv("MEMORY", "memory")
    return tmp_path


def saved(store: Path, **texts: str | None) -> None:
    """What each run's report holds; None where it cannot be downloaded."""
    whole = "".join(REPORTERS["json"].parts(EMPTY, Style()))
    for number in range(101, 107):
        text = texts.get(f"of_{number}", whole)
        if text is not None:
            (store / f"{number}.json").write_text(text, encoding="utf-8")


OLDER = "::warning title=nightly audit::the report of run {} is the newest that can be read: "
NONE = dict.fromkeys((f"of_{number}" for number in range(102, 107)), "[]")


@pytest.mark.parametrize(
    ("texts", "run", "said"),
    [
        ({}, 106, ""),
        ({"of_106": "{"}, 105, OLDER.format(105) + "the report of run 106 is none of this tool: $: not JSON"),
        ({"of_106": None, "of_105": "[]"}, 104, OLDER.format(104) + "gh run: cp: "),
        (
            NONE,
            None,
            "::warning title=nightly audit::all is called new tonight: of the reports of the last nights none",
        ),
    ],
    ids=["the newest", "a spoilt one", "one that cannot be had", "five spoilt ones"],
)
def test_the_newest_report_that_can_be_read_is_the_memory(
    store: Path, capsys: pytest.CaptureFixture[str], texts: dict[str, str | None], run: int | None, said: str
) -> None:
    saved(store, **texts)
    recall_report.main()
    told = "" if run is None else f"report={Path('last-audit', str(run), 'report.json')}\n"
    assert (store / "outputs").read_text(encoding="utf-8") == told
    assert capsys.readouterr().out.startswith(said)


def test_where_no_report_can_be_read_the_cache_alone_remembers(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    saved(store, **NONE)
    (store / "memory/state.sqlite3").touch()
    recall_report.main()
    assert (store / "outputs").read_text(encoding="utf-8") == ""
    assert capsys.readouterr().out.startswith(
        "::warning title=nightly audit::the cache alone remembers: of the reports"
    )


def test_what_cannot_be_had_tonight_may_be_there_tomorrow(store: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """So it is no first night, though all others are spoilt."""
    saved(store, **{**NONE, "of_104": None})
    with pytest.raises(SystemExit) as left:
        recall_report.main()
    assert left.value.code == recall_report.NOT_CARRIED_OUT
    assert capsys.readouterr().out.startswith("::error title=nightly audit::no audit: no cache is left")


def test_options_come_in_an_order_in_which_the_operators_win() -> None:
    given = {
        "REPORTS": "r",
        "MEMORY": "m",
        "PREVIOUS": "p.json",
        "LISTS": "-x.yaml 'a b.md'",
        "ARGS": "--deadline '5m'",
    }
    assert run_audit.arguments(given) == [
        *("--out=r", "--state=m/state.sqlite3", "--previous=p.json", "--deadline=15m"),
        *("--no-progress", "--color=always", "--deadline", "5m", "--", "-x.yaml", "a b.md"),
    ]
    assert run_audit.arguments({"REPORTS": "r", "MEMORY": "m"}) == [
        *("--out=r", "--state=m/state.sqlite3", "--deadline=15m", "--no-progress", "--color=always", "--")
    ]
