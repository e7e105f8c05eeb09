"""Reads what GitHub's GraphQL API says of one repository or gist; pure.

https://docs.github.com/en/graphql/reference/objects#repository
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeAlias

from rlhf_linkcheck.identity import Identity
from rlhf_linkcheck.repository import ONLY_INVITED, Repository, Restriction
from rlhf_linkcheck.sources.api import MOST_TOPICS, read_each, text_of, time_of
from rlhf_linkcheck.sources.github.query import Subject

Object: TypeAlias = Mapping[str, Any]

SOURCE = "github"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}/(?!\.{1,2}$)[A-Za-z0-9._-]{1,128}")
"""It goes into addresses that are written into lists, so nothing but what a name is made of is let through."""
_LOCKED_AWAY = "TRADE_RESTRICTION"
"""The one lock that keeps readers out; the others keep its owner from writing for a while."""


def repository_of(identity: Identity, found: Object) -> Repository | None:
    """The repository that is described, None where none is."""
    name = name_in(found.get("nameWithOwner"))
    if name is None:
        return None
    restricted, words = _restriction(found)
    return Repository(
        identity=str(identity),
        source=SOURCE,
        name=name,
        retrieved_at=datetime.now(UTC),
        description=text_of(found.get("description")),
        homepage=text_of(found.get("homepageUrl")),
        topics=read_each(_topic, _inside(found, "repositoryTopics").get("nodes"))[:MOST_TOPICS],
        licence=text_of(_inside(found, "licenseInfo").get("spdxId")) or None,
        default_branch=text_of(_inside(found, "defaultBranchRef").get("name")) or None,
        fork=found.get("isFork") is True,
        fork_of=text_of(_inside(found, "parent").get("nameWithOwner")) or None,
        archived=found.get("isArchived") is True,
        archived_at=time_of(found.get("archivedAt")),
        pushed_at=time_of(found.get("pushedAt")),
        empty=found.get("isEmpty") is True,
        restricted=restricted,
        restriction=words,
    )


def name_in(value: object) -> str | None:
    """A repository's name (``Owner/Name``), None for anything that is made of more than names are."""
    name = text_of(value)
    return name if _NAME.fullmatch(name) else None


def _restriction(found: Object) -> tuple[Restriction | None, str]:
    if found.get("isDisabled") is True:
        return Restriction.DISABLED, "as GitHub says"
    if found.get("isPrivate") is True:
        return Restriction.PRIVATE, ONLY_INVITED
    if found.get("isLocked") is True and found.get("lockReason") == _LOCKED_AWAY:
        return Restriction.DISABLED, "GitHub has locked it, by the rules of trade"
    return None, ""


def gist_of(subject: Subject, found: Object) -> Repository:
    """The gist that is described."""
    return Repository(
        identity=str(subject.identity),
        source=SOURCE,
        name=f"{subject.login}/{subject.identity.key}",
        retrieved_at=datetime.now(UTC),
        description=text_of(found.get("description")),
        fork=found.get("isFork") is True,
        pushed_at=time_of(found.get("pushedAt")),
    )


def _topic(node: object) -> str | None:
    topic = _inside(node, "topic") if isinstance(node, dict) else {}
    return text_of(topic.get("name")) or None


def _inside(found: Object, key: str) -> Object:
    value = found.get(key)
    return value if isinstance(value, dict) else {}
