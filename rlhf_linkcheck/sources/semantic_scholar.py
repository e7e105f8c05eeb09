"""Semantic Scholar: a second opinion, by batch, on papers that nobody better had a record of."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from types import MappingProxyType
from typing import ClassVar

from rlhf_linkcheck.evidence import Record, SourceStats, Trust
from rlhf_linkcheck.identity import Identity, Kind
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.sources.api import Api, batches, json_of, read_each, text_of
from rlhf_linkcheck.sources.base import Answers, Informant, Question, SecondOpinion

_BATCH = 500
_ADDRESS = "https://api.semanticscholar.org/graph/v1/paper/batch?fields=title,authors"
_PREFIXES: Mapping[Kind, str] = MappingProxyType({Kind.ARXIV: "ARXIV:", Kind.DOI: "DOI:", Kind.ACL: "ACL:"})
"""https://api.semanticscholar.org/api-docs/graph: the kinds of ids that it goes by."""


class SemanticScholar(Informant):
    """No link is put to it: that it knows a paper says nothing of the link.

    Its author lists are cut and its names short, so it can agree with an entry, and never disagree.
    """

    name: ClassVar[str] = "semantic_scholar"
    knows = (SecondOpinion,)

    def __init__(self, client: Client) -> None:
        self._api = Api(self.name, client)
        self._silent = False

    async def investigate(self, questions: Sequence[Question]) -> Answers:
        """What it holds, by the papers' ids."""
        asked = [one for one in questions if isinstance(one, SecondOpinion) and one.paper.kind in _PREFIXES]
        told: dict[Question, tuple[Record, ...] | None] = {}
        for part in batches(asked, _BATCH):
            records = await self._ask([one.paper for one in part])
            self._silent |= records is None
            for one in part:
                told[one] = None if records is None else records.get(one.paper, ())
        return told

    def stats(self) -> SourceStats:
        """What was sent, and whether a second opinion could be had."""
        return self._api.stats("gave no answer, so there was no second opinion" if self._silent else None)

    async def _ask(self, papers: Sequence[Identity]) -> Mapping[Identity, tuple[Record, ...]] | None:
        payload = json.dumps({"ids": [f"{_PREFIXES[paper.kind]}{paper.key}" for paper in papers]})
        chain = await self._api.ask(_ADDRESS, Query(payload=payload.encode()), first=False)
        return _read(chain.last, papers, datetime.now(UTC))


def _read(answer: Answer, papers: Sequence[Identity], now: datetime) -> Mapping[Identity, tuple[Record, ...]] | None:
    """The records by paper, in whose order they are answered; None where it is no answer of its."""
    told = json_of(answer)
    if answer.status == HTTPStatus.BAD_REQUEST and isinstance(told, dict) and "No valid paper ids" in str(told):
        return {}
    if answer.status != HTTPStatus.OK or not isinstance(told, list) or len(told) != len(papers):
        return None
    records = ((paper, _record(item, paper, now)) for paper, item in zip(papers, told, strict=True))
    return {paper: (record,) for paper, record in records if record is not None}


def _record(item: object, paper: Identity, retrieved_at: datetime) -> Record | None:
    if not isinstance(item, dict) or not (title := text_of(item.get("title"))):
        return None
    return Record(
        identity=str(paper),
        source=SemanticScholar.name,
        title=title,
        authors=read_each(_name, item.get("authors")),
        retrieved_at=retrieved_at,
        trust=Trust.SECOND,
        complete=False,
        ordered=False,
    )


def _name(author: object) -> str | None:
    return text_of(author.get("name")) or None if isinstance(author, dict) else None
