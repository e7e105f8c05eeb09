"""`check --baseline` and `--write-baseline`: what is known and accepted does not fail, and what is new does."""

import re
import shlex
from pathlib import Path

import pytest
from accepting import accepted, codes, report_of, written
from changes_in_git import commit, repository
from commandline import Run

FLAWED = """\
- id: instructgpt
  category: paper
  title: Training language models to follow instructions with human feedback
  url: https://arxiv.org/pdf/2203.02155
  authors: [Long Ouyang, "Kianté,Brantley", et al.]
  year: 2022
  links:
    - {role: code, label: official, url: ""}
- id: again
  category: paper
  title: Another
  url: https://arxiv.org/abs/2203.02155
  authors: [Long Ouyang]
  year: 2029
"""
TURNED = """\
# moved, re-indented, renamed, with another order of keys and items
-   category: paper
    id: again-2
    title: ANOTHER
    url:   https://arxiv.org/abs/2203.02155
    authors:
        - Long Ouyang
    year: 2029

-   id: ouyang-et-al
    category: paper
    year: 2022
    title: >-
        Training language models
        to follow instructions with human feedback
    url: https://arxiv.org/abs/2203.02155
    links:
        - {role: project, label: page, url: "https://fine.example/"}
        - {role: code, label: official, url: ""}
    authors: [Jeff Wu, Long Ouyang, "Kianté,Brantley", et al.]
"""
ALL = ["DUP101", "ENT103", "ENT105", "ENT106", "LNK106"]


@pytest.fixture(autouse=True)
def _in_a_folder_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    written(FLAWED)


def checked(run: Run, *flags: object) -> tuple[int, list[str], list[str]]:
    """The exit code, the codes that are open, and the notes."""
    ran = run("check", "--offline", "--format", "json", *flags)
    report = report_of(ran)
    return ran.code, codes(report, suppressed=False), [note["message"] for note in report["notes"]]


def test_what_is_there_is_accepted_and_counted_and_never_dropped(run: Run) -> None:
    ran = run("check", "--offline", "--format", "json", "--write-baseline", "b.json")
    assert (ran.code, ran.err) == (0, "rlhf-linkcheck: b.json: 5 findings are accepted\n")
    assert sorted(one["code"] for one in accepted()) == ALL
    again = report_of(run("check", "--offline", "--format", "json", "--baseline", "b.json", "--fail-on", "warning"))
    assert (again["exit_code"], again["summary"]["suppressed"], again["notes"]) == (0, 5, [])
    assert codes(again, suppressed=True) == ALL
    assert {finding["suppressed_by"] for finding in again["findings"]} == {"baseline b.json"}
    assert report_of(ran)["findings"] == again["findings"]
    assert "findings  none, 5 suppressed" in run("check", "--offline", "--baseline", "b.json").out


def test_an_accepted_finding_is_told_so_that_a_reviewer_can_follow(run: Run) -> None:
    run("check", "--offline", "--select", "ENT105", "--write-baseline", "b.json")
    assert (
        Path("b.json").read_text(encoding="utf-8")
        == """\
{
  "schema_version": 1,
  "accepted": [
    {
      "file": "entries.yaml",
      "title": "Training language models to follow instructions with human feedback",
      "link": "arxiv:2203.02155",
      "code": "ENT105",
      "field": "authors[]",
      "listed": "Kianté,Brantley",
      "says": "a comma without a blank in the middle of one name: write «Kianté Brantley»"
    }
  ]
}
"""
    )


def test_moving_indenting_sorting_and_renaming_break_nothing(run: Run) -> None:
    run("check", "--offline", "--write-baseline", "b.json")
    written(TURNED)
    gone = "baseline b.json: LNK106 url https://arxiv.org/abs/2203.02155 («Training language models to follow …»)"
    code, new, notes = checked(run, "--baseline", "b.json", "--fail-on", "warning")
    assert (code, new) == (0, [])
    assert [note.partition(":")[0] for note in notes] == [gone.partition(":")[0]]
    assert "LNK106" in notes[0]
    assert "not found any more; take it out" in notes[0]


def test_what_is_new_fails(run: Run) -> None:
    run("check", "--offline", "--write-baseline", "b.json")
    written(FLAWED + '  links: [{role: code, label: official, url: ""}]\n')
    assert checked(run, "--baseline", "b.json") == (1, ["ENT103"], [])


