"""The Wayback Machine: the last good copy of a page that is gone, by the index of its captures."""

from collections.abc import Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import ClassVar
from urllib.parse import urlencode

from rlhf_linkcheck.evidence import Archived, SourceStats
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.sources.api import Api, json_of, read_each, unanswered
from rlhf_linkcheck.sources.base import Answers, Informant, LastCopy, Question

_INDEX = "https://web.archive.org/cdx/search/cdx"
_COPIES = "https://web.archive.org/web"
_FIELDS = ["timestamp", "statuscode"]
_LAST_GOOD = {
    "output": "json",
    "fl": ",".join(_FIELDS),
    "filter": "statuscode:200",
    "matchType": "exact",
    "limit": "-1",
    "fastLatest": "true",
}
"""https://github.com/internetarchive/wayback/blob/master/wayback-cdx-server/README.md: one page a question."""
# Who goes on after a 429 has his address shut out for an hour, and then for two:
# https://github.com/edgi-govdata-archiving/wayback/issues/137
_QUERY = Query(largest=64 * 1024, final=frozenset({HTTPStatus.TOO_MANY_REQUESTS}))
_TIMESTAMP = "%Y%m%d%H%M%S"
_LENGTH = 14
_BEGINNING = datetime(1996, 1, 1, tzinfo=UTC)
"""The archive has nothing older; and the year 1 is not written with four digits everywhere."""
_SHUT_OUT = (b"AdministrativeAccessControlException", b"RobotAccessControlException")
"""What it says of sites of which it shows nobody any copy."""
_PATIENCE = 2
"""Questions in vain, one after the other, after which no more is asked."""


class Wayback(Informant):
    """No link is put to it: that there is a copy says nothing of the page."""

    name: ClassVar[str] = "wayback"
    knows = (LastCopy,)

    def __init__(self, client: Client) -> None:
        self._api = Api(self.name, client, homes=())
        self._trouble = ""
        self._in_vain = 0

    async def investigate(self, questions: Sequence[Question]) -> Answers:
        """The copies, one after the other; none any more once it wants its peace."""
        return {one: await self._ask(one) for one in questions if isinstance(one, LastCopy)}

    def stats(self) -> SourceStats:
        """What was sent, and what went wrong."""
        return self._api.stats(f"gave no usable answer: {self._trouble}" if self._trouble else None)

    async def _ask(self, question: LastCopy) -> tuple[Archived, ...] | None:
        if self._in_vain >= _PATIENCE:
            return None
        address = f"{_INDEX}?{urlencode({'url': question.address, **_LAST_GOOD})}"
        chain = await self._api.ask(address, _QUERY, first=False)
        copies = _read(chain.last, question.address)
        if copies is not None:
            self._in_vain = 0
            return copies
        self._in_vain = _PATIENCE if chain.last.limits else self._in_vain + 1
        self._trouble = unanswered(chain, self.name, "what it said is no list of copies").outcome.detail
        return None


def _read(answer: Answer, address: str) -> tuple[Archived, ...] | None:
    """The last good copy of what is at this address, or that there is none; None where it is no answer to that."""
    if any(words in answer.body for words in _SHUT_OUT):
        return ()
    rows = json_of(answer)
    if answer.status != HTTPStatus.OK or not isinstance(rows, list) or (rows and rows[0] != _FIELDS):
        return None
    taken = read_each(_taken_at, rows[1:])
    if len(taken) != len(rows[1:]):
        return None
    return tuple(Archived(f"{_COPIES}/{moment:{_TIMESTAMP}}/{address}", moment) for moment in taken[-1:])


def _taken_at(row: object) -> datetime | None:
    """When a good copy was taken, None for anything else."""
    match row:
        case [str(stamp), "200"] if len(stamp) == _LENGTH and stamp.isascii() and stamp.isdecimal():
            try:
                moment = datetime.strptime(stamp, _TIMESTAMP).replace(tzinfo=UTC)
            except ValueError:
                return None
            return moment if moment >= _BEGINNING else None
        case _:
            return None
