import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.content.printable import printable


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Plain  text\n here ", "Plain text here"),
        ("Big\x1b[31m Alignment\x00", "Big Alignment"),
        ("Left\u202eright\u2066 and\ud800 half", "Leftright and half"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("Étude de 强化学习", "Étude de 强化学习"),
        ("\ud7fc\r0 \x00", "0"),
        ("", ""),
    ],
)
def test_what_nobody_can_see_is_left_out(text: str, seen: str) -> None:
    assert printable(text) == seen


@given(st.text())
def test_nothing_unseen_is_left(text: str) -> None:
    seen = printable(text)
    assert all(unicodedata.category(one)[0] != "C" or one in "\u200c\u200d" for one in seen)
    assert printable(seen) == seen
