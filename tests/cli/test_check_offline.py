"""`check` without a network: what comes in, what comes out, and with which exit code."""

import io
import json
import sys
from pathlib import Path

import pytest
from commandline import Run

from rlhf_linkcheck.version import __version__

CLEAN = """\
- id: rlhf-book
  category: book
  title: The RLHF Book
  url: https://www.manning.com/books/the-rlhf-book
"""
FLAWED = """\
- id: instructgpt
  category: paper
  title: Training language models to follow instructions with human feedback
  url: https://arxiv.org/pdf/2203.02155
  authors: [Long Ouyang, "Kianté,Brantley", et al.]
  year: 2022
  links:
    - {role: code, label: official, url: ""}
"""


TWICE = ("./a.yaml", "a.yaml", "link.yml", "a.yaml")


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def written(text: str, name: str = "entries.yaml") -> Path:
    path = Path(name)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_clean_list_leaves_with_0_and_says_so(run: Run) -> None:
    written(CLEAN)
    ran = run("check", "--offline")
    assert (ran.code, ran.err) == (0, "")
    assert "entries   1 judged" in ran.out


def test_findings_stand_at_their_places_and_leave_with_1(run: Run) -> None:
    written(FLAWED)
    ran = run("check", "--offline")
    assert ran.code == 1
    assert "entries.yaml:5:26 ENT105 malformed-authors" in ran.out
    assert "entries.yaml:8:42 ENT103 empty-link" in ran.out
    assert "1 info (LNK106 1): --verbose lists them" in ran.out
    assert "entries.yaml:4:8 LNK106 noncanonical-link" in run("check", "--offline", "--verbose").out


@pytest.mark.parametrize("item", ["- Ada", "name: Ada Lovelace", "Alan Turing: equal contribution"])
def test_an_author_that_is_no_text_is_asked_to_be_text_and_never_taken_out(run: Run, item: str) -> None:
    written(CLEAN + f"  authors:\n  - {item}\n")
    ran = run("check", "--offline")
    assert "ENT101 schema-violation entry `rlhf-book`: `authors[0]` should be text" in ran.out
    assert "ENT105" not in ran.out


@pytest.mark.parametrize(
    ("flags", "code"),
    [
        (["--fail-on", "never"], 0),
        (["--select", "ENT105"], 0),
        (["--select", "ENT105", "--fail-on", "warning"], 1),
        (["--ignore", "ENT103"], 0),
        (["--select", "LNK106", "--fail-on", "warning"], 0),
    ],
)
def test_what_fails_a_run_is_chosen(run: Run, flags: list[str], code: int) -> None:
    written(FLAWED)
    assert run("check", "--offline", *flags).code == code


def test_rules_that_need_no_network_ask_nobody(run: Run) -> None:
    written(FLAWED)
    ran = run("check", "--select", "ENT,DUP", "--format", "json")
    report = json.loads(ran.out)
    assert report["summary"]["requests"] == 0
    assert [(link["url"], link["verdict"], link["reason"]) for link in report["links"]] == [
        ("https://arxiv.org/pdf/2203.02155", "skipped", "offline")
    ]


def test_the_list_is_found_by_itself(run: Run) -> None:
    written("## Books\n\n- [The RLHF Book](https://www.manning.com/books/the-rlhf-book)\n", "README.md")
    assert json.loads(run("check", "--offline", "--format", "json").out)["inputs"] == ["README.md"]
    written(CLEAN)
    assert json.loads(run("check", "--offline", "--format", "json").out)["inputs"] == ["entries.yaml"]


def test_standard_input_is_yaml(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(FLAWED.encode())))
    ran = run("check", "--offline", "-")
    assert ran.code == 1
    assert "-:8:42 ENT103" in ran.out


def test_several_inputs_are_one_report(run: Run) -> None:
    written(CLEAN)
    written(FLAWED, "more.yml")
    report = json.loads(run("check", "--offline", "--format", "json", "entries.yaml", "more.yml").out)
    assert [entry["id"] for entry in report["entries"]] == ["rlhf-book", "instructgpt"]
    assert {finding["path"] for finding in report["findings"]} == {"more.yml"}


def test_one_entry_can_be_asked_for(run: Run) -> None:
    written(CLEAN + FLAWED)
    report = json.loads(run("check", "--offline", "--format", "json", "--entry", "rlhf-book").out)
    assert (report["findings"], report["summary"]["entries"], report["summary"]["links"]) == ([], 1, 1)
    ran = run("check", "--offline", "--entry", "rlhf-bok")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "rlhf-linkcheck: entries.yaml: has no entry with the id «rlhf-bok»\n"


