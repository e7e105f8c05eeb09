"""Asks one source's API: what was sent is counted, and what went wrong is an outcome like any link's."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import Any, TypeVar
from urllib.parse import urlsplit

from rlhf_linkcheck.content.printable import printable
from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, Record, SourceStats, Verdict
from rlhf_linkcheck.identity import Identity
from rlhf_linkcheck.net.answer import Answer, Trouble
from rlhf_linkcheck.net.chain import Chain, follow
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.sources.base import Request
from rlhf_linkcheck.sources.lines import nobody_waits
from rlhf_linkcheck.verdicts.classify import classify

Item = TypeVar("Item")
_LONGEST = 4_000
_ELSEWHERE = Trouble(Reason.PROTOCOL_ERROR, "the API sent its caller on to another host, whose word is not its own")
MOST_TOPICS = 50


class Api:
    """One source's way to its API, and what it cost. ``name`` is the source's, as the report has it.

    Besides the host that was asked, those in ``homes`` speak for it, and no other that its API sends its caller
    to; None where all do.
    """

    def __init__(self, name: str, client: Client, *, homes: Collection[str] | None = None) -> None:
        self.name = name
        self._homes = homes
        self._client = client
        self._asked: dict[Request, None] = {}
        self._requests = 0
        self._follow_ups = 0
        self._in_vain: dict[Request, None] = {}

    async def ask(
        self,
        address: str,
        query: Query | None,
        *,
        again: bool = False,
        first: bool = True,
        on_its_way: Callable[[], None] = nobody_waits,
    ) -> Chain:
        """One question; ``first`` where it is a first look-up's, else all that is sent is a follow-up.

        Without a query it is asked as a link is, and no more read of the answer than of a link's.
        """
        counter = partial(self._count, iter((first and not again,)), on_its_way)
        chain = await follow(self._client, address, again=again, query=query, on_send=counter)
        return chain if query is None or self._homes is None else _of_its_own(chain, self._homes)

    def note(self, request: Request, *, answered: bool) -> None:
        """Remember that this was asked, and whether an answer came."""
        self._asked[request] = None
        if answered:
            self._in_vain.pop(request, None)
        else:
            self._in_vain[request] = None

    def stats(self, remark: str | None = None) -> SourceStats:
        """The links asked about and what was sent; links that got no answer are in the note."""
        return SourceStats(
            name=self.name,
            asked=sum(len(request.addresses) for request in self._asked),
            requests=self._requests,
            follow_ups=self._follow_ups,
            note=remark,
        )

    @property
    def left(self) -> tuple[Request, ...]:
        """What it had no answer for."""
        return tuple(self._in_vain)

    @property
    def in_vain(self) -> int:
        """How many links it had no answer for."""
        return sum(len(request.addresses) for request in self._in_vain)

    def _count(self, firsts: Iterator[bool], on_its_way: Callable[[], None], hop: int) -> None:
        on_its_way()
        first = hop == 0 and next(firsts, False)
        self._requests += first
        self._follow_ups += not first


def _of_its_own(chain: Chain, homes: Collection[str]) -> Chain:
    """The chain as it is where it ends at the host that was asked, or at one of these, else without its end."""
    if urlsplit(chain.last.url).hostname in (urlsplit(chain.address).hostname, *homes):
        return chain
    stranger = Answer(chain.last.url, trouble=_ELSEWHERE, attempts=chain.last.attempts, elapsed=chain.last.elapsed)
    return replace(chain, answers=(*chain.answers[:-1], stranger))


def unasked(source: str, words: str) -> Evidence:
    """The source was not asked, since it would not answer: why."""
    return Evidence(Outcome(Reason.RATE_LIMITED, detail=words, checked_at=datetime.now(UTC)), source=source)


def found(chain: Chain, request: Request, record: Record | None, source: str, words: str = "") -> Evidence:
    """It is there: the evidence, from the answer that said so."""
    return Evidence(outcome_of(chain, Reason.OK, request, words), source=source, record=record)


def absent(chain: Chain, request: Request, source: str, words: str) -> Evidence:
    """It is not there, as the source says."""
    return Evidence(outcome_of(chain, Reason.NOT_FOUND, request, words), source=source)


def unanswered(chain: Chain, source: str, words: str) -> Evidence:
    """The source gave no answer that says anything of the link: why, as for a link; ``words`` where it is not that."""
    seen = classify(chain, datetime.now(UTC))
    if seen.verdict is not Verdict.UNCERTAIN:
        # The address is ours and the API's: that it is there or not says nothing of what was asked about.
        return Evidence(_plain(chain, Reason.PROTOCOL_ERROR, words), source=source)
    return Evidence(_plain(chain, seen.reason, seen.detail), source=source)


def batches(items: Sequence[Item], most: int) -> Iterator[Sequence[Item]]:
    """The items in their order, at most so many at once."""
    for start in range(0, len(items), most):
        yield items[start : start + most]


def by_whole(requests: Iterable[Request]) -> dict[Identity, list[Request]]:
    """The requests by what holds them: one question for a repository answers for all places in it."""
    groups: defaultdict[Identity, list[Request]] = defaultdict(list)
    for request in requests:
        groups[request.identity.whole].append(request)
    return dict(groups)


def json_of(answer: Answer) -> object:
    """The answer's JSON, None where it is none; nesting is bounded by the parser itself."""
    try:
        document: object = json.loads(answer.body)
    except (ValueError, RecursionError):
        return None
    return document


def text_of(value: object) -> str:
    """A text out of somebody's JSON, its white space folded and nothing unseen in it; empty where it is none.

    No more of it than anybody reads: each is held against each entry, and stands in the report.
    """
    return printable(value[:_LONGEST]) if isinstance(value, str) else ""


def time_of(value: object) -> datetime | None:
    """A point in time out of somebody's JSON (RFC 3339, as ``2026-01-31T02:00:00Z``), None where it is none."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
        # The first hours of the year 1 in the east, and the last of 9999 in the west, are no points in UTC.
        return found and (found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC))
    except (ValueError, OverflowError):
        return None


def links(number: int) -> str:
    """So many links, in words."""
    return "1 link" if number == 1 else f"{number:,} links"


def read_each(read: Callable[[Any], Item | None], values: object) -> tuple[Item, ...]:
    """What a reader makes of the items of a list; nothing where it is no list."""
    if not isinstance(values, list):
        return ()
    return tuple(item for item in map(read, values) if item is not None)


def outcome_of(chain: Chain, reason: Reason, request: Request, words: str) -> Outcome:
    """What an answer means for a link, in words where the source has some."""
    return _plain(chain, reason, words, final_url=request.addresses[0])


def _plain(chain: Chain, reason: Reason, words: str, final_url: str | None = None) -> Outcome:
    return Outcome(
        reason=reason,
        status=chain.last.status,
        final_url=final_url,
        attempts=max(answer.attempts for answer in chain.answers),
        elapsed_ms=round(sum(answer.elapsed for answer in chain.answers) * 1000),
        detail=words,
        checked_at=datetime.now(UTC),
    )
