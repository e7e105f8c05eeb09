"""Entries held against the shipped schema: each violation at its place, in a contributor's words."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from shipped_schema import ENTRY, GOOD, SHIPPED

from rlhf_linkcheck.loaders import yaml
from rlhf_linkcheck.loaders.schema import shipped_schema
from rlhf_linkcheck.loaders.schema_acceptor import compile_acceptor
from rlhf_linkcheck.model import Category, Defect, DefectKind, Mending, Position, Role

ROOT = Path(__file__).parents[2]
HEAD = "- id: x\n  category: book\n  title: T\n  url: https://x\n"


def defects(text: str) -> tuple[Defect, ...]:
    return yaml.loads(text, "a.yaml", shipped_schema()).defects


def only(text: str) -> Defect:
    (defect,) = defects(text)
    assert defect.kind is DefectKind.SCHEMA
    return defect


def schemas(schema: Any, path: str = "") -> list[tuple[str, dict[str, Any]]]:
    """All properties and items of a schema, by field path."""
    found = [(f"{path}.{name}", inner) for name, inner in schema.get("properties", {}).items()]
    found += [(f"{path}[]", schema["items"])] if "items" in schema else []
    return found + [deeper for name, inner in found for deeper in schemas(inner, name)]


def test_the_top_level_schema_is_the_shipped_one() -> None:
    assert (ROOT / "schema.json").read_bytes() == (ROOT / "rlhf_linkcheck/data/schema.json").read_bytes()


def test_the_shipped_schema_is_sound_and_compiled() -> None:
    Draft202012Validator.check_schema(SHIPPED)
    assert shipped_schema().by_item
    assert compile_acceptor(ENTRY) is not None


@pytest.mark.parametrize(("path", "schema"), schemas(SHIPPED), ids=[path for path, _ in schemas(SHIPPED)])
def test_editors_find_a_title_a_description_and_valid_examples(path: str, schema: dict[str, Any]) -> None:
    assert schema["title"], path
    assert schema["description"].endswith(".")
    assert schema["examples"]
    for example in schema["examples"]:
        Draft202012Validator(schema).validate(example)


def test_the_schema_and_the_model_name_the_same_categories_and_roles() -> None:
    assert ENTRY["properties"]["category"]["enum"] == list(Category)
    assert ENTRY["properties"]["links"]["items"]["properties"]["role"]["enum"] == [
        role for role in Role if role is not Role.MAIN
    ]


@pytest.mark.parametrize(
    "identifier", ["a", "rlhf-v", "2020", "größe", "漢字-2", "a-b-c-1"], ids=lambda identifier: identifier
)
def test_an_id_is_words_of_any_script_joined_by_hyphens(identifier: str) -> None:
    assert Draft202012Validator(ENTRY).is_valid({**GOOD, "id": identifier})


@pytest.mark.parametrize("identifier", ["", "-", "-a", "a-", "a--b", "A", "a b", "a_b", "a.b", "a/b", "a\n", " a"])
def test_anything_else_is_no_id(identifier: str) -> None:
    assert only("- " + json.dumps({**GOOD, "id": identifier})).field == "id"


@pytest.mark.parametrize("category", ["codebase", "dataset", "blog", "book"])
def test_only_papers_need_authors_and_a_year(category: str) -> None:
    bare = {key: GOOD[key] for key in ("id", "title", "url")}
    assert defects(json.dumps([{**bare, "category": category}])) == ()
    assert [defect.field for defect in defects(json.dumps([{**bare, "category": "paper"}]))] == ["authors", "year"]


def test_addresses_and_names_need_only_be_text() -> None:
    assert defects(json.dumps([{**GOOD, "url": "", "authors": [""], "links": [{"role": "code", "url": " "}]}])) == ()


def test_a_violation_says_which_entry_which_field_what_is_expected_and_what_was_found() -> None:
    assert only(HEAD + "  year: soon\n") == Defect(
        DefectKind.SCHEMA,
        "entry `x`: `year` should be a whole number, not «soon» (The year of publication, a number without quotes)",
        Position(5, 9, 5, 13),
        entry="x",
        field="year",
        found="soon",
        expected="a whole number",
    )


# Each line stands after four good ones; its place is the line and the column where the finding begins.
VIOLATIONS = [
    ("  year: '2022'\n", "year", (5, 9), "but quotes make it text: write 2022 without them", "2022"),
    ("  year: '3022'\n", "year", (5, 9), "but quotes make it text", None),
    ("  year: 1066\n", "year", (5, 9), "`year` should be 1900 or more, not 1066", None),
    ("  year: 3000\n", "year", (5, 9), "`year` should be 2100 or less, not 3000", None),
    ("  year: true\n", "year", (5, 9), "`year` should be a whole number, not true", None),
    ("  year:\n", "year", (5, 8), "`year` has no value: write a whole number", None),
    ("  section: 2022\n", "section", (5, 12), "YAML reads 2022 as a number: put it in quotes", '"2022"'),
    ("  note: true\n", "note", (5, 9), "YAML reads true as true or false: put it in quotes", '"true"'),
    ("  note: [a]\n", "note", (5, 9), "`note` should be text, not a list of 1", None),
    ("  note: {a: b}\n", "note", (5, 9), "the colon after «a» makes it a mapping", None),
    ("  authors: []\n", "authors", (5, 12), "a list of at least 1 item, not an empty list", None),
    ("  authors: Ann, Bob\n", "authors", (5, 12), "each item on a line of its own after «- », not the text", None),
    ("  authors: {}\n", "authors", (5, 12), "`authors` should be a list, not a mapping", None),
    ("  authors:\n  - OpenAI:\n  - 7\n", "authors[0]", (6, 5), "the colon after «OpenAI»", '"OpenAI:"'),
    ("  authors: [x, ~]\n", "authors[1]", (5, 16), "`authors[1]` has no value: write text", None),
    ("  links: [https://y]\n", "links[0]", (5, 11), "should be a mapping of keys to values, not «https://y»", None),
    ("  links:\n  - label: x\n    url: y\n", "links[0].role", (6, 5), "`links[0].role` is missing (What", None),
    ("  links:\n  - role: cod\n    url: y\n", "links[0].role", (6, 11), "not «cod»; did you mean `code`?", None),
    ("  links:\n  - role: Code\n    url: y\n", "links[0].role", (6, 11), "did you mean `code`?", "code"),
    ("  links:\n  - {role: ~, url: y}\n", "links[0].role", (6, 12), "not nothing", None),
    ("  links: [{role: code, url: y, x: 1}]\n", "links[0].x", (5, 32), "is no key `links[0].x`: take it out", None),
    ("  keyword: [a]\n", "keyword", (5, 3), "there is no key `keyword`; did you mean `keywords`?", "keywords"),
    ("  keyword: a\n", "keyword", (5, 3), "did you mean `keywords`?", None),
    ("  'publsher': a\n", "publsher", (5, 3), "did you mean `publisher`?", "publisher"),
    ("  Year: 2022\n", "Year", (5, 3), "did you mean `year`?", "year"),
    ("  titel: a\n", "titel", (5, 3), "there is no key `titel`: take it out, or use", None),
    ("  abstract: a\n", "abstract", (5, 3), "there is no key `abstract`: take it out, or use", None),
    (f"  {'k' * 50}: a\n", f"{'k' * 39}…", (5, 3), f"there is no key `{'k' * 39}…`", None),
    ("  note: {a: {b: {c: [[[~]]]}}, d: 1}\n", "note", (5, 9), "should be text, not a mapping", None),
]


@pytest.mark.parametrize(("line", "field", "place", "words", "mended"), VIOLATIONS, ids=[row[0] for row in VIOLATIONS])
def test_each_violation_stands_at_its_value_and_says_what_to_do(
    line: str, field: str, place: tuple[int, int], words: str, mended: str | None
) -> None:
    defect = defects(HEAD + line)[0]
    assert defect.field == field
    assert (defect.position.line, defect.position.column) == place
    assert words in defect.message
    assert defect.message.startswith("entry `x`: ")
    assert defect.mendings == (() if mended is None else (Mending("", mended),))


BARE = {"id": "x", "category": "book", "title": "T", "url": "https://x"}


@pytest.mark.parametrize(
    ("wrong", "right", "renamed"),
    [
        ("titel", "title", False),
        ("Url", "url", True),
        ("link", "url", False),
        ("href", "url", False),
        ("website", "url", False),
        ("name", "title", False),
        ("ide", "id", True),
    ],
)
def test_a_required_key_under_another_name_is_one_violation(wrong: str, right: str, renamed: bool) -> None:
    defect = only(json.dumps([{wrong if key == right else key: value for key, value in BARE.items()}]))
    assert (defect.field, defect.expected) == (wrong, f"`{right}`")
    assert f"there is no key `{wrong}`; did you mean `{right}`?" in defect.message
    assert bool(defect.mendings) is renamed


def test_a_papers_authors_under_another_name_are_one_violation() -> None:
    paper = {"author" if key == "authors" else key: value for key, value in GOOD.items()}
    assert only(json.dumps([paper])).mendings == (Mending("", "authors"),)


@pytest.mark.parametrize("key", ["name", "href"])
def test_another_name_of_a_key_that_is_there_means_nothing(key: str) -> None:
    assert "did you mean" not in only(json.dumps([{**BARE, key: "x"}])).message


def test_a_link_without_its_key_is_asked_for_in_that_link_alone() -> None:
    links = [{"role": "code", "link": "x"}, {"role": "code"}]
    first, second = defects(json.dumps([{**BARE, "links": links}]))
    assert "did you mean `url`?" in first.message
    assert second.field == "links[1].url"


def test_of_an_unknown_key_the_known_ones_are_listed_once() -> None:
    defect = only(json.dumps([{**BARE, "abstract": "x"}]))
    assert defect.message == "entry `x`: there is no key `abstract`: take it out, or use one that there is"
    assert (defect.expected or "").startswith("one of `id`, `category`, `section`")


@pytest.mark.parametrize("blank", ["", " "])
def test_an_empty_text_is_called_empty(blank: str) -> None:
    defect = only(json.dumps([{**BARE, "title": blank}]))
    assert defect.message == "entry `x`: `title` is empty: write the title as its authors print it"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  title: #Second paper\n", "a `#` after a blank begins a comment: put the value in quotes"),
        ("  note:   # a remark\n", "a `#` after a blank begins a comment: put the value in quotes"),
        ("  authors:\n  - #1 in names\n  - Bob\n", "a `#` after a blank begins a comment"),
    ],
)
def test_a_number_sign_that_swallows_a_value_is_named(text: str, words: str) -> None:
    head = "".join(line for line in HEAD.splitlines(keepends=True) if line[2:7] != text[2:7])
    assert words in only(head + text).message


@pytest.mark.parametrize("text", ["  note: ~ # none\n", "  note:\n  # why\n", "  note:\n  venue: '#1'\n"])
def test_a_comment_that_swallows_nothing_is_not_blamed(text: str) -> None:
    assert "#" not in only(HEAD + text).message


def test_an_entry_with_two_dashes_is_told_to_delete_one() -> None:
    assert "item 1: it begins with two dashes: delete one" in only("- - id: x\n    title: T\n").message
    assert "delete one" not in only("- - x\n").message


def test_a_missing_key_stands_at_the_entrys_first_line() -> None:
    (defect,) = defects("- id: x\n  category: book\n  title: T\n")
    assert defect.message == (
        "entry `x`: `url` is missing (The address of the thing itself: for a paper its abstract page, for a codebase "
        "its repository)"
    )
    assert (defect.field, defect.position, defect.expected) == ("url", Position(1, 3, 1, 8), "the key `url`")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("- just text\n", "item 1: it should be an entry with keys such as `id: …`, not «just text»"),
        ("- [a, b]\n", "item 1: it should be an entry with keys such as `id: …`, not a list of 2"),
        ("- ~\n", "not nothing"),
        (f"- {'x' * 500}\n", f"not «{'x' * 79}…»"),
    ],
)
def test_an_item_that_is_no_entry_is_one_violation(text: str, words: str) -> None:
    defect = only(text)
    assert words in defect.message
    assert defect.entry is None


def test_an_entry_without_an_id_is_called_by_its_number() -> None:
    defect = only("- category: book\n  title: The Book\n  url: https://x\n")
    assert defect.message.startswith("entry 1: `id` is missing")
    assert defect.entry == "the-book"


def test_of_a_file_of_another_kind_only_so_many_violations_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "MAX_VIOLATIONS", 3)
    found = defects("- a\n- b\n- c\n- d\n- id: x\n- id: x\n")
    assert [defect.position.line for defect in found if defect.kind is DefectKind.SCHEMA] == [1, 2, 3, 4]
    assert "more than 3 violations" in [d for d in found if d.kind is DefectKind.SCHEMA][-1].message
    assert [defect.kind for defect in found].count(DefectKind.DUPLICATE) == 1
