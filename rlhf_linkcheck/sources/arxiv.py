"""arXiv's API: a hundred papers a question, one question every three seconds."""

import asyncio
import re
from collections import defaultdict
from collections.abc import AsyncGenerator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from http import HTTPStatus
from itertools import chain as chained
from itertools import zip_longest
from typing import ClassVar
from unicodedata import normalize
from urllib.parse import quote

from rlhf_linkcheck.evidence import Evidence, Record, SourceStats
from rlhf_linkcheck.identity import Identity
from rlhf_linkcheck.net.chain import Chain
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.sources.api import Api, absent, batches, found, links, unanswered
from rlhf_linkcheck.sources.arxiv_feed import Feed, read_feed
from rlhf_linkcheck.sources.arxiv_page import confirm_absence, confirm_withdrawal, words_of_absence
from rlhf_linkcheck.sources.base import Answers, Meant, OlderVersions, Question, Request, Source, Withdrawal

_API = "https://export.arxiv.org/api/query"
_FEED = Query(accept="application/atom+xml")
_BATCH = 100
"""Ids in one question: 642 of them were once too long an address."""
_MOST_FOUND = 10
_MOST_VERSIONS = 20
"""Of one paper."""
_WORTH_ANOTHER = 3
_SUSPICIOUS = 10
"""So many ids, and not one known, are worth asking again, and say more about the API than about the ids."""
_MOST_SPLITS = 16
"""Splits that two bad ids among a hundred take; a refusal that goes on is not about an id."""
_WORD = re.compile(r"[^\W_](?:[\w.,'\u2019]*[^\W_])?")
"""«GPT-3.5» is two words and «let's» is one, as where arXiv indexes them (https://unicode.org/reports/tr29/)."""
_MOST_WORDS = 40


@dataclass(slots=True)
class _Heard:
    """What some questions about ids gave: records by id and version, and the ids that got no answer, with why."""

    records: dict[tuple[str, int], Record] = field(default_factory=dict)
    current: dict[str, Record] = field(default_factory=dict)
    failed: dict[str, Chain] = field(default_factory=dict)
    answered: dict[str, Chain] = field(default_factory=dict)


class Arxiv(Source):
    """Papers by their ids. What the API does not know is looked for on its page before it is believed to be absent."""

    name: ClassVar[str] = "arxiv"
    knows = (OlderVersions, Withdrawal, Meant)
    confirms_elsewhere = True

    def __init__(self, client: Client) -> None:
        self._api = Api(self.name, client)
        self._current: dict[str, Record] = {}
        self._proven: set[Request] = set()
        self._splits = 0

    async def lookup(
        self, requests: Sequence[Request], *, again: bool = False
    ) -> AsyncGenerator[tuple[Request, Evidence], None]:
        """Ask in batches; ``again`` looks at the pages of what was absent."""
        if again:
            for request in requests:
                current, proven = self._current.get(request.identity.key), request in self._proven
                yield request, await confirm_absence(self._api, request, current, proven=proven)
            return
        for part in _parts(requests):
            heard = await self._ask(list(dict.fromkeys(chained.from_iterable(map(_ids, part)))))
            self._current.update(heard.current)
            self._proven.update(part if heard.current else ())
            for request in part:
                evidence = _evidence(request, heard)
                self._api.note(request, answered=not _missed(request, heard))
                yield request, evidence

    async def investigate(self, questions: Sequence[Question]) -> Answers:
        """Older versions in one batch, withdrawals by the papers' pages, titles by one search each."""
        withdrawals = [one for one in questions if isinstance(one, Withdrawal)]
        titles = [one for one in questions if isinstance(one, Meant)]
        older, confirmed, papers = await asyncio.gather(
            self._older([one for one in questions if isinstance(one, OlderVersions)]),
            asyncio.gather(*(confirm_withdrawal(self._api, one.record) for one in withdrawals)),
            asyncio.gather(*(self._search(one.title) for one in titles)),
        )
        return {**older, **dict(zip(withdrawals, confirmed, strict=True)), **dict(zip(titles, papers, strict=True))}

    def stats(self) -> SourceStats:
        """What was asked and what it cost; what was left to others is in the note."""
        left = self._api.in_vain
        remark = f"gave no answer about {links(left)}, which went on to the next source" if left else None
        return self._api.stats(remark)

    async def _older(self, questions: Sequence[OlderVersions]) -> dict[Question, tuple[Record, ...] | None]:
        """The versions before the current ones, in one batch if it holds them; of many the first and the latest."""
        if not questions:
            return {}
        wanted = [[f"{one.paper.key}v{version}" for version in _nearest(one.version)] for one in questions]
        rounds = [name for turn in zip_longest(*wanted) for name in turn if name is not None]
        heard = _Heard()
        for part in batches(rounds, _BATCH):
            _merge(heard, await self._ask(part, first=False))
        told: dict[Question, tuple[Record, ...] | None] = {}
        for one, names in zip(questions, wanted, strict=True):
            known = (heard.records.get((one.paper.key, version)) for version in range(1, one.version))
            records = tuple(record for record in known if record is not None)
            whole = len(names) == one.version - 1 and not any(name in heard.failed for name in names)
            told[one] = records if whole else None
        return told

    async def _search(self, title: str) -> tuple[Record, ...] | None:
        """Papers whose title has all words of this one; of the query language they are no part, be it AND or a sign."""
        words = _WORD.findall(normalize("NFC", title).lower())[:_MOST_WORDS]
        if not words:
            return ()
        query = quote(f'ti:"{" ".join(words)}"', safe="")
        chain = await self._api.ask(f"{_API}?search_query={query}&max_results={_MOST_FOUND}", _FEED, first=False)
        feed = _feed(chain)
        return None if feed is None or feed.refused is not None else feed.records

    async def _ask(self, names: Sequence[str], *, first: bool = True, again: bool = False) -> _Heard:
        """One question about these ids; where the API refuses them all for one of them, that one is left out."""
        address = f"{_API}?id_list={quote(','.join(names), safe=',/')}&max_results={len(names)}"
        chain = await self._api.ask(address, _FEED, first=first, again=again)
        feed = _feed(chain)
        if feed is not None and feed.refused is not None and chain.last.status == HTTPStatus.BAD_REQUEST:
            return await self._without_the_refused(names, feed.refused, chain)
        empty = feed is not None and not feed.records
        if feed is not None and not again and (not feed.whole or (empty and len(names) >= _WORTH_ANOTHER)):
            return await self._ask(names, first=False, again=True)
        if feed is None or feed.refused is not None or (empty and len(names) >= _SUSPICIOUS):
            return _Heard(failed=dict.fromkeys(names, chain))
        heard = _Heard(answered=dict.fromkeys(names, chain))
        for record in feed.records:
            _keep(heard, record)
        if not feed.whole:
            heard.failed.update((name, chain) for name in names if _may_be_in_gap(heard, name, names))
        return heard

    async def _without_the_refused(self, names: Sequence[str], refused: str, chain: Chain) -> _Heard:
        """Ask about the others: one bad id kills its whole batch, and mostly the answer names it."""
        if len(names) == 1:
            return _Heard(failed={names[0]: chain})
        half = len(names) // 2
        others = [name for name in names if name != refused]
        parts = [others] if len(others) < len(names) else [names[:half], names[half:]]
        self._splits += 1
        if self._splits > _MOST_SPLITS:
            return _Heard(failed=dict.fromkeys(names, chain))
        heard = _Heard(failed={refused: chain} if len(parts) == 1 else {})
        for part in parts:
            _merge(heard, await self._ask(part, first=False))
        return heard


