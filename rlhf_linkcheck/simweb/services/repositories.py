"""The repositories and gists of a scenario: what each is called and was called, what it holds, and what befell it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

from rlhf_linkcheck.simweb.fields import Fields, ScenarioError, inside

from .contents import Files, parse_files, parse_trees
from .github_threads import Thread, parse_threads

GITHUB = "github.com"
NAME = re.compile(r"[A-Za-z0-9](?:-?[A-Za-z0-9])*/[A-Za-z0-9._-]+")
"""Owner and name, by the rules of GitHub's own forms."""
GIST = re.compile(r"[0-9a-f]{1,40}")
COMMIT = re.compile(r"[0-9a-f]{40}")
CREATED = datetime(2023, 1, 1, tzinfo=UTC)
PUSHED = datetime(2026, 6, 1, tzinfo=UTC)
KEYS = (
    *("github", "gist", "server", "description", "homepage", "topics", "licence", "default_branch", "archived_at"),
    *("pushed_at", "disabled", "private", "empty", "sso", "fork_of", "former", "taken_down", "block", "files"),
    *("branches", "tags", "commits", "former_branches", "releases", "issues", "without_issues"),
)
GIST_KEYS = ("gist", "owner", "server", "description", "files")


class Block(StrEnum):
    """Why GitHub has closed a repository to everybody."""

    DMCA = "dmca"
    TERMS = "tos"


@dataclass(frozen=True, slots=True)
class Repository:
    """One repository, ``name`` with its owner. ``files`` are those of the default branch.

    ``branches``, ``tags`` and ``commits`` (by their full SHA) have files of their own.
    ``former`` are names that lead here, ``former_branches`` map an old branch's name to its new one,
    ``releases`` a tag to the names of its assets. ``taken_down`` is the address of the notice.
    ``issues`` are those that are there at first, pull requests among them; ``without_issues`` it takes none.
    ``sso`` locks a repository to tokens that its organisation has not let in, though anybody else may read it.
    Raises ScenarioError for names that GitHub would not have, and for an empty one that holds something.
    """

    name: str
    server: str = GITHUB
    description: str | None = None
    homepage: str | None = None
    topics: tuple[str, ...] = ()
    licence: str | None = None
    default_branch: str = "main"
    archived_at: datetime | None = None
    pushed_at: datetime = PUSHED
    disabled: bool = False
    private: bool = False
    empty: bool = False
    sso: bool = False
    fork_of: str | None = None
    former: tuple[str, ...] = ()
    taken_down: str | None = None
    block: Block = Block.DMCA
    files: Files = field(default_factory=dict)
    branches: Mapping[str, Files] = field(default_factory=dict)
    tags: Mapping[str, Files] = field(default_factory=dict)
    commits: Mapping[str, Files] = field(default_factory=dict)
    former_branches: Mapping[str, str] = field(default_factory=dict)
    releases: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    issues: tuple[Thread, ...] = ()
    without_issues: bool = False

    def __post_init__(self) -> None:
        for name in (self.name, *self.former, *((self.fork_of,) if self.fork_of else ())):
            if not NAME.fullmatch(name):
                raise ScenarioError(f"{name!r} is no owner/name of a repository")
        for commit in self.commits:
            if not COMMIT.fullmatch(commit):
                raise ScenarioError(f"commits: {commit!r} is no full SHA")
        if self.empty and any((self.files, self.branches, self.tags, self.commits, self.releases)):
            raise ScenarioError("empty: but there is something in it")

    @property
    def owner(self) -> str:
        """The login of the owner."""
        return self.name.partition("/")[0]

    @property
    def heads(self) -> Mapping[str, Files]:
        """The files of every branch, the default one first."""
        return {} if self.empty else {self.default_branch: self.files} | dict(self.branches)

    @property
    def tagged(self) -> Mapping[str, Files]:
        """The files of every tag; a release whose tag has no files of its own has those of the default branch."""
        return dict.fromkeys(self.releases, self.files) | dict(self.tags)


@dataclass(frozen=True, slots=True)
class Gist:
    """One gist. Raises ScenarioError for an id that is none."""

    identifier: str
    owner: str
    server: str = GITHUB
    description: str | None = None
    files: Files = field(default_factory=dict)

    def __post_init__(self) -> None:
        if not GIST.fullmatch(self.identifier):
            raise ScenarioError(f"gist: {self.identifier!r} is no id of a gist")


def parse_repositories(value: object) -> tuple[tuple[Repository, ...], tuple[Gist, ...]]:
    """The repositories and the gists of a scenario. Raises ScenarioError, naming the one and the key."""
    if not isinstance(value, list | None):
        raise ScenarioError("expected a list of repositories")
    repositories: list[Repository] = []
    gists: list[Gist] = []
    for index, one in enumerate(value or ()):
        with inside(f"[{index}]"):
            fields = Fields(one)
            if "gist" in fields.names:
                gists.append(_parse_gist(fields))
            else:
                repositories.append(_parse_repository(fields))
    return tuple(repositories), tuple(gists)


def _parse_repository(fields: Fields) -> Repository:
    files = parse_files(fields, "files")
    repository = Repository(
        name=_needed(fields, "github"),
        server=fields.text("server") or GITHUB,
        description=fields.text("description"),
        homepage=fields.text("homepage"),
        topics=fields.texts("topics") or (),
        licence=fields.text("licence"),
        default_branch=fields.text("default_branch") or "main",
        archived_at=moment(fields, "archived_at"),
        pushed_at=moment(fields, "pushed_at") or PUSHED,
        disabled=fields.flag("disabled"),
        private=fields.flag("private"),
        empty=fields.flag("empty"),
        sso=fields.flag("sso"),
        fork_of=fields.text("fork_of"),
        former=fields.texts("former") or (),
        taken_down=fields.text("taken_down"),
        block=fields.choice("block", Block) or Block.DMCA,
        files=files,
        branches=parse_trees(fields, "branches", files),
        tags=parse_trees(fields, "tags", files),
        commits=parse_trees(fields, "commits", files),
        former_branches=_renamed(fields),
        releases=_released(fields),
        issues=parse_threads(fields.take("issues")),
        without_issues=fields.flag("without_issues"),
    )
    fields.finish(KEYS)
    return repository


def _parse_gist(fields: Fields) -> Gist:
    gist = Gist(
        identifier=_needed(fields, "gist"),
        owner=_needed(fields, "owner"),
        server=fields.text("server") or GITHUB,
        description=fields.text("description"),
        files=parse_files(fields, "files"),
    )
    fields.finish(GIST_KEYS)
    return gist


def _renamed(fields: Fields) -> Mapping[str, str]:
    with inside("former_branches"):
        inner = Fields(fields.take("former_branches"))
        return {name: _needed(inner, name) for name in inner.names}


def _released(fields: Fields) -> Mapping[str, tuple[str, ...]]:
    with inside("releases"):
        inner = Fields(fields.take("releases"))
        return {tag: inner.texts(tag) or () for tag in inner.names}


def moment(fields: Fields, key: str) -> datetime | None:
    """A date, or a date and time, which is UTC's where it names no other; None where absent."""
    match fields.take(key):
        case None:
            return None
        case datetime() as value:
            return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
        case date() as value:
            return datetime(value.year, value.month, value.day, tzinfo=UTC)
        case value:
            raise ScenarioError(f"{key}: expected a date, found {value!r}")


def _needed(fields: Fields, key: str) -> str:
    value = fields.text(key)
    if not value:
        raise ScenarioError(f"{key}: is missing")
    return value
