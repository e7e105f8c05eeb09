from pathlib import Path

import pytest
import run_check
from actions_runner import git
from install_tool import isolated, python_of
from pull_requests import HOME, PullRequest, pull_request

PUSH = {"repository": {"full_name": HOME}}


@pytest.fixture
def proposal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PullRequest:
    made = pull_request(tmp_path / "origin", {"a": "1\n"}, {"b": "2\n"}, {"c": "3\n"})
    monkeypatch.setenv("GITHUB_REF", "refs/pull/1/merge")
    monkeypatch.setenv("GITHUB_SHA", made.merge)
    return made


def test_a_merge_is_held_against_what_was_merged_with_not_against_the_older_base_of_the_event(
    proposal: PullRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    checkout = proposal.check_out(tmp_path / "checkout")
    monkeypatch.chdir(checkout)
    assert run_check.base_of(proposal.event) == "HEAD^1"
    assert git(checkout, "rev-parse", "HEAD^1") != proposal.base
    assert run_check.base_of(PUSH) == ""


def test_a_merge_queues_group_is_held_against_what_it_is_put_upon() -> None:
    """https://docs.github.com/webhooks/webhook-events-and-payloads#merge_group"""
    assert run_check.base_of(PUSH | {"merge_group": {"base_sha": "b" * 40, "head_sha": "a" * 40}}) == "b" * 40


@pytest.mark.parametrize("folder", ["origin", "."], ids=["the head checked out", "no repository"])
def test_what_is_no_merge_is_held_against_the_base_of_the_event(
    proposal: PullRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str
) -> None:
    git(proposal.origin, "checkout", "--quiet", proposal.head)
    monkeypatch.chdir(tmp_path / folder)
    assert run_check.base_of(proposal.event) == proposal.base


def test_a_merge_that_is_the_branchs_own_is_none_of_the_pull_request(
    proposal: PullRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As at pull_request_target, where the base is checked out."""
    monkeypatch.setenv("GITHUB_REF", "refs/heads/main")
    monkeypatch.chdir(proposal.check_out(tmp_path / "checkout"))
    assert run_check.base_of(proposal.event) == proposal.base


@pytest.mark.parametrize(
    ("head", "actor", "may"),
    [
        ({"repo": {"full_name": HOME}}, "octocat", True),
        ({"repo": {"full_name": HOME}}, "dependabot[bot]", False),
        ({"repo": {"full_name": "newcomer/awesome-RLHF"}}, "octocat", False),
        ({"repo": None}, "octocat", False),
    ],
)
def test_whose_token_may_write(head: object, actor: str, may: bool) -> None:
    assert run_check.may_write(PUSH | {"pull_request": {"head": head}}, "pull_request", actor) is may


@pytest.mark.parametrize(
    ("name", "actor", "may"),
    [
        ("push", "octocat", True),
        ("push", "dependabot[bot]", False),
        ("create", "dependabot[bot]", False),
        ("schedule", "dependabot[bot]", True),
    ],
)
def test_without_a_pull_request_the_token_may_write_unless_dependabot_pushes(name: str, actor: str, may: bool) -> None:
    """A schedule's actor is who last touched the workflow, be it to update an action in it."""
    assert run_check.may_write(PUSH, name, actor) is may


@pytest.mark.parametrize("git", ["", "#!/bin/sh\nexec sleep 60\n"], ids=["no git", "a git that does not answer"])
def test_where_git_is_of_no_use_the_base_of_the_event_is_left_to_the_tool(
    proposal: PullRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, git: str
) -> None:
    """Who says clearly that there is no git here to ask."""
    monkeypatch.chdir(proposal.check_out(tmp_path / "checkout"))
    programs = tmp_path / "bin"
    programs.mkdir()
    if git:
        (programs / "git").write_text(git, encoding="utf-8")
        (programs / "git").chmod(0o755)
        monkeypatch.setattr("rlhf_linkcheck.git.PATIENCE", 0.05)
    monkeypatch.setenv("PATH", f"{programs}:/bin" if git else str(programs))
    assert run_check.base_of(proposal.event) == proposal.base


def test_options_come_in_an_order_in_which_the_operators_win(tmp_path: Path) -> None:
    given = {
        "since": "--output=x",
        "fail-on": "never",
        "offline": "true",
        "args": "--color 'never'",
        "inputs": "-x.yaml 'a b.md'",
    }
    inputs = run_check.Inputs({f"INPUT_{name.replace('-', '_').upper()}": text for name, text in given.items()})
    assert run_check.arguments(inputs, PUSH, Path("r"), None) == [
        *("--fail-on=never", "--since=--output=x", "--offline", "--no-state"),
        *("--report=json=r/report.json", "--report=markdown=r/report.md", "--report=sarif=r/report.sarif"),
        *("--report=github=r/annotations.txt", "--no-progress", "--color=always"),
        *("--color", "never", "--", "-x.yaml", "a b.md"),
    ]
    assert "--state=s" in run_check.arguments(inputs, PUSH, tmp_path, Path("s"))


def test_pythons_name_in_an_environment_is_the_whole_one_as_pip_looks_for_a_file() -> None:
    assert python_of(Path("e"), "posix") == Path("e/bin/python")
    assert python_of(Path("e"), "nt") == Path("e/Scripts/python.exe")


def test_pip_is_told_where_packages_are_and_nothing_else() -> None:
    given = {
        "PATH": "/bin",
        "PIP_INDEX_URL": "https://mirror.example/simple",
        "PIP_CONSTRAINT": "constraints.txt",
        "PIP_CONFIG_FILE": "pip.conf",
        "PYTHONPATH": "src",
    }
    assert isolated(given) == {
        "PATH": "/bin",
        "PIP_INDEX_URL": "https://mirror.example/simple",
        "PIP_CONFIG_FILE": "/dev/null",
    }


@pytest.mark.parametrize(
    ("given", "partial"),
    [
        ({}, False),
        ({"INPUT_ARGS": "--exclude --since --max-requests 9", "INPUT_SELECT": "ENT"}, True),
        ({"INPUT_ARGS": "--sincere=x --exclude '--since x'"}, False),
        ({"INPUT_SINCE": "v1"}, True),
        ({"INPUT_ARGS": "--quiet --since=v1"}, True),
        ({"INPUT_ARGS": "--entry one"}, True),
    ],
)
def test_what_asks_for_a_part_of_the_list(given: dict[str, str], partial: bool) -> None:
    """A pattern that reads like the option is taken for it: an upload too few closes no alerts."""
    assert run_check.is_partial(run_check.Inputs(given)) is partial
