"""What is wrong with an item, by a JSON Schema: each mismatch with its place and in words."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from typing import TypeAlias, cast

from jsonschema import ValidationError
from rapidfuzz.distance import Levenshtein
from referencing import Registry

from rlhf_linkcheck.loaders.item import Item, Json, element, member
from rlhf_linkcheck.loaders.schema_alternatives import causes
from rlhf_linkcheck.loaders.schema_keywords import EntryValidator
from rlhf_linkcheck.loaders.schema_parts import Fragment
from rlhf_linkcheck.loaders.schema_wording import Mismatch, Wording, meant_key, word
from rlhf_linkcheck.loaders.violation import Place, SchemaError, Violation
from rlhf_linkcheck.loaders.yaml_scalars import resolve

Path: TypeAlias = tuple[str | int, ...]
"""The keys and indices that lead to a value."""

_MOST_TOGETHER = 20_000
"""Of one list so many errors are seen together: more than are ever listed."""


class Validation:
    """A schema with jsonschema's validator, which is exact and slow: for items that are known to be amiss, or may be.

    Asking raises SchemaError where the schema turns out to refer to itself without end.
    """

    def __init__(self, schema: dict[str, Fragment], path: str) -> None:
        self._path = path
        self._schema = schema
        self._validator = EntryValidator(schema, registry=Registry())

    def check_item(self, item: Item) -> Iterator[Violation]:
        """What is wrong with one item; only for schemas that speak of single items."""
        errors = self._validator.descend(item.data, self._schema["items"])
        for error, missing in _one_cause_each(self._relevant(errors)):
            yield self._violation(error, tuple(error.absolute_path), item, missing)

    def check_list(self, items: Sequence[Item], whole: Item) -> Iterator[tuple[int | None, Violation]]:
        """What is wrong with the list, by number of the item from 0; None is the list itself, as ``whole``."""
        errors = self._relevant(self._validator.iter_errors([item.data for item in items]))
        for error, missing in _one_cause_each(errors):
            index, path = next(iter(error.absolute_path), None), tuple(islice(error.absolute_path, 1, None))
            if isinstance(index, int):
                yield index, self._violation(error, path, items[index], missing)
            else:
                yield None, _as_of_a_list(error, self._violation(error, path, whole, missing))

    def _relevant(self, errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
        """Each error once, and of one whose alternatives all failed those of the likeliest."""
        seen = set()
        try:
            for cause in chain.from_iterable(causes(error, self._schema) for error in errors):
                identity = (tuple(cause.absolute_path), cause.validator, str(cause.validator_value))
                if identity not in seen:
                    seen.add(identity)
                    yield cause
        except RecursionError:
            raise SchemaError(self._path, "refers to itself without end") from None

    def _violation(self, error: ValidationError, path: Path, item: Item, missing: frozenset[str]) -> Violation:
        keyword, asked = error.validator, error.validator_value
        at = field = _dotted(path)
        place = Place.FIRST_LINE if isinstance(error.instance, dict) or not path else Place.VALUE
        if keyword == "required":
            path = (*path, str(asked))
            field = _dotted(path)
        elif keyword == "additionalProperties":
            place, asked = Place.KEY, path[-1]
        value = cast("Json", error.instance)
        written, meaning = item.written.get(field), self._meaning(path)
        mismatch = Mismatch(str(keyword or ""), asked, error.schema, value, field, written, meaning, missing)
        return Violation(at, place, field, self._certain(mismatch))

    def _meaning(self, path: Iterable[str | int]) -> str:
        """The first sentence of what the schema says about a field."""
        schema: Fragment = self._schema
        for step in chain((0,), path):
            if isinstance(schema, dict):
                schema = schema.get("items") if isinstance(step, int) else schema.get("properties", {}).get(step)
        text = schema.get("description", "") if isinstance(schema, dict) else ""
        return str(text).partition(". ")[0].rstrip(".")

    def _certain(self, mismatch: Mismatch) -> Wording:
        """The wording, with the source to write instead only where that is valid and can mean nothing else."""
        wording = word(mismatch)
        source, value, schema = wording.source, mismatch.value, mismatch.schema
        if source is None:
            return wording
        if mismatch.keyword == "additionalProperties" and isinstance(value, dict):
            near = Levenshtein.distance(mismatch.asked.casefold(), source) <= 1
            certain = near and self._is_valid(value[mismatch.asked], schema["properties"][source])
        else:
            certain = self._is_valid(json.loads(source) if source.startswith('"') else resolve(source), schema)
        return wording if certain else replace(wording, source=None)

    def _is_valid(self, value: Json, schema: Fragment) -> bool:
        return next(self._validator.descend(value, schema), None) is None


def _as_of_a_list(error: ValidationError, violation: Violation) -> Violation:
    """What is said of the whole list; where the schema asks for no list at all, it is made for a single entry."""
    if error.validator != "type":
        return violation
    advice = "put what the schema says of one entry under its `items`"
    message = f"it is a list, and the schema asks for {violation.wording.expected}: {advice}"
    return replace(violation, wording=replace(violation.wording, message=message))


def _one_cause_each(errors: Iterator[ValidationError]) -> Iterator[tuple[ValidationError, frozenset[str]]]:
    """Each error with the required keys that its mapping lacks; none for a key that stands there misnamed."""
    together = list(islice(errors, _MOST_TOGETHER))
    lacking: dict[Path, frozenset[str]] = {}
    for error in together:
        if error.validator == "required":
            path = tuple(error.absolute_path)
            lacking[path] = lacking.get(path, frozenset()) | {str(error.validator_value)}
    misnamed: set[tuple[Path, str | None]] = set()
    for error in together:
        if error.validator == "additionalProperties" and (missing := lacking.get(path := _mapping(error))):
            key, mapping = str(error.absolute_path[-1]), cast("Json", error.instance)
            misnamed.add((path, meant_key(key, mapping, error.schema, missing)))
    for error in chain(together, errors):
        path = _mapping(error)
        if error.validator != "required" or (path, str(error.validator_value)) not in misnamed:
            yield error, lacking.get(path, frozenset())


def _mapping(error: ValidationError) -> Path:
    """Where the mapping stands that an error is about; an unknown key's own is one step shorter."""
    path = tuple(error.absolute_path)
    return path[:-1] if error.validator == "additionalProperties" else path


def _dotted(path: Iterable[str | int]) -> str:
    dotted = ""
    for step in path:
        dotted = element(dotted, step) if isinstance(step, int) else member(dotted, step)
    return dotted
