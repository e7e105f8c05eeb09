"""What earlier runs heard, as this one may use it: what still holds, and what may be asked for conditionally."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import astuple, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from sys import intern
from urllib.parse import urldefrag

from rlhf_linkcheck.config import NetworkConfig
from rlhf_linkcheck.evidence import Evidence, Outcome, Verdict
from rlhf_linkcheck.identity import Malformed, parse_address
from rlhf_linkcheck.sources.base import (
    Answers,
    Holder,
    LastCopy,
    Meant,
    OlderVersions,
    Publication,
    Question,
    Request,
    SecondOpinion,
    Withdrawal,
    Writings,
)
from rlhf_linkcheck.state.errors import StateError
from rlhf_linkcheck.state.memory import Memory, Told
from rlhf_linkcheck.state.opening import open_untracked
from rlhf_linkcheck.state.store import Store
from rlhf_linkcheck.version import __version__

_DAY = timedelta(days=1)
_AGES: Mapping[type[Question], timedelta] = {
    # What was printed once stays so, and what a venue holds of a paper hardly ever changes.
    OlderVersions: 30 * _DAY,
    Publication: 7 * _DAY,
    SecondOpinion: 7 * _DAY,
    Meant: 7 * _DAY,
    Writings: 7 * _DAY,
    # Whether something is taken back or there at all may change any day.
    Withdrawal: _DAY,
    Holder: _DAY,
    # What an archive has taken it keeps.
    LastCopy: 30 * _DAY,
}


class Recollection:
    """One run's way to the memory of earlier ones. It reads once, before anything is asked.

    ``max_age`` is how long a living link need not be asked again; dead and uncertain ones always are:
    somebody may just have mended them. With an age of nothing all is asked, conditionally where that is
    possible, save for copies of what is gone. What was heard through other routes, by other credentials or
    by another version of this program is another world's.
    """

    def __init__(self, store: Store, network: NetworkConfig, max_age: timedelta) -> None:
        self._store = store
        self._network = network
        self._max_age = max_age

    @property
    def trouble(self) -> str | None:
        """One line, where the memory could not be written to the end."""
        return self._store.trouble

    def of_links(self, requests: Iterable[Request]) -> dict[Request, Evidence]:
        """What was heard of those links that were alive."""
        keys = {self._key_of(request): request for request in requests}
        known = self._store.recall(keys)
        # By a clock that has gone back since; of two memories the later stays, and it would be this one.
        self._store.forget(key for key, memory in known.items() if memory.checked_at > datetime.now(UTC))
        # Each memory goes as soon as it is recollected: of a long list both together would be too much.
        return {
            request: _recollected(request, memory)
            for key, request in keys.items()
            if (memory := known.pop(key, None)) is not None and _is_alive(memory.evidence)
        }

    def holds(self, evidence: Evidence, now: datetime) -> bool:
        """Whether what was heard earlier need not be asked again."""
        heard = evidence.outcome.checked_at
        return heard is not None and timedelta() <= now - heard < self._max_age

    def of_questions(self, questions: Iterable[Question], now: datetime) -> Answers:
        """What was answered to those questions whose answers still hold: each kind has an age of its own."""
        keys = {self._key_of_question(question): question for question in questions}
        known = self._store.recall_told(keys)
        return {keys[key]: told.answers for key, told in known.items() if self._still_holds(keys[key], told, now)}

    def keep_link(self, request: Request, evidence: Evidence) -> None:
        """Remember what was asked and heard; what was not asked in the end leaves the memory as it was."""
        outcome = evidence.outcome
        if outcome.verdict is not Verdict.SKIPPED and outcome.checked_at is not None and not outcome.from_cache:
            self._store.remember(self._key_of(request), Memory(evidence, outcome.checked_at))

    def keep_answers(self, answers: Answers, now: datetime) -> None:
        """Remember what questions were answered with; what could not be asked is none."""
        for question, answer in answers.items():
            if answer is not None:
                self._store.remember_told(self._key_of_question(question), Told(answer, now))

    def forget_doubted(self, heard: Mapping[Request, Evidence], outcomes: Mapping[str, Outcome]) -> None:
        """Let nothing be known of those links that the run as a whole judges otherwise than they were heard."""
        self.forget(
            request
            for request, evidence in heard.items()
            if any(outcomes[address].verdict is not evidence.outcome.verdict for address in request.addresses)
        )

    def forget(self, requests: Iterable[Request]) -> None:
        """Of these nothing is to be known: what the run as a whole saw puts in doubt what was heard of them."""
        self._store.forget(map(self._key_of, requests))

    def _still_holds(self, question: Question, told: Told, now: datetime) -> bool:
        age, longest = now - told.retrieved_at, _AGES[type(question)]
        if isinstance(question, LastCopy):
            # No verdict hangs on it, and only audits ask, which take nothing else for granted.
            return timedelta() <= age < (longest if told.answers else _DAY)
        longest = max(self._max_age, longest) if told.answers else self._max_age
        return bool(self._max_age) and timedelta() <= age < longest

    def _key_of(self, request: Request) -> str:
        """A link's name in memory: all that its evidence depends on, and nothing else of the list."""
        fragments = sorted({urldefrag(address).fragment for address in request.addresses})
        # Whether papers are claimed, or what has but a page of its own, or both: that decides who reads the page.
        claimed = sorted({claim.paper for claim in request.claims})
        what = (str(request.identity), request.identity.version, _place_of(request))
        return _digest(self._world, *what, fragments, request.route, claimed)

    def _key_of_question(self, question: Question) -> str:
        return _digest(self._world, type(question).__name__, *_named(question))

    @cached_property
    def _world(self) -> str:
        """Whom this run asks, by which way, as whom, and who judges: elsewhere the same link may be another."""
        network = self._network
        servers = [(server.host, server.api, server.graphql, bool(server.token)) for server in network.github]
        ways = [astuple(rule) for rule in network.connect_to]
        return _digest(
            __version__,
            ways,
            network.dns_server,
            network.allow_private,
            str(network.ca_file or ""),
            sorted(network.proxies.items()),
            sorted(network.accounts),
            servers,
            (network.hub.endpoint, bool(network.hub.token)),
        )


