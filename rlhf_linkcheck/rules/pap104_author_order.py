"""PAP104 author-order: all authors are there, in another order."""

from collections.abc import Iterator

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Edit, Finding, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.matching.papers import Appraisal
from rlhf_linkcheck.model import Entry
from rlhf_linkcheck.rules.paper import PaperRule, authors_of, names, one_name, place_of, printed, proof_of_names


class AuthorOrder(PaperRule):
    """
    ## What it does
    Reports authors who are all the paper's, in another order than the paper has them. Sources that
    do not keep the order are not believed.

    ## Why is this bad?
    The order says who did how much, and «the first author and others» names somebody else.

    ## Example
    ```yaml
    - url: https://arxiv.org/abs/2311.14743
      authors: [Ben Pikus, Will LeVine, Tony Chen, Sean Hendryx]
    ```

    ## What to do instead
    ```yaml
    authors: [Will LeVine, Benjamin Pikus, Anthony Chen, Sean Hendryx]
    ```
    """

    info = RuleInfo(
        "PAP104",
        "author-order",
        Severity.WARNING,
        "the authors stand in another order",
        needs_network=True,
        needs_record=True,
        fixable=True,
    )

    def check_appraisal(self, entry: Entry, appraisal: Appraisal, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding at the first name that stands in another's place."""
        del evidence
        authors, record = appraisal.own.authors, appraisal.own.record
        if not (appraisal.authors and authors.reordered):
            return
        places = sorted(authors.order)
        moved = [(place, item) for place, item in zip(places, authors.order, strict=True) if place != item]
        first = moved[0][0] if moved else places[0]
        field = f"authors[{first}]"
        right = {slip.item: printed(slip.found) for slip in authors.misspelt}
        written = [right.get(item) or one_name(entry.authors[item]) for item in authors.order]
        in_order = [name for name in written if name is not None]
        # Where one item holds several names, the items cannot be put in order.
        alone = len(in_order) == len(set(places)) == len(places) and bool(moved)
        edits = (
            Edit(f"authors[{place}]", name)
            for place, item, name in zip(places, authors.order, written, strict=True)
            if place != item and name is not None
        )
        yield self.finding(
            entry,
            f"{place_of(record)} has them in another order: {names(in_order if alone else authors_of(record))}",
            entry.locate(field),
            field=field,
            url=entry.main.address if entry.main else None,
            proof=proof_of_names(record, entry.authors),
            suggestion=Suggestion(tuple(edits)) if alone else None,
        )
