"""`check --since`: the settings are those of the base, so that no change excuses itself."""

import json
from pathlib import Path
from typing import Any

import pytest
from changed_lists import LIST, OLD, entry, found, judged, notes
from changes_in_git import commit, git, repository
from commandline import Run

FORGED = """\
allow-private = true
connect-to = ["old.example:443:127.0.0.1:9"]
ignore = ["ENT", "LNK"]
exclude = [".*"]
fail-on = "never"
"""


def test_the_configuration_is_that_of_the_base(run: Run, clone: Path) -> None:
    flawed = LIST + entry("new", "not an address")
    commit(clone, entries__yaml=flawed, rlhf_linkcheck__toml="", **{"rlhf-linkcheck__toml": FORGED})
    report = judged(run, code=1)
    assert [one["code"] for one in report["findings"]] == ["ENT104"]
    base = git(clone, "rev-parse", "main")[:7]
    assert (
        notes(report)[0]
        == f"the configuration is that at main ({base}): what this change alters in it has no effect yet"
    )
    assert any("«allow-private» has no effect" in note for note in notes(report))
    assert any("«connect-to» has no effect" in note for note in notes(report))


def test_a_configuration_that_the_base_had_counts_also_where_the_change_takes_it_away(run: Run, clone: Path) -> None:
    git(clone, "checkout", "--quiet", "main")
    commit(clone, **{"rlhf-linkcheck__toml": 'ignore = ["ENT104"]\n'})
    git(clone, "checkout", "--quiet", "-b", "next")
    git(clone, "rm", "--quiet", "rlhf-linkcheck.toml")
    commit(clone, entries__yaml=LIST + entry("new", "not an address"))
    report = judged(run, code=0)
    assert (report["findings"], len(report["notes"])) == ([], 2)


def test_a_configuration_that_cannot_be_read_any_more_is_said_and_has_no_effect(run: Run, clone: Path) -> None:
    commit(clone, **{"rlhf-linkcheck__toml": "ignore = ["})
    assert "the configuration of this change cannot be read, and that at main" in notes(judged(run, code=0))[0]


def test_the_schema_is_that_of_the_base(run: Run, clone: Path) -> None:
    strict = '{"items": {"required": ["year"]}}'
    git(clone, "checkout", "--quiet", "main")
    commit(clone, strict__json=strict)
    git(clone, "checkout", "--quiet", "-b", "next")
    commit(clone, entries__yaml=LIST + entry("new", "https://new.example/"), strict__json="{}")
    report = judged(run, "--schema", "strict.json", code=1)
    assert [(one["code"], one["entry"]) for one in report["findings"]] == [("ENT101", "new")]
    assert any(note.startswith("strict.json is that at main") for note in notes(report))
    ran = run("check", "--since", "main", "--offline", "--schema", "new.json")
    assert "new.json: is not in main" in ran.err


def test_a_schema_outside_of_the_repository_is_the_operators(run: Run, clone: Path, tmp_path: Path) -> None:
    (tmp_path / "strict.json").write_text('{"items": {"required": ["year"]}}')
    commit(clone, entries__yaml=LIST + entry("new", "https://new.example/"))
    assert [one["code"] for one in judged(run, "--schema", "../strict.json", code=1)["findings"]] == ["ENT101"]
    ran = run("check", "--since", "main", "--offline", "--schema", "../none.json")
    assert "none.json: there is no such file" in ran.err


@pytest.mark.unmeasured
@pytest.mark.parametrize("inside", [True, False])
def test_a_configuration_that_was_a_link_is_followed_within_the_repository(
    judge: Any, tmp_path: Path, inside: bool
) -> None:
    (tmp_path / "lenient.toml").write_text('ignore = ["ENT104"]\n')
    (tmp_path / "clone").mkdir()
    (tmp_path / "clone/lenient.toml").write_text('ignore = ["ENT104"]\n')
    (tmp_path / "clone/rlhf-linkcheck.toml").symlink_to("lenient.toml" if inside else "../lenient.toml")
    report = judge({"entries__yaml": OLD}, {"entries__yaml": OLD + entry("new", "not an address")})
    assert report["exit_code"] == (0 if inside else 1)


@pytest.mark.unmeasured
@pytest.mark.parametrize("target", ["lenient.toml", "../lenient.toml"])
def test_a_configuration_that_a_change_turns_into_a_link_has_no_effect(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    lenient = 'ignore = ["ENT104"]\n'
    (tmp_path / "lenient.toml").write_text(lenient)
    names = {"rlhf-linkcheck__toml": "", "lenient__toml": lenient}
    folder = repository(tmp_path / "clone", entries__yaml=OLD, **names)
    (folder / "rlhf-linkcheck.toml").unlink()
    (folder / "rlhf-linkcheck.toml").symlink_to(target)
    commit(folder, entries__yaml=OLD + entry("new", "not an address"))
    monkeypatch.chdir(folder)
    report = json.loads(run("check", "--since", "main", "--offline", "--format", "json").out)
    assert found(report) == [("ENT104", "new", 8)]


@pytest.mark.unmeasured
def test_a_configuration_that_a_partial_clone_lacks_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = repository(tmp_path / "clone", entries__yaml=OLD, own__toml="")
    git(folder, "config", "uploadpack.allowFilter", "true")
    commit(folder, own__toml='select = ["LNK"]\n')
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", f"file://{folder}", "partial")
    monkeypatch.chdir(tmp_path / "partial")
    ran = run("check", "--since", "origin/main", "--offline", "--config", "own.toml")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "own.toml as at" in ran.err


@pytest.mark.unmeasured
def test_a_configuration_that_is_a_link_to_itself_is_none(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "clone").mkdir()
    (tmp_path / "clone/own.toml").symlink_to("own.toml")
    monkeypatch.chdir(repository(tmp_path / "clone", entries__yaml=OLD))
    ran = run("check", "--since", "main", "--offline", "--config", "own.toml")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "own.toml: is not in main" in ran.err


@pytest.mark.unmeasured
def test_a_checkout_that_ends_lines_as_windows_does_alters_no_setting(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As git does there by default: core.autocrlf."""
    files = {"b__json": '{\n  "schema_version": 1,\n  "accepted": []\n}\n', "s__json": "{\n}\n"}
    folder = repository(tmp_path / "clone", entries__yaml=OLD, **files, **{"rlhf-linkcheck__toml": "ignore = []\n"})
    for path in folder.glob("[!.]*"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    monkeypatch.chdir(folder)
    given = ("--since", "HEAD", "--offline", "--baseline", "b.json", "--schema", "s.json", "--format", "json")
    report = json.loads(run("check", *given).out)
    assert [note["message"].split(" (")[0] for note in report["notes"]] == ["only what was added or changed since HEAD"]
