"""Run the nightly audit, and put what it found where people, later steps and the next night look for it."""

import json
import os
import secrets
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

FINISHED = frozenset({0, 1})
"""The exit codes of an audit that was carried out."""
TROUBLE, NO_WAY_OUT = 2, 3
BADGE = "badge.json"
"""An audit of a part has none."""
DEADLINE = "15m"
"""The job has twenty minutes, and what a run that is killed has seen is lost."""
NOT_CARRIED_OUT = "The audit could not be carried out (exit code {}); what earlier nights saw stays as it was.\n"


def main() -> None:
    """Audit, then tell; the exit code is an output, because the steps to come must run whatever it is."""
    reports = Path(os.environ["REPORTS"])
    try:
        given = arguments(os.environ)
    except ValueError as error:
        _command("error", f"NIGHTLY_AUDIT_LISTS or args: quotes that do not close ({error})")
        code = TROUBLE
    else:
        Path(os.environ["MEMORY"]).mkdir(exist_ok=True)
        code = _audit(given)
    _tell(reports, code)


def arguments(environment: Mapping[str, str]) -> list[str]:
    """What the command line is. Raises ValueError for quotes that do not close."""
    lists, more = (shlex.split(environment.get(name, "")) for name in ("LISTS", "ARGS"))
    given = [f"--out={environment['REPORTS']}", f"--state={Path(environment['MEMORY']) / 'state.sqlite3'}"]
    if environment.get("PREVIOUS"):
        given.append(f"--previous={environment['PREVIOUS']}")
    if environment.get("ISSUE"):
        given.append(f"--issue={environment['ISSUE']}")
    # An input that begins with a dash is a file's name all the same, and of an option given twice the later one wins.
    return [*given, f"--deadline={DEADLINE}", "--no-progress", "--color=always", *more, "--", *lists]


def _audit(given: list[str]) -> int:
    """Run the tool; nothing that it prints is taken for an order to the runner, whatever the list says."""
    command = [sys.executable, "-I", "-X", "utf8", "-m", "rlhf_linkcheck", "audit", *given]
    token = secrets.token_hex(16)
    _log(f"::stop-commands::{token}")
    # One stream: of two, the runner may read the end of one before the start of the other.
    code = subprocess.run(command, stderr=subprocess.STDOUT, check=False).returncode  # noqa: S603 - no shell
    _log(f"\n::{token}::")
    return code if code >= 0 else 128 - code  # as a shell says it of who was ended by a signal


def _tell(reports: Path, code: int) -> None:
    """Summary and outputs."""
    finished = _is_finished(reports)
    whole = finished and (reports / BADGE).is_file()
    outputs = {"exit-code": str(code), "carried-out": str(finished).lower(), "whole": str(whole).lower()}
    markdown = reports / "report.md"
    told = markdown.read_text(encoding="utf-8") if markdown.is_file() else ""
    if told:
        outputs["report"] = str(reports)
    if whole:
        outputs["site"] = str(_site_of(reports))
    if finished:
        if code not in FINISHED:
            _command("error", "the audit was carried out, and the tracking issue is not kept up: the log says why")
    else:
        why = "there is no way out to the network" if code == NO_WAY_OUT else "the log of this step says why"
        _command("error", f"the audit could not be carried out (exit code {code}): {why}")
        told = NOT_CARRIED_OUT.format(code) + (f"\n{told}" if told else "")
    with Path(os.environ["GITHUB_STEP_SUMMARY"]).open("a", encoding="utf-8") as summary:
        summary.write(told)
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in outputs.items())


def _is_finished(reports: Path) -> bool:
    """Whether the audit came to its end, by its report: what comes after that may have failed for itself."""
    report = reports / "report.json"
    return report.is_file() and json.loads(report.read_text(encoding="utf-8"))["exit_code"] in FINISHED


def _site_of(reports: Path) -> Path:
    """What Pages shows: the report as the page of the folder, and beside it what a badge and a program read."""
    site = reports.parent / "site"
    site.mkdir()
    for name, shown in (("report.html", "index.html"), (BADGE, BADGE), ("report.json", "report.json")):
        shutil.copyfile(reports / name, site / shown)
    return site


def _command(name: str, text: str) -> None:
    """An order to the runner, escaped as https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    _log(f"::{name} title=nightly audit::{escaped}")


def _log(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
