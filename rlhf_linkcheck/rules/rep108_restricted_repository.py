"""REP108 restricted-repository: the repository exists, and not everybody may have it."""

from collections.abc import Iterator

from rlhf_linkcheck.evidence import Evidence, Reason
from rlhf_linkcheck.finding import Finding, Proof, RuleInfo, Severity
from rlhf_linkcheck.identity import Identity, Malformed, parse_address, repository_around
from rlhf_linkcheck.model import Document, Entry, Link
from rlhf_linkcheck.repository import Restriction
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.repository import called, home_of, told

_SAID = {
    Restriction.GATED: "is gated",
    Restriction.DISABLED: "is disabled",
    Restriction.TAKEN_DOWN: "was taken down",
    Restriction.PRIVATE: "is private",
}


class RestrictedRepository(Rule):
    """
    ## What it does
    Reports a repository, model or dataset that is gated (its readers have to ask for access),
    disabled, private, or blocked by a takedown, in its source's words. Where a code host answers
    with 451, also for a repository's issues or its wiki, this is said in place of LNK101.

    ## Why is this bad?
    A reader who follows the link gets a form, or nothing.

    ## Example
    ```yaml
    links:
      - {role: dataset, label: gated, url: "https://huggingface.co/datasets/GAIR/lima"}
    ```

    ## What to do instead
    Say in the list that access has to be asked for, or link to a copy that is open.
    """

    info = RuleInfo(
        "REP108", "restricted-repository", Severity.WARNING, "not everybody may have the repository", needs_network=True
    )

    def check_link(self, owner: Entry | Document, link: Link, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding for any link to, or into, such a repository."""
        repository, home = evidence.repository, home_of(link, evidence)
        restricted = repository.restricted if repository else None
        if restricted is None and evidence.outcome.reason is Reason.LEGAL:
            home, restricted = home or _around(link.address), Restriction.TAKEN_DOWN
        if home is None or restricted is None:
            return
        words = (repository.restriction if repository else "") or evidence.outcome.detail
        said = f"{called(home, repository)} {_SAID[restricted]}"
        yield self.finding(
            owner,
            f"{told(said, words)}; say so in the list, or link to an open copy",
            link,
            proof=Proof(source=evidence.source, found=words, retrieved_at=evidence.outcome.checked_at),
        )


def _around(address: str) -> Identity | None:
    """The repository that some other page of its home belongs to."""
    parsed = parse_address(address)
    return None if isinstance(parsed, Malformed) else repository_around(parsed)
