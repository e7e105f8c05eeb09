"""GitLab's API: projects by their paths, and the folders that files and folders are listed in."""

from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from functools import partial
from http import HTTPStatus
from typing import ClassVar
from urllib.parse import urlsplit

from rlhf_linkcheck.evidence import Evidence, SourceStats
from rlhf_linkcheck.identity import Identity
from rlhf_linkcheck.identity.places import splits
from rlhf_linkcheck.net.chain import Chain
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.net.query import Query
from rlhf_linkcheck.repository import Repository
from rlhf_linkcheck.sources.api import Api, absent, by_whole, found, links, unanswered
from rlhf_linkcheck.sources.base import Request, Source
from rlhf_linkcheck.sources.gitlab.answer import (
    SOURCE,
    Listed,
    Split,
    address_of_folder,
    address_of_project,
    listed_in,
    project_in,
)
from rlhf_linkcheck.sources.lines import in_lines, one_line

_JSON = Query()
_PAGE_TELLS = "GitLab's API leaves it to the page"
_UNREADABLE = "GitLab's API gave no answer that can be read"


class GitLab(Source):
    """A project that it tells of is there. One that it does not may be a group, or private: the page is asked.

    A place in a project costs one question more, for the list of the folder that it would be in, be it a
    file or a folder. Its page is no witness: it sends who asks for a missing file to the branch, which is there.
    """

    name: ClassVar[str] = SOURCE

    def __init__(self, client: Client) -> None:
        self._api = Api(self.name, client, homes=())

    async def lookup(
        self, requests: Sequence[Request], *, again: bool = False
    ) -> AsyncGenerator[tuple[Request, Evidence], None]:
        """Ask about each project, and about the places in it."""
        projects = by_whole(requests)
        async with aclosing(in_lines(projects, one_line, partial(self._ask, again=again))) as answers:
            async for whole, chain in answers:
                repository = project_in(chain.last, whole)
                for request in projects[whole]:
                    evidence = await self._evidence(request, chain, repository, again=again)
                    self._api.note(request, answered=repository is not None)
                    yield request, evidence

    def stats(self) -> SourceStats:
        """What was asked and what it cost; what could not be verified."""
        left = self._api.in_vain
        return self._api.stats(f"told nothing of {links(left)}, asked as pages instead" if left else None)

    async def _ask(self, whole: Identity, on_its_way: Callable[[], None], *, again: bool) -> Chain:
        return await self._api.ask(address_of_project(whole), _JSON, again=again, on_its_way=on_its_way)

    async def _evidence(
        self, request: Request, chain: Chain, repository: Repository | None, *, again: bool
    ) -> Evidence:
        if repository is None:
            # 404: what is private to strangers, and what is no project but a group or somebody's page.
            words = _PAGE_TELLS if chain.last.status == HTTPStatus.NOT_FOUND else _UNREADABLE
            return unanswered(chain, SOURCE, words)
        place = request.identity.place
        last, listed = await self._listed(place, repository, again=again) if place else (chain, Listed.THERE)
        if listed is Listed.ABSENT:
            gone = absent(last, request, SOURCE, f"{repository.name} has no {place}")
            return replace(gone, repository=repository)
        there = listed is Listed.THERE
        evidence = found(chain, request, None, SOURCE) if there else unanswered(last, SOURCE, _PAGE_TELLS)
        moved_to = _new_address(request, repository)
        return replace(evidence, outcome=replace(evidence.outcome, moved_to=moved_to), repository=repository)

    async def _listed(self, place: str, repository: Repository, *, again: bool) -> tuple[Chain, Listed]:
        """Whether a place is there, by each way to read it: a branch may have slashes in its name.

        It is absent where it is by no reading, and by one of them the list that it would be in is there.
        """
        told: tuple[Chain, Listed] | None = None
        for split in (Split(*parts) for parts in splits(place)):
            chain = await self._api.ask(address_of_folder(repository.name, split), _JSON, first=False, again=again)
            listed = listed_in(chain.last, split)
            if listed in (Listed.THERE, Listed.UNTOLD):
                return chain, listed
            if told is None or listed is Listed.ABSENT:
                told = chain, listed
        if told is None:
            raise AssertionError("a place can be read in one way at least")
        return told


def _new_address(request: Request, repository: Repository) -> str | None:
    """The address as it would be with the project's path of today; None where it still has that of the link."""
    old = request.identity.whole.key
    if repository.name.lower() == old:
        return None
    parts = urlsplit(request.addresses[0])
    parts = parts._replace(scheme="https", netloc=parts.hostname or "", fragment="")
    inside = [segment for segment in parts.path.split("/") if segment][old.count("/") + 1 :]
    return parts._replace(path="/".join(("", repository.name, *inside))).geturl()
