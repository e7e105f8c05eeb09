from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from rlhf_linkcheck.matching.authors import AuthorComparison, Cut, Left, Named, Slip, compare_authors

RAFT = ["Hanze Dong", "Wei Xiong", "Deepanshu Goyal", "Yihan Zhang", "Winnie Chow", "Rui Pan", "Shizhe Diao"]


def the_same(shared: int, **others: Any) -> AuthorComparison:
    whole = AuthorComparison(comparable=True, shared=shared, listed=shared, order=tuple(range(shared)))
    return replace(whole, **others)


@pytest.mark.parametrize(
    ("listed", "found"),
    [
        (RAFT, RAFT),
        (["Jeff Wu", "Ben Mann"], ["Jeffrey Wu", "Benjamin Mann"]),
        (["H. Dong", "W. Xiong"], ["Hanze Dong", "Wei Xiong"]),
        (["Dong, Hanze", "Xiong, Wei"], ["Hanze Dong", "Wei Xiong"]),
        (["Dong Hanze", "Xiong Wei"], ["Hanze Dong", "Wei Xiong"]),
        (["Hanze Dong and Wei Xiong"], ["Hanze Dong", "Wei Xiong"]),
        (["Hanze Dong", "and Wei Xiong"], ["Hanze Dong", "Wei Xiong"]),
        (["Hanze Dong", "& Wei Xiong"], ["Hanze Dong", "Wei Xiong"]),
        (["Dong, Hanze and Xiong, Wei"], ["Hanze Dong", "Wei Xiong"]),
        (["Hanze Dong,Wei Xiong"], ["Hanze Dong", "Wei Xiong"]),
        (["Hanze Dong， Wei Xiong"], ["Hanze Dong", "Wei Xiong"]),
        (["Hanze Dong; Wei Xiong"], ["Hanze Dong", "Wei Xiong"]),
        (["Hanze Dong, Wei Xiong"], ["Hanze Dong", "Wei Xiong"]),
        (["Dong, H., Xiong, W."], ["Hanze Dong", "Wei Xiong"]),
        (["Hanze,Dong", "Wei Xiong"], ["Hanze Dong", "Wei Xiong"]),
        (["Hanze Dong*", "Wei Xiong†‡"], ["Hanze Dong", "Wei Xiong"]),
        (["Hanze Dong1,2", "Wei Xiong¹"], ["Hanze Dong", "Wei Xiong"]),
        (["Hanze Dong$^{*}$", "Wei Xiong\\thanks{HKUST}"], ["Hanze Dong", "Wei Xiong"]),
        (["HANZE DONG", "WEI XIONG"], ["Hanze Dong", "Wei Xiong"]),
        (["Fernández García, Ana Belén"], ["Ana Belén Fernández García"]),
        (["Ana Fernández García, Luis Soler"], ["Ana Fernández García", "Luis Soler"]),
        (["Wei Wang", "W. Wang"], ["W. Wang", "Wei Wang"][::-1]),
        (["Wei Wang", "W. Wang"], ["Wei Wang", "Wen Wang"]),
        (["Wei Wang", "Wei Wang"], ["Wei Wang 0001", "Wei Wang 0002"]),
        (["J. Zhang", "J. Y. Zhang"], ["Jie Zhang", "Jie Yan Zhang"]),
        (["Hanze Dong", ":", ""], ["Hanze Dong"]),
        (["ByteDance Seed MLSys Team & HKU:", "Wei Xiong"], ["Wei Xiong"]),
        (["Wei Xiong"], ["DeepSeek-AI", "Wei Xiong"]),
        (["OpenAI: Josh Achiam", "Steven Adler"], ["OpenAI", ":", "Josh Achiam", "Steven Adler"]),
        (["Brantley", "Ammanabrolu"], ["Kianté Brantley", "Prithviraj Ammanabrolu"]),
        (["Kianté Brantley"], ["Brantley"]),
        (["Thomfoster"], ["Thom Foster"]),
        (["王小明", "李雷"], ["Xiaoming Wang", "Lei Li"]),
    ],
)
def test_the_same_people_in_other_print(listed: Sequence[str], found: Sequence[str]) -> None:
    comparison = compare_authors(listed, found)
    assert comparison.same, comparison
    assert comparison.agrees
    assert not comparison.disjoint
    assert compare_authors(found, listed).same


