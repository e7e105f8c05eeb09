from pathlib import Path

import pytest
import run_check
from actions_runner import git
from install_tool import isolated
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
    assert run_check.may_write(PUSH | {"pull_request": {"head": head}}, actor) is may


def test_without_a_pull_request_the_token_may_write() -> None:
    assert run_check.may_write(PUSH, "octocat")


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
