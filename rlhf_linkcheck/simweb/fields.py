"""Takes typed values out of a scenario's mappings, with errors that name the key."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from enum import StrEnum
from typing import TypeVar

Choice = TypeVar("Choice", bound=StrEnum)
LONGEST_SHOWN = 40


class ScenarioError(ValueError):
    """A scenario that cannot be served, in one line: where in it, and what is wrong there."""


@contextmanager
def inside(where: str) -> Iterator[None]:
    """Puts ``where`` before the errors of the block, so that they tell the whole way to the key."""
    try:
        yield
    except ScenarioError as error:
        raise ScenarioError(f"{where}: {error}") from None


class Fields:
    """One mapping of a scenario, taken key by key; null is an empty one.

    Every method raises ScenarioError for a value of another kind than it gives.
    """

    def __init__(self, value: object) -> None:
        if not isinstance(value, dict | None):
            raise _expected("a mapping", value)
        self._rest: dict[str, object] = {}
        for key, inner in (value or {}).items():
            if not isinstance(key, str):
                raise _expected("text as a key", key)
            self._rest[key] = inner

    @property
    def names(self) -> tuple[str, ...]:
        """The keys not taken yet, in the order of the file."""
        return tuple(self._rest)

    def take(self, key: str) -> object:
        """The value as YAML gave it, None where it is absent or null."""
        return self._rest.pop(key, None)

    def text(self, key: str) -> str | None:
        """Text, None where absent."""
        match self.take(key):
            case None | str() as value:
                return value
            case value:
                raise _expected("text", value, key)

    def texts(self, key: str) -> tuple[str, ...] | None:
        """A list of texts, None where absent."""
        value = self.take(key)
        if value is None:
            return None
        if not isinstance(value, list):
            raise _expected("a list of texts", value, key)
        for one in value:
            if not isinstance(one, str):
                raise _expected("text in the list", one, key)
        return tuple(value)

    def octets(self, key: str, encoding: str) -> bytes | None:
        """Text in this encoding, or ``!!binary`` as it is; None where absent."""
        match self.take(key):
            case None | bytes() as value:
                return value
            case str() as value:
                try:
                    return value.encode(encoding)
                except UnicodeEncodeError:
                    raise ScenarioError(f"{key}: a character outside {encoding}; write it as !!binary") from None
            case value:
                raise _expected("text or !!binary", value, key)

    def seconds(self, key: str) -> float:
        """A number of seconds, 0 where absent."""
        value = self.take(key)
        if value is None:
            return 0.0
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise _expected("a number of seconds", value, key)
        return float(value)

    def integer(self, key: str) -> int | None:
        """A whole number, None where absent."""
        match self.take(key):
            case None | int() as value if not isinstance(value, bool):
                return value
            case value:
                raise _expected("a whole number", value, key)

    def flag(self, key: str) -> bool:
        """True or false; false where absent."""
        match self.take(key):
            case None:
                return False
            case bool() as value:
                return value
            case value:
                raise _expected("true or false", value, key)

    def choice(self, key: str, kind: type[Choice]) -> Choice | None:
        """One of an enum's values, None where absent."""
        value = self.take(key)
        if value is None:
            return None
        for member in kind:
            if member.value == value:
                return member
        raise _expected(f"one of {', '.join(kind)}", value, key)

    def finish(self, known: tuple[str, ...]) -> None:
        """Raises for the first key that nobody took, with the known key that was probably meant."""
        for key in self._rest:
            meant = get_close_matches(key, known, n=1)
            raise ScenarioError(f"{key}: unknown key" + (f", did you mean {meant[0]}?" if meant else ""))


def _expected(expected: str, value: object, key: str = "") -> ScenarioError:
    found = {dict: "a mapping", list: "a list", type(None): "nothing"}.get(type(value)) or repr(value)
    shown = found if len(found) <= LONGEST_SHOWN else f"{found[:LONGEST_SHOWN]}…"
    return ScenarioError(f"{key}: expected {expected}, found {shown}" if key else f"expected {expected}, found {shown}")