@pytest.mark.parametrize(
    "ending",
    [
        "et al.",
        "et. al",
        "et al",
        "Et Al.",
        "and others",
        "others",
        "...",
        "…",
        "and 12 more",
        "& others",
        "et al. (20 authors)",
    ],
)
@pytest.mark.parametrize("alone", [True, False])
def test_a_list_may_say_that_it_is_cut(ending: str, alone: bool) -> None:
    listed = [*RAFT[:2], ending] if alone else [RAFT[0], f"{RAFT[1]} {ending}"]
    comparison = compare_authors(listed, RAFT)
    assert comparison == the_same(2, cut=Cut.SAID)
    assert comparison.same
    assert comparison.agrees


def test_a_list_that_breaks_off_says_who_is_left_out_at_the_end() -> None:
    comparison = compare_authors(RAFT[:5], RAFT)
    left = (Left(5, "Rui Pan", 4), Left(6, "Shizhe Diao", 4))
    assert comparison == the_same(5, tail=left, cut=Cut.SILENT)
    assert comparison.agrees
    assert not comparison.same


def test_people_left_out_are_told_with_the_name_that_they_follow() -> None:
    comparison = compare_authors(["Wei Xiong", "Deepanshu Goyal", *RAFT[5:]], RAFT)
    left = (Left(0, "Hanze Dong", None), Left(3, "Yihan Zhang", 1), Left(4, "Winnie Chow", 1))
    assert comparison == the_same(4, missing=left)
    assert comparison.agrees


def test_et_al_covers_no_gap_but_one_that_a_selection_leaves() -> None:
    assert compare_authors([*RAFT[:2], RAFT[3], "et al."], RAFT).missing == (Left(2, "Deepanshu Goyal", 1),)
    assert compare_authors([RAFT[0], RAFT[6], "et al."], RAFT).same


def test_a_name_that_is_not_there_is_a_phantom() -> None:
    comparison = compare_authors([*RAFT[:3], "Ada Lovelace", *RAFT[3:]], RAFT)
    assert comparison == the_same(7, listed=8, phantoms=(Named(3, "Ada Lovelace"),), order=(0, 1, 2, 4, 5, 6, 7))
    assert comparison.agrees


def test_a_phantom_in_an_authors_place_leaves_the_author_out() -> None:
    comparison = compare_authors([*RAFT[:6], "Ada Lovelace"], RAFT)
    assert comparison.phantoms == (Named(6, "Ada Lovelace"),)
    assert comparison.missing == (Left(6, "Shizhe Diao", 5),)
    assert comparison.cut is Cut.NONE


def test_of_two_namesakes_one_is_too_many() -> None:
    assert compare_authors(["Wei Wang", "Wei Wang"], ["Wei Wang", "Li Na"]).phantoms == (Named(1, "Wei Wang"),)
    assert compare_authors(["Wei Wang", "Li Na"], ["Wei Wang", "Wei Wang", "Li Na"]).missing == (
        Left(1, "Wei Wang", 0),
    )


def test_an_incomplete_source_lacks_people_and_proves_no_phantom() -> None:
    comparison = compare_authors(RAFT, [*RAFT[:2], "Rui Yang"], complete=False)
    assert comparison == the_same(2, listed=7, missing=(Left(2, "Rui Yang", 1),))
    assert compare_authors(RAFT, [*RAFT[:2], "et al."]).same


def test_a_misprint_at_the_same_place() -> None:
    comparison = compare_authors(["Hanze Dong", "Wei Xoing"], ["Hanze Dong", "Wei Xiong"])
    assert comparison == the_same(2, misspelt=(Slip(1, "Wei Xoing", "Wei Xiong"),))
    assert comparison.agrees


def test_a_misprint_beside_somebody_left_out() -> None:
    comparison = compare_authors(["Hanze Dong", "Deepanshu Goyl", "Rui Pan"], [*RAFT[:3], "Rui Pan"])
    assert comparison.misspelt == (Slip(1, "Deepanshu Goyl", "Deepanshu Goyal"),)
    assert comparison.missing == (Left(1, "Wei Xiong", 0),)


