"""Reads a user's own schema, and tells whether it is one."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TypeAlias

import jsonschema
from referencing import Registry, Resource
from referencing.exceptions import Unresolvable
from referencing.jsonschema import DRAFT202012

from rlhf_linkcheck.loaders.schema import Schema
from rlhf_linkcheck.loaders.schema_keywords import EntryValidator
from rlhf_linkcheck.loaders.schema_parts import Fragment
from rlhf_linkcheck.loaders.source import decode, read_file
from rlhf_linkcheck.loaders.violation import SchemaError

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_MAX_REASON = 200

Resolver: TypeAlias = Any
"""What `Registry.resolver_with_root` returns; referencing has no public name for it."""


def read_schema(path: Path, data: bytes | None = None) -> Schema:
    """Read a user's schema: JSON, draft 2020-12, complete in itself, for nothing is ever fetched.

    ``data`` is what it holds, where that is not what lies on the disk.

    Raises SchemaError where it cannot be used, InputError where there is no such file.
    """
    source = read_file(str(path)) if data is None else decode(str(path), data)
    if source.defect is not None:
        raise SchemaError(str(path), source.defect.message)
    try:
        schema = json.loads(source.text)
        _check(str(path), schema)
    except json.JSONDecodeError as error:
        message = f"is not JSON (line {error.lineno}, column {error.colno}: {error.msg})"
        raise SchemaError(str(path), message) from None
    except ValueError as error:  # a number of more digits than Python reads
        raise SchemaError(str(path), f"is not JSON ({error})") from None
    except RecursionError:
        raise SchemaError(str(path), "is nested too deeply, or refers to itself without end") from None
    return Schema(schema, str(path))


def _check(path: str, schema: Fragment) -> None:
    if not isinstance(schema, dict):
        raise SchemaError(path, "is no JSON Schema: it should be an object with keys such as `type` and `items`")
    dialect = schema.get("$schema", DIALECT)
    if not isinstance(dialect, str) or dialect.rstrip("#") != DIALECT:
        raise SchemaError(path, f"is written for {dialect}; this tool reads draft 2020-12, {DIALECT}")
    _check_shape(path, schema)
    resource = Resource.from_contents(schema, default_specification=DRAFT202012)
    for reference, resolver in _references(resource, Registry().resolver_with_root(resource)):
        try:
            target = resolver.lookup(reference).contents
        except Unresolvable:
            advice = "only what stands in the file itself can be referred to, for nothing is fetched"
            raise SchemaError(path, f"refers to {reference}, which is not in it: {advice}") from None
        _check_shape(path, target)


def _check_shape(path: str, schema: Fragment) -> None:
    try:
        EntryValidator.check_schema(schema)
    except OverflowError as error:  # a pattern with more repetitions than Python counts
        raise SchemaError(path, f"is no valid JSON Schema: a pattern cannot be used: {error}") from None
    except jsonschema.SchemaError as error:
        reason = error.message.partition("\n")[0][:_MAX_REASON]
        raise SchemaError(path, f"is no valid JSON Schema: {reason} (at {error.json_path})") from None


def _references(resource: Resource[Fragment], resolver: Resolver) -> Iterator[tuple[str, Resolver]]:
    if isinstance(resource.contents, dict):
        for keyword in ("$ref", "$dynamicRef"):
            if keyword in resource.contents:
                yield resource.contents[keyword], resolver
    for inner in resource.subresources():
        yield from _references(inner, resolver.in_subresource(inner))
