"""What ends the reading of a YAML list: said in a contributor's words, at the place of the cause."""

from dataclasses import replace

import pytest
import yaml as pyyaml
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.loaders import yaml_events
from rlhf_linkcheck.loaders.item import Span
from rlhf_linkcheck.loaders.schema import shipped_schema
from rlhf_linkcheck.loaders.yaml import loads
from rlhf_linkcheck.loaders.yaml_complaints import explain
from rlhf_linkcheck.model import Defect, DefectKind, Position

pytestmark = pytest.mark.usefixtures("both_parsers")

PURE = pyyaml.SafeLoader


def defect_of(text: str, *, entries: int = 1) -> Defect:
    """The one defect of a text that begins with so many good entries."""
    document = loads("".join(f"- id: good-{number}\n" for number in range(entries)) + text, "a.yaml")
    assert [entry.id for entry in document.entries] == [f"good-{number}" for number in range(entries)]
    (defect,) = document.defects
    assert defect.kind is DefectKind.SYNTAX
    assert len(defect.message) < 240
    assert "\n" not in defect.message
    return defect


# A good entry stands on line 1, the text from line 2 on.
COMPLAINTS = [
    ("- id: a\n  title: RLHF: A Survey\n", (3, 10), "put the value in quotes, as in `title: "),
    ("- id: a\n  title:RLHF\n  url: x\n", (3, 3), "a blank is missing after the colon: write `title: …`"),
    ("- id:a\n  title: x\n", (2, 3), "a blank is missing after the colon: write `id: …`"),
    ("- id: a\n  title\n  url: x\n", (3, 3), "is no `key: value`"),
    ("- id: a\n    title: x\n", (3, 10), "part of the value above"),
    ("- id: a\n title: x\n", None, "fits neither the entry above nor a new one"),
    ("- id: a\n  - b\n", (3, 3), "an item of a list stands where a key is expected"),
    ("- id: a\n  links:\n\t- role: code\n", (4, 1), "a tab stands here"),
    ("-id: second\n", (2, 1), "a blank is missing after the dash: write `- id…`"),
    ("- id: a\n  authors:\n  - Bob\n  -Ada Lovelace\n  url: x\n", (5, 3), "after the dash: write `- Ada…`"),
    ("- id: a\n  authors:\n    - Bob\n    -Ada Lovelace\n", (5, 5), "after the dash: write `- Ada…`"),
    ("- id: a\n  category：blog\n  url: x\n", (3, 11), "«：» is a full-width colon: write `: ` in its place"),
    ("- id: a\n  category：blog\n", (3, 11), "«：» is a full-width colon: write `: ` in its place"),
    ("- id：a\n  url: x\n", (2, 5), "«：» is a full-width colon: write `: ` in its place"),
    ("- title: “Why: a study”\n", (2, 10), "«“» is a curly quote: write straight ones"),
    ("- id: a\n  ‘title’\n  url: x\n", (3, 3), "«‘» is a curly quote: write straight ones"),
    ("- title: @foo\n", (2, 10), "a value cannot begin with «@»"),
    ("- title: `foo`\n", (2, 10), "a value cannot begin with «`»"),
    ("- title: %foo\n", (2, 10), "a value cannot begin with «%»"),
    ("- title: , foo\n", (2, 10), "a value cannot begin with «,»"),
    ("- title: ] foo\n", (2, 10), "a value cannot begin with «]»"),
    ("- title: - foo\n", (2, 10), "a text that begins with a dash needs quotes"),
    ("- title: ? foo\n", (2, 10), "cannot begin with `?`"),
    ("- title: & foo\n", (2, 10), "cannot begin with `&`"),
    ("- title: * foo\n", (2, 10), "cannot begin with `&` or `*`"),
    ("- title: !<foo bar\n", (2, 10), "cannot begin with `!`"),
    ("- title: !e!foo bar\n", (2, 10), "cannot begin with `!`"),
    ("- title: > 90%\n", (2, 10), "`|` and `>` begin a text that follows"),
    ("- note: |0\n  a\n", (2, 9), "`|` and `>` begin a text that follows"),
    ('- title: "Why" is it so\n  url: x\n', (2, 16), "the quoted text ends before this"),
    ("- title: 'It's so'\n  url: x\n", (2, 14), "double a single quote"),
    ('- "a" "b"\n', (2, 7), "the quoted text ends before this"),
    ("- title: [Re] Foo\n  url: x\n", (2, 15), "put the whole value in quotes"),
    ("- title: {foo}} bar\n", (2, 15), "put the whole value in quotes"),
    ('- title: "foo\n  url: x\n- id: b\n', (2, 10), "this quote is never closed"),
    ('- title: "foo\n---\n', (2, 10), "this quote is never closed"),
    ('- title: "foo\n  url: x\n- title: "bar"\n', (2, 10), "opens here closes only in line 4"),
    ("- authors: [a, b\n  url: x\n", (2, 12), "the closing `]` is missing"),
    ("- authors: [a: b: c]\n", (2, 17), "the closing `]` is missing"),
    ("- {id: a, b: c\n- id: d\n", (2, 3), "the closing `}` is missing"),
    ('- title: "50\\% of it"\n', None, "a backslash begins an escape"),
    ('- title: "a\\xzz"\n', None, "a backslash begins an escape"),
    ('- title: "a\\uD800"\n', None, "a backslash begins an escape"),
    ('- title: "a\\UFFFFFFFF"\n', None, "a backslash begins an escape"),
    ("...\n- id: b\n", (3, 1), "delete the mark"),
    ("---\n- id: b\n", (2, 1), "a second YAML document begins here"),
    ("- title: &foo bar\n", (2, 10), "anchors (`&name`) are not accepted"),
    ("- &foo title: bar\n", None, "anchors (`&name`) are not accepted"),
    ("- title: *foo\n", (2, 10), "aliases (`*name`) are not accepted"),
    ("- *foo : bar\n", (2, 3), "aliases (`*name`) are not accepted"),
    ("- title: !foo bar\n", (2, 10), "tags (`!name`) are not accepted"),
    ("- !!python/object:os.system {}\n", (2, 3), "tags (`!name`) are not accepted"),
    ("- ? [a, b]\n  : c\n", (2, 5), "a key must be a word"),
    ("- {a: b}: c\n", None, "a key must be a word"),
    ("- title: a\x07b\n", (2, 11), "U+0007 is not allowed"),
    ("- title: \ufffe\n", (2, 10), "U+FFFE is not allowed"),
    ("- title: \ud800\n", (2, 10), "U+D800 is not allowed"),
    ("<<<<<<< HEAD\n- id: a\n=======\n- id: b\n>>>>>>> main\n", (2, 1), "merge conflict"),
]


