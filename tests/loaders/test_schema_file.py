"""A user's own schema: used where it is sound and complete in itself, refused in one line where not."""

import json
from pathlib import Path
from typing import Any

import pytest

from rlhf_linkcheck.loaders import yaml
from rlhf_linkcheck.loaders.schema_file import read_schema
from rlhf_linkcheck.loaders.source import InputError
from rlhf_linkcheck.loaders.violation import SchemaError
from rlhf_linkcheck.model import Defect, Position

LIST = {"type": "array"}


def written(folder: Path, schema: Any) -> Path:
    path = folder / "mine.json"
    path.write_text(schema if isinstance(schema, str) else json.dumps(schema), encoding="utf-8")
    return path


def defects(folder: Path, schema: Any, text: str) -> tuple[Defect, ...]:
    return yaml.loads(text, "a.yaml", read_schema(written(folder, schema))).defects


def test_a_missing_schema_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read_schema(tmp_path / "mine.json")


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ("{", "is not JSON (line 1, column 2"),
        ("", "is not JSON (line 1, column 1"),
        ("9" * 5000, "is not JSON ("),
        ("[" * 100_000, "nested too deeply"),
        ('{"type": "\0"}', "NUL byte"),
        ([], "is no JSON Schema"),
        (True, "is no JSON Schema"),
        ({"type": "list"}, "is no valid JSON Schema: 'list' is not valid under any of the given schemas (at $.type)"),
        ({"items": {"pattern": "["}}, "is no valid JSON Schema"),
        ({"items": {"pattern": "a{99999999999}"}}, "is no valid JSON Schema: a pattern cannot be used: the repetition"),
        ({"$schema": "http://json-schema.org/draft-07/schema#"}, "is written for http://json-schema.org/draft-07/schema#"),
        ({"$schema": 7}, "is written for 7"),
        ({"items": {"$ref": "https://example.com/a.json"}}, "refers to https://example.com/a.json, which is not in it"),
        ({"items": {"$ref": "entry.json#/$defs/a"}}, "refers to entry.json#/$defs/a"),
        ({"items": {"$ref": "#/$defs/entry"}}, "refers to #/$defs/entry"),
        ({"items": {"$ref": "#/x"}, "x": {"type": 1}}, "is no valid JSON Schema"),
        ({"items": {"$dynamicRef": "https://example.com/a"}}, "refers to https://example.com/a"),
    ],
)  # fmt: skip
def test_a_schema_that_cannot_be_used_is_refused_in_one_line(tmp_path: Path, schema: Any, words: str) -> None:
    path = written(tmp_path, schema)
    with pytest.raises(SchemaError) as caught:
        read_schema(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert words in caught.value.message
    assert "\n" not in caught.value.message


def test_a_schema_that_refers_to_itself_without_end_is_refused_when_it_is_asked(tmp_path: Path) -> None:
    schema = {"type": "array", "items": {"$ref": "#/$defs/a"}, "$defs": {"a": {"$ref": "#/$defs/a"}}}
    with pytest.raises(SchemaError, match="without end"):
        defects(tmp_path, schema, "- a\n")


def test_a_schema_may_refer_to_itself_and_name_itself(tmp_path: Path) -> None:
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "https://example.com/mine.json",
        "type": "array",
        "items": {"$ref": "#/$defs/tree"},
        "$defs": {"tree": {"type": "object", "properties": {"sub": {"$ref": "mine.json#/$defs/tree"}}}},
    }
    (defect,) = defects(tmp_path, schema, "- id: a\n  sub: {sub: {sub: 7}}\n")
    assert defect.message == "entry `a`: `sub.sub.sub` should be a mapping of keys to values, not 7"
    assert defect.position == Position(2, 20, 2, 21)


def test_what_lies_too_deep_to_be_located_stands_at_the_closest_field(tmp_path: Path) -> None:
    tree = {"type": "object", "additionalProperties": {"$ref": "#/$defs/tree"}}
    schema = {"type": "array", "items": {"properties": {"t": {"$ref": "#/$defs/tree"}}}, "$defs": {"tree": tree}}
    (defect,) = defects(tmp_path, schema, "- t: {a: {b: {c: {d: {e: 7}}}}}\n")
    assert (defect.field, defect.position) == ("t.a.b.c.d.e", Position(1, 18, 1, 29))


