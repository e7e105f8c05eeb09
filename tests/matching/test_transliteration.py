import pytest

from rlhf_linkcheck.matching.transliteration import shown, spellings, surname_spellings


@pytest.mark.parametrize(
    ("printed", "text"),
    [
        ("Kiant{\\'e} Brantley", "Kianté Brantley"),
        ('M\\"{u}ller', "Müller"),
        ('M{\\"u}ller', "Müller"),
        ("Ma\\v{s}a", "Maša"),
        ("\\c{C}elik", "Çelik"),
        ("Garc\\'{\\i}a", "García"),
        ("Garc\\'\\i a", "García"),
        ("{\\L}ukasz", "Łukasz"),
        ("S{\\o}ren \\AA{}berg", "Søren Åberg"),
        ("Nie{\\ss}ner", "Nießner"),
        ("Peter~J. Liu", "Peter J. Liu"),
        ("Wei Guo$^{1,2}$", "Wei Guo"),
        ("Wei Guo\\textsuperscript{*}", "Wei Guo"),
        ("Wei Guo\\thanks{Equal}", "Wei Guo"),
        ("\\textbf{Wei} Guo", " Wei Guo"),
        ("D&apos;Amour", "D'Amour"),
        ("AT\\&T", "AT T"),
        ("plain", "plain"),
        ("e\u0301", "é"),
    ],
)
def test_a_text_as_a_reader_sees_it(printed: str, text: str) -> None:
    assert shown(printed) == text


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("Smith", ("smith",)),
        ("Müller", ("muller", "mueller", "mller")),
        ("Ørsted", ("orsted", "oersted", "rsted")),
        ("Şahin", ("sahin", "shahin", "ahin")),
        ("Łukasz", ("lukasz", "ukasz")),
        ("Иванов", ("ivanov",)),
        ("Нolovenko", ("holovenko", "nolovenko", "olovenko")),
        ("小明", ("xiaoming",)),
        ("—", ("",)),
    ],
)
def test_a_word_in_latin_letters(word: str, expected: tuple[str, ...]) -> None:
    assert spellings(word) == expected


def test_korean_surnames_are_written_in_their_own_ways() -> None:
    assert surname_spellings("김") == ("gim", "kim")
    assert surname_spellings("王") == ("wang",)
