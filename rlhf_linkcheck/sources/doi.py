"""DOIs: Crossref and DataCite for what they name, doi.org for whether they exist; no publisher is asked."""

from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from http import HTTPStatus
from typing import ClassVar, TypeAlias
from urllib.parse import quote

from rlhf_linkcheck.evidence import Evidence, Record, SourceStats
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.chain import Chain
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.sources import crossref, datacite
from rlhf_linkcheck.sources.api import Api, absent, batches, found, json_of, unanswered
from rlhf_linkcheck.sources.base import Answers, Publication, Question, Request, Source
from rlhf_linkcheck.sources.lines import in_lines, one_line

_JSON = Query()
_HANDLES = "https://doi.org/api/handles/"
_FOUND, _NO_VALUES, _NOT_FOUND = 1, 200, 100
"""https://www.handle.net/proxy_servlet.html: a handle without the values asked for is a handle."""
_REFUSALS = (HTTPStatus.BAD_REQUEST, HTTPStatus.REQUEST_URI_TOO_LONG)
"""What is said to the question, and not to who asks it."""


Held: TypeAlias = dict[str, tuple[Record, Chain]]
"""What a registry holds of the DOIs (in lower case) that it was asked for, with the answer that said so."""


@dataclass(frozen=True, slots=True)
class _Registry:
    """One agency's API: how many DOIs are asked at once and how, one alone, and how an answer is read."""

    name: str
    batch: int
    many: Callable[[Sequence[str]], str]
    one: Callable[[str], str]
    read: Callable[[Answer, datetime], Mapping[str, Record] | None]


_REGISTRIES = (
    _Registry("crossref", crossref.MOST, crossref.many, crossref.one, crossref.read),
    _Registry("datacite", datacite.MOST, datacite.many, datacite.one, datacite.read),
)


class Doi(Source):
    """A DOI is there where a registry holds it, or doi.org has its handle; it is not where doi.org has none."""

    name: ClassVar[str] = "doi"
    knows = (Publication,)

    def __init__(self, client: Client) -> None:
        self._api = Api(self.name, client)
        self._silent: set[str] = set()

    async def lookup(
        self, requests: Sequence[Request], *, again: bool = False
    ) -> AsyncGenerator[tuple[Request, Evidence], None]:
        """Ask the registries in batches, and doi.org about each DOI that none of them holds."""
        known = {} if again else await self._held([request.identity.key for request in requests], first=True)
        left: list[Request] = []
        for request in requests:
            held = known.get(request.identity.key)
            if held is not None:
                self._api.note(request, answered=True)
                yield request, found(held[1], request, held[0], self.name)
            else:
                left.append(request)
        async with aclosing(in_lines(left, one_line, partial(self._handle, again=again))) as answers:
            async for answer in answers:
                yield answer

    async def investigate(self, questions: Sequence[Question]) -> Answers:
        """What the registries hold of papers that another source gave a DOI for."""
        asked = [one for one in questions if isinstance(one, Publication)]
        known = await self._held([one.doi.key for one in asked], first=False)
        told: dict[Question, tuple[Record, ...] | None] = {}
        for one in asked:
            held = known.get(one.doi.key)
            told[one] = (held[0],) if held else None if self._silent else ()
        return told

    def stats(self) -> SourceStats:
        """What was asked and what it cost, and which registry did not answer."""
        remark = f"no answer from {' and '.join(sorted(self._silent))}" if self._silent else None
        return self._api.stats(remark)

    async def _held(self, dois: Sequence[str], *, first: bool) -> Held:
        known: Held = {}
        for registry in _REGISTRIES:
            left = list(dict.fromkeys(doi for doi in dois if doi not in known))
            # A list in an address is separated by commas, so a DOI that has one is asked for alone.
            parts = [*batches([doi for doi in left if "," not in doi], registry.batch)]
            for part in (*parts, *([doi] for doi in left if "," in doi)):
                known.update(await self._held_by(registry, part, first=first))
        return known

    async def _held_by(self, registry: _Registry, dois: Sequence[str], *, first: bool) -> Held:
        address = registry.many(dois) if len(dois) > 1 else registry.one(dois[0])
        chain = await self._api.ask(address, _JSON, first=first)
        records = registry.read(chain.last, datetime.now(UTC))
        if records is not None:
            return {doi: (record, chain) for doi, record in records.items() if doi in dois}
        if len(dois) == 1 or chain.last.status not in _REFUSALS:
            self._silent.add(registry.name)
            return {}
        # One DOI that the registry cannot read may have spoilt the question.
        half = len(dois) // 2
        return {
            **await self._held_by(registry, dois[:half], first=False),
            **await self._held_by(registry, dois[half:], first=False),
        }

    async def _handle(self, request: Request, on_its_way: Callable[[], None], *, again: bool) -> Evidence:
        """Whether doi.org knows the DOI; what it names is unknown then."""
        address = f"{_HANDLES}{quote(request.identity.key, safe='/')}"
        chain = await self._api.ask(address, _JSON, again=again, on_its_way=on_its_way)
        answer = json_of(chain.last)
        code = answer.get("responseCode") if isinstance(answer, dict) else None
        self._api.note(request, answered=code in (_FOUND, _NO_VALUES, _NOT_FOUND))
        if code in (_FOUND, _NO_VALUES) and chain.last.status == HTTPStatus.OK:
            return found(chain, request, None, self.name)
        if code == _NOT_FOUND:
            return absent(chain, request, self.name, f"doi.org knows no DOI {request.identity.key}")
        return unanswered(chain, self.name, "doi.org gave no answer that can be read")
