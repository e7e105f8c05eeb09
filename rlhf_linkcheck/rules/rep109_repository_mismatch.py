"""REP109 repository-mismatch: a codebase is not what its repository calls itself."""

from collections.abc import Iterator, Mapping

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.identity import identify
from rlhf_linkcheck.matching.belonging import agrees_with_name, without_authors
from rlhf_linkcheck.matching.papers import claim_of
from rlhf_linkcheck.model import Category, Entry, Link
from rlhf_linkcheck.repository import CITATION, Repository, Writing
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.paper import names, shortened
from rlhf_linkcheck.rules.repository import called, proof_of


class RepositoryMismatch(Rule):
    """
    ## What it does
    Reports a codebase whose title shares nothing with what its repository is called: not with its
    name, nor with its description, the heading of its README or the title in its CITATION.cff. Short
    forms and initials count as shared. Where the repository has a CITATION.cff with authors and none
    of those listed is among them, that is an info.

    ## Why is this bad?
    The entry describes one thing and links to another: a copied line, whose address nobody changed.

    ## Example
    ```yaml
    - category: codebase
      title: "veRL: Volcano Engine Reinforcement Learning for LLM"
      url: https://github.com/huggingface/trl
    ```
    An entry that was copied to begin another with, and kept its link. So it went in 2023 to LibChecker-Rules, a
    list of libraries for Android.

    ## What to do instead
    Correct the address, or the title.
    """

    info = RuleInfo(
        "REP109",
        "repository-mismatch",
        Severity.WARNING,
        "the codebase is not what its repository calls itself",
        needs_network=True,
        needs_record=True,
        needs_writings=True,
    )

    def check_entry(self, entry: Entry, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
        """Yield a finding for a codebase whose repository has said what it is."""
        known = evidence.get(entry.main.address) if entry.main else None
        if entry.main is None or known is None or entry.category is not Category.CODEBASE or not entry.title:
            return
        repository, writings = known.repository, known.writings
        if repository is None or repository.seen_only or writings is None:
            return
        place = identify(entry.main.address).place
        says_something = bool(repository.description or any(writing.heading for writing in writings))
        if says_something and not agrees_with_name(claim_of(entry), repository, writings, place):
            yield self._title(entry, entry.main, repository, writings)
        else:
            citations = [writing for writing in writings if writing.path.endswith(CITATION)]
            if without_authors(claim_of(entry), citations):
                yield self._authors(entry, repository, citations)

    def _title(self, entry: Entry, link: Link, repository: Repository, writings: tuple[Writing, ...]) -> Finding:
        headings = (writing.heading for writing in writings if writing.heading)
        found = repository.description or next(headings, repository.name)
        return self.finding(
            entry,
            f"the title has nothing in common with {called(identify(link.address), repository)}, "
            f"which says of itself «{shortened(found)}»; correct the title, or the link",
            link,
            proof=proof_of(repository, entry.title, found),
        )

    def _authors(self, entry: Entry, repository: Repository, citations: list[Writing]) -> Finding:
        cited = [name for writing in citations for one in writing.own for name in one.authors]
        return self.finding(
            entry,
            f"none of the authors listed is in the repository's CITATION.cff, which names {names(cited)}; "
            "correct the authors, or the link",
            entry.locate("authors[0]"),
            field="authors[0]",
            url=entry.main.address if entry.main else None,
            severity=Severity.INFO,
            proof=proof_of(repository, names(entry.authors), names(cited)),
        )
