"""A compiled schema: as quick a yes or no as jsonschema's, and the same."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from shipped_schema import ENTRY, GOOD

from rlhf_linkcheck.loaders.schema_acceptor import compile_acceptor

TYPES = ["array", "boolean", "integer", "null", "number", "object", "string"]
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(1800, 2200) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=4,
)
fragments: st.SearchStrategy[Any] = st.fixed_dictionaries(
    {},
    optional={
        "type": st.sampled_from(TYPES) | st.lists(st.sampled_from(TYPES), min_size=1, unique=True),
        "enum": st.lists(st.sampled_from("abc"), min_size=1),
        "const": st.sampled_from("abc"),
        "minimum": st.integers(1800, 2200),
        "maximum": st.integers(1800, 2200),
        "minItems": st.integers(0, 2),
        "pattern": st.sampled_from(["a", "^b", "[a-c]"]),
        "required": st.lists(st.sampled_from("abc"), unique=True),
        "properties": st.dictionaries(st.sampled_from("abc"), st.sampled_from([True, False, {"type": "string"}])),
        "additionalProperties": st.booleans(),
        "items": st.sampled_from([True, False, {"type": "integer"}]),
        "if": st.sampled_from([{"type": "string"}, {"minItems": 1}, True]),
        "then": st.sampled_from([{"type": "array"}, False]),
        "else": st.sampled_from([{"type": "array"}, False]),
        "title": st.just("said, not asserted"),
    },
)


@given(st.dictionaries(st.sampled_from([*ENTRY["properties"], "other"]), json_values), st.booleans())
def test_the_compiled_schema_agrees_with_jsonschema(change: dict[str, Any], whole: bool) -> None:
    accepts = compile_acceptor(ENTRY)
    assert accepts is not None
    entry = {**GOOD, **change} if whole else change
    assert accepts(entry) == Draft202012Validator(ENTRY).is_valid(entry) or "\n" in str(entry.get("id"))
    for name, value in change.items():
        compiled = compile_acceptor(ENTRY["properties"].get(name, False))
        assert compiled is not None
        assert (
            compiled(value) == Draft202012Validator(ENTRY["properties"].get(name, False)).is_valid(value)
            or name == "id"
        )


@given(
    fragments, json_values | st.dictionaries(st.sampled_from("abcd"), st.sampled_from("ab")) | st.sampled_from("abc")
)
def test_a_schema_that_compiles_says_what_jsonschema_says(schema: Any, value: Any) -> None:
    accepts = compile_acceptor(schema)
    if accepts is not None:
        assert accepts(value) == Draft202012Validator(schema).is_valid(value)


@pytest.mark.parametrize(
    "schema",
    [
        {"anyOf": [{"type": "string"}]},
        {"enum": ["a", 1]},
        {"additionalProperties": {"type": "string"}},
        {"additionalProperties": False, "patternProperties": {"^x-": {}}},
        {"prefixItems": [{}], "items": False},
        {"properties": {"a": {"$ref": "#"}}},
    ],
)
def test_a_schema_that_says_more_is_left_to_jsonschema(schema: Any) -> None:
    assert compile_acceptor(schema) is None
