"""PAP105 incomplete-authors: an author is left out."""

from collections import defaultdict
from collections.abc import Iterator

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Edit, Finding, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.matching.authors import AuthorComparison
from rlhf_linkcheck.matching.papers import Appraisal
from rlhf_linkcheck.model import Entry
from rlhf_linkcheck.rules.paper import PaperRule, authors_of, names, one_name, place_of, printed, proof_of_names

_SAYABLE = 10
"""Of more people than that «et al.» is the better end."""


class IncompleteAuthors(PaperRule):
    """
    ## What it does
    Reports an author who is left out in the middle of the list. Where only its tail is cut, and no
    «et al.» says so, that is an info, and so is an organisation that stands for all its people.

    ## Why is this bad?
    A list that looks whole denies somebody their part.

    ## Example
    ```yaml
    authors: [Dun Zeng, Yong Dai, Pengyu Cheng, Tianhao Hu, Wanshun Chen, Nan Du, Zenglin Xu]
    ```
    Longyue Wang is the fourth of its eight authors.

    ## What to do instead
    Name them, or end the list with `et al.` where it stops.
    ```yaml
    authors: [Dun Zeng, Yong Dai, Pengyu Cheng, Longyue Wang, Tianhao Hu, Wanshun Chen, Nan Du, Zenglin Xu]
    ```
    """

    info = RuleInfo(
        "PAP105",
        "incomplete-authors",
        Severity.WARNING,
        "an author is left out",
        needs_network=True,
        needs_record=True,
        fixable=True,
    )

    def check_appraisal(self, entry: Entry, appraisal: Appraisal, evidence: Evidence) -> Iterator[Finding]:
        """Yield one finding for all who are left out, save where strangers stand in their place."""
        del evidence
        authors = appraisal.own.authors
        if appraisal.authors and authors.collective:
            yield self._collective(entry, appraisal)
            return
        left = (*authors.missing, *authors.tail)
        if not appraisal.authors or authors.disjoint or len(left) <= len(authors.phantoms):
            return
        if authors.shared < authors.listed - len(authors.phantoms):
            # Somebody is listed whom a record that is not whole need not have: they may be who is left out.
            return
        record, middle = appraisal.own.record, bool(authors.missing)
        before = left[0].after
        field = f"authors[{0 if before is None else before}]"
        total = len(record.authors)
        words = "leaves out" if middle else "stops without «et al.» before"
        yield self.finding(
            entry,
            f"the list {words} {names([printed(one.name) for one in left])}: {place_of(record)} has {total} authors",
            entry.locate(field),
            field=field,
            url=entry.main.address if entry.main else None,
            severity=Severity.WARNING if middle else Severity.INFO,
            proof=proof_of_names(record, entry.authors),
            suggestion=_mending(entry, authors),
        )

    def _collective(self, entry: Entry, appraisal: Appraisal) -> Finding:
        record = appraisal.own.record
        return self.finding(
            entry,
            f"an organisation stands for its people: {place_of(record)} has {names(authors_of(record))}",
            entry.locate("authors[0]"),
            field="authors[0]",
            url=entry.main.address if entry.main else None,
            severity=Severity.INFO,
            proof=proof_of_names(record, entry.authors),
        )


def _mending(entry: Entry, authors: AuthorComparison) -> Suggestion | None:
    """Each name after the item that it follows; a long tail is said to be cut instead.

    What is misspelt is not written anew, and where the order is another one the places are, too. None
    where one item names several people.
    """
    missing, tail = authors.missing, authors.tail
    right = {slip.item: printed(slip.found) for slip in authors.misspelt}
    named = (*missing, *(tail if len(tail) <= _SAYABLE else ()))
    after: defaultdict[int | None, list[str]] = defaultdict(list)
    for one in named:
        after[one.after].append(printed(one.name))
    if len(tail) > _SAYABLE:
        after[tail[0].after].append("et al.")
    edits = []
    for item in sorted({0 if place is None else place for place in after}):
        front = after.get(None, ()) if item == 0 else ()
        own = right.get(item) or one_name(entry.authors[item])
        if own is None:
            return None
        value = ", ".join((*front, own, *after.get(item, ())))
        edits.append(Edit(f"authors[{item}]", value))
    return Suggestion(tuple(edits), safe=not (authors.reordered or authors.phantoms))