def test_a_misprint_elsewhere_needs_a_long_word_and_nobody_else_as_near() -> None:
    listed = ["Rui Pan", "Deepanshu Goyal", "Wei Xiong", "Shizhe Diao"]
    far = compare_authors(listed, ["Depanshu Goyal", "Shizhe Diao", "Rui Pan", "Wei Xiong"])
    assert far.misspelt == (Slip(1, "Deepanshu Goyal", "Depanshu Goyal"),)
    assert far.reordered
    rivals = ["Christianp Paul", "Christianq Paul", "Rui Pan", "Wei Xiong", "Jo Do"]
    near = compare_authors(["Rui Pan", "Wei Xiong", "Jo Do", "Ann Lee", "Paul Christiano", "Kim Poe"], rivals)
    assert not near.misspelt
    assert near.phantoms == (Named(3, "Ann Lee"), Named(4, "Paul Christiano"), Named(5, "Kim Poe"))


def test_two_people_who_change_places_are_no_misprint() -> None:
    comparison = compare_authors(["Wei Zhang", "Wen Zhang"], ["Wen Zhang", "Wei Zhang"])
    assert comparison == the_same(2, reordered=True, order=(1, 0))


def test_another_given_name_at_the_same_place_is_told_gently() -> None:
    comparison = compare_authors(["Hanze Dong", "Wei Zhang"], ["Hanze Dong", "Jie Zhang"])
    assert comparison == the_same(2, renamed=(Slip(1, "Wei Zhang", "Jie Zhang"),))
    assert comparison.agrees


def test_at_one_place_there_is_one_namesake() -> None:
    comparison = compare_authors(["Hanze Dong", "Jie Zhang"], ["Hanze Dong", "Wei Zhang", "Bo Zhang"])
    assert comparison.renamed == (Slip(1, "Jie Zhang", "Wei Zhang"),)
    assert comparison.tail == (Left(2, "Bo Zhang", 1),)


def test_another_given_name_elsewhere_is_somebody_else() -> None:
    comparison = compare_authors(["Hanze Dong", "Wei Zhang", "Rui Pan"], ["Jie Zhang", "Hanze Dong", "Rui Pan"])
    assert comparison.phantoms == (Named(1, "Wei Zhang"),)
    assert not comparison.renamed


def test_among_strangers_a_namesake_is_chance() -> None:
    comparison = compare_authors(["Ann Lee", "Wei Zhang", "Kim Poe"], ["Rui Pan", "Jie Zhang", "Hanze Dong"])
    assert comparison.phantoms == (Named(0, "Ann Lee"), Named(1, "Wei Zhang"), Named(2, "Kim Poe"))
    assert comparison.disjoint


def test_a_lone_namesake_may_have_changed_their_name_and_may_be_somebody_else() -> None:
    comparison = compare_authors(["Joey Hejna"], ["Donald Hejna"])
    assert comparison.renamed == (Slip(0, "Joey Hejna", "Donald Hejna"),)
    assert comparison.disjoint


def test_in_a_source_without_order_place_is_no_evidence() -> None:
    assert compare_authors(RAFT, RAFT[::-1]).reordered
    assert compare_authors(RAFT, RAFT[::-1], ordered=False).same
    assert compare_authors(RAFT[:3], RAFT[::-1], ordered=False).tail == tuple(
        Left(place, RAFT[6 - place], None) for place in range(4)
    )
    assert compare_authors([*RAFT[:3], "et al."], RAFT[::-1], ordered=False).same


def test_a_source_without_order_and_completeness_says_nothing_about_a_given_name() -> None:
    listed, found = ["Hanze Dong", "Yu-Ping Cheng"], ["Yu Cheng", "Hanze Dong"]
    assert compare_authors(listed, found, complete=False, ordered=False).same
    assert compare_authors(listed, found, ordered=False).renamed == (Slip(1, "Yu-Ping Cheng", "Yu Cheng"),)
    assert compare_authors(["Yu-Ping Cheng", "Li Cheng"], ["Bo Cheng", "Rui Pan"], ordered=False).disjoint


