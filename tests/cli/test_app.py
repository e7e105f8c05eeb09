"""What becomes of a bug: exit code 2, never 1, which means findings."""

import pytest
from commandline import Run

from rlhf_linkcheck.cli import explain


def test_a_bug_leaves_with_2_and_its_traceback(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(explain, "RULES", None)
    ran = run("explain")
    assert (ran.code, ran.out) == (2, "")
    assert "TypeError" in ran.err
    assert ran.err.endswith("rlhf-linkcheck: this is a bug; please report it with the lines above\n")