def test_of_alternatives_the_deepest_cause_is_said(tmp_path: Path) -> None:
    link = {"type": "object", "properties": {"url": {"type": "string"}}, "required": ["url"]}
    schema = {"type": "array", "items": {"properties": {"links": {"anyOf": [{"type": "string"}, {"items": link}]}}}}
    (defect,) = defects(tmp_path, schema, "- id: a\n  links:\n  - url: x\n  - url: [7]\n")
    assert defect.message == "entry `a`: `links[1].url` should be text, not a list of 1"
    assert (defect.field, defect.position) == ("links[1].url", Position(4, 10, 4, 13))


def kind(name: Any, *required: str, **properties: Any) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {"category": {"const": name}, "year": {"type": "integer"}, **properties},
        "required": ["category", *required],
    }


BLOG = kind("blog", "author")
BOOKS = kind("book", category={"enum": ["book", "thesis"]})
PAPER = kind("paper", "year", "venue", "url", language={"enum": ["en", "zh"]})


@pytest.mark.parametrize("keyword", ["anyOf", "oneOf"])
@pytest.mark.parametrize(
    ("branches", "entry", "messages"),
    [
        ([BLOG, PAPER], "{category: paper, venue: v, url: u, year: x}", ["`year` should be a whole number, not «x»"]),
        ([PAPER, BLOG], "{category: paper, venue: v, url: u, year: x}", ["`year` should be a whole number, not «x»"]),
        ([BLOG, PAPER], "{category: paper}", ["`year` is missing", "`venue` is missing", "`url` is missing"]),
        (
            [BLOG, PAPER],
            "{category: paper, venue: v, url: u, language: fr}",
            ["`language` should be one of `en`, `zh`, not «fr»", "`year` is missing"],
        ),
        ([BLOG, BOOKS, PAPER], "{category: thesis, year: x}", ["`year` should be a whole number, not «x»"]),
        ([{"type": "string"}, PAPER], "{category: paper, venue: v}", ["`year` is missing", "`url` is missing"]),
        ([kind("paper"), PAPER], "{category: paper, year: x}", ["`year` should be a whole number, not «x»"]),
        ([False, BLOG], "{category: blog}", ["`author` is missing"]),
        ([BLOG, {"anyOf": [BLOG, PAPER]}], "{category: paper, venue: v, url: u}", ["`year` is missing"]),
    ],
)
def test_of_alternatives_the_one_that_was_meant_is_spoken_of(
    tmp_path: Path, keyword: str, branches: list[Any], entry: str, messages: list[str]
) -> None:
    found = defects(tmp_path, {"type": "array", "items": {keyword: branches}}, f"- {entry}\n")
    assert sorted(defect.message for defect in found) == sorted(f"entry 1: {message}" for message in messages)


def test_alternatives_that_stand_elsewhere_in_the_schema_are_told_apart_all_the_same(tmp_path: Path) -> None:
    branches = [{"$ref": f"#/$defs/{name}"} for name in ("blog", "paper")]
    schema = {"type": "array", "items": {"anyOf": branches}, "$defs": {"blog": BLOG, "paper": PAPER}}
    found = defects(tmp_path, schema, "- {category: paper, venue: v, language: fr}\n")
    assert {defect.field for defect in found} == {"language", "year", "url"}


