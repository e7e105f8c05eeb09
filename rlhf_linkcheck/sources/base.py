"""What a source is: somebody who can be asked about many addresses at once, and then a little more about a few."""

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from types import MappingProxyType
from typing import ClassVar, TypeAlias

from rlhf_linkcheck.evidence import Archived, Evidence, Record, Redirect, SourceStats
from rlhf_linkcheck.identity import Identity
from rlhf_linkcheck.matching.papers import Claim
from rlhf_linkcheck.repository import Repository, Text


@dataclass(frozen=True, slots=True)
class Handoff:
    """The redirects that led from a link to an address that another source answers for; what they took."""

    redirects: tuple[Redirect, ...]
    attempts: int
    elapsed_ms: int


class Usage(IntEnum):
    """What a repository is to an entry, what matters most first."""

    CODEBASE = 1
    DATASET = 2
    OFFICIAL_CODE = 3


@dataclass(frozen=True, slots=True)
class Use:
    """An entry's use of a repository: what it is to it, what the entry says, and its main link's identity."""

    usage: Usage
    claim: Claim
    main: Identity


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to ask about: its identity and the addresses (trimmed, distinct) that lead to it.

    ``route`` names the sources to ask, in order. ``claims`` are what the list says of it, so that
    ``fetch`` can decide on follow-ups: one for each entry whose main link it is, and that has a title to be compared.
    ``uses`` say likewise what a repository is to the entries that list it. ``known`` is what an earlier
    run heard, too long ago to hold, but not to ask whether anything has changed since.
    """

    identity: Identity
    addresses: tuple[str, ...]
    route: tuple[str, ...]
    claims: tuple[Claim, ...] = ()
    uses: tuple[Use, ...] = ()
    known: Evidence | None = field(default=None, compare=False, repr=False)

    def __hash__(self) -> int:
        """The addresses tell requests apart: what is claimed of them is many times as much to take the hash of."""
        return hash(self.addresses)


def may_be_handed_on(request: Request) -> bool:
    """Whether another source may answer for it where its redirects lead there.

    Only what has no source of its own is handed on, so nothing is twice; and a post is held against its page.
    """
    return request.route == ("web",) and all(claim.paper for claim in request.claims)


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


@dataclass(frozen=True, slots=True)
class Writings:
    """What does the README say, and that of the folder named, if any? Answered by these files.

    ``citation`` asks for CITATION.cff, too, where that costs a question more.
    """

    repository: Identity
    citation: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """Is the repository there that this is a place in? Answered by what is known of it, or by none."""

    repository: Identity


@dataclass(frozen=True, slots=True)
class LastCopy:
    """Which is the last good copy of the page at this address, which is gone? Answered by it, or by none."""

    address: str


Question: TypeAlias = OlderVersions | Withdrawal | Publication | SecondOpinion | Meant | Writings | Holder | LastCopy
"""What may be asked once everything has had its first answer."""

Answer: TypeAlias = tuple[Record | Text | Repository | Archived, ...] | None
Answers: TypeAlias = Mapping[Question, Answer]
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
    """Answers requests in a batch; each answer is yielded as soon as it is known, in any order.

    Where it ``confirms_elsewhere``, its second look at what it called absent goes to another host than the first.
    """

    confirms_elsewhere: ClassVar[bool] = False

    @abstractmethod
    def lookup(
        self, requests: Sequence[Request], *, again: bool = False
    ) -> AsyncGenerator[tuple[Request, Evidence | Handoff], None]:
        """Ask about all requests; ``again`` asks anew, past what this run has heard already.

        Closing the generator ends what is still asked.
        """
