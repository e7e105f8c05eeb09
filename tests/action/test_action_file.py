"""What action.yml promises, what it hands on, and what the documentation says of it are the same."""

import re
from pathlib import Path
from typing import Any

import pytest
import run_check
import yaml
from actions_runner import PINNED, ROOT

ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
NOT_FOR_THE_CHECK = {"python", "token"}


def test_every_input_is_optional_described_and_handed_on() -> None:
    (check,) = (step for step in ACTION["runs"]["steps"] if step.get("id") == "check")
    handed = {name for name in check["env"] if name.startswith("INPUT_")}
    assert handed == {f"INPUT_{name.replace('-', '_').upper()}" for name in ACTION["inputs"].keys() - NOT_FOR_THE_CHECK}
    for about in ACTION["inputs"].values():
        assert about["description"]
        assert about["required"] is False
        assert "default" in about
    assert set(run_check.OPTIONS) <= ACTION["inputs"].keys()
    assert set(run_check.SWITCHES) <= ACTION["inputs"].keys()


def test_each_python_is_isolated_and_speaks_utf_8_whatever_the_machine_does() -> None:
    """Isolated it heeds no PYTHONUTF8; Windows' code page, or a locale of old, knows few of the letters of titles."""
    scripts = [step["run"] for step in ACTION["runs"]["steps"] if "PYTHON" in step.get("env", {})]
    assert [script.split("/", 1)[0] for script in scripts] == ['"$PYTHON" -I -X utf8 "$GITHUB_ACTION_PATH'] * 2


def test_inputs_and_outputs_are_documented() -> None:
    page = (ROOT / "docs/pull-requests.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([a-z-]+)` \|", page, re.MULTILINE))
    assert told == ACTION["inputs"].keys() | ACTION["outputs"].keys()


@pytest.mark.parametrize("path", [ROOT / "action.yml", *WORKFLOWS], ids=lambda path: path.name)
def test_scripts_hold_no_expressions_and_actions_are_pinned(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    document = yaml.safe_load(text)
    jobs = [document["runs"]] if "runs" in document else document["jobs"].values()
    for step in (step for job in jobs for step in job["steps"]):
        assert "${{" not in step.get("run", "")
        used = step.get("uses", "./")
        assert used == "./" or PINNED.fullmatch(used)
        if used != "./":
            assert re.search(re.escape(used) + r" # v\d+\.\d+\.\d+$", text, re.MULTILINE), (
                "the version stands beside it"
            )


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_workflows_have_no_permission_but_what_a_job_says(path: Path) -> None:
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["group"]
    assert "pull_request_target" not in workflow[True], "YAML 1.1 reads «on» as a truth"
    for job in workflow["jobs"].values():
        assert job["timeout-minutes"] <= 20
        assert job["permissions"]
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


def example(page: str) -> Any:
    """The first YAML in a page of the documentation."""
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    return yaml.safe_load(text.split("```yaml\n")[1].split("```")[0])


def test_the_workflow_to_copy_is_as_careful_as_our_own() -> None:
    workflow = example("pull-requests.md")
    ours = yaml.safe_load((ROOT / ".github/workflows/pr-check.yml").read_text(encoding="utf-8"))
    assert workflow[True].keys() == ours[True].keys() == {"pull_request"}
    assert workflow["permissions"] == ours["permissions"]
    (job,), (own,) = workflow["jobs"].values(), ours["jobs"].values()
    assert job["permissions"] == own["permissions"] == {"contents": "read"}
    assert job["steps"][0] == own["steps"][0]
    assert job["steps"][1:] == [{"uses": "opendilab/rlhf-linkcheck@v1"}]


def test_the_hooks_to_copy_are_those_that_there_are() -> None:
    (told,) = example("contributing-a-paper.md")["repos"]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert [hook["id"] for hook in told["hooks"]] == [hook["id"] for hook in hooks]
