"""LNK102 moved-link: the target has moved for good, and its server says where."""

from collections.abc import Iterator

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Edit, Finding, Proof, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.model import Document, Entry, Link
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.moves import Move, compare, lands_on_root


class MovedLink(Rule):
    """
    ## What it does
    Reports a link that leads to a living page by permanent redirects only (301, 308), and suggests
    the new address. A chain with one temporary redirect in it says nothing about the future and is
    left alone, and so is a change that is only a trailing slash, `www.`, letter case, an index
    file or a language.

    ## Why is this bad?
    Redirects are kept for a while, not for ever. The day they go the link is dead and nobody
    remembers where it led.

    ## Example
    ```yaml
    url: https://www.deepmind.com/blog/learning-through-human-feedback
    ```

    ## What to do instead
    ```yaml
    url: https://deepmind.google/discover/blog/learning-through-human-feedback/
    ```
    A suggestion that leads to a site's front page is not safe to take over unseen.
    """

    info = RuleInfo(
        "LNK102", "moved-link", Severity.WARNING, "the target has moved for good", needs_network=True, fixable=True
    )

    def check_link(self, owner: Entry | Document, link: Link, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding where the address has really changed."""
        new = evidence.outcome.moved_to
        if new is not None and compare(link.address, new) is Move.MOVED:
            yield self.finding(
                owner,
                f"moved permanently to {new}",
                link,
                proof=Proof(evidence.source, link.address, new, evidence.outcome.checked_at),
                suggestion=Suggestion((Edit(link.field, new),), safe=not lands_on_root(link.address, new)),
            )
