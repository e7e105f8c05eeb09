from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.content.readings import readings, without_site


@pytest.mark.parametrize(
    ("title", "site", "own"),
    [
        ("T | OpenReview", "OpenReview", "T"),
        ("T - ACL Anthology", "ACL anthology", "T"),
        ("T — Site", "Site", "T"),
        ("T|Site", "Site", "T"),
        ("T: Site", "Site", "T"),
        ("Lil'Log: T", "Lil'Log", "T"),
        ("GitHub - a/b: T", "GitHub", "a/b: T"),
        ("Site :: T", "Site", "T"),
        ("A - B | Site", "Site", "A - B"),
        # It is no name of the site where nothing sets it off, or nothing else is left.
        ("Pre-trained", "trained", "Pre-trained"),
        ("Agents at OpenAI", "OpenAI", "Agents at OpenAI"),
        ("OpenAI Five", "OpenAI", "OpenAI Five"),
        ("OpenAI", "OpenAI", "OpenAI"),
        (" | OpenAI", "OpenAI", " | OpenAI"),
        ("OpenAI | ", "OpenAI", "OpenAI | "),
        ("T | Site", "", "T | Site"),
        ("T | Site", "Another", "T | Site"),
        ("T", "A longer name", "T"),
        ("", "Site", ""),
    ],
)
def test_the_sites_own_name_is_taken_off_where_it_is_set_off(title: str, site: str, own: str) -> None:
    assert without_site(title, site) == own


@pytest.mark.parametrize(
    ("title", "meant"),
    [
        ("T | OpenReview", "T"),
        ("T - ACL Anthology", "T"),
        ("T · Blog", "T"),
        ("[2203.02155] T", "T"),
        ("T | by X | Medium", "T"),
        ("T | by X | Community | Sep, 2026 | Medium", "T"),
        ("Site – T", "T"),
        ("Site » Blog » T", "T"),
        ("Blog | T | Site", "T"),
        ("T ｜ 知乎", "T"),
        ("Off-policy - On-policy", "Off-policy - On-policy"),
        ("A - B | Site", "A - B"),
        ("A - B - C | Site", "A - B - C"),
        ("A - B - C | Blog | Site", "A - B - C"),
    ],
)
def test_what_is_meant_is_among_the_readings(title: str, meant: str) -> None:
    assert readings(title)[0] == title
    assert meant in readings(title)


@pytest.mark.parametrize("title", ["T", "Pre-trained", "A:B", "Title: subtitle", "a/b", "x-y-z", "[T]", "10 - "])
def test_a_title_in_which_nothing_is_set_off_has_one_reading(title: str) -> None:
    assert {reading.strip(" -") for reading in readings(title)} == {title.strip(" -")}


def test_nothing_has_no_reading() -> None:
    assert readings("") == ()


@given(st.text(alphabet="ab |-[]·:｜", max_size=60), st.text(alphabet="ab |-", max_size=4))
def test_readings_are_parts_of_the_title_and_few(title: str, site: str) -> None:
    found = readings(title)
    assert all(reading and reading in title for reading in found)
    assert len(found) <= 20
    assert without_site(title, site) in title


@pytest.mark.parametrize("title", [" | " * 30_000, "[" * 100_000, " " * 100_000, "-" * 100_000, "a - " * 25_000])
def test_a_hostile_title_is_read_in_linear_time(title: str) -> None:
    began = perf_counter()
    readings(title)
    without_site(title, "-")
    assert perf_counter() - began < 2
