import pytest

from rlhf_linkcheck.matching.agreement import Tie, agreement, misprint, namesakes
from rlhf_linkcheck.matching.names import read_name

ONE_PERSON = [
    ("Paul Christiano", "Christiano, Paul", Tie.SAME),
    ("Longpre Shayne", "Shayne Longpre", Tie.SAME),
    ("Kianté,Brantley", "Kianté Brantley", Tie.SAME),
    ("GUO Wei", "Wei Guo", Tie.SAME),
    ("WEI GUO", "Wei Guo", Tie.SAME),
    ("Wenbo Guo 0001", "Wenbo Guo", Tie.SAME),
    ("Yihao Feng*", "Yihao Feng", Tie.SAME),
    ("Xianyu", "Xianyu", Tie.SAME),
    # Initials, with stops, without, glued, behind; middle names left out.
    ("J. Zhang", "Jie Zhang", Tie.ABRIDGED),
    ("Zhang J", "Jie Zhang", Tie.ABRIDGED),
    ("Zhang, J.", "Jie Zhang", Tie.ABRIDGED),
    ("P. J. Liu", "Peter J. Liu", Tie.ABRIDGED),
    ("P.J. Liu", "Peter Liu", Tie.ABRIDGED),
    ("PJ Liu", "Peter J. Liu", Tie.ABRIDGED),
    ("PJ Liu", "Peter Liu", Tie.ABRIDGED),
    ("Liu PJ", "Peter J. Liu", Tie.ABRIDGED),
    ("AJ Piergiovanni", "A. J. Piergiovanni", Tie.SAME),
    ("Philip H.S. Torr", "P. Torr", Tie.ABRIDGED),
    ("Daniel M. Ziegler", "Daniel Ziegler", Tie.ABRIDGED),
    ("Ziegler Daniel", "Daniel M. Ziegler", Tie.ABRIDGED),
    ("Zhaohan Daniel Guo", "Daniel Guo", Tie.ABRIDGED),
    ("T. K. Satish Kumar", "Satish Kumar", Tie.ABRIDGED),
    ("Quoc V. Le", "Le, Quoc Viet", Tie.ABRIDGED),
    ("W. E", "Weinan E", Tie.FAINT),
    # Hyphens.
    ("Jean-Luc Picard", "Jean Luc Picard", Tie.SAME),
    ("Jean-Luc Picard", "Jeanluc Picard", Tie.SAME),
    ("J.-L. Picard", "Jean-Luc Picard", Tie.ABRIDGED),
    ("J-L Picard", "Jean-Luc Picard", Tie.ABRIDGED),
    ("JL Picard", "Jean-Luc Picard", Tie.ABRIDGED),
    ("Picard JL", "Jean-Luc Picard", Tie.ABRIDGED),
    ("Yi-An Ma", "Yian Ma", Tie.SAME),
    ("Ma Yi-An", "Yian Ma", Tie.SAME),
    ("Y. Ma", "Yi-An Ma", Tie.ABRIDGED),
    ("Y.-A. Ma", "Yian Ma", Tie.ABRIDGED),
    ("Abdel-Rahman Mohamed", "Abdelrahman Mohamed", Tie.SAME),
    ("Yi‐chen Hsieh", "Yi-Chen Hsieh", Tie.SAME),
    ("Hyun Oh Song", "Hyunoh Song", Tie.SAME),
    ("Nova DasSarma", "Nova Das Sarma", Tie.SAME),
    # Particles, suffixes, titles, brackets.
    ("Mihaela van der Schaar", "Van Der Schaar, Mihaela", Tie.SAME),
    ("M. van der Schaar", "Mihaela van der Schaar", Tie.ABRIDGED),
    ("Mihaela Schaar", "Mihaela van der Schaar", Tie.SAME),
    ("Vanderschaar, Mihaela", "Mihaela van der Schaar", Tie.SAME),
    ("Sheer El-Showk", "Sheer El Showk", Tie.SAME),
    ("Sheer Elshowk", "Sheer El Showk", Tie.SAME),
    ("Blaise Agüera y Arcas", "Blaise Aguera-Arcas", Tie.SAME),
    ("Robert Downey, Jr.", "Robert Downey", Tie.SAME),
    ("John Smith III", "Smith, John", Tie.SAME),
    ("Dr. John Smith, Ph.D.", "John Smith", Tie.SAME),
    ("Ruixin (Ray) Yang", "Ruixin Yang", Tie.SAME),
    ("Ruixin (Ray) Yang", "Ray Yang", Tie.ABRIDGED),
    ('Ruixin "Ray" Yang', "Ruixin Yang", Tie.SAME),
    # Other forms of given names.
    ("Jeff Wu", "Jeffrey Wu", Tie.VARIED),
    ("Wu Jeff", "Jeffrey Wu", Tie.VARIED),
    ("Alex J. Chan", "Alex James Chan", Tie.ABRIDGED),
    ("Alex J. Chan", "Alexander Chan", Tie.VARIED),
    ("Sasha Rush", "Alexander M. Rush", Tie.VARIED),
    ("Alexander Sasha Rush", "Alexander M. Rush", Tie.ABRIDGED),
    ("Md Rizwan Parvez", "Mohammad Rizwan Parvez", Tie.VARIED),
    ("Alexander Nicholas D'Amour", "Alex D’Amour", Tie.VARIED),
    # Halves of compound surnames.
    ("Gabriel García Márquez", "Gabriel García", Tie.HALVED),
    ("Gabriel García Márquez", "Gabriel Márquez", Tie.ABRIDGED),
    ("S. Zanella", "Santiago Zanella-Béguelin", Tie.HALVED),
    ("Santiago Beguelin", "Santiago Zanella-Béguelin", Tie.HALVED),
    ("Derrick Goh", "Derrick Goh Xin Deik", Tie.HALVED),
    # Accents, transliterations, other scripts.
    ("Müller, Hans", "Hans Mueller", Tie.SAME),
    ("Hans Muller", "Hans Müller", Tie.SAME),
    ("Søren Ørsted", "Soeren Oersted", Tie.SAME),
    ("Søren Ørsted", "Soren Orsted", Tie.SAME),
    ("Łukasz Kaiser", "Lukasz Kaiser", Tie.SAME),
    ("Łukasz Kaiser", "ukasz Kaiser", Tie.SAME),
    ("Ute Müller-Lüdenscheidt", "Ute Muellerluedenscheidt", Tie.SAME),
    ("Chr. Smith", "Christopher Smith", Tie.ABRIDGED),
    ("Emre Kıcıman", "Emre Kiciman", Tie.SAME),
    ("Matthias Nie{\\ss}ner", "Matthias Niessner", Tie.SAME),
    ("Kiant{\\'e} Brantley", "Kianté Brantley", Tie.SAME),
    ("Santiago Zanella-B'eguelin", "Santiago Zanella-Béguelin", Tie.SAME),
    ("Francesco d&apos;Amore", "Francesco D'Amore", Tie.SAME),
    ("Pat O Brien", "Pat O’Brien", Tie.SAME),
    ("Нolovenko Tеtiana", "Tetiana Holovenko", Tie.SAME),
    ("Иванов Сергей", "Sergei Ivanov", Tie.VARIED),
    ("Сергей Иванов", "S. Ivanov", Tie.ABRIDGED),
    ("Γιώργος Παπαδόπουλος", "Georgios Papadopoulos", Tie.VARIED),
    ("王小明", "Xiaoming Wang", Tie.SAME),
    ("王小明", "Wang Xiaoming", Tie.SAME),
    ("王小明", "Xiao-Ming Wang", Tie.SAME),
    ("王 小明", "X.-M. Wang", Tie.ABRIDGED),
    ("Xiaoming Wang (王小明)", "Xiaoming Wang", Tie.SAME),
    ("欧阳明", "Ming Ouyang", Tie.SAME),
    ("김민수", "Min-Su Kim", Tie.SAME),
    ("김민수", "Kim Minsoo", Tie.VARIED),
    # A surname, or both names set solid, alone.
    ("Brantley", "Kianté Brantley", Tie.FAINT),
    ("Thomfoster", "Thom Foster", Tie.FAINT),
    ("D. Guo", "Zhaohan Daniel Guo", Tie.FAINT),
]

