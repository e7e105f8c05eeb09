"""A pull request in real git repositories: a base that moves on, commits of somebody else's, and the merge of both."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from actions_runner import git

HOME, FORK = "opendilab/awesome-RLHF", "newcomer/awesome-RLHF"
Files = Mapping[str, str]


@dataclass(frozen=True)
class PullRequest:
    """Number 1 of a repository; its base and head, and the merge that GitHub makes of them."""

    origin: Path
    base: str
    """What the event calls the base: where the branch was when the pull request last changed."""
    head: str
    merge: str
    fork: bool

    @property
    def event(self) -> dict[str, object]:
        return {
            "action": "synchronize",
            "number": 1,
            "pull_request": {
                "base": {"sha": self.base, "repo": {"full_name": HOME}},
                "head": {"sha": self.head, "repo": {"full_name": FORK if self.fork else HOME}},
            },
            "repository": {"full_name": HOME},
        }

    def check_out(self, folder: Path, depth: int = 2) -> Path:
        """As actions/checkout does: the merge, detached, and no more of its history than was asked for."""
        folder.mkdir()
        git(folder, "init", "--quiet")
        git(folder, "remote", "add", "origin", self.origin.as_uri())
        there = "refs/remotes/pull/1/merge"
        git(folder, "fetch", "--quiet", "--no-tags", f"--depth={depth}", "origin", f"+{self.merge}:{there}")
        git(folder, "checkout", "--quiet", "--force", there)
        return folder


def pull_request(origin: Path, before: Files, meanwhile: Files, proposed: Files, *, fork: bool = False) -> PullRequest:
    """``before`` is what both begin with; ``meanwhile`` is merged by others, after GitHub last told of the base."""
    origin.mkdir()
    git(origin, "init", "--quiet")
    base = _commit(origin, before, "The list")
    git(origin, "checkout", "--quiet", "-b", "proposal")
    head = _commit(origin, proposed, "A proposal")
    git(origin, "checkout", "--quiet", "main")
    if meanwhile:
        _commit(origin, meanwhile, "Others' work")
    git(origin, "merge", "--quiet", "--no-ff", "-m", "Merge", "proposal")
    merge = git(origin, "rev-parse", "HEAD")
    git(origin, "config", "uploadpack.allowAnySHA1InWant", "true")
    return PullRequest(origin, base, head, merge, fork)


def _commit(folder: Path, files: Files, message: str) -> str:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(folder, "add", "--force", "--all")
    git(folder, "commit", "--quiet", "-m", message)
    return git(folder, "rev-parse", "HEAD")
