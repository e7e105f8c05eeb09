"""What the nightly workflow may do, and what its page says of it."""

import re
import tomllib
from datetime import timedelta

import pytest
from actions_expressions import rendered
from actions_runner import ROOT
from nightly_job import TRIGGERS, WORKFLOW

from rlhf_linkcheck.config import Audit

TEXT = (ROOT / ".github/workflows/nightly-audit.yml").read_text(encoding="utf-8")
PAGE = (ROOT / "docs/nightly.md").read_text(encoding="utf-8")


def test_it_runs_by_the_clock_at_an_odd_minute_and_by_hand_and_never_for_a_pull_request() -> None:
    assert TRIGGERS.keys() == {"schedule", "workflow_dispatch"}
    (clock,) = TRIGGERS["schedule"]
    assert int(clock["cron"].split()[0]) % 5
    assert WORKFLOW["concurrency"]["cancel-in-progress"] is False


def test_each_job_has_the_permissions_that_it_needs_and_no_other() -> None:
    assert {name: job["permissions"] for name, job in WORKFLOW["jobs"].items()} == {
        "audit": {"contents": "read", "actions": "read", "issues": "write"},
        "pages": {"pages": "write", "id-token": "write"},
    }


@pytest.mark.parametrize(
    ("event_name", "branch", "wanted", "issue"),
    [
        ("schedule", "main", "true", "o/list"),
        ("workflow_dispatch", "main", "true", "o/list"),
        ("workflow_dispatch", "proposal", "true", ""),
        ("schedule", "main", "", ""),
        ("workflow_dispatch", "main", "false", ""),
    ],
)
def test_the_issue_is_the_default_branchs(event_name: str, branch: str, wanted: str, issue: str) -> None:
    """A schedule's event may be without a repository."""
    event = {} if event_name == "schedule" else {"repository": {"default_branch": "main"}}
    about = {"event_name": event_name, "event": event, "ref_name": branch, "repository": "o/list"}
    (audit,) = (step for step in WORKFLOW["jobs"]["audit"]["steps"] if step.get("id") == "audit")
    context = {"github": about, "vars": {"NIGHTLY_AUDIT_ISSUE": wanted}}
    assert rendered(audit["env"]["ISSUE"], context) == issue


def test_the_page_tells_of_each_variable_and_of_each_artifact() -> None:
    variables = set(re.findall(r"vars\.(\w+)", TEXT))
    assert set(re.findall(r"^\| `(NIGHTLY_\w+)` \|", PAGE, re.MULTILINE)) == variables
    artifacts = set(re.findall(r"^ +name: (nightly-audit-[a-z-]+)$", TEXT, re.MULTILINE))
    assert set(re.findall(r"`(nightly-audit-[a-z-]+)`", PAGE)) == artifacts


def test_the_settings_on_the_page_are_the_defaults() -> None:
    settings = tomllib.loads(PAGE.split("```toml\n")[1].split("```")[0])
    usual = Audit()
    assert settings == {
        "suspect-audits": usual.least_audits,
        "suspect-days": usual.least_age // timedelta(days=1),
        "uncertain-days": usual.patience // timedelta(days=1),
    }
