"""Runs a tool, and tells what it said and what that took."""

import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LAUNCH = Path(__file__).with_name("launch.py")


@dataclass(frozen=True, slots=True)
class Usage:
    """Seconds by the clock and of the processor, with all child processes that were waited for, and bytes at the peak.

    ``stopped`` says that the tool was not done at the limit.
    """

    wall: float
    cpu: float
    peak: int
    code: int
    stopped: bool


def measure(
    command: Sequence[str], *, folder: Path, environment: Mapping[str, str], limit: float, name: str = "command"
) -> Usage:
    """Runs a command in a folder; what it says is in the files ``NAME.out`` and ``NAME.err`` there."""
    files = [str(folder / f"{name}.{ending}") for ending in ("out", "err")]
    words = [sys.executable, "-I", "-S", str(_LAUNCH), str(int(limit)), *files]
    finished = subprocess.run(  # noqa: S603 - our own launcher
        [*words, *command], cwd=folder, env=dict(environment), check=True, capture_output=True, text=True
    )
    wall, cpu, peak, code, stopped = finished.stdout.split()
    return Usage(float(wall), float(cpu), int(peak), int(code), stopped == "1")
