"""Lists before and after a change, and what `check --since` says of it."""

import json
from typing import Any

from commandline import Run


def entry(name: str, url: str, *more: str, title: str = "", category: str = "blog") -> str:
    lines = (f"- id: {name}", f"category: {category}", f"title: {title or f'On {name}'}", f"url: {url}", *more)
    return "\n  ".join(lines) + "\n"


OLD = entry("old", "https://old.example/a")
DOWN = entry("ill", "https://ill.example/", "note: an old link that is down")
LIST = OLD + DOWN
ILL = entry("ill", "https://ill.example/", "yeer: 2024")
PDF = "https://arxiv.org/pdf/2203.02155"


def judged(run: Run, *flags: str, code: int | None = None) -> dict[str, Any]:
    """What is found since main, in the repository that one is in."""
    ran = run("check", "--since", "main", "--offline", "--format", "json", *flags)
    report: dict[str, Any] = json.loads(ran.out)
    assert report["exit_code"] == ran.code
    assert code is None or ran.code == code
    return report


def found(report: dict[str, Any]) -> list[tuple[str, str | None, int]]:
    return [(one["code"], one["entry"], one["line"]) for one in report["findings"]]


def notes(report: dict[str, Any]) -> list[str]:
    return [note["message"] for note in report["notes"]]
