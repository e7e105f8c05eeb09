"""Fetch the report of the last audit that was carried out: it remembers where the cache does not."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

ARTIFACT = "nightly-audit-report"
PATIENCE = 120.0
"""Seconds for one question."""
NOT_CARRIED_OUT = 3


class RecallError(Exception):
    """That there is no saying whether there is a report; its text is one line."""


def main() -> None:
    """Say where the report is. Where nobody can tell, and no cache remembers, there is no audit: all would be new."""
    try:
        report = fetched(Path(os.environ["RUNNER_TEMP"], "last-audit"))
    except RecallError as error:
        if not (Path(os.environ["MEMORY"]) / "state.sqlite3").is_file():
            _command("error", f"no audit: no cache is left, and the last report cannot be had: {error}")
            sys.exit(NOT_CARRIED_OUT)
        _command("warning", f"the cache alone remembers: the last report cannot be had: {error}")
        return
    if report is not None:
        with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as outputs:
            outputs.write(f"report={report}\n")


def fetched(folder: Path) -> Path | None:
    """The report of the newest artifact in a folder; None where there is no artifact. Raises RecallError."""
    repository = os.environ["GITHUB_REPOSITORY"]
    told = _gh("api", f"repos/{repository}/actions/artifacts?name={ARTIFACT}&per_page=100")
    try:
        run = last_run(json.loads(told)["artifacts"], os.environ["GITHUB_REF_NAME"])
    except (ValueError, KeyError, TypeError) as error:
        raise RecallError("what the API says is no list of artifacts") from error
    if run is None:
        return None
    _gh("run", "download", str(run), "--repo", repository, "--name", ARTIFACT, "--dir", str(folder))
    report = folder / "report.json"
    if not report.is_file():
        raise RecallError(f"the artifact of run {run} holds no report.json")
    return report


def last_run(artifacts: Iterable[Mapping[str, Any]], branch: str) -> int | None:
    """The run of the newest artifact that is left, of this repository's branch; None for none.

    A fork's pull request may leave one by the same name, and its branch may have this one's name, too.
    Source: https://docs.github.com/rest/actions/artifacts#list-artifacts-for-a-repository
    """
    ours = [
        (int(one["id"]), int(run["id"]))
        for one in artifacts
        if (run := one["workflow_run"])
        and not one["expired"]
        and run["head_branch"] == branch
        and run["head_repository_id"] == run["repository_id"]
    ]
    return max(ours)[1] if ours else None


def _gh(*arguments: str) -> str:
    """What GitHub's own command line says, which every runner of theirs has. Raises RecallError."""
    try:
        asked = subprocess.run(  # noqa: S603 - no shell, and nothing of it is a stranger's
            ["gh", *arguments],  # noqa: S607 - whatever gh the runner has
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise RecallError(f"gh: {type(error).__name__}") from error
    if asked.returncode:
        said = " ".join(asked.stderr.decode("utf-8", "replace").split())
        raise RecallError(f"gh {arguments[0]}: {said[:300] or f'exit code {asked.returncode}'}")
    return asked.stdout.decode("utf-8", "replace")


def _command(name: str, text: str) -> None:
    """An order to the runner, escaped as https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    print(f"::{name} title=nightly audit::{escaped}", flush=True)


if __name__ == "__main__":
    main()
