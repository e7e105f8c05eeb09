"""OpenReview's API: it tells strangers nothing, so without credentials its papers cannot be verified here."""

import json
import re
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime
from http import HTTPStatus
from typing import ClassVar

from rlhf_linkcheck.evidence import Evidence, Record, SourceStats
from rlhf_linkcheck.net.chain import Chain
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.sources.api import Api, found, json_of, links, read_each, text_of, unanswered
from rlhf_linkcheck.sources.base import Request, Source

_HOSTS = ("https://api2.openreview.net", "https://api.openreview.net")
"""Newer venues are on the first, older ones on the second: https://docs.openreview.net/reference/api-v2."""
_HINT = "OPENREVIEW_USERNAME and OPENREVIEW_PASSWORD in the environment would verify them"
_NO_NOTE = "OpenReview's API tells nothing of it"
_TOKEN = re.compile(r"[!-~]{1,8000}", re.ASCII)


class OpenReview(Source):
    """A note that it shows is there. One that it does not show may be hidden: that is for the page to tell."""

    name: ClassVar[str] = "openreview"

    def __init__(self, client: Client) -> None:
        self._api = Api(self.name, client)
        self._account = client.config.accounts.get(self.name)
        self._token: str | None = None
        self._refusal: Chain | None = None

    async def lookup(
        self, requests: Sequence[Request], *, again: bool = False
    ) -> AsyncGenerator[tuple[Request, Evidence], None]:
        """Ask for one note after the other, until the API turns the caller away: it does so each time."""
        if self._account is not None and self._token is None:
            await self._log_in(*self._account)
        for request in requests:
            evidence = await self._ask(request, again=again)
            self._api.note(request, answered=evidence.record is not None)
            yield request, evidence

    def stats(self) -> SourceStats:
        """What was asked and what it cost, and what would help."""
        left = self._api.in_vain
        if not left:
            return self._api.stats()
        hint = _HINT
        if self._account is not None:
            hint = "what it does not tell may be hidden" if self._token else "the login failed"
        return self._api.stats(f"told nothing of {links(left)}, asked as pages instead; {hint}")

    async def _log_in(self, user: str, password: str) -> None:
        """A token for both hosts; without one the run goes on as a stranger's."""
        payload = json.dumps({"id": user, "password": password}).encode()
        chain = await self._api.ask(f"{_HOSTS[0]}/login", Query(payload=payload), first=False)
        answer = json_of(chain.last)
        # Nobody else's word is a token, so no redirect is followed.
        token = answer.get("token") if isinstance(answer, dict) else None
        if isinstance(token, str) and _TOKEN.fullmatch(token):
            self._token = token

    async def _ask(self, request: Request, *, again: bool) -> Evidence:
        chain = self._refusal
        for host in _HOSTS if chain is None else ():
            address = f"{host}/notes?id={request.identity.key}"
            chain = await self._api.ask(address, Query(token=self._token), first=host == _HOSTS[0], again=again)
            record = _record(json_of(chain.last), request, datetime.now(UTC))
            if record is not None:
                return found(chain, request, record, self.name)
            if not _is_answer(chain):
                self._refusal = chain
                break
        if chain is None:
            raise AssertionError("one host at least was asked")
        return unanswered(chain, self.name, _NO_NOTE)


def _is_answer(chain: Chain) -> bool:
    """Whether it speaks of this one note (it has none, or may not show it), and not of who asks."""
    answer = json_of(chain.last)
    named = answer.get("name") if isinstance(answer, dict) else None
    nothing = chain.last.status == HTTPStatus.OK and isinstance(answer, dict) and "notes" in answer
    return nothing or named in ("NotFoundError", "ForbiddenError")


def _record(answer: object, request: Request, retrieved_at: datetime) -> Record | None:
    notes = answer.get("notes") if isinstance(answer, dict) else None
    for note in notes if isinstance(notes, list) else ():
        match note:
            case {"id": request.identity.key, "content": dict(content)}:
                title, authors = _value(content.get("title")), _value(content.get("authors"))
                if text_of(title):
                    return Record(
                        identity=str(request.identity),
                        source=OpenReview.name,
                        title=text_of(title),
                        authors=read_each(lambda name: text_of(name) or None, authors),
                        retrieved_at=retrieved_at,
                    )
    return None


def _value(field: object) -> object:
    """A field of a note: bare in the older API, in a ``value`` in the newer."""
    return field.get("value") if isinstance(field, dict) else field
