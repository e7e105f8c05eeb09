import json
from pathlib import Path

import pytest
from commandline import Run

LIST = """\
- id: {name}
  category: book
  title: {name}
  url: https://example.org/{name}
  links: [{{role: other, label: x, url: ""}}]
"""


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def saved(run: Run, name: str) -> str:
    Path(f"{name}.yaml").write_text(LIST.format(name=name), encoding="utf-8")
    return run("check", "--offline", f"{name}.yaml", "--report", f"json={name}.json").out


def test_a_saved_report_gives_the_same_bytes_as_the_run(run: Run) -> None:
    text = saved(run, "one")
    assert run("report", "one.json") == run("report", "one.json", "--format", "text")
    assert run("report", "one.json").out == text
    assert run("report", "one.json", "--format", "json").out == Path("one.json").read_text(encoding="utf-8")
    assert run("report", "one.json").code == 0


def test_several_reports_are_joined(run: Run) -> None:
    saved(run, "one")
    saved(run, "two")
    ran = run("report", "--merge", "one.json", "two.json", "--format", "json")
    report = json.loads(ran.out)
    assert ran.code == 0
    assert report["inputs"] == ["one.yaml", "two.yaml"]
    assert report["summary"]["entries"] == report["summary"]["errors"] == 2


def test_several_reports_are_not_joined_unasked(run: Run) -> None:
    saved(run, "one")
    ran = run("report", "one.json", "one.json")
    assert (ran.code, ran.out) == (2, "")
    assert "--merge" in ran.err


@pytest.mark.parametrize("content", [None, b"", b"[]", b"{}", b"\xff", b'{"schema_version": 99}'])
def test_what_is_no_report_is_one_clear_line(run: Run, content: bytes | None) -> None:
    if content is not None:
        Path("x.json").write_bytes(content)
    ran = run("report", "x.json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("rlhf-linkcheck: x.json: ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (["html=one.json"], "one.json is a report to be read; write the report elsewhere"),
        (["html=./one.json"], "one.json is a report to be read; write the report elsewhere"),
        (["html=x.out", "markdown=./x.out"], "x.out is given twice; write each report into a file of its own"),
    ],
)
def test_no_report_is_written_over_another(run: Run, files: list[str], said: str) -> None:
    saved(run, "one")
    before = Path("one.json").read_bytes()
    ran = run("report", "one.json", *(part for file in files for part in ("--report", file)))
    assert (ran.code, ran.out, ran.err) == (2, "", f"rlhf-linkcheck: --report: {said}\n")
    assert Path("one.json").read_bytes() == before
    assert not Path("x.out").exists()


def test_a_device_takes_any_number_of_reports(run: Run) -> None:
    saved(run, "one")
    assert run("report", "one.json", "--report", "html=/dev/null", "--report", "json=/dev/null").code == 0


def test_a_device_without_end_is_no_report(run: Run) -> None:
    ran = run("report", "/dev/zero")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == (
        "rlhf-linkcheck: /dev/zero: is a device and no report: name the file that --report json=FILE wrote\n"
    )


def test_bytes_that_are_no_text_are_no_report(run: Run) -> None:
    Path("one.json").write_bytes(b"\xff\xfe{\0}\0")
    assert run("report", "one.json").err == (
        "rlhf-linkcheck: one.json: no report of this tool: it is not UTF-8 (byte 1)\n"
    )
