"""GitHub: repositories, what lies in them, owners and gists; the public one, and the operator's own."""

from collections import defaultdict
from collections.abc import AsyncGenerator, Sequence
from typing import ClassVar

from rlhf_linkcheck.evidence import Evidence, SourceStats, Verdict
from rlhf_linkcheck.identity import Identity, Kind
from rlhf_linkcheck.net.client import Client
from rlhf_linkcheck.sources.api import Api, links
from rlhf_linkcheck.sources.base import Answer, Answers, Question, Request, Source, Writings
from rlhf_linkcheck.sources.github.desk import Desk
from rlhf_linkcheck.sources.github.facts import SOURCE


class GitHub(Source):
    """Repositories by their names, many in one question. What only a page can tell goes on to it."""

    name: ClassVar[str] = SOURCE
    knows = (Writings,)

    def __init__(self, client: Client) -> None:
        self._api = Api(self.name, client, homes=())
        servers = client.config.github
        alone = not any(server.token for server in servers)
        self._desks = {server.name: Desk(self._api, server, alone=alone) for server in servers}
        self._unsure: set[str] = set()

    async def lookup(
        self, requests: Sequence[Request], *, again: bool = False
    ) -> AsyncGenerator[tuple[Request, Evidence], None]:
        """Ask each server about what is its own; ``again`` is thorough about what seemed not to be there."""
        by_server: defaultdict[str, list[Request]] = defaultdict(list)
        for request in requests:
            by_server[request.identity.server].append(request)
        for server, own in by_server.items():
            async for request, evidence in self._desks[server].lookup(own, again=again):
                known = evidence.repository is not None or evidence.outcome.verdict is not Verdict.UNCERTAIN
                # At the second look a page may be asked for what the API has no word for; but not where it is silent.
                if not again or known or self._desks[server].is_silent:
                    self._api.note(request, answered=known)
                    self._unsure.update(() if known else (server,))
                yield request, evidence

    async def investigate(self, questions: Sequence[Question]) -> Answers:
        """What stands in READMEs and in CITATION.cff."""
        told: dict[Question, Answer] = {}
        for server, desk in self._desks.items():
            own = [one for one in questions if isinstance(one, Writings) and _is_at(one.repository, server)]
            told |= await desk.writings(own) if own else {}
        return told

    def stats(self) -> SourceStats:
        """What was asked and what it cost; what could not be verified, why, and what would help."""
        left = self._api.in_vain
        unread = sum(desk.unread for desk in self._desks.values())
        told = [f"gave no answer about {links(left)}, asked as pages instead (REP102–REP109)"] if left else []
        told += [f"{_readmes(unread)} could not be read (REP103, REP107, REP109)"] if unread else []
        open_ = (desk for server, desk in self._desks.items() if server in self._unsure or desk.unread or desk.refused)
        hints = dict.fromkeys(desk.hint for desk in open_ if desk.hint)
        return self._api.stats("; ".join((*told, *hints)) or None)


def _is_at(repository: Identity, server: str) -> bool:
    return repository.kind is Kind.GITHUB and repository.server == server


def _readmes(number: int) -> str:
    return "the README of 1 repository" if number == 1 else f"the READMEs of {number} repositories"
