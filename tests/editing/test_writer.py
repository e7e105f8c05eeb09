"""The entries file that `import` writes: the same bytes each time, and read back as what was written."""

import re
from dataclasses import replace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.editing.writer import write_entries
from rlhf_linkcheck.loaders.yaml import loads
from rlhf_linkcheck.model import Category, Entry, Link, Position, Positions, Role

NOWHERE = Position(1, 1, 1, 1)


def link(url: str, role: Role = Role.MAIN, field: str = "url", label: str = "") -> Link:
    return Link(url, role, NOWHERE, field, label)


def entry(title: str = "T", **fields: Any) -> Entry:
    plain = Entry(
        id="t", category=Category.PAPER, title=title, path="", position=NOWHERE, main=link("https://t.example")
    )
    return replace(plain, **fields)


FULL = entry(
    title="Training: a “study”",
    authors=("Ann Lee*", "Lab & Co:", "et al."),
    year=2022,
    section="2022",
    nickname="Nick",
    venue="ICML",
    publisher="OpenAI",
    language="中文",
    keywords=("70B", "10,000", "yes"),
    environments=("Atari",),
    tasks=("Read, write",),
    note="a\nb",
    links=(link("", Role.CODE, "links[0].url", "Official"), link(" https://c.example", Role.OTHER, "links[1].url")),
)

WRITTEN = """\
# head

- id: t
  category: paper
  title: 'Training: a “study”'
  url: https://t.example
  authors:
    - Ann Lee*
    - Lab & Co:
    - et al.
  year: 2022
  section: '2022'
  nickname: Nick
  venue: ICML
  publisher: OpenAI
  language: 中文
  keywords:
    - 70B
    - 10,000
    - 'yes'
  environments:
    - Atari
  tasks:
    - Read, write
  note: "a\\nb"
  links:
    - role: code
      label: Official
      url: ''
    - role: other
      url: ' https://c.example'

- id: t
  category: paper
  title: T
  url: https://t.example
"""


def test_writes_keys_in_order_with_a_blank_line_between_entries() -> None:
    assert write_entries([FULL, entry()], "# head") == WRITTEN.replace("- Lab & Co:", "- 'Lab & Co:'")
    assert write_entries([entry()]) == WRITTEN.rpartition("\n\n")[2]
    assert write_entries([]) == ""


def test_an_entry_without_category_or_link_is_written_as_it_is() -> None:
    assert write_entries([entry(category=None, main=None)]) == "- id: t\n  title: T\n  url: ''\n"


def test_long_lines_are_not_folded() -> None:
    title = "word: " * 2_000 + "end"
    assert f"title: '{title}'\n" in write_entries([entry(title)])


# Plain, each of these is something else than text in YAML 1.1, in YAML 1.2's core schema, or to our own loader.
OTHER_THAN_TEXT = (
    *("", "~", "null", "Null", "true", "False", "y", "N", "yes", "No", "on", "OFF", "=", "<<"),
    *(
        "0",
        "12",
        "-3",
        "+4",
        "012",
        "0o14",
        "0x1F",
        "0b1",
        "1_000",
        "1.5",
        ".5",
        "1.",
        "1e3",
        "1E-3",
        "12e03",
        "1.5e+3",
    ),
    *(".inf", "-.INF", ".NaN", "190:20:30", "2020-01-01", "2001-12-14t21:59:43.10-05:00"),
)


@pytest.mark.parametrize("text", OTHER_THAN_TEXT)
def test_what_would_not_be_read_as_text_is_quoted(text: str) -> None:
    assert f"  title: '{text}'\n" in write_entries([entry(text)])


@pytest.mark.parametrize(
    "text", ["70B", "Y2K", "RLHF -- v2", "10,000", "通向AGI之路", "naïve 🙂", "What's new?", "1.2.3", "e3"]
)
def test_what_is_text_to_everybody_stays_plain(text: str) -> None:
    assert f"  title: {text}\n" in write_entries([entry(text)])


@pytest.mark.parametrize("text", ["a\x85b", "a\u2028b", "a\tb", "a\rb", "\ufeffa", "a\x00b", "\uffff"])
def test_what_cannot_stand_as_it_is_is_escaped(text: str) -> None:
    written = write_entries([entry(text)])
    assert re.search(r'  title: "[\x20-\x7e]+"\n', written)
    assert yaml.safe_load(written)[0]["title"] == text


TEXTS = (
    st.sampled_from(OTHER_THAN_TEXT) | st.text(max_size=20) | st.from_regex(r"[-+.:_0-9eExXoO]{1,8}", fullmatch=True)
)
LINKS = st.lists(st.tuples(st.sampled_from([role for role in Role if role is not Role.MAIN]), TEXTS, TEXTS), max_size=3)
MANY = st.lists(TEXTS, max_size=3).map(tuple)
ONE = st.none() | TEXTS.filter(bool)
ENTRIES = st.builds(
    entry,
    id=TEXTS.filter(bool),
    category=st.sampled_from(Category),
    title=TEXTS,
    main=TEXTS.map(link),
    authors=MANY,
    year=st.none() | st.integers(1900, 2100),
    section=ONE,
    nickname=ONE,
    venue=ONE,
    publisher=ONE,
    language=ONE,
    note=ONE,
    keywords=MANY,
    environments=MANY,
    tasks=MANY,
    links=LINKS.map(
        lambda links: tuple(
            link(url, role, f"links[{index}].url", label) for index, (role, url, label) in enumerate(links)
        )
    ),
)


def without_places(entry: Entry) -> Entry:
    main = entry.main and replace(entry.main, position=NOWHERE)
    links = tuple(replace(link, position=NOWHERE) for link in entry.links)
    return replace(entry, path="", position=NOWHERE, positions=Positions(), main=main, links=links)


@given(st.lists(ENTRIES, max_size=3))
def test_what_is_written_is_read_back_by_our_loader(entries: list[Entry]) -> None:
    document = loads(write_entries(entries, "# head"), "entries.yaml")
    assert [without_places(entry) for entry in document.entries] == entries
    assert {defect.field for defect in document.defects} <= {"id"}


@given(TEXTS)
def test_what_is_written_is_text_to_yaml_1_1(text: str) -> None:
    (read,) = yaml.safe_load(write_entries([entry(text, keywords=(text,), section=text or None)]))
    assert (read["title"], read["keywords"], read.get("section", "")) == (text, [text], text)
