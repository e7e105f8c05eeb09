"""Run the check as the action's inputs say, and put what it found where people and later steps look for it."""

import json
import os
import secrets
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from rlhf_linkcheck.git import ask_git
from rlhf_linkcheck.since.checkout import root_of

OPTIONS = ("fail-on", "select", "ignore", "config", "baseline", "schema", "max-age", "deadline")
"""The inputs that the tool has options for, by the same names."""
REPORTS = {"json": "report.json", "markdown": "report.md", "sarif": "report.sarif", "github": "annotations.txt"}
SWITCHES = ("offline", "annotations", "summary", "sarif", "cache")
COUNTS = ("errors", "warnings", "infos", "dead", "links")
TROUBLE, NO_WAY_OUT = 2, 3

READ_ONLY = "at a pull request from a fork, and where Dependabot pushes, the token may not write"
INCOMPLETE = "the run is incomplete, and alerts of what was not looked at would be closed"
PARTIAL = "the run was over a part of the list, and the branch's alerts of the rest would be closed"
PARTS = ("--since", "--entry")
"""The options by which only a part of the list is judged."""
DEPENDABOT = "dependabot[bot]"
DEPENDABOTS_PUSHES = frozenset({"push", "create", "deployment", "deployment_status"})
"""The events besides those of pull requests at which Dependabot's token may not write."""
PROPOSALS = ("pull_request", "merge_group")
"""What an event holds that is about changes which somebody proposes."""
NO_MEMORY = "At a pull request nothing is remembered: no state file was read, whatever the pull request holds."


class InputError(Exception):
    """An input that cannot be used; its text is one line."""


class Inputs:
    """What the workflow's `with:` says, as the step's environment has it."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment

    def text(self, name: str) -> str:
        """What is given, without the blanks around it; empty where nothing is."""
        return self._environment.get(f"INPUT_{name.replace('-', '_').upper()}", "").strip()

    def truth(self, name: str) -> bool:
        """Raises InputError for what is neither true nor false: a slip must not turn something off in silence."""
        value = self.text(name)
        if value not in ("true", "false"):
            raise InputError(f"{name}: write true or false, not «{value}»")
        return value == "true"

    def words(self, name: str) -> list[str]:
        """The words, quoted as in a shell. Raises InputError."""
        try:
            return shlex.split(self.text(name))
        except ValueError as error:
            raise InputError(f"{name}: quotes that do not close ({error})") from error


def main() -> None:
    """Check, then tell; the exit code is an output, because the steps to come must run whatever it is."""
    inputs = Inputs(os.environ)
    event = json.loads(Path(os.environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    reports = Path(os.environ["REPORTS"])
    try:
        for name in SWITCHES:
            inputs.truth(name)
        os.chdir(_folder(inputs))
        code = _check(arguments(inputs, event, reports, _state()))
    except InputError as error:
        _command("error", str(error))
        code = TROUBLE
    _tell(inputs, event, reports, code)


def _folder(inputs: Inputs) -> Path:
    folder = Path(os.environ["GITHUB_WORKSPACE"]) / inputs.text("working-directory")
    if not folder.is_dir():
        raise InputError(f"working-directory: there is no folder {inputs.text('working-directory')}")
    return folder


def _state() -> Path | None:
    """Outside the checkout, so that none can be brought there; None where there is no cache to keep it in."""
    if os.environ.get("REMEMBERED") != "success":
        return None
    folder = Path(os.environ["MEMORY"])
    folder.mkdir(exist_ok=True)
    return folder / "state.sqlite3"


def arguments(inputs: Inputs, event: Mapping[str, Any], reports: Path, state: Path | None) -> list[str]:
    """What the command line is. Raises InputError."""
    given = [f"--{name}={inputs.text(name)}" for name in OPTIONS if inputs.text(name)]
    since = inputs.text("since") or base_of(event)
    if since:
        given.append(f"--since={since}")
    if inputs.truth("offline"):
        given.append("--offline")
    given.append(f"--state={state}" if state else "--no-state")
    given += [f"--report={name}={reports / file}" for name, file in REPORTS.items()]
    # An input that begins with a dash is a file's name all the same.
    return [*given, "--no-progress", "--color=always", *inputs.words("args"), "--", *inputs.words("inputs")]


def base_of(event: Mapping[str, Any]) -> str:
    """What a pull request, or a merge queue's group of them, is held against; empty for another event.

    That is what it was merged with, where the merge is checked out. The event tells of the base as it was when the pull
    request last changed: others may have been merged since then, and nobody is to be blamed for others' links.
    """
    if "merge_group" in event:
        return str(event["merge_group"]["base_sha"])
    if "pull_request" not in event:
        return ""
    head, base, other = (_commit(name) for name in ("HEAD", "HEAD^1", "HEAD^2"))
    merged = os.environ["GITHUB_REF"].startswith("refs/pull/") and head == os.environ["GITHUB_SHA"]
    if merged and base and other:
        return "HEAD^1"
    return str(event["pull_request"]["base"]["sha"])


def _commit(name: str) -> str:
    """The commit's hash, empty where there is none, or no git to ask: then the tool says so, in better words."""
    root = root_of("any file here")
    if root is None:
        return ""
    try:
        asked = ask_git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout.decode("ascii").strip()


