"""Holds what an entry says of a paper against what is known of it: which differences remain, and what they mean."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rlhf_linkcheck.evidence import Evidence, Record, Trust
from rlhf_linkcheck.matching.authors import AuthorComparison, compare_authors
from rlhf_linkcheck.matching.titles import TitleComparison, TitleGrade, compare_titles
from rlhf_linkcheck.model import Category, Entry

_GRADES = tuple(TitleGrade)
_WORD = re.compile(r"[^\W_]+")
_TELLING_LETTERS = 3
_SEVERAL = 3
_EMPTY = frozenset({"the", "and", "for", "with", "from", "into", "via", "how", "why", "what", "are", "our", "your"})


@dataclass(frozen=True, slots=True)
class Claim:
    """What an entry says of what its main link leads to; ``nickname`` is what it calls it in brackets.

    A post or a book, which is no ``paper``, has but its page to be held against.
    """

    title: str
    authors: tuple[str, ...] = ()
    nickname: str | None = None
    paper: bool = True

    @property
    def titles(self) -> tuple[str, ...]:
        """The title as it is listed, and with the nickname before it, as many papers print theirs."""
        return (self.title, f"{self.nickname}: {self.title}") if self.nickname else (self.title,)


def claim_of(entry: Entry) -> Claim:
    """What an entry claims. A list of authors of which a part could not be read is none to compare."""
    whole = not any(field.startswith("authors") for field in entry.unread)
    authors = entry.authors if whole else ()
    return Claim(entry.title, authors, entry.nickname, paper=entry.category is Category.PAPER)


@dataclass(frozen=True, slots=True)
class Comparison:
    """An entry held against one record."""

    record: Record
    title: TitleComparison
    authors: AuthorComparison

    @property
    def agrees(self) -> bool:
        """Whether there is nothing to say about it."""
        return self.title.same and not self.authors_depart

    @property
    def authors_depart(self) -> bool:
        """Whether the names are not those of the record; an organisation in place of its people names none of them."""
        return self.authors.collective or (self.authors.comparable and not self.authors.same)

    @property
    def another(self) -> bool:
        """Whether the record is another paper's: what it is called says so, and nobody who wrote it speaks against it.

        Who has but misspelt a title has not named another paper, whoever he thinks wrote it.
        """
        match self.title.grade:
            case TitleGrade.SUBTITLE | TitleGrade.WORDS:
                return self.authors.disjoint
            case TitleGrade.OTHER:
                # Groups write more than one paper, so it takes all of its authors to make it the same one.
                return not self.authors.agrees or bool(self.authors.phantoms)
            case _:
                return False


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What remains to be said of an entry once everything that would excuse it has been heard.

    ``own`` is the comparison with the record that the link stands for. ``title`` and ``authors`` say
    whether these depart from it and nothing excuses that; ``superseded`` is the older version that the
    entry agrees with in what departs, ``old_title`` and ``old_authors`` in which. ``another`` is True
    where the link leads to another paper.
    """

    own: Comparison
    title: bool = False
    authors: bool = False
    superseded: Record | None = None
    old_title: bool = False
    old_authors: bool = False
    another: bool = False

    @property
    def astray(self) -> bool:
        """Whether the link is known, and not just guessed by what a page is called, to lead to another paper."""
        return self.another and self.own.record.trust is not Trust.HINT


def same_paper(one: Record, other: Record) -> bool:
    """Whether two records of whatever title are of one paper: the same people wrote it."""
    return compare_authors(one.authors, other.authors, complete=other.complete, ordered=other.ordered).agrees


@lru_cache(maxsize=4096)
def compare(claim: Claim, record: Record) -> Comparison:
    """Hold a claim against a record: against its title, or another reading that is the same, and its authors."""
    titles = [compare_titles(listed, found) for found in record.titles for listed in claim.titles]
    own = titles[: len(claim.titles)]
    same = (comparison for comparison in titles if comparison.same)
    title = next(same, None) or min(own, key=lambda comparison: _GRADES.index(comparison.grade))
    authors = compare_authors(claim.authors, record.authors, complete=record.complete, ordered=record.ordered)
    return Comparison(record, title, authors)


def appraise(claim: Claim, evidence: Evidence) -> Appraisal | None:
    """What is to be said of a claim about a link with this evidence; None where nothing can be held against it.

    A second opinion only ever agrees. What excuses a difference: the current version, where the link
    pins an older one; what the venue holds of the paper; and, as ``superseded``, an older version.
    """
    record = evidence.record
    if record is None or record.trust is Trust.SECOND or not claim.title:
        return None
    own = compare(claim, record)
    if own.agrees:
        return Appraisal(own)
    if record.trust is Trust.HINT:
        return Appraisal(own, another=own.another and nothing_in_common(claim, record))
    current = () if evidence.newest is None else (evidence.newest,)
    excuses = [compare(claim, other) for other in (*current, *evidence.elsewhere)]
    title = not own.title.same and not any(excuse.title.same for excuse in excuses)
    authors = own.authors_depart and not any(excuse.authors.same for excuse in excuses)
    older = [compare(claim, other) for other in evidence.earlier]
    old = _fitting(older, title=title, authors=authors)
    old_title = title and old is not None and old.title.same
    old_authors = authors and old is not None and old.authors.same
    return Appraisal(
        own,
        title=title and not old_title,
        authors=authors and not old_authors,
        superseded=old.record if old is not None and (old_title or old_authors) else None,
        old_title=old_title,
        old_authors=old_authors,
        another=title and not old_title and own.another and (_of_others(own.authors) or not evidence.unsettled),
    )


def _of_others(authors: AuthorComparison) -> bool:
    """Whether it is other people's paper, whatever an older version may say: several are listed, none is there."""
    return authors.disjoint and authors.shared == 0 and authors.listed >= _SEVERAL


def nothing_in_common(claim: Claim, record: Record) -> bool:
    """Whether no reading of what a page is called shares a telling word with the listed title.

    A title of one word, such as a site's name, says too little, and so does one that is not in Latin script.
    """
    listed = _telling(" ".join(claim.titles))
    found = [words for words in map(_telling, record.titles) if len(words) > 1]
    latin = [any(word.isascii() for word in words) for words in (listed, *found)]
    return bool(listed and found) and all(latin) and all(listed.isdisjoint(words) for words in found)


def _telling(title: str) -> frozenset[str]:
    words = (word.casefold() for word in _WORD.findall(title))
    return frozenset(word for word in words if len(word) >= _TELLING_LETTERS and word not in _EMPTY)


def meant(claim: Claim, records: Iterable[Record]) -> Record | None:
    """The paper that a claim means, where it is among these: the very title, and authors that agree."""
    for record in records:
        comparison = compare(claim, record)
        if comparison.title.same and (comparison.authors.agrees or not comparison.authors.comparable):
            return record
    return None


def _fitting(older: Sequence[Comparison], *, title: bool, authors: bool) -> Comparison | None:
    """The latest older version that agrees in all that departs, else in one of it; None where none does."""
    both = [one for one in older if (one.title.same or not title) and (one.authors.same or not authors)]
    some = [one for one in older if (title and one.title.same) or (authors and one.authors.same)]
    candidates = (both if title or authors else []) or some
    return candidates[-1] if candidates else None
