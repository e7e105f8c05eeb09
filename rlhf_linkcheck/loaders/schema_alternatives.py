"""Of a schema's alternatives that all failed, the one that was most likely meant."""

from collections.abc import Iterator

from jsonschema import ValidationError
from jsonschema.exceptions import best_match

from rlhf_linkcheck.loaders.schema_parts import Fragment

_TELLING = ("const", "enum")


def causes(error: ValidationError, root: Fragment) -> Iterator[ValidationError]:
    """What an error comes down to: itself, or for ``anyOf`` and ``oneOf`` the errors of one alternative.

    That is the one whose type and telling keys (``category: {const: paper}``) match best, and of
    those the one with the fewest errors; where all are alike, jsonschema's choice. ``root`` is the
    whole schema, for its ``$ref``.
    """
    if not error.context:
        yield error
        return
    branches: dict[int | str | None, list[ValidationError]] = {}
    for inner in error.context:
        # The alternative `false` does not say which one it is.
        branches.setdefault(next(iter(inner.relative_schema_path), None), []).append(inner)
    telling = _telling_keys(error.validator_value, root)
    ranks = {index: (_misfits(inner, telling), len(inner)) for index, inner in branches.items()}
    if len(ranks) > 1 and len(set(ranks.values())) == 1:
        yield best_match([error])
        return
    for inner in branches[min(ranks, key=ranks.__getitem__)]:
        yield from causes(inner, root)


def _telling_keys(alternatives: Fragment, root: Fragment) -> frozenset[str]:
    """The keys that every alternative with properties holds to certain values."""
    told = [
        frozenset(
            key
            for key, value in properties.items()
            if isinstance(value, dict) and any(keyword in value for keyword in _TELLING)
        )
        for alternative in alternatives
        if (properties := _resolved(alternative, root).get("properties"))
    ]
    return frozenset.intersection(*told) if told else frozenset()


def _resolved(schema: Fragment, root: Fragment) -> dict[str, Fragment]:
    """The schema, or what its ``$ref`` names within the same file, one step far."""
    reference = schema.get("$ref", "") if isinstance(schema, dict) else ""
    if reference.startswith("#/"):
        schema = root
        for step in reference[2:].split("/"):
            schema = schema.get(step) if isinstance(schema, dict) else None
    return schema if isinstance(schema, dict) else {}


def _misfits(errors: list[ValidationError], telling: frozenset[str]) -> int:
    """How many of an alternative's marks the value lacks: its type, and the values of the telling keys."""
    of_type = any(not error.relative_path and error.validator in ("type", None) for error in errors)
    keys = {error.relative_path[0] for error in errors if error.validator in _TELLING and len(error.relative_path) == 1}
    return of_type + len(keys & telling)
