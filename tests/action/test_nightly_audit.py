"""The nightly audit's job, step by step, as a runner would take them: nights after one another on the simulated web."""

import json
import shlex
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from actions_runner import ROOT, Job, Ran, git
from builders import NOON
from nightly_job import keep_artifact, names_of, published, publishes, run_night

from rlhf_linkcheck import simweb

pytestmark = pytest.mark.unmeasured

QUICK = "--interval 0 --timeout 5 --retries 0 --host-interval *=0"
DARK = f"{QUICK} --connect-to ::127.0.0.1:9"
WEB = """
default: 200
hosts: {gone.example: {/*: 404}}
repositories: [{github: opendilab/awesome-RLHF, issues: []}]
github: {token: ghs_of_this_job}
"""
LIST = """\
- {id: a, category: book, title: Book A, url: https://fine.example/a}
- {id: b, category: book, title: Book B, url: https://gone.example/b}
"""
REPORTS = {"report.json", "report.md", "report.html", "report.sarif", "badge.json"}


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The simulated web; what leads there, as an operator's variable would say it."""
    scenario = tmp_path_factory.mktemp("web") / "web.yaml"
    scenario.write_text(WEB, encoding="utf-8")
    with simweb.spawn(scenario) as served:
        yield f"{QUICK} {shlex.join(served.options)}"


@dataclass
class Nights:
    """A repository at GitHub over several nights: its checkout, its caches and its artifacts."""

    folder: Path
    installed: str
    repository: str = "opendilab/awesome-RLHF"
    count: int = 0
    variables: Mapping[str, str] = field(default_factory=dict)

    @property
    def caches(self) -> Path:
        return self.folder / "caches"

    @property
    def artifacts(self) -> Path:
        return self.folder / "artifacts"

    @property
    def workspace(self) -> Path:
        return self.folder / "checkout"

    def next(self, usual: str, **given: str) -> "Night":
        """The next night, with what the repository's variable says as usual, and what is given by hand."""
        self.count += 1
        event = {"repository": {"full_name": self.repository}}
        home = self.folder / str(self.count)
        job = Job(home, self.workspace, event, self.caches, name="schedule", run_id=str(1000 + self.count))
        job.variables = {"NIGHTLY_AUDIT_ARGS": usual, **self.variables}
        job.environment = {"NIGHT": (NOON + timedelta(days=self.count)).isoformat()}
        reports = home / "home" / "reports"
        reports.mkdir(parents=True)
        memory = str(job.temp / "rlhf-linkcheck-state")
        played = {"install": {"python": self.installed, "reports": str(reports), "memory": memory}}
        return Night(job, reports, run_night(job, self.artifacts, played, **given))


@dataclass(frozen=True)
class Night:
    job: Job
    folder: Path
    ran: Ran

    @property
    def report(self) -> Any:
        return json.loads((self.folder / "report.json").read_text(encoding="utf-8"))

    @property
    def findings(self) -> list[tuple[str, str, str | None]]:
        return [(one["code"], one["severity"], one["known_since"]) for one in self.report["findings"]]


@pytest.fixture
def nights(tmp_path: Path, installed: str) -> Nights:
    made = Nights(tmp_path, installed)
    for folder in (made.caches, made.artifacts, made.workspace):
        folder.mkdir()
    (made.workspace / "entries.yaml").write_text(LIST, encoding="utf-8")
    git(made.workspace, "init", "--quiet")
    git(made.workspace, "add", "--all")
    git(made.workspace, "commit", "--quiet", "-m", "The list")
    return made


def stamp(number: int) -> str:
    moment: datetime = NOON + timedelta(days=number)
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def test_nights_remember_by_the_cache_and_where_it_is_lost_by_the_last_report(nights: Nights, web: str) -> None:
    first = nights.next(web)
    assert (first.ran.failed, first.findings) == (False, [("LNK101", "warning", None)])
    assert first.ran.summary == (first.folder / "report.md").read_text(encoding="utf-8")
    assert {path.name for path in first.folder.iterdir()} == REPORTS
    assert [path.name for path in nights.caches.iterdir()] == ["nightly-audit-1-Linux-1001-1"]
    second = nights.next(web)
    assert (second.ran.failed, second.findings) == (False, [("LNK101", "warning", stamp(1))])
    shutil.rmtree(nights.caches)
    nights.caches.mkdir()
    third = nights.next(web)
    assert (third.ran.failed, third.findings) == (True, [("LNK101", "error", stamp(1))])
    assert third.ran.outputs["whole"] == "true"
    assert third.ran.steps["Fail where the audit does"] == "failure"
    assert [path.name for path in nights.caches.iterdir()] == ["nightly-audit-1-Linux-1003-1"]
    shutil.rmtree(nights.artifacts)
    nights.artifacts.mkdir()
    fourth = nights.next(web)
    assert (fourth.ran.failed, fourth.findings) == (False, [("LNK101", "error", stamp(1))])
    assert len(fourth.report["history"]["audits"]) == 3
    assert fourth.ran.commands == []
    assert fourth.ran.exported == ""
    assert git(nights.workspace, "status", "--porcelain") == "?? .nightly-audit/"


def test_a_night_without_a_network_leaves_both_memories_as_they_were(nights: Nights, web: str) -> None:
    nights.next(web)
    (nights.artifacts / "out-of-order").touch()
    dark = nights.next(DARK)
    assert dark.ran.failed
    assert dark.ran.outputs["whole"] == "false"
    assert dark.ran.summary.startswith("The audit could not be carried out (exit code 3); what earlier nights saw")
    assert [line.split("::")[1].split(" ")[0] for line in dark.ran.commands] == ["warning", "error"]
    assert [path.name for path in nights.caches.iterdir()] == ["nightly-audit-1-Linux-1001-1"]
    assert names_of(nights.artifacts) == ["nightly-audit-report", "nightly-audit-not-carried-out"]
    (nights.artifacts / "out-of-order").unlink()
    third = nights.next(web)
    assert third.findings == [("LNK101", "warning", stamp(1))]


