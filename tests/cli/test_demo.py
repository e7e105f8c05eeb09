"""`demo` in a process of its own, as somebody would run it who has never seen the tool."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from builders import at, document
from golden_report import GOLDEN
from race.texts import dump

from rlhf_linkcheck.cli.planting import Fault, planted_faults, scenario_of
from rlhf_linkcheck.evidence import Evidence, Outcome, Reason
from rlhf_linkcheck.report import LinkReport, Report
from rlhf_linkcheck.rules.lnk101_dead_link import DeadLink
from rlhf_linkcheck.simweb import Scenario

# A whole run each, whose parts are measured where they are tested.
pytestmark = pytest.mark.unmeasured


def test_the_demo_finds_every_fault_it_planted_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    monkeypatch.chdir(tmp_path)
    finished = subprocess.run(
        [sys.executable, "-m", "rlhf_linkcheck", "demo"], capture_output=True, text=True, check=False
    )
    assert (finished.returncode, finished.stderr) == (0, "")
    faults = planted_faults()
    assert f"{len(faults)} of {len(faults)} faults came to light as they should." in finished.stdout
    for fault in faults:
        assert f"✓ {fault.name}" in finished.stdout
    assert "entries   171 judged" in finished.stdout
    assert list(temporary.iterdir()) == []
    assert list(tmp_path.iterdir()) == [temporary]


def test_a_demo_that_is_told_to_stop_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with subprocess.Popen(
        [sys.executable, "-m", "rlhf_linkcheck", "demo"], stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as process:
        # Two folders: the demo's own and the simulated web's; then the list is being checked.
        while len(list(tmp_path.iterdir())) < 2:
            assert process.poll() is None
        process.terminate()
        process.communicate(timeout=30)
    assert process.returncode == 143
    assert list(tmp_path.iterdir()) == []


def test_the_scenario_answers_everything_else() -> None:
    scenario = Scenario.parse(dump(scenario_of(planted_faults())))
    planted = {fault.host for fault in planted_faults() if fault.host}
    assert planted | {"arxiv.org", "huggingface.co"} <= set(scenario.hosts)
    assert [step.code for step in scenario.steps("arxiv.org", "/abs/2203.02155")] == [200]


FAULT = Fault("x", "https://a.org/", "dead", "not_found", "LNK101", host="a.org")


def report_of(reason: Reason, *, found: bool) -> Report:
    dead = DeadLink().finding(document(), "x", at(1), url="https://a.org/")
    findings = (dead,) if found else ()
    link = LinkReport("https://a.org/", Evidence(Outcome(reason)))
    return replace(GOLDEN, links=(link,), findings=findings)


def test_a_fault_shows_only_with_its_verdict_and_its_code() -> None:
    assert FAULT.shows_in(report_of(Reason.NOT_FOUND, found=True))
    assert not FAULT.shows_in(report_of(Reason.NOT_FOUND, found=False))
    assert not FAULT.shows_in(report_of(Reason.OK, found=True))
    assert not replace(FAULT, code=None).shows_in(report_of(Reason.NOT_FOUND, found=True))


def test_without_the_extra_the_demo_says_what_to_install(tmp_path: Path) -> None:
    (tmp_path / "trustme.py").write_text("raise ModuleNotFoundError(name='trustme')\n", encoding="utf-8")
    finished = subprocess.run(
        [sys.executable, "-m", "rlhf_linkcheck", "demo"], capture_output=True, text=True, check=False, cwd=tmp_path
    )
    assert finished.returncode == 2
    assert finished.stderr == "rlhf-linkcheck: demo: needs trustme: pip install 'rlhf-linkcheck[demo]'\n"
