"""The plain web: asks each address itself and follows where it leads; the last source on every route."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from datetime import UTC, datetime
from typing import ClassVar
from urllib.parse import urldefrag

from rlhf_linkcheck.evidence import Evidence, Outcome, SourceStats
from rlhf_linkcheck.net.chain import follow
from rlhf_linkcheck.net.classify import classify
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.sources.base import Request, Source


class Web(Source):
    """One streamed GET for each request, and one for each redirect; the client holds all limits."""

    name: ClassVar[str] = "web"

    def __init__(self, client: Client) -> None:
        self._client = client
        self._outcomes: dict[Request, Outcome] = {}
        self._requests = 0
        self._follow_ups = 0

    async def lookup(
        self, requests: Sequence[Request], *, again: bool = False
    ) -> AsyncGenerator[tuple[Request, Evidence], None]:
        """Ask all at once; ``again`` tries each link once more, and counts what was tried before."""
        tasks = [asyncio.create_task(self._ask(request, again=again)) for request in requests]
        try:
            for task in asyncio.as_completed(tasks):
                yield await task
        finally:
            for unfinished in tasks:
                unfinished.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def stats(self) -> SourceStats:
        """Links asked about, and what was sent for it."""
        return SourceStats(
            name=self.name,
            asked=sum(len(request.addresses) for request in self._outcomes),
            requests=self._requests,
            follow_ups=self._follow_ups,
        )

    async def _ask(self, request: Request, *, again: bool) -> tuple[Request, Evidence]:
        """The evidence about a request, its address without the fragment."""
        sent = 0

        def count(hop: int) -> None:
            nonlocal sent
            first = hop == 0 and sent == 0 and not again
            sent += 1
            self._requests += first
            self._follow_ups += not first

        address = urldefrag(request.addresses[0]).url
        chain = await follow(self._client, address, again=again, on_send=count)
        earlier = self._outcomes.get(request) if again else None
        outcome = classify(chain, datetime.now(UTC), earlier=earlier)
        self._outcomes[request] = outcome
        return request, Evidence(outcome, source=self.name)
