"""`check --since REV`: what git has to hold a list against, and what is said where it has nothing."""

import os
from pathlib import Path

import pytest
from changed_lists import ILL, LIST, OLD, entry
from changes_in_git import commit, git, repository
from commandline import Run


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nowhere", "--since nowhere: there is no such revision here; fetch it, or look at its name"),
        ("--help", "--since --help: there is no such revision here"),
        ("-x", "--since -x: there is no such revision here"),
        ("", "--since : there is no such revision here"),
        ("main:entries.yaml", "there is no such revision here"),
    ],
)
def test_a_revision_that_there_is_not_is_one_clear_line(run: Run, clone: Path, revision: str, said: str) -> None:
    assert clone.is_dir()
    ran = run("check", f"--since={revision}", "--offline")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert said in ran.err


def test_a_shallow_clone_without_the_base_says_what_to_do(
    run: Run, clone: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit(clone, entries__yaml=LIST + entry("new", "https://new.example/"))
    shallow = clone.parent / "shallow"
    git(clone.parent, "clone", "--quiet", "--depth=1", f"file://{clone}", str(shallow))
    monkeypatch.chdir(shallow)
    ran = run("check", "--since", "main", "--offline")
    assert (ran.code, ran.err.count("\n")) == (2, 1)
    assert "there is no such revision here; the clone is shallow: fetch more of it" in ran.err
    git(shallow, "fetch", "--quiet", "--depth=1", "origin", "main:main")
    ran = run("check", "--since", "main", "--offline")
    assert "no commit is both in its history and in that of HEAD; the clone is shallow" in ran.err
    git(shallow, "fetch", "--quiet", "--unshallow")
    assert run("check", "--since", "main", "--offline").code == 0


def test_histories_that_have_nothing_in_common_are_said(run: Run, clone: Path) -> None:
    git(clone, "checkout", "--quiet", "--orphan", "alone")
    commit(clone, entries__yaml=LIST)
    ran = run("check", "--since", "main", "--offline")
    assert "in its history and in that of HEAD; they have nothing in common" in ran.err


def test_outside_of_a_repository_there_is_no_since(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(os.path, "exists", lambda _: False)  # whatever lies above the tests' own folder
    (tmp_path / "entries.yaml").write_text(LIST)
    assert "entries.yaml lies in no git repository" in run("check", "--since", "main", "--offline").err


def test_an_input_of_another_repository_is_refused(run: Run, clone: Path, tmp_path: Path) -> None:
    other = repository(tmp_path / "other", entries__yaml=LIST)
    ran = run("check", "entries.yaml", other / "entries.yaml", "--since", "main", "--offline")
    assert ran.code == 2
    assert f"{other / 'entries.yaml'} lies outside the repository {clone}" in ran.err


def test_without_git_it_is_said(run: Run, clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(clone))
    assert "there is no git here to ask" in run("check", "--since", "main", "--offline").err


def test_git_that_does_not_answer_is_not_waited_for(
    run: Run, clone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = tmp_path / "git"
    silent.write_text("#!/bin/sh\nread forever < fifo\n")
    silent.chmod(0o755)
    os.mkfifo(clone / "fifo")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr("rlhf_linkcheck.git.PATIENCE", 0.1)
    assert "git did not answer within" in run("check", "--since", "main", "--offline").err


@pytest.mark.unmeasured
def test_a_partial_clone_without_the_file_says_so(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = repository(tmp_path / "clone", entries__yaml=OLD + ILL)
    commit(folder, entries__yaml=OLD + ILL + entry("new", "https://new.example/"))
    git(folder, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", f"file://{folder}", "partial")
    monkeypatch.chdir(tmp_path / "partial")
    ran = run("check", "--since", "origin/main", "--offline")
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert "entries.yaml as at" in ran.err
    assert "where the clone is partial, clone it without `--filter`" in ran.err


@pytest.mark.unmeasured
def test_a_revision_that_is_all_but_one_is_none(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository(tmp_path / "clone", entries__yaml=OLD))
    assert "--since ^main: there is no such revision here" in run("check", "--since", "^main", "--offline").err


@pytest.mark.unmeasured
@pytest.mark.parametrize("revision", [":/the list", "HEAD^{/the list}", "@{0}", "v1"])
def test_a_revision_may_be_named_in_any_way_that_git_knows(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revision: str
) -> None:
    folder = repository(tmp_path / "clone", entries__yaml=OLD)
    git(folder, "tag", "--annotate", "--message=x", "v1")
    monkeypatch.chdir(folder)
    assert f"since {revision} ({git(folder, 'rev-parse', 'HEAD')[:7]})" in run("check", "--since", revision).out


@pytest.mark.unmeasured
@pytest.mark.parametrize("revision", ["main", "HEAD", "nowhere"])
def test_where_nothing_is_committed_yet_it_is_said(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, revision: str
) -> None:
    folder = repository(tmp_path / "clone", entries__yaml=OLD)
    git(folder, "symbolic-ref", "HEAD", "refs/heads/unborn")
    monkeypatch.chdir(folder)
    ran = run("check", "--since", revision, "--offline")
    assert f"--since {revision}: HEAD has no commit yet to hold against it; check without --since" in ran.err
