"""PAP108 superseded-version: title and authors are an older version's."""

from collections.abc import Iterator

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Edit, Finding, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.matching.papers import Appraisal
from rlhf_linkcheck.model import Entry
from rlhf_linkcheck.rules.paper import PaperRule, authors_of, names, proof_of, proof_of_names, shortened, title_for_list


class SupersededVersion(PaperRule):
    """
    ## What it does
    Reports an entry whose title or authors are those of an older version of the paper: it has been
    retitled since, or authors have joined. A link that pins a version is held against that version, and
    what the current version says is right there, too.

    ## Why is this bad?
    It was right once, and nobody did anything wrong; but readers find another title than the one
    they were promised.

    ## Example
    ```yaml
    - title: "Differential Information: An Information-Theoretic Perspective on Preference Optimization"
      url: https://arxiv.org/abs/2505.23761
    ```
    That was its first version's title.

    ## What to do instead
    ```yaml
    - title: "Differential Information Distribution: A Bayesian Perspective on Direct Preference Optimization"
      url: https://arxiv.org/abs/2505.23761
    ```
    """

    info = RuleInfo(
        "PAP108",
        "superseded-version",
        Severity.WARNING,
        "title or authors are an older version's",
        needs_network=True,
        needs_record=True,
        fixable=True,
    )

    def check_appraisal(self, entry: Entry, appraisal: Appraisal, evidence: Evidence) -> Iterator[Finding]:
        """Yield a finding where an older version agrees in what departs from the current one."""
        del evidence
        old, current = appraisal.superseded, appraisal.own.record
        if old is None:
            return
        now = [f"«{shortened(current.title)}»"] if appraisal.old_title else []
        now += [f"by {names(authors_of(current))}"] if appraisal.old_authors else []
        what = "title and authors" if len(now) > 1 else "title" if appraisal.old_title else "authors"
        proof = proof_of_names(current, entry.authors)
        if appraisal.old_title:
            proof = proof_of(current, entry.title, current.title)
        field = "title" if appraisal.old_title else "authors[0]"
        version = "" if current.version is None else f" in v{current.version}"
        yield self.finding(
            entry,
            f"{what} of v{old.version}: the paper is now {' '.join(now)}{version}",
            entry.locate(field),
            field=field,
            url=entry.main.address if entry.main else None,
            proof=proof,
            suggestion=Suggestion((*_title(appraisal), *_authors(entry, appraisal)), title_for_list(current)[1]),
        )


def _title(appraisal: Appraisal) -> Iterator[Edit]:
    if appraisal.old_title:
        yield Edit("title", title_for_list(appraisal.own.record)[0])


def _authors(entry: Entry, appraisal: Appraisal) -> Iterator[Edit]:
    """The current names in place of all that are listed."""
    if appraisal.old_authors:
        yield Edit("authors[0]", ", ".join(authors_of(appraisal.own.record)))
        for item in range(1, len(entry.authors)):
            yield Edit(f"authors[{item}]", "")
