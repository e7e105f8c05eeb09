"""Ids of entries and anchors of headings."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.loaders.ids import Ids, kebab
from rlhf_linkcheck.loaders.markdown.names import Slugs

ID = re.compile(r"[^\s!-,./:-@A-Z\[-`{-~-]+(-[^\s!-,./:-@A-Z\[-`{-~-]+)*")
"""The schema's pattern for ids."""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("InstructGPT", "instructgpt"),
        ("f-DPG", "f-dpg"),
        ("What's In My Human Feedback? Learning", "whats-in-my-human-feedback-learning"),
        ("Don’t “Stop”", "dont-stop"),
        ("Kianté & Ünal Łukasz", "kiante-unal-łukasz"),
        ("webgpt_comparisons", "webgpt-comparisons"),
        ("RLHF -- v2.0!", "rlhf-v2-0"),
        ("通向AGI之路：大型语言模型", "通向agi之路-大型语言模型"),
        ("한국어 ภาษาไทย हिन्दी", "한국어-ภาษาไทย-हिन्दी"),
        ("？！", "entry"),
        ("", "entry"),
    ],
)
def test_an_id_is_the_name_in_kebab_case(name: str, expected: str) -> None:
    assert kebab(name) == expected


@given(st.text())
def test_an_id_always_matches_the_schema(name: str) -> None:
    assert ID.fullmatch(kebab(name))


@given(st.lists(st.sampled_from(["a", "A", "a-2", "a 3", "b", "?"]) | st.text(max_size=3)))
def test_no_id_is_given_twice(names: list[str]) -> None:
    ids = Ids()
    given_ids = [ids.give(name) for name in names]
    assert len(set(given_ids)) == len(given_ids)
    assert all(ID.fullmatch(given_id) for given_id in given_ids)


def test_repeats_are_numbered_in_order() -> None:
    ids = Ids()
    assert [ids.give(name) for name in ("A", "b", "a", "A", "a-2")] == ["a", "b", "a-2", "a-3", "a-2-2"]


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("2020 and before", "2020-and-before"),
        ("Awesome RLHF (RL with Human Feedback)", "awesome-rlhf-rl-with-human-feedback"),
        ("What's *new*?  v1.0", "whats-new--v10"),
        ("📚 Papers", "-papers"),
        ("snake_case & Ünicode", "snake_case--ünicode"),
        ("大型语言模型：综述", "大型语言模型综述"),
    ],
)
def test_an_anchor_is_what_github_makes_of_the_heading(heading: str, anchor: str) -> None:
    assert Slugs().give(heading) == anchor


def test_repeated_anchors_are_numbered_from_one() -> None:
    slugs = Slugs()
    assert [slugs.give(heading) for heading in ("A", "A", "A 1", "A", "a-1")] == ["a", "a-1", "a-1-1", "a-2", "a-1-2"]
