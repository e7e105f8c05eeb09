"""What holds for every format in the table, and the golden report that each renders."""

import os
from pathlib import Path

import pytest
from golden_report import EMPTY, GOLDEN

from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters import REPORTERS, Style, base

FOLDER = Path(__file__).parent.parent / "golden"
REGENERATE = "RLHF_LINKCHECK_REGENERATE"
"""With this variable set the tests write what they would compare: look at the difference before you commit it."""

_ALL_OF_A_TERMINAL = Style(width=100, color=True, hyperlinks=True, folder="/lists", host="box", verbose=True)

GOLDEN_FILES = {
    "report.txt": ("text", Style()),
    "report-verbose.txt": ("text", Style(verbose=True)),
    "report-quiet.txt": ("text", Style(quiet=True)),
    "report-80-columns.txt": ("text", Style(width=80)),
    "report-color.ansi": ("text", _ALL_OF_A_TERMINAL),
    "report.json": ("json", Style()),
    "report.sarif": ("sarif", Style()),
    "report.junit.xml": ("junit", Style()),
    "report.github.txt": ("github", Style()),
    "report.md": ("markdown", Style()),
    "report.html": ("html", Style()),
}


@pytest.mark.parametrize("file", GOLDEN_FILES)
def test_the_golden_report_is_rendered_byte_for_byte(file: str) -> None:
    name, style = GOLDEN_FILES[file]
    rendered = REPORTERS[name].render(GOLDEN, style).encode()
    if os.environ.get(REGENERATE):
        (FOLDER / file).write_bytes(rendered)
    assert rendered == (FOLDER / file).read_bytes(), f"{REGENERATE}=1 pytest writes the files anew"


def test_there_is_a_golden_file_for_every_format_and_no_other() -> None:
    assert {name for name, _ in GOLDEN_FILES.values()} == set(REPORTERS)
    assert {path.name for path in FOLDER.iterdir()} == set(GOLDEN_FILES)


@pytest.mark.parametrize("name", REPORTERS)
def test_a_reporter_bears_the_name_of_its_module_and_has_a_test_of_that_name(name: str) -> None:
    reporter = REPORTERS[name]
    assert reporter.name == name == type(reporter).__module__.rpartition(".")[2]
    assert (Path(__file__).parent / f"test_{name}.py").is_file()


def test_every_reporter_in_the_package_is_registered() -> None:
    assert {type(reporter) for reporter in REPORTERS.values()} == set(base.Reporter.__subclasses__())
    room = Path(base.__file__).parent
    assert all((room / f"{name}.py").is_file() or (room / name / "__init__.py").is_file() for name in REPORTERS)


@pytest.mark.parametrize("name", REPORTERS)
@pytest.mark.parametrize("report", [EMPTY, GOLDEN], ids=["empty", "golden"])
@pytest.mark.parametrize(
    "style", [Style(), Style(width=80, color=True, hyperlinks=True, verbose=True), Style(quiet=True)]
)
def test_every_format_renders_every_report_and_ends_with_a_newline(name: str, report: Report, style: Style) -> None:
    text = REPORTERS[name].render(report, style)
    assert text.endswith("\n")
    assert text.encode()
