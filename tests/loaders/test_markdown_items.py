"""Single items: names, keywords, links and labels in all the ways people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_text import entry_of, read, text_at, value_of

from rlhf_linkcheck.loaders.markdown import loads
from rlhf_linkcheck.model import DefectKind, Entry, Role


def below(*lines: str, heading: str = "## Papers") -> Entry:
    """An entry with these lines below its link."""
    return entry_of("- [T](https://t.example)", *(f"  - {line}" for line in lines), heading=heading)


def links_of(entry: Entry) -> list[tuple[Role, str, str]]:
    return [(link.role, link.label, link.url) for link in entry.links]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ann Lee", ("Ann Lee",)),
        ("Ann Lee, Bo Poe", ("Ann Lee", "Bo Poe")),
        ("Ann Lee and Bo Poe", ("Ann Lee", "Bo Poe")),
        ("Ann Lee, Bo Poe and Cy Roe", ("Ann Lee", "Bo Poe", "Cy Roe")),
        ("Ann Lee, Bo Poe, and Cy Roe", ("Ann Lee", "Bo Poe", "Cy Roe")),
        ("Ann Lee, Bo Poe, & Cy Roe", ("Ann Lee", "Bo Poe", "Cy Roe")),
        ("Ann Lee, et al.", ("Ann Lee", "et al.")),
        ("Ann Lee et al.", ("Ann Lee", "et al.")),
        ("Ann Lee, et al", ("Ann Lee", "et al.")),
        ("Ann Lee, Et. al.", ("Ann Lee", "et al.")),
        ("Ann Lee, Bo Poe and others", ("Ann Lee", "Bo Poe", "et al.")),
        ("Ann Lee, et al., ", ("Ann Lee", "et al.")),
        ("Ann Lee, , Bo Poe", ("Ann Lee", "", "Bo Poe")),
        ("Ann Lee,", ("Ann Lee", "")),
        ("Kianté,Brantley, Bo Poe", ("Kianté,Brantley", "Bo Poe")),
        ("Yan Zheng,Yujing Hu", ("Yan Zheng,Yujing Hu",)),
        ("Ann Lee，Bo Poe， Cy Roe", ("Ann Lee，Bo Poe， Cy Roe",)),
        ("Ann Lee*, Bo Poe†", ("Ann Lee*", "Bo Poe†")),
        ("Ann Lee, Jr., Bo Poe III, Cy Roe, Sr", ("Ann Lee, Jr.", "Bo Poe III", "Cy Roe, Sr")),
        ("Ruixin (Ray, the) Yang, Bo Poe", ("Ruixin (Ray, the) Yang", "Bo Poe")),
        ("Lab & Co: Ann Lee, Bo Poe", ("Lab & Co:", "Ann Lee", "Bo Poe")),
        ("Authors: Ann Lee, Bo Poe", ("Ann Lee", "Bo Poe")),
        ("Lee, Ann and Poe, Bo and Roe, Cy", ("Lee, Ann", "Poe, Bo", "Roe, Cy")),
        ("Lee, Ann and Poe, Bo", ("Lee, Ann", "Poe, Bo")),
        ("van der Lee, Ann and Poe, Bo and Roe, Cy", ("van der Lee, Ann", "Poe, Bo", "Roe, Cy")),
        ("Lee, Ann and Poe, Bo and others", ("Lee, Ann", "Poe, Bo", "et al.")),
        ("Ann Lee, Bo Poe and Cy Roe, Di Soe", ("Ann Lee", "Bo Poe and Cy Roe", "Di Soe")),
        ("OpenAI", ("OpenAI",)),
        ("**Ann Lee**, _Bo Poe_", ("Ann Lee", "Bo Poe")),
        ("Ann Lee\\*, Bo&nbsp;Poe", ("Ann Lee*", "Bo\N{NO-BREAK SPACE}Poe")),
        ("Ann Lee,\n    Bo Poe, Cy\n    Roe", ("Ann Lee", "Bo Poe", "Cy Roe")),
        ("[Ann Lee](https://a.example/b,c), Bo Poe", ("Ann Lee", "Bo Poe")),
        ("Ann Lee<sup>1</sup>, Bo Poe <!-- a, b -->", ("Ann Lee1", "Bo Poe")),
    ],
)
def test_authors_are_one_item_a_person_as_printed(line: str, names: tuple[str, ...]) -> None:
    assert below(line).authors == names


def test_what_a_name_is_linked_to_is_kept() -> None:
    assert links_of(below("[Ann Lee](https://a.example/b,c), Bo Poe")) == [
        (Role.OTHER, "Ann Lee", "https://a.example/b,c")
    ]


@pytest.mark.parametrize(
    ("line", "keywords"),
    [
        ("Keyword: A, B c", ("A", "B c")),
        ("keywords:  A ,B", ("A ,B",)),
        ("Keyword: A; B, C", ("A", "B", "C")),
        ("Keyword: A，B；C、D", ("A", "B", "C", "D")),
        ("Keyword: 10,000 a, B", ("10,000 a", "B")),
        ("Keyword: A (b, c), D", ("A (b, c)", "D")),
        ("Keyword:", ()),
        ("Keyword: , A,", ("A",)),
        ("**Keyword:** A, B", ("A", "B")),
        ("**Keyword**: `A`", ("A",)),
        ("Keyword: TL;DR, CNN/DM", ("TL;DR", "CNN/DM")),
        ("Keyword: see [A](https://a.example) b", ("see A b",)),
    ],
)
def test_keywords_are_split_at_commas_and_semicolons(line: str, keywords: tuple[str, ...]) -> None:
    assert below("Ann Lee", line).keywords == keywords


@pytest.mark.parametrize(
    ("line", "links"),
    [
        ("Code: [Official]()", [(Role.CODE, "Official", "")]),
        ("Code: [Official]", [(Role.CODE, "Official", "")]),
        ("Code: [Official](<>)", [(Role.CODE, "Official", "")]),
        ("Code: [a]( https://a.example)", [(Role.CODE, "a", " https://a.example")]),
        ("Code: [a](https://a.example/b c)", [(Role.CODE, "a", "https://a.example/b c")]),
        ("Code: https://a.example", [(Role.CODE, "", "https://a.example")]),
        ("Code: <https://a.example>", [(Role.CODE, "", "https://a.example")]),
        ('Code: <a href="https://a.example">a</a>', [(Role.CODE, "", "https://a.example")]),
        (
            "Dataset: [a](https://a.example), [b](https://b.example)",
            [(Role.DATASET, c, f"https://{c}.example") for c in "ab"],
        ),
        ("Datasets: [a](https://a.example)", [(Role.DATASET, "a", "https://a.example")]),
        ("Env: [a](https://a.example)", [(Role.ENVIRONMENT, "a", "https://a.example")]),
        ("Tasks: [IMDB sentiment](https://a.example)", [(Role.TASK, "IMDB sentiment", "https://a.example")]),
        ("Project Page: [a](https://a.example)", [(Role.PROJECT, "a", "https://a.example")]),
        ("Keyword: A, [B](https://b.example)", [(Role.OTHER, "B", "https://b.example")]),
        ("Video: [a](https://a.example)", [(Role.OTHER, "a", "https://a.example")]),
        (
            "Code: [![b](https://b.svg)](https://a.example)",
            [(Role.CODE, "b", "https://a.example"), (Role.CODE, "b", "https://b.svg")],
        ),
    ],
)
def test_links_have_the_role_of_their_line(line: str, links: list[tuple[Role, str, str]]) -> None:
    assert links_of(below("Ann Lee", line)) == links


@pytest.mark.parametrize(
    ("line", "field", "value"),
    [
        ("Env: Atari, MuJoCo", "environments", ("Atari", "MuJoCo")),
        ("Task: Read, write and count", "tasks", ("Read, write and count",)),
        ("Task:", "tasks", ()),
        ("Venue: ICML", "venue", "ICML"),
        ("Publisher: OpenAI", "publisher", "OpenAI"),
        ("Language: Turkish", "language", "Turkish"),
        ("Note: read me", "note", "read me"),
        ("Note:", "note", None),
        ("Dataset: none yet", "note", "Dataset: none yet"),
        ("Code: [a](https://a.example) (PyTorch)", "note", "Code: a (PyTorch)"),
        ("TL;DR: it works", "note", "TL;DR: it works"),
        ("Video: [a](https://a.example)", "note", "Video: a"),
        ("ICLR 2024 (Spotlight)", "venue", "ICLR 2024 (Spotlight)"),
        ("Dataset:\n    - IMDB", "note", "IMDB"),
    ],
)
def test_nothing_of_a_line_is_dropped(line: str, field: str, value: object) -> None:
    assert getattr(below("Ann Lee", line), field) == value


def test_lines_nested_in_a_labelled_line_belong_to_it() -> None:
    entry = below("Ann Lee", "Dataset:\n    - [a](https://a.example)\n    - [b](https://b.example)\n    - Env: Atari")
    assert links_of(entry) == [(Role.DATASET, "a", "https://a.example"), (Role.DATASET, "b", "https://b.example")]
    assert entry.environments == ("Atari",)


def test_a_second_paragraph_and_html_are_a_note_with_links() -> None:
    entry = entry_of(
        "- [T](https://t.example)\n\n  More on [it](https://m.example).\n\n  <div>\n  x\n  </div>\n\n  - Ann Lee"
    )
    assert (entry.note, entry.authors) == ("More on it.; x", ("Ann Lee",))
    assert links_of(entry) == [(Role.OTHER, "it", "https://m.example")]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("[T](https://t.example) (Nick)", ("T", "Nick", None, None)),
        ("[T](https://t.example)(Nick)", ("T", "Nick", None, None)),
        ("[T (a)](https://t.example)", ("T (a)", None, None, None)),
        ("[T](https://t.example) - a word", ("T", None, None, "a word")),
        ("[ICML 2024] [T](https://t.example) (Nick), and more", ("T", "Nick", "ICML 2024", "and more")),
        ("[x] [T](https://t.example)", ("T", None, None, None)),
        ("New: [T](https://t.example)", ("T", None, None, "New:")),
        ("[A] new [B] [T](https://t.example)", ("T", None, "A", "new [B]")),
        ("**[T](https://t.example)**", ("T", None, None, None)),
        ("[**T**](https://t.example)", ("T", None, None, None)),
        ("[`T`](https://t.example)", ("T", None, None, None)),
        ("[A&amp;B \\[x\\]](https://t.example)", ("A&B [x]", None, None, None)),
        ("[T\n  wraps](https://t.example)", ("T wraps", None, None, None)),
        ("[![b](https://b.svg)](https://b.example) [T](https://t.example)", ("T", None, None, None)),
        ("[T] (https://t.example)", ("T", None, None, None)),
    ],
)
def test_the_first_line_gives_title_nickname_prefix_and_note(line: str, expected: tuple[str | None, ...]) -> None:
    entry = entry_of(f"- {line}")
    assert entry.main is not None
    assert entry.main.url == "https://t.example"
    assert (entry.title, entry.nickname, entry.venue, entry.note) == expected


def test_images_beside_the_title_are_links_too() -> None:
    entry = entry_of("- [![b](https://b.svg)](https://b.example) [T](https://t.example) ![c](https://c.svg)")
    assert links_of(entry) == [
        (Role.OTHER, "b", "https://b.example"),
        (Role.OTHER, "b", "https://b.svg"),
        (Role.OTHER, "c", "https://c.svg"),
    ]


def test_a_badge_is_the_link_where_there_is_no_other() -> None:
    entry = entry_of("- [![b](https://b.svg)](https://b.example)")
    assert (entry.title, entry.main and entry.main.url) == ("b", "https://b.example")
    assert links_of(entry) == [(Role.OTHER, "b", "https://b.svg")]


@pytest.mark.parametrize("line", ["- https://t.example", "- <https://t.example>", "- [](https://t.example)"])
def test_an_entry_without_a_title_is_said_to_lack_one(line: str) -> None:
    document = read(line)
    (entry,), (defect,) = document.entries, document.defects
    assert (entry.id, entry.title, entry.main and entry.main.url) == ("entry", "", "https://t.example")
    assert (defect.kind, defect.entry, defect.field) == (DefectKind.SCHEMA, "entry", "title")
    assert text_at(f"## Papers\n{line}", defect.position) == "https://t.example"


@pytest.mark.parametrize(
    "line", ["- no link", "- - nested", "-", "- ```\n  code\n  ```", "- <b>\n  x\n  </b>", "1. one"]
)
def test_an_item_without_a_link_is_never_silent(line: str) -> None:
    document = read(line)
    assert document.entries == ()
    assert [(defect.kind, defect.position.line) for defect in document.defects] == [(DefectKind.SCHEMA, 2)]


def test_links_of_what_is_no_entry_are_the_documents() -> None:
    document = read("- Surveys", "  - [T](https://t.example)")
    assert [link.url for link in document.links] == ["https://t.example"]


def test_a_reference_is_read_at_its_definition_and_listed_once() -> None:
    definitions = "[r]: <https://r.example>\n[a]: https://a.example\n[B]: /b 'x'\n[B]: /c\n"
    text = f"## Papers\n- [T][r]\n  - Code: [a][], [b]\n\n{definitions}"
    document = loads(text, "README.md")
    (entry,) = document.entries
    assert [(link.url, text_at(text, link.position)) for link in entry.all_links] == [
        ("https://r.example", "https://r.example"),
        ("https://a.example", "https://a.example"),
        ("/b", "/b"),
    ]
    assert document.links == ()


WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12)
CLEAN = (
    WORDS.map(lambda text: "".join(c for c in text if c not in "[]()<>\\`*_&,;:，；：、#-+!."))
    .map(str.strip)
    .filter(bool)
)
URLS = st.text("abcXYZ09-_~%?=/é", max_size=20).map(lambda rest: f"https://x.example/{rest}")


@given(
    title=CLEAN,
    urls=st.lists(URLS, min_size=1, max_size=4),
    names=st.lists(CLEAN, min_size=1, max_size=4),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    indent=st.sampled_from(["  ", "    ", "\t"]),
)
def test_the_text_at_every_position_is_the_value(
    title: str, urls: list[str], names: list[str], end: str, indent: str
) -> None:
    lines = ["## Papers", f"- [{title}]({urls[0]}) ({names[0]})", f"{indent}- Keyword: {', '.join(names)}"]
    lines.append(f"{indent}- Code: {', '.join(f'[{name}]({url})' for name, url in zip(names, urls, strict=False))}")
    text = end.join(lines)
    (entry,) = loads(text, "README.md").entries
    assert entry.main is not None
    assert (entry.title, entry.main.url, entry.keywords) == (title, urls[0], tuple(names))
    assert [(link.label, link.url) for link in entry.links] == list(zip(names, urls, strict=False))
    fields = list(entry.positions)
    assert {field for field, _ in fields} >= {
        "url",
        "title",
        "nickname",
        "keywords[0]",
        "links[0].url",
        "links[0].label",
    }
    assert [(field, text_at(text, place)) for field, place in fields] == [
        (field, value_of(entry, field)) for field, _ in fields
    ]
