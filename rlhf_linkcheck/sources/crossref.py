"""Reads Crossref's answers; pure. Source: https://api.crossref.org/swagger-ui/index.html."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from rlhf_linkcheck.evidence import Record
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.sources.api import json_of, read_each, text_of

MOST = 25
"""DOIs in one question; the address is what limits it."""

_WORKS = "https://api.crossref.org/works"
_FIELDS = "DOI,title,subtitle,author,container-title,updated-by"
_WITHDRAWALS = frozenset({"retraction", "withdrawal", "removal"})
_MARK = re.compile(r"\W{0,3}(?P<what>RETRACTED|WITHDRAWN|REMOVED)(?: ARTICLE)?\s{0,3}[:\]—–-]")
_NOT_FOUND = b"Resource not found."


def many(dois: Sequence[str]) -> str:
    """The address of a question about several DOIs; what is not known is left out of the answer."""
    asked = ",".join(f"doi:{quote(doi, safe='/')}" for doi in dois)
    return f"{_WORKS}?filter={asked}&rows={len(dois)}&select={_FIELDS}"


def one(doi: str) -> str:
    """The address of one work."""
    return f"{_WORKS}/{quote(doi, safe='/')}"


def read(answer: Answer, retrieved_at: datetime) -> Mapping[str, Record] | None:
    """The records of an answer by DOI in lower case; None where it is no answer of Crossref's."""
    if answer.status == HTTPStatus.NOT_FOUND and answer.body.strip() == _NOT_FOUND:
        return {}
    match json_of(answer) if answer.status == HTTPStatus.OK else None:
        case {"message-type": "work", "message": dict(work)}:
            works: list[Any] = [work]
        case {"message-type": "work-list", "message": {"items": list(items)}}:
            works = items
        case _:
            return None
    records = (_record(work, retrieved_at) for work in works)
    return {record.identity.removeprefix("doi:"): record for record in records if record is not None}


def _record(work: object, retrieved_at: datetime) -> Record | None:
    if not isinstance(work, dict):
        return None
    doi, titles = text_of(work.get("DOI")).lower(), read_each(_word, work.get("title"))
    if not doi or not titles:
        return None
    subtitles = read_each(_word, work.get("subtitle"))
    # Some publishers repeat the subtitle in the title, some do not.
    full = f"{titles[0]}: {subtitles[0]}" if subtitles else titles[0]
    venue = next(iter(read_each(_word, work.get("container-title"))), "")
    return Record(
        identity=f"doi:{doi}",
        source="crossref",
        title=full,
        authors=read_each(_name, work.get("author")),
        retrieved_at=retrieved_at,
        other_titles=titles if subtitles else titles[1:],
        withdrawn=next(iter(read_each(_withdrawal, work.get("updated-by"))), None) or _said_in(full),
        published=venue or None,
        doi=doi,
    )


def _word(value: object) -> str | None:
    return text_of(value) or None


def _name(author: object) -> str | None:
    """«given family suffix»; organisations have a name."""
    if not isinstance(author, dict):
        return None
    parts = [text_of(author.get(key)) for key in ("given", "family", "suffix")]
    return " ".join(part for part in parts if part) or text_of(author.get("name")) or None


def _said_in(title: str) -> str | None:
    """What a publisher put before the title of a work that was taken back, and registered nowhere else."""
    mark = _MARK.match(title)
    return None if mark is None else f"{mark['what'].lower()}, as its title says"


def _withdrawal(update: object) -> str | None:
    """What took the work back, in words; corrections and expressions of concern did not."""
    if not isinstance(update, dict) or (kind := text_of(update.get("type"))) not in _WITHDRAWALS:
        return None
    label = text_of(update.get("label")) or kind
    notice = text_of(update.get("DOI"))
    return f"{label.lower()} by https://doi.org/{notice}" if notice else label.lower()
