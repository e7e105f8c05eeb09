"""Plain scalars have the types of YAML 1.2's core schema, as far as JSON knows them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.loaders.item import Json
from rlhf_linkcheck.loaders.yaml_scalars import resolve


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("true", True),
        ("False", False),
        ("0", 0),
        ("-19", -19),
        ("+7", 7),
        ("012", 12),
        ("0o14", 12),
        ("0xC", 12),
        ("1.5", 1.5),
        (".5", 0.5),
        ("1.", 1.0),
        ("1e3", 1000.0),
        ("-2E-1", -0.2),
    ],
)
def test_a_word_number_or_nothing_is_a_value(text: str, value: Json) -> None:
    resolved = resolve(text)
    assert resolved == value
    assert type(resolved) is type(value)


@pytest.mark.parametrize(
    "text",
    [
        "on",
        "off",
        "yes",
        "no",
        "y",
        "N",
        "nULL",
        "tRUE",
        "2022-01-01",
        "12:30",
        "1_000",
        "0b1",
        "0o8",
        "0xG",
        "1e",
        "1.2.3",
        ".inf",
        "-.Inf",
        ".nan",
        "1e999",
        "+",
        "-",
        ".",
        "١٢",
        "1e3x",
    ],
)
def test_everything_else_stays_text(text: str) -> None:
    assert resolve(text) == text


@pytest.mark.parametrize("text", ["9" * 101, "9" * 1_000_000, "0x" + "f" * 200, "1." + "0" * 200])
def test_an_absurdly_long_number_stays_text(text: str) -> None:
    assert resolve(text) == text


@given(st.text())
def test_no_text_is_an_error(text: str) -> None:
    assert isinstance(resolve(text), bool | int | float | str | None)


@given(st.integers(-(10**98), 10**98))
def test_an_integer_is_itself(number: int) -> None:
    assert resolve(str(number)) == number
