import sys

import pytest
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
