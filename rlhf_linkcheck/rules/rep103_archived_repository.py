"""REP103 archived-repository: nobody keeps the repository up any more."""

from collections.abc import Iterator

from rlhf_linkcheck.config import DEFAULT_QUIET_MONTHS, Config
from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.model import Document, Entry, Link
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.paper import shortened
from rlhf_linkcheck.rules.repository import called, day, home_of, is_main_matter, notice_of, proof_of


class ArchivedRepository(Rule):
    """
    ## What it does
    Reports a repository that its owner has archived, with since when, or whose description or
    README says near the top that it is archived, deprecated or no longer maintained, where nobody
    has pushed to it for a year. A codebase or a dataset is worth a warning, a paper's code an info:
    it is a record of what was done then.

    ## Why is this bad?
    Who builds on it gets no answers and no corrections, and cannot open an issue to say so.

    ## Example
    ```yaml
    - category: codebase
      url: https://github.com/openai/lm-human-preferences
    ```
    Its README begins with «Status: Archive (code is provided as-is, no updates expected)».

    ## What to do instead
    Link to its successor, or say in the entry's note that it is archived.
    """

    info = RuleInfo(
        "REP103",
        "archived-repository",
        Severity.WARNING,
        "nobody keeps the repository up any more",
        needs_network=True,
        needs_writings=True,
    )
    options = ("quiet-months",)

    def __init__(self, quiet_months: int = DEFAULT_QUIET_MONTHS) -> None:
        self._quiet_months = quiet_months

    def configured(self, config: Config) -> Rule:
        """The rule with the configuration's months."""
        return ArchivedRepository(config.quiet_months)

    def check_link(self, owner: Entry | Document, link: Link, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding for each link of an entry that leads to, or into, such a repository."""
        repository, home = evidence.repository, home_of(link, evidence)
        if repository is None or home is None or not isinstance(owner, Entry):
            return
        notice = notice_of(evidence, self._quiet_months)
        if repository.archived:
            since = f" since {day(repository.archived_at)}" if repository.archived_at else ""
            said, found = f"has been archived{since}", f"archived{since}"
        elif notice is not None:
            said, found = f"says that it is not kept up: «{shortened(notice)}»", shortened(notice)
        else:
            return
        yield self.finding(
            owner,
            f"{called(home, repository)} {said}; look for a successor, or say so in the list",
            link,
            severity=Severity.WARNING if is_main_matter(owner, link) else Severity.INFO,
            proof=proof_of(repository, None, found),
        )