def test_a_list_is_known_by_its_place_in_the_repository(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path(".git").mkdir()
    Path("list").mkdir()
    Path("entries.yaml").rename("list/entries.yaml")
    run("check", "--offline", "list/entries.yaml", "--write-baseline", "b.json")
    assert {one["file"] for one in accepted()} == {"list/entries.yaml"}
    monkeypatch.chdir("list")
    assert checked(run, "./entries.yaml", "--baseline", "../b.json") == (0, [], [])
    written(FLAWED, "other.yaml")
    assert checked(run, "other.yaml", "--baseline", "../b.json") == (1, ALL, [])


def test_a_comment_wins_over_the_baseline(run: Run) -> None:
    run("check", "--offline", "--write-baseline", "b.json")
    written(FLAWED.replace('url: ""}', 'url: ""}  # linkcheck: ignore[ENT103]'))
    report = report_of(run("check", "--offline", "--format", "json", "--baseline", "b.json"))
    by = {finding["code"]: finding["suppressed_by"] for finding in report["findings"]}
    assert (by["ENT103"], by["ENT105"]) == ("entries.yaml:8", "baseline b.json")
    assert ["ENT103" in note["message"] for note in report["notes"]] == [True]
    run("check", "--offline", "--baseline", "b.json", "--write-baseline", "b.json")
    assert "ENT103" not in {one["code"] for one in accepted()}


def test_writing_it_anew_takes_out_what_is_gone_and_keeps_what_this_run_could_not_tell(run: Run) -> None:
    run("check", "--offline", "--write-baseline", "b.json")
    written(FLAWED.replace("2029", "2022"))
    both = ("--baseline", "b.json", "--write-baseline", "b.json")
    code, new, notes = checked(run, "--select", "DUP", *both)
    assert (code, new, notes) == (0, [], [])
    assert sorted(one["code"] for one in accepted()) == ALL
    assert checked(run, *both) == (0, [], [])
    assert sorted(one["code"] for one in accepted()) == ["DUP101", "ENT103", "ENT105", "LNK106"]
    one_entry = checked(run, "--entry", "again", *both)
    assert (one_entry, len(accepted())) == ((0, [], []), 4)


def test_the_configuration_names_it_and_it_need_not_be_there_before_it_is_written(run: Run) -> None:
    Path("settings").mkdir()
    written('baseline = "known.json"\n', "settings/rlhf-linkcheck.toml")
    config = ("--config", "settings/rlhf-linkcheck.toml")
    assert run("check", "--offline", *config).err == (
        "rlhf-linkcheck: settings/known.json: there is no such file: check the name and the directory\n"
    )
    assert checked(run, *config, "--write-baseline", "settings/known.json") == (0, [], [])
    assert checked(run, *config) == (0, [], [])
    run("check", "--offline", "--select", "DUP", "--write-baseline", "b.json")
    assert checked(run, *config, "--baseline", "b.json")[0] == 1


@pytest.mark.parametrize(
    ("flags", "complaint"),
    [
        (["--baseline", "absent.json"], "absent.json: there is no such file: check the name and the directory"),
        (["--baseline", "entries.yaml"], "entries.yaml: is not JSON (line 1, column 1: Expecting value); mend it, "),
        (["--write-baseline", "entries.yaml"], "--write-baseline: entries.yaml is the list itself; write the baseline"),
        (["--write-baseline", "absent/b.json"], "--write-baseline absent/b.json: there is no folder absent"),
        (["--write-baseline", "."], "--write-baseline .: . is a folder; name a file in it"),
        (["--write-baseline", "x" * 300], f"--write-baseline {'x' * 300}: File name too long"),
        (["--write-baseline", "x.json", "--report", "json=./x.json"], "--write-baseline: x.json is a report's file; "),
        (["--write-baseline", "own.toml", "--config", "own.toml"], "--write-baseline: own.toml is the configuration; "),
        (["--write-baseline", "s.json", "--schema", "s.json"], "--write-baseline: s.json is the schema; write "),
    ],
)
def test_a_file_that_cannot_be_meant_leaves_with_2_before_anything_is_done(
    run: Run, flags: list[str], complaint: str
) -> None:
    written("", "own.toml")
    written("{}", "s.json")
    ran = run("check", "--offline", *flags)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"rlhf-linkcheck: {complaint}")
    assert ran.err.count("\n") == 1
    assert Path("entries.yaml").read_text(encoding="utf-8") == FLAWED


