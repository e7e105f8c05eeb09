"""What a run with a baseline says, and what the baseline then holds."""

import json
from pathlib import Path
from typing import Any

from commandline import Ran

QUICK = ("--interval", "0", "--timeout", "5", "--retries", "0", "--no-state")


def written(text: str, name: str = "entries.yaml") -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def report_of(ran: Ran) -> dict[str, Any]:
    report: dict[str, Any] = json.loads(ran.out)
    assert report["exit_code"] == ran.code
    return report


def codes(report: dict[str, Any], *, suppressed: bool) -> list[str]:
    return sorted(finding["code"] for finding in report["findings"] if finding["suppressed"] == suppressed)


def accepted(name: str = "b.json") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(Path(name).read_text(encoding="utf-8"))["accepted"]
    return found
