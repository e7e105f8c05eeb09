"""The HTML report as text: what stands in it, that nothing in it can be taken for more, and that it comes in pieces."""

import base64
import hashlib
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any, TypeAlias

import pytest
from golden_report import EMPTY, GOLDEN
from hostile_report import ATTACKS, hostile
from hypothesis import given
from large_report import large
from strategies import reports

from rlhf_linkcheck.report import Report
from rlhf_linkcheck.reporters import Style
from rlhf_linkcheck.reporters.html import HtmlReporter

VOID = {"meta", "input"}

Element: TypeAlias = tuple[str, dict[str, str | None]]
"""A tag with its attributes."""


class Reading(HTMLParser):
    """The page as a parser has it: its elements with their attributes, the texts of scripts, and all other text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[Element] = []
        self.raw: list[tuple[str, dict[str, str | None], str]] = []
        self.open: list[str] = []
        self.shown = ""
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open[-1:] in (["script"], ["style"]):
            self.raw.append((self.open[-1], self.elements[-1][1], data))
        else:
            self.shown += data


def render(report: Report) -> str:
    return HtmlReporter().render(report, Style())


def rows_of(reading: Reading) -> list[dict[str, Any]]:
    """What the page's script reads."""
    return [row for piece in pieces_of(reading) for row in json.loads(piece)]


def pieces_of(reading: Reading) -> Iterator[str]:
    for _, attributes, text in reading.raw:
        if attributes.get("class") == "rows":
            yield text
        elif attributes.get("class") == "rows packed":
            yield zlib.decompress(base64.b64decode(text)).decode()


def texts_of(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for below in value.values():
            yield from texts_of(below)
    elif isinstance(value, list):
        for below in value:
            yield from texts_of(below)


IN_HEAD = {"script", "style", "meta", "link"}


@given(reports())
def test_no_report_puts_more_into_the_page_than_text(report: Report) -> None:
    text = render(report)
    reading = Reading(text)
    assert reading.open == []
    assert text.encode()
    assert all(letter.isprintable() or letter == "\n" for letter in reading.shown)
    _assert_rows_are_whole(rows_of(reading), report)
    assert _frame(reading) == _frame(Reading(render(EMPTY)))
    names = {name for _, attributes in reading.elements for name in attributes}
    assert not [name for name in names if name.startswith("on") or name in {"style", "src", "srcset", "action"}]
    addresses = {attributes["href"] or "" for tag, attributes in reading.elements if "href" in attributes}
    assert {address for address in addresses if not address.startswith("#")} == {
        "https://github.com/opendilab/rlhf-linkcheck"
    }


def _assert_rows_are_whole(rows: list[dict[str, Any]], report: Report) -> None:
    """Each finding stands in one row, and each link in one or more."""
    assert len({row["key"] for row in rows}) == len(rows)
    assert sum(len(row.get("findings", ())) for row in rows) == len(report.findings)
    assert {link.get("url", "") for row in rows for link in row.get("links", ())} == {link.url for link in report.links}


def _frame(reading: Reading) -> list[Element]:
    """What a page of nothing has in its head: no report can add to it, but rows and its version."""
    return [
        (tag, attributes)
        for tag, attributes in reading.elements
        if tag in IN_HEAD and attributes.get("class") != "rows" and attributes.get("name") != "generator"
    ]


def test_the_policy_lets_in_the_one_style_and_the_one_script_and_nothing_else() -> None:
    reading = Reading(render(GOLDEN))
    code = {
        tag: base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        for tag, attributes, text in reading.raw
        if not attributes
    }
    policy = next(
        attributes["content"]
        for tag, attributes in reading.elements
        if attributes.get("http-equiv") == "Content-Security-Policy"
    )
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{code['script']}'; style-src 'sha256-{code['style']}'; "
        "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )


def test_the_policy_stands_before_all_that_it_is_about() -> None:
    text = render(GOLDEN)
    assert text.index("Content-Security-Policy") < text.index("<style") < text.index("<script")


def test_every_text_of_an_attacker_is_in_the_data_as_it_was() -> None:
    texts = set(texts_of(rows_of(Reading(render(hostile())))))
    assert texts.issuperset(ATTACKS)


def test_the_data_can_end_no_element_around_it() -> None:
    for piece in pieces_of(Reading(render(hostile()))):
        assert not re.search("[<>&\x7f-\x9f\u2028\u2029\u202e\ud800-\udfff]", piece)


@pytest.mark.unmeasured
def test_what_comes_after_a_megabyte_is_packed_and_no_piece_of_the_page_is_long() -> None:
    report = large(1_500)
    parts = list(HtmlReporter().parts(report, Style()))
    assert max(map(len, parts)) < 1_500_000  # the file's own row with all its findings
    reading = Reading("".join(parts))
    packed = [attributes["class"] == "rows packed" for _, attributes, _ in reading.raw if "class" in attributes]
    assert packed[:16] == [False] * 16
    assert all(packed[16:])
    assert len(rows_of(reading)) == 2_101


@pytest.mark.unmeasured
def test_a_page_without_scripts_has_the_gravest_findings_and_says_how_many_more_there_are() -> None:
    shown = " ".join(Reading(render(large(1_000))).shown.split())
    assert "1,700 findings, the gravest first; the first 200 are listed, 1,500 more are in the JSON report" in shown


@pytest.mark.parametrize(
    ("parts", "headline"),
    [
        ({}, "Nothing was checked"),
        ({"complete": False}, "Not everything was checked"),
        ({"complete": False, "no_way_out": True}, "No way out to the network"),
        ({"summary": replace(EMPTY.summary, links=3, alive=3)}, "Nothing to mend"),
        ({"summary": replace(EMPTY.summary, errors=1)}, "1 error"),
        ({"summary": replace(EMPTY.summary, warnings=2)}, "2 warnings"),
        ({"summary": replace(EMPTY.summary, errors=1_000, warnings=1)}, "1,000 errors and 1 warning"),
    ],
)
def test_the_headline_says_how_grave_it_is(parts: dict[str, Any], headline: str) -> None:
    assert f"<title>{headline} – link report</title>" in render(replace(EMPTY, **parts))
