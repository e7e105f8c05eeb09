"""What rules about a paper entry's main link have in common: the entry held against what is known of the paper."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from rlhf_linkcheck.evidence import Evidence, Record, Trust
from rlhf_linkcheck.finding import Finding, Proof
from rlhf_linkcheck.matching.markup import plain
from rlhf_linkcheck.matching.papers import Appraisal, appraise, claim_of, same_paper
from rlhf_linkcheck.model import Category, Entry
from rlhf_linkcheck.rules.base import Rule

_SURNAME_FIRST = re.compile(
    r"(?P<family>[^,]{1,100}),\s{0,3}(?!(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d)\.?$)(?P<given>[^,\s][^,]{0,100})",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"[;、，&]|\s(?:and|et\.? al)\b", re.IGNORECASE)
_NUMBER = re.compile(r"\s[0-9]{4}$")
_MARKUP = frozenset("$\\{}<>")
_SHOWN_NAMES = 3
_PROVING_NAMES = 30
_SHOWN_LETTERS = 200


class PaperRule(Rule):
    """Judges a paper entry by its appraisal. What could not be excused for want of an answer is not held against it."""

    def check_entry(self, entry: Entry, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
        """Yield the rule's findings about an entry whose main link a record was found for."""
        known = evidence.get(entry.main.address) if entry.main else None
        if entry.category is Category.PAPER and known is not None and not known.unsettled:
            appraisal = appraise_entry(entry, known, evidence)
            if appraisal is not None and not appraisal.another:
                yield from self.check_appraisal(entry, appraisal, known)

    def check_appraisal(self, entry: Entry, appraisal: Appraisal, evidence: Evidence) -> Iterator[Finding]:
        """Judge an entry whose link leads to the paper it names."""
        del entry, appraisal, evidence
        yield from ()


def appraise_entry(entry: Entry, known: Evidence, evidence: Mapping[str, Evidence]) -> Appraisal | None:
    """What is to be said of an entry; what its other links hold of the same paper excuses it, too."""
    own = known.record
    if own is None:
        return None
    records = [one for one in linked_records(entry, evidence) if same_paper(one, own)]
    if records:
        known = replace(known, elsewhere=(*known.elsewhere, *records))
    return appraise(claim_of(entry), known)


def linked_records(entry: Entry, evidence: Mapping[str, Evidence]) -> tuple[Record, ...]:
    """The records of papers that an entry's other links lead to."""
    linked = (evidence.get(link.address) for link in entry.links)
    records = (one.record for one in linked if one is not None and one.record is not None)
    return tuple(record for record in records if record.trust in (Trust.RECORD, Trust.PAGE))


def leads_astray(entry: Entry, evidence: Mapping[str, Evidence]) -> bool:
    """Whether an entry's main link is known to lead to another paper."""
    known = evidence.get(entry.main.address) if entry.main else None
    appraisal = None if known is None else appraise_entry(entry, known, evidence)
    return appraisal is not None and appraisal.astray


def title_for_list(record: Record) -> tuple[str, bool]:
    """A record's title as a list may print it, and whether that needs no second look: markup, capitals, notices."""
    title = plain(record.title)
    return title, title == record.title and _MARKUP.isdisjoint(title) and not title.isupper()


def proof_of(record: Record, listed: str, found: str) -> Proof:
    """The record's word against the list's."""
    return Proof(source=record.source, listed=listed, found=found, retrieved_at=record.retrieved_at)


def place_of(record: Record) -> str:
    """Who says so, in words: «arXiv (v3)»."""
    name = _NAMES.get(record.source, record.source)
    return f"{name} (v{record.version})" if record.version is not None else name


def printed(name: str) -> str:
    """A record's name as lists print it: the given name first, and without a database's number for namesakes.

    >>> printed("Ouyang, Long")
    'Long Ouyang'
    >>> printed("Robert Downey, Jr.")
    'Robert Downey, Jr.'
    """
    name = _NUMBER.sub("", name)
    turned = _SURNAME_FIRST.fullmatch(name)
    return name if turned is None else f"{turned['given']} {turned['family']}"


def one_name(item: str) -> str | None:
    """An item of a list of authors as it may be written anew; None where it names more than one person."""
    family, comma, given = item.partition(",")
    if comma and " " in family.strip() and " " in given.strip():
        return None
    name = printed(item.strip())
    return None if "," in name or _SEVERAL.search(name) else name


def authors_of(record: Record) -> tuple[str, ...]:
    """The authors of a record, as lists print them."""
    return tuple(map(printed, record.authors))


def proof_of_names(record: Record, listed: Sequence[str]) -> Proof:
    """The record's authors against the list's, at a length that a report can bear: some papers have thousands."""
    return proof_of(record, names(listed, _PROVING_NAMES), names(authors_of(record), _PROVING_NAMES))


def names(people: Sequence[str], most: int = _SHOWN_NAMES) -> str:
    """Some names for a message, the first few of many."""
    more = len(people) - most
    shown = ", ".join(shortened(name) for name in islice(people, most))
    return f"{shown} and {more} more" if more > 0 else shown


def shortened(text: str) -> str:
    """A text out of somebody's hands, at a length that a message can bear."""
    return text if len(text) <= _SHOWN_LETTERS else f"{text[: _SHOWN_LETTERS - 1]}…"


_NAMES = {
    "acl": "the ACL Anthology",
    "arxiv": "arXiv",
    "crossref": "Crossref",
    "datacite": "DataCite",
    "oai": "arXiv",
    "openreview": "OpenReview",
    "web": "its page",
}
