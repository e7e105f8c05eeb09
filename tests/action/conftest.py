import subprocess
import sys
from pathlib import Path

import pytest
from actions_runner import ROOT

CLOCK = """
import os, sys
if "audit" in sys.orig_argv and "NIGHT" in os.environ:
    from datetime import datetime
    from functools import partial
    from rlhf_linkcheck import pipeline
    from rlhf_linkcheck.cli import flags
    flags.NetworkConfig = partial(flags.NetworkConfig, backoff=0.01)
    pipeline._now = lambda: datetime.fromisoformat(os.environ["NIGHT"])
"""
"""Two audits within an hour count as one, and nobody waits for the next night; nor is what looks dead waited for."""


@pytest.fixture(scope="session")
def installed(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An environment that has what this one has, and the tool from here: one test alone pays for the real one."""
    folder = tmp_path_factory.mktemp("installed") / "env"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    (places,) = folder.glob("lib/python*/site-packages")
    ours = next(place for place in map(Path, sys.path) if (place / "yaml").is_dir())
    (places / "here.pth").write_text(f"{ROOT}\n{ours}\n", encoding="utf-8")
    (places / "night_clock.py").write_text(CLOCK, encoding="utf-8")
    (places / "night.pth").write_text("import night_clock\n", encoding="utf-8")
    return str(folder / "bin" / "python")
