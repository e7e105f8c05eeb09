"""What stands outside the entries: links in every form, anchors, comments; and input that means harm."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_text import text_at

from rlhf_linkcheck.loaders.markdown import loads
from rlhf_linkcheck.loaders.markdown.blocks import MAX_BLOCKS
from rlhf_linkcheck.model import DefectKind, Position


def urls_of(text: str) -> list[str]:
    document = loads(text, "README.md")
    assert (document.entries, document.defects) == ((), ())
    assert all(link.url in text_at(text, link.position) for link in document.links)
    return [link.url for link in document.links]


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("[a](/b) ![c](d.png)", ["/b", "d.png"]),
        ("# [a](/b) #", ["/b"]),
        ("[a](/b)\n===", ["/b"]),
        ("> - [a](/b)\n> 1. [c](/d)", ["/b", "/d"]),
        ("| [a](/b) | [c](/d) |\n|---|---|\n| [e](/f) | g |", ["/b", "/d", "/f"]),
        ("<p align='center'>\n  <a href=/b><img src=\"c.png\"></a>\n</p>", ["/b", "c.png"]),
        ("a <A HREF='/b'>c</A> <link href=x> <area>", ["/b"]),
        ("https://a.example/b_c and <https://d.example>", ["https://a.example/b_c", "https://d.example"]),
        ("[a]: /b\n[a]: /c\n\n[a] [a][] [x][a]", ["/b", "/c"]),
        ("[a]:\n  /b\n  'title'", ["/b"]),
        ("<me@x.example> <mailto:me@x.example>", []),
        ("    [a](/b)\n\n```\n[c](/d)\n```\n\n`[e](/f)`\n\n<!-- [g](/h) <a href=/i> -->", []),
        ("<!-- open\n\n[a](/b) <a href=/c>", []),
        ("<div a <a href=/b>", ["/b"]),
        ("text <!-- <a href=/c> --> [a](/b)", ["/b"]),
        ("- x\n\n      [a](/b)\n\n  [c](/d)", ["/d"]),
        ("1. [a](/b)\n-[c](/d)", ["/b", "/d"]),
        ("<div>\n- a\n-b <a href=/c>\n</div>", ["/c"]),
        ("- a\n\n  b\n       -[c](/d)", ["/d"]),
    ],
)
def test_finds_links_in_every_form_and_none_in_code_or_comments(text: str, urls: list[str]) -> None:
    assert urls_of(text) == urls


@pytest.mark.parametrize(
    ("text", "anchors"),
    [
        ("# A b\n\n## A b\n", {"a-b", "a-b-1"}),
        ("# [Link](x) and `code`", {"link-and-code"}),
        ("# **Bold**", {"bold"}),
        ("A\nb\n===", {"a-b"}),
        ('<a name="Foo"></a> <span id=bar>', {"foo", "bar"}),
        ('<div id="x">\n<h2>In <b>HTML</b></h2>\n</div>', {"x", "in-html"}),
        ("<!-- <a name=x> -->\n\n```\n# no\n```", set()),
        ("- # In an item", {"in-an-item"}),
        ("## Papers\n- [T](/t) <a id=y></a>\n\n  # Inside", {"papers", "y", "inside"}),
    ],
)
def test_anchors_are_headings_ids_and_names(text: str, anchors: set[str]) -> None:
    assert loads(text, "README.md").anchors == anchors | {"top"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a <!-- linkcheck: ignore[LNK105] -->", [(1, ("LNK105",))]),
        ("<!--linkcheck:ignore[ LNK , ENT107 ]-->", [(1, ("LNK", "ENT107"))]),
        ("<!-- why:\n  linkcheck: ignore[A] -->\n\n<!-- linkcheck: ignore[B] -->", [(2, ("A",)), (4, ("B",))]),
        ("## Papers\n- [T](/t)\n  - Code: [a](/b) <!-- linkcheck: ignore[LNK] -->", [(3, ("LNK",))]),
        ("linkcheck: ignore[A] `<!-- linkcheck: ignore[B] -->`", []),
        ("<!-- linkcheck: ignore[] --> <!-- linkcheck: ignore -->", [(1, ()), (1, ())]),
        ("<!-- linkcheck: ignore[lnk105] -->", [(1, ("LNK105",))]),
    ],
)
def test_comments_ask_for_silence(text: str, found: list[tuple[int, tuple[str, ...]]]) -> None:
    suppressions = loads(text, "README.md").suppressions
    assert [(suppression.line, suppression.codes) for suppression in suppressions] == found
    assert all(text_at(text, suppression.position).startswith("linkcheck:") for suppression in suppressions)


@pytest.mark.parametrize(("path", "folder"), [("README.md", "."), ("a/b/README.md", "a/b"), ("/x.md", "/")])
def test_relative_paths_start_from_the_files_folder(path: str, folder: str) -> None:
    assert loads("", path).folder == folder


@pytest.mark.unmeasured
def test_a_text_that_is_too_large_for_a_list_is_refused() -> None:
    (defect,) = loads("a\n" * MAX_BLOCKS, "README.md").defects
    assert (defect.kind, defect.position) == (DefectKind.SYNTAX, Position(1, 1, 1, 1))
    assert defect.message == "a Markdown list of more than 200,000 lines and items is not read: split it"
    assert loads("\n" * (MAX_BLOCKS - 1), "README.md").defects == ()


@pytest.mark.parametrize("line", ["- " * 1000, "> " * 1000, ">" * 1000])
def test_items_begun_on_one_line_count(line: str) -> None:
    (defect,) = loads(f"{line}\n" * 201, "README.md").defects
    assert (defect.kind, defect.message[:28]) == (DefectKind.SYNTAX, "a Markdown list of more than")


@pytest.mark.parametrize("text", [">" * 200 + " a", "- " * 200 + "a", "\n".join("  " * n + "- a" for n in range(200))])
def test_what_is_nested_too_deep_is_said_to_be_unread(text: str) -> None:
    (defect,) = loads(text, "README.md").defects
    assert (defect.kind, defect.message) == (DefectKind.SYNTAX, "what is nested more than 100 deep is not read")


BEFORE: tuple[str, ...] = (
    "",
    "## Papers\n- [t](http://x) ",
    "## Papers\n- [t](http://x)\n  - ",
    "## Papers\n- [t](/x)\n  - Code: ",
)
UNITS: tuple[str, ...] = (
    "[",
    "](",
    "![",
    "[a](",
    "[a](<",
    '[a](b "',
    "`a",
    "*a ",
    "<a ",
    "<!--",
    "&#",
    "\\",
    "a, ",
    "[a](/b) ",
    "(",
    " and ",
)
UNITS += ("http://a", "[a](http://b (", "[a] (http://", "，", "<a b=' ", "http://" + "." * 50, "[^", "\ta", ": ")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("before", BEFORE)
@pytest.mark.unmeasured
def test_a_long_line_of_anything_is_read(before: str, unit: str) -> None:
    document = loads(before + unit * (20_000 // len(unit)), "README.md")
    assert len(document.entries) == bool(before)


@pytest.mark.parametrize("unit", ["[", "![", "](", "<!--"])
@pytest.mark.unmeasured
def test_a_megabyte_of_one_mark_is_read(unit: str) -> None:
    assert loads(unit * (1_000_000 // len(unit)), "README.md").links == ()


@pytest.mark.unmeasured
def test_images_nested_without_end_are_read() -> None:
    text = "![" * 5_000 + "a" + "](b)" * 5_000
    assert len(loads(text, "README.md").links) == 5_000


PARTS: tuple[str, ...] = (
    "\n",
    "\r",
    "\r\n",
    "  ",
    "\t",
    "- ",
    "-",
    "## Papers\n",
    "### 2020 and before\n",
    "[a](b)",
    "[",
    "]",
    "(",
    ")",
)
PARTS += ("Keyword: ", "Code; ", "<a href='x'>", "<!-- linkcheck: ignore[A] -->", "```", "`", ">", "et al.", ", ", "，")
PARTS += ("\0", "\x0b", "\x85", "\u2028", "\u3000", "\xa0", "é", "https://x.example", "[a]: b", "*", "&amp;")
MARKDOWN = st.lists(st.sampled_from(PARTS) | st.text(max_size=3), max_size=30).map("".join)


@example("\x0b\n<a href='x'>")
@example("[a]: b\x85")
@settings(max_examples=500)
@given(MARKDOWN)
def test_any_text_is_read_and_its_links_stand_where_they_are_said_to(text: str) -> None:
    document = loads(text, "README.md")
    links = (*document.links, *(link for entry in document.entries for link in entry.all_links))
    for link in links:
        at = text_at(text, link.position).replace("\0", "\N{REPLACEMENT CHARACTER}")
        assert link.url == at.replace("&amp;", "&") or "\\" in at
    for defect in document.defects:
        assert defect.kind is not DefectKind.ITEM or text_at(text, defect.position) == defect.found
