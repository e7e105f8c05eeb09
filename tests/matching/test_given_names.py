import tomllib
from pathlib import Path

import pytest

import rlhf_linkcheck
from rlhf_linkcheck.matching.given_names import initials, interchangeable

TABLE = Path(rlhf_linkcheck.__file__).parent / "data" / "given_names.toml"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("jeff", "jeffrey"),
        ("jeff", "geoffrey"),
        ("ben", "benjamin"),
        ("alex", "alexander"),
        ("alex", "alexandra"),
        ("sasha", "alexander"),
        ("bill", "william"),
        ("will", "william"),
        ("bob", "robert"),
        ("tony", "anthony"),
        ("misha", "mikhail"),
        ("sergey", "sergei"),
        ("durk", "diederik"),
        ("sanmi", "oluwasanmi"),
    ],
)
def test_forms_of_one_name(one: str, other: str) -> None:
    assert interchangeable(one, other)
    assert interchangeable(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("alexander", "alexandra"),
        ("wei", "wen"),
        ("michael", "michelle"),
        ("john", "jonathan"),
        ("wei", "wei"),
        ("", ""),
    ],
)
def test_two_names(one: str, other: str) -> None:
    assert not interchangeable(one, other)


def test_a_form_may_begin_with_another_letter() -> None:
    assert {"b", "w"} <= initials("bill")
    assert initials("wei") == {"w"}


def test_the_table_is_sorted_folded_and_says_nothing_twice() -> None:
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["forms"]
    assert list(rows) == sorted(rows)
    for name, forms in rows.items():
        assert len({name, *forms}) == 1 + len(forms), name
        assert all(form.isascii() and form.isalpha() and form.islower() for form in (name, *forms)), name
