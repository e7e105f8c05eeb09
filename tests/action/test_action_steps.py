"""The composite action, step by step, as a runner would take them: against the simulated web, on real repositories."""

import json
import re
import shlex
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from actions_runner import ROOT, Job, Ran, git, run_action
from pull_requests import HOME, pull_request
from wheelhouse import build_wheelhouse

from rlhf_linkcheck import simweb

pytestmark = pytest.mark.unmeasured

QUICK = "--interval 0 --timeout 5 --retries 0 --host-interval *=0"
WEB = """
default: 200
hosts:
  gone.example: {/*: 404}
  down.example: {refuse: true}
papers:
  - {arxiv: "2203.02155", title: Training to Follow Instructions, authors: [Long Ouyang, Jeff Wu]}
  - {arxiv: "2401.00001", title: Something Else Altogether, authors: [Ada Lovelace]}
"""
PUSH = {"repository": {"full_name": HOME}}


def book(name: str, host: str, title: str | None = None) -> str:
    return f"- id: {name}\n  category: book\n  title: {title or f'Book {name}'}\n  url: https://{host}/{name}\n"


def paper(name: str, arxiv: str, title: str, author: str) -> str:
    return (
        f"- id: {name}\n  category: paper\n  title: {title}\n  authors: [{author}]\n  year: 20{arxiv[:2]}\n"
        f"  url: https://arxiv.org/abs/{arxiv}\n"
    )


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The simulated web; what leads there, as an operator's workflow would say it."""
    scenario = tmp_path_factory.mktemp("web") / "web.yaml"
    scenario.write_text(WEB, encoding="utf-8")
    with simweb.spawn(scenario) as served:
        yield f"{QUICK} {shlex.join(served.options)}"


@pytest.fixture
def job(tmp_path: Path) -> Job:
    """A push: the list is there, and no pull request."""
    workspace, caches = tmp_path / "checkout", tmp_path / "caches"
    workspace.mkdir()
    caches.mkdir()
    (workspace / "entries.yaml").write_text(book("a", "fine.example") + book("b", "gone.example"), encoding="utf-8")
    git(workspace, "init", "--quiet")
    git(workspace, "add", "--all")
    git(workspace, "commit", "--quiet", "-m", "The list")
    return Job(tmp_path / "first", workspace, PUSH, caches)


def ran(job: Job, installed: str, use: str = "a", **given: str) -> Ran:
    job.folder.mkdir(exist_ok=True)
    reports = job.folder / "reports"
    reports.mkdir(exist_ok=True)
    inputs = {name.replace("_", "-"): value for name, value in given.items()}
    memory = str(job.temp / "rlhf-linkcheck-state")
    made = {"python": installed, "reports": str(reports), "memory": memory, "use": use}
    return run_action(job, inputs, {"install": made})