TWO_PEOPLE = [
    ("Wei Zhang", "Wen Zhang"),
    ("Wei Zhang", "Wei Zheng"),
    ("Wei Wang", "Wei Zhang"),
    ("J. Zhang", "Wei Zhang"),
    ("J. Wang", "Jie Zhang"),
    ("Yi Zhang", "Yi-Fan Zhang"),
    ("Yifan Zhang", "Yi Zhang"),
    ("Ming Wang", "Xiao-Ming Wang"),
    ("Zhang Yi-Fan", "Yi Zhang"),
    ("Gang Fan", "Ang Fang"),
    ("Wei YU", "Wei Yang"),
    ("Chen Li", "Chen Lin"),
    ("John Smith", "Jane Smith"),
    ("Alexander Smith", "Alexandra Smith"),
    ("Anna B. Smith", "Anna C. Smith"),
    ("A. B. Smith", "A. C. Smith"),
    ("J.-L. Picard", "J.-P. Picard"),
    ("Maria García López", "Maria García Pérez"),
    ("王伟", "Wen Wang"),
    ("Сергей Петров", "Sergei Ivanov"),
    ("Li", "Wang"),
    ("J.", "Jie Zhang"),
    ("A. B.", "C. D."),
    ("A. B.", "A. B. Smith"),
    ("Tom Brown", "Tom B. Black"),
    ("Alexander Sáshá", "Alexander Rush"),
    ("Chr. Smith", "Charles Smith"),
    ("Chr Smith", "Christopher Smith"),
]

