"""The ACL Anthology: each paper's page tells whether it is there, what it is, and whether it was taken back."""

import re
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import ClassVar

from rlhf_linkcheck.evidence import Evidence, Reason, Record, SourceStats, Trust
from rlhf_linkcheck.identity import address_of
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.sources.api import Api, absent, found, links, unanswered
from rlhf_linkcheck.sources.base import Request, Source
from rlhf_linkcheck.sources.cited import record_of
from rlhf_linkcheck.sources.lines import in_lines, one_line

_PAGE = Query(accept="text/html")
_TAKEN_BACK = re.compile(r"\s{0,3}\[(RETRACTED|WITHDRAWN|REMOVED)\]\s{0,3}", re.IGNORECASE)
"""The Anthology puts it before the title: https://aclanthology.org/info/corrections/."""
_NO_PAGE = "the ACL Anthology gave no page that names a paper"


class Acl(Source):
    """One page for each paper, whatever of the paper the link leads to."""

    name: ClassVar[str] = "acl"

    def __init__(self, client: Client) -> None:
        self._api = Api(self.name, client)

    async def lookup(
        self, requests: Sequence[Request], *, again: bool = False
    ) -> AsyncGenerator[tuple[Request, Evidence], None]:
        """Ask for each paper's page."""
        async with aclosing(in_lines(requests, one_line, partial(self._ask, again=again))) as answers:
            async for request, evidence in answers:
                told = evidence.record is not None or evidence.outcome.reason is Reason.NOT_FOUND
                self._api.note(request, answered=told)
                yield request, evidence

    def stats(self) -> SourceStats:
        """What was asked and what it cost."""
        left = self._api.in_vain
        return self._api.stats(f"gave no answer about {links(left)}, asked as they stand instead" if left else None)

    async def _ask(self, request: Request, on_its_way: Callable[[], None], *, again: bool) -> Evidence:
        chain = await self._api.ask(address_of(request.identity), _PAGE, again=again, on_its_way=on_its_way)
        if chain.last.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
            words = f"the ACL Anthology has no paper {request.identity.key}"
            return absent(chain, request, self.name, words)
        record = record_of(chain.last.page, request.identity, datetime.now(UTC), source=self.name)
        if chain.last.status != HTTPStatus.OK or record is None or record.trust is not Trust.PAGE:
            return unanswered(chain, self.name, _NO_PAGE)
        return found(chain, request, _taken_back(record), self.name)


def _taken_back(record: Record) -> Record:
    """The record without what the Anthology puts before the title of a paper that was taken back."""
    mark = _TAKEN_BACK.match(record.title)
    return record if mark is None else replace(record, title=record.title[mark.end() :], withdrawn=mark[1].lower())
