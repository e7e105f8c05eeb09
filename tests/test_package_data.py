"""What stands at the top level for readers is what the package carries for its users."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("name", ["entries.yaml", "schema.json"])
def test_the_top_levels_copy_is_the_packages_own(name: str) -> None:
    assert (ROOT / name).read_bytes() == (ROOT / "rlhf_linkcheck" / "data" / name).read_bytes()