def test_where_nobody_can_tell_what_is_known_nothing_is_called_new(nights: Nights, web: str) -> None:
    (nights.artifacts / "out-of-order").touch()
    night = nights.next(web)
    assert night.ran.failed
    assert night.ran.outputs["whole"] == ""
    (said,) = night.ran.commands
    assert said == (
        "::error title=nightly audit::no audit: no cache is left, and the last report cannot be had: "
        "gh api: error connecting to api.github.com; run the job again"
    )
    assert set(list(night.ran.steps.values())[-6:]) == {"skipped"}
    assert list(nights.caches.iterdir()) == []


def test_a_strangers_report_is_no_memory(nights: Nights, web: str, tmp_path: Path) -> None:
    forged = tmp_path / "forged"
    forged.mkdir()
    (forged / "report.json").write_text("{}", encoding="utf-8")
    keep_artifact(nights.artifacts, "nightly-audit-report", forged, 7, head_repository_id=2)
    keep_artifact(nights.artifacts, "nightly-audit-report", forged, 8, head_branch="proposal")
    night = nights.next(web)
    assert night.findings == [("LNK101", "warning", None)]


def forget(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.mkdir()


def test_where_no_report_of_before_can_be_read_it_is_the_first_night_again(nights: Nights, web: str) -> None:
    nights.next(web)
    forget(nights.caches)
    (nights.artifacts / "1/files/report.json").write_text("{", encoding="utf-8")
    night = nights.next(web)
    assert (night.findings, night.ran.outputs["whole"]) == ([("LNK101", "warning", None)], "true")
    (said,) = night.ran.commands
    assert said.startswith(
        "::warning title=nightly audit::all is called new tonight: of the reports of the last nights none can be read: "
        "the report of run 1001 is none of this tool: "
    )


def test_the_report_of_a_part_is_no_memory_and_no_page(nights: Nights, web: str) -> None:
    nights.variables = {"NIGHTLY_AUDIT_PAGES": "true"}
    first = nights.next(web)
    part = nights.next(web, args=f"{web} --entry a")
    assert (part.ran.failed, part.findings, part.ran.outputs["whole"]) == (False, [], "false")
    assert names_of(nights.artifacts) == ["nightly-audit-report", "nightly-audit-part"]
    assert (len(first.ran.uploaded), part.ran.uploaded, publishes(part.job, part.ran)) == (1, (), False)
    forget(nights.caches)
    assert nights.next(web).findings == [("LNK101", "warning", stamp(1))]


def test_of_its_own_list_the_tool_is_the_checkouts(nights: Nights, web: str) -> None:
    nights.repository = "opendilab/rlhf-linkcheck"
    shutil.copytree(ROOT / "action", nights.workspace / "action")
    night = nights.next("", args=web)
    assert night.findings == [("LNK101", "warning", None)]
    assert not (nights.workspace / ".nightly-audit").exists()


def test_pages_are_an_option_and_show_the_report_of_a_night_that_was(nights: Nights, web: str) -> None:
    plain = nights.next(web)
    assert (plain.ran.uploaded, publishes(plain.job, plain.ran)) == ((), False)
    carried: Mapping[str, str] = {"NIGHTLY_AUDIT_PAGES": "true"}
    nights.variables = carried
    (uploaded,) = nights.next(web).ran.uploaded
    nights.variables = {}
    assert published(plain.ran) == uploaded["name"] == "github-pages-1"
    plain.job.variables = carried
    assert publishes(plain.job, plain.ran)
    dark = nights.next(DARK)
    dark.job.variables = carried
    assert not publishes(dark.job, dark.ran)
    site = plain.folder.parent / "site"
    assert {path.name for path in site.iterdir()} == {"index.html", "badge.json", "report.json"}
    assert (site / "index.html").read_bytes() == (plain.folder / "report.html").read_bytes()


@pytest.mark.parametrize("args", ["--exclude 'x", "--select NONE", "--out /nowhere/at/all"])
def test_what_cannot_be_used_is_no_audit(nights: Nights, args: str) -> None:
    night = nights.next(args)
    assert night.ran.failed
    assert night.ran.outputs["whole"] == "false"
    assert night.ran.summary.startswith("The audit could not be carried out (exit code 2)")
    assert list(nights.caches.iterdir()) == []
    assert names_of(nights.artifacts) == []


def test_the_tracking_issue_is_an_option_and_what_fails_there_loses_no_night(nights: Nights, web: str) -> None:
    """Of the repository that the job runs in; the simulated one of the tool's name is none."""
    nights.variables = {"NIGHTLY_AUDIT_ISSUE": "true"}
    (nights.workspace / "rlhf-linkcheck.toml").write_text("suspect-audits = 1\nsuspect-days = 0\n", encoding="utf-8")
    first = nights.next(f"{web} --ignore LNK101")
    assert "opendilab/awesome-RLHF: nothing to do" in first.ran.log
    second = nights.next(web)
    assert second.ran.failed
    assert "opendilab/awesome-RLHF: open an issue with 1 finding" in second.ran.log
    nights.repository = "opendilab/elsewhere"
    third = nights.next(web)
    assert third.ran.failed
    assert third.ran.outputs["whole"] == "true"
    assert [line.rpartition("::")[2] for line in third.ran.commands] == [
        "the audit was carried out, and the tracking issue is not kept up: the log says why"
    ]
    assert len(list(nights.caches.iterdir())) == 3
