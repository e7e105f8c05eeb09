"""REP105 empty-repository: there is nothing in the repository."""

from collections.abc import Iterator

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.model import Document, Entry, Link
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.repository import called, home_of, is_shut, proof_of


class EmptyRepository(Rule):
    """
    ## What it does
    Reports a repository, model or dataset that exists and has nothing in it: no commit at GitHub
    and GitLab, no file but the one that is made with it at Hugging Face.

    ## Why is this bad?
    It was announced, and never came, or was taken back.

    ## Example
    ```yaml
    links:
      - {role: code, label: Official, url: "https://github.com/ds2-lab/infinicache"}
    ```
    A paper referred to it in February 2020, while there was nothing in it; the code came nine days later.

    ## What to do instead
    Take the link out until there is something behind it.
    """

    info = RuleInfo(
        "REP105", "empty-repository", Severity.ERROR, "there is nothing in the repository", needs_network=True
    )

    def check_link(self, owner: Entry | Document, link: Link, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding for any link to, or into, an empty repository."""
        repository, home = evidence.repository, home_of(link, evidence)
        if repository is not None and home is not None and repository.empty and not is_shut(repository):
            yield self.finding(
                owner,
                f"{called(home, repository)} is empty; take the link out until there is something in it",
                link,
                proof=proof_of(repository, None, "empty"),
            )
