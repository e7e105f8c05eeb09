"""REP101 missing-repository: the repository, model, dataset or gist does not exist."""

from collections.abc import Iterator

from rlhf_linkcheck.evidence import Evidence, Reason
from rlhf_linkcheck.finding import Finding, Proof, RuleInfo, Severity
from rlhf_linkcheck.identity import Identity, Kind
from rlhf_linkcheck.model import Document, Entry, Link
from rlhf_linkcheck.rules.archive import with_copy
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.repository import called, home_of, is_gone, told

_TELL_NOTHING = frozenset({Kind.HUGGINGFACE, Kind.GITLAB})
"""They ask strangers to log in to what does not exist, as to what is private."""


_SURE = "does not exist", "find where it went, or take the link out"
_UNSURE = "is missing or private", "open the link without being logged in, and take it out if it shows nothing"


class MissingRepository(Rule):
    """
    ## What it does
    Reports a link to a repository, gist, model, dataset, space or record that does not exist, as
    GitHub, Hugging Face, GitLab or Zenodo say, by their APIs or by their pages. What a source does
    not show to strangers may be private as well: where it cannot tell (Hugging Face and GitLab ask
    for a login in both cases), this is a warning.

    ## Why is this bad?
    The code or the data is what a reader came for. Whoever registers the name next decides what
    they get.

    ## Example
    ```yaml
    url: https://github.com/jaspergould/awesome-asm
    ```
    A list of lists had it for years; in August 2020 somebody saw that it was gone.

    ## What to do instead
    Look for it under the authors' other accounts, or in the paper; where it is gone, take the link
    out. In an audit the finding offers the last good copy of its page that the Wayback Machine has, where
    it has one: that seldom holds the files.
    """

    info = RuleInfo(
        "REP101",
        "missing-repository",
        Severity.ERROR,
        "the repository, model, dataset or gist does not exist",
        needs_network=True,
    )
    offers_copies = True

    def check_link(self, owner: Entry | Document, link: Link, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding where the repository that a link leads to, or into, is not there."""
        home = home_of(link, evidence)
        if home is None or evidence.repository is not None:
            return
        unsure = home.kind in _TELL_NOTHING and evidence.outcome.reason is Reason.AUTH_REQUIRED
        if unsure or (is_gone(evidence) and _is_whole_gone(home, evidence)):
            said, advice = _UNSURE if unsure else _SURE
            found = self.finding(
                owner,
                f"{told(f'{called(home)} {said}', evidence.outcome.detail)}; {advice}",
                link,
                severity=Severity.WARNING if unsure else None,
                proof=Proof(source=evidence.source, retrieved_at=evidence.outcome.checked_at),
            )
            yield with_copy(found, evidence)


def _is_whole_gone(home: Identity, evidence: Evidence) -> bool:
    """Whether all of the repository is gone; where only a place in it was asked about, somebody must have said so."""
    return home == home.whole or evidence.homeless or evidence.source != "web"
