"""REP104 stale-repository: nobody has pushed to a codebase for a long time."""

from collections.abc import Iterator

from rlhf_linkcheck.config import DEFAULT_QUIET_MONTHS, DEFAULT_STALE_MONTHS, Config
from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.matching.upkeep import months_between
from rlhf_linkcheck.model import Category, Document, Entry, Link
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.repository import called, day, home_of, notice_of, proof_of


class StaleRepository(Rule):
    """
    ## What it does
    Reports a codebase's own repository that nobody has pushed to for 24 months. One that is
    archived, or says so itself, is REP103's. A paper's code and datasets are left alone: they are
    finished one day.

    ## Why is this bad?
    A library that nobody touches seldom runs with the versions of today.

    ## Example
    ```yaml
    - category: codebase
      url: https://github.com/cloudhead/toto
    ```
    In 2013 somebody asked whether it had been left, and ten years later somebody else saw that it had.

    ## What to do instead
    See whether it still works, and whether something else has taken its place.
    """

    info = RuleInfo(
        "REP104",
        "stale-repository",
        Severity.INFO,
        "nobody has pushed to the codebase for long",
        needs_network=True,
        needs_writings=True,
    )
    options = ("stale-months", "quiet-months")

    def __init__(self, months: int = DEFAULT_STALE_MONTHS, quiet_months: int = DEFAULT_QUIET_MONTHS) -> None:
        self._months = months
        self._quiet_months = quiet_months

    def configured(self, config: Config) -> Rule:
        """The rule with the configuration's months."""
        return StaleRepository(config.stale_months, config.quiet_months)

    def check_link(self, owner: Entry | Document, link: Link, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding for a codebase's main link."""
        repository, home = evidence.repository, home_of(link, evidence)
        if (
            repository is None
            or home is None
            or repository.pushed_at is None
            or repository.archived
            or repository.empty
        ):
            return
        is_codebase = isinstance(owner, Entry) and owner.category is Category.CODEBASE and link is owner.main
        stale = months_between(repository.pushed_at, repository.retrieved_at) >= self._months
        if is_codebase and stale and notice_of(evidence, self._quiet_months) is None:
            since, what = day(repository.pushed_at), called(home, repository)
            yield self.finding(
                owner,
                f"nobody has pushed to {what} since {since}; see whether it still works",
                link,
                proof=proof_of(repository, None, f"last push {since}"),
            )
