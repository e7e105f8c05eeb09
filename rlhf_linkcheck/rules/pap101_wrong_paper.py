"""PAP101 wrong-paper: the link leads to another paper."""

from collections.abc import Iterator, Mapping

from rlhf_linkcheck.evidence import Evidence, Record, Trust
from rlhf_linkcheck.finding import Edit, Finding, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.identity import address_named
from rlhf_linkcheck.matching.papers import Appraisal, claim_of, meant, nothing_in_common
from rlhf_linkcheck.model import Category, Entry, Link
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.paper import appraise_entry, authors_of, linked_records, names, place_of, proof_of, shortened

_PAGES = frozenset({Category.BLOG, Category.BOOK})


class WrongPaper(Rule):
    """
    ## What it does
    Reports a paper whose link leads to another one: title and authors of the paper at the link
    depart from what the entry says, and no older version, no record of the venue and no other
    reading excuses that. Where the paper that was meant is found, by its title at arXiv or among
    the records of the list, its link is suggested.

    A page that does not say what paper it shows in the tags made for it (`citation_title`) is
    evidence for an info at most: so is the title of a blog post or a book's page that has nothing
    in common with the listed one.

    ## Why is this bad?
    The page opens, so no link checker notices, and neither does a reader who only skims: they read
    and cite the wrong paper.

    ## Example
    ```yaml
    - title: Language Models Learn to Mislead Humans via RLHF
      url: https://arxiv.org/abs/2503.00897
    ```
    arXiv 2503.00897 is «A Simple and Effective Reinforcement Learning Method for Text-to-Image
    Diffusion Fine-tuning».

    ## What to do instead
    Find the paper by its title and link to it.
    ```yaml
    - title: Language Models Learn to Mislead Humans via RLHF
      url: https://arxiv.org/abs/2409.12822
    ```
    """

    info = RuleInfo(
        "PAP101",
        "wrong-paper",
        Severity.ERROR,
        "the link leads to another paper",
        needs_network=True,
        needs_record=True,
        fixable=True,
    )

    def check_entry(self, entry: Entry, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
        """Yield a finding for an entry whose main link leads to another paper, or to a page about something else."""
        known = evidence.get(entry.main.address) if entry.main else None
        if entry.main is None or known is None:
            return
        appraisal = appraise_entry(entry, known, evidence)
        if appraisal is None or not appraisal.another:
            return
        page = entry.category in _PAGES
        hint = page or appraisal.own.record.trust is Trust.HINT
        if page and not nothing_in_common(claim_of(entry), appraisal.own.record):
            return
        if page or entry.category is Category.PAPER:
            linked = linked_records(entry, evidence)
            told = self._page(entry, entry.main, appraisal) if hint else None
            yield told or self._paper(entry, entry.main, appraisal, (*known.meant, *linked))

    def _paper(self, entry: Entry, link: Link, appraisal: Appraisal, candidates: tuple[Record, ...]) -> Finding:
        record = appraisal.own.record
        right = meant(claim_of(entry), candidates)
        found = f"«{shortened(record.title)}»" + (f" by {names(authors_of(record))}" if record.authors else "")
        advice = "find the paper by its title and link to it"
        if right is not None:
            advice = f"«{shortened(right.title)}» is {address_named(right.identity)}"
        return self.finding(
            entry,
            f"the link is another paper: {place_of(record)} calls it {found}; {advice}",
            link,
            proof=proof_of(record, entry.title, record.title),
            suggestion=None
            if right is None
            else Suggestion((Edit(link.field, address_named(right.identity)),), safe=False),
        )

    def _page(self, entry: Entry, link: Link, appraisal: Appraisal) -> Finding:
        record = appraisal.own.record
        return self.finding(
            entry,
            f"the page calls itself «{shortened(record.title)}», which has nothing in common with the listed title; "
            "see whether it is what was meant",
            link,
            severity=Severity.INFO,
            proof=proof_of(record, entry.title, record.title),
        )
