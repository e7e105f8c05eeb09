"""REP106 missing-path: the repository is there, the file, folder, branch or release is not."""

from collections.abc import Iterator

from rlhf_linkcheck.evidence import Evidence, Reason
from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.identity import Identity, Kind
from rlhf_linkcheck.model import Document, Entry, Link
from rlhf_linkcheck.rules.archive import with_copy
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.repository import called, home_of, is_gone, is_shut, noun, proof_of, told


class MissingPath(Rule):
    """
    ## What it does
    Reports a link to a file, folder, branch, tag or release that is not in its repository, or to a
    file that is not in its record, though the repository or the record is there. Branches whose
    names have slashes in them are understood. What is in a disabled repository nobody can tell.

    ## Why is this bad?
    The file was moved or deleted while the repository lived on: the reader gets nothing, and the
    link is easy to mend.

    ## Example
    ```yaml
    url: https://github.com/OpenRLHF/OpenRLHF/blob/main/examples/scripts/train_reinforce_llama_ray.sh
    ```
    The file was deleted in May 2025.

    ## What to do instead
    Link to where it is now, to the repository itself, or to the commit that still has it (press `y`
    on its page). In an audit the finding offers the last good copy that the Wayback Machine has, where it
    has one.
    """

    info = RuleInfo(
        "REP106",
        "missing-path",
        Severity.ERROR,
        "the file, folder, branch or release is not in the repository",
        needs_network=True,
    )
    offers_copies = True

    def check_link(self, owner: Entry | Document, link: Link, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding where a place is gone from a repository that is known to be there."""
        repository, home = evidence.repository, home_of(link, evidence)
        if repository is None or home is None or evidence.homeless or not _is_gone(home, evidence):
            return
        if home == home.whole or repository.empty or is_shut(repository):
            return
        words = evidence.outcome.detail
        what = f"the {noun(home)}" if repository.name in words else called(home, repository)
        said = told(f"{what} is there, but not what the link points at", words)
        found = self.finding(
            owner,
            f"{said}; link to where it is now, or to the {noun(home)} itself",
            link,
            proof=proof_of(repository, home.place or link.address, words),
        )
        yield with_copy(found, evidence)


def _is_gone(home: Identity, evidence: Evidence) -> bool:
    """Whether a place is not there; GitLab's pages send whoever asks for it on to the branch that it is not in."""
    sent_on = home.kind is Kind.GITLAB and evidence.outcome.reason is Reason.SOFT_404
    return sent_on or is_gone(evidence)
