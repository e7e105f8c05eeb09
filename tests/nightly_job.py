"""The job of the nightly audit on the runner of the tests: artifacts are folders, and `gh` is played upon them."""

import json
import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from actions_expressions import as_text, holds, rendered
from actions_runner import PINNED, ROOT, Job, JobRun, Ran

WORKFLOW: dict[Any, Any] = yaml.safe_load((ROOT / ".github/workflows/nightly-audit.yml").read_text(encoding="utf-8"))
TRIGGERS: Mapping[str, Any] = WORKFLOW[True]  # YAML 1.1 reads «on» as a truth

GH = f"""#!{sys.executable} -I
import json, os, pathlib, shutil, sys
store = pathlib.Path(os.environ["ARTIFACTS"])
assert os.environ["GH_TOKEN"] == "ghs_of_this_job"
if (store / "out-of-order").exists():
    sys.exit("error connecting to api.github.com")
match sys.argv[1:]:
    case ["api", path]:
        name = path.removeprefix("repos/%s/actions/artifacts?name=" % os.environ["GITHUB_REPOSITORY"]).split("&")[0]
        every = [json.loads(one.read_text()) for one in store.glob("*/artifact.json")]
        print(json.dumps({{"artifacts": [one for one in every if one["name"] == name]}}))
    case ["run", "download", run, "--repo", _, "--name", name, "--dir", folder]:
        for one in store.glob("*/artifact.json"):
            about = json.loads(one.read_text())
            if (str(about["workflow_run"]["id"]), about["name"]) == (run, name):
                shutil.copytree(one.parent / "files", folder)
    case other:
        sys.exit("gh knows no %s" % other)
"""
"""As far as the job uses it."""


def keep_artifact(store: Path, name: str, files: Path, run: int, **about: Any) -> None:
    """What an upload leaves, as the API tells of it."""
    number = 1 + len(list(store.glob("*/artifact.json")))
    shutil.copytree(files, store / str(number) / "files")
    origin = {"id": run, "head_branch": "main", "repository_id": 1, "head_repository_id": 1}
    told = {"id": number, "name": name, "expired": False, "workflow_run": origin | about}
    (store / str(number) / "artifact.json").write_text(json.dumps(told), encoding="utf-8")


def names_of(store: Path) -> list[str]:
    """The artifacts' names, in the order of their numbers."""
    return [json.loads(one.read_text(encoding="utf-8"))["name"] for one in sorted(store.glob("*/artifact.json"))]


def run_night(job: Job, store: Path, played: Mapping[str, Mapping[str, str]], **given: str) -> Ran:
    """Run the audit's job."""
    audit = WORKFLOW["jobs"]["audit"]
    run = _NightlyRun(job, audit["steps"], played, name="audit")
    run.take_inputs(TRIGGERS["workflow_dispatch"]["inputs"], given)
    run.store = store
    return run.finished({name: {"value": value} for name, value in audit["outputs"].items()})


def publishes(job: Job, ran: Ran) -> bool:
    """Whether the page's job would run after the audit's."""
    needs = {"audit": {"outputs": ran.outputs}}
    return holds(WORKFLOW["jobs"]["pages"]["if"], {"needs": needs, "vars": job.variables})


def published(ran: Ran) -> str:
    """The name of the artifact that the page's job would take."""
    (step,) = WORKFLOW["jobs"]["pages"]["steps"]
    return rendered(step["with"]["artifact_name"], {"needs": {"audit": {"outputs": ran.outputs}}})


class _NightlyRun(JobRun):
    shell = WORKFLOW["defaults"]["run"]["shell"]
    store: Path

    def environment(self) -> dict[str, str]:
        """No action's: a workflow's scripts are told of none."""
        programs = self.job.folder / "bin"
        programs.mkdir(exist_ok=True)
        (programs / "gh").write_text(GH, encoding="utf-8")
        (programs / "gh").chmod(0o755)
        found = super().environment()
        del found["GITHUB_ACTION_PATH"]
        own = {name: rendered(value, self.context) for name, value in WORKFLOW["jobs"]["audit"]["env"].items()}
        return found | own | {"PATH": f"{programs}{os.pathsep}{found['PATH']}", "ARTIFACTS": str(self.store)}

    def used(self, step: Mapping[str, Any]) -> dict[str, str]:
        """What an action of others leaves behind."""
        pinned = PINNED.fullmatch(step["uses"])
        assert pinned, f"{step['uses']} is not pinned by a commit's hash"
        match pinned["action"]:
            case "actions/checkout":
                told = self.told(step)
                assert told["persist-credentials"] == "false"
                if "repository" in told:
                    shutil.copytree(ROOT / "action", self.job.workspace / told["path"] / "action", dirs_exist_ok=True)
                return {}
            case "actions/upload-artifact":
                told = self.told(step)
                assert any(Path(told["path"]).iterdir()), as_text(told["if-no-files-found"])
                keep_artifact(self.store, told["name"], Path(told["path"]), int(self.job.run_id))
                return {}
            case "actions/upload-pages-artifact":
                self.uploaded.append(self.told(step))
                return {}
            case _:
                return super().used(step)