def test_a_surname_alone_finds_its_bearer_where_it_is_the_only_one() -> None:
    found = ["Rui Pan", "Kianté Brantley", "Wei Xiong", "Jie Xiong"]
    assert compare_authors(["Brantley", "Rui Pan"], found, ordered=False, complete=False).shared == 2
    assert compare_authors(["Brantley", "Rui Pan"], found).phantoms == (Named(0, "Brantley"),)
    assert compare_authors(["Xiong", "Rui Pan"], found, ordered=False).phantoms == (Named(0, "Xiong"),)


def test_the_firmest_ties_are_made_first_and_nobody_is_left_for_want_of_room() -> None:
    listed = ["J. Zhang", "Jie Zhang", "J. Zhang"]
    assert compare_authors(listed, ["Jie Zhang", "Jun Zhang", "Jan Zhang"], ordered=False).same
    crowded = compare_authors(["J. Zhang", "J. Zhang", "J. Zhang"], ["Jie Zhang", "Jun Zhang"], ordered=False)
    assert crowded.phantoms == (Named(2, "J. Zhang"),)
    listed = ["J. Zhang", "J. B. Zhang", "J. C. Zhang"]
    assert compare_authors(listed, ["Jie Bo Zhang", "Jie Cao Zhang", "Jie Zhang"], ordered=False).same


@pytest.mark.parametrize(
    ("listed", "found", "comparable"),
    [
        (["OpenAI"], ["OpenAI"], True),
        (["OpenAI"], ["OpenAI", ":", "Josh Achiam", "Steven Adler"], True),
        (["Gemini Team"], ["Gemini Team, Google"], True),
        (["Anthropic"], ["Deep Ganguli", "Amanda Askell"], False),
        (["OpenAI"], ["Anthropic"], False),
        (["Deep Ganguli"], ["Anthropic"], False),
        (["Deep Ganguli"], ["Anthropic", "Google"], False),
        ([], ["Deep Ganguli"], False),
        (["Deep Ganguli"], [], False),
        ([], [], False),
        (["et al."], ["Deep Ganguli"], False),
    ],
)
def test_an_organisation_is_its_own_equal_and_no_persons(listed: list[str], found: list[str], comparable: bool) -> None:
    comparison = compare_authors(listed, found)
    assert (comparison.comparable, comparison.same) == (comparable, comparable)
    assert comparison.agrees == comparable
    assert not comparison.disjoint


@pytest.mark.parametrize(
    ("listed", "found", "agrees", "disjoint"),
    [
        (RAFT, ["Rui Liu", "Barzan Mozafari"], False, True),
        (["Rui Liu"], ["Barzan Mozafari"], False, True),
        (["Rui Liu"], ["Rui Liu", "Barzan Mozafari"], True, False),
        (["Kongming Wang", "Theo Gasser"], ["Alois Kneip", "Theo Gasser"], False, False),
        (["Kongming Wang", "Theo Gasser"], ["Theo Gasser"], True, False),
        (["Jian Hu", "Haotian Xu", "Wei Shen"], ["Jian Hu", "Haotian Xu", "Bo Li"], True, False),
        (["Jian Hu"], ["Jian Hu", "Jason Klein Liu", "Haotian Xu", "Wei Shen"], False, False),
        (RAFT[:3], RAFT, True, False),
        (RAFT, RAFT[:3], False, False),
        (["Rui Pan", "Bo Li", "Na Wu", "Hu Qi"], RAFT, False, True),
        (["Rui Pan", "Bo Li", "Na Wu"], RAFT, False, False),
        ([*"ABCDEFG", "Rui Pan", "Wei Xiong"], [*RAFT, "Bo Li", "Na Wu"], False, True),
        (["Bo Li", "et al."], RAFT, False, True),
        (["Wei Xiong", "et al."], RAFT, True, False),
    ],
)
def test_whether_it_is_one_papers_list(listed: list[str], found: list[str], agrees: bool, disjoint: bool) -> None:
    comparison = compare_authors(listed, found)
    assert (comparison.agrees, comparison.disjoint) == (agrees, disjoint), comparison
    assert compare_authors(found, listed).disjoint == disjoint or listed[-1] == "et al."