@contextmanager
def recollecting(
    state: Path | None, network: NetworkConfig, max_age: timedelta
) -> Iterator[tuple[Recollection | None, str | None]]:
    """The memory in this file for the length of a run, or why there is none; all is written at the end."""
    if state is None:
        yield None, None
        return
    try:
        store = open_untracked(state)
    except StateError as error:
        yield None, str(error)
        return
    with store:
        yield Recollection(store, network, max_age), None


def importance(request: Request, known: Mapping[Request, Evidence]) -> tuple[bool, bool]:
    """What is asked first, if time is short: what was never found alive before, and of that what entries are about."""
    return request in known, not (request.claims or request.uses)


def is_first_hand(request: Request, evidence: Evidence) -> bool:
    """Whether whoever knows most of a link has told of it; a page in the place of an API says less."""
    known = (evidence.record, evidence.repository)
    told = {evidence.source, *(one.source for one in known if one is not None)}
    return not told <= {*request.route[1:]}


def is_remembered(evidence: Evidence | None) -> bool:
    """Whether this is what an earlier run heard."""
    return evidence is not None and evidence.outcome.from_cache


def _is_alive(evidence: Evidence) -> bool:
    return evidence.outcome.verdict is Verdict.ALIVE


def _recollected(request: Request, memory: Memory) -> Evidence:
    """The evidence as of when it was heard; what most links have in common, or the list has itself, is kept once."""
    evidence, outcome = memory.evidence, memory.evidence.outcome
    outcome = replace(
        outcome,
        final_url=next((one for one in request.addresses if one == outcome.final_url), outcome.final_url),
        detail=intern(outcome.detail),
        checked_at=memory.checked_at,
        from_cache=True,
    )
    return replace(evidence, outcome=outcome, source=None if evidence.source is None else intern(evidence.source))


def _place_of(request: Request) -> str:
    """The address to ask, in whichever form it is written first."""
    first = request.addresses[0]
    parsed = parse_address(first)
    return urldefrag(first).url if isinstance(parsed, Malformed) else parsed.request


def _named(question: Question) -> tuple[object, ...]:
    """What a question is about; of a paper's own record no more than which one it is."""
    match question:
        case Withdrawal(paper, record):
            return str(paper), record.version, record.withdrawn
        case OlderVersions(paper) | SecondOpinion(paper) | Publication(paper) | Writings(paper) | Holder(paper):
            rest = (getattr(question, name) for name in ("version", "citation") if hasattr(question, name))
            return str(paper), paper.version, *rest
        case Meant(asked) | LastCopy(asked):
            return (asked,)


def _digest(*parts: object) -> str:
    return blake2b(json.dumps(parts, default=str).encode(), digest_size=16).hexdigest()
