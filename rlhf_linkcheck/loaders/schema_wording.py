"""What a schema's error means to a contributor: the field, what is expected, what was found, what to do."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from rapidfuzz import fuzz, process

from rlhf_linkcheck.loaders.item import Json
from rlhf_linkcheck.loaders.schema_parts import Fragment
from rlhf_linkcheck.loaders.yaml_scalars import resolve

_MAX_SHOWN = 80
_LIKENESS = 70
_OTHER_NAMES = MappingProxyType(
    {"address": "url", "href": "url", "link": "url", "name": "title", "uri": "url", "website": "url"}
)
"""What people call a key in other lists."""

_TYPES = MappingProxyType(
    {
        "array": "a list",
        "boolean": "true or false",
        "integer": "a whole number",
        "null": "nothing",
        "number": "a number",
        "object": "a mapping of keys to values",
        "string": "text",
    }
)


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A value that a keyword of the schema does not accept; the empty keyword is the schema ``false``.

    ``path`` is the field it is about (the missing one, for ``required``), ``asked`` what the
    keyword asks for, ``schema`` the fragment that it stands in, ``written`` the value's source
    where that is a number, true or null, ``meaning`` the schema's own words about the field,
    ``missing`` the required keys that a mapping lacks.
    """

    keyword: str
    asked: Fragment
    schema: Fragment
    value: Json
    path: str = ""
    written: str | None = None
    meaning: str = ""
    missing: frozenset[str] = frozenset()

    @property
    def field(self) -> str:
        """The field's name in a sentence."""
        return f"`{self.path}`" if self.path else "the entry"


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence about one value, both sides of it, and where it may be certain the source to write instead."""

    message: str
    found: str | None
    expected: str
    source: str | None = None


def word(mismatch: Mismatch) -> Wording:
    """Say what is wrong and what to do about it."""
    return _WORDINGS.get(mismatch.keyword, _word_generally)(mismatch)


def describe(value: Json) -> str:
    """A value in a few words: short ones themselves, long ones cut, lists and mappings by their kind."""
    match value:
        case str():
            return f"«{_cut(value)}»"
        case list():
            return f"a list of {len(value)}" if value else "an empty list"
        case dict():
            return "a mapping"
        case None:
            return "nothing"
        case _:
            return json.dumps(value)


def closest(text: str, known: Iterable[str]) -> str | None:
    """The known word that this text most likely means, if any is like it."""
    found = process.extractOne(_cut(text).casefold(), list(known), scorer=fuzz.ratio, score_cutoff=_LIKENESS)
    return found[0] if found else None


def meant_key(key: str, mapping: Json, schema: Fragment, missing: frozenset[str]) -> str | None:
    """The key that an unknown one most likely stands for: rather one that is missing than one that may be."""
    if (other := _OTHER_NAMES.get(key.casefold())) in missing:
        return other
    present = mapping if isinstance(mapping, dict) else {}
    known = (name for name in schema.get("properties", {}) if name not in present)
    return closest(key, sorted(missing)) or closest(key, known)


def _word_type(mismatch: Mismatch) -> Wording:
    asked, value, field = mismatch.asked, mismatch.value, mismatch.field
    expected = " or ".join(_TYPES[name] for name in ([asked] if isinstance(asked, str) else asked))
    if not mismatch.path:
        two_dashes = isinstance(value, list) and value and isinstance(value[0], dict)
        message = f"it should be an entry with keys such as `id: …`, not {describe(value)}"
        message = "it begins with two dashes: delete one" if two_dashes else message
        return Wording(message, describe(value), expected)
    if value is None:
        return Wording(
            f"{field} has no value: write {expected}, or leave it out where it is optional", "nothing", expected
        )
    if asked == "string":
        return _word_text(mismatch)
    if asked == "integer" and isinstance(value, str) and type(number := resolve(value.strip())) is int:
        message = f"{field} should be a whole number, but quotes make it text: write {number} without them"
        return Wording(message, _shown(value), expected, str(number))
    if asked == "array" and isinstance(value, str):
        message = f"{field} should be a list, each item on a line of its own after «- », not the text {describe(value)}"
        return Wording(message, _shown(value), expected)
    return Wording(f"{field} should be {expected}, not {describe(value)}{_hint(mismatch)}", _shown(value), expected)


def _word_text(mismatch: Mismatch) -> Wording:
    value, field, written = mismatch.value, mismatch.field, mismatch.written
    if written is not None:
        kind = "true or false" if isinstance(value, bool) else "a number"
        message = f"{field} should be text, but YAML reads {_cut(written)} as {kind}: put it in quotes"
        return Wording(message, _cut(written), "text", _quoted(written))
    if isinstance(value, dict) and len(value) == 1:
        key, inner = next(iter(value.items()))
        message = f"{field} should be text, but the colon after «{_cut(key)}» makes it a mapping: put it in quotes"
        return Wording(message, "a mapping", "text", _quoted(f"{key}:") if inner is None else None)
    return Wording(f"{field} should be text, not {describe(value)}", describe(value), "text")


def _word_required(mismatch: Mismatch) -> Wording:
    return Wording(f"{mismatch.field} is missing{_hint(mismatch)}", None, f"the key {mismatch.field}")


def _word_additional(mismatch: Mismatch) -> Wording:
    key = str(mismatch.asked)
    guess = meant_key(key, mismatch.value, mismatch.schema, mismatch.missing)
    if guess:
        message = f"there is no key {mismatch.field}; did you mean `{guess}`?"
        return Wording(message, _cut(key), f"`{guess}`", guess)
    message = f"there is no key {mismatch.field}: take it out"
    if known := mismatch.schema.get("properties"):
        return Wording(f"{message}, or use one that there is", _cut(key), f"one of {_listed(known)}")
    return Wording(message, _cut(key), "no further key")


def _word_enum(mismatch: Mismatch) -> Wording:
    value, expected = mismatch.value, f"one of {_listed(mismatch.asked)}"
    words = [word for word in mismatch.asked if isinstance(word, str)]
    guess = closest(value, words) if isinstance(value, str) else None
    hint = f"; did you mean `{guess}`?" if guess else ""
    same = guess if isinstance(value, str) and guess == value.strip().casefold() else None
    return Wording(f"{mismatch.field} should be {expected}, not {describe(value)}{hint}", _shown(value), expected, same)


def _word_pattern(mismatch: Mismatch) -> Wording:
    expected = mismatch.schema.get("patternErrorMessage", f"text that matches the pattern {mismatch.asked}")
    if isinstance(mismatch.value, str) and not mismatch.value.strip():
        return Wording(f"{mismatch.field} is empty: write {expected}", _shown(mismatch.value), expected)
    return _plain(mismatch, expected)


def _word_minimum(mismatch: Mismatch) -> Wording:
    return _plain(mismatch, f"{mismatch.asked} or more")


def _word_maximum(mismatch: Mismatch) -> Wording:
    return _plain(mismatch, f"{mismatch.asked} or less")


def _word_min_items(mismatch: Mismatch) -> Wording:
    return _plain(mismatch, f"a list of at least {mismatch.asked} item{'s' if mismatch.asked > 1 else ''}")


def _plain(mismatch: Mismatch, expected: str) -> Wording:
    message = f"{mismatch.field} should be {expected}, not {describe(mismatch.value)}"
    return Wording(message, _shown(mismatch.value), expected)


def _word_refused(mismatch: Mismatch) -> Wording:
    message = f"{mismatch.field} has a value that the schema never allows: {describe(mismatch.value)}"
    return Wording(message, _shown(mismatch.value), "nothing")


def _word_generally(mismatch: Mismatch) -> Wording:
    expected = _cut(f"{mismatch.keyword}: {json.dumps(mismatch.asked, ensure_ascii=False)}")
    message = f"{mismatch.field} does not match the schema's «{expected}»: found {describe(mismatch.value)}"
    return Wording(f"{message}{_hint(mismatch)}", _shown(mismatch.value), expected)


_WORDINGS: Mapping[str, Callable[[Mismatch], Wording]] = MappingProxyType(
    {
        "": _word_refused,
        "additionalProperties": _word_additional,
        "enum": _word_enum,
        "maximum": _word_maximum,
        "minItems": _word_min_items,
        "minimum": _word_minimum,
        "pattern": _word_pattern,
        "required": _word_required,
        "type": _word_type,
    }
)


def _hint(mismatch: Mismatch) -> str:
    return f" ({mismatch.meaning})" if mismatch.meaning else ""


def _quoted(text: str) -> str:
    """The text in double quotes: JSON's are YAML's as well."""
    return json.dumps(text, ensure_ascii=False)


def _listed(words: Iterable[Json]) -> str:
    return ", ".join(f"`{word}`" for word in words)


def _shown(value: Json) -> str:
    return _cut(value) if isinstance(value, str) else describe(value)


def _cut(text: str) -> str:
    return text if len(text) <= _MAX_SHOWN else f"{text[: _MAX_SHOWN - 1]}…"
