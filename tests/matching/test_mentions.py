"""The repositories that a text names."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.matching.mentions import repositories_in


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Our code is available at https://github.com/Owner/Name.", ("github:owner/name",)),
        ("Code: github.com/Owner/Name", ("github:owner/name",)),
        ("Code:https://www.github.com/Owner/Name/;", ("github:owner/name",)),
        ("(https://github.com/Owner/Name)", ("github:owner/name",)),
        (r"\url{https://github.com/Owner/Name}", ("github:owner/name",)),
        ("**HTTPS://GitHub.com/Owner/Name**", ("github:owner/name",)),
        ("https://github.com/Owner/Name.git", ("github:owner/name",)),
        ("代码：github.com/Owner/Name。", ("github:owner/name",)),
        ("代码见github.com/Owner/Name，数据", ("github:owner/name",)),
        ("//github.com/Owner/Name", ("github:owner/name",)),
        # a place in it names it
        ("https://github.com/Owner/Name/tree/main/x, and", ("github:owner/name",)),
        ("https://github.com/Owner/Name/releases/tag/v1", ("github:owner/name",)),
        ("Weights: hf.co/Owner/Name", ("hf:models/Owner/Name",)),
        ("https://huggingface.co/datasets/Owner/Name/blob/main/x", ("hf:datasets/Owner/Name",)),
        ("https://gitlab.com/Group/Sub/Name", ("gitlab:group/sub/name",)),
        ("https://zenodo.org/records/2630551", ("zenodo:2630551",)),
        ("https://gist.github.com/a/6bff0fecd65950898eba", ("gist:6bff0fecd65950898eba",)),
        # each once, in their order
        (
            "https://github.com/b/b https://github.com/a/a https://github.com/B/B/blob/main/x",
            ("github:b/b", "github:a/a"),
        ),
        # no repository, or none of these homes'
        ("https://github.com/openai", ()),
        ("https://github.com/topics/rlhf", ()),
        ("https://github.com/", ()),
        ("https://huggingface.co/papers/2203.02155", ()),
        ("https://huggingface.co/blog/rlhf", ()),
        ("https://notgithub.com/Owner/Name", ()),
        ("https://pages.github.com/Owner/Name", ()),
        ("https://my-github.com/Owner/Name", ()),
        ("https://github.com.evil.example/Owner/Name", ()),
        ("https://arxiv.org/abs/2203.02155", ()),
        ("github.com and gitlab.com", ()),
        ("", ()),
    ],
)
def test_a_text_names_repositories(text: str, named: tuple[str, ...]) -> None:
    assert repositories_in(text) == named


def test_a_text_that_names_hundreds_names_but_the_first() -> None:
    text = " ".join(f"https://github.com/owner/name{number}" for number in range(500))
    assert repositories_in(text) == tuple(f"github:owner/name{number}" for number in range(20))


PIECES = st.sampled_from(
    ("https://", "www.", "github.com/", "hf.co/", "gitlab.com/", "a", "b/", "/tree/", ".", " ", "(")
)


@given(st.lists(PIECES | st.text(max_size=4), max_size=12).map("".join))
def test_whatever_a_text_says_what_it_names_is_a_repository(text: str) -> None:
    for named in repositories_in(text):
        kind, _, key = named.partition(":")
        assert kind in ("github", "gist", "hf", "gitlab", "zenodo")
        assert key.partition(":")[2] == ""
        assert ("/" in key) is (kind not in ("gist", "zenodo"))


@pytest.mark.parametrize(
    "text", ["github.com/" * 50_000, "https://" * 100_000, "github.com/a/" + "b" * 500_000, "www." * 100_000]
)
def test_a_hostile_text_takes_no_time(text: str) -> None:
    began = process_time()
    repositories_in(text)
    assert process_time() - began < 1
