import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.matching.titles import fold


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deep RL from Human Preferences", "DEEP RL FROM HUMAN PREFERENCES"),
        ("Pre-trained models", "Pretrained  Models"),
        ("Pre-trained models", "pre trained\nmodels"),
        ("Is RLHF Enough?", "Is RLHF enough"),
        ("Reward hacking.", "Reward Hacking"),
        ("A – B — C", "A-B-C"),
        ("“Quoted” ‘titles’", "\"Quoted\" 'titles'"),
        ("Don’t", "Don't"),
        ("RLHF: a survey", "RLHF - A Survey"),
        ("Q&amp;A", "Q&A"),
        ("Helpful &amp; Harmless", "Helpful and harmless"),
        ("Caf&eacute; &lt;3", "cafe 3"),
        ("Gallé, Üstün, Kıcıman", "Galle, Ustun, Kiciman"),
        ("Straße, Søren, Łukasz, Đorđe", "Strasse, Soren, Lukasz, Dorde"),
        ("Æsir, œuvre, þorn", "AEsir, oeuvre, thorn"),
        ("eﬃcient ﬁne-tuning", "efficient fine-tuning"),
        ("x² ＲＬＨＦ", "x2 RLHF"),
        ("İstanbul", "istanbul"),
        ("PaLM + RLHF - Pytorch", "PaLM RLHF PyTorch"),
        ("100 % safe", "100% safe"),
        ("基于人类反馈的强化学习。", "基于人类反馈的强化学习"),
    ],
)
def test_one_title_however_it_is_set(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Attention Is All You Need", "Attention Is All You Want"),
        ("Off-diagonal book Ramsey numbers", "Off-diagonal Ramsey numbers"),
        ("C++", "C#"),
        ("C++", "C"),
        ("C#", "C"),
        ("REINFORCE++", "REINFORCE"),
        ("GPT-4+", "GPT-4"),
        ("100% of it", "100 of it"),
        ("GPT-3", "GPT-4"),
        ("强化学习", "监督学习"),
        ("がくしゅう", "かくしゅう"),
        ("कि", "का"),
        ("???", "!!!"),
    ],
)
def test_two_titles_that_differ_in_a_word_stay_two(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@pytest.mark.parametrize("title", ["强化学习", "???", "…", "λ", "🤗", "\u0301", "«»"])
def test_only_an_empty_title_folds_to_nothing(title: str) -> None:
    assert fold(title)


@pytest.mark.parametrize("title", ["", "  \n", "&nbsp;"])
def test_an_empty_title_folds_to_nothing(title: str) -> None:
    assert fold(title) == ""


TITLES = st.one_of(st.text(), st.text("&#amp;lt+C%1 x'éß½ıİ\u0345\u0301_"))


@given(TITLES)
def test_folding_twice_is_folding_once(title: str) -> None:
    assert fold(fold(title)) == fold(title)


@given(TITLES)
def test_a_title_with_something_in_it_never_folds_to_nothing(title: str) -> None:
    assert bool(fold(title)) is bool(html.unescape(title).strip())


@given(TITLES)
def test_a_fold_has_no_blanks(title: str) -> None:
    assert fold(title).split() in ([], [fold(title)])
