import pytest

from rlhf_linkcheck.matching.names import read_name


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("Paul F. Christiano", "paul f christiano"),
        ("Christiano, Paul F.", "paul f christiano"),
        ("Downey, Robert, Jr.", "robert downey"),
        ("Downey, Jr., Robert", "robert downey"),
        ("John Smith III", "john smith"),
        ("Ii Tanaka", "ii tanaka"),
        ("Md. Rizwan Parvez", "md rizwan parvez"),
        ("John Smith, MD", "john smith"),
        ("Prof. Dr. John A. Smith, Ph.D.", "john a smith"),
        ("Wenbo Guo 0001", "wenbo guo"),
        ("Yihao Feng1,2*", "yihao feng"),
        ("Ian\u00a0A. Wilson", "ian a wilson"),
        ("Sheer El-Showk", "sheer el showk"),
        ("Pat O´Brien", "pat obrien"),
        ("Ｗｅｉ Ｇｕｏ", "wei guo"),
        ("xX_agent_007", "xx agent 007"),
        ("4chan", "4chan"),
        ("360", "360"),
        ("(Ray)", "ray"),
        ("王小明", "xiaoming wang"),
        ("王 小明", "xiaoming wang"),
        ("Xiaoming Wang 王小明", "xiaoming wang"),
        ("王", "wang"),
        ("欧阳明", "ming ouyang"),
        ("김민수", "minsu gim"),
        ("やまだ たろう", "yamada tarou"),
        ("", ""),
        ("---", ""),
        (" , ", ""),
        ("…", ""),
    ],
)
def test_a_printed_name_into_words_the_given_names_first(printed: str, words: str) -> None:
    assert " ".join(word.plain for word in read_name(printed).words) == words


@pytest.mark.parametrize(
    ("printed", "optional"),
    [
        ("Mihaela van der Schaar", ["van", "der"]),
        ("van der Schaar, Mihaela", ["van", "der"]),
        ("van der Schaar Mihaela", ["van", "der"]),
        ("Blaise Agüera y Arcas", ["y"]),
        ("José G. E. de Souza", ["de"]),
        ("Ruixin (Ray) Yang", ["ray"]),
        ("Ruixin “Ray” Yang", ["ray"]),
        ("Ruixin ‘Ray’ Yang", ["ray"]),
        ("Jie Tang (Department of Computer Science)", []),
        ("Nan Du", []),
        ("Di He", []),
        ("Le Hou", []),
        ("Quoc V. Le", []),
        ("Ben Mann", []),
    ],
)
def test_what_may_be_left_out_of_a_name(printed: str, optional: list[str]) -> None:
    assert [word.plain for word in read_name(printed).words if word.optional] == optional


def test_letters_have_several_spellings() -> None:
    mueller, brien = read_name("Müller O’Brien").words
    assert mueller.spellings == ("muller", "mueller", "mller")
    assert brien.spellings == ("obrien",)
    assert read_name("김민수").words[1].spellings == ("gim", "kim")


def test_capitals_may_be_initials_where_not_all_is_in_capitals() -> None:
    assert [word.glued for word in read_name("PJ Liu").words] == [True, False]
    assert [word.glued for word in read_name("PJ LIU").words] == [True, False]
    assert [word.glued for word in read_name("WEI GUO").words] == [False, False]
    assert [word.glued for word in read_name("Wei Ng").words] == [False, False]


def test_what_is_no_name_is_compared_as_a_whole() -> None:
    assert len(read_name("word " * 20).words) == 1
    assert len(read_name("A long sentence " * 30).words) == 1
    assert read_name("word " * 20).key == ("word" * 20,)


@pytest.mark.parametrize(("printed", "surname"), [("Wei Guo", "guo"), ("Guo W.", "guo"), ("J. K.", None)])
def test_the_surname_is_the_last_whole_word(printed: str, surname: str | None) -> None:
    word = read_name(printed).surname
    assert (word and word.plain) == surname