def counts(outputs: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(outputs[name] for name in ("exit-code", "errors", "warnings", "infos", "dead", "links"))


def test_a_push_is_checked_whole_and_what_was_heard_is_there_for_the_next(job: Job, web: str, installed: str) -> None:
    first = ran(job, installed, args=web)
    assert first.failed
    assert counts(first.outputs) == ("1", "1", "0", "0", "1", "2")
    assert [path.name for path in job.caches.iterdir()] == ["rlhf-linkcheck-1-Linux-check-0-a"]
    again = Job(job.folder.parent / "second", job.workspace, PUSH, job.caches, run_id="1002")
    second = ran(again, installed, "b", args=web)
    assert counts(second.outputs) == counts(first.outputs)
    links = json.loads(Path(second.outputs["report-json"]).read_text(encoding="utf-8"))["links"]
    assert {link["url"]: link["from_cache"] for link in links} == {
        "https://fine.example/a": True,
        "https://gone.example/b": False,
    }
    assert len(list(job.caches.iterdir())) == 2


def test_two_uses_in_a_job_and_the_jobs_of_a_matrix_do_not_take_each_others_place(job: Job, installed: str) -> None:
    other = Job(job.folder.parent / "other", job.workspace, PUSH, job.caches, index=1)
    for one, use in ((job, "a"), (job, "b"), (other, "c")):
        assert ran(one, installed, use, offline="true").steps["Keep what this run heard"] == "success"
    kept = sorted(path.name.removeprefix("rlhf-linkcheck-1-Linux-check-") for path in job.caches.iterdir())
    assert kept == ["0-a", "0-b", "1-c"]


def test_each_report_is_where_people_look_for_it_and_the_job_notices_nothing(
    job: Job, web: str, installed: str
) -> None:
    found = ran(job, installed, args=web, sarif="true")
    assert [line for line in found.commands if line.startswith("::error ")] == [
        line for line in found.commands if "file=entries.yaml,line=8" in line and "LNK101" in line
    ]
    assert "gone.example" in found.summary
    (upload,) = found.uploaded
    assert results(upload["sarif_file"]) == results(found.outputs["report-sarif"]) == ["LNK101"]
    assert found.exported == ""
    assert found.steps["Fail where the check does"] == "failure"
    assert {path.name for path in job.workspace.iterdir()} == {".git", "entries.yaml"}


def results(path: str) -> list[str]:
    """The rules that a SARIF report has results of."""
    (only,) = json.loads(Path(path).read_text(encoding="utf-8"))["runs"]
    return [result["ruleId"] for result in only["results"]]


def test_what_is_suppressed_is_in_the_report_and_not_in_what_code_scanning_gets(
    job: Job, web: str, installed: str
) -> None:
    """It takes every result for an alert, ``suppressions`` or not."""
    hushed = book("b", "gone.example").replace("\n", "  # linkcheck: ignore[LNK101]\n", 1)
    (job.workspace / "entries.yaml").write_text(hushed + book("c", "gone.example"), encoding="utf-8")
    found = ran(job, installed, args=web, sarif="true")
    (upload,) = found.uploaded
    assert results(found.outputs["report-sarif"]) == ["LNK101", "LNK101"]
    assert results(upload["sarif_file"]) == ["LNK101"]


def test_what_is_incomplete_is_not_uploaded(job: Job, installed: str) -> None:
    """Code scanning would close the alerts of all that was not looked at."""
    found = ran(job, installed, args=f"{QUICK} --connect-to ::127.0.0.1:9", sarif="true")
    assert found.outputs["exit-code"] == "3"
    assert found.outputs["report-sarif"]
    assert found.uploaded == ()
    assert any("::notice " in line and "the run is incomplete" in line for line in found.commands)


def test_what_is_a_part_of_a_branchs_list_is_not_uploaded(job: Job, installed: str) -> None:
    """Likewise, of all that the rest of the list has."""
    found = ran(job, installed, sarif="true", offline="true", since="HEAD")
    assert found.outputs["exit-code"] == "0"
    assert found.uploaded == ()
    assert any("::notice " in line and "over a part of the list" in line for line in found.commands)


def test_what_is_proposed_has_alerts_of_its_own(tmp_path: Path, installed: str) -> None:
    found = ran(proposed_job(tmp_path, {"entries.yaml": PROPOSED}), installed, offline="true", sarif="true")
    assert len(found.uploaded) == 1


@pytest.mark.parametrize(
    ("given", "code", "word"),
    [
        ({"offline": "ja"}, "2", "offline: write true or false, not «ja»"),
        ({"cache": ""}, "2", "cache: write true or false, not «»"),
        ({"args": "--exclude 'x"}, "2", "args: quotes that do not close"),
        ({"working-directory": "none"}, "2", "working-directory: there is no folder none"),
        ({"inputs": "--allow-private"}, "2", "nothing was checked"),
        ({"inputs": "$(touch${IFS}pwned) `touch pwned` ;touch pwned"}, "2", "nothing was checked"),
        ({"select": "ENT\n::warning::x"}, "2", "nothing was checked"),
    ],
)
def test_an_input_that_cannot_be_used_is_an_error_and_never_an_order(
    job: Job, installed: str, given: Mapping[str, str], code: str, word: str
) -> None:
    found = ran(job, installed, **{"offline": "true", **given})
    assert found.failed
    assert found.outputs["exit-code"] == code
    assert word in "\n".join(found.commands)
    assert all(line.startswith("::error title=rlhf-linkcheck::") for line in found.commands)
    assert found.summary == "rlhf-linkcheck checked nothing: exit code 2.\n"
    assert not (job.workspace / "pwned").exists()


def test_what_a_title_says_is_no_order_to_the_runner(job: Job, installed: str) -> None:
    hostile = '"::error::x\\n::set-output name=a::b\\n##[error]x"'
    (job.workspace / "entries.yaml").write_text(book("a", "x", hostile) + book("a", "y", hostile), encoding="utf-8")
    found = ran(job, installed, offline="true", annotations="false", summary="false", args="--color never")
    assert found.outputs["exit-code"] == "1"
    assert found.commands == []
    assert found.summary == ""


def test_a_folder_and_other_options_are_heeded(job: Job, installed: str) -> None:
    (job.workspace / "list").mkdir()
    (job.workspace / "list" / "my entries.yaml").write_text(book("a", "x") + book("a", "y"), encoding="utf-8")
    found = ran(
        job,
        installed,
        offline="true",
        working_directory="list",
        inputs="'my entries.yaml'",
        select="ENT",
        fail_on="never",
    )
    assert not found.failed
    assert found.outputs["exit-code"] == "0"
    assert found.outputs["errors"] == "1"
    assert found.steps["Upload the report to code scanning"] == "skipped"


def test_without_a_cache_nothing_is_kept(job: Job, installed: str) -> None:
    found = ran(job, installed, offline="true", cache="false")
    assert found.steps["Remember what earlier runs heard"] == "skipped"
    assert found.steps["Keep what this run heard"] == "skipped"
    assert not any(job.caches.iterdir())


BEFORE = book("kept", "down.example") + book("moved", "fine.example") + book("last", "fine.example")
MEANWHILE = book("theirs", "gone.example") + BEFORE
GOOD = paper("instruct", "2203.02155", "Training to Follow Instructions", "Long Ouyang, Jeff Wu")
WRONG = paper("wrong", "2401.00001", "A Study of Reward Models", "Grace Hopper")
NEW = GOOD + WRONG + book("dead", "gone.example")
PROPOSED = book("kept", "down.example") + book("last", "fine.example") + book("moved", "fine.example") + NEW
"""An old entry is only moved, and another one's host is down; others merge a dead link meanwhile."""


def proposed_job(tmp_path: Path, proposed: Mapping[str, str], *, fork: bool = False, depth: int = 2) -> Job:
    before, meanwhile = {"entries.yaml": BEFORE}, {"entries.yaml": MEANWHILE}
    made = pull_request(tmp_path / "origin", before, meanwhile, proposed, fork=fork)
    (tmp_path / "caches").mkdir()
    checkout = made.check_out(tmp_path / "checkout", depth)
    return Job(tmp_path / "job", checkout, made.event, tmp_path / "caches", name="pull_request")


def test_a_pull_request_answers_for_its_own_entries_by_the_tool_that_the_action_installs(
    tmp_path: Path, web: str
) -> None:
    """Only GitHub's own actions are played here: pip builds and installs the tool, from wheels at hand."""
    job = proposed_job(tmp_path, {"entries.yaml": PROPOSED})
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    build_wheelhouse(tmp_path / "wheels", *project["dependencies"], "hatchling")
    job.environment = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(tmp_path / "wheels"), **_brought_along(job)}
    found = run_action(job, {"args": web})
    assert "brought by" not in found.log
    assert counts(found.outputs) == ("1", "2", "0", "0", "1", "3"), found.log
    lines = (job.workspace / "entries.yaml").read_text(encoding="utf-8").splitlines()
    wrong, dead = (
        next(number for number, line in enumerate(lines, 1) if end in line)
        for end in ("2401.00001", "gone.example/dead")
    )
    assert [re.sub(r",end.*|,col.*", "", line) for line in found.commands if line.startswith("::error ")] == [
        f"::error file=entries.yaml,line={wrong}",
        f"::error file=entries.yaml,line={dead}",
    ]
    told = found.log + found.summary
    for silent in ("Book theirs", "Book moved", "Book last", "Book kept", "down.example", "gone.example/theirs"):
        assert silent not in told


