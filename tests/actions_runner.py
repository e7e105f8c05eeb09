"""A runner for composite actions: what GitHub's does with one, on this machine, in folders of a test's own.

`run:` steps run as they are, by bash. `uses:` steps are played by what they leave on disk: a cache is a folder,
an interpreter is the one that runs the tests, and what would be uploaded is kept.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from actions_expressions import as_text, holds, rendered

ROOT = Path(__file__).parent.parent
PINNED = re.compile(r"(?P<action>[\w.-]+(?:/[\w.-]+)+)@[0-9a-f]{40}")
BASH = ("bash", "--noprofile", "--norc", "-e", "-o", "pipefail")
"""https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell"""


def git(folder: Path, *arguments: str) -> str:
    """What git says, by nobody's settings."""
    nobody = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    settings = ("-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "init.defaultBranch=main")
    ran = subprocess.run(
        ["git", *settings, *arguments],
        cwd=folder,
        env=os.environ | nobody,
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return ran.stdout.strip()


@dataclass
class Job:
    """A job on a machine of its own: the checkout, and the event that started it."""

    folder: Path
    workspace: Path
    event: Mapping[str, Any]
    caches: Path
    name: str = "push"
    actor: str = "octocat"
    run_id: str = "1001"
    index: int = 0
    """Which one of its matrix the job is."""
    environment: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    """What the repository's settings have, as `vars`."""

    @property
    def temp(self) -> Path:
        return self.folder / "_temp"


@dataclass(frozen=True)
class Ran:
    """What can be seen of a run afterwards."""

    failed: bool
    log: str
    summary: str
    outputs: Mapping[str, str]
    steps: Mapping[str, str]
    uploaded: tuple[Mapping[str, str], ...]
    exported: str
    """What was written to GITHUB_ENV and GITHUB_PATH: what the job's other steps would notice."""

    @property
    def commands(self) -> list[str]:
        """The orders that the runner would have carried out; those within ``stop-commands`` are none."""
        given: list[str] = []
        token = None
        for line in self.log.splitlines():
            if token is not None:
                token = None if line == f"::{token}::" else token
            elif line.startswith("::stop-commands::"):
                token = line.removeprefix("::stop-commands::")
            elif line.startswith("::"):
                given.append(line)
        assert token is None, "commands stay stopped"
        return given


def run_action(job: Job, given: Mapping[str, str], played: Mapping[str, Mapping[str, str]] | None = None) -> Ran:
    """Run the action at the root with these inputs. ``played`` are steps, by id, whose outputs alone are given."""
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    run = JobRun(job, action["runs"]["steps"], played or {})
    run.take_inputs(action["inputs"], given)
    return run.finished(action["outputs"])


class JobRun:
    """Steps one after the other, on the machine of a job."""

    shell: str | None = None
    """What scripts run by that do not say so; a composite action's must."""

    def __init__(
        self, job: Job, todo: Sequence[Mapping[str, Any]], played: Mapping[str, Mapping[str, str]], name: str = "check"
    ) -> None:
        self.job, self.todo, self.played = job, todo, played
        self.failed = False
        self.log: list[str] = []
        self.uploaded: list[Mapping[str, str]] = []
        self.outcomes: dict[str, str] = {}
        self.steps: dict[str, dict[str, object]] = {}
        job.temp.mkdir(parents=True, exist_ok=True)
        for file in ("ENV", "PATH", "STEP_SUMMARY"):
            self._file(file).touch()
        self._file("EVENT").write_text(json.dumps(job.event), encoding="utf-8")
        self.context: dict[str, object] = {
            # In a container the context keeps the host's path, which is not there: actions/runner#2185.
            "runner": {"temp": "/of-the-host/_temp", "os": "Linux"},
            "github": {
                "event": job.event,
                "event_name": job.name,
                "job": name,
                "ref_name": job.environment.get("GITHUB_REF_NAME", "main"),
                "repository": job.event["repository"]["full_name"],
                "run_id": job.run_id,
                "run_attempt": "1",
                "token": "ghs_of_this_job",
            },
            "strategy": {"job-index": str(job.index)},
            "vars": job.variables,
            "steps": self.steps,
        }

    def take_inputs(self, declared: Mapping[str, Any], given: Mapping[str, str]) -> None:
        """What was given, else the defaults."""
        assert given.keys() <= declared.keys(), "the runner would only warn of an input that is none"
        self.context["inputs"] = {
            name: given.get(name, rendered(str(about["default"]), self.context)) for name, about in declared.items()
        }

    def _file(self, name: str) -> Path:
        return self.job.folder / f"GITHUB_{name}"

    def finished(self, promised: Mapping[str, Any]) -> Ran:
        """Take all steps; what they come to is put into the outputs that are promised."""
        for number, step in enumerate(self.todo):
            self._step(step, step.get("id", f"__{number}"))
        outputs = {name: rendered(about["value"], self.context) for name, about in promised.items()}
        return Ran(
            self.failed,
            "".join(self.log),
            self._file("STEP_SUMMARY").read_text(encoding="utf-8"),
            outputs,
            self.outcomes,
            tuple(self.uploaded),
            self._file("ENV").read_text(encoding="utf-8") + self._file("PATH").read_text(encoding="utf-8"),
        )

    def _step(self, step: Mapping[str, Any], key: str) -> None:
        if self.failed or not holds(step.get("if", "true"), self.context):
            outputs, outcome = {}, "skipped"
        elif key in self.played:
            outputs, outcome = dict(self.played[key]), "success"
        elif "run" in step:
            outputs, outcome = self._script(step)
        else:
            outputs, outcome = self.used(step), "success"
        self.failed |= outcome == "failure"
        self.outcomes[step["name"]] = outcome
        self.steps[key] = {"outputs": outputs, "outcome": outcome}

    def _script(self, step: Mapping[str, Any]) -> tuple[dict[str, str], str]:
        assert step.get("shell", self.shell) == "bash"
        assert "${{" not in step["run"], "an expression in a script is a part of the script"
        script, outputs = self.job.folder / "script.sh", self._file("OUTPUT")
        script.write_text(step["run"], encoding="utf-8")
        outputs.write_text("", encoding="utf-8")
        own = {name: self._rendered(value) for name, value in step.get("env", {}).items()}
        ran = subprocess.run(
            [*BASH, str(script)],
            cwd=self.job.workspace,
            env=self.environment() | own,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
        self.log.append(ran.stdout.decode())
        told = dict(line.split("=", 1) for line in outputs.read_text(encoding="utf-8").splitlines())
        return told, "failure" if ran.returncode else "success"

    def _rendered(self, value: str | bool) -> str:
        return rendered(as_text(value), self.context)

    def environment(self) -> dict[str, str]:
        """What every script finds there."""
        job = self.job
        sha = git(job.workspace, "rev-parse", "HEAD")
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(job.folder),
            "LANG": "C.UTF-8",
            # The simulated web's own authority comes as an option; to read all others takes a tenth of such a run.
            "SSL_CERT_FILE": os.devnull,
            "CI": "true",
            "GITHUB_ACTIONS": "true",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_ACTOR": job.actor,
            "GITHUB_EVENT_NAME": job.name,
            "GITHUB_EVENT_PATH": str(self._file("EVENT")),
            "GITHUB_REPOSITORY": job.event["repository"]["full_name"],
            "GITHUB_REF": "refs/pull/1/merge" if job.name == "pull_request" else "refs/heads/main",
            "GITHUB_REF_NAME": "1/merge" if job.name == "pull_request" else "main",
            "GITHUB_SHA": sha,
            "GITHUB_WORKSPACE": str(job.workspace),
            "RUNNER_TEMP": str(job.temp),
            **{f"GITHUB_{name}": str(self._file(name)) for name in ("ENV", "PATH", "OUTPUT", "STEP_SUMMARY")},
            **job.environment,
        }

    def used(self, step: Mapping[str, Any]) -> dict[str, str]:
        """What an action of others leaves behind."""
        pinned = PINNED.fullmatch(step["uses"])
        assert pinned, f"{step['uses']} is not pinned by a commit's hash"
        told = self.told(step)
        match pinned["action"]:
            case "actions/setup-python":
                assert told["update-environment"] == "false", "the job's own Python would change"
                return {"python-path": sys.executable}
            case "actions/cache/restore":
                return self._restored(told["key"], told["restore-keys"].split(), Path(told["path"]))
            case "actions/cache/save":
                self._saved(told["key"], Path(told["path"]))
                return {}
            case "github/codeql-action/upload-sarif":
                assert Path(told["sarif_file"]).is_file()
                self.uploaded.append(told)
                return {}
            case other:
                raise NotImplementedError(other)

    def told(self, step: Mapping[str, Any]) -> dict[str, str]:
        """What the step is given."""
        return {name: self._rendered(value) for name, value in step["with"].items()}

    def _restored(self, key: str, prefixes: Sequence[str], path: Path) -> dict[str, str]:
        """The key itself, else of the first beginning that some key has the newest."""
        kept = sorted(self.job.caches.iterdir(), key=lambda cache: cache.stat().st_mtime_ns, reverse=True)
        for wanted in (key, *prefixes):
            for cache in kept:
                if cache.name.startswith(wanted):
                    shutil.copytree(cache, path, dirs_exist_ok=True)
                    return {"cache-hit": str(cache.name == key).lower()}
        return {}

    def _saved(self, key: str, path: Path) -> None:
        """What is there is never written over, and nothing is kept of a path that is not there."""
        if path.exists() and not (self.job.caches / key).exists():
            shutil.copytree(path, self.job.caches / key)
            os.utime(self.job.caches / key)