@pytest.mark.parametrize(
    ("name", "content", "complaint"),
    [
        ("absent.yaml", None, "absent.yaml: "),
        ("empty.yaml", b"", "has not one entry or link in it"),
        ("comments.yaml", b"# nothing yet\n", "has not one entry or link in it"),
        ("none.yaml", b"[]\n", "has not one entry or link in it"),
        ("prose.md", b"Nothing but words.\n", "has not one entry or link in it"),
        ("list.txt", b"- x\n", "is of no known kind"),
    ],
)
def test_an_input_that_gives_nothing_to_judge_leaves_with_2(
    run: Run, name: str, content: bytes | None, complaint: str
) -> None:
    if content is not None:
        Path(name).write_bytes(content)
    ran = run("check", "--offline", name)
    assert (ran.code, ran.out) == (2, "")
    assert complaint in ran.err
    assert ran.err.startswith(f"rlhf-linkcheck: {name}: ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"- id: [", "1:"),
        (b"\x00\x01\x02binary", "1:1"),
        (b"- id: caf\xe9\n", "1:10"),
        (b"- id: x\n  authors: *everybody\n", "2:12"),
        (b"[" * 200, "1:101"),
    ],
)
def test_a_broken_file_is_a_finding(run: Run, content: bytes, place: str) -> None:
    Path("entries.yaml").write_bytes(content)
    ran = run("check", "--offline")
    assert ran.code == 1
    assert f"entries.yaml:{place}" in ran.out
    assert "ENT100" in ran.out
    assert ran.out.splitlines()[-1] == "Incomplete: what could not be read was not judged."
    assert not json.loads(run("check", "--offline", "--format", "json").out)["complete"]


def test_a_wrong_top_level_is_a_finding(run: Run) -> None:
    written("papers:\n  - id: x\n")
    ran = run("check", "--offline")
    assert ran.code == 1
    assert "entries.yaml:1:1 ENT101" in ran.out


def test_a_folder_is_no_input(run: Run) -> None:
    Path("entries.yaml").mkdir()
    assert run("check", "--offline", "entries.yaml").code == 2


def test_without_any_list_the_way_on_is_named(run: Run) -> None:
    ran = run("check", "--offline")
    assert (ran.code, ran.err) == (
        2,
        "rlhf-linkcheck: there is neither entries.yaml nor README.md here: name the list to check\n",
    )


@pytest.mark.parametrize(
    ("flags", "complaint"),
    [
        (["--report", "json"], "write FORMAT=FILE"),
        (["--report", "pdf=x"], "«pdf» is no format; there are text, json"),
        (["--report", "json=absent/x.json"], "there is no folder absent"),
        (["--report", "json=."], "is a folder"),
        (["--connect-to", "x"], "HOST:PORT:ADDR:PORT"),
        (["--dns-server", "x"], "ADDR:PORT"),
        (["--ca-file", "absent.pem"], "No such file"),
        (["--deadline", "soon"], "--deadline soon: write a number and a unit"),
        (["--max-age", "-5m"], "--max-age -5m: write a number and a unit"),
        (["--report", "json=-"], "«-» is no file's name: --format json prints to standard output"),
        (["--select", "XYZ"], "no rule is selected"),
        (["--select", "ENT,dead-link"], "write codes or their beginnings"),
        (["--exclude", "("], "no regular expression"),
        (["--config", "absent.toml"], "there is no such file"),
        (["--schema", "absent.json"], "absent.json"),
        (["--interval", "inf"], "write a number of seconds"),
        (["--report", "json=entries.yaml"], "entries.yaml is the list itself"),
        (["--report", f"json={'x' * 300}"], "File name too long"),
        (["--report", "json=/proc/1/x.json"], "cannot be written"),
        (["--exclude", "(\n::error::x"], "\\n::error::x"),
    ],
)
def test_a_flag_that_cannot_be_meant_leaves_with_2_before_anything_is_done(
    run: Run, flags: list[str], complaint: str
) -> None:
    written(CLEAN)
    ran = run("check", "--offline", *flags)
    assert (ran.code, ran.out) == (2, "")
    assert complaint in ran.err
    assert ran.err.count("\n") == 1


def test_a_certificate_file_without_certificates_is_refused(run: Run) -> None:
    written(CLEAN)
    Path("ca.pem").write_text("no certificate\n", encoding="utf-8")
    assert "no certificate can be read from it" in run("check", "--offline", "--ca-file", "ca.pem").err


def test_unknown_options_and_values_are_refused_by_the_parser(run: Run) -> None:
    for flags in (["--nonsense"], ["--concurrency", "0"], ["--format", "pdf"], ["--fail-on", "info"]):
        assert run("check", *flags).code == 2


def test_reports_are_written_beside_the_one_on_standard_output(run: Run) -> None:
    written(FLAWED)
    ran = run("check", "--offline", "--report", "json=report.json", "--report", "text=report.txt")
    assert Path("report.txt").read_text(encoding="utf-8") == ran.out
    assert json.loads(Path("report.json").read_text(encoding="utf-8"))["exit_code"] == ran.code == 1
    assert not [path for path in Path().iterdir() if path.name.startswith(".")]


