"""Where the shared data lie, and the mark for tests that need the real list and skip without it."""

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("RLHF_LINKCHECK_SHARED") or Path(__file__).parents[2] / "shared")
README = SHARED / "data" / "awesome-RLHF" / "README.md"

needs_readme = pytest.mark.skipif(not README.exists(), reason=f"needs {README} (see RLHF_LINKCHECK_SHARED)")
