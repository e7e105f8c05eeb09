import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.content.sketch import resemblance, sketch_of

WORDS = st.lists(st.text(max_size=8), max_size=80)


def numbered(first: int, last: int) -> list[str]:
    return [f"word{number}" for number in range(first, last)]


@given(WORDS)
def test_a_sketch_is_small_and_the_same_for_the_same_words_in_any_order(words: list[str]) -> None:
    sketch = sketch_of(words)
    assert len(sketch) <= 128
    assert sketch == sketch_of([*reversed(words), *words])
    assert resemblance(sketch, sketch) == 1.0


@given(WORDS, WORDS)
def test_a_resemblance_is_mutual_and_between_nothing_and_all(one: list[str], other: list[str]) -> None:
    first, second = sketch_of(one), sketch_of(other)
    assert 0.0 <= resemblance(first, second) == resemblance(second, first) <= 1.0


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ([], [], 1.0),
        ([], ["a"], 0.0),
        (["a"], ["a"], 1.0),
        (["a"], ["b"], 0.0),
        (["a", "b", "c"], ["a", "b", "d"], 0.5),
        (numbered(0, 20), numbered(0, 21), 20 / 21),
        (numbered(0, 32), numbered(100, 132), 0.0),
    ],
)
def test_few_words_are_compared_exactly(one: list[str], other: list[str], alike: float) -> None:
    assert resemblance(sketch_of(one), sketch_of(other)) == alike


@pytest.mark.parametrize(("shared", "least", "most"), [(1000, 1.0, 1.0), (900, 0.65, 1.0), (500, 0.1, 0.6), (0, 0, 0)])
def test_many_words_are_compared_by_estimate(shared: int, least: float, most: float) -> None:
    one, other = numbered(0, 1000), [*numbered(0, shared), *numbered(5000, 6000 - shared)]
    assert least <= resemblance(sketch_of(one), sketch_of(other)) <= most


def test_half_a_pair_of_surrogates_is_a_word_like_any_other() -> None:
    assert len(sketch_of(["half \ud800"])) == 4
