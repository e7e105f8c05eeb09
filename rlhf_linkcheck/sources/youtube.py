"""YouTube's videos, by their thumbnails: a page is there for any number at all, and oEmbed refuses some that play."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from functools import partial
from http import HTTPStatus
from typing import ClassVar

from rlhf_linkcheck.evidence import Evidence, SourceStats, Verdict
from rlhf_linkcheck.net.chain import Chain
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.sources.api import Api, absent, found, links, unanswered
from rlhf_linkcheck.sources.base import Request, Source
from rlhf_linkcheck.sources.lines import in_lines, one_line

_THUMBNAIL = "https://i.ytimg.com/vi/{}/hqdefault.jpg"
"""The largest size that every video has; larger ones are missing for one in eight."""
_NO_PICTURE = "the thumbnail's host gave no picture"


class YouTube(Source):
    """A video that has a thumbnail is there; one that was deleted, is private or never was has none."""

    name: ClassVar[str] = "youtube"

    def __init__(self, client: Client) -> None:
        self._api = Api(self.name, client)

    async def lookup(
        self, requests: Sequence[Request], *, again: bool = False
    ) -> AsyncGenerator[tuple[Request, Evidence], None]:
        """Ask for the thumbnails as for any link: no more than their heads are read."""
        async with aclosing(in_lines(requests, one_line, partial(self._ask, again=again))) as answers:
            async for request, evidence in answers:
                self._api.note(request, answered=evidence.outcome.verdict is not Verdict.UNCERTAIN)
                yield request, evidence

    def stats(self) -> SourceStats:
        """What was asked and what it cost; what could not be told."""
        left = self._api.in_vain
        return self._api.stats(f"told nothing of {links(left)}, asked as pages instead" if left else None)

    async def _ask(self, request: Request, on_its_way: Callable[[], None], *, again: bool) -> Evidence:
        address = _THUMBNAIL.format(request.identity.key)
        return _evidence(request, await self._api.ask(address, None, again=again, on_its_way=on_its_way))


def _evidence(request: Request, chain: Chain) -> Evidence:
    answer = chain.last
    own = not chain.redirects and not answer.challenges
    if own and answer.status == HTTPStatus.OK and (answer.header("content-type") or "").startswith("image/"):
        return found(chain, request, None, YouTube.name)
    if own and answer.status == HTTPStatus.NOT_FOUND:
        return absent(chain, request, YouTube.name, "the video was deleted, is private, or never was")
    return unanswered(chain, YouTube.name, _NO_PICTURE)
