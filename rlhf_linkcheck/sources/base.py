"""What a source is: somebody who can be asked about many addresses at once."""

from abc import ABC, abstractmethod
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rlhf_linkcheck.evidence import Evidence, SourceStats
from rlhf_linkcheck.identity import Identity


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to ask about: its identity and the addresses (trimmed, distinct) that lead to it.

    ``title`` and ``authors`` are what the list says of it, so that ``fetch`` can decide on a
    follow-up; ``route`` names the sources to ask, in order.
    """

    identity: Identity
    addresses: tuple[str, ...]
    route: tuple[str, ...]
    title: str = ""
    authors: tuple[str, ...] = ()


class Source(ABC):
    """Answers requests in a batch; each answer is yielded as soon as it is known, in any order.

    Trouble of the world is an Outcome. An exception is a bug and ends the run.
    """

    name: ClassVar[str]

    @abstractmethod
    def lookup(
        self, requests: Sequence[Request], *, again: bool = False
    ) -> AsyncGenerator[tuple[Request, Evidence], None]:
        """Ask about all requests; ``again`` asks anew, past what this run has heard already.

        Closing the generator ends what is still asked.
        """

    @abstractmethod
    def stats(self) -> SourceStats:
        """What this source was asked so far, and what it cost; ``answered`` is counted when the whole run is judged."""
