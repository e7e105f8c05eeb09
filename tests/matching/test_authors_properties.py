"""A list is the same however its names are printed; nobody comes in, goes or changes without being seen."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import example, given, settings
from hypothesis import strategies as st

from rlhf_linkcheck.matching.authors import Cut, Left, Named, compare_authors

GIVEN = [
    "Jean-Luc", "Søren", "Wei", "Yi-An", "Łukasz", "Émilie", "Daniel", "Xiaoming", "Mihaela", "José", "Abdel-Rahman",
    "Kianté", "Ó", "Prithviraj", "Zoë",
]  # fmt: skip
MIDDLE = ["", "", "M.", "Guilherme", "K."]
PARTICLES = ["", "", "", "van der", "de", "El"]
SURNAMES = [
    "Müller", "Zhang", "García", "Brantley", "Christiano", "Schaar", "O’Brien", "Ng", "Hatfield-Dodds", "Kıcıman",
    "Lukošiūtė", "Ramachandran", "Yüksekgönül", "Bhatt", "Fyodorov", "Quispe", "Wu", "Przybylski",
]  # fmt: skip
LATEX = {"é": "{\\'e}", "ü": '\\"u', "í": "\\'{\\i}", "ø": "{\\o}", "Ł": "{\\L}", "ö": '{\\"o}', "š": "\\v{s}"}


@dataclass(frozen=True)
class Printable:
    first: str
    middle: str
    particle: str
    last: str

    @property
    def plain(self) -> str:
        return " ".join(filter(None, (self.first, self.middle, self.particle, self.last)))


@st.composite
def people(draw: st.DrawFn, least: int = 1) -> list[Printable]:
    surnames = draw(st.lists(st.sampled_from(SURNAMES), min_size=least, max_size=9, unique=True))
    parts = st.tuples(st.sampled_from(GIVEN[:12]), st.sampled_from(MIDDLE), st.sampled_from(PARTICLES))
    return [Printable(*draw(parts), last) for last in surnames]


def plain(persons: list[Printable]) -> list[str]:
    return [person.plain for person in persons]


def unaccented(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).translate(str.maketrans("øłŁıØ", "olLiO"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def latex(text: str) -> str:
    return "".join(LATEX.get(letter, letter) for letter in text)


def initials(name: str) -> str:
    return " ".join("-".join(f"{part[0]}." for part in word.split("-")) for word in name.split())


CHANGES: list[Callable[[str], str]] = [str, str.upper, unaccented, latex, "{} 0001".format, "{}*".format]


@st.composite
def printed(draw: st.DrawFn, person: Printable) -> str:
    first = draw(st.sampled_from([person.first, initials(person.first), person.first.replace("-", " ")]))
    if "-" in person.first:
        first = draw(st.sampled_from([first, person.first.replace("-", "").capitalize()]))
    middle = draw(st.sampled_from([person.middle, "", person.middle[:1]]))
    family = draw(
        st.sampled_from([f"{person.particle} {person.last}", person.last, f"{person.particle} {person.last}".title()])
    )
    family = draw(st.sampled_from([family, family.replace("’", "'"), family.replace("-", " ")])).strip()
    text = f"{first} {middle} {family}"
    if draw(st.booleans()):
        text = f"{family}, {first} {middle}"
    return " ".join(draw(st.sampled_from(CHANGES))(text).split())


@given(st.data())
def test_a_list_matches_itself_in_any_printed_form(data: st.DataObject) -> None:
    persons = data.draw(people())
    one = [data.draw(printed(person)) for person in persons]
    comparison = compare_authors(one, [person.plain for person in persons])
    assert comparison.same, comparison
    assert comparison.shared == comparison.listed == len(persons)
    assert compare_authors([person.plain for person in persons], one).same


@given(st.data())
def test_what_et_al_leaves_out_is_not_missed(data: st.DataObject) -> None:
    persons = data.draw(people(least=2))
    kept = data.draw(st.integers(1, len(persons) - 1))
    listed = [data.draw(printed(person)) for person in persons[:kept]]
    comparison = compare_authors([*listed, "et al."], [person.plain for person in persons])
    assert comparison.same, comparison
    assert comparison.cut is Cut.SAID


@given(st.data())
def test_somebody_left_out_is_always_seen(data: st.DataObject) -> None:
    persons = data.draw(people(least=2))
    gone = data.draw(st.integers(0, len(persons) - 1))
    listed = [data.draw(printed(person)) for place, person in enumerate(persons) if place != gone]
    comparison = compare_authors(listed, [person.plain for person in persons])
    assert (*comparison.missing, *comparison.tail) == (Left(gone, persons[gone].plain, gone - 1 if gone else None),)
    assert not comparison.phantoms
    assert not comparison.same


@given(st.data())
def test_somebody_added_is_always_seen(data: st.DataObject) -> None:
    persons = data.draw(people(least=2))
    added = data.draw(st.integers(0, len(persons) - 1))
    listed = [data.draw(printed(person)) if place != added else person.plain for place, person in enumerate(persons)]
    comparison = compare_authors(listed, [person.plain for place, person in enumerate(persons) if place != added])
    assert comparison.phantoms == (Named(added, persons[added].plain),)
    assert not comparison.same


@given(st.data())
def test_somebody_replaced_is_always_seen(data: st.DataObject) -> None:
    *persons, other = data.draw(people(least=2))
    place = data.draw(st.integers(0, len(persons) - 1))
    listed = [data.draw(printed(person)) for person in persons]
    listed[place] = other.plain
    comparison = compare_authors(listed, [person.plain for person in persons])
    assert comparison.phantoms == (Named(place, other.plain),)
    assert [left.place for left in (*comparison.missing, *comparison.tail)] == [place]


@given(st.data())
def test_another_order_is_seen_where_order_means_something(data: st.DataObject) -> None:
    persons = data.draw(people(least=2))
    shuffled = data.draw(st.permutations(persons))
    listed = [data.draw(printed(person)) for person in shuffled]
    found = [person.plain for person in persons]
    assert compare_authors(listed, found).reordered == (shuffled != persons)
    assert compare_authors(listed, found, ordered=False).same


@given(people().map(plain), people().map(plain))
@example(["Émilie Schaar"], ["Jean-Luc Kıcıman", "Jean-Luc M. Schaar"])
def test_whether_it_is_the_same_or_another_list_does_not_depend_on_the_side(left: list[str], right: list[str]) -> None:
    there, back = compare_authors(left, right), compare_authors(right, left)
    assert (there.same, there.disjoint, there.comparable) == (back.same, back.disjoint, back.comparable)
    assert there.shared - len(there.renamed) == back.shared - len(back.renamed)
    assert not (there.agrees and there.disjoint)


@settings(max_examples=200)
@given(
    st.lists(st.text(max_size=40), max_size=6), st.lists(st.text(max_size=40), max_size=6), st.booleans(), st.booleans()
)
def test_any_text_can_be_compared(one: list[str], other: list[str], complete: bool, ordered: bool) -> None:
    comparison = compare_authors(one, other, complete=complete, ordered=ordered)
    assert comparison.shared <= comparison.listed
    assert compare_authors(one, one).same or not compare_authors(one, one).comparable