def test_the_state_file_is_not_written_over(run: Run) -> None:
    ran = run("check", "--select", "ENT", "--state", "s.sqlite3", "--write-baseline", "./s.sqlite3")
    assert ran.err.startswith("rlhf-linkcheck: --write-baseline: s.sqlite3 is the state file; write the baseline")


def test_a_list_that_was_not_read_to_its_end_is_not_accepted(run: Run) -> None:
    written(FLAWED + "- [\n")
    ran = run("check", "--offline", "--write-baseline", "b.json")
    assert ran.code == 2
    assert ran.err == (
        "rlhf-linkcheck: --write-baseline: b.json was not written, for the run is not whole; "
        "mend the syntax error first\n"
    )
    assert "ENT100" in ran.out
    assert not Path("b.json").exists()


def test_a_file_that_cannot_be_written_in_the_end_leaves_with_2_and_the_report_is_there(run: Run) -> None:
    ran = run("check", "--offline", "--write-baseline", "/dev/full")
    assert (ran.code, ran.err) == (2, "rlhf-linkcheck: /dev/full cannot be written: No space left on device\n")
    assert "ENT103" in ran.out


def test_it_is_written_whole_or_not_at_all(run: Run) -> None:
    run("check", "--offline", "--write-baseline", "b.json")
    before = Path("b.json").stat()
    run("check", "--offline", "--write-baseline", "b.json")
    assert Path("b.json").stat().st_ino != before.st_ino
    assert {path.name for path in Path().iterdir()} == {"b.json", "entries.yaml"}


def test_the_how_to_is_what_happens(run: Run) -> None:
    """docs/baseline.md to the letter: its files are written, its commands run, «…» stands for the rest."""
    page = (Path(__file__).parents[2] / "docs" / "baseline.md").read_text(encoding="utf-8")
    tried = 0
    for kind, block in re.findall(r"^```(yaml|console)\n(.*?)^```$", page, re.MULTILINE | re.DOTALL):
        if kind == "yaml":
            written(block)
            continue
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = step.partition("\n")
            name, *arguments = shlex.split(command)
            ran = run(*arguments) if name == "rlhf-linkcheck" else None
            said = ran.err + ran.out if ran else Path(*arguments).read_text(encoding="utf-8")
            assert said.startswith(shown.removesuffix("…\n"))
            assert shown.endswith("…\n") or said == shown
            assert ran is None or ran.code == 0
            tried += 1
    assert tried == 5


def test_of_a_change_only_what_was_accepted_before_it_is(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    empty = FLAWED.partition("- id: again")[0]
    run("check", "--offline", "--write-baseline", "b.json")
    known = Path("b.json").read_text(encoding="utf-8")
    written(empty)
    run("check", "--offline", "--write-baseline", "b.json")
    folder = repository(Path("clone"), entries__yaml=empty, b__json=Path("b.json").read_text(encoding="utf-8"))
    monkeypatch.chdir(folder)
    since = ("--since", "main", "--baseline", "b.json")
    # What is accepted stays so where the change touches it, and is not said to be gone where it does not.
    commit(Path(), entries__yaml=empty.replace("2022", "2021"))
    code, new, notes = checked(run, *since)
    assert (code, new, [note for note in notes if "not found" in note]) == (0, [], [])
    # A change that accepts what it brings along is not heard, and that is said.
    commit(Path(), entries__yaml=FLAWED, b__json=known)
    code, new, notes = checked(run, *since)
    assert (code, new) == (1, ["DUP101", "ENT106"])
    assert [note.partition(" is that at main (")[0] for note in notes if "no effect" in note] == ["b.json"]
    ran = run("check", "--offline", *since, "--write-baseline", "new.json")
    assert (ran.code, ran.err) == (
        2,
        "rlhf-linkcheck: --write-baseline accepts what a run over the whole list finds: leave --since out\n",
    )
    missing = run("check", "--offline", "--since", "main", "--baseline", "new.json")
    assert (missing.code, "new.json: is not in main (" in missing.err) == (2, True)