@pytest.mark.parametrize(("text", "place", "words"), COMPLAINTS, ids=[repr(text) for text, _, _ in COMPLAINTS])
def test_what_is_wrong_is_said_where_it_is(text: str, place: tuple[int, int] | None, words: str) -> None:
    # Where the reading ends inside the entry after it, an entry is complete; else it has begun with `id`.
    document = loads("- id: good\n" + text, "a.yaml")
    (defect,) = (defect for defect in document.defects if defect.kind is DefectKind.SYNTAX)
    assert words in defect.message
    assert len(defect.message) < 240
    if place is not None:
        assert (defect.position.line, defect.position.column) == place
    assert defect.position.line == defect.position.end_line


def test_entries_before_the_trouble_are_kept() -> None:
    defect_of('- id: "a\n', entries=3)


@pytest.mark.parametrize(
    ("entries", "kept"),
    [(0, ""), (1, ": the 1 entry above is still checked"), (3, ": the 3 entries above are still checked")],
)
def test_what_lies_below_the_trouble_is_said_to_be_unread(entries: int, kept: str) -> None:
    said = "; nothing below this line was read"
    assert defect_of("- title: @foo\n- id: b\n", entries=entries).message.endswith(f"put it in quotes{said}{kept}")
    assert said not in defect_of("- title: @foo\n\n", entries=entries).message
    assert defect_of("- title: a\x07b\n- id: b\n", entries=entries).message.endswith(f"{said}{kept}")


@pytest.mark.parametrize(
    ("text", "lacking"),
    [
        ("- id: a\n title: x\n", 0),
        ("- id: a\n  - id: b\n", 0),
        ("- id: a\n<<<<<<< HEAD\n  title: x\n", 0),
        ("- id: a\n  category: book\n  url: x\n- title: @foo\n", 1),
        ("- id: a\n  category: book\n  url: x\n- @foo\n", 1),
        ("- id: a\n  category: book\n  url: x\n---\n- id: b\n", 1),
        ("- id: a\n  category: book\n  url: x\n...\n- id: b\n", 1),
    ],
)
def test_an_entry_in_which_reading_broke_off_is_not_held_against_the_schema(text: str, lacking: int) -> None:
    document = loads(text, "a.yaml", shipped_schema())
    kinds = [defect.kind for defect in document.defects]
    assert kinds == [DefectKind.SCHEMA] * lacking + [DefectKind.SYNTAX]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("%YAML 3.0\n---\n- a\n", "cannot begin with `%`"),
        ("- [", "inside brackets"),
        ("*foo", "aliases"),
        ("&foo [a]", "anchors"),
        ("!foo [a]", "tags"),
        ("&foo a", "anchors"),
    ],
)
def test_trouble_at_the_very_beginning_is_said(text: str, words: str) -> None:
    document = loads(text, "a.yaml")
    assert [defect.kind for defect in document.defects] == [DefectKind.SYNTAX]
    assert words in document.defects[0].message