def test_alternatives_that_fail_alike_are_told_as_one(tmp_path: Path) -> None:
    (defect,) = defects(tmp_path, {"type": "array", "items": {"oneOf": [kind("a"), kind("b")]}}, "- {category: c}\n")
    assert "«oneOf:" in defect.message


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"maxLength": 3}, "`t` does not match the schema's «maxLength: 3»: found «long» (What it is)"),
        ({"not": {}}, "`t` does not match the schema's «not: {}»: found «long» (What it is)"),
        ({"const": "short"}, '`t` does not match the schema\'s «const: "short"»: found «long»'),
        ({"pattern": "^x$"}, "`t` should be text that matches the pattern ^x$, not «long»"),
        ({"type": ["integer", "null"]}, "`t` should be a whole number or nothing, not «long» (What it is)"),
        ({"enum": [1, None]}, "`t` should be one of `1`, `None`, not «long»"),
        ({"anyOf": [{"type": "integer"}, {"type": "null"}]}, "`t` "),
    ],
)
def test_other_keywords_are_said_in_general_words(tmp_path: Path, entry: dict[str, Any], words: str) -> None:
    schema = {"type": "array", "items": {"properties": {"t": {"description": "What it is. And more.", **entry}}}}
    (defect,) = defects(tmp_path, schema, "- id: a\n  t: long\n")
    assert words in defect.message
    assert (defect.field, defect.position) == ("t", Position(2, 6, 2, 10))


def test_what_no_schema_allows_is_said(tmp_path: Path) -> None:
    schema = {"type": "array", "items": {"properties": {"t": False}}}
    (defect,) = defects(tmp_path, schema, "- id: a\n  t: long\n")
    assert defect.message == "entry `a`: the entry has a value that the schema never allows: «long»"


def test_further_keys_may_have_a_schema_of_their_own(tmp_path: Path) -> None:
    entry = {"patternProperties": {"^x-": {}}, "additionalProperties": {"type": "string"}}
    (defect,) = defects(tmp_path, {"type": "array", "items": entry}, "- id: a\n  x-y: 7\n  z: [7]\n")
    assert (defect.field, defect.position) == ("z", Position(3, 6, 3, 9))


def test_no_further_key_at_all_is_said(tmp_path: Path) -> None:
    schema = {"type": "array", "items": {"additionalProperties": False, "patternProperties": {"^i": True}}}
    (defect,) = defects(tmp_path, schema, "- id: a\n  z: 7\n")
    assert defect.message == "entry `a`: there is no key `z`: take it out"


def test_what_is_required_twice_is_missing_once(tmp_path: Path) -> None:
    schema = {"type": "array", "items": {"required": ["t"], "allOf": [{"required": ["t"]}]}}
    assert [defect.field for defect in defects(tmp_path, schema, "- id: a\n")] == ["t"]


def test_a_dollar_is_the_end_of_the_text_and_not_before_a_line_break(tmp_path: Path) -> None:
    entry = {"properties": {"t": {"pattern": r"^[$]\$a$"}}}
    (defect,) = defects(tmp_path, {"type": "array", "items": entry}, '- {id: a, t: "$$a"}\n- {id: b, t: "$$a\\n"}\n')
    assert defect.entry == "b"


def test_a_schema_may_speak_of_the_list_as_a_whole(tmp_path: Path) -> None:
    schema = {**LIST, "items": {"required": ["t"]}, "maxItems": 1, "prefixItems": [{"required": ["u"]}]}
    found = defects(tmp_path, schema, "# head\n- id: a\n  x: 1\n- id: b\n")
    assert [(defect.message, defect.position.line, defect.entry) for defect in found] == [
        ("entry `b`: `t` is missing", 4, "b"),
        ("the list: the entry does not match the schema's «maxItems: 1»: found a list of 2", 2, None),
        ("entry `a`: `u` is missing", 2, "a"),
    ]


def test_a_schema_of_something_else_than_a_list_is_one_violation(tmp_path: Path) -> None:
    (defect,) = defects(tmp_path, {"type": "object"}, "- id: a\n- id: b\n")
    assert defect.entry is None
    asked, advice = "a mapping of keys to values", "put what the schema says of one entry under its `items`"
    assert defect.message == f"the list: it is a list, and the schema asks for {asked}: {advice}"
    assert defect.position == Position(1, 3, 1, 8)


def test_without_items_there_is_nothing_to_hold_against_a_schema(tmp_path: Path) -> None:
    assert defects(tmp_path, {"type": "array", "minItems": 5}, "") == ()
