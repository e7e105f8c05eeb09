import doctest
import importlib
import json

import pytest
from shared_data import SHARED

from rlhf_linkcheck.matching.titles import TitleComparison, TitleGrade, compare_titles, fold

DATA = SHARED / "data"
needs_data = pytest.mark.skipif(not DATA.exists(), reason=f"needs {DATA} (see RLHF_LINKCHECK_SHARED)")

SAME, SUBTITLE, TYPO, WORDS, OTHER = TitleGrade


@pytest.mark.parametrize(
    ("listed", "found", "grade", "words"),
    [
        ("Is RLHF Enough?", "Is RLHF enough", SAME, ""),
        # a nickname or a subtitle
        (
            "XGBoost",
            "XGBoost: A Scalable Tree Boosting System",
            SUBTITLE,
            "«: A Scalable Tree Boosting System» left out",
        ),
        ("Reward Hacking – A Survey", "Reward Hacking", SUBTITLE, "«– A Survey» added"),
        ("InstructGPT: Training models to follow", "Training models to follow", SUBTITLE, "«InstructGPT:» added"),
        ("Training models to follow (InstructGPT)", "Training models to follow", SUBTITLE, "«(InstructGPT)» added"),
        ("Training models to follow", "[InstructGPT] Training models to follow", SUBTITLE, "«[InstructGPT]» left out"),
        (
            "InstructGPT: Training models to follow - An Essay",
            "Training models to follow",
            SUBTITLE,
            "«InstructGPT:» added, «- An Essay» added",
        ),
        ("Is DPO Superior? A Study", "Is DPO Superior?", SUBTITLE, "«A Study» added"),
        ("Reward Hacking. A Survey", "Reward Hacking", SUBTITLE, "«A Survey» added"),
        ("Deep—RL", "Deep", SUBTITLE, "«—RL» added"),
        ("Off-diagonal book Ramsey numbers", "Off-diagonal Ramsey numbers", WORDS, "«book» added"),
        ("Off-diagonal Ramsey numbers", "Off", OTHER, "«Off-diagonal Ramsey numbers» instead of «Off»"),
        ("A Survey", "RLHF: A Survey", OTHER, "«A Survey» instead of «RLHF: A Survey»"),
        ("Magnets: A Survey", "Sonnets: A Survey", OTHER, "«Magnets: A Survey» instead of «Sonnets: A Survey»"),
        (
            "Design, Challenges and Directions",
            "Inference through Early-Exit Networks: Design, Challenges and Directions",
            WORDS,
            "«Inference through Early-Exit Networks» left out",
        ),
        # a slip of the pen
        ("Trainning Language Models", "Training Language Models", TYPO, "«Trainning» instead of «Training»"),
        ("Training Langauge Models", "Training Language Models", TYPO, "«Langauge» instead of «Language»"),
        (
            "Trainning Langauge Models",
            "Training Language Models",
            TYPO,
            "«Trainning Langauge» instead of «Training Language»",
        ),
        ("Fine tunning of models", "Finetuning of Models", TYPO, "«Fine tunning» instead of «Finetuning»"),
        ("Independant Learners", "Independent Learners", TYPO, "«Independant» instead of «Independent»"),
        ("Policy Optimisation", "Policy Optimization", TYPO, "«Optimisation» instead of «Optimization»"),
        ("POLICY OPTIMZATION", "Policy Optimization", TYPO, "«OPTIMZATION» instead of «Optimization»"),
        # another word
        ("Learning from Human Feedback", "(Un)learning from Human Feedback", WORDS, "«Un» left out"),
        ("[Sonnet] On Poles", "[Sonnet] A Theory of Iron", WORDS, "«On Poles» instead of «A Theory of Iron»"),
        (
            "Learning to summarize with human feedback",
            "Learning to summarise from human feedback",
            WORDS,
            "«summarize with» instead of «summarise from»",
        ),
        ("Attention Is All You Want", "Attention is all you need", WORDS, "«Want» instead of «need»"),
        ("Deep Leaning", "Deep Learning", WORDS, "«Leaning» instead of «Learning»"),
        ("A Test of Reason", "A Text of Reason", WORDS, "«Test» instead of «Text»"),
        ("Causal Bandits in Time", "Casual Bandits in Time", WORDS, "«Causal» instead of «Casual»"),
        (
            "Contrastive Preference Encoders",
            "Contractive Preference Encoders",
            WORDS,
            "«Contrastive» instead of «Contractive»",
        ),
        ("Subspace Differential Privacys", "Subspace Differential Privacy", WORDS, "«Privacys» instead of «Privacy»"),
        ("Policies from Data", "Policy from Data", WORDS, "«Policies» instead of «Policy»"),
        ("QuanLoRA for All of Us", "QuanDoRA for All of Us", WORDS, "«QuanLoRA» instead of «QuanDoRA»"),
        ("AlphaGoo for All of Us", "AlphaGo for All of Us", WORDS, "«AlphaGoo» instead of «AlphaGo»"),
        ("Solving Games with GPT-3", "Solving Games with GPT-4", WORDS, "«3» instead of «4»"),
        ("Solving Games in C++", "Solving Games in C", WORDS, "«C++» instead of «C»"),
        ("预训练语言模型的对齐", "预训练语言模型的优化", WORDS, "«对齐» instead of «优化»"),
        ("The Survey of Magnets", "Magnets: The Survey", WORDS, "«Magnets» left out, «of Magnets» added"),
        (
            "Sevral Diffrent Misspeled Words",
            "Several Different Misspelled Words",
            WORDS,
            "«Sevral Diffrent Misspeled» instead of «Several Different Misspelled»",
        ),
        (
            "RIME: Robust Preference-based Reinforcement Learning with Noisy Human Preferences",
            "RIME: Robust Preference-based Reinforcement Learning with Noisy Preferences",
            WORDS,
            "«Human» added",
        ),
        (
            "Differential Information: An Information-Theoretic Perspective on Preference Optimization",
            "Differential Information Distribution: A Bayesian Perspective on Direct Preference Optimization",
            WORDS,
            "«An Information-Theoretic» instead of «Distribution: A Bayesian», «Direct» left out",
        ),
        (
            "REINFORCE++: A Simple and Efficient Approach for Aligning Large Language Models",
            "REINFORCE++: Stabilizing Critic-Free Policy Optimization with Global Advantage Normalization",
            WORDS,
            (
                "«A Simple and Efficient Approach for Aligning Large Language…» instead of "
                "«Stabilizing Critic-Free Policy Optimization with Global Adv…»"
            ),
        ),
        # another paper
        (
            "Language Models Learn to Mislead Humans via RLHF",
            "A Simple and Effective Reinforcement Learning Method for Text-to-Image Diffusion Fine-tuning",
            OTHER,
            (
                "«Language Models Learn to Mislead Humans via RLHF» instead of "
                "«A Simple and Effective Reinforcement Learning Method for Te…»"
            ),
        ),
        (
            "Parameter Efficient Reinforcement Learning from Human Feedback",
            "Aligning Language Models with Offline Reinforcement Learning from Human Feedback",
            OTHER,
            (
                "«Parameter Efficient Reinforcement Learning from Human Feedb…» instead of "
                "«Aligning Language Models with Offline Reinforcement Learnin…»"
            ),
        ),
        ("基于人类反馈的强化学习", "大模型综述", OTHER, "«基于人类反馈的强化学习» instead of «大模型综述»"),
        ("Title", "", OTHER, "«Title» added"),
        ("???", "!!!", OTHER, "«???» instead of «!!!»"),
    ],
)
def test_titles_are_graded_by_what_differs(listed: str, found: str, grade: TitleGrade, words: str) -> None:
    comparison = compare_titles(listed, found)
    assert (comparison.grade, comparison.words()) == (grade, words)
    assert comparison.same is (grade is SAME)


