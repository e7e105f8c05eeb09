"""`check --baseline` with a network: dead links are accepted, and what nobody could tell is not."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from accepting import QUICK, accepted, report_of, written
from commandline import Ran, Run

from rlhf_linkcheck import simweb

SCENARIO = """
hosts:
  gone.example: {/: 404, /two: 404}
  shy.example: {/: 403}
  ill.example: {/: 500}
  old.example: {tls: expired, /: 200}
  fine.example: {/: 200}
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def listed(*addresses: str) -> None:
    rows = (
        f"- {{id: e{number}, category: book, title: About {address}, url: '{address}'}}\n"
        for number, address in enumerate(addresses)
    )
    written("".join(rows))


def asked(run: Run, *flags: str, scenario: str = SCENARIO) -> Ran:
    with simweb.serve(simweb.Scenario.parse(scenario)) as served:
        return run("check", "--format", "json", *QUICK, *served.options, *flags)


def test_dead_links_are_accepted_and_the_weather_is_not(run: Run) -> None:
    gone, shy, ill, old = (f"https://{name}.example/" for name in ("gone", "shy", "ill", "old"))
    listed(gone, shy, ill, old)
    ran = asked(run, "--write-baseline", "b.json", "--fail-on", "warning")
    assert ran.code == 0
    assert ran.err == (
        "rlhf-linkcheck: b.json: 2 findings are accepted; 2 are not, for LNK104 and LNK105 may pass by themselves\n"
    )
    assert [(one["code"], one["url"]) for one in accepted()] == [("LNK101", gone), ("LNK109", old)]
    # one comes back, one is down where it was dead, and one is new
    listed(f"{gone}two", gone, old)
    report = report_of(asked(run, "--baseline", "b.json", scenario=SCENARIO.replace("expired", "ok")))
    assert [(one["code"], one["url"], one["suppressed_by"]) for one in report["findings"]] == [
        ("LNK101", f"{gone}two", None),
        ("LNK101", gone, "baseline b.json"),
    ]
    assert [note["message"] for note in report["notes"]] == [
        f"baseline b.json: LNK109 url {old} («About {old}»): not found any more; take it out"
    ]
    down = report_of(asked(run, "--baseline", "b.json", scenario="default: 503"))
    assert (down["notes"], down["exit_code"]) == ([], 0)
    offline = report_of(run("check", "--offline", "--format", "json", "--baseline", "b.json"))
    assert (offline["notes"], offline["exit_code"]) == ([], 0)


def test_a_run_that_found_no_way_out_writes_nothing_and_leaves_with_3(run: Run) -> None:
    listed("https://one.example/")
    ran = asked(run, "--write-baseline", "b.json", scenario="default: {close: true}")
    assert (ran.code, Path("b.json").exists()) == (3, False)
    assert ran.err == (
        "rlhf-linkcheck: --write-baseline: b.json was not written, for the run is not whole; run it again to its end\n"
    )


def test_an_interrupted_run_writes_nothing_and_leaves_as_interrupted() -> None:
    listed("https://slow.example/")
    with simweb.serve(simweb.Scenario.parse("hosts: {slow.example: {/: {hang: true}}}")) as served:
        flags = (*QUICK, *served.options, "--timeout", "60", "--write-baseline", "b.json")
        command = [sys.executable, "-m", "rlhf_linkcheck", "check", *flags]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
            while not served.log.requests:
                assert process.poll() is None
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=30)
    assert (process.returncode, Path("b.json").exists()) == (130, False)
    assert "b.json was not written, for the run is not whole; run it again to its end" in said


def test_with_a_deadline_that_passed_nothing_is_accepted(run: Run) -> None:
    listed("https://slow.example/", "https://fine.example/")
    scenario = "hosts: {slow.example: {/: {delay: 30}}, fine.example: {/: 200}}"
    ran = asked(run, "--deadline", "500ms", "--write-baseline", "b.json", scenario=scenario)
    assert (ran.code, Path("b.json").exists()) == (2, False)
    assert "run it again to its end" in ran.err
