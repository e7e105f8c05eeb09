"""`demo`: the main job on the shipped list against a simulated web, with faults planted."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import typer
import yaml

from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.cli.planting import DATA, TOKEN, Fault, planted_faults, scenario_of
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters import read_report

# Nobody's own tokens and servers have any business in a simulated web.
_OF_SERVICES = ("GITHUB_", "GH_", "HF_", "OPENREVIEW_")

# Nobody's patience is tried on loopback, so the pace is not the one for real hosts.
PACE = ("--interval", "0.01", "--host-interval", "*=0.01", "--timeout", "5")


def demo() -> None:
    """Run the main job on the shipped list against a simulated web, with faults planted."""
    try:
        import_module("rlhf_linkcheck.simweb")  # an extra of the installation
    except ModuleNotFoundError as error:
        raise UsageError(f"demo: needs {error.name}: pip install 'rlhf-linkcheck[demo]'") from error
    # What the demo made goes with it also where it is told to stop.
    signal.signal(signal.SIGTERM, lambda number, _: sys.exit(128 + number))
    faults = planted_faults()
    with tempfile.TemporaryDirectory(prefix="rlhf-linkcheck-demo-") as folder:
        report = read_report(run_in(Path(folder), faults).read_text(encoding="utf-8"))
    typer.echo(_conclusion(faults, report))
    raise typer.Exit(0 if all(fault.shows_in(report) for fault in faults) else 1)


def run_in(folder: Path, faults: Sequence[Fault]) -> Path:
    """Check the shipped list in a folder against a web with these faults; the report that it saves there."""
    from rlhf_linkcheck import simweb  # noqa: PLC0415 - an extra of the installation

    scenario = folder / "web.yaml"
    scenario.write_text(yaml.safe_dump(scenario_of(faults)), encoding="utf-8")
    saved = folder / "report.json"
    for name in ("entries.yaml", "schema.json"):
        (folder / name).write_bytes((DATA / name).read_bytes())
    with simweb.spawn(scenario) as web:
        _check(folder, saved, web.options)
    return saved


def _check(folder: Path, saved: Path, options: Sequence[str]) -> None:
    """The command that a user would type, in a process of its own, on this terminal."""
    command = [sys.executable, "-m", "rlhf_linkcheck", "check", "entries.yaml", "--report", f"json={saved}"]
    environment = {name: value for name, value in os.environ.items() if not name.startswith(_OF_SERVICES)}
    finished = subprocess.run(  # noqa: S603 - our own command
        [*command, *PACE, *options], cwd=folder, env={**environment, "GITHUB_TOKEN": TOKEN}, check=False
    )
    if finished.returncode not in (0, 1):
        raise typer.Exit(finished.returncode)


def _conclusion(faults: Sequence[Fault], report: Report) -> str:
    """What was planted, and whether each came to light."""
    lines = ["", "Planted in the simulated web, and found:"]
    for fault in faults:
        outcome = fault.outcome_in(report)
        mark = "✓" if fault.shows_in(report) else "✗"
        said = fault.code or "no finding"
        tries = f", {outcome.attempts} tries" if outcome.attempts > 1 else ""
        lines.append(f"  {mark} {fault.name}: {outcome.verdict} ({outcome.reason}{tries}), {said}\n    {fault.address}")
    missed = sum(not fault.shows_in(report) for fault in faults)
    lines.append(f"{len(faults) - missed} of {len(faults)} faults came to light as they should.")
    return "\n".join(lines)
