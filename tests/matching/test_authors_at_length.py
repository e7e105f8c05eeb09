"""Long and hostile lists: the time is bounded by what is there to read, and every name is compared."""

import doctest
import time
from types import ModuleType

import pytest

from rlhf_linkcheck.matching import (
    agreement,
    alignment,
    authors,
    collective,
    given_names,
    names,
    printed_list,
    transliteration,
)
from rlhf_linkcheck.matching.authors import Named, compare_authors

# A whole run each, whose parts are measured where they are tested.
pytestmark = pytest.mark.unmeasured

LETTERS = "abcdefghijklmnoprstuvwz"


def people(count: int) -> list[str]:
    """Names of which no two are alike, of the lengths that names have."""
    size = len(LETTERS)
    marks = [
        LETTERS[place % size] + LETTERS[place // size % size] + LETTERS[place * 7 % size] for place in range(count)
    ]
    return [f"{mark.title()}{mark}a {mark[::-1].title()}o{mark}" for mark in marks]


def seconds(listed: list[str], found: list[str]) -> float:
    start = time.process_time()
    compare_authors(listed, found)
    return time.process_time() - start


def test_of_1500_authors_each_is_compared_in_well_below_a_second() -> None:
    found = people(1500)
    listed = [*found[:1200], "Ada Lovelace", *found[1201:]]
    start = time.process_time()
    comparison = compare_authors(listed, found)
    assert time.process_time() - start < 2
    assert comparison.phantoms == (Named(1200, "Ada Lovelace"),)
    assert comparison.shared == 1499
    assert seconds([f"{name[0]}. {name.split()[1]}" for name in found], found) < 3


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        (["Wei Zhang"] * 1500, ["Wei Zhang"] * 1400),
        ([f"{name} Zhang" for name in people(500)], [f"{name[::-1]} Zhang" for name in people(500)]),
        (["W. Zhang"] * 500, [f"W{name.split()[0].lower()} Zhang" for name in people(500)]),
    ],
)
def test_a_list_of_namesakes_takes_no_longer(listed: list[str], found: list[str]) -> None:
    assert seconds(listed, found) < 10


UNITS = [
    "a ", "(", "[", '"', "“", "'a ", "\\'", "\\", "{", "$", "~", ",", "A, ", " and ", "a-", "a.", " et al", "*", "a1,",
    "&amp;", " ", "x", "\\thanks{", " ,", "Ph.D ", "王", "J. Bc ", "…", ": ", "OpenAI ", "\u0301", "&", ";",
]  # fmt: skip


@pytest.mark.parametrize("unit", UNITS)
def test_time_grows_with_the_length_alone(unit: str) -> None:
    text = unit * (20_000 // len(unit))
    assert seconds([text, "Wei Guo"], ["Wei Guo", text[1:]]) < 4


@pytest.mark.parametrize(
    "module", [agreement, alignment, authors, collective, given_names, names, printed_list, transliteration]
)
def test_the_examples_are_right(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0
