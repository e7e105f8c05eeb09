import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.content.needles import needles_of
from rlhf_linkcheck.content.signs import _table

PATTERNS = [sign.pattern for rows in _table().values() for sign in rows.signs]


@pytest.mark.parametrize(
    ("pattern", "needles"),
    [
        (r"domain is parked", ("domain is parked",)),
        (r"\b(?:domain|page) is parked\b", (" is parked",)),
        (r"(?:domain|page)", ("domain", "page")),
        (r"(?:domain|\d+)", ()),
        (r"(?:long words)? ok", (" ok",)),
        (r"(?:long words){1,3} ok", ("long words",)),
        (r"404[^ ]{0,9}NOT found", ("not found",)),
        (r"\d{3}", ()),
    ],
)
def test_what_a_text_must_have(pattern: str, needles: tuple[str, ...]) -> None:
    assert needles_of(pattern) == needles


@given(st.data())
def test_whatever_matches_has_one_of_the_needles(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS))
    found = re.search(pattern, data.draw(st.from_regex(re.compile(pattern))), re.IGNORECASE)
    assert found is not None
    needles = needles_of(pattern)
    assert not needles or any(needle in found[0].lower() for needle in needles)


def test_every_row_is_told_by_a_plain_search() -> None:
    assert [pattern for pattern in PATTERNS if not needles_of(pattern)] == []
