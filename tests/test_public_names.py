"""What the package offers, and what it costs to import."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import rlhf_linkcheck


def loaded_after(*statements: str) -> set[str]:
    code = "; ".join((*statements, "import sys, json; print(json.dumps(sorted(sys.modules)))"))
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    return set(json.loads(printed.splitlines()[-1]))


@pytest.mark.parametrize("name", rlhf_linkcheck.__all__)
def test_every_public_name_is_there(name: str) -> None:
    assert getattr(rlhf_linkcheck, name)


def test_another_name_is_not() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'nonsense'"):
        _ = rlhf_linkcheck.nonsense


def test_the_package_itself_imports_nothing() -> None:
    assert {name for name in loaded_after("import rlhf_linkcheck") if name.startswith("rlhf_linkcheck")} == {
        "rlhf_linkcheck",
        "rlhf_linkcheck.version",
    }


def test_a_run_that_asks_nobody_imports_no_network(tmp_path: Path) -> None:
    path = tmp_path / "entries.yaml"
    path.write_text("- {id: a, category: book, title: A, url: 'https://example.org/'}\n", encoding="utf-8")
    checked = (
        "from rlhf_linkcheck import Config, check",
        f"check(Config(inputs=({str(path)!r},), offline=True))",
    )
    loaded = loaded_after(*checked)
    assert not loaded & {"aiohttp", "aiodns", "tenacity", "rich", "markdown_it", "ssl"}
