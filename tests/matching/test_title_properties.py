import html
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlhf_linkcheck.matching.letters import letters
from rlhf_linkcheck.matching.markup import plain, unescaped
from rlhf_linkcheck.matching.titles import TitleGrade, compare_titles, fold
from rlhf_linkcheck.matching.wording import words_of

PIECES = st.sampled_from(
    [
        *("&amp;", "&lt;", "&#", "&#x41;", "<i>", "</i>", "<tex-math>", "</tex-math>", "<alternatives>"),
        *("</alternatives>", "$", "\\", "\\alpha", "\\'", "{", "}", "%", "+", "#", "\\textbf{", "\\href{", "\\begin"),
        *("RETRACTED:", "[withdrawn]", "(Retracted)", ": ", " - ", "—", "(", "]", "? ", " ", "\n", "~", ">=", "/", "'"),
        *(".", "word", "Words", "A", "é", "e\u0301", "ß", "İ", "ı", "ﬁ", "½", "²", "＋", "％", "α", "Σ", "∞", "≠"),
        *("и", "\u0306", "中", "か", "\u3099", "ก", "\u0e31", "한", "ـ", "\u00ad", "\u200b", "\ufe0f", "🤗", "7"),
        *("\x1f", "\u2028", "´", "__", "``", "--"),
    ]
)
TITLES = st.one_of(st.text(), st.lists(PIECES, max_size=12).map("".join))

VOCABULARY = """
alignment bandits causal diffusion embeddings flows games hacking imitation jailbreaks kernels lattices margins
navigation oversight planning queries rewards sycophancy tokens uncertainty verifiers watermarks xenon zebras
"""
SENTENCES = st.lists(st.sampled_from(VOCABULARY.split()), min_size=2, max_size=9)

PRINTED: list[Callable[[str], str]] = [
    str.upper,
    str.title,
    lambda word: f"\\emph{{{word}}}",
    lambda word: f"{{{word[0].upper()}}}{word[1:]}",
    lambda word: "$\\mathrm{" + word + "}$",
    lambda word: "\\'" + word,
    lambda word: f'{word[0]}\\"{{{word[1]}}}{word[2:]}',
    lambda word: f"<jats:italic>{word}</jats:italic>",
    lambda word: f"&lt;b&gt;{word}&lt;/b&gt;",
    lambda word: "".join(f"&amp;#{ord(letter)};" for letter in word),
    lambda word: "".join(chr(ord(letter) - ord("a") + ord("𝒂")) for letter in word),
    lambda word: word[:3] + "\u00ad" + word[3:],
    lambda word: word[:3] + "-\n  " + word[3:],
    lambda word: f"“{word}”",
    lambda word: f"{word},",
]
BLANKS = st.sampled_from([" ", "  ", "\n  ", "\u00a0", "-", "‐", "–", " — ", ": ", "~", "/"])


@st.composite
def reprinted(draw: st.DrawFn, words: list[str]) -> str:
    """The title as some database might print it."""
    return "".join(draw(st.sampled_from(PRINTED))(word) + draw(BLANKS) for word in words) + draw(
        st.sampled_from([".", ""])
    )


@given(TITLES)
def test_folding_twice_is_folding_once(title: str) -> None:
    assert fold(fold(title)) == fold(title)


@given(TITLES)
def test_a_title_with_something_in_it_never_folds_to_nothing(title: str) -> None:
    assert bool(fold(title)) is bool(unescaped(title).strip())


@given(TITLES)
def test_a_fold_has_no_blanks(title: str) -> None:
    assert fold(title).split() in ([], [fold(title)])


@given(st.text(st.characters(exclude_characters="&")))
def test_entities_are_read_however_often_they_are_escaped(title: str) -> None:
    assert fold(html.escape(html.escape(title))) == fold(title)


@given(TITLES)
def test_the_words_of_a_title_are_its_fold(title: str) -> None:
    text = plain(title)
    assert "".join(word.key for word in words_of(text)) == letters(text)


@given(TITLES, TITLES)
def test_a_comparison_mirrors_the_one_the_other_way_round(one: str, other: str) -> None:
    assert compare_titles(one, other).mirrored() == compare_titles(other, one)


@given(TITLES, TITLES)
def test_only_equal_folds_are_the_same(one: str, other: str) -> None:
    comparison = compare_titles(one, other)
    assert comparison.same is (fold(one) == fold(other))
    assert comparison.same is (comparison.words() == "")


@given(st.data(), SENTENCES)
def test_print_makes_no_difference(data: st.DataObject, words: list[str]) -> None:
    assert compare_titles(" ".join(words), data.draw(reprinted(words))).same


@given(st.data(), SENTENCES)
def test_a_word_more_is_always_seen(data: st.DataObject, words: list[str]) -> None:
    more = list(words)
    more.insert(data.draw(st.integers(0, len(words))), "quokkas")
    comparison = compare_titles(data.draw(reprinted(more)), data.draw(reprinted(words)))
    assert not comparison.same
    assert fold(" ".join(comparison.listed_only)).endswith("quokkas") or "quokkas" in fold(
        " ".join(comparison.listed_only)
    )


@given(st.data(), SENTENCES)
def test_a_word_replaced_is_always_seen(data: st.DataObject, words: list[str]) -> None:
    changed = list(words)
    changed[data.draw(st.integers(0, len(words) - 1))] = "quokkas"
    grade = compare_titles(data.draw(reprinted(changed)), data.draw(reprinted(words))).grade
    assert grade in {TitleGrade.WORDS, TitleGrade.OTHER}


@given(st.data(), SENTENCES)
def test_what_differs_is_the_same_however_it_is_printed(data: st.DataObject, words: list[str]) -> None:
    plainly = compare_titles(" ".join([*words, "quokkas"]), " ".join([*words, "wombats"]))
    assert (plainly.listed_only, plainly.found_only) == (("quokkas",), ("wombats",))
    spread = data.draw(st.sampled_from(["\n  ", "\u00a0", "  "]))
    assert compare_titles(spread.join([*words, "quokkas"]), " ".join([*words, "wombats"])) == plainly


@pytest.mark.parametrize("at", range(5))
def test_any_word_left_out_is_seen(at: int) -> None:
    words = VOCABULARY.split()[:5]
    comparison = compare_titles(" ".join(words[:at] + words[at + 1 :]), " ".join(words))
    assert (comparison.grade, comparison.found_only) == (TitleGrade.WORDS, (words[at],))
