"""Setting lines: nothing from outside moves the cursor, and a terminal's width is kept where words allow."""

import re
from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from strategies import TEXTS

from rlhf_linkcheck.reporters import Style
from rlhf_linkcheck.reporters.typesetting import LONGEST, Line, Place, Span, Tone, harmless
from rlhf_linkcheck.reporters.typesetting import typeset as typeset_by_line

GREATEST_HANG = 14
ANSI = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;;[^\x1b]*\x1b\\")


def typeset(lines: Iterable[Line], style: Style) -> str:
    parts = list(typeset_by_line(lines, style))
    assert all(part.endswith("\n") for part in parts)
    return "".join(parts)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain – «ü» 强化学习 👩", "plain – «ü» 强化学习 👩"),
        ("\x1b[31mred", "\\x1b[31mred"),
        ("a\r\nb\tc", "a\\r\\nb\\tc"),
        ("\x9b2J\x7f", "\\x9b2J\\x7f"),
        ("\u202etxt.exe\u2066", "\\u202etxt.exe\\u2066"),
        ("a\u2028b\u00a0c\u3000d\u200be", "a\\u2028b\\xa0c\\u3000d\\u200be"),
        ("\ud800", "\\ud800"),
        ("\U000e0041", "\\U000e0041"),
        ("[bold]x[/bold] :warning:", "[bold]x[/bold] :warning:"),
        ("x" * (LONGEST + 5), "x" * LONGEST + "… (5 more)"),
    ],
)
def test_what_cannot_be_seen_is_spelt_out(text: str, shown: str) -> None:
    assert harmless(text) == shown
    assert typeset([Line((Span(text),))], Style()) == shown + "\n"


def lines() -> st.SearchStrategy[list[Line]]:
    spans = st.builds(Span, TEXTS, st.sampled_from(Tone), st.none() | TEXTS | st.just("https://a.org/x"))
    return st.lists(st.builds(Line, st.lists(spans, max_size=4).map(tuple), st.integers(0, GREATEST_HANG)), max_size=4)


@given(lines())
def test_a_pipe_gets_each_line_on_one_line_without_any_control(given_lines: list[Line]) -> None:
    rows = typeset(given_lines, Style()).split("\n")
    assert len(rows) == len(given_lines) + 1
    assert all(row.isprintable() and row == row.rstrip() for row in rows)


@given(lines())
def test_colour_adds_nothing_but_colour(given_lines: list[Line]) -> None:
    coloured = typeset(given_lines, Style(color=True, hyperlinks=True))
    assert ANSI.sub("", coloured) == typeset(given_lines, Style())


@given(lines(), st.integers(20, 90))
def test_a_row_fits_the_width_unless_the_first_word_on_it_is_longer(given_lines: list[Line], width: int) -> None:
    text = typeset(given_lines, Style(width=width))
    assert all(row.isprintable() for row in text.split("\n"))
    for row in text.splitlines():
        before, _, _ = re.sub(r"(^| )\d{1,3} (\S+)$", r"\1\2", row).rpartition(" ")
        assert cell_len(row) <= width or cell_len(before) < GREATEST_HANG


def test_what_does_not_fit_goes_on_below_and_an_address_stays_whole() -> None:
    address = "https://example.org/" + "x" * 30
    line = Line((Span("  link: "), Span(address), Span("  (web, today)")), hang=8)
    assert typeset([line], Style(width=30)) == f"  link: {address}\n        (web, today)\n"


def test_a_remark_in_brackets_at_the_end_is_not_torn_apart() -> None:
    line = Line((Span("some (odd words) and more"), Span("  (web, today)")), hang=2)
    assert typeset([line], Style(width=32)) == "some (odd words) and more\n  (web, today)\n"
    assert typeset([line], Style(width=12)) == "some (odd\n  words) and\n  more\n  (web, today)\n"


def test_a_number_stays_with_what_it_counts() -> None:
    line = Line((Span("error     6 empty-link, 2 shared-link, 1 wrong-paper"),), hang=10)
    assert (
        typeset([line], Style(width=28))
        == "error     6 empty-link,\n          2 shared-link,\n          1 wrong-paper\n"
    )


@pytest.mark.parametrize(
    ("style", "place", "target"),
    [
        (Style(folder="/lists", host="box"), Place("a b.yaml", 12), "file://box/lists/a%20b.yaml#12"),
        (Style(folder="/lists", host="box"), Place("/elsewhere/é.md", 1), "file://box/elsewhere/%C3%A9.md#1"),
        (Style(folder="/lists"), Place("a\x1b\\\ud800", 1), "file:///lists/a%1B%5C%3F#1"),
        (Style(folder="/lists"), Place("-", 1), None),
        (Style(), Place("a.yaml", 12), None),
    ],
)
def test_a_place_in_a_file_leads_to_its_line(style: Style, place: Place, target: str | None) -> None:
    line = Line((Span("here", link=place),))
    linked = f"\x1b]8;;{target}\x1b\\here\x1b]8;;\x1b\\\n" if target else "here\n"
    assert typeset([line], replace(style, color=True, hyperlinks=True)) == linked
    assert typeset([line], replace(style, color=True)) == "here\n"


def test_a_wide_character_takes_two_columns() -> None:
    assert typeset([Line((Span("强化 学习 强化"),), hang=2)], Style(width=10)) == "强化 学习\n  强化\n"


@pytest.mark.parametrize(
    ("address", "linked"),
    [
        ("https://a.org/x", True),
        ("http://a.org/", True),
        ("javascript:alert(1)", False),
        ("https://a.org/\x1b\\", False),
        ("https://ä.org/", False),
    ],
)
def test_only_a_harmless_web_address_is_handed_to_the_terminal(address: str, linked: bool) -> None:
    line = Line((Span("here", link=address),))
    assert (f"\x1b]8;;{address}\x1b\\here" in typeset([line], Style(color=True, hyperlinks=True))) is linked
    assert "\x1b]8" not in typeset([line], Style(color=True))


def test_neither_the_environment_nor_chance_changes_the_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    line = Line((Span("an error", Tone.ERROR, "https://a.org/"), Span(" and words")), hang=2)
    style = Style(12, color=True, hyperlinks=True)
    expected = typeset([line], style)
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb"), ("COLUMNS", "7"), ("FORCE_COLOR", "0")):
        monkeypatch.setenv(name, value)
    assert typeset([line], style) == expected
