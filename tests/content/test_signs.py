from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.content.page import Page, read_page
from rlhf_linkcheck.content.signs import (
    CONFIRMABLE,
    PASSWORD,
    Conclusion,
    Meaning,
    Place,
    Sign,
    _table,
    conclude,
    folded,
    signs_in,
)

PAGES = Path(__file__).parent.parent / "data" / "pages"
SHOWING = {folder.value: sorted((PAGES / folder.value).iterdir()) for folder in Meaning if (PAGES / folder).is_dir()}
GOOD = sorted((PAGES / "good").iterdir())


def sign(means: Meaning, by: Place, **rest: Any) -> Sign:
    return Sign(means, by, **rest)


TITLE = sign(Meaning.MISSING, Place.TITLE)
WHOLE_TITLE = sign(Meaning.MISSING, Place.TITLE, whole=True)
HEADING = sign(Meaning.MISSING, Place.HEADING)
WHOLE_HEADING = sign(Meaning.MISSING, Place.HEADING, whole=True)
TEXT = sign(Meaning.MISSING, Place.TEXT)
CERTAIN = sign(Meaning.MISSING, Place.SOURCE, certain=True, words=100, who="Heroku")
WALL = sign(Meaning.WALL, Place.HEADER, certain=True, who="Cloudflare")
PARKED = sign(Meaning.PARKED, Place.TEXT, words=50)
SURE, UNSURE = Conclusion(Meaning.MISSING, proven=True), Conclusion(Meaning.MISSING, proven=False)


@pytest.mark.parametrize(
    ("signs", "words", "told"),
    [
        ((), 0, None),
        ((TITLE,), 0, UNSURE),
        ((HEADING,), 10, UNSURE),
        ((TITLE, TITLE), 10, UNSURE),
        ((TITLE, HEADING), 25, SURE),
        ((TITLE, HEADING), 26, UNSURE),
        ((TITLE, TEXT), 80, SURE),
        ((TITLE, TEXT), 81, UNSURE),
        ((HEADING, TEXT), 12, UNSURE),
        ((WHOLE_HEADING, TEXT), 25, SURE),
        ((WHOLE_HEADING, TEXT), 26, UNSURE),
        ((WHOLE_TITLE, WHOLE_HEADING, TEXT), 300, SURE),
        ((WHOLE_TITLE, WHOLE_HEADING, TEXT), 301, UNSURE),
        ((WHOLE_TITLE, HEADING, TEXT), 81, UNSURE),
        ((sign(Meaning.MISSING, Place.TEXT, whole=True),), 15, SURE),
        ((TEXT,), 5, UNSURE),
        ((WHOLE_TITLE,), 12, SURE),
        ((WHOLE_TITLE,), 13, UNSURE),
        ((WHOLE_HEADING,), 12, SURE),
        ((WHOLE_HEADING,), 13, UNSURE),
        ((CERTAIN,), 100, Conclusion(Meaning.MISSING, proven=True, who="Heroku")),
        ((CERTAIN,), 101, None),
        ((CERTAIN, TITLE), 101, UNSURE),
        ((TEXT, CERTAIN), 0, Conclusion(Meaning.MISSING, proven=True, who="Heroku")),
        ((PARKED,), 50, Conclusion(Meaning.PARKED, proven=False)),
        ((PARKED,), 51, None),
        ((PARKED, TITLE), 20, Conclusion(Meaning.PARKED, proven=False)),
        ((PARKED, TITLE, HEADING), 20, SURE),
        ((WALL, TITLE, HEADING), 9000, Conclusion(Meaning.WALL, proven=True, who="Cloudflare")),
        ((TITLE, HEADING, WALL), 20, Conclusion(Meaning.WALL, proven=True, who="Cloudflare")),
        ((PASSWORD,), 10, None),
        ((PASSWORD, TITLE), 10, UNSURE),
        ((PASSWORD, sign(Meaning.LOGIN, Place.TITLE)), 40, Conclusion(Meaning.LOGIN, proven=True)),
        ((PASSWORD, sign(Meaning.LOGIN, Place.TITLE)), 41, None),
        ((sign(Meaning.WALL, Place.TITLE, whole=True),), 25, Conclusion(Meaning.WALL, proven=True)),
        ((sign(Meaning.WALL, Place.TITLE, whole=True),), 26, None),
        ((sign(Meaning.WALL, Place.TITLE),), 10, None),
        ((sign(Meaning.WALL, Place.TITLE), sign(Meaning.LOGIN, Place.TEXT)), 10, None),
        ((sign(Meaning.DOWN, Place.TITLE),), 10, None),
        ((sign(Meaning.DOWN, Place.TITLE), sign(Meaning.DOWN, Place.TEXT)), 10, Conclusion(Meaning.DOWN, proven=True)),
    ],
)
def test_signs_add_up_to_a_proof_a_suspicion_or_nothing(
    signs: tuple[Sign, ...], words: int, told: Conclusion | None
) -> None:
    assert conclude(signs, words) == told


SIGNS = st.lists(
    st.builds(
        Sign,
        st.sampled_from(Meaning),
        st.sampled_from(Place),
        whole=st.booleans(),
        words=st.none() | st.integers(0, 300),
        certain=st.booleans(),
        who=st.sampled_from(("", "Cloudflare")),
    ),
    max_size=6,
)


@given(SIGNS, st.integers(0, 400))
def test_what_is_told_is_shown_and_what_a_made_up_page_cannot_settle_is_proven(signs: list[Sign], words: int) -> None:
    told = conclude(signs, words)
    shown = {one.means for one in signs if one.fits(words)}
    assert told is None or told.meaning in shown
    assert told is None or told.proven or told.meaning in CONFIRMABLE
    assert (told is None) <= shown.isdisjoint(CONFIRMABLE)


