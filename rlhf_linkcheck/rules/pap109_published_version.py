"""PAP109 published-version: a preprint that has been published since."""

from collections.abc import Iterator

from rlhf_linkcheck.evidence import Evidence, Trust
from rlhf_linkcheck.finding import Finding, Proof, RuleInfo, Severity
from rlhf_linkcheck.identity import Kind, identify
from rlhf_linkcheck.model import Category, Document, Entry, Link, Role
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.paper import shortened


class PublishedVersion(Rule):
    """
    ## What it does
    Tells where a preprint of arXiv has been published since: by the journal reference or the DOI
    that its authors gave to arXiv.

    ## Why is this bad?
    It is not: a preprint that anybody can read is a good link. But who lists venues wants to know,
    and a published version may have another title.

    ## Example
    ```yaml
    - title: Revisiting the Weaknesses of Reinforcement Learning for Neural Machine Translation
      url: https://arxiv.org/abs/2106.08942
    ```

    ## What to do instead
    Name the venue, where the list has room for it.
    ```yaml
    - title: Revisiting the Weaknesses of Reinforcement Learning for Neural Machine Translation
      url: https://arxiv.org/abs/2106.08942
      venue: NAACL 2021
    ```
    """

    info = RuleInfo("PAP109", "published-version", Severity.INFO, "since published elsewhere", needs_network=True)

    def check_link(self, owner: Entry | Document, link: Link, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding for the main link of a paper that names no venue."""
        record = evidence.current
        if not isinstance(owner, Entry) or owner.category is not Category.PAPER or link.role is not Role.MAIN:
            return
        if owner.venue or identify(link.address).kind is not Kind.ARXIV:
            return
        if record is not None and record.trust is Trust.RECORD and record.published:
            yield self.finding(
                owner,
                f"published since: {shortened(record.published)}",
                link.position,
                field=link.field,
                url=link.address,
                proof=Proof(source=record.source, found=record.published, retrieved_at=record.retrieved_at),
            )
