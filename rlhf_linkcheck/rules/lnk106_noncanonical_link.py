"""LNK106 noncanonical-link: another form of an address that has a canonical one."""

from collections.abc import Iterator, Mapping

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Edit, Finding, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.identity import canonical_address
from rlhf_linkcheck.model import Document
from rlhf_linkcheck.rules.base import Rule


class NoncanonicalLink(Rule):
    """
    ## What it does
    Reports another form of a canonical address: an arXiv paper by its `/pdf/`, with a version, or
    on a mirror (export.arxiv.org, ar5iv, alphaXiv, Hugging Face papers); an OpenReview paper by its
    `pdf`; any address with tracking parameters (`utm_source=…`, `fbclid=…`) or a tracking fragment.
    A venue's own PDF, a DOI and all that GitHub has are left alone.

    ## Why is this bad?
    A PDF tells neither of newer versions nor of a withdrawal, and opens slowly on a phone; the same
    paper under two addresses is listed twice without anybody noticing; tracking tells on readers.

    ## Example
    ```yaml
    url: https://arxiv.org/pdf/2409.19256v2
    ```

    ## What to do instead
    ```yaml
    url: https://arxiv.org/abs/2409.19256
    ```
    """

    info = RuleInfo("LNK106", "noncanonical-link", Severity.INFO, "another form of a canonical address", fixable=True)

    def check_document(self, document: Document, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
        """Yield a finding for each address that has a canonical form and is another."""
        del evidence
        for owner, link in document.owned_links():
            canonical = canonical_address(link.address)
            if canonical is not None:
                yield self.finding(
                    owner,
                    f"another form of {canonical}",
                    link,
                    suggestion=Suggestion((Edit(link.field, canonical),)),
                )
