"""From a path to a Document, by the kind of file."""

import io
import json
import sys
from pathlib import Path

import pytest

from rlhf_linkcheck.loaders import LOADERS, InputError, SchemaError, load
from rlhf_linkcheck.loaders.schema_acceptor import compile_acceptor
from rlhf_linkcheck.model import DefectKind, Position

ENTRY = "- id: a\n  category: book\n  title: T\n  url: https://x\n"


@pytest.mark.parametrize("name", ["a.yaml", "a.yml", "A.YAML"])
def test_yaml_is_read_by_its_suffix_and_held_against_the_shipped_schema(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(ENTRY + "  auhtors: [x]\n", encoding="utf-8")
    document = load(str(path))
    assert document.path == str(path)
    assert [entry.id for entry in document.entries] == ["a"]
    assert [(defect.kind, defect.field) for defect in document.defects] == [(DefectKind.SCHEMA, "auhtors")]


def test_yaml_is_read_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(ENTRY.encode())))
    document = load("-")
    assert (document.path, len(document.entries), document.defects) == ("-", 1, ())


@pytest.mark.parametrize("name", ["README.md", "list.markdown", "LIST.MD"])
def test_markdown_is_read_by_its_suffix(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("# A list\n\nSee [this](https://example.com/) and [that](missing.md).\n", encoding="utf-8")
    document = load(str(path))
    assert [link.url for link in document.links] == ["https://example.com/", "missing.md"]
    assert document.folder == str(tmp_path)
    assert document.absent == {"missing.md"}


def test_markdown_that_is_no_text_is_a_defect_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "README.md"
    path.write_bytes(b"# Caf\xe9 \n\n[x](https://example.com/)\n")
    document = load(str(path))
    assert (document.entries, document.links) == ((), ())
    assert [(defect.kind, defect.position) for defect in document.defects] == [
        (DefectKind.SYNTAX, Position(1, 6, 1, 7))
    ]


def test_yaml_that_stops_being_text_keeps_what_was_complete(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + ENTRY.encode() + b"- id: b\n  title: Kiant\xe9, B\n")
    document = load(str(path))
    assert [entry.id for entry in document.entries] == ["a"]
    assert [(defect.kind, defect.position) for defect in document.defects] == [
        (DefectKind.SYNTAX, Position(6, 15, 6, 16))
    ]


@pytest.mark.parametrize("name", ["entries", "entries.json", "entries.yaml.bak"])
def test_another_kind_of_file_is_refused_with_what_is_known(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.touch()
    with pytest.raises(InputError, match="of no known kind") as caught:
        load(str(path))
    assert all(suffix in caught.value.message for suffix in LOADERS)


def test_a_missing_file_is_missing_whatever_its_name(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        load(str(tmp_path / "entries"))


def test_a_users_schema_takes_the_place_of_the_shipped_one(tmp_path: Path) -> None:
    path, schema = tmp_path / "a.yaml", tmp_path / "mine.json"
    path.write_text(ENTRY, encoding="utf-8")
    schema.write_text(json.dumps({"type": "array", "items": {"required": ["stars"]}}), encoding="utf-8")
    assert [defect.field for defect in load(str(path), schema).defects] == ["stars"]
    schema.write_text("{}}", encoding="utf-8")
    with pytest.raises(SchemaError, match="is not JSON"):
        load(str(path), schema)


def test_a_long_list_is_read_with_every_entry_in_its_place(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("".join(ENTRY.replace("id: a", f"id: a-{number}") for number in range(2000)), encoding="utf-8")
    document = load(str(path))
    assert document.defects == ()
    assert [entry.position.line for entry in document.entries] == list(range(1, 8000, 4))


def test_a_bare_truth_is_a_schema_too() -> None:
    for schema in (True, False):
        accepts = compile_acceptor(schema)
        assert accepts is not None
        assert accepts("anything") is schema