@given(SIGNS, st.integers(0, 400))
def test_the_order_of_signs_is_none_of_their_meaning(signs: list[Sign], words: int) -> None:
    one, other = conclude(signs, words), conclude(signs[::-1], words)
    assert (one and (one.meaning, one.proven)) == (other and (other.meaning, other.proven))


@given(SIGNS, st.integers(0, 400))
def test_more_words_never_prove_more(signs: list[Sign], words: int) -> None:
    more = conclude(signs, words + 50)
    assert more is None or not more.proven or any(one is not None and one.proven for one in (conclude(signs, words),))


@pytest.mark.parametrize(
    ("place", "text", "meaning"),
    [
        (Place.HEADER, "cf-mitigated: challenge", Meaning.WALL),
        (Place.HEADER, "x-note: cf-mitigated: challenge", None),
        (Place.HEADER, "cf-mitigated: none", None),
        (Place.TITLE, "Just a moment...", Meaning.WALL),
        (Place.TITLE, "Just a moment... | Example Shop", Meaning.WALL),
        (Place.TITLE, "Just a moment... of your time, please", None),
        (Place.TITLE, "Page not found", Meaning.MISSING),
        (Place.TITLE, "Page Not Found – Example University", Meaning.MISSING),
        (Place.TITLE, "Example University | Page not found", Meaning.MISSING),
        (Place.TITLE, "Why a page is not found, and what to do | Blog", None),
        (Place.TITLE, "Page not found - when the site has a name of more than five words", None),
        (Place.TITLE, "404", Meaning.MISSING),
        (Place.TITLE, "Peugeot 404", None),
        (Place.HEADING, "Page not found", Meaning.MISSING),
        (Place.HEADING, "Page not found | Example", None),
        (Place.HEADING, "Seite nicht gefunden", Meaning.MISSING),
        (Place.HEADING, "页面不存在", Meaning.MISSING),
        (Place.TEXT, "sorry, the page you requested could not be found.", Meaning.MISSING),
        (Place.TEXT, "we found what you requested", None),
        (Place.SOURCE, "<script>window._cf_chl_opt={}</script>", Meaning.WALL),
        (Place.SOURCE, "<p>window._cf_chl_opt is set by Cloudflare</p>", None),
        (Place.ADDRESS, "a.org/404.html", Meaning.MISSING),
        (Place.ADDRESS, "a.org/httpstatus/404-explained", None),
        (Place.FORM, "password", None),
    ],
)
def test_a_sign_is_found_in_its_place_and_wording(place: Place, text: str, meaning: Meaning | None) -> None:
    assert {one.means for one in signs_in(place, [text])} == ({meaning} if meaning else set())


def test_a_bare_number_is_no_whole_sentence() -> None:
    assert {one.whole for one in signs_in(Place.TITLE, ["404"])} == {False}
    assert any(one.whole for one in signs_in(Place.TITLE, ["404 Not Found"]))


def test_a_row_speaks_once_however_many_texts_it_meets() -> None:
    once, twice = (tuple(signs_in(Place.HEADING, ["Page not found"] * number)) for number in (1, 2))
    assert once == twice
    assert tuple(signs_in(Place.HEADING, [])) == ()


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("  two\n\twords ", "two words"),
        ("we can’t ‘find’ “it”", "we can't 'find' \"it\""),
        ("Just a moment…", "Just a moment..."),
        ("no\xa0break", "no break"),
        ("ＦＵＬＬ", "FULL"),
        ("ﬁle", "file"),
        ("", ""),
    ],
)
def test_text_is_folded_to_what_the_table_is_written_in(text: str, plain: str) -> None:
    assert folded(text) == plain == folded(plain)


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


ROWS = [row for rows in _table().values() for row in rows.signs]


def test_the_table_has_no_row_twice() -> None:
    assert len({(row.by, row.means, row.pattern) for row in ROWS}) == len(ROWS)


@pytest.mark.parametrize("place", Place)
def test_no_row_speaks_of_nothing_nor_of_plain_prose(place: Place) -> None:
    assert tuple(signs_in(place, ["", "Learning to summarize from human feedback", "a.org/papers/2009.01325"])) == ()


HOSTILE = (
    "a" * 100_000,
    "the page " * 12_000,
    "<script " * 12_000,
    "404 " * 25_000,
    "<meta" + " x" * 50_000,
    "a.b/" * 25_000,
)


@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_holds_the_table_up(place: Place, text: str) -> None:
    began = perf_counter()
    tuple(signs_in(place, [text]))
    assert perf_counter() - began < 5


def shown_by(path: Path) -> Page:
    return read_page(path.read_text(encoding="utf-8").replace("{host}", "a.example"), "https://a.example/some/page")


@pytest.mark.parametrize(
    ("meaning", "path"),
    [(meaning, path) for meaning, paths in SHOWING.items() for path in paths],
    ids=lambda one: one.name if isinstance(one, Path) else str(one),
)
def test_a_page_that_is_something_else_tells_so(meaning: str, path: Path) -> None:
    page = shown_by(path)
    told = conclude(page.signs, page.words)
    assert told is not None
    assert told.meaning == meaning
    assert told.proven or told.meaning in CONFIRMABLE


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.name)
def test_a_good_page_is_never_taken_for_something_else_unasked(path: Path) -> None:
    page = shown_by(path)
    told = conclude(page.signs, page.words)
    assert told is None or not told.proven


@pytest.mark.parametrize("mark", ["\u0301\u0323", "\u0301", "\u20dd\u0301"])
def test_marks_without_end_hold_nobody_up(mark: str) -> None:
    began = perf_counter()
    assert len(folded("a" + mark * 126_000)) < 100
    assert perf_counter() - began < 5