def test_a_bomb_of_aliases_is_refused_at_its_first_anchor() -> None:
    bomb = "- &a [x, x, x, x]\n" + "".join(
        f"- &{b} [*{a}, *{a}, *{a}, *{a}]\n" for a, b in zip("abcdefg", "bcdefgh", strict=True)
    )
    defect = defect_of(bomb)
    assert defect.position.line == 2
    assert "anchors" in defect.message


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_nesting_is_refused_beyond_a_hundred_levels(opening: str) -> None:
    assert "nested more than 100 levels" in defect_of("- " + opening * 5000 + "\n").message


@pytest.mark.parametrize(("inner", "fine"), [(99, True), (100, False)])
def test_a_hundred_levels_are_fine(inner: int, fine: bool) -> None:
    # The list itself is the first level.
    document = loads("- " + "[" * inner + "]" * inner, "a.yaml")
    assert (document.defects == ()) is fine


@pytest.mark.parametrize(
    ("text", "words", "end"),
    [
        ("id: a\ntitle: x\n", "is one entry and no list: begin it with «- »", (1, 6)),
        ("entries:\n- id: a\n", "has its list under the key `entries`", (1, 9)),
        ("-id: a\n", "lacks the blank after a dash: write `- id`", (1, 7)),
        ("a: 1\nb: 2\n", "is a mapping and no list", (1, 5)),
        ("{}", "is a mapping and no list", (1, 3)),
        ("just text", "is a single value and no list", (1, 10)),
        ("null", "is a single value and no list", (1, 5)),
        ("'' # empty\n", "is a single value and no list", (1, 3)),
    ],
)
def test_a_file_that_is_no_list_is_a_schema_violation(text: str, words: str, end: tuple[int, int]) -> None:
    document = loads(text, "a.yaml")
    assert document.entries == ()
    (defect,) = document.defects
    assert defect.kind is DefectKind.SCHEMA
    assert words in defect.message
    assert defect.position == Position(1, 1, *end)


def test_without_a_list_broken_yaml_is_still_broken_yaml() -> None:
    assert "never closed" in loads('title: "x\n', "a.yaml").defects[0].message


def test_a_complaint_that_nobody_has_heard_yet_is_passed_on() -> None:
    trouble = explain(pyyaml.MarkedYAMLError(problem="something new"), "- id: a\n", Span(0, 0))
    assert trouble.message == "this is no YAML (something new): check quotes, colons and indentation"
    assert trouble.span == Span(0, 1)


def test_a_quote_that_closes_late_is_found_with_any_line_end() -> None:
    text = '- id: good-0\r- title: "foo\r  url: x\r- title: "bar"\r'
    assert "closes only in line 4" in loads(text, "a.yaml").defects[0].message


@given(st.text() | st.text(alphabet="-:[]{}'\"|>&*!%#?,@ \n\r\tab\\u0\x85\u2028\ufeff"))
def test_no_text_is_an_error(text: str) -> None:
    for parser in (yaml_events.PARSER, PURE):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yaml_events, "PARSER", parser)
            document = loads(text, "a.yaml")
        for defect in document.defects:
            assert defect.position.line >= 1
            assert defect.position.column >= 1


def test_of_a_text_that_is_cut_off_the_last_item_is_left_out() -> None:
    broken = Defect(DefectKind.SYNTAX, "cut", Position(3, 5, 3, 6))
    document = loads("- id: a\n- id: b\n- id", "a.yaml", broken=broken)
    assert [entry.id for entry in document.entries] == ["a", "b"]
    unread = "cut; nothing below this line was read: the 2 entries above are still checked"
    assert document.defects == (replace(broken, message=unread),)


def test_the_troubles_of_a_text_that_is_cut_off_are_those_of_the_cut() -> None:
    broken = Defect(DefectKind.SYNTAX, "cut", Position(2, 11, 2, 12))
    document = loads('- id: a\n- id: "b ', "a.yaml", broken=broken)
    assert [entry.id for entry in document.entries] == ["a"]
    unread = "cut; nothing below this line was read: the 1 entry above is still checked"
    assert document.defects == (replace(broken, message=unread),)


def test_a_file_of_which_no_text_was_read_is_not_said_to_be_read_down_to_some_line() -> None:
    broken = Defect(DefectKind.SYNTAX, "the file looks binary", Position(1, 1, 1, 2))
    assert loads("", "a.yaml", broken=broken).defects == (broken,)
