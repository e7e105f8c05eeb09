"""The kinds of things an address can lead to, and what it is to be one and the same thing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """What kind of thing an address leads to; everything that is nothing special is ``WEB``."""

    ARXIV = "arxiv"
    OPENREVIEW = "openreview"
    ACL = "acl"
    DOI = "doi"
    GITHUB = "github"
    GIST = "gist"
    HUGGINGFACE = "hf"
    WEB = "web"


@dataclass(frozen=True, slots=True)
class Identity:
    """What an address leads to, whatever the address looks like. Equal identities are the same thing.

    ``key`` by kind: arXiv ``2203.02155`` or ``math/0309136``; OpenReview ``bxfKIYfHyx``; ACL
    ``2024.emnlp-main.174``; a DOI in lower case; GitHub ``owner/name`` in lower case, with
    ``:ref/path`` (case kept) for a place inside; a gist's number; Hugging Face
    ``datasets/owner/name`` (or ``models/``, ``spaces/``), with ``:ref/path`` likewise; the address
    itself for the web. ``version`` is the one that the address pins (``2``), and does not make it
    another thing.
    """

    kind: Kind
    key: str
    version: int | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.kind}:{self.key}"


ROUTES: Mapping[Kind, tuple[str, ...]] = MappingProxyType(
    dict.fromkeys(Kind, ("web",))
    | {
        Kind.ARXIV: ("arxiv", "oai", "web"),
        Kind.OPENREVIEW: ("openreview", "web"),
        Kind.ACL: ("acl", "web"),
        Kind.DOI: ("doi", "web"),
    }
)
"""For each kind of thing the names of the sources to ask, in order; the plain web is the last of each."""
