"""Text from outside in Markdown: whatever it is, GitHub shows it and does nothing else with it."""

from collections.abc import Callable

import pytest
from gfm import NOTICED, Page
from hypothesis import given
from hypothesis import strategies as st
from strategies import ADDRESSES, TEXTS

from rlhf_linkcheck.reporters.marking import marked
from rlhf_linkcheck.reporters.markup import MOST, block, cell, code, link, prose, tagged
from rlhf_linkcheck.reporters.typesetting import harmless

ATTACKS = (
    "@everyone",
    "fixes #12, closes GH-7",
    "o/r#1 user@0123456789abcdef0123456789abcdef01234567",
    "<img src=x onerror=alert(1)>",
    "</details></summary><!-- -->",
    "<!-- --> <?x ?> <![CDATA[x]]>",
    "[a](https://evil.example)",
    "![a](https://evil.example/x.png)",
    "https://evil.example www.evil.example mail@evil.example",
    "<https://evil.example>",
    "``` ` `` `````",
    "`@a` and `",
    "| a | b |",
    "**b** _i_ ~~s~~ \\",
    "&lt;b&gt; &#64;everyone",
    ":warning: $a$ $`b`$",
    "# head",
    "- item",
    "1. item",
    "> quote",
    "---",
    "a  \nb\r\n\r\n# c",
    "[x]: https://evil.example",
    "[^1]",
    "\u202eelpmaxe",
    "strasse 0123abc",
)
OUTSIDE = st.one_of(st.sampled_from(ATTACKS), TEXTS, st.text("ab @#<>&`*_~[]()|!\\:/.-+$0w\n", max_size=12))


@pytest.mark.parametrize("text", ATTACKS)
@pytest.mark.parametrize("write", [prose, code, link, lambda text: f"in a block\n{block(text, '  ')}"])
def test_an_attack_is_shown_and_does_nothing(text: str, write: Callable[[str], str]) -> None:
    page = Page(f"- x: {write(text)}\n\ny\n")
    assert " ".join(harmless(text).split()) in " ".join(page.text.split())
    assert not NOTICED.search(page.prose)
    assert page.links == []
    assert set(page.tags) <= {"ul", "li", "code", "pre", "p"}


@given(OUTSIDE)
def test_any_text_is_shown_as_it_is_and_nothing_else(text: str) -> None:
    page = Page(f"- x: {prose(text)} {code(text)} y\n  - z\n{block(text, '    ')}\nend\n")
    shown = harmless(text)
    assert page.tags.count("ul") == 2
    assert set(page.tags) <= {"ul", "li", "code", "p", "pre", "em"}
    assert page.links == []
    assert not NOTICED.search(page.prose)
    assert page.code[-1] == f"{shown}\n"
    if "em" not in page.tags and shown.strip(" "):
        assert " ".join(f"x: {shown} {shown} y".split()) in " ".join(page.text.split())
        assert shown in page.code


@given(OUTSIDE, OUTSIDE)
def test_marks_change_nothing_but_the_marks(listed: str, found: str) -> None:
    less, more = marked(listed, found)
    page = Page(f"- x: {tagged(less, 'del')}\n- y: {tagged(more, 'ins')}\n")
    assert set(page.tags) <= {"ul", "li", "code", "em", "del", "ins"}
    assert page.links == []
    assert not NOTICED.search(page.prose)
    for text, name in ((listed, "x"), (found, "y")):
        if text.strip(" "):
            framed = text if text == text.strip() else f"«{text}»"
            assert " ".join(f"{name}: {harmless(framed)}".split()) in " ".join(page.text.split())


@given(st.lists(OUTSIDE | ADDRESSES, min_size=1, max_size=3))
def test_a_row_of_a_table_keeps_its_cells(texts: list[str]) -> None:
    cells = [cell(write(text)) for text in texts for write in (prose, code, link)]
    head = "|".join("h" for _ in cells)
    page = Page(f"|{head}|\n|{head.replace('h', '---')}|\n| {' | '.join(cells)} |\n\nend\n")
    assert page.tags.count("td") == page.tags.count("th") == len(cells)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("is called huggingface/trl now", "is called huggingface/trl now"),
        ("REINFORCE++: A «Simple» Approach (Not) & 3.5%", "REINFORCE++: A «Simple» Approach (Not) & 3.5%"),
        ("Feedback on the 1234567th", "Feedback on the 1234567th"),
        ("says @bot: it fixes #1.", "says `@bot`: it fixes `#1`."),
        ("has no a_b/c.sh; link to it", "has no `a_b/c.sh`; link to it"),
        ("two odd_words _here", "two `odd_words _here`"),
        ("since 7f5055bd3337 (7f5055b): new", "since `7f5055bd3337 (7f5055b)`: new"),
        ("(a_b (c_d), e_f (g_h).)", "(`a_b (c_d), e_f (g_h)`.)"),
        ("is a_b «c_d».", "is `a_b «c_d»`."),
        ("is (a_b) now)", "is (`a_b`) now)"),
        ("a ` tick", "a `` ` `` tick"),
        ("", ""),
        ("a\nb", "`a\\nb`"),
        ("x" * (MOST + 2), "x" * MOST + "… (2 more)"),
    ],
)
def test_plain_words_are_prose_and_others_code(text: str, written: str) -> None:
    assert prose(text) == written


@pytest.mark.parametrize(
    ("text", "written"),
    [("a", "`a`"), ("a`b", "``a`b``"), (" a", "`  a `"), ("", "_nothing_"), ("  ", "`«  »`")],
)
def test_a_code_span_has_enough_backticks(text: str, written: str) -> None:
    assert code(text) == written


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://a.org/x_y?a=b&c#d", "<https://a.org/x_y?a=b&c#d>"),
        ("http://[::1]:80/", "<http://[::1]:80/>"),
        ("https://github.com/a/b/issues/1", "`https://github.com/a/b/issues/1`"),
        ("https://github.com/a/b/commit/0123456", "`https://github.com/a/b/commit/0123456`"),
        ("https://a.org/" + "x" * 500, "`https://a.org/" + "x" * 286 + "… (214 more)`"),
        ("https://ä.org/", "`https://ä.org/`"),
        ("javascript:alert", "`javascript:alert`"),
        ("https://user@a.org/", "`https://user@a.org/`"),
    ],
)
def test_a_plain_web_address_is_a_link_and_no_other(address: str, written: str) -> None:
    assert link(address) == written


def test_what_differs_is_marked_in_one_kind_of_letters() -> None:
    assert tagged(("Noisy ", "Human", " Words"), "del") == "Noisy <del>Human</del> Words"
    assert tagged(("a_b ", "c", " ", "d", ""), "ins") == "`a_b` <ins>`c`</ins> <ins>`d`</ins>"
    assert tagged(("- ",), "ins") == "`«- »`"
    assert tagged((), "ins") == "_nothing_"
    assert tagged(("x" * MOST, "y", ""), "ins") == f"`{'x' * MOST}… (1 more)`"
