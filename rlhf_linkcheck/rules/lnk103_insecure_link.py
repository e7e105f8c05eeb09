"""LNK103 insecure-link: http, where https serves the same."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from rlhf_linkcheck.evidence import Evidence, Verdict
from rlhf_linkcheck.finding import Edit, Finding, Proof, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.identity import Kind, address_of, canonical_address, identify
from rlhf_linkcheck.model import Document, Entry, Link
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.moves import Move, compare


class InsecureLink(Rule):
    """
    ## What it does
    Reports a living `http://` link whose server sends its visitors on to the same page by `https://`,
    or serves the same page there when asked; or that leads to a repository or a paper which its home
    has told of, and shows by `https://`.

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
        secured = moved is not None and compare(link.address, moved) is Move.SECURED
        new = moved if secured else evidence.secure_url or _at_its_home(link.address, evidence)
        if new is not None:
            yield self.finding(
                owner,
                f"https serves the same page: {new}",
                link,
                proof=Proof(evidence.source, link.address, new, evidence.outcome.checked_at),
                suggestion=Suggestion((Edit(link.field, new),)),
            )


def _at_its_home(address: str, evidence: Evidence) -> str | None:
    """The address by https, where its home's API has answered for it; another form of a canonical one is LNK106's."""
    outcome, identity = evidence.outcome, identify(address)
    told = evidence.source not in (None, "web") and outcome.verdict is Verdict.ALIVE and outcome.moved_to is None
    if not told or identity.kind is Kind.WEB or canonical_address(address):
        return None
    parts = urlsplit(address)
    if parts.scheme.lower() != "http":
        return None
    at_home = _host(address) == _host(address_of(identity))
    return parts._replace(scheme="https", netloc=parts.netloc.removesuffix(":80")).geturl() if at_home else None


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
