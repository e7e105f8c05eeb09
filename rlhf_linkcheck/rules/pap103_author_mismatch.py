"""PAP103 author-mismatch: a listed name is not among the authors."""

from collections.abc import Iterator

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Edit, Finding, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.matching.authors import Named, Slip
from rlhf_linkcheck.matching.papers import Appraisal
from rlhf_linkcheck.model import Entry
from rlhf_linkcheck.rules.paper import (
    PaperRule,
    authors_of,
    names,
    one_name,
    place_of,
    printed,
    proof_of,
    proof_of_names,
    shortened,
)

_MOST_SLIPS = 10
"""Of more than that in one list the rest are one finding."""


class AuthorMismatch(PaperRule):
    """
    ## What it does
    Reports a name that is not among the paper's authors, in whatever form: initials, order of names,
    hyphens, accents, short forms (Jeff, Jeffrey), particles and other scripts do not matter. A name
    that is misspelt by a letter or two is a warning, and so is a given name that differs beside the
    same surname at the same place: people change their names, so this one is never mended by machine.

    An organisation in place of its people is not compared, and neither is a list that the source
    itself does not have whole.

    ## Why is this bad?
    Somebody gets the credit for work that another has done.

    ## Example
    ```yaml
    - url: https://doi.org/10.1038/s41467-025-64002-z
      authors: [Behnaz Davoudinasab, Aleksey Raskovalov, Woo-Sun Lee, et al.]
    ```
    So Semantic Scholar has it; the third author is Woojin Lee.

    ## What to do instead
    ```yaml
    authors: [Behnaz Davoudinasab, Aleksey Raskovalov, Woojin Lee, et al.]
    ```
    """

    info = RuleInfo(
        "PAP103",
        "author-mismatch",
        Severity.ERROR,
        "a listed name is not among the paper's authors",
        needs_network=True,
        needs_record=True,
        fixable=True,
    )

    def check_appraisal(self, entry: Entry, appraisal: Appraisal, evidence: Evidence) -> Iterator[Finding]:
        """Yield one finding for all strangers, and one for each name that is printed amiss."""
        del evidence
        if not appraisal.authors:
            return
        authors = appraisal.own.authors
        if authors.phantoms:
            yield self._strangers(entry, appraisal, authors.phantoms)
        for slip in authors.misspelt[:_MOST_SLIPS]:
            yield self._misspelt(entry, appraisal, slip)
        for slip in authors.renamed[:_MOST_SLIPS]:
            yield self._renamed(entry, appraisal, slip)
        more = (*authors.misspelt[_MOST_SLIPS:], *authors.renamed[_MOST_SLIPS:])
        if more:
            yield self._slip(entry, appraisal, more[0], f"and {len(more)} more of its authors have other names there")

    def _strangers(self, entry: Entry, appraisal: Appraisal, phantoms: tuple[Named, ...]) -> Finding:
        record, field = appraisal.own.record, f"authors[{phantoms[0].item}]"
        listed = [phantom.name for phantom in phantoms]
        are = "is" if len(listed) == 1 else "are"
        return self.finding(
            entry,
            f"{names(listed)} {are} not among the authors: {place_of(record)} has {names(authors_of(record))}",
            entry.locate(field),
            field=field,
            url=entry.main.address if entry.main else None,
            proof=proof_of_names(record, listed),
        )

    def _misspelt(self, entry: Entry, appraisal: Appraisal, slip: Slip) -> Finding:
        # One item may hold several names; then only its reader knows what to put.
        alone = one_name(entry.authors[slip.item]) is not None
        # Who is left out after it is put there with it, by PAP105.
        left = (*appraisal.own.authors.missing, *appraisal.own.authors.tail)
        safe = all(one.after != slip.item for one in left)
        return self._slip(
            entry,
            appraisal,
            slip,
            f"misspelt: {place_of(appraisal.own.record)} has «{shortened(printed(slip.found))}»",
            Suggestion((Edit(f"authors[{slip.item}]", printed(slip.found)),), safe) if alone else None,
        )

    def _renamed(self, entry: Entry, appraisal: Appraisal, slip: Slip) -> Finding:
        return self._slip(
            entry,
            appraisal,
            slip,
            f"{place_of(appraisal.own.record)} has «{shortened(printed(slip.found))}»; people change their names: "
            "look which one they go by",
        )

    def _slip(
        self, entry: Entry, appraisal: Appraisal, slip: Slip, message: str, suggestion: Suggestion | None = None
    ) -> Finding:
        field = f"authors[{slip.item}]"
        return self.finding(
            entry,
            f"«{shortened(slip.listed)}»: {message}",
            entry.locate(field),
            field=field,
            url=entry.main.address if entry.main else None,
            severity=Severity.WARNING,
            proof=proof_of(appraisal.own.record, slip.listed, slip.found),
            suggestion=suggestion,
        )
