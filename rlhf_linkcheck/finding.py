"""What we conclude: findings, their rules' identity, and the edits that would mend them."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import total_ordering

from rlhf_linkcheck.model import Position


@total_ordering
class Severity(Enum):
    """How grave a finding is; ``ERROR`` is the greatest.

    Not a StrEnum: text would sort «error» below «info».
    """

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"

    def __lt__(self, other: object) -> bool:
        if not isinstance(other, Severity):
            return NotImplemented
        order = tuple(Severity)
        return order.index(self) < order.index(other)


@dataclass(frozen=True, slots=True)
class RuleInfo:
    """A rule's identity: its code is for ever, its name says the problem, its severity is the default.

    ``needs_network`` is False where the text alone decides, ``needs_record`` True where entries are
    held against what sources hold of them, ``needs_writings`` where what stands in a repository's README
    may decide; ``fixable`` where a finding can carry a suggestion.
    """

    code: str
    name: str
    severity: Severity
    summary: str
    needs_network: bool = False
    fixable: bool = False
    needs_record: bool = False
    needs_writings: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """A new value for one field of the entry; an empty field means the text at the finding's own place.

    A value of ``authors[2]`` is as the list prints it: names that ``, `` separates are an item each,
    and an empty value takes the item out.
    """

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Edits that mend the finding; ``safe`` where they need no second look."""

    edits: tuple[Edit, ...]
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that belongs to the finding."""

    entry: str | None
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Proof:
    """The evidence as a reader sees it: who said so and when, what is listed, what was found."""

    source: str | None = None
    listed: str | None = None
    found: str | None = None
    retrieved_at: datetime | None = None


@dataclass(frozen=True, slots=True, order=True)
class Fingerprint:
    """What a finding is about, told so that it stays the same while the list around it changes.

    ``file`` is as the repository around it names it, else as given. The entry goes by the identity of its
    main ``link`` and its folded ``title``, and only where it has neither by its id (``entry``). ``field`` has
    no indexes (``authors[]``); ``url`` is the canonical form, ``listed`` the value that was found wanting.
    What does not apply is empty.
    """

    file: str
    title: str = ""
    link: str = ""
    entry: str = ""
    code: str = ""
    field: str = ""
    url: str = ""
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect of the list, at its place, with the evidence and where possible the fix.

    ``known_since`` is when the first of the audits saw it that have told of it since, None where none has;
    ``has_risen`` is True where it is graver now than any of them found it, and ``gravest`` is how grave one of them
    did where that is more than it is now.
    """

    rule: RuleInfo
    severity: Severity
    message: str
    path: str
    position: Position
    entry: str | None = None
    field: str | None = None
    url: str | None = None
    proof: Proof | None = None
    related: tuple[Related, ...] = ()
    suggestion: Suggestion | None = None
    suppressed_by: str | None = None
    known_since: datetime | None = None
    has_risen: bool = False
    gravest: Severity | None = None

    @property
    def is_new(self) -> bool:
        """Whether no earlier audit has told of it, or of something less grave."""
        return self.known_since is None or self.has_risen

    @property
    def suppressed(self) -> bool:
        """Whether a comment, the configuration or a baseline asks not to hear of it."""
        return self.suppressed_by is not None