def _parts(requests: Sequence[Request]) -> Iterable[Sequence[Request]]:
    """Requests in batches whose ids fit into one question, what matters most first; a paper is all in one."""
    by_paper: defaultdict[str, list[Request]] = defaultdict(list)
    for request in requests:
        by_paper[request.identity.key].append(request)
    part: dict[str, list[Request]] = {}
    names: set[str] = set()
    for key, own in by_paper.items():
        wanted = {name for request in own for name in _ids(request)}
        if len(names | wanted) > _BATCH and part:
            yield _in_order(part)
            part, names = {}, set()
        part[key] = own
        names |= wanted
    if part:
        yield _in_order(part)


def _in_order(part: Mapping[str, Sequence[Request]]) -> list[Request]:
    """By ids, whatever the list's order is: the same papers are the same question."""
    return [request for key in sorted(part) for request in part[key]]


def _ids(request: Request) -> tuple[str, ...]:
    """The ids to ask for: the paper's, and the version's that the link pins."""
    paper = request.identity
    return (paper.key,) if paper.version is None else (paper.key, f"{paper.key}v{paper.version}")


def _nearest(current: int) -> list[int]:
    """The versions before this one, the first and the latest first: a list is written at one of these times."""
    older = list(range(1, current))
    return list(dict.fromkeys([*older[:1], *reversed(older)]))[:_MOST_VERSIONS]


def _feed(chain: Chain) -> Feed | None:
    """The feed of an answer, be it of papers or of an error; None for anything else."""
    told = chain.last.status in (HTTPStatus.OK, HTTPStatus.BAD_REQUEST)
    return read_feed(chain.last.body, datetime.now(UTC)) if told else None


def _keep(heard: _Heard, record: Record) -> None:
    key, version = record.identity.removeprefix("arxiv:"), record.version or 1
    heard.records[key, version] = record
    known = heard.current.get(key)
    if known is None or (known.version or 1) < version:
        heard.current[key] = record


def _merge(heard: _Heard, more: _Heard) -> None:
    for record in more.records.values():
        _keep(heard, record)
    heard.failed.update(more.failed)
    heard.answered.update(more.answered)


def _find(heard: _Heard, name: str) -> Record | None:
    key, _, version = name.partition("v") if "v" in name.rpartition("/")[2] else (name, "", "")
    return heard.records.get((key, int(version))) if version else heard.current.get(key)


def _may_be_in_gap(heard: _Heard, name: str, names: Sequence[str]) -> bool:
    """Whether a feed with gaps leaves open what is asked for: a version asked for itself need not be current."""
    record = _find(heard, name)
    return record is None or f"{name}v{record.version}" in names


def _missed(request: Request, heard: _Heard) -> bool:
    return any(name in heard.failed for name in _ids(request))


def _evidence(request: Request, heard: _Heard) -> Evidence:
    """What the answers say of one request."""
    failed = next((heard.failed[name] for name in _ids(request) if name in heard.failed), None)
    if failed is not None:
        return unanswered(failed, Arxiv.name, "arXiv's API gave no answer that can be read")
    paper: Identity = request.identity
    chain, current = heard.answered[paper.key], heard.current.get(paper.key)
    if current is None:
        return absent(chain, request, Arxiv.name, words_of_absence(request, None))
    if paper.version is None:
        return found(chain, request, current, Arxiv.name)
    pinned = heard.records.get((paper.key, paper.version))
    if pinned is None:
        return replace(absent(chain, request, Arxiv.name, words_of_absence(request, current)), newest=current)
    return replace(found(chain, request, pinned, Arxiv.name), newest=None if current == pinned else current)
