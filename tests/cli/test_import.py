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
    assert (ran.code, ran.out, ran.err) == (0, "", "")
    assert Path("entries.yaml").read_text(encoding="utf-8") == printed.out
    (entry,) = load("entries.yaml").entries
    assert (entry.id, entry.year, entry.authors) == ("instructgpt", 2022, ("Long Ouyang", "et al."))


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
        (["latin.md"], "latin.md: "),
        (["README.md", "-o", "absent/entries.yaml"], "absent/entries.yaml cannot be written: No such file"),
    ],
)
def test_what_cannot_be_read_or_written_is_one_clear_line(run: Run, arguments: list[str], complaint: str) -> None:
    Path("latin.md").write_bytes(b"- caf\xe9\n")
    ran = run("import", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert complaint in ran.err
    assert ran.err.count("\n") == 1
