"""Credentials come from the environment, reach the source that they are for, and are printed nowhere."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from commandline import Run

from rlhf_linkcheck import simweb
from rlhf_linkcheck.cli.flags import Flags
from rlhf_linkcheck.cli.settings import Settings
from rlhf_linkcheck.config import Config

USER, PASSWORD = "user@example.org", "secret"
BOTH = {"OPENREVIEW_USERNAME": USER, "OPENREVIEW_PASSWORD": PASSWORD}
LIST = """
- id: one
  category: paper
  title: A hidden paper
  authors: [Ann Lee]
  url: https://openreview.net/forum?id=paperOne
"""
SCENARIO = "papers: [{openreview: paperOne, title: A hidden paper, authors: [Ann Lee], year: 2024}]"


@pytest.fixture
def _alone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in BOTH:
        monkeypatch.delenv(name, raising=False)


def config_with(monkeypatch: pytest.MonkeyPatch, environment: Mapping[str, str]) -> Config:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    return Flags(inputs=["x.yaml"]).merged_with(Settings())


@pytest.mark.usefixtures("_alone")
def test_user_and_password_reach_the_config_and_are_not_printed_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    config = config_with(monkeypatch, BOTH)
    assert config.network.accounts == {"openreview": (USER, PASSWORD)}
    for printed in (repr(config), str(config.network)):
        assert USER not in printed
        assert PASSWORD not in printed


@pytest.mark.usefixtures("_alone")
@pytest.mark.parametrize(
    "environment",
    [
        {},
        {"OPENREVIEW_USERNAME": USER},
        {"OPENREVIEW_PASSWORD": PASSWORD},
        {"OPENREVIEW_USERNAME": USER, "OPENREVIEW_PASSWORD": ""},
        {"OPENREVIEW_USERNAME": "", "OPENREVIEW_PASSWORD": PASSWORD},
    ],
)
def test_half_an_account_is_none(monkeypatch: pytest.MonkeyPatch, environment: Mapping[str, str]) -> None:
    assert config_with(monkeypatch, environment).network.accounts == {}


@pytest.mark.usefixtures("_alone")
@pytest.mark.parametrize(("environment", "source"), [({}, "web"), (BOTH, "openreview")], ids=["stranger", "account"])
def test_an_account_verifies_papers_and_stands_in_no_report(
    run: Run, monkeypatch: pytest.MonkeyPatch, environment: Mapping[str, str], source: str
) -> None:
    Path("entries.yaml").write_text(LIST, encoding="utf-8")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with simweb.serve(simweb.Scenario.parse(SCENARIO)) as web:
        flags = ("--host-interval", "*=0", "--retries", "0", "--report", "text=report.txt", *web.options)
        ran = run("check", "--verbose", "--format", "json", *flags)
    (link,) = json.loads(ran.out)["links"]
    assert link["source"] == source
    for printed in (ran.out, ran.err, Path("report.txt").read_text(encoding="utf-8")):
        assert USER not in printed
        assert PASSWORD not in printed
