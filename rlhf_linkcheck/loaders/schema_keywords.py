"""The JSON Schema keywords that report more exactly than jsonschema's own: one error, one key."""

from collections.abc import Iterator
from typing import Any, TypeAlias

from jsonschema import Draft202012Validator, ValidationError
from jsonschema.validators import extend

from rlhf_linkcheck.loaders.item import Json
from rlhf_linkcheck.loaders.schema_parts import Fragment, ecma_pattern

Validator: TypeAlias = Any
"""A jsonschema validator or its class; the protocol in the stubs lacks `descend`."""


def _required(_: Validator, required: list[str], instance: Json, schema: Fragment) -> Iterator[ValidationError]:
    if isinstance(instance, dict):
        for key in required:
            if key not in instance:
                # `validator_value` names the one missing key, not the list of all that are required.
                yield ValidationError("", "required", (), None, (), key, instance, schema)


def _additional(validator: Validator, allowed: Fragment, instance: Json, schema: Fragment) -> Iterator[ValidationError]:
    if not isinstance(instance, dict):
        return
    known, patterns = schema.get("properties", {}), [ecma_pattern(text) for text in schema.get("patternProperties", {})]
    for key, value in instance.items():
        if key in known or any(pattern.search(key) for pattern in patterns):
            continue
        if allowed is False:
            yield ValidationError("", "additionalProperties", (key,), None, (), allowed, instance, schema)
        else:
            yield from validator.descend(value, allowed, path=key)


def _pattern(_: Validator, pattern: str, instance: Json, schema: Fragment) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not ecma_pattern(pattern).search(instance):
        yield ValidationError("", "pattern", (), None, (), pattern, instance, schema)


EntryValidator: Validator = extend(  # type: ignore[no-untyped-call]  # the stub leaves it untyped
    Draft202012Validator,
    {"required": _required, "additionalProperties": _additional, "pattern": _pattern},
)
"""Draft 2020-12, where each missing or unknown key is an error of its own, an unknown one at the key."""
