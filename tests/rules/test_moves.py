import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.rules.moves import Move, compare, lands_on_root


@pytest.mark.parametrize(
    ("old", "new", "move"),
    [
        ("https://a.org/x", "https://a.org/x/", Move.TRIVIAL),
        ("https://a.org/x", "https://www.a.org/x", Move.TRIVIAL),
        ("https://a.org/X", "https://a.org/x", Move.TRIVIAL),
        ("https://A.org/x", "https://a.org/x", Move.TRIVIAL),
        ("https://a.org/x/index.html", "https://a.org/x/", Move.TRIVIAL),
        ("https://a.org/x", "https://a.org/en/x", Move.TRIVIAL),
        ("https://a.org/x", "https://a.org/en-us/x/", Move.TRIVIAL),
        ("https://a.org:443/x", "https://a.org/x", Move.TRIVIAL),
        ("https://a.org/%7esmith", "https://a.org/~smith", Move.TRIVIAL),
        ("https://a.org/a%2fb", "https://a.org/a%2Fb", Move.TRIVIAL),
        ("https://a.org/a%2Fb", "https://a.org/a/b", Move.MOVED),
        ("https://a.org/x#part", "https://a.org/x/", Move.TRIVIAL),
        ("http://a.org/x", "https://a.org/x", Move.SECURED),
        ("http://a.org", "https://www.a.org/", Move.SECURED),
        ("HTTP://a.org/x", "https://a.org/x", Move.SECURED),
        ("https://a.org/x", "http://a.org/x", Move.MOVED),
        ("https://a.org/x", "https://a.org/y", Move.MOVED),
        ("https://a.org/x?id=A", "https://a.org/x?id=B", Move.MOVED),
        ("https://a.org/x?id=A", "https://a.org/x", Move.MOVED),
        ("https://a.org/x", "https://b.org/x", Move.MOVED),
        ("https://a.org/ml/x", "https://a.org/ai/x", Move.MOVED),
        ("https://a.org:8443/x", "https://a.org/x", Move.MOVED),
        ("https://github.com/lvwerra/trl", "https://github.com/huggingface/trl", Move.MOVED),
    ],
)
def test_a_move_is_graded_by_what_changed(old: str, new: str, move: Move) -> None:
    assert compare(old, new) is move


@given(st.from_regex(r"https?://[a-z]{1,8}\.org(/[a-zA-Z0-9]{0,6}){0,3}", fullmatch=True))
def test_an_address_has_not_moved_from_itself(address: str) -> None:
    assert compare(address, address) is Move.TRIVIAL


@pytest.mark.parametrize(
    ("old", "new", "lands"),
    [
        ("https://a.org/deep/page", "https://b.org/", True),
        ("https://a.org/deep/page", "https://b.org/en/", True),
        ("https://a.org/", "https://b.org/", False),
        ("https://a.org/deep", "https://b.org/other", False),
        ("https://a.org/deep", "https://b.org/?page=deep", False),
    ],
)
def test_only_a_deep_link_can_land_on_a_front_page(old: str, new: str, lands: bool) -> None:
    assert lands_on_root(old, new) is lands
