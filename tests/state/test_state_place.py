import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from memories import as_nobody

from rlhf_linkcheck.state.errors import StateError
from rlhf_linkcheck.state.place import default_path, is_tracked

FOLDER = Path(".rlhf-linkcheck")


def git(folder: Path, *arguments: str) -> None:
    environment = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    settings = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "protocol.file.allow=always")
    subprocess.run(["git", *settings, *arguments], cwd=folder, env=environment, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q")
    return root


def add(root: Path, *names: str) -> None:
    """Tracks these files, whatever is ignored."""
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("forged")
    git(root, "add", "--force", *names)


def test_the_file_lies_beside_the_configuration_else_in_the_working_directory() -> None:
    assert default_path(Path("there/pyproject.toml")) == Path("there/.rlhf-linkcheck/state.sqlite3")
    assert default_path(None) == Path(".rlhf-linkcheck/state.sqlite3")


def test_a_file_is_tracked_once_it_is_added(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = repository / default_path(None)
    assert not is_tracked(path)
    path.parent.mkdir()
    path.touch()
    assert not is_tracked(path)
    add(repository, str(default_path(None)))
    assert is_tracked(path)
    assert not is_tracked(path.with_name("other"))
    monkeypatch.chdir(repository)
    assert is_tracked(default_path(None))
    path.unlink()
    assert is_tracked(path), "a checkout would bring it back"


@pytest.mark.parametrize("end", ["-wal", "-shm", "-journal"])
def test_what_sqlite_would_play_back_into_the_file_counts_as_the_file(repository: Path, end: str) -> None:
    add(repository, f"state.sqlite3{end}")
    assert is_tracked(repository / "state.sqlite3")


@pytest.mark.parametrize("name", ["*", "[ab]", ":(glob)**", ":!x", "-rf", "強化 学習", "a\nb", "--"])
def test_no_name_is_a_pattern_or_an_option(repository: Path, name: str) -> None:
    add(repository, "a")
    assert not is_tracked(repository / name)
    (repository / name).touch()
    git(repository, "--literal-pathspecs", "add", "--", name)
    assert is_tracked(repository / name)


def test_another_case_is_the_same_file_on_some_systems(repository: Path) -> None:
    add(repository, ".RLHF-Linkcheck/State.sqlite3")
    assert is_tracked(repository / default_path(None))


def test_a_link_leads_to_what_is_tracked(repository: Path) -> None:
    add(repository, "evil/state.sqlite3")
    (repository / FOLDER).symlink_to("evil")
    assert is_tracked(repository / default_path(None))
    (repository / "link").symlink_to("evil/state.sqlite3")
    assert is_tracked(repository / "link")


def test_a_link_that_is_tracked_itself_is_no_better(repository: Path, tmp_path: Path) -> None:
    (repository / "link").symlink_to(tmp_path / "elsewhere")
    assert not is_tracked(repository / "link")
    git(repository, "add", "link")
    assert is_tracked(repository / "link")


@pytest.mark.parametrize("target", [".", ".git", "..", "../elsewhere"])
def test_a_folder_on_the_way_that_is_a_tracked_link_is_no_better(
    repository: Path, monkeypatch: pytest.MonkeyPatch, target: str
) -> None:
    """Else a commit chooses where the file lies, and what is written beside it: a .gitignore that hides all."""
    (repository / FOLDER).symlink_to(target)
    assert not is_tracked(repository / default_path(None))
    git(repository, "add", "--force", str(FOLDER))
    assert is_tracked(repository / default_path(None))
    assert is_tracked(repository / FOLDER / "deeper" / "state.sqlite3")
    monkeypatch.chdir(repository)
    assert is_tracked(default_path(None))


def test_links_in_a_circle_lead_nowhere(repository: Path) -> None:
    (repository / FOLDER).symlink_to(FOLDER)
    assert not is_tracked(repository / default_path(None))


def test_a_folder_that_plays_repository_hides_nothing_and_runs_nothing(repository: Path, tmp_path: Path) -> None:
    """Git, asked from within, takes a tracked folder with these for a bare repository, and does as its config says."""
    ran = tmp_path / "ran"
    for name in ("HEAD", "objects/x", "refs/x", "config", "state.sqlite3"):
        add(repository, f"{FOLDER}/{name}")
    (repository / FOLDER / "HEAD").write_text("ref: refs/heads/main\n")
    (repository / FOLDER / "config").write_text(f"[core]\n bare = false\n worktree = .\n fsmonitor = touch {ran};\n")
    assert is_tracked(repository / default_path(None))
    git(repository, "config", "core.fsmonitor", f"touch {ran};")
    assert is_tracked(repository / default_path(None))
    assert not ran.exists()


def test_the_folder_may_be_a_repository_of_its_own_within(repository: Path, tmp_path: Path) -> None:
    inner = tmp_path / "inner"
    inner.mkdir()
    git(inner, "init", "-q")
    add(inner, "state.sqlite3")
    git(inner, "commit", "-qm", "forged")
    git(repository, "submodule", "--quiet", "add", str(inner), str(FOLDER))
    assert is_tracked(repository / default_path(None))
    assert not is_tracked(repository / FOLDER / "other")


def test_the_environment_of_git_is_not_believed(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    git(other, "init", "-q")
    add(repository, "state.sqlite3")
    monkeypatch.setenv("GIT_DIR", str(other / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(other / "index"))
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    assert is_tracked(repository / "state.sqlite3")


def test_a_working_tree_beside_the_first_is_a_repository(repository: Path, tmp_path: Path) -> None:
    add(repository, "state.sqlite3")
    git(repository, "commit", "-qm", "forged")
    git(repository, "worktree", "add", "-q", str(tmp_path / "beside"))
    assert is_tracked(tmp_path / "beside" / "state.sqlite3")


def test_without_a_repository_or_without_git_nothing_is_tracked(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not is_tracked(tmp_path / "state.sqlite3")
    (tmp_path / ".git").mkdir()
    assert not is_tracked(tmp_path / "state.sqlite3"), "an empty folder of that name is no repository"
    add(repository, "state.sqlite3")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not is_tracked(repository / "state.sqlite3")


def test_a_folder_that_does_not_let_us_in_is_no_bug_but_trouble_for_who_opens_the_file() -> None:
    with TemporaryDirectory() as name:  # pytest's own lies in folders that only root may enter
        folder = Path(name, FOLDER)
        folder.mkdir(mode=0o000)
        with as_nobody(Path(name)):
            assert not is_tracked(folder / "state.sqlite3")
            assert not is_tracked(folder / "deeper" / "state.sqlite3")


@pytest.mark.parametrize("name", ["index", "config"])
def test_git_that_cannot_read_the_repository_is_not_taken_for_a_no(repository: Path, name: str) -> None:
    add(repository, "state.sqlite3")
    (repository / ".git" / name).write_bytes(b"[of a later git")
    with pytest.raises(StateError, match="git cannot say whether it tracks it; give another file, or do without"):
        is_tracked(repository / "state.sqlite3")


def test_git_that_does_not_answer_is_not_taken_for_a_no(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    silent = tmp_path / "git"
    silent.write_text("#!/bin/sh\nread forever < fifo\n")
    silent.chmod(0o755)
    os.mkfifo(repository / "fifo")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr("rlhf_linkcheck.git.PATIENCE", 0.1)
    with pytest.raises(StateError, match="git did not say within"):
        is_tracked(repository / "state.sqlite3")
