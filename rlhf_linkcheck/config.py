"""One frozen Config, made from flags, the configuration file and the environment."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from types import MappingProxyType

from rlhf_linkcheck.finding import Fingerprint

DEFAULT_CONTROL_URL = "https://example.com/"
DEFAULT_STALE_MONTHS = 24
DEFAULT_QUIET_MONTHS = 12
DEFAULT_MAX_AGE = timedelta(hours=24)
GITHUB = "github.com"

ANY_HOST = "*"
"""In place of a host's name: all hosts that have no word of their own."""


@dataclass(frozen=True, slots=True)
class ConnectTo:
    """Where connections to ``host:port`` really go, as curl's ``--connect-to`` has it.

    An empty ``host`` or a ``port`` of None matches any; an empty ``address`` or a
    ``target_port`` of None keeps the original.
    Source: https://curl.se/docs/manpage.html#--connect-to
    """

    host: str
    port: int | None
    address: str
    target_port: int | None

    def matches(self, host: str, port: int) -> bool:
        """Whether this rule is about connections to ``host`` (lower case, no brackets) and ``port``."""
        return self.host in ("", host) and self.port in (None, port)


@dataclass(frozen=True, slots=True)
class SuppressionRule:
    """A suppression from the configuration: by host, by address pattern (a regular expression), by code.

    What is empty matches everything; ``codes`` may be prefixes.
    """

    codes: tuple[str, ...] = ()
    host: str = ""
    pattern: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A finding that is known and lived with, as often as it may be there.

    ``title`` is its entry's as printed, and ``says`` what the finding said when it was accepted: both for readers.
    """

    about: Fingerprint
    title: str = ""
    says: str = ""
    count: int = 1


@dataclass(frozen=True, slots=True)
class Baseline:
    """The findings that are known and accepted, and the name of the file that says so."""

    name: str
    accepted: tuple[Accepted, ...] = ()

    @property
    def origin(self) -> str:
        """Who it is that asks not to hear of a finding."""
        return f"baseline {self.name}"


@dataclass(frozen=True, slots=True)
class GitHubServer:
    """A GitHub: whose addresses it answers for (a host), the roots of its two APIs, and the token that is for it."""

    host: str = "github.com"
    api: str = "https://api.github.com"
    graphql: str = "https://api.github.com/graphql"
    token: str | None = field(default=None, repr=False)

    @property
    def name(self) -> str:
        """What identities call it: nothing, where it is the public one."""
        return "" if self.host == GITHUB else self.host


@dataclass(frozen=True, slots=True)
class Hub:
    """The Hugging Face Hub: the root of its API, and the token that is for it."""

    endpoint: str = "https://huggingface.co"
    token: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class HostSettings:
    """How one host is to be asked, where it is not as all others are: None is what is left open.

    ``interval`` and ``timeout`` are seconds, ``per_host`` requests at once; ``burst`` starts may come at once
    after a rest, so that the interval holds on the average.
    """

    interval: float | None = None
    per_host: int | None = None
    burst: int | None = None
    timeout: float | None = None


@dataclass(frozen=True, slots=True)
class NetworkConfig:
    """How the crawl behaves. Times are seconds; ``backoff`` is the wait before a first retry, doubled for each next.

    ``interval`` is for hosts that do not say how they want to be asked; ``hosts`` are for single ones, and
    for those that do say it no less polite; ``host_intervals`` are the operator's word for any of them.
    ``accounts`` are user and password by the name of the source that they are for. ``github`` holds the
    public GitHub, and the operator's own.
    """

    concurrency: int = 64
    per_host: int = 4
    interval: float = 0.25
    host_intervals: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    hosts: Mapping[str, HostSettings] = field(default_factory=lambda: MappingProxyType({}))
    timeout: float = 20.0
    connect_timeout: float = 8.0
    retries: int = 2
    backoff: float = 1.0
    deadline: float | None = None
    control_url: str = DEFAULT_CONTROL_URL
    connect_to: tuple[ConnectTo, ...] = ()
    dns_server: tuple[str, int] | None = None
    ca_file: Path | None = None
    allow_private: bool = False
    proxies: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    accounts: Mapping[str, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}), repr=False)
    github: tuple[GitHubServer, ...] = (GitHubServer(),)
    hub: Hub = Hub()


@dataclass(frozen=True, slots=True)
class Base:
    """What a change is held against: a repository by its root, the commit, and the ``revision`` that was asked for."""

    root: Path
    commit: str
    revision: str


@dataclass(frozen=True, slots=True)
class Audit:
    """How long an audit doubts what it sees.

    A dead link is suspect until ``least_audits`` in a row have found it so, the first ``least_age`` ago; one that
    nobody can reach is spoken of louder after ``patience``. With ``fail_on_known`` what was known before fails as well.
    What is alive is not asked again for ``max_age``, by default all is. ``selected`` is True where the rules are
    selected for this audit alone.
    """

    least_audits: int = 3
    least_age: timedelta = timedelta(days=2)
    patience: timedelta = timedelta(days=14)
    fail_on_known: bool = False
    max_age: timedelta = timedelta()
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Config:
    """All choices of one run; ``origin`` is the file that the settings were read from, if any.

    ``notes`` are words about the settings for the report.

    With ``since`` only what was added or changed after it is judged. ``schema_text`` is what the ``schema``
    holds, where that is not what lies on the disk.

    A codebase without a push for ``stale_months`` is stale. Without one for ``quiet_months``, a repository is
    believed that says that nobody keeps it up. ``state`` is the file that remembers over runs, None for none;
    what it says is alive is not asked again for ``max_age``.
    """

    inputs: tuple[str, ...] = ()
    since: Base | None = None
    offline: bool = False
    entry_ids: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    fail_on: str = "error"
    exclude: tuple[str, ...] = ()
    schema: Path | None = None
    schema_text: bytes | None = None
    suppressions: tuple[SuppressionRule, ...] = ()
    baseline: Baseline | None = None
    stale_months: int = DEFAULT_STALE_MONTHS
    quiet_months: int = DEFAULT_QUIET_MONTHS
    network: NetworkConfig = NetworkConfig()
    state: Path | None = None
    max_age: timedelta = DEFAULT_MAX_AGE
    audit: Audit | None = None
    origin: Path | None = None
    notes: tuple[str, ...] = ()

    def selects(self, code: str) -> bool:
        """Whether a rule runs: among the selected (all, where none is named) and not ignored; prefixes count.

        The longer prefix wins, as in ruff: ``--select LNK101 --ignore LNK`` runs LNK101.
        """
        everything = () if self.select else ("",)
        chosen = _longest_prefix(code, (*self.select, *everything))
        return chosen >= 0 and chosen > _longest_prefix(code, self.ignore)


def _longest_prefix(code: str, prefixes: tuple[str, ...]) -> int:
    """The length of the longest of these prefixes that the code starts with, -1 where none does."""
    return max((len(prefix) for prefix in prefixes if code.startswith(prefix)), default=-1)
