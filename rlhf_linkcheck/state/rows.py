"""Memories to bytes and back: a file may be forged, so what it says is checked against the types on the way in."""

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from types import MappingProxyType, UnionType
from typing import Annotated, Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

import msgspec

from rlhf_linkcheck.evidence import Archived, Evidence, Past, Record
from rlhf_linkcheck.report import Known, PastAudit
from rlhf_linkcheck.repository import Repository, Text
from rlhf_linkcheck.state.memory import Answer, Chronicled, Memory, Told

LARGEST = 4 * 1024 * 1024
"""Bytes of a row. The longest texts are files of a repository, of which a source takes no more than 512 KiB."""

_MOST = 10_000
"""Items of a tuple: msgspec would make room for as many as a few forged bytes announce."""

_LIMITED: Mapping[Any, Any] = MappingProxyType(
    {
        datetime: Annotated[datetime, msgspec.Meta(tz=True)],  # one without cannot be compared with one that has it
        int: Annotated[int, msgspec.Meta(ge=0, le=2**53)],  # whatever reads JSON knows these exactly (RFC 8259 §6)
    }
)

_OFFERED = frozenset({"moved_to", "secure_url"})
"""What is suggested to be written into the list, as copies are: addresses of the web, whatever a file says."""

_OF_ITS_RUN = frozenset({"from_cache", "past", "unread"})
"""What is true of a run, not of the link, or stands in a row of its own."""

Value = TypeVar("Value")


class UnfitError(ValueError):
    """This cannot be a row, or this row is nothing that was remembered."""


@dataclass(frozen=True, slots=True)
class _Answer:
    """One answer, under the name of what it is: exactly one is given."""

    record: Record | None = None
    text: Text | None = None
    repository: Repository | None = None
    archived: Archived | None = None


@dataclass(frozen=True, slots=True)
class _Answers:
    answers: tuple[_Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class _Chronicled:
    link: Past | None = None
    audits: tuple[PastAudit, ...] = ()
    known: tuple[Known, ...] = ()


class _Form(Generic[Value]):
    """A dataclass as bytes: MessagePack, fields by their names, and what has its default left out.

    So a field that is new, with a default, reads older rows; whatever else changes in a dataclass wants a
    migration. Limits hold in both directions, so that what was written can be read.
    """

    def __init__(self, kind: type[Value]) -> None:
        self._kind = kind
        self._row = _row(kind, {})
        self._encoder = msgspec.msgpack.Encoder()
        self._decoder = msgspec.msgpack.Decoder(self._row)

    def encode(self, value: Value) -> bytes:
        """Raises UnfitError for what no row can hold, such as half a surrogate pair."""
        try:
            encoded = self._encoder.encode(msgspec.convert(value, self._row, from_attributes=True))
        except (msgspec.MsgspecError, ValueError, OverflowError) as error:
            raise UnfitError(str(error)) from error
        if len(encoded) > LARGEST:
            raise UnfitError(f"{len(encoded)} bytes are too many")
        return encoded

    def decode(self, encoded: bytes) -> Value:
        """Raises UnfitError for what ``encode`` cannot have made."""
        if len(encoded) > LARGEST:
            raise UnfitError(f"{len(encoded)} bytes are too many")
        try:
            return msgspec.convert(self._decoder.decode(encoded), self._kind, from_attributes=True)
        except (msgspec.MsgspecError, ValueError, OverflowError) as error:
            raise UnfitError(str(error)) from error


def _row(kind: type, made: dict[type, type[msgspec.Struct]]) -> type[msgspec.Struct]:
    """The form that a dataclass has in the file: its fields, with limits and without defaults."""
    if kind not in made:
        hints = get_type_hints(kind)
        fields: list[tuple[str, Any] | tuple[str, Any, Any]] = []
        for field in dataclasses.fields(kind):
            if field.name in _OF_ITS_RUN:
                continue
            checked = _checked(hints[field.name], made, offered=kind is Archived or field.name in _OFFERED)
            given = field.default is not dataclasses.MISSING
            fields.append((field.name, checked, field.default) if given else (field.name, checked))
        made[kind] = msgspec.defstruct(kind.__name__, fields, omit_defaults=True, frozen=True, gc=False)
    return made[kind]


def _checked(hint: object, made: dict[type, type[msgspec.Struct]], *, offered: bool) -> object:
    """The type of a field with what else must hold of its values."""
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        return _row(hint, made)
    if hint is str and offered:
        return Annotated[str, msgspec.Meta(pattern="^https?://")]
    parts = get_args(hint)
    if get_origin(hint) is tuple:
        inner: Any = _checked(parts[0], made, offered=offered)
        return Annotated[tuple[inner, ...], msgspec.Meta(max_length=_MOST)]
    if get_origin(hint) in (Union, UnionType):
        return reduce(or_, (_checked(part, made, offered=offered) for part in parts))
    return _LIMITED.get(hint, hint)


_EVIDENCE = _Form(Evidence)
_ANSWERS = _Form(_Answers)
_CHRONICLED = _Form(_Chronicled)


def memory_to_bytes(memory: Memory) -> bytes:
    """A memory's row without its time. Raises UnfitError for what no row can hold."""
    return _EVIDENCE.encode(memory.evidence)


def memory_from_bytes(encoded: bytes, checked_at: datetime) -> Memory:
    """The memory that the row holds. Raises UnfitError for what is none."""
    return Memory(_EVIDENCE.decode(encoded), checked_at)


def told_to_bytes(told: Told) -> bytes:
    """An answer's row without its time. Raises UnfitError for what no row can hold."""
    return _ANSWERS.encode(_Answers(tuple(_named(answer) for answer in told.answers)))


def told_from_bytes(encoded: bytes, retrieved_at: datetime) -> Told:
    """The answer that the row holds. Raises UnfitError for what is none."""
    return Told(tuple(_only(answer) for answer in _ANSWERS.decode(encoded).answers), retrieved_at)


def chronicled_to_bytes(chronicled: Chronicled) -> bytes:
    """What audits saw, as a row without its time. Raises UnfitError for what no row can hold."""
    return _CHRONICLED.encode(_Chronicled(chronicled.link, chronicled.audits, chronicled.known))


def chronicled_from_bytes(encoded: bytes, at: datetime) -> Chronicled:
    """What the row holds. Raises UnfitError for what is none."""
    held = _CHRONICLED.decode(encoded)
    return Chronicled(at, held.link, held.audits, held.known)


def _named(answer: Answer) -> _Answer:
    match answer:
        case Record():
            return _Answer(record=answer)
        case Text():
            return _Answer(text=answer)
        case Repository():
            return _Answer(repository=answer)
        case Archived():
            return _Answer(archived=answer)


def _only(answer: _Answer) -> Answer:
    given = [part for part in (answer.record, answer.text, answer.repository, answer.archived) if part is not None]
    if len(given) != 1:
        raise UnfitError("an answer is one thing")
    return given[0]
