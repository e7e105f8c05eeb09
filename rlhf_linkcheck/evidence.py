"""What the world says: verdicts with their reasons, redirects, records, and who said it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Self

from rlhf_linkcheck.repository import Repository, Writing


class Verdict(StrEnum):
    """One a link. *Dead* only on positive evidence; what cannot be known is *uncertain*."""

    ALIVE = "alive"
    DEAD = "dead"
    UNCERTAIN = "uncertain"
    SKIPPED = "skipped"


class Reason(StrEnum):
    """Why a link has its verdict. Each stands for one, so that no outcome can contradict itself.

    That is *uncertain* where no other is named.
    """

    verdict: Verdict

    def __new__(cls, name: str, verdict: Verdict = Verdict.UNCERTAIN) -> Self:
        """A reason is its name, as ``HTTPStatus`` is its number."""
        reason = str.__new__(cls, name)
        reason._value_ = name
        reason.verdict = verdict
        return reason

    OK = "ok", Verdict.ALIVE

    NOT_FOUND = "not_found", Verdict.DEAD
    GONE = "gone", Verdict.DEAD
    LEGAL = "legal", Verdict.DEAD
    HOST_NOT_FOUND = "host_not_found", Verdict.DEAD
    REDIRECT_LOOP = "redirect_loop", Verdict.DEAD
    BAD_REDIRECT = "bad_redirect", Verdict.DEAD
    SOFT_404 = "soft_404", Verdict.DEAD
    PARKED = "parked", Verdict.DEAD

    AUTH_REQUIRED = "auth_required"
    BLOCKED = "blocked"
    RATE_LIMITED = "rate_limited"
    CLIENT_ERROR = "client_error"
    SERVER_ERROR = "server_error"
    TIMEOUT = "timeout"
    REFUSED = "refused"
    RESET = "reset"
    PROTOCOL_ERROR = "protocol_error"
    DNS_ERROR = "dns_error"
    TLS = "tls"
    INCONSISTENT = "inconsistent"
    HOST_DOWN = "host_down"
    SHORTAGE = "shortage"

    PRIVATE_ADDRESS = "private_address", Verdict.SKIPPED
    INVALID = "invalid", Verdict.SKIPPED
    EXCLUDED = "excluded", Verdict.SKIPPED
    DEADLINE = "deadline", Verdict.SKIPPED
    OFFLINE = "offline", Verdict.SKIPPED
    INTERRUPTED = "interrupted", Verdict.SKIPPED


SEVERAL = 3
"""So many links of a host and more are ``HOST_DOWN`` together where none of them answers."""


@dataclass(frozen=True, slots=True)
class Redirect:
    """One hop: the status that was answered, and the absolute address it pointed to."""

    status: int
    url: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one address. ``detail`` is a sentence for people: what was seen, how often tried."""

    reason: Reason
    status: int | None = None
    final_url: str | None = None
    moved_to: str | None = None
    redirects: tuple[Redirect, ...] = ()
    attempts: int = 0
    elapsed_ms: int = 0
    detail: str = ""
    checked_at: datetime | None = None
    from_cache: bool = False

    @property
    def verdict(self) -> Verdict:
        """The verdict that the reason stands for."""
        return self.reason.verdict


class Trust(StrEnum):
    """How far a record's word goes. Of a ``SECOND`` opinion only agreement counts, of a ``HINT`` at most an info."""

    RECORD = "record"
    """The database's own, as it was deposited there."""
    PAGE = "page"
    """What a page says of its paper to those who cite it (``citation_*``)."""
    HINT = "hint"
    """What a page says of itself in any other way."""
    SECOND = "second"
    """What somebody else gathered about it."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a source holds about a paper, repository or dataset; ``identity`` as in ``arxiv:2203.02155``.

    ``other_titles`` are further readings of the title (with its subtitle, or without what a page adds).
    ``complete`` where no author is left out, ``ordered`` where they stand in the paper's order.
    ``version`` is the one that it describes, where there are several. ``withdrawn`` is the reason given
    for a withdrawal or retraction (empty where none is), None where it stands. ``published`` says where
    it has appeared, ``doi`` under which DOI, ``repositories`` the identities of those that it names.
    """

    identity: str
    source: str
    title: str
    authors: tuple[str, ...]
    retrieved_at: datetime
    trust: Trust = Trust.RECORD
    other_titles: tuple[str, ...] = ()
    complete: bool = True
    ordered: bool = True
    version: int | None = None
    withdrawn: str | None = None
    published: str | None = None
    doi: str | None = None
    repositories: tuple[str, ...] = ()

    @property
    def titles(self) -> tuple[str, ...]:
        """All readings of its title."""
        return (self.title, *self.other_titles)


