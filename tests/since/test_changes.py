"""What a change has added or altered, whatever it has moved."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from builders import at, document, entry, link
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.loaders import yaml
from rlhf_linkcheck.model import Defect, DefectKind, Document, Entry, Role, Suppression
from rlhf_linkcheck.since.changes import Changes, changes_since

URL = "https://a.example/1"


def code(url: str, label: str = "Official", line: int = 1) -> Any:
    return link(url, line, role=Role.CODE, field="links[0].url", label=label)


def changed(before: Sequence[Entry], now: Sequence[Entry]) -> dict[int, Any]:
    """The fields that are new, by line; «all» for what is new itself."""
    found = changes_since([document(*before)], [document(*now)])["entries.yaml"].entries
    return {place.line: "all" if fields is None else set(fields) for place, fields in found.items()}


ONE = entry("one", URL, 1, authors=("Ada", "Bob"), year=2024, links=(code("https://c.example/"),))


@pytest.mark.parametrize(
    ("now", "fields"),
    [
        (ONE, None),
        (replace(ONE, id="another"), None),
        (replace(ONE, section="2025"), None),
        (replace(ONE, main=link(f" {URL} ")), None),
        (replace(ONE, main=link("https://a.example/2")), {"url"}),
        (replace(ONE, title="Title of  ONE!"), {"title"}),
        (replace(ONE, title="Quite another"), {"title"}),
        (replace(ONE, year=None), {"year"}),
        (replace(ONE, authors=("Bob", "Ada")), {"authors"}),
        (replace(ONE, authors=("Ada", "Cleo", "Bob")), {"authors", "authors[1]"}),
        (replace(ONE, links=()), {"links"}),
        (
            replace(ONE, links=(code("https://c.example/", "Third party"),)),
            {"links[0]", "links[0].label", "links[0].role"},
        ),
        (
            replace(ONE, links=(code("https://c.example/x"),)),
            {"links", "links[0]", "links[0].label", "links[0].role", "links[0].url"},
        ),
        (replace(ONE, title="Quite another", main=link("https://a.example/2")), "all"),
    ],
)
def test_an_entry_is_held_against_what_it_was(now: Entry, fields: object) -> None:
    moved = replace(now, position=at(7))
    assert changed([ONE], [moved]) == ({} if fields is None else {7: fields})


def test_a_link_that_becomes_the_authors_own_code_is_looked_at_anew() -> None:
    third = replace(ONE, links=(code("https://c.example/", "third party"),))
    assert changed([third], [ONE]) == {1: {"links[0]", "links[0].label", "links[0].role", "links[0].url"}}


def test_a_paper_by_another_form_of_its_address_is_the_same_paper_with_another_link() -> None:
    before = entry("one", "https://arxiv.org/abs/2203.02155", 1)
    now = entry("one", "https://arxiv.org/pdf/2203.02155v2", 3, title="Another title")
    assert changed([before], [now]) == {3: {"url", "title"}}


def test_who_has_the_better_claim_is_who_an_entry_was() -> None:
    kept = entry("kept", URL, 1)
    copied = replace(kept, id="copied", title="Another title", position=at(9))
    assert changed([kept], [copied, replace(kept, position=at(20))]) == {9: "all"}
    assert changed([kept], [replace(kept, position=at(20)), copied]) == {9: "all"}


def test_a_copy_is_new_and_what_it_was_copied_from_is_not() -> None:
    twice = [ONE, replace(ONE, id="two", position=at(9))]
    assert list(changed([ONE], twice)) == [9]
    assert changed(twice, twice) == {}


def test_an_entry_may_move_into_another_file() -> None:
    there = replace(ONE, path="more.yaml")
    before = [document(ONE), Document("more.yaml")]
    moved = changes_since(before, [document(), Document("more.yaml", (there,))])
    assert [own.entries for own in moved.values()] == [{}, {}]
    copied = changes_since(before, [document(ONE), Document("more.yaml", (there,))])
    assert [dict(own.entries) for own in copied.values()] == [{}, {there.position: None}]


def test_outside_entries_the_addresses_count() -> None:
    before = document(links=(link("https://a.example/"), link("https://b.example/")))
    now = document(links=(link("https://b.example/", 9), link("https://c.example/")))
    assert changes_since([before], [now])["entries.yaml"].links == {"https://c.example/"}


def test_what_is_amiss_is_new_where_it_was_not_amiss_before_or_not_so_often() -> None:
    def defect(line: int, found: str = "x") -> Defect:
        return Defect(DefectKind.ITEM, f"line {line}: a slip", at(line), field=f"authors[{line}]", found=found)

    before = document(defects=(defect(1),), suppressions=(Suppression(("LNK101",), at(1)),))
    more = (Suppression(("LNK101",), at(3)), Suppression(("LNK101",), at(4)))
    now = document(defects=(defect(5), defect(6), defect(7, "y")), suppressions=more)
    told = changes_since([before], [now])["entries.yaml"]
    assert (told.defects, told.suppressions) == (frozenset({defect(6), defect(7, "y")}), frozenset({more[1]}))


def test_where_nothing_was_all_is_new() -> None:
    told = changes_since([], [document(ONE, links=(link("https://b.example/"),))])["entries.yaml"]
    assert told == Changes({ONE.position: None}, frozenset({"https://b.example/"}), frozenset(), frozenset())
    assert told.has(ONE)
    assert told.touches(ONE, "authors[1]")
    assert not told.touches(replace(ONE, position=at(5)), "title")


ROWS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["", "https://a.example/", "https://b.example/"]), st.booleans()),
    max_size=6,
)


def text_of(rows: Sequence[tuple[str, str, bool]], indent: int = 0) -> str:
    margin = " " * indent
    return "".join(
        f"{margin}- id: e{number}\n{margin}  category: blog\n{margin}  title: {title}\n{margin}  url: '{url}'\n"
        + (f"{margin}  year: 2024\n" if dated else "")
        for number, (title, url, dated) in enumerate(rows)
    )


@given(ROWS, st.randoms(use_true_random=False))
def test_no_order_no_id_and_no_indentation_is_a_change(rows: list[tuple[str, str, bool]], chance: Any) -> None:
    before = yaml.loads(text_of(rows), "entries.yaml")
    chance.shuffle(rows)
    now = yaml.loads(text_of(rows, indent=2), "entries.yaml")
    assert changes_since([before], [now])["entries.yaml"].entries == {}


@given(ROWS, ROWS)
def test_as_many_entries_are_new_as_there_are_more(before: list[Any], now: list[Any]) -> None:
    told = changes_since([yaml.loads(text_of(before), "e.yaml")], [yaml.loads(text_of(now), "e.yaml")])["e.yaml"]
    new = [line for line, fields in told.entries.items() if fields is None]
    assert len(now) - len(before) <= len(new) <= len(now)
    assert len(told.entries) <= len(now)
