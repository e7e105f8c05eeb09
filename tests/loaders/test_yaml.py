"""A YAML list as a Document: its entries with all that is valid of them, and where everything stands."""

from pathlib import Path

import pytest

from rlhf_linkcheck.loaders.yaml import loads
from rlhf_linkcheck.model import Category, Defect, DefectKind, Document, Entry, Link, Position, Role

pytestmark = pytest.mark.usefixtures("both_parsers")

FULL = """\
# the list
- id: instructgpt # the first
  category: paper
  section: "2022"
  title: 'Training language models: follow instructions'
  nickname: InstructGPT
  url: https://arxiv.org/abs/2203.02155
  authors:
  - Long Ouyang
  - "Jeff Wu"
  - et al.
  year: 2022
  venue: NeurIPS
  publisher: OpenAI
  language: English
  keywords: [reward, RLHF]
  environments: []
  tasks: [summarization]
  note: |
    two
    lines

  links:
    - role: code
      label: Official
      url: ' https://github.com/openai/x'
    - {role: dataset, url: ""}

- id: trl
  category: codebase
  title: TRL
  url: https://github.com/huggingface/trl
"""


def only(document: Document) -> Entry:
    (entry,) = document.entries
    return entry


def defect_of(document: Document) -> Defect:
    (defect,) = document.defects
    return defect


def cut(text: str, position: Position) -> str:
    """The stretch of a text, by lines that end in LF."""
    lines = text.split("\n")[position.line - 1 : position.end_line]
    lines[-1] = lines[-1][: position.end_column - 1]
    lines[0] = lines[0][position.column - 1 :]
    return "\n".join(lines)


def test_an_entry_has_all_its_fields() -> None:
    document = loads(FULL, "entries.yaml")
    first, second = document.entries
    assert document.defects == ()
    assert first.id == "instructgpt"
    assert first.category is Category.PAPER
    assert first.title == "Training language models: follow instructions"
    assert first.path == "entries.yaml"
    assert first.authors == ("Long Ouyang", "Jeff Wu", "et al.")
    assert (first.year, first.section, first.nickname, first.venue) == (2022, "2022", "InstructGPT", "NeurIPS")
    assert (first.publisher, first.language, first.note) == ("OpenAI", "English", "two\nlines\n")
    assert (first.keywords, first.environments, first.tasks) == (("reward", "RLHF"), (), ("summarization",))
    assert first.main == Link("https://arxiv.org/abs/2203.02155", Role.MAIN, Position(7, 8, 7, 40), "url")
    assert first.links == (
        Link(" https://github.com/openai/x", Role.CODE, Position(26, 12, 26, 42), "links[0].url", "Official"),
        Link("", Role.DATASET, Position(27, 28, 27, 30), "links[1].url"),
    )
    assert (second.id, second.category, second.position) == ("trl", Category.CODEBASE, Position(29, 3, 32, 42))


def test_an_entry_stands_from_its_first_key_to_its_last_character() -> None:
    first = loads(FULL, "entries.yaml").entries[0]
    assert first.position == Position(2, 3, 27, 31)


def test_every_value_has_a_position_and_a_scalars_is_the_scalar_as_written() -> None:
    first = loads(FULL, "entries.yaml").entries[0]
    written = {name: cut(FULL, position) for name, position in first.positions}
    assert written == {
        "id": "instructgpt",
        "category": "paper",
        "section": '"2022"',
        "title": "'Training language models: follow instructions'",
        "nickname": "InstructGPT",
        "url": "https://arxiv.org/abs/2203.02155",
        "authors": '- Long Ouyang\n  - "Jeff Wu"\n  - et al.',
        "authors[0]": "Long Ouyang",
        "authors[1]": '"Jeff Wu"',
        "authors[2]": "et al.",
        "year": "2022",
        "venue": "NeurIPS",
        "publisher": "OpenAI",
        "language": "English",
        "keywords": "[reward, RLHF]",
        "keywords[0]": "reward",
        "keywords[1]": "RLHF",
        "environments": "[]",
        "tasks": "[summarization]",
        "tasks[0]": "summarization",
        "note": "|\n    two\n    lines",
        "links": "- role: code\n      label: Official\n      url: ' https://github.com/openai/x'\n"
        '    - {role: dataset, url: ""}',
        "links[0]": "role: code\n      label: Official\n      url: ' https://github.com/openai/x'",
        "links[0].role": "code",
        "links[0].label": "Official",
        "links[0].url": "' https://github.com/openai/x'",
        "links[1]": '{role: dataset, url: ""}',
        "links[1].role": "dataset",
        "links[1].url": '""',
    }


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_other_line_ends_change_no_line_and_no_column(end: str) -> None:
    plain, other = loads(FULL, "a.yaml"), loads(FULL.replace("\n", end), "a.yaml")
    assert other.entries == plain.entries