def test_the_words_of_each_title_are_as_printed() -> None:
    assert compare_titles("Safe $\\alpha$-RL: “Deep” Sea", "Safe RL: Cold, Cold Sea") == TitleComparison(
        WORDS,
        ("α", "Deep"),
        ("Cold", "Cold"),
        compare_titles("Safe α-RL: “Deep” Sea", "Safe RL: Cold, Cold Sea").differences,
    )


def test_many_differences_are_told_in_short() -> None:
    listed = "one red two blue three green four black five large fishes swim"
    found = "one tin two iron three gold four lead five large fishes swim"
    assert compare_titles(listed, found).words() == (
        "«red» instead of «tin», «blue» instead of «iron», «green» instead of «gold» and 1 more"
    )


def test_hyphens_and_blanks_are_no_difference_beside_one() -> None:
    comparison = compare_titles(
        "Pre-trained VQ-V AE for state of the art Cats", "Pretrained VQ-VAE for state-of-the-art Dogs"
    )
    assert (comparison.listed_only, comparison.found_only) == (("Cats",), ("Dogs",))


@pytest.mark.parametrize("padding", ["word ", "中", "a: b ", "ab cd ", "(", "x"])
def test_a_text_without_end_is_still_told_apart_at_its_end(padding: str) -> None:
    text = padding * (20_000 // len(padding))
    assert compare_titles(f"{text} end", f"{text} end").same
    assert not compare_titles(f"{text} end", f"{text} bend").same
    assert len(compare_titles(f"{text} end", f"{text} bend").words()) < 500


def test_a_long_text_printed_otherwise_differs_somewhere() -> None:
    comparison = compare_titles("ab cd " * 1_000 + "end", "abc d " * 1_000 + "bend")
    assert (comparison.grade, bool(comparison.words())) == (OTHER, True)


@pytest.mark.parametrize("module", ["titles", "latex", "markup", "letters", "wording", "subtitles", "slips", "kinship"])
def test_examples_in_docstrings_hold(module: str) -> None:
    failed, tried = doctest.testmod(importlib.import_module(f"rlhf_linkcheck.matching.{module}"))
    assert (failed, tried > 0) == (0, True)


@needs_data
def test_labelled_pairs_are_graded_as_they_are_labelled() -> None:
    pairs = [json.loads(line) for line in (DATA / "pairs.jsonl").read_text("utf-8").splitlines()]
    graded = {
        (pair["expect"] == "title", compare_titles(pair["claimed"]["title"], pair["true"]["title"]).grade)
        for pair in pairs
    }
    assert graded == {(True, WORDS), (False, SAME), (False, SUBTITLE)}


@needs_data
@pytest.mark.unmeasured
def test_papers_of_one_list_are_others() -> None:
    lines = (DATA / "arxiv.jsonl").read_text("utf-8").splitlines()
    titles = sorted({json.loads(line)["title"] for line in lines[::2]}, key=fold)
    grades = [compare_titles(one, other).grade for at, one in enumerate(titles) for other in titles[:at]]
    assert grades.count(OTHER) / len(grades) > 0.998
