"""Whether a text names a paper: by title, by nickname, in other words; and what is too little to say so."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.matching.naming import is_akin, is_called, names_any, nicknames, stands_in, telling
from rlhf_linkcheck.matching.papers import Claim

RAFT = Claim("RAFT: Reward rAnked FineTuning for Generative Foundation Model Alignment")
NLPO = Claim(
    "Is Reinforcement Learning (Not) for Natural Language Processing?: Baselines and Building Blocks for Natural "
    "Language Policy Optimization",
    nickname="NLPO",
)


@pytest.mark.parametrize(
    ("title", "text", "there"),
    [
        ("Learning to summarize", "the paper *Learning to\n  Summarize*, of 2020", True),
        ("Pre-trained Transformers for Speech", "Pretrained transformers for speech!", True),
        ("Learning to summarize from human feedback", "See «Learning to sumarize from human feedback» for it.", True),
        # The same words with others before them, half a title, a short one inside a word, none at all.
        (
            "Deep reinforcement learning from human preferences",
            "Dense Reward for Free in Reinforcement Learning from Human Preferences",
            False,
        ),
        ("Learning to summarize from human feedback", "learning to summarize", False),
        ("Attention", "inattentional", False),
        ("Attention", "*Attention*", True),
        ("Eureka!", "We cried eureka.", True),
        ("", "text", False),
        ("…", "text", False),
        ("A title", "", False),
    ],
)
def test_a_title_is_found_whatever_its_print(title: str, text: str, there: bool) -> None:
    assert stands_in(title, text) is there


@pytest.mark.parametrize(
    ("claim", "names"),
    [
        (RAFT, ("RAFT",)),
        (NLPO, ("NLPO",)),
        (Claim("Uni-RLHF: A Platform", nickname="Uni-RLHF"), ("Uni-RLHF",)),
        (Claim("Back to Basics – Revisited"), ("Back to Basics",)),
        (Claim("Position: Alignment is hard"), ()),
        (Claim("RL: A Study"), ()),
        (Claim("A much longer beginning of it: A Study"), ()),
        (Claim("A Study"), ()),
    ],
)
def test_the_nickname_stands_in_brackets_or_before_a_colon(claim: Claim, names: tuple[str, ...]) -> None:
    assert nicknames(claim) == names


@pytest.mark.parametrize(
    ("claim", "text", "called"),
    [
        (RAFT, "raft-trainer", True),
        (RAFT, "rafting", False),
        (RAFT, "craft", False),
        (Claim("A Study", nickname="TPO"), "yafuly/TPO", True),
        (Claim("A Study", nickname="TPO"), "the tpo", False),
        (Claim("A Study", nickname="B-Pref"), "BPref", True),
        (Claim("A Study", nickname="+++"), "+++", False),
        (Claim("A Study"), "A Study", False),
    ],
)
def test_a_nickname_is_a_word_of_its_own(claim: Claim, text: str, called: bool) -> None:
    assert is_called(claim, text) is called


@pytest.mark.parametrize(
    ("claim", "heading", "text", "named"),
    [
        (
            RAFT,
            "",
            "It is the code of RAFT: reward ranked fine-tuning for generative foundation model alignment.",
            True,
        ),
        (RAFT, "RAFT", "A trainer.", True),
        # In other words, near its nickname.
        (RAFT, "LMFlow", "News: a new way of alignment, Reward rAnked FineTuning (RAFT), is in.", True),
        (NLPO, "RL4LMs", "Algorithms: PPO, A2C and NLPO (Natural Language Policy Optimization)", True),
        # A baseline, a data set, another RAFT.
        (RAFT, "Trainers", "We compare with PPO, DPO and RAFT; more rewards are to come.", False),
        (RAFT, "Trainers", "RAFT " + "and so on " * 50 + "a ranked reward for generative alignment", False),
        (RAFT, "Trainers", "A reward for generative, ranked alignment.", False),
        (Claim("SURF: Waves"), "Boards", "Waves for the SURF", False),
        (Claim("SURF: Tall Waves"), "Boards", "Tall waves for the SURF", True),
    ],
)
def test_a_text_names_a_paper(claim: Claim, heading: str, text: str, named: bool) -> None:
    assert names_any(claim, heading, text) is named


@pytest.mark.parametrize(
    ("title", "text", "akin"),
    [
        (
            "Reward Modeling with Ordinal Feedback: Wisdom of the Crowd",
            "Ordinal reward modeling by crowds: wisdom",
            True,
        ),
        ("Reward Modeling with Ordinal Feedback: Wisdom of the Crowd", "reward modeling by the crowd", False),
        ("Reward Modeling", "reward modeling", False),
        ("Tall Waves Break", "x" * 1_500 + " tall waves break", False),
    ],
)
def test_what_opens_with_the_words_of_a_title_is_akin_to_it(title: str, text: str, akin: bool) -> None:
    assert is_akin(Claim(title), text) is akin


def test_telling_are_words_and_their_parts_that_are_not_everybodys() -> None:
    words = {"finegrainedrlhf", "grained", "mingpt", "min", "gpt", "fur", "grosse"}
    assert set(telling("The FineGrainedRLHF code, v2 of 2024: minGPT für Größe")) == words
    assert set(telling("veRL trains OpenRLHF-like models in 2024")) == {"verl", "trains", "openrlhf", "like"}


@pytest.mark.parametrize("piece", ["a", "RAFT ", "raft-", "reward ranked ", "é", "ﷺ", "&", "C++", "- ", "原"])
@pytest.mark.unmeasured
def test_a_long_text_takes_no_long_time(piece: str) -> None:
    text = piece * (20_000 // len(piece))
    began = process_time()
    names_any(RAFT, text[:300], text)
    is_akin(RAFT, text)
    assert process_time() - began < 4


WORDS = st.lists(st.sampled_from(["RAFT", "raft", "Reward", "é", "2"]), max_size=9)


@given(WORDS, WORDS)
def test_a_title_stands_in_every_text_that_has_it(title: list[str], around: list[str]) -> None:
    said = "\n".join((*around, " - ".join(title), *around))
    assert stands_in(": ".join(title), said) is bool(title)
