"""What a list's headings and field labels mean: one table a format, for other lists to come."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from rlhf_linkcheck.model import Category, Role


class Fill(StrEnum):
    """What a labelled line fills in an entry; the value is the entry's field."""

    AUTHORS = "authors"
    KEYWORDS = "keywords"
    ENVIRONMENTS = "environments"
    TASKS = "tasks"
    LINKS = "links"
    VENUE = "venue"
    PUBLISHER = "publisher"
    LANGUAGE = "language"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Field:
    """A labelled line: what it fills, and the role that its links have."""

    fill: Fill
    role: Role = Role.OTHER


@dataclass(frozen=True, slots=True)
class Profile:
    """The format of a list.

    ``headings`` and ``labels`` are in lower case, words apart by one blank. ``prefixes`` says what
    the brackets before an entry's link hold: ``[OpenAI] [title](address)``. An item's first line
    without a label gives the ``unlabelled`` field; another one must have lost its label, and is
    read as the ``lost`` field under its usual label.
    """

    headings: Mapping[str, Category]
    labels: Mapping[str, Field]
    prefixes: Mapping[Category, Fill]
    unlabelled: Field
    lost: tuple[str, Field]

    def field(self, label: str) -> Field | None:
        """What a line with this label holds."""
        return self.labels.get(" ".join(label.lower().split()))

    def category(self, heading: str) -> Category | None:
        """The category that a heading opens, whatever stands around its words (numbers, emoji)."""
        return self.headings.get(" ".join(re.findall(r"[^\W\d_]+", heading.lower())))


_AUTHORS = Field(Fill.AUTHORS)
_KEYWORDS = Field(Fill.KEYWORDS)
_CODE = Field(Fill.LINKS, Role.CODE)
_DATASET = Field(Fill.LINKS, Role.DATASET)
_ENVIRONMENTS = Field(Fill.ENVIRONMENTS, Role.ENVIRONMENT)
_TASKS = Field(Fill.TASKS, Role.TASK)
_PROJECT = Field(Fill.LINKS, Role.PROJECT)

AWESOME_RLHF = Profile(
    headings=MappingProxyType(
        {
            "papers": Category.PAPER,
            "paper": Category.PAPER,
            "codebases": Category.CODEBASE,
            "codebase": Category.CODEBASE,
            "datasets": Category.DATASET,
            "dataset": Category.DATASET,
            "blogs": Category.BLOG,
            "blog": Category.BLOG,
            "books": Category.BOOK,
            "book": Category.BOOK,
        }
    ),
    labels=MappingProxyType(
        {
            "author": _AUTHORS,
            "authors": _AUTHORS,
            "keyword": _KEYWORDS,
            "keywords": _KEYWORDS,
            "code": _CODE,
            "codes": _CODE,
            "dataset": _DATASET,
            "datasets": _DATASET,
            "env": _ENVIRONMENTS,
            "envs": _ENVIRONMENTS,
            "environment": _ENVIRONMENTS,
            "environments": _ENVIRONMENTS,
            "task": _TASKS,
            "tasks": _TASKS,
            "project": _PROJECT,
            "project page": _PROJECT,
            "homepage": _PROJECT,
            "website": _PROJECT,
            "publisher": Field(Fill.PUBLISHER),
            "venue": Field(Fill.VENUE),
            "conference": Field(Fill.VENUE),
            "journal": Field(Fill.VENUE),
            "language": Field(Fill.LANGUAGE),
            "note": Field(Fill.NOTE),
        }
    ),
    prefixes=MappingProxyType(
        {
            Category.PAPER: Fill.VENUE,
            Category.CODEBASE: Fill.PUBLISHER,
            Category.DATASET: Fill.PUBLISHER,
            Category.BLOG: Fill.PUBLISHER,
            Category.BOOK: Fill.PUBLISHER,
        }
    ),
    unlabelled=_AUTHORS,
    lost=("Keyword", _KEYWORDS),
)
