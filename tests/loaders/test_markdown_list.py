"""A list with every irregularity, read for what it means: whole entries, whole defects, exact places."""

from pathlib import Path

import pytest
from markdown_text import text_at, value_of

from rlhf_linkcheck.loaders.markdown import loads
from rlhf_linkcheck.model import Category, Defect, DefectKind, Document, Entry, Link, Position, Role

PATH = Path(__file__).parents[1] / "data" / "list.md"
TEXT = PATH.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def document() -> Document:
    return loads(TEXT, "lists/list.md")


def said(entry: Entry) -> dict[str, object]:
    """What an entry says, without its places and without what it leaves empty."""
    names: tuple[str, ...] = (
        "category",
        "title",
        "authors",
        "year",
        "section",
        "nickname",
        "venue",
        "publisher",
        "language",
        "note",
    )
    names += ("keywords", "environments", "tasks")
    links = [(link.role, link.label, link.url) for link in entry.links]
    url = entry.main.url if entry.main else None
    values = {"url": url, "links": links, **{name: getattr(entry, name) for name in names}}
    return {name: value for name, value in values.items() if value not in (None, (), [])}


ENTRIES = {
    "nickname": {
        "category": Category.PAPER,
        "title": "Training: A *Study*",
        "nickname": "NickName",
        "url": "https://arxiv.org/abs/2503.00001",
        "authors": ("Ann Lee*", "Bo Poe, Jr.", "Cy Roe", "Di Soe"),
        "year": 2025,
        "section": "2025",
        "keywords": ("One (a, b)", "Two", "Three", "Four", "BERT", "10,000"),
        "links": [
            (Role.OTHER, "BERT", "https://bert.example"),
            (Role.CODE, "Official", ""),
            (Role.CODE, "third party", " https://blank.example/a"),
            (Role.DATASET, "A", "https://a.example/x"),
            (Role.DATASET, "B", "https://b.example/(x)"),
            (Role.DATASET, "C", "https://c.example"),
        ],
    },
    "second": {
        "category": Category.PAPER,
        "title": "Second",
        "url": "https://arxiv.org/abs/2503.00002",
        "authors": ("Team X & Y:", "Ethan Fox", "Gus Hay", "et al."),
        "year": 2025,
        "section": "2025",
        "note": "spotlight",
        "links": [(Role.OTHER, "code", "https://code2.example"), (Role.CODE, "", "https://bare.example/repo")],
    },
    "third": {
        "category": Category.PAPER,
        "title": "Third",
        "url": "https://arxiv.org/abs/2001.00001",
        "authors": ("Ives, Jan", "Kern, Lou", "Moss, Ned"),
        "year": 2025,
        "section": "2025",
        "venue": "NeurIPS 2023",
        "keywords": ("Lost", "Label"),
    },
    "fourth": {
        "category": Category.PAPER,
        "title": "Fourth",
        "url": "https://arxiv.org/abs/1909.00004",
        "authors": ("Kianté,Brantley", "Yan Zheng,Yujing Hu", "et al."),
        "year": 2019,
        "section": "2020 and before",
    },
    "fifth": {
        "category": Category.PAPER,
        "title": "Fifth",
        "url": "https://fifth.example",
        "authors": ("Solo",),
        "section": "2020 and before",
    },
    "lib": {
        "category": Category.CODEBASE,
        "title": "Lib",
        "url": "https://lib.example",
        "authors": ("Org",),
        "section": "Codebases",
        "keywords": ("x",),
        "environments": ("Atari",),
        "tasks": ("Train once",),
        "note": "Blog: post",
        "links": [
            (Role.TASK, "test it", "https://task.example"),
            (Role.ENVIRONMENT, "Gym", "https://gym.example"),
            (Role.OTHER, "post", "https://blog.example"),
        ],
    },
    "safe-lib": {
        "category": Category.CODEBASE,
        "title": "Safe-Lib",
        "url": "https://safe.example",
        "authors": ("Pat Quo",),
        "section": "Codebases",
        "keywords": ("glued",),
        "tasks": ("Aligned, and safe",),
    },
    "chat-the-post": {
        "category": Category.BLOG,
        "title": "Chat: the Post",
        "url": "https://blog.example/chat",
        "section": "Blogs",
        "publisher": "OpenAI",
    },
    "understanding-it": {
        "category": Category.BLOG,
        "title": "Understanding It",
        "url": "https://blog.example/wb",
        "section": "Blogs",
        "publisher": "W&B",
    },
    "通向agi之路": {
        "category": Category.BLOG,
        "title": "通向AGI之路",
        "url": "https://blog.example/zh",
        "section": "Blogs",
        "publisher": "ZhiHu",
    },
    "chat-the-post-2": {
        "category": Category.BLOG,
        "title": "Chat: the Post",
        "url": "https://blog.example/again",
        "section": "Blogs",
    },
}


