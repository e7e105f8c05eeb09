"""Zenodo's API: records by their numbers; what only a page can tell goes on to it."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import Any, ClassVar
from urllib.parse import urlsplit

from rlhf_linkcheck.evidence import Evidence, Reason, SourceStats
from rlhf_linkcheck.identity import Identity
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.chain import Chain
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.repository import Repository, Restriction
from rlhf_linkcheck.sources.api import Api, by_whole, found, json_of, links, outcome_of, read_each, text_of, unanswered
from rlhf_linkcheck.sources.base import Request, Source
from rlhf_linkcheck.sources.lines import in_lines, one_line

_JSON = Query()
_RECORDS = "https://zenodo.org/api/records/"
"""https://developers.zenodo.org/#records"""
_PAGE_TELLS = "Zenodo's API leaves it to the page"
_DENIED = "Permission denied."
_GATES = {
    "restricted": "its files are for those alone who have asked for them",
    "embargoed": "its files are under embargo",
    "closed": "its files are closed",
}


class Zenodo(Source):
    """A record that it tells of is there, and so is one of its files; a removed one it says why.

    That it knows none of a number is left to the page: the number of all versions of a record leads on there.
    """

    name: ClassVar[str] = "zenodo"

    def __init__(self, client: Client) -> None:
        self._api = Api(self.name, client, homes=())

    async def lookup(
        self, requests: Sequence[Request], *, again: bool = False
    ) -> AsyncGenerator[tuple[Request, Evidence], None]:
        """Ask about each record once for all addresses that lead into it."""
        records = by_whole(requests)
        async with aclosing(in_lines(records, one_line, partial(self._ask, again=again))) as answers:
            async for whole, chain in answers:
                for request in records[whole]:
                    evidence = _evidence(request, chain)
                    told = evidence.repository is not None or evidence.outcome.reason is Reason.GONE
                    self._api.note(request, answered=told)
                    yield request, evidence

    def stats(self) -> SourceStats:
        """What was asked and what it cost; what could not be verified."""
        left = self._api.in_vain
        return self._api.stats(f"told nothing of {links(left)}, asked as pages instead" if left else None)

    async def _ask(self, whole: Identity, on_its_way: Callable[[], None], *, again: bool) -> Chain:
        return await self._api.ask(f"{_RECORDS}{whole.key}", _JSON, again=again, on_its_way=on_its_way)


def _evidence(request: Request, chain: Chain) -> Evidence:
    """What an answer about a record says of a request."""
    removed = _removal(chain.last)
    if removed is not None:
        return Evidence(outcome_of(chain, Reason.GONE, request, removed), source=Zenodo.name)
    repository = _record(chain.last, request.identity.whole) or _denied(chain.last, request.identity.whole)
    if repository is not None and _is_listed(request, chain.last):
        return replace(found(chain, request, None, Zenodo.name), repository=repository)
    return replace(unanswered(chain, Zenodo.name, _PAGE_TELLS), repository=repository)


def _record(answer: Answer, identity: Identity) -> Repository | None:
    """The record that an answer describes, None where it describes none."""
    answered = json_of(answer)
    metadata = _inside(answered, "metadata")
    title = text_of(metadata.get("title"))
    if answer.status != HTTPStatus.OK or not title:
        return None
    access = text_of(metadata.get("access_right"))
    until = text_of(metadata.get("embargo_date"))
    words = _GATES.get(access, "")
    return Repository(
        identity=str(identity),
        source=Zenodo.name,
        name=title,
        retrieved_at=datetime.now(UTC),
        authors=read_each(_name, metadata.get("creators")),
        licence=text_of(_inside(metadata, "license").get("id")) or None,
        restricted=Restriction.GATED if words else None,
        restriction=f"{words} until {until}" if words and until else words,
    )


def _denied(answer: Answer, identity: Identity) -> Repository | None:
    """The record of which an answer says that it is not for everybody; a wall's refusal is a page."""
    if answer.status != HTTPStatus.FORBIDDEN or text_of(_object(json_of(answer)).get("message")) != _DENIED:
        return None
    return Repository(
        identity=str(identity),
        source=Zenodo.name,
        name=identity.key,
        retrieved_at=datetime.now(UTC),
        restricted=Restriction.PRIVATE,
        restriction="Zenodo shows the record to those alone who may see it",
    )


def _removal(answer: Answer) -> str | None:
    """Why a record was removed, in words, where the answer is the tombstone that stands in its place."""
    told = json_of(answer)
    if answer.status != HTTPStatus.GONE or not isinstance(told, dict):
        return None
    tombstone = _inside(told, "tombstone")
    reason = _inside(tombstone, "removal_reason")
    given = (tombstone.get("note"), _inside(reason, "title").get("en"), reason.get("id"))
    words = next((text for text in map(text_of, given) if text), "")
    return f"Zenodo has removed it{words and f': {words}'}"


def _is_listed(request: Request, answer: Answer) -> bool:
    """Whether an address leads to the record itself, or to one of the files that it is said to have."""
    place = request.identity.place
    if place:
        return place in read_each(_key, _object(json_of(answer)).get("files"))
    inside = [segment for segment in urlsplit(request.addresses[0]).path.split("/") if segment][2:]
    return not inside and answer.status == HTTPStatus.OK


def _name(creator: object) -> str | None:
    return text_of(_object(creator).get("name")) or None


def _key(file: object) -> str | None:
    key = _object(file).get("key")
    return key if isinstance(key, str) else None


def _inside(found: object, key: str) -> Mapping[str, Any]:
    return _object(_object(found).get(key))


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
