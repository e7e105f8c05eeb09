"""Reads the answers of GitLab's API about projects and their folders; pure.

https://docs.gitlab.com/api/projects/
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from rlhf_linkcheck.identity import Identity
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.repository import ONLY_INVITED, Repository, Restriction
from rlhf_linkcheck.sources.api import MOST_TOPICS, json_of, read_each, text_of, time_of

SOURCE = "gitlab"
API = "https://gitlab.com/api/v4"
MOST_ENTRIES = 100
"""A page of a folder's list: https://docs.gitlab.com/api/rest/#offset-based-pagination."""
_PATH = re.compile(r"(?:(?!\.{1,2}/)[A-Za-z0-9._-]{1,255}/){1,20}(?!\.{1,2}$)[A-Za-z0-9._-]{1,255}")
"""It goes into addresses, so nothing but what a path is made of is let through: https://docs.gitlab.com/user/reserved_names/."""
_PRIVATE = ("private", "internal")


class Listed(Enum):
    """What the list of the folder says of a place in it."""

    THERE = "it is in the list"
    ABSENT = "the list is whole, and it is not in it"
    NO_FOLDER = "there is no such folder, or no such branch"
    UNTOLD = "no list, or not the whole of it"


@dataclass(frozen=True, slots=True)
class Split:
    """One way to read a place: a branch (or tag, or commit), and a path in it."""

    ref: str
    path: str

    @property
    def folder(self) -> str:
        """What the path lies in; empty for the root."""
        return self.path.rpartition("/")[0]


def address_of_project(whole: Identity) -> str:
    """Where a project is asked for."""
    return f"{API}/projects/{quote(whole.key, safe='')}"


def address_of_folder(name: str, split: Split) -> str:
    """Where the list is asked for that a file, a folder, or a branch's root would be in."""
    query = urlencode({"ref": split.ref, "path": split.folder, "per_page": MOST_ENTRIES})
    return f"{API}/projects/{quote(name, safe='')}/repository/tree?{query}"


def project_in(answer: Answer, whole: Identity) -> Repository | None:
    """The project that an answer describes, None where it describes none.

    Strangers are told neither whether it is archived, nor whether it is empty.
    """
    found = json_of(answer)
    if answer.status != HTTPStatus.OK or not isinstance(found, dict):
        return None
    name = text_of(found.get("path_with_namespace"))
    if not _PATH.fullmatch(name):
        return None
    empty, parent = found.get("empty_repo"), _inside(found, "forked_from_project")
    private = found.get("visibility") in _PRIVATE
    return Repository(
        identity=str(whole),
        source=SOURCE,
        name=name,
        retrieved_at=datetime.now(UTC),
        description=text_of(found.get("description")),
        topics=read_each(lambda topic: text_of(topic) or None, found.get("topics"))[:MOST_TOPICS],
        default_branch=text_of(found.get("default_branch")) or None,
        fork=bool(parent),
        fork_of=text_of(parent.get("path_with_namespace")) or None,
        archived=found.get("archived") is True,
        pushed_at=time_of(found.get("last_activity_at")),
        empty=empty if isinstance(empty, bool) else None,
        restricted=Restriction.PRIVATE if private else None,
        restriction=ONLY_INVITED if private else "",
    )


def listed_in(answer: Answer, split: Split) -> Listed:
    """Whether the list of a folder has a place in it."""
    found = json_of(answer)
    if answer.status == HTTPStatus.NOT_FOUND and isinstance(found, dict):
        return Listed.NO_FOLDER
    # Older servers list nothing for a folder that is not there, but no branch is without a file.
    if answer.status != HTTPStatus.OK or not isinstance(found, list) or not (found or split.folder):
        return Listed.UNTOLD
    if not split.path or split.path in read_each(_path, found):
        return Listed.THERE
    return Listed.ABSENT if len(found) < MOST_ENTRIES else Listed.UNTOLD


def _path(entry: object) -> str | None:
    path = entry.get("path") if isinstance(entry, dict) else None
    return path if isinstance(path, str) else None


def _inside(found: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = found.get(key)
    return value if isinstance(value, dict) else {}
