"""Reads the answers of the Hugging Face Hub about models, datasets, spaces and collections; pure.

https://huggingface.co/docs/hub/api
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import Any
from urllib.parse import quote, urlencode

from rlhf_linkcheck.identity import Identity
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.repository import ONLY_INVITED, Repository, Restriction
from rlhf_linkcheck.sources.api import json_of, read_each, text_of, time_of

SOURCE = "huggingface"
_COMMON = ("private", "disabled", "lastModified", "tags", "siblings")
_WANTED = {
    "models": (*_COMMON, "gated"),
    "datasets": (*_COMMON, "gated", "description"),
    "spaces": _COMMON,
}
"""What is asked for of each kind; a name that it does not have spoils the question (400).

The list of files (``siblings``) is the one part that grows with the repository, some 70 bytes a file. It comes
unasked in any other answer, and nothing else says in the same question whether a repository is empty, and
whether a file is there. Where it makes the answer longer than one may be, the page is asked instead.
"""
_COLLECTIONS = "collections"
_ID = re.compile(r"(?:(?!\.{1,2}/)[A-Za-z0-9._-]{1,128}/)?(?!\.{1,2}$)[A-Za-z0-9._-]{1,128}")
"""It goes into an address, so nothing but what a name is made of is let through."""
_DISABLED = "Access to this resource is disabled."
_GATED = "GatedRepo"
_DISABLED_BY = "as Hugging Face says"
_GATES = {
    "auto": "who is logged in and fills in a form gets access",
    "manual": "who wants access has to ask for it, and is let in by hand",
}
_MADE_WITH_IT = frozenset({".gitattributes"})
_PAPERS = ("arxiv:", "doi:")
_NO_LICENCE = frozenset({"other", "unknown"})
_MOST_TOPICS = 20
_LONGEST_DESCRIPTION = 1_000
_USED_UP = re.compile(r";\s{0,3}r=0\s{0,3};\s{0,3}t=([0-9]{1,6})(?![0-9])")


@dataclass(frozen=True, slots=True)
class Holding:
    """What the Hub holds: the repository or collection, and the files of its main revision, where these were told."""

    repository: Repository
    files: frozenset[str] | None = None

    def has(self, place: str) -> bool:
        """Whether a file or a folder (``ref/path``) is there for sure; of other revisions nothing is known."""
        ref, _, path = place.strip("/").partition("/")
        if ref != "main" or self.files is None:
            return False
        return not path or path in self.files or any(file.startswith(f"{path}/") for file in self.files)

    def has_file(self, place: str) -> bool:
        """Whether it is there for sure, and a file."""
        ref, _, path = place.strip("/").partition("/")
        return ref == "main" and path in (self.files or ())


def address_of_facts(endpoint: str, whole: Identity, *, sparing: bool = True) -> str:
    """Where a repository or a collection is asked for; ``sparing``, for no more of it than is read."""
    query = urlencode([("expand[]", name) for name in _WANTED.get(_shelf(whole), ()) if sparing])
    return f"{endpoint}/api/{quote(whole.key)}{query and f'?{query}'}"


def holding_in(answer: Answer, whole: Identity) -> Holding | None:
    """What an answer describes, None where it describes nothing."""
    found = json_of(answer)
    if answer.status != HTTPStatus.OK or not isinstance(found, dict):
        return None
    return _collection(found, whole) if _shelf(whole) == _COLLECTIONS else _repository(found, whole)


def closed_in(answer: Answer, whole: Identity) -> Repository | None:
    """The repository that an answer refuses to tell of, since it is disabled or gated; None where it is not that."""
    refused = answer.status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)
    disabled = refused and answer.header("x-error-message") == _DISABLED
    if not disabled and not (refused and answer.header("x-error-code") == _GATED):
        return None
    return Repository(
        identity=str(whole),
        source=SOURCE,
        name=whole.key.partition("/")[2],
        retrieved_at=datetime.now(UTC),
        restricted=Restriction.DISABLED if disabled else Restriction.GATED,
        restriction=_DISABLED_BY if disabled else _GATES["manual"],
    )


def refuses_token(answer: Answer) -> bool:
    """Whether an answer to a question with a token says that the token is none.

    Who has a good one is told 404 of what is not there, and 403 of what is not for everybody.
    """
    about_it = answer.header("x-error-code") or answer.header("x-error-message") == _DISABLED
    return answer.status == HTTPStatus.UNAUTHORIZED and not about_it and not answer.challenges


def is_missing(answer: Answer) -> bool:
    """Whether somebody with a token is told that there is no such repository."""
    return answer.status == HTTPStatus.NOT_FOUND and answer.header("x-error-code") == "RepoNotFound"


def is_hidden(answer: Answer) -> bool:
    """Whether a stranger is told what is said of the missing and of the private alike."""
    unnamed = answer.header("x-error-code") in (None, "RepoNotFound")
    return answer.status == HTTPStatus.UNAUTHORIZED and unnamed and not answer.challenges


def used_up_until(answer: Answer) -> datetime | None:
    """When the API answers again, where this answer was the last one for now, or is none any more.

    https://huggingface.co/docs/hub/rate-limits: no ``Retry-After``, but the seconds that are left of the window.
    """
    told = _USED_UP.search(answer.header("ratelimit") or "")
    return None if told is None else datetime.now(UTC) + timedelta(seconds=int(told[1]))


def _shelf(whole: Identity) -> str:
    return whole.key.partition("/")[0]


def _repository(found: Mapping[str, Any], whole: Identity) -> Holding | None:
    name = text_of(found.get("id"))
    if not _ID.fullmatch(name):
        return None
    siblings = found.get("siblings")
    files = frozenset(read_each(_file, siblings)) if isinstance(siblings, list) and all(map(_file, siblings)) else None
    tags = read_each(lambda tag: text_of(tag) or None, found.get("tags"))
    restricted, words = _restriction(found)
    repository = Repository(
        identity=str(whole),
        source=SOURCE,
        name=name,
        retrieved_at=datetime.now(UTC),
        description=text_of(found.get("description"))[:_LONGEST_DESCRIPTION],
        topics=tuple(_topics(tags))[:_MOST_TOPICS],
        licence=_licence(tags),
        pushed_at=time_of(found.get("lastModified")),
        empty=_is_empty(files, restricted),
        restricted=restricted,
        restriction=words,
    )
    return Holding(repository, files)


def _collection(found: Mapping[str, Any], whole: Identity) -> Holding | None:
    """A collection is known by its number, or by what stands before it: its title may change, its address leads on."""
    title, items = text_of(found.get("title")), found.get("items")
    if not title or not text_of(found.get("slug")):
        return None
    restricted, words = _restriction(found)
    repository = Repository(
        identity=str(whole),
        source=SOURCE,
        name=title,
        retrieved_at=datetime.now(UTC),
        description=text_of(found.get("description"))[:_LONGEST_DESCRIPTION],
        pushed_at=time_of(found.get("lastUpdated")),
        empty=not items if isinstance(items, list) else None,
        restricted=restricted,
        restriction=words,
    )
    return Holding(repository)


def _restriction(found: Mapping[str, Any]) -> tuple[Restriction | None, str]:
    gate = found.get("gated")
    if found.get("disabled") is True:
        return Restriction.DISABLED, _DISABLED_BY
    if found.get("private") is True:
        return Restriction.PRIVATE, ONLY_INVITED
    if isinstance(gate, str) and gate in _GATES:
        return Restriction.GATED, _GATES[gate]
    return None, ""


def _is_empty(files: frozenset[str] | None, restricted: Restriction | None) -> bool | None:
    """Whether there is nothing but what the Hub makes itself; what is not for everybody may just not be listed."""
    if files is None or (restricted is not None and not files):
        return None
    return files <= _MADE_WITH_IT


def _topics(tags: Sequence[str]) -> Iterator[str]:
    """The papers that a repository names, and the words that its owner chose; the rest are facts with a prefix."""
    yield from (tag for tag in tags if tag.lower().startswith(_PAPERS))
    yield from (tag for tag in tags if ":" not in tag)


def _licence(tags: Sequence[str]) -> str | None:
    given = (tag.removeprefix("license:") for tag in tags if tag.startswith("license:"))
    return next((licence for licence in given if licence not in _NO_LICENCE), None)


def _file(sibling: object) -> str | None:
    name = sibling.get("rfilename") if isinstance(sibling, dict) else None
    return name if isinstance(name, str) else None
