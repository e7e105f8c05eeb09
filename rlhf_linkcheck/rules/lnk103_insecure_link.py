"""LNK103 insecure-link: http, where https serves the same."""

from collections.abc import Iterator

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Edit, Finding, Proof, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.model import Document, Entry, Link
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.moves import Move, compare


class InsecureLink(Rule):
    """
    ## What it does
    Reports a living `http://` link whose server sends its visitors on to the same page by `https://`,
    or serves the same page there when asked.

    ## Why is this bad?
    The first request travels in the clear, and costs every reader a redirect.

    ## Example
    ```yaml
    url: http://nlp.cs.washington.edu/triviaqa/
    ```

    ## What to do instead
    ```yaml
    url: https://nlp.cs.washington.edu/triviaqa/
    ```
    """

    info = RuleInfo(
        "LNK103", "insecure-link", Severity.INFO, "http, and https serves the same", needs_network=True, fixable=True
    )

    def check_link(self, owner: Entry | Document, link: Link, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding where https is all that a permanent redirect changed."""
        moved = evidence.outcome.moved_to
        new = moved if moved is not None and compare(link.address, moved) is Move.SECURED else evidence.secure_url
        if new is not None:
            yield self.finding(
                owner,
                f"https serves the same page: {new}",
                link.position,
                field=link.field or None,
                url=link.address,
                proof=Proof(evidence.source, link.address, new, evidence.outcome.checked_at),
                suggestion=Suggestion((Edit(link.field, new),)),
            )
