"""PAP109 published-version: a preprint that has been published since."""

from collections.abc import Iterator, Mapping

from rlhf_linkcheck.evidence import Evidence, Trust
from rlhf_linkcheck.finding import Finding, Proof, RuleInfo, Severity
from rlhf_linkcheck.identity import Kind, identify
from rlhf_linkcheck.model import Category, Entry
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.paper import leads_astray, shortened


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

    def check_entry(self, entry: Entry, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
        """Yield a finding for the main link of a paper that names no venue, and is the paper that it names."""
        link = entry.main
        known = evidence.get(link.address) if link else None
        if link is None or known is None or entry.category is not Category.PAPER or entry.venue:
            return
        record = known.current
        if record is None or record.trust is not Trust.RECORD or not record.published:
            return
        if identify(link.address).kind is Kind.ARXIV and not leads_astray(entry, evidence):
            yield self.finding(
                entry,
                f"published since: {shortened(record.published)}",
                link,
                proof=Proof(source=record.source, found=record.published, retrieved_at=record.retrieved_at),
            )
