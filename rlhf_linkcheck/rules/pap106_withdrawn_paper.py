"""PAP106 withdrawn-paper: the paper was withdrawn or retracted."""

from collections.abc import Iterator

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Finding, Proof, RuleInfo, Severity
from rlhf_linkcheck.model import Document, Entry, Link
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.paper import place_of, shortened


class WithdrawnPaper(Rule):
    """
    ## What it does
    Reports a link to a paper that its authors have withdrawn from arXiv, or that its publisher has
    retracted, withdrawn or removed (Crossref, with what Retraction Watch found; the ACL Anthology),
    with the reason given. What a comment at arXiv says of a withdrawal is confirmed by the paper's
    page first: «withdrawn from the workshop» is none.

    ## Why is this bad?
    Whoever wrote it does not stand by it any more.

    ## Example
    ```yaml
    - title: Exploring the MIT Mathematics and EECS Curriculum Using Large Language Models
      url: https://arxiv.org/abs/2306.08997
    ```
    Its authors withdrew it within days: its data had been used without permission.

    ## What to do instead
    Take the entry out, or say in its note that it was withdrawn, and why it is listed all the same.
    """

    info = RuleInfo(
        "PAP106", "withdrawn-paper", Severity.ERROR, "the paper was withdrawn or retracted", needs_network=True
    )

    def check_link(self, owner: Entry | Document, link: Link, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding for any link to a paper whose current record says so."""
        record = evidence.current
        if record is None or record.withdrawn is None:
            return
        reason = f": {shortened(record.withdrawn).rstrip('. ')}" if record.withdrawn else ""
        yield self.finding(
            owner,
            f"«{shortened(record.title)}» was withdrawn, as {place_of(record)} says{reason}; take it out, or say so",
            link,
            proof=Proof(source=record.source, found=record.withdrawn, retrieved_at=record.retrieved_at),
        )
