import sys
from pathlib import Path

import pytest
from audit_nights import Audits, auditing
from commandline import Ran, Run

from rlhf_linkcheck.cli import main


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    def ran(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["rlhf-linkcheck", *map(str, arguments)])
        with pytest.raises(SystemExit) as left:
            main()
        captured = capsys.readouterr()
        code = left.value.code
        assert isinstance(code, int)
        return Ran(code, captured.out, captured.err)

    return ran


@pytest.fixture
def audit(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Audits:
    """Audits of a list in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    return auditing(run, monkeypatch)