def test_reads_every_entry_for_what_it_means(document: Document) -> None:
    assert {entry.id: said(entry) for entry in document.entries} == ENTRIES
    assert [entry.id for entry in document.entries] == list(ENTRIES)
    assert {entry.path for entry in document.entries} == {"lists/list.md"}


SLIPS = [
    (29, 36, "nickname", "， ", ", ", "full-width commas in a list of keywords"),
    (31, 5, "nickname", "Dataset;", "Dataset:", "a label ends in a colon: «Dataset;» for «Dataset:»"),
    (31, 38, "nickname", " ", ", ", "a comma is missing between two links"),
    (31, 65, "nickname", ",", ", ", "a blank is missing after the comma between two links"),
    (39, 5, "third", "Lost, Label", "Keyword: Lost, Label", "a field without its label"),
    (57, 1, "safe-lib", "-", "- ", "without a blank after its dash this is no list item"),
    (60, 3, "safe-lib", "-", "- ", "without a blank after its dash this is no list item"),
    (67, 7, "understanding-it", "][ ", "] [", "the blank belongs between the brackets"),
]


def test_reports_every_slip_at_its_place_and_nothing_else(document: Document) -> None:
    slips = [defect for defect in document.defects if defect.kind is DefectKind.ITEM]
    assert [
        (slip.position.line, slip.position.column, slip.entry, slip.found, slip.expected, slip.message)
        for slip in slips
    ] == SLIPS
    assert [text_at(TEXT, slip.position) for slip in slips] == [slip.found for slip in slips]
    assert [[(mending.field, mending.value) for mending in slip.mendings] for slip in slips] == [
        [("", slip.expected)] for slip in slips
    ]


def test_an_item_without_a_link_is_said_to_be_none(document: Document) -> None:
    (defect,) = [defect for defect in document.defects if defect.kind is not DefectKind.ITEM]
    assert defect == Defect(
        DefectKind.SCHEMA,
        "an item under «Codebases» without a link: expected `[title](address)`",
        Position(61, 1, 61, 2),
        found="an item without a link",
        expected="[title](address)",
    )


def test_keeps_links_outside_entries_with_their_places(document: Document) -> None:
    assert document.links == tuple(
        Link(url, Role.OTHER, Position(line, column, line, column + len(url) + escaped), label=label)
        for url, line, column, label, escaped in (
            ("https://badge.example/b.svg", 2, 11, "Badge", 0),
            ("https://badge.example", 2, 41, "Badge", 0),
            ("https://badge.example/s.svg", 2, 73, "stars", 0),
            ("#papers", 4, 12, "Papers", 0),
            ("docs/more.md", 5, 14, "Relative", 0),
            ("https://html.example/a?b=1&c=2", 8, 30, "", len("amp;")),
            ("pic.png", 8, 86, "", 0),
            ("https://auto.example", 10, 6, "", 0),
            ("https://glued.example", 12, 17, "not an entry", 0),
            ("https://reference.example/page", 14, 8, "REF", 0),
            ("https://visit.example", 19, 22, "visit", 0),
            ("https://lost.example", 62, 14, "", 0),
            ("https://license.example", 73, 12, "Apache", 0),
        )
    )


def test_knows_what_fragments_can_name(document: Document) -> None:
    headings = {"awesome-tests", "an-html-heading", "-papers", "2025", "2020-and-before", "codebases", "blogs"}
    assert document.anchors == headings | {"license", "named", "top"}
    assert document.folder == "lists"


def test_reads_suppressions(document: Document) -> None:
    (suppression,) = document.suppressions
    assert (suppression.codes, suppression.line) == (("LNK105", "ENT"), 27)
    assert text_at(TEXT, suppression.position) == "linkcheck: ignore[LNK105, ENT]"


def test_an_entry_reaches_from_its_dash_to_the_end_of_its_last_line(document: Document) -> None:
    assert document.entries[0].position == Position(27, 1, 31, 88)
    assert document.entries[6].position == Position(57, 1, 60, 18)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_the_text_at_every_position_is_the_value(end: str) -> None:
    text = TEXT.replace("\n", end)
    document = loads(text, "list.md")
    # The names are a line with its commas, the note one with a link in it: more than their values.
    fields = [
        (entry, field, position)
        for entry in document.entries
        for field, position in entry.positions
        if field not in ("authors", "note")
    ]
    found = [(entry.id, field, text_at(text, position)) for entry, field, position in fields]
    assert found == [(entry.id, field, value_of(entry, field)) for entry, field, _ in fields]
    links = [link for entry in document.entries for link in entry.all_links]
    assert [text_at(text, link.position) for link in links] == [link.url for link in links]


def test_line_ends_change_nothing(document: Document) -> None:
    assert loads(TEXT.replace("\n", "\r\n"), "lists/list.md") == document
