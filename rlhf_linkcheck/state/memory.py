"""What is remembered: of a link its evidence, of a question its answer, of audits what they saw, and when that was."""

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from rlhf_linkcheck.evidence import Evidence, Past, Record
from rlhf_linkcheck.report import Known, PastAudit
from rlhf_linkcheck.repository import Repository, Text

Answer: TypeAlias = Record | Text | Repository
"""What a further question may be answered with."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What was heard about one link, and when; times have their zone."""

    evidence: Evidence
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """What was answered to one further question, and when; nothing, where the answer was that there is nothing."""

    answers: tuple[Answer, ...]
    retrieved_at: datetime


@dataclass(frozen=True, slots=True)
class Chronicled:
    """What audits saw up to this time: the past of a link; or of a list their numbers, and what is wrong with it."""

    at: datetime
    link: Past | None = None
    audits: tuple[PastAudit, ...] = ()
    known: tuple[Known, ...] = ()
