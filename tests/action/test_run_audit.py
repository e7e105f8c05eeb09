"""What the nightly audit's scripts decide, each by itself."""

from pathlib import Path
from typing import Any

import pytest
import recall_report
import run_audit
from recall_report import RecallError


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
    assert recall_report.last_run([artifact(1), newest, artifact(2)], "main") == run


def test_of_no_artifacts_none_is_the_last() -> None:
    assert recall_report.last_run([], "main") is None


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
    with pytest.raises(RecallError) as error:
        recall_report.fetched(tmp_path / "last")
    assert str(error.value) == said


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
