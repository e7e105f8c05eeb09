"""ENT103 empty-link: a label without an address."""

from collections.abc import Iterator, Mapping

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.model import Document
from rlhf_linkcheck.rules.base import Rule


class EmptyLink(Rule):
    """
    ## What it does
    Reports a link that has a label and no address, such as `[Official]()`, be it an entry's main
    link or one of its others.

    ## Why is this bad?
    It promises code or data that nobody can reach: on GitHub a click on it leads to the very page
    one is on.

    ## Example
    ```markdown
    - [RLAIF vs. RLHF: Scaling Reinforcement Learning from Human Feedback with AI Feedback](https://proceedings.mlr.press/v235/lee24t.html)
      - Code: [official]()
    ```

    ## What to do instead
    Write the address, or take the link out until there is one.
    ```markdown
    - [RLAIF vs. RLHF: Scaling Reinforcement Learning from Human Feedback with AI Feedback](https://proceedings.mlr.press/v235/lee24t.html)
    ```
    """

    info = RuleInfo("ENT103", "empty-link", Severity.ERROR, "a label without an address")
    names_address = False

    def check_document(self, document: Document, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
        """Yield a finding for each link whose address is empty or blank."""
        del evidence
        for owner, link in document.owned_links():
            if not link.address:
                name = f"«{link.label}» has no address" if link.label else f"the {link.role} link has no address"
                yield self.finding(
                    owner,
                    f"{name}: write one, or take the link out",
                    link,
                )