MISPRINTS = [
    ("Yuntoa Bai", "Yuntao Bai", 1),
    ("Paul Cristiano", "Paul Christiano", 1),
    ("Paul F. Cristano", "P. Christiano", 2),
    ("Xianyo", "Xianyu", 1),
    ("Yunato Bia", "Yuntao Bai", None),
    ("Wei Zhang", "Wen Zhang", None),
    ("Wei Zhang", "Wei Zhang", None),
    ("Paul Christiano", "Jan Leike", None),
    ("Pavl Cristiano", "Paul Christiano", None),
    ("Amirhosein Kazemnejd", "Amirhossein Kazemnejad", None),
    ("Anton Xristan", "Anton Christian", None),
]


@pytest.mark.parametrize(("one", "other", "tie"), ONE_PERSON)
def test_one_person_printed_in_two_ways(one: str, other: str, tie: Tie) -> None:
    assert agreement(read_name(one), read_name(other)) is tie
    assert agreement(read_name(other), read_name(one)) is tie


@pytest.mark.parametrize(("one", "other"), TWO_PEOPLE)
def test_two_people_whose_names_look_alike(one: str, other: str) -> None:
    assert agreement(read_name(one), read_name(other)) is None
    assert agreement(read_name(other), read_name(one)) is None


@pytest.mark.parametrize(("one", "other", "letters"), MISPRINTS)
def test_a_misprint_is_a_letter_or_two_beside_a_word_that_agrees(one: str, other: str, letters: int | None) -> None:
    assert misprint(read_name(one), read_name(other), certain=True) == letters
    assert misprint(read_name(other), read_name(one), certain=True) == letters


def test_where_it_is_not_certain_who_is_meant_short_words_are_no_misprints() -> None:
    assert misprint(read_name("Wei Zhang"), read_name("Wei Zheng"), certain=True) == 1
    assert misprint(read_name("Wei Zhang"), read_name("Wei Zheng"), certain=False) is None
    assert misprint(read_name("Paul Cristiano"), read_name("Paul Christiano"), certain=False) == 1


def test_namesakes_have_the_surname_in_common() -> None:
    assert namesakes(read_name("Jia Müller"), read_name("Mueller, P."))
    assert not namesakes(read_name("Jia Li"), read_name("Li Wei"))
    assert not namesakes(read_name("J."), read_name("Jia Li"))
