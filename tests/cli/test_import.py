import os
import subprocess
import sys
from pathlib import Path

import pytest
from commandline import Run

from rlhf_linkcheck.loaders import load


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("README.md").write_text(
        "## Papers\n\n### 2022\n\n"
        "- [Training language models](https://arxiv.org/pdf/2203.02155) (InstructGPT)\n"
        "  - Long Ouyang, et al.\n",
        encoding="utf-8",
    )


def test_a_list_is_written_to_a_file_or_to_standard_output(run: Run) -> None:
    printed = run("import", "README.md")
    assert (printed.code, printed.err) == (0, "")
    ran = run("import", "README.md", "-o", "entries.yaml")
    assert (ran.code, ran.out, ran.err) == (0, "", "1 entry written to entries.yaml\n")
    assert Path("entries.yaml").read_text(encoding="utf-8") == printed.out
    (entry,) = load("entries.yaml").entries
    assert (entry.id, entry.year, entry.authors) == ("instructgpt", 2022, ("Long Ouyang", "et al."))


def test_what_could_not_become_an_entry_is_said(run: Run) -> None:
    with Path("README.md").open("a", encoding="utf-8") as file:
        file.write("- An item without a link\n")
    ran = run("import", "README.md")
    assert ran.code == 0
    assert ran.err.startswith("left out: README.md:7:1: an item under «2022» without a link")


def test_the_head_names_the_schema_and_the_source(run: Run) -> None:
    ran = run("import", "README.md", "--source", "somebody/list 0123abc, Apache-2.0")
    assert ran.out.splitlines()[:2] == [
        "# yaml-language-server: $schema=schema.json",
        "# Source: somebody/list 0123abc, Apache-2.0",
    ]


def test_what_was_imported_is_judged_as_the_list_itself(run: Run) -> None:
    run("import", "README.md", "-o", "entries.yaml")
    assert "LNK106" in run("check", "--offline", "-v", "README.md").out
    assert "LNK106" in run("check", "--offline", "-v", "entries.yaml").out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["absent.md"], "absent.md: "),
        (["latin.md"], "latin.md:1:6: "),
        (["README.md", "-o", "absent/entries.yaml"], "absent/entries.yaml cannot be written: No such file"),
        (["README.md", "-o", "README.md"], "README.md is the list itself"),
        (["entries.yaml"], "entries.yaml: is no Markdown list"),
        (["prose.md", "-o", "keep.yaml"], "prose.md: has not one entry in it"),
    ],
)
def test_what_cannot_be_read_or_written_is_one_clear_line(run: Run, arguments: list[str], complaint: str) -> None:
    Path("latin.md").write_bytes(b"- caf\xe9\n")
    Path("prose.md").write_text("Hello.\n", encoding="utf-8")
    Path("keep.yaml").write_text("kept\n", encoding="utf-8")
    ran = run("import", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert complaint in ran.err
    assert ran.err.count("\n") == 1
    assert Path("keep.yaml").read_text(encoding="utf-8") == "kept\n"


def test_standard_output_is_utf_8_whatever_the_terminal_speaks() -> None:
    path = Path("README.md")
    path.write_text(path.read_text(encoding="utf-8").replace("Long Ouyang", "Ünal Öz"), encoding="utf-8")
    finished = subprocess.run(
        [sys.executable, "-m", "rlhf_linkcheck", "import", "README.md"],
        capture_output=True,
        check=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
    )
    assert "- Ünal Öz\n" in finished.stdout.decode("utf-8")