@pytest.mark.parametrize("odd", ["\x85", "\u2028", "\u2029"])
def test_odd_line_breaks_are_plain_characters(odd: str) -> None:
    text = f"- id: a\n  title: one{odd}two  # x\n  url: {odd}\U000f0000\n- id: b\n"
    first, second = loads(text, "a.yaml").entries
    assert first.title == f"one{odd}two"
    assert first.positions.get("title") == Position(2, 10, 2, 17)
    assert first.main is not None
    assert first.main.url == f"{odd}\U000f0000"
    assert second.position.line == 4


@pytest.mark.parametrize("text", ["", "# only a comment\n", "---\n", "\n\n", "[]"])
def test_an_empty_list_has_no_entries_and_no_defects(text: str) -> None:
    document = loads(text, "a.yaml")
    assert (document.entries, document.defects) == ((), ())


def test_numbers_and_words_in_text_fields_are_kept_as_written() -> None:
    entry = only(loads("- {id: 12, title: 1984, url: 007, authors: [0x1, ~, true, x], note: 1e3}", "a.yaml"))
    assert (entry.id, entry.title, entry.authors, entry.note) == ("12", "1984", ("0x1", "", "true", "x"), "1e3")
    assert entry.main is not None
    assert entry.main.url == "007"


def test_a_team_that_ends_in_a_colon_is_read_as_the_name_it_is_meant_to_be() -> None:
    entry = only(loads("- id: a\n  authors:\n  - OpenAI:\n  - a: b\n  - {}\n  - [x]\n  - ~\n  - ''\n", "a.yaml"))
    assert entry.authors == ("OpenAI:", "", "", "", "", "")
    assert entry.unread == ("authors[1]", "authors[2]", "authors[3]")


@pytest.mark.parametrize(
    ("source", "category", "year"),
    [
        ("category: Paper, year: '2022'", None, None),
        ("category: [paper], year: true", None, None),
        ("category: ~, year: 2022.5", None, None),
        ("category: book, year: 1066", Category.BOOK, None),
        ("category: book, year: 2022", Category.BOOK, 2022),
    ],
)
def test_a_category_or_a_year_that_is_none_is_left_out(
    source: str, category: Category | None, year: int | None
) -> None:
    entry = only(loads(f"- {{id: a, {source}}}", "a.yaml"))
    assert (entry.category, entry.year) == (category, year)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("url: ", [("url", "", Role.MAIN)]),
        ("url: [x]", []),
        ("links: https://a", [("links", "https://a", Role.OTHER)]),
        ("links: [https://a, 7]", [("links[0]", "https://a", Role.OTHER), ("links[1]", "7", Role.OTHER)]),
        ("links: {role: code, url: x}", [("links.url", "x", Role.CODE)]),
        ("links: [{role: main, url: x}, {role: [], url: y}, {url: ~}]",
         [("links[0].url", "x", Role.OTHER), ("links[1].url", "y", Role.OTHER), ("links[2].url", "", Role.OTHER)]),
        ("links: [{role: code}, ~, [x]]", []),
        ("links: []", []),
    ],
)  # fmt: skip
def test_links_are_kept_however_they_are_given(source: str, expected: list[tuple[str, str, Role]]) -> None:
    entry = only(loads(f"- id: a\n  {source}\n", "a.yaml"))
    assert [(link.field, link.url, link.role) for link in entry.all_links] == expected


def test_an_entry_without_an_id_gets_one_from_its_title_or_its_number() -> None:
    text = "- title: RLHF-V, again!\n- title: ''\n- id: x\n- {id: '', title: RLHF v again}\n- {title: Größe 漢字}\n"
    ids = [entry.id for entry in loads(text, "a.yaml").entries]
    assert ids == ["rlhf-v-again", "entry-2", "x", "rlhf-v-again-4", "große-漢字"]


