"""The issues of one repository, by GitHub's REST API: the only place from which anything outside is changed.

https://docs.github.com/en/rest/issues
"""

import json
from collections.abc import AsyncIterator, Mapping
from datetime import UTC, datetime
from http import HTTPStatus
from urllib.parse import urlencode

from rlhf_linkcheck.config import GitHubServer
from rlhf_linkcheck.net.address import target_of
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.chain import follow
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.sources.api import json_of, read_each, text_of
from rlhf_linkcheck.tracking.issue import Found, Issue, about, chosen, issue_in
from rlhf_linkcheck.tracking.plan import Action, Comment, Open, Update
from rlhf_linkcheck.tracking.refusal import RefusedError, is_limited, is_too_long, is_worth_waiting_for, refusal

LABEL = "linkcheck"
"""By it the issue is found with one question; without it among those that were changed last."""
_PER_PAGE = 50
_MOST_PAGES = 20
_LARGEST = 48 * 1024 * 1024
"""Bytes: fifty issues of 65,536 characters, each written as two escapes of six, are 39 million."""
_JSON = "application/vnd.github+json"
_SUCCESS = frozenset({HTTPStatus.OK, HTTPStatus.CREATED})


class Repository:
    """One repository's issues. All methods raise RefusedError for what GitHub does not do."""

    def __init__(self, client: Client, server: GitHubServer, name: str) -> None:
        self._client = client
        self._server = server
        self._name = name
        own = target_of(server.api)
        # As answers have it: an operator may write the port that is usual, or capitals.
        self._api = server.api if own is None else own.url.rstrip("/")
        self._root = f"{self._api}/repos/{name}"

    async def find(self, name: str) -> Found:
        """The tracking issue of the list of this name.

        Not by GitHub's search, whose index lags behind: an issue that is not found yet is one that is opened twice.
        """
        for labelled in (True, False):
            marked = [issue async for issue in self._all(labelled=labelled) if about((issue,), name)]
            own = [issue for issue in marked if issue.trusted] or await self._of_token(marked)
            if own:
                return chosen(own)
        return Found()

    async def do(self, action: Action) -> str:
        """Carry it out; where the issue is to be read."""
        match action:
            case Open(title, body, shorter):
                document = {"title": title, "labels": [LABEL]}
                return await self._write("POST", "/issues", document, body, shorter)
            case Comment(number, body):
                return await self._write("POST", f"/issues/{number}/comments", {}, body, body)
            case Update(number, body, shorter, _, state):
                reason = "completed" if state == "closed" else "reopened"
                document = {} if state is None else {"state": state.value, "state_reason": reason}
                return await self._write("PATCH", f"/issues/{number}", document, body, shorter)

    async def _all(self, *, labelled: bool) -> AsyncIterator[Issue]:
        """The issues with the label, or those that were changed last, open and closed."""
        for page in range(1, _MOST_PAGES + 1):
            asked = {"state": "all", "sort": "updated", "direction": "desc", "per_page": _PER_PAGE, "page": page}
            query = urlencode(({"labels": LABEL} if labelled else {}) | asked)
            listed = json_of(await self._read(f"{self._root}/issues?{query}"))
            if not isinstance(listed, list):
                raise RefusedError("GitHub's list of issues cannot be read")
            for issue in read_each(issue_in, listed):
                yield issue
            if len(listed) < _PER_PAGE:
                return

    async def _of_token(self, marked: list[Issue]) -> list[Issue]:
        """Those of strangers that are the token's own after all; a workflow's token may not ask, and is no stranger."""
        if not marked or self._server.token is None:
            return []
        try:
            found = json_of(await self._read(f"{self._api}/user"))
        except RefusedError as error:
            if error.lasting:
                return []
            raise
        login = text_of(found.get("login")) if isinstance(found, dict) else ""
        return [issue for issue in marked if login and issue.author == login]

    async def _read(self, address: str) -> Answer:
        """An answer, also from where a repository is by now that was renamed."""
        query = Query(accept=_JSON, token=self._server.token, largest=_LARGEST)
        chain = await follow(self._client, address, query=query, on_send=lambda _: None)
        if is_worth_waiting_for(chain.last):
            chain = await follow(self._client, address, again=True, query=query, on_send=lambda _: None)
        answer = chain.last
        moved, slash, _ = answer.url.rpartition("/issues?")
        if not answer.url.startswith(f"{self._api}/"):
            raise RefusedError("GitHub sent its caller on to another host, whose word is not its own")
        if answer.status != HTTPStatus.OK:
            raise refusal(answer, self._name, datetime.now(UTC), writes=False)
        if slash:
            self._root = moved
        return answer

    async def _write(self, verb: str, path: str, document: Mapping[str, object], body: str, shorter: str) -> str:
        """Send what is to be written, then less of it where that is too much."""
        answer = await self._send(verb, path, {**document, "body": body})
        if is_too_long(answer) and shorter != body:
            answer = await self._send(verb, path, {**document, "body": shorter})
        if answer.status == HTTPStatus.FORBIDDEN and "labels" in document and not is_limited(answer):
            # A label that is not there yet takes more than to write issues:
            # https://github.com/orgs/community/discussions/197408
            return await self._write(verb, path, {"title": document["title"]}, body, shorter)
        if answer.status not in _SUCCESS:
            raise refusal(answer, self._name, datetime.now(UTC), writes=True)
        found = json_of(answer)
        if not isinstance(found, dict):
            # A network that wants to be signed in to answers with success for whom it keeps away.
            raise RefusedError("GitHub's answer cannot be read, so it may not have been written")
        return text_of(found.get("html_url"))

    async def _send(self, verb: str, path: str, document: Mapping[str, object]) -> Answer:
        """One request. What is posted twice is there twice, so it is sent again only where it was surely not taken."""
        query = Query(accept=_JSON, payload=json.dumps(document).encode(), verb=verb, token=self._server.token)
        address, patient = f"{self._root}{path}", verb != "POST"
        answer = await self._client.get(address, query=query, patient=patient)
        if is_worth_waiting_for(answer):
            answer = await self._client.get(address, query=query, patient=patient, again=True)
        return answer
