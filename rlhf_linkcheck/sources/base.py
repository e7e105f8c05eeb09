"""What a source is: somebody who can be asked about many addresses at once, and then a little more about a few."""

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import ClassVar, TypeAlias

from rlhf_linkcheck.evidence import Evidence, Record, SourceStats
from rlhf_linkcheck.identity import Identity
from rlhf_linkcheck.matching.papers import Claim


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to ask about: its identity and the addresses (trimmed, distinct) that lead to it.

    ``route`` names the sources to ask, in order. ``claims`` are what the list says of it, so that
    ``fetch`` can decide on follow-ups: one for each paper entry whose main link it is.
    """

    identity: Identity
    addresses: tuple[str, ...]
    route: tuple[str, ...]
    claims: tuple[Claim, ...] = ()


@dataclass(frozen=True, slots=True)
class OlderVersions:
    """What did the versions before this one say? Answered by their records, oldest first."""

    paper: Identity
    version: int


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """Has this paper really been withdrawn? Answered by its record, with the reason, or by none."""

    paper: Identity
    record: Record


@dataclass(frozen=True, slots=True)
class Publication:
    """What does the venue hold of the paper that has this DOI? Answered by its record, or by none."""

    doi: Identity


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """What do others hold of a paper whose own sources had no record? Answered by theirs, or by none."""

    paper: Identity


@dataclass(frozen=True, slots=True)
class Meant:
    """Which papers may have this title? Answered by their records, be the title theirs or not."""

    title: str


Question: TypeAlias = OlderVersions | Withdrawal | Publication | SecondOpinion | Meant
"""What may be asked once everything has had its first answer."""

Answers: TypeAlias = Mapping[Question, tuple[Record, ...] | None]
"""None where a question could not be answered, which is not the same as none being found."""

NO_ANSWERS: Answers = MappingProxyType({})


class Informant(ABC):
    """Somebody who can be asked a little more about a few papers.

    Trouble of the world is a value. An exception is a bug and ends the run.
    """

    name: ClassVar[str]
    knows: ClassVar[tuple[type, ...]] = ()
    """The kinds of questions that it can answer."""

    async def investigate(self, questions: Sequence[Question]) -> Answers:
        """Answer questions of the kinds that it knows, all of them as follow-ups."""
        del questions
        return NO_ANSWERS

    @abstractmethod
    def stats(self) -> SourceStats:
        """What it was asked so far, and what it cost; ``answered`` is counted when the whole run is judged."""


class Source(Informant):
    """Answers requests in a batch; each answer is yielded as soon as it is known, in any order."""

    @abstractmethod
    def lookup(
        self, requests: Sequence[Request], *, again: bool = False
    ) -> AsyncGenerator[tuple[Request, Evidence], None]:
        """Ask about all requests; ``again`` asks anew, past what this run has heard already.

        Closing the generator ends what is still asked.
        """
