"""Tells whether two lists of authors name the same people, and where they differ."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rlhf_linkcheck.matching.alignment import Alignment, align
from rlhf_linkcheck.matching.collective import same_body
from rlhf_linkcheck.matching.departures import absent, pair_misprints, pair_namesakes
from rlhf_linkcheck.matching.printed_list import Person, PrintedList, read_lists


@dataclass(frozen=True, slots=True)
class Named:
    """One listed name: the item where it stands, and how it is printed."""

    item: int
    name: str


@dataclass(frozen=True, slots=True)
class Slip:
    """A listed name that is a person of the record under another printed name."""

    item: int
    listed: str
    found: str


@dataclass(frozen=True, slots=True)
class Left:
    """A person of the record whom the list leaves out: their place there, and the listed item that they follow.

    ``after`` is None where they come before the first.
    """

    place: int
    name: str
    after: int | None


class Cut(StrEnum):
    """How a list ends: whole; with «et al.»; before the record does, without saying so."""

    NONE = "none"
    SAID = "said"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class AuthorComparison:
    """How a printed list of authors departs from a record's.

    ``phantoms`` are listed and not among the authors of a complete source; ``misspelt`` differ by a
    letter or two; ``renamed`` agree in surname and place (people change their names); ``missing`` are
    left out in the middle, ``tail`` at the end without «et al.». ``reordered``: all who are listed are
    there, in another order. ``shared`` counts the listed persons found in the record, the misspelt and
    the renamed among them; ``listed`` all listed persons. ``order`` are the items that are found, in the
    record's order. ``collective``: the list names a body in place of the record's persons. Not
    ``comparable``: an organisation against persons, or nobody on one side.
    """

    comparable: bool
    phantoms: tuple[Named, ...] = ()
    misspelt: tuple[Slip, ...] = ()
    renamed: tuple[Slip, ...] = ()
    missing: tuple[Left, ...] = ()
    tail: tuple[Left, ...] = ()
    cut: Cut = Cut.NONE
    reordered: bool = False
    shared: int = 0
    listed: int = 0
    order: tuple[int, ...] = ()
    collective: bool = False

    @property
    def same(self) -> bool:
        """Whether there is nothing to report; a list that says «et al.» is the same."""
        differences = (self.phantoms, self.misspelt, self.renamed, self.missing, self.tail)
        return self.comparable and not any(differences) and not self.reordered

    @property
    def agrees(self) -> bool:
        """Whether it is the same paper's list: at least half of the listed are there, and half of whom should be.

        Where some have others in their place it takes more than half: two papers of one of two authors are
        two. Of a list that breaks off after two or more of the right persons only that part is asked for.
        """
        strangers = self.listed - self._firm if self.phantoms or self.renamed else 0
        left_out = len(self.missing) + (len(self.tail) if self.shared < _SEVERAL else 0)
        others = max(strangers, left_out) + (1 if strangers and left_out else 0)
        return self.comparable and (self.same or 0 < self._firm >= others)

    @property
    def disjoint(self) -> bool:
        """Whether it is another paper's list: so few are in both that it is chance.

        That is nobody, less than a quarter of the shorter list, or one of four or more; a namesake at
        the same place is no evidence. A list that the other holds whole is a part of it, however short.
        """
        shared = self._firm
        found = self.shared + len(self.missing) + len(self.tail)
        shorter = self.listed if self.cut is Cut.SAID else min(self.listed, found)
        if not self.comparable or shared in (0, shorter):
            return self.comparable and shared == 0 < self.listed
        return _QUARTER * shared < shorter or (shared == 1 and shorter >= _QUARTER)

    @property
    def _firm(self) -> int:
        """How many are surely in both."""
        return self.shared - len(self.renamed)


_SEVERAL = 2
_QUARTER = 4


def compare_authors(
    listed: Sequence[str], found: Sequence[str], *, complete: bool = True, ordered: bool = True
) -> AuthorComparison:
    """Compares a list of authors with the authors that a source records.

    Of a source that is not ``complete`` a listed name that it lacks says nothing; of one that is not
    ``ordered`` neither order nor place does; of one that is neither another given name says nothing.

    >>> compare_authors(["Yuntoa Bai", "A. Jones", "et al."], ["Yuntao Bai", "Andy Jones", "Kamal Ndousse"]).misspelt
    (Slip(item=0, listed='Yuntoa Bai', found='Yuntao Bai'),)
    """
    ours, theirs = read_lists(listed, found)
    if not (ours.persons and theirs.persons):
        return _compare_bodies(ours, theirs)
    alignment = align(
        [person.name for person in ours.persons], [person.name for person in theirs.persons], ordered=ordered
    )
    misspelt = pair_misprints(alignment, ordered=ordered)
    renamed = pair_namesakes(alignment, ordered=ordered)
    missing, tail = absent(alignment, said=ours.cut, ordered=ordered)
    strangers, _ = alignment.left_over()
    order = [alignment.there[one] for one in sorted(alignment.there)]
    return AuthorComparison(
        comparable=True,
        phantoms=tuple(_named(ours.persons[one]) for one in strangers) if complete and not theirs.cut else (),
        misspelt=tuple(_slip(ours.persons[one], theirs.persons[other]) for one, other in misspelt),
        renamed=tuple(_slip(ours.persons[one], theirs.persons[other]) for one, other in renamed if complete or ordered),
        missing=tuple(_left(place, ours, theirs, alignment) for place in missing),
        tail=tuple(_left(place, ours, theirs, alignment) for place in tail),
        cut=Cut.SAID if ours.cut else Cut.SILENT if tail else Cut.NONE,
        reordered=ordered and not strangers and order != sorted(order),
        shared=len(alignment.there),
        listed=len(ours.persons),
        order=tuple(ours.persons[alignment.back[other]].item for other in sorted(alignment.back)),
    )


def _compare_bodies(ours: PrintedList, theirs: PrintedList) -> AuthorComparison:
    """Where one side names no person: an organisation is the same as itself, and no person's equal."""
    same = any(same_body(one, other) for one in ours.bodies for other in theirs.bodies)
    return AuthorComparison(
        comparable=same and not ours.persons,
        cut=Cut.SAID if ours.cut else Cut.NONE,
        listed=len(ours.persons),
        collective=bool(ours.bodies and theirs.persons) and not (same or ours.persons),
    )


def _named(person: Person) -> Named:
    return Named(person.item, person.printed)


def _slip(person: Person, found: Person) -> Slip:
    return Slip(person.item, person.printed, found.printed)


def _left(place: int, ours: PrintedList, theirs: PrintedList, alignment: Alignment) -> Left:
    """A person left out, after the one before whom the list does name."""
    person = theirs.persons[place]
    before = max((other for other in alignment.back if other < place), default=None)
    return Left(person.item, person.printed, None if before is None else ours.persons[alignment.back[before]].item)
