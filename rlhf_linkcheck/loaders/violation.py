"""What a schema says against an item, as the loaders hear it."""

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from rlhf_linkcheck.loaders.source import InputError

if TYPE_CHECKING:  # who has nothing to say need not pay for importing the words
    from rlhf_linkcheck.loaders.schema_wording import Wording


class Place(Enum):
    """What of a field a violation points at."""

    VALUE = "value"
    KEY = "key"
    FIRST_LINE = "first line"


@dataclass(frozen=True, slots=True)
class Violation:
    """One mismatch: the field path it stands ``at``, and the ``field`` it is about (which may be missing)."""

    at: str
    place: Place
    field: str
    wording: "Wording"


class SchemaError(InputError):
    """A schema that cannot be used; ``message`` says why, in one line."""