def _brought_along(job: Job) -> dict[str, str]:
    """What a pull request might hope that Python or pip picks up, and an environment that even leads there."""
    for name in ("pip", "venv", "rlhf_linkcheck", "sitecustomize", "json", "typer"):
        (job.workspace / f"{name}.py").write_text("raise SystemExit('brought by the pull request')", encoding="utf-8")
    for name in ("pip.conf", "constraints.txt"):
        (job.workspace / name).write_text("[global]\nindex-url = http://127.0.0.1:9/\n", encoding="utf-8")
    return {
        "PIP_CONFIG_FILE": "pip.conf",
        "PIP_CONSTRAINT": "constraints.txt",
        "PIP_TARGET": str(job.workspace / "target"),
        "PYTHONPATH": str(job.workspace),
    }


def test_a_forks_pull_request_brings_neither_settings_nor_memory(tmp_path: Path, web: str, installed: str) -> None:
    forged = {
        "entries.yaml": BEFORE + book("dead", "gone.example") + book("inner", "127.0.0.1"),
        "rlhf-linkcheck.toml": 'allow-private = true\nconnect-to = [":::1"]\nignore = ["LNK", "ENT"]\nstate = "s"\n',
        ".rlhf-linkcheck/state.sqlite3": "forged",
    }
    job = proposed_job(tmp_path, forged, fork=True)
    found = ran(job, installed, args=web, sarif="true")
    assert found.failed
    assert counts(found.outputs) == ("1", "1", "1", "0", "1", "2")
    assert found.uploaded == ()
    assert any("::notice " in line and "SARIF" in line for line in found.commands)
    assert found.steps["Remember what earlier runs heard"] == "skipped"
    assert found.steps["Keep what this run heard"] == "skipped"
    assert "no state file was read" in found.summary
    assert "rlhf-linkcheck.toml" in found.summary
    assert {path.name for path in job.workspace.iterdir()} == {".git", *(name.split("/")[0] for name in forged)}
    assert (job.workspace / ".rlhf-linkcheck" / "state.sqlite3").read_text(encoding="utf-8") == "forged"


def test_a_pull_request_without_its_base_says_how_to_check_it_out(tmp_path: Path, installed: str) -> None:
    found = ran(proposed_job(tmp_path, {"entries.yaml": PROPOSED}, depth=1), installed, offline="true")
    assert found.outputs["exit-code"] == "2"
    assert "the clone is shallow" in found.log
    assert "fetch-depth" in found.log


def test_no_way_out_is_said_and_is_no_finding(job: Job, installed: str) -> None:
    found = ran(job, installed, args=f"{QUICK} --connect-to ::127.0.0.1:9")
    assert found.outputs["exit-code"] == "3"
    assert found.outputs["errors"] == "0"
    assert "::error title=rlhf-linkcheck::the check could not be carried out" in "\n".join(found.commands)
