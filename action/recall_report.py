"""Fetch the report of the last audit that was carried out: it remembers where the cache does not."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from rlhf_linkcheck.reporters import ReportError, read_report

ARTIFACT = "nightly-audit-report"
PATIENCE = 120.0
"""Seconds for one question."""
NOT_CARRIED_OUT = 3


MOST_TRIED = 5
"""Reports of so many nights, the newest first."""


class RecallError(Exception):
    """That there is no saying whether there is a report; its text is one line."""


class UnreadableError(Exception):
    """That what should be a report is none, and will not be one tomorrow; its text is one line."""


def main() -> None:
    """Say where the report is. Where nobody can tell, and no cache remembers, there is no audit: all would be new."""
    has_cache = (Path(os.environ["MEMORY"]) / "state.sqlite3").is_file()
    try:
        report = fetched(Path(os.environ["RUNNER_TEMP"], "last-audit"))
    except RecallError as error:
        if not has_cache:
            _command(
                "error", f"no audit: no cache is left, and the last report cannot be had: {error}; run the job again"
            )
            sys.exit(NOT_CARRIED_OUT)
        _command("warning", f"the cache alone remembers: the last report cannot be had: {error}")
        return
    except UnreadableError as error:
        # No later night could read them either: to wait for that would be to wait for ever.
        what_now = "the cache alone remembers" if has_cache else "all is called new tonight"
        _command("warning", f"{what_now}: of the reports of the last nights none can be read: {error}")
        return
    if report is not None:
        with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as outputs:
            outputs.write(f"report={report}\n")


def fetched(folder: Path) -> Path | None:
    """The newest report that can be read, of an artifact, in a folder; None where there is no artifact.

    Raises RecallError where nobody can tell, UnreadableError where none of them is a report.
    """
    repository = os.environ["GITHUB_REPOSITORY"]
    told = _gh("api", f"repos/{repository}/actions/artifacts?name={ARTIFACT}&per_page=100")
    try:
        runs = last_runs(json.loads(told)["artifacts"], os.environ["GITHUB_REF_NAME"])
    except (ValueError, KeyError, TypeError) as error:
        raise RecallError("what the API says is no list of artifacts") from error
    failures: list[RecallError | UnreadableError] = []
    for run in runs[:MOST_TRIED]:
        place = folder / str(run)
        try:
            _gh("run", "download", str(run), "--repo", repository, "--name", ARTIFACT, "--dir", str(place))
            report = _readable(place / "report.json")
        except (RecallError, UnreadableError) as error:
            failures.append(error)
            continue
        if failures:
            _command("warning", f"the report of run {run} is the newest that can be read: {failures[0]}")
        return report
    if not failures:
        return None
    # What could not be fetched tonight may be there tomorrow.
    raise next((one for one in failures if isinstance(one, RecallError)), failures[0])


def last_runs(artifacts: Iterable[Mapping[str, Any]], branch: str) -> list[int]:
    """The runs of the artifacts that are left, of this repository's branch, the newest first.

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
    return [run for _, run in sorted(ours, reverse=True)]


def _readable(report: Path) -> Path:
    """The report, where the tool can read it. Raises UnreadableError."""
    run = report.parent.name
    try:
        read_report(report.read_text(encoding="utf-8"))
    except OSError as error:
        raise UnreadableError(f"the artifact of run {run} holds no report.json") from error
    except (ReportError, UnicodeDecodeError) as error:
        raise UnreadableError(f"the report of run {run} is none of this tool: {error}") from error
    return report


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
