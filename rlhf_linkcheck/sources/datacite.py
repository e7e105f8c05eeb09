"""Reads DataCite's answers; pure. Source: https://support.datacite.org/docs/api."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from rlhf_linkcheck.evidence import Record
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.sources.api import json_of, read_each, text_of

MOST = 25
"""DOIs in one question; the address is what limits it."""

_DOIS = "https://api.datacite.org/dois"
_SUBTITLE = "Subtitle"


def many(dois: Sequence[str]) -> str:
    """The address of a question about several DOIs; what is not known is left out of the answer."""
    return f"{_DOIS}?ids={','.join(quote(doi, safe='/') for doi in dois)}&page[size]={len(dois)}"


def one(doi: str) -> str:
    """The address of one DOI."""
    return f"{_DOIS}/{quote(doi, safe='/')}"


def read(answer: Answer, retrieved_at: datetime) -> Mapping[str, Record] | None:
    """The records of an answer by DOI in lower case; None where it is no answer of DataCite's."""
    told = json_of(answer)
    if answer.status == HTTPStatus.NOT_FOUND:
        return {} if isinstance(told, dict) and isinstance(told.get("errors"), list) else None
    match told if answer.status == HTTPStatus.OK else None:
        case {"data": dict(item)}:
            items: list[Any] = [item]
        case {"data": list(several)}:
            items = several
        case _:
            return None
    records = (_record(item, retrieved_at) for item in items)
    return {record.identity.removeprefix("doi:"): record for record in records if record is not None}


def _record(item: object, retrieved_at: datetime) -> Record | None:
    match item:
        case {"id": str(number), "attributes": dict(attributes)}:
            titles = _titles(attributes.get("titles"))
        case _:
            return None
    if not titles:
        return None
    doi = number.lower()
    return Record(
        identity=f"doi:{doi}",
        source="datacite",
        title=titles[0],
        authors=read_each(_name, attributes.get("creators")),
        retrieved_at=retrieved_at,
        other_titles=titles[1:],
        doi=doi,
    )


def _titles(told: object) -> tuple[str, ...]:
    """The titles, before them the first with its subtitle, where it has one."""
    own, more = (read_each(partial(_title, subtitle=wanted), told) for wanted in (False, True))
    return (f"{own[0]}: {more[0]}", *own) if own and more else own


def _title(title: object, *, subtitle: bool) -> str | None:
    """A title, or a subtitle, whichever is wanted."""
    if not isinstance(title, dict) or (title.get("titleType") == _SUBTITLE) is not subtitle:
        return None
    return text_of(title.get("title")) or None


def _name(creator: object) -> str | None:
    """«given family» where both are told, else the name, mostly «family, given»."""
    if not isinstance(creator, dict):
        return None
    given, family = text_of(creator.get("givenName")), text_of(creator.get("familyName"))
    return f"{given} {family}" if given and family else text_of(creator.get("name")) or None
