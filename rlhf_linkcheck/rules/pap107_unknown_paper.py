"""PAP107 unknown-paper: there is no paper with this identifier."""

from collections.abc import Iterator

from rlhf_linkcheck.evidence import Evidence, Reason
from rlhf_linkcheck.finding import Edit, Finding, Proof, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.identity import Kind, address_of, identify
from rlhf_linkcheck.model import Document, Entry, Link
from rlhf_linkcheck.rules.base import Rule

_PAPERS = frozenset({Kind.ARXIV, Kind.DOI, Kind.ACL, Kind.OPENREVIEW})
_ABSENT = frozenset({Reason.NOT_FOUND, Reason.GONE})


class UnknownPaper(Rule):
    """
    ## What it does
    Reports a link with a paper's identifier (of arXiv, a DOI, of the ACL Anthology, of OpenReview)
    that does not exist: the database that gives these identifiers does not know it. That a PDF or an
    HTML version is missing is not enough.

    ## Why is this bad?
    Nobody can find out which paper was meant: mostly a digit is wrong.

    ## Example
    ```yaml
    url: https://arxiv.org/abs/1234.56789
    ```
    Somebody's placeholder, that stood in the badge of a paper's repository until May 2026.

    ## What to do instead
    Look the paper up by its title.
    ```yaml
    url: https://arxiv.org/abs/2203.02155
    ```
    """

    info = RuleInfo(
        "PAP107", "unknown-paper", Severity.ERROR, "the identifier does not exist", needs_network=True, fixable=True
    )

    def check_link(self, owner: Entry | Document, link: Link, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding where the identifier's own database, or its own page, does not know it."""
        outcome = evidence.outcome
        paper = identify(link.address)
        if paper.kind not in _PAPERS or outcome.reason not in _ABSENT:
            return
        # At the end of redirects it is somebody else's page that is missing.
        if identify(outcome.final_url or link.address) != paper:
            return
        named = paper.key.lower() in outcome.detail.lower()
        words = outcome.detail if named else f"there is no paper {paper}: {outcome.detail}".removesuffix(": ")
        # Where just the version is unknown, the paper itself is there.
        right = address_of(paper) if evidence.newest is not None else None
        advice = "look it up by its title: mostly a digit is wrong" if right is None else f"link to {right}"
        yield self.finding(
            owner,
            f"{words}; {advice}",
            link,
            proof=Proof(source=evidence.source, listed=str(paper), retrieved_at=outcome.checked_at),
            suggestion=None if right is None else Suggestion((Edit(link.field, right),)),
        )
