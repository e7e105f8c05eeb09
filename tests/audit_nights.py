"""Nights of audits, by a clock of their own and over real sockets: the list, its worlds, what each night said."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from builders import NOON
from commandline import Run

from rlhf_linkcheck import pipeline, simweb
from rlhf_linkcheck.cli import flags as flags_of_runs
from rlhf_linkcheck.config import NetworkConfig

QUICK = ("--interval", "0", "--timeout", "5", "--retries", "0")
LIST = """\
- id: a
  category: blog
  title: On A
  url: https://a.example/
- id: b
  category: blog
  title: On B
  url: https://b.example/
"""


@dataclass(frozen=True)
class Night:
    code: int
    out: str
    err: str
    report: dict[str, Any]

    @property
    def findings(self) -> list[tuple[str, str, str | None, bool]]:
        """Code, severity, the day since when it is known, and whether it is graver than it was."""
        return [
            (one["code"], one["severity"], one["known_since"] and one["known_since"][:10], one["has_risen"])
            for one in self.report["findings"]
        ]

    @property
    def recovered(self) -> list[str]:
        return [one["url"] for one in self.report["history"]["recovered"]]

    @property
    def mended(self) -> list[str]:
        return [one["about"]["code"] for one in self.report["history"]["mended"]]

    @property
    def unseen(self) -> list[tuple[str, str]]:
        """Code and address of what is known, and could not be looked at."""
        return [(one["about"]["code"], one["about"]["url"]) for one in self.report["history"]["unseen"]]

    @property
    def points(self) -> int:
        """How many audits have been told of in numbers before this one."""
        return len(self.report["history"]["audits"])

    @property
    def notes(self) -> list[str]:
        return [one["message"] for one in self.report["notes"]]


Audits = Callable[..., Night]


ALIVE = "{a.example: {/: 200}, b.example: {/: 200}}"
A_IS_DEAD = "{a.example: {/: 404}, b.example: {/: 200}}"
A_IS_ILL = "{a.example: {/: 500}, b.example: {/: 200}}"
NOBODY = "{a.example: {refuse: true}, b.example: {refuse: true}, example.com: {refuse: true}}"


def day(number: int) -> str:
    return f"{NOON + timedelta(days=number):%Y-%m-%d}"


def auditing(run: Run, monkeypatch: pytest.MonkeyPatch) -> Audits:
    """What makes audits of a list, which it writes into the working directory."""
    Path("entries.yaml").write_text(LIST)
    # Two seconds a night before what looks dead is asked again.
    monkeypatch.setattr(flags_of_runs, "NetworkConfig", partial(NetworkConfig, backoff=0.01))

    def one(hosts: str, days: float, *flags: str, out: str = "linkcheck-report") -> Night:
        now = NOON + timedelta(days=days)
        monkeypatch.setattr(pipeline, "_now", lambda: now)
        with simweb.serve(simweb.Scenario.parse(f"hosts: {hosts}")) as web:
            # The web is another one each night, and so is the way to it: what is remembered of links is another's.
            ran = run("audit", *QUICK, *web.options, *flags)
        report = Path(out, "report.json")
        return Night(ran.code, ran.out, ran.err, json.loads(report.read_text()) if report.is_file() else {})

    return one
