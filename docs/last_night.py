"""Acts out the nights of the tests, each an audit by a clock of its own, for the report of the last one."""

import os
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager, redirect_stderr, redirect_stdout
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

import yaml

from rlhf_linkcheck import pipeline, simweb
from rlhf_linkcheck.cli import main
from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters import read_report

# The nights are the tests' own, which lie beside the documentation in a checkout.
sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from builders import NOON
from commandline import Ran
from fourteen_nights import NO_NETWORK, TOKEN, act

_QUICK = ("--interval", "0", "--host-interval", "*=0", "--timeout", "5", "--retries", "0", "--no-progress")
_DARK = ("--connect-to", "::127.0.0.1:9")
_OF_SERVICES = ("GITHUB_", "GH_", "HF_")


def last_night(folder: Path) -> Report:
    """The report of the last of the nights, acted out in this folder."""
    with chdir(folder), _environment():
        for _ in act(_audit):
            pass
        return read_report(Path("linkcheck-report/report.json").read_text(encoding="utf-8"))


@contextmanager
def _environment() -> Iterator[None]:
    """The simulated GitHub's token, nobody else's, and no authority but the simulated web's own."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(_OF_SERVICES)}
    with patch.dict(os.environ, {**clean, "GITHUB_TOKEN": TOKEN, "SSL_CERT_FILE": os.devnull}, clear=True):
        yield


def _audit(night: int, world: dict[str, Any]) -> Ran:
    """The command that a job would run in this night."""
    out, err, code = StringIO(), StringIO(), 0
    with simweb.serve(simweb.Scenario.parse(yaml.safe_dump(world))) as web:
        command = ["rlhf-linkcheck", "audit", *_QUICK, *(_DARK if night == NO_NETWORK else web.options)]
        then = NOON + timedelta(days=night)
        with patch.object(sys, "argv", command), patch.object(pipeline, "_now", lambda: then):
            try:
                with redirect_stdout(out), redirect_stderr(err):
                    main()
            except SystemExit as left:
                code = int(left.code or 0)
    return Ran(code, out.getvalue(), err.getvalue())