def test_a_report_that_cannot_be_written_is_said_and_the_others_are_there(run: Run) -> None:
    written(FLAWED)
    ran = run("check", "--offline", "--report", "json=/dev/full", "--report", "text=report.txt")
    assert (ran.code, ran.err) == (2, "rlhf-linkcheck: /dev/full cannot be written: No space left on device\n")
    assert "ENT103" in ran.out
    assert Path("report.txt").read_text(encoding="utf-8") == ran.out


@pytest.mark.parametrize("value", ["::::", "http://", "socks5://proxy.example:1080", "http://[::1"])
def test_a_proxy_that_cannot_be_used_is_refused_without_repeating_it(
    run: Run, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    written(CLEAN)
    monkeypatch.setenv("https_proxy", value)
    ran = run("check")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "rlhf-linkcheck: HTTPS_PROXY is no proxy that can be used: write http://HOST:PORT\n"
    assert run("check", "--offline").code == 0


def test_a_report_can_go_to_a_device(run: Run) -> None:
    written(CLEAN)
    assert run("check", "--offline", "--report", "json=/dev/null").code == 0
    assert Path("/dev/null").is_char_device()


def test_the_configuration_file_counts_and_flags_come_first(run: Run) -> None:
    written(FLAWED)
    written('fail-on = "never"\nallow-private = true\nselect = ["ENT"]\n', "rlhf-linkcheck.toml")
    ran = run("check")
    assert ran.code == 0
    assert "«allow-private» has no effect" in ran.err
    assert "LNK106" not in ran.out
    assert run("check", "--offline", "--fail-on", "error").code == 1
    assert "LNK106" in run("check", "--offline", "--select", "LNK106").out


def test_a_code_that_no_rule_has_is_said_and_no_error(run: Run) -> None:
    written(CLEAN)
    ran = run("check", "--offline", "--ignore", "XYZ101,ENT101")
    assert (ran.code, ran.err) == (0, "rlhf-linkcheck: there is no rule XYZ101; `explain` lists them\n")


def test_an_own_schema_can_be_given(run: Run) -> None:
    written(CLEAN)
    written('{"items": {"required": ["isbn"]}}', "own.json")
    ran = run("check", "--offline", "--schema", "own.json")
    assert ran.code == 1
    assert "isbn" in ran.out


def test_a_comment_suppresses_and_is_counted(run: Run) -> None:
    written(FLAWED.replace('url: ""}', 'url: ""}  # linkcheck: ignore[ENT103]'))
    report = json.loads(run("check", "--offline", "--format", "json").out)
    assert report["summary"]["suppressed"] == 1
    assert [finding["suppressed_by"] for finding in report["findings"] if finding["code"] == "ENT103"] == [
        "entries.yaml:8"
    ]


def test_colour_is_for_whoever_asks_for_it(run: Run) -> None:
    written(FLAWED)
    assert "\x1b[" not in run("check", "--offline").out
    assert "\x1b[" in run("check", "--offline", "--color", "always").out


def test_the_version_and_the_help_are_told(run: Run) -> None:
    assert run("--version").out == f"rlhf-linkcheck {__version__}\n"
    assert run("--help").code == 0
    for command in ("check", "import", "report", "explain", "demo"):
        ran = run(command, "--help")
        assert (ran.code, ran.err) == (0, "")


def test_a_list_that_is_named_twice_is_judged_once_by_its_first_name(run: Run) -> None:
    """As ruff has it, without a word; a link that is read as another kind of list is another one."""
    written(FLAWED, "a.yaml")
    for name in ("link.yml", "read-otherwise.md"):
        Path(name).symlink_to("a.yaml")
    alone, ran = (run("check", "--offline", "--format", "json", *names) for names in (["./a.yaml"], TWICE))
    told, once = json.loads(ran.out), json.loads(alone.out)
    assert (ran.code, ran.err, told["inputs"]) == (1, "", ["./a.yaml"])
    assert [(one["path"], one["code"]) for one in told["findings"]] == [
        ("./a.yaml", "LNK106"),
        ("./a.yaml", "ENT105"),
        ("./a.yaml", "ENT103"),
    ]
    assert (told["findings"], told["entries"]) == (once["findings"], once["entries"])
    otherwise = run("check", "--offline", "--format", "json", "a.yaml", "read-otherwise.md")
    assert json.loads(otherwise.out)["inputs"] == ["a.yaml", "read-otherwise.md"]


def test_standard_input_is_read_once(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(CLEAN.encode())))
    ran = run("check", "--offline", "-", "-")
    assert (ran.code, ran.err) == (0, "")
    assert "entries   1 judged" in ran.out
