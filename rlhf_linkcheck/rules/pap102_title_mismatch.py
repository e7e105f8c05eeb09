"""PAP102 title-mismatch: the title is not the paper's."""

from collections.abc import Iterator

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Edit, Finding, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.matching.papers import Appraisal
from rlhf_linkcheck.matching.titles import TitleGrade
from rlhf_linkcheck.model import Entry
from rlhf_linkcheck.rules.paper import PaperRule, place_of, proof_of, shortened, title_for_list


class TitleMismatch(PaperRule):
    """
    ## What it does
    Reports a title that departs from the paper's own in words; how it is set (case, dashes, accents,
    LaTeX, Greek letters, spacing, hyphens) does not matter. A subtitle or nickname that was added or
    left out is a warning.

    A title that an older version of the paper had is PAP108; one that the venue's own record has is
    right.

    ## Why is this bad?
    Who looks for the paper by this title does not find it, or finds another.

    ## Example
    ```yaml
    - title: "RIME: Robust Preference-based Reinforcement Learning with Noisy Human Preferences"
      url: https://arxiv.org/abs/2402.17257
    ```

    ## What to do instead
    ```yaml
    - title: "RIME: Robust Preference-based Reinforcement Learning with Noisy Preferences"
      url: https://arxiv.org/abs/2402.17257
    ```
    """

    info = RuleInfo(
        "PAP102",
        "title-mismatch",
        Severity.ERROR,
        "the title departs from the paper's",
        needs_network=True,
        needs_record=True,
        fixable=True,
    )

    def check_appraisal(self, entry: Entry, appraisal: Appraisal, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding where the title departs and nothing excuses it."""
        del evidence
        if not appraisal.title:
            return
        own = appraisal.own
        title, plain = title_for_list(own.record)
        # Markup would have to be set anew for the list, and a title with nothing in common wants a second look.
        safe = own.title.grade is not TitleGrade.OTHER and plain
        yield self.finding(
            entry,
            f"{place_of(own.record)} calls it «{shortened(title)}»: {own.title.words()}",
            entry.locate("title"),
            field="title",
            url=entry.main.address if entry.main else None,
            severity=Severity.WARNING if own.title.grade is TitleGrade.SUBTITLE else Severity.ERROR,
            proof=proof_of(own.record, entry.title, own.record.title),
            suggestion=Suggestion((Edit("title", title),), safe),
        )