@dataclass(frozen=True, slots=True)
class Past:
    """What audits have seen of a link. ``counted_at`` is the last one that counted, ``verdict`` what it found.

    ``failures`` audits in a row have found it dead, the first at ``failing_since``; nobody has been able to say
    how it is since ``uncertain_since``. ``flaps`` is how often it was dead and came back.
    """

    first_seen: datetime
    counted_at: datetime
    verdict: Verdict
    last_alive: datetime | None = None
    failures: int = 0
    failing_since: datetime | None = None
    uncertain_since: datetime | None = None
    flaps: int = 0


@dataclass(frozen=True, slots=True)
class Archived:
    """The last good copy of a page that is gone: where an archive keeps it, and when it was taken."""

    url: str
    taken_at: datetime


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask by whether a page has changed since (RFC 9110 §8.8), and for which address."""

    url: str
    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """One source's answer about one address, or several that differ in their ``#fragment``: is it there, what is it.

    ``missing_fragments`` are those of the address (of one address: at most one) where the page was
    read whole, has anchors, and not this one. ``secure_url`` serves the same by https, where the
    address is http and its server does not say so itself.

    ``record`` is of the version that the address pins, and ``newest`` then of the current one.
    ``earlier`` are older versions, oldest first; ``elsewhere`` is what others hold of the same paper:
    the venue, by the DOI that the record names. ``meant`` are papers that an entry with this link may
    have meant instead. ``unsettled`` is True where something that would have excused a difference
    could not be asked.

    ``repository`` is what is known of the repository that the address leads to or into, whoever
    answered for the address itself; ``writings`` are what was read in it, None where nobody looked;
    ``unread`` is True where somebody wanted to, in this run, and got no answer.
    ``homeless`` is True where the address leads to a place in a repository that is not there either.
    ``validators`` are those of the page that was read. ``past`` is what audits have seen, this one with them.
    ``archived`` is the last good copy of a dead link, where an audit asked for one.
    """

    outcome: Outcome
    source: str | None = None
    record: Record | None = None
    newest: Record | None = None
    earlier: tuple[Record, ...] = ()
    elsewhere: tuple[Record, ...] = ()
    meant: tuple[Record, ...] = ()
    unsettled: bool = False
    repository: Repository | None = None
    writings: tuple[Writing, ...] | None = None
    unread: bool = False
    homeless: bool = False
    missing_fragments: tuple[str, ...] = ()
    secure_url: str | None = None
    validators: Validators | None = None
    past: Past | None = None
    archived: Archived | None = None

    @property
    def current(self) -> Record | None:
        """The record of the current version."""
        return self.newest or self.record

    @property
    def missing_fragment(self) -> str | None:
        """The fragment of one address that names nothing."""
        return next(iter(self.missing_fragments), None)


@dataclass(frozen=True, slots=True)
class SourceStats:
    """What a source was asked and what it cost.

    ``asked`` and ``answered`` count links, ``requests`` the first look-ups, ``follow_ups`` hops,
    retries and probes; ``note`` says what could not be verified, and what to do about it.
    """

    name: str
    asked: int = 0
    answered: int = 0
    requests: int = 0
    follow_ups: int = 0
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Crawl:
    """All that one run heard: evidence by address, and the sources' own story.

    ``complete`` is False where the run was cut short, ``no_way_out`` True where neither the hosts
    asked nor the control address answered.
    """

    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    sources: tuple[SourceStats, ...] = ()
    complete: bool = True
    no_way_out: bool = False
    interrupted_by: int | None = None