def _check(given: list[str]) -> int:
    """Run the tool; nothing that it prints is taken for an order to the runner, whatever the list says."""
    command = [sys.executable, "-I", "-X", "utf8", "-m", "rlhf_linkcheck", "check", *given]
    token = secrets.token_hex(16)
    _log(f"::stop-commands::{token}")
    # One stream: of two, the runner may read the end of one before the start of the other.
    code = subprocess.run(command, stderr=subprocess.STDOUT, check=False).returncode  # noqa: S603 - no shell
    _log(f"\n::{token}::")
    return code if code >= 0 else 128 - code  # as a shell says it of who was ended by a signal


def _tell(inputs: Inputs, event: Mapping[str, Any], reports: Path, code: int) -> None:
    """Annotations, summary and outputs."""
    written = {name: reports / file for name, file in REPORTS.items() if (reports / file).is_file()}
    outputs = {"exit-code": str(code)} | {
        f"report-{name}": str(path) for name, path in written.items() if name != "github"
    }
    complete = False
    if "json" in written:
        report = json.loads(written["json"].read_text(encoding="utf-8"))
        complete = report["complete"]
        outputs |= {name: str(report["summary"][name]) for name in COUNTS}
    else:
        _command("error", f"nothing was checked (exit code {code}): the log of this step says why")
    if code == NO_WAY_OUT:
        _command("error", "the check could not be carried out: there is no way out to the network")
    if inputs.text("annotations") == "true" and "github" in written:
        _log(written["github"].read_text(encoding="utf-8"))
    if inputs.text("summary") == "true":
        _summarise(written.get("markdown"), code, at_pull_request=not event.keys().isdisjoint(PROPOSALS))
    if inputs.text("sarif") == "true" and "sarif" in written:
        kept_back = _why_not_upload(inputs, event, complete=complete)
        if kept_back:
            _command("notice", f"the SARIF report was not uploaded: {kept_back}")
        else:
            outputs["upload"] = str(_for_code_scanning(written["sarif"]))
    with Path(os.environ["GITHUB_OUTPUT"]).open("a", encoding="utf-8") as file:
        file.writelines(f"{name}={value}\n" for name, value in outputs.items())


def _why_not_upload(inputs: Inputs, event: Mapping[str, Any], *, complete: bool) -> str:
    """Why code scanning is not to get the report; empty where it is."""
    if not may_write(event, os.environ["GITHUB_EVENT_NAME"], os.environ["GITHUB_ACTOR"]):
        return READ_ONLY
    if not complete:
        return INCOMPLETE
    # What is proposed has alerts of its own; elsewhere they are those of the branch.
    proposed = not event.keys().isdisjoint(PROPOSALS)
    return PARTIAL if not proposed and is_partial(inputs) else ""


def is_partial(inputs: Inputs) -> bool:
    """Whether the workflow asks for a part of the list. Raises InputError."""
    given = {word.partition("=")[0] for word in inputs.words("args")}
    return bool(inputs.text("since")) or not given.isdisjoint(PARTS)


def _for_code_scanning(report: Path) -> Path:
    """The report without what is suppressed: to code scanning that would be an alert like any other."""
    document = json.loads(report.read_text(encoding="utf-8"))
    for run in document["runs"]:
        run["results"] = [result for result in run["results"] if not result["suppressions"]]
    upload = report.with_name("upload.sarif")
    upload.write_text(json.dumps(document), encoding="utf-8")
    return upload


def _summarise(report: Path | None, code: int, *, at_pull_request: bool) -> None:
    text = report.read_text(encoding="utf-8") if report else f"rlhf-linkcheck checked nothing: exit code {code}.\n"
    with Path(os.environ["GITHUB_STEP_SUMMARY"]).open("a", encoding="utf-8") as summary:
        summary.write(text)
        if at_pull_request:
            summary.write(f"\n{NO_MEMORY}\n")


def may_write(event: Mapping[str, Any], name: str, actor: str) -> bool:
    """Whether the job's token can have more than read permissions, as forks' and Dependabot's cannot.

    Source: https://docs.github.com/actions/reference/security/securely-using-pull_request_target and
    https://docs.github.com/code-security/reference/supply-chain-security/troubleshoot-dependabot
    """
    pull = event.get("pull_request")
    if pull is None:
        return actor != DEPENDABOT or name not in DEPENDABOTS_PUSHES
    # The repository of a fork that was deleted is null.
    home = (pull["head"].get("repo") or {}).get("full_name")
    return bool(home == event["repository"]["full_name"]) and actor != DEPENDABOT


def _command(name: str, text: str) -> None:
    """An order to the runner, escaped as https://github.com/actions/toolkit/blob/main/packages/core/src/command.ts."""
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    _log(f"::{name} title=rlhf-linkcheck::{escaped}")


def _log(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main()
