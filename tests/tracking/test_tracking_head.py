"""What stands unseen at the beginning of the tracking issue."""

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from strategies import TEXTS

from rlhf_linkcheck.finding import Fingerprint
from rlhf_linkcheck.report import InputFile
from rlhf_linkcheck.tracking.head import MOST_TOLD, Head, head_in, marks_of, name_of_list

MARKS = st.lists(st.integers(0, 16**10 - 1).map(lambda number: f"{number:010x}"), max_size=5, unique=True)


def name_of(*paths: str) -> str:
    return name_of_list([InputFile(path, path) for path in paths])


def test_the_head_is_two_comments_that_nobody_sees() -> None:
    text = Head("entries.yaml").text(("0123456789", "abcdef0123"))
    assert text == "<!-- rlhf-linkcheck: entries.yaml -->\n<!-- told: 0123456789 abcdef0123 -->\n"
    assert Head("entries.yaml").text(()) == "<!-- rlhf-linkcheck: entries.yaml -->\n<!-- told: -->\n"


@given(st.lists(TEXTS, min_size=1, max_size=3), MARKS, TEXTS, st.booleans())
def test_what_was_written_is_read_again_whatever_the_list_is_called(
    paths: Sequence[str], marks: Sequence[str], below: str, edited: bool
) -> None:
    """GitHub's editor ends lines with CR and LF."""
    text = Head(name_of(*paths)).text(marks) + below
    assert text[: text.index("\n")].count("-->") == 1
    assert head_in(text.replace("\n", "\r\n") if edited else text) == Head(name_of(*paths), frozenset(marks))


def test_of_more_than_there_is_room_for_it_is_said_that_there_is_more() -> None:
    marks = [f"{number:010x}" for number in range(MOST_TOLD + 1)]
    assert head_in(Head("a").text(marks)) == Head("a", frozenset(marks[:MOST_TOLD]), whole=False)
    assert head_in(Head("a").text(marks[:MOST_TOLD])) == Head("a", frozenset(marks[:MOST_TOLD]))


def test_what_somebody_has_edited_away_is_not_known() -> None:
    mark = "<!-- rlhf-linkcheck: a -->\n"
    assert head_in(mark) == Head("a", None)
    assert head_in(f"{mark}<!-- told: 0123 -->\n") == Head("a", None)
    assert head_in(f"Look: {mark}") is None
    assert head_in(f"\n{mark}") is None
    assert head_in(f"> {mark}") is None
    assert head_in("<!-- rlhf-linkcheck: a --><!-- told: -->") is None
    assert head_in("") is None


def test_each_list_has_a_name_of_its_own() -> None:
    long = "a" * 500
    names = [name_of("a"), name_of("b"), name_of("a", "b"), name_of("a,b"), name_of(long), name_of(f"{long}b")]
    assert len(set(names)) == len(names)
    assert name_of("b", "a") == name_of("a", "b") == "a,b"
    assert name_of("docs/my list--->.md") == "docs/my%20list%2D%2D-%3E.md"
    assert name_of_list(()) == "list"


def test_findings_about_different_things_have_different_marks() -> None:
    about = [Fingerprint("a", "b"), Fingerprint("a", "", "b"), Fingerprint("\ud800"), Fingerprint("a", "b")]
    marks = marks_of(about)
    assert len(set(marks)) == len(about)
    assert {len(mark) for mark in marks} == {len("0123456789")}
    assert marks_of(about[3:]) == marks[:1]


def test_what_is_about_an_address_goes_by_that_and_by_how_many_entries_have_it() -> None:
    one, other = (Fingerprint("a", title, title, code="LNK101", url="https://a.org/") for title in ("on", "about"))
    assert marks_of([one]) == marks_of([other]) == marks_of([replace(other, code="REP101", listed="x")])
    assert marks_of([one, other]) == marks_of([other, one])
    assert marks_of([one])[0] == marks_of([one, other])[0] != marks_of([one, other])[1]
    elsewhere = [replace(one, file="b"), replace(one, code="LNK102"), replace(one, url="https://b.org/")]
    assert len(set(marks_of([one, *elsewhere]))) == 1 + len(elsewhere)
