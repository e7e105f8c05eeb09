"""What the Hugging Face Hub of a scenario holds: repositories, and what else has an address there."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from rlhf_linkcheck.simweb.fields import Fields, ScenarioError, inside

from .trees import Files, parse_files, parse_revisions

REPOSITORY_ID = re.compile(r"(?:[\w.-]+/)?[\w.-]+", re.ASCII)
"""An owner and a name; the oldest repositories had a name alone."""
DAY = "2024-05-06T07:08:09.000Z"
KEYS = (
    *("private", "gated", "disabled", "former", "license", "tags", "created", "last_modified", "downloads", "likes"),
    *("card", "files", "revisions"),
)


class Kind(StrEnum):
    """The kinds of repositories."""

    MODEL = "model"
    DATASET = "dataset"
    SPACE = "space"


class Gate(StrEnum):
    """Who lets people in at a gated repository: a form, or its owner."""

    AUTO = "auto"
    MANUAL = "manual"


class Disabled(StrEnum):
    """How the Hub tells that a repository is disabled: its metadata say so, or are refused as of old."""

    TOLD = "told"
    REFUSED = "refused"


class Other(StrEnum):
    """What has an address and is no repository."""

    COLLECTION = "collection"
    PAPER = "paper"
    BLOG = "blog"
    USER = "user"
    ORGANIZATION = "organization"


@dataclass(frozen=True, slots=True)
class HubRepository:
    """One repository. ``revisions`` are those beside main, whose files are ``files`` and the card.

    Raises ScenarioError for an id that none can have.
    """

    kind: Kind
    id: str
    private: bool = False
    gated: Gate | None = None
    disabled: Disabled | None = None
    former: tuple[str, ...] = ()
    license: str | None = None
    tags: tuple[str, ...] = ()
    created: str = DAY
    last_modified: str = DAY
    downloads: int = 0
    likes: int = 0
    card: str | None = None
    files: Files = field(default_factory=dict)
    revisions: Mapping[str, Files] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if "/" not in self.id:
            raise ScenarioError(f"{self.id!r} is no owner/name")
        for name in (self.id, *self.former):
            if not REPOSITORY_ID.fullmatch(name):
                raise ScenarioError(f"{name!r} is no name of a repository")

    @property
    def owner(self) -> str:
        """Whose it is."""
        return self.id.partition("/")[0]

    @property
    def sha(self) -> str:
        """The current commit of main."""
        return self.commit("main")

    def commit(self, revision: str) -> str:
        """The commit that a revision stands for."""
        return hashlib.sha1(f"{self.id}@{revision}".encode(), usedforsecurity=False).hexdigest()

    @property
    def trees(self) -> Mapping[str, Files]:
        """The files of each revision, under its name and under its commit."""
        main = {".gitattributes": "", **({"README.md": self.card} if self.card else {}), **self.files}
        named = {"main": main, **self.revisions}
        return named | {self.commit(name): files for name, files in named.items()}


@dataclass(frozen=True, slots=True)
class HubOther:
    """A collection, a paper, a blog post, a user or an organization; ``items`` are a collection's."""

    kind: Other
    id: str
    title: str
    items: tuple[str, ...] = ()


HubContent = HubRepository | HubOther


def parse_hub(value: object) -> tuple[HubContent, ...] | None:
    """The contents of a scenario's Hub, None where it has none. Raises ScenarioError, naming item and key."""
    if value is None:
        return None
    if not isinstance(value, list):
        raise ScenarioError("expected a list")
    contents: list[HubContent] = []
    for index, one in enumerate(value):
        with inside(f"[{index}]"):
            contents.append(_parse_content(Fields(one)))
    return tuple(contents)


def _parse_content(fields: Fields) -> HubContent:
    for kind in Kind:
        if name := fields.text(kind):
            return _parse_repository(kind, name, fields)
    for other in Other:
        if name := fields.text(other):
            content = HubOther(other, name, fields.text("title") or name, fields.texts("items") or ())
            fields.finish(("title", "items"))
            return content
    raise ScenarioError(f"needs one of {', '.join((*Kind, *Other))}")


def _parse_repository(kind: Kind, name: str, fields: Fields) -> HubRepository:
    with inside("files"):
        files = parse_files(fields.take("files"))
    with inside("revisions"):
        revisions = parse_revisions(fields.take("revisions"))
    repository = HubRepository(
        kind=kind,
        id=name,
        private=fields.flag("private"),
        gated=fields.choice("gated", Gate),
        disabled=fields.choice("disabled", Disabled),
        former=fields.texts("former") or (),
        license=fields.text("license"),
        tags=fields.texts("tags") or (),
        created=fields.text("created") or DAY,
        last_modified=fields.text("last_modified") or DAY,
        downloads=fields.integer("downloads") or 0,
        likes=fields.integer("likes") or 0,
        card=fields.text("card"),
        files=files,
        revisions=revisions,
    )
    fields.finish(KEYS)
    return repository
