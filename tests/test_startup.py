"""What a command imports: a run pays for what it uses, and for nothing else."""

import subprocess
import sys
from pathlib import Path

import pytest

ALWAYS_SPARED = {"aiohttp", "aiodns", "asyncio", "jinja2", "lxml", "markdown_it", "pylatexenc", "ssl", "tenacity"}
SPARED_BY_MOST = {"jsonschema", "referencing", "rich"}
ENTRY = "- id: a\n  category: blog\n  title: A\n  url: https://a.example/\n"
RUN = """
import runpy, sys
try:
    runpy.run_module("rlhf_linkcheck", run_name="__main__")
finally:
    print(*{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
"""


def imported(folder: Path, *arguments: str, code: int = 0) -> set[str]:
    command = [sys.executable, "-c", RUN, *arguments]
    ran = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
    assert ran.returncode == code, ran.stderr
    return set(ran.stderr.splitlines()[-1].split())


def test_the_version_needs_next_to_nothing(tmp_path: Path) -> None:
    spared = {*ALWAYS_SPARED, *SPARED_BY_MOST, "rapidfuzz", "yaml"}
    assert imported(tmp_path, "--version").isdisjoint(spared)


def test_a_sound_list_offline_needs_no_network_no_validator_and_no_other_parser(tmp_path: Path) -> None:
    (tmp_path / "entries.yaml").write_text(ENTRY, encoding="utf-8")
    found = imported(tmp_path, "check", "--offline", "--report", "json=report.json")
    assert found.isdisjoint(ALWAYS_SPARED | SPARED_BY_MOST)


def test_a_violation_needs_the_validator_alone(tmp_path: Path) -> None:
    (tmp_path / "entries.yaml").write_text(f"{ENTRY}  colour: red\n", encoding="utf-8")
    found = imported(tmp_path, "check", "--offline", code=1)
    assert "jsonschema" in found
    assert found.isdisjoint({*ALWAYS_SPARED, "rich"})


@pytest.mark.parametrize("option", ["--help", "-h"])
def test_help_lists_every_command_with_its_help(option: str, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "rlhf_linkcheck", option]
    ran = subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True)
    text = " ".join(ran.stdout.replace("│", " ").split())
    for said in (
        "check Check a list",
        "import Turn a Markdown list",
        "report Render a saved JSON report",
        "explain List the rules",
        "demo Run the main job",
    ):
        assert said in text


def test_a_command_that_is_none_is_a_usage_error(tmp_path: Path) -> None:
    assert "jsonschema" not in imported(tmp_path, "chekc", code=2)