def test_items_that_are_no_mappings_are_no_entries() -> None:
    assert [entry.id for entry in loads("- text\n- ~\n- [a]\n- id: b\n", "a.yaml").entries] == ["b"]


def test_of_a_repeated_key_the_last_value_counts_and_both_places_are_named() -> None:
    text = "- id: a\n  url: x\n  authors: [a, b, c]\n  url: y\n  authors: [z]\n  links:\n  - {url: 1, url: 2}\n"
    document = loads(text, "a.yaml")
    entry = only(document)
    assert entry.main is not None
    assert (entry.main.url, entry.main.position, entry.authors) == ("y", Position(4, 8, 4, 9), ("z",))
    assert entry.positions.get("authors[1]") is None
    assert entry.positions.get("authors[0]") == Position(5, 13, 5, 14)
    assert [(d.kind, d.field, d.position, d.related) for d in document.defects] == [
        (DefectKind.DUPLICATE, "url", Position(4, 3, 4, 6), (("a", Position(2, 3, 2, 6)),)),
        (DefectKind.DUPLICATE, "authors", Position(5, 3, 5, 10), (("a", Position(3, 3, 3, 10)),)),
        (DefectKind.DUPLICATE, "links[0].url", Position(7, 14, 7, 17), (("a", Position(7, 6, 7, 9)),)),
    ]
    assert "line 2" in document.defects[0].message


def test_a_key_given_three_times_is_named_twice() -> None:
    document = loads("- {a: 1, a: 2, a: 3}", "a.yaml")
    assert [defect.related[0][1].column for defect in document.defects] == [4, 4]


ENTRY = "  category: book\n  id: {0}\n  title: {0}\n  url: {0}\n"


def test_an_entry_without_its_dash_is_one_defect_where_it_begins() -> None:
    text = "-" + "".join(ENTRY.format(name) for name in "abc")[1:]
    document = loads(text + "- id: d\n", "a.yaml")
    first, second = document.defects
    assert (first.kind, first.field, first.position) == (DefectKind.DUPLICATE, "category", Position(5, 3, 5, 11))
    assert "a new entry seems to begin here without its «- »" in first.message
    assert first.related == (("c", Position(1, 3, 1, 11)),)
    assert second.position.line == 9


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("- id: a\n  url: x\n  id: b\n  url: y\n", True),
        ("- id: a\n  url: x\n  note: y\n  url: x\n  note: y\n", True),
        ("- id: a\n  url: x\n  links:\n  - {url: z, url: z}\n  id: b\n  url: y\n", True),
        ("- id: a\n  id: b\n  url: y\n", False),
        ("- id: a\n  url: x\n  title: t\n  note: y\n  url: x\n  note: y\n", False),
        ("- {id: a, url: x, id: b, url: y}\n", False),
    ],
)
def test_a_missing_dash_is_assumed_where_an_id_and_more_or_most_keys_repeat_in_one_column(
    text: str, begins: bool
) -> None:
    messages = [defect.message for defect in loads(text, "a.yaml").defects]
    assert ["seems to begin here" in message for message in messages].count(True) is int(begins)
    assert any("keep one of the two" in message for message in messages) is (not begins or "{" in text)


def test_a_repeated_id_stands_at_the_later_entry_and_names_the_first() -> None:
    document = loads("- id: a\n  title: x\n- id: b\n- id: a\n  title: y\n", "a.yaml")
    assert [entry.title for entry in document.entries] == ["x", "", "y"]
    assert defect_of(document) == Defect(
        DefectKind.DUPLICATE,
        "the id `a` is given already in line 1: give this entry an id of its own",
        Position(4, 7, 4, 8),
        entry="a",
        field="id",
        found="a",
        related=(("a", Position(1, 7, 1, 8)),),
    )


def test_the_shipped_lists_first_line_for_editors_is_only_a_comment() -> None:
    document = loads("# yaml-language-server: $schema=schema.json\n- id: a\n", str(Path("x") / "a.yaml"))
    assert (only(document).id, document.defects) == ("a", ())
