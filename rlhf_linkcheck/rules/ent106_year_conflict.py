"""ENT106 year-conflict: the year listed and the year of the arXiv id do not go together."""

from collections.abc import Iterator, Mapping

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.identity import arxiv_year, identify
from rlhf_linkcheck.model import Category, Entry
from rlhf_linkcheck.rules.base import Rule

_MOST_YEARS_LATER = 1
_MOST_YEARS_EARLIER = 3


class YearConflict(Rule):
    """
    ## What it does
    Compares the year of a paper with the year in the arXiv id of its main link. It reports an id
    more than one calendar year later than the year listed, or more than three earlier. In between
    lies what is usual: a preprint published a year or two later at a conference, or posted just
    after it.

    ## Why is this bad?
    The year is wrong and the paper stands under the wrong heading, or the id is another paper's.

    ## Example
    ```yaml
    title: Reward learning from human preferences and demonstrations in Atari
    url: https://arxiv.org/abs/1811.06521
    year: 2023
    ```

    ## What to do instead
    ```yaml
    title: Reward learning from human preferences and demonstrations in Atari
    url: https://arxiv.org/abs/1811.06521
    year: 2018
    ```
    """

    info = RuleInfo("ENT106", "year-conflict", Severity.WARNING, "the year listed does not go with the arXiv id")

    def check_entry(self, entry: Entry, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
        """Yield a finding where the paper's year and its arXiv id's are too far apart."""
        del evidence
        if entry.category is not Category.PAPER or entry.main is None or entry.year is None:
            return
        identity = identify(entry.main.address)
        submitted = arxiv_year(identity)
        if submitted is None or -_MOST_YEARS_EARLIER <= submitted - entry.year <= _MOST_YEARS_LATER:
            return
        yield self.finding(
            entry,
            f"listed under {entry.year}, but arXiv {identity.key} is of {submitted}: one of the two is wrong",
            entry.locate("year"),
            field="year",
            url=entry.main.address,
        )
