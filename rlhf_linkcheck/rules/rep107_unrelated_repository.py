"""REP107 unrelated-repository: what is listed as a paper's official code does not say that it is."""

from collections.abc import Iterator, Mapping

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.identity import Kind, identify
from rlhf_linkcheck.matching.belonging import Belonging, Relation, belonging, identities_of, is_named_in
from rlhf_linkcheck.matching.papers import claim_of
from rlhf_linkcheck.model import Category, Entry, Link
from rlhf_linkcheck.repository import Repository
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.paper import linked_records, shortened
from rlhf_linkcheck.rules.repository import called, proof_of

_NAMES_CODE = frozenset({"arxiv", "oai"})
"""Records with authors' comments; where arXiv did not answer, nobody knows which repository they name."""


class UnrelatedRepository(Rule):
    """
    ## What it does
    Reports a link that is labelled as a paper's official code, where the repository names neither
    the paper's identifier nor its title: not in its README (nor that of the folder that is linked),
    not in its description, not in its homepage; and where the paper's own record, if it is arXiv's,
    was to be had and does not name the repository either. An identifier that only stands somewhere
    in the README, while the README asks to cite another paper, is a forerunner's. A shared author
    is no evidence, and links that are labelled as a third party's are left alone.

    ## Why is this bad?
    Readers run the code and take its results for the paper's.

    ## Example
    ```yaml
    - title: Reward learning from human preferences and demonstrations in Atari
      links:
        - {role: code, label: official, url: "https://github.com/rddy/ReQueST"}
    ```
    ReQueST is the code of a later paper, which builds on this one.

    ## What to do instead
    Find the paper's own code, or label the link for what it is.
    """

    info = RuleInfo(
        "REP107",
        "unrelated-repository",
        Severity.INFO,
        "the repository does not say that it is this paper's code",
        needs_network=True,
        needs_record=True,
        needs_writings=True,
    )

    def check_entry(self, entry: Entry, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
        """Yield a finding for each official code link of a paper that is another's, as far as it says itself."""
        if entry.category is not Category.PAPER or entry.main is None:
            return
        main = evidence.get(entry.main.address)
        identity = identify(entry.main.address)
        papers = identities_of(identity, main)
        records = [main.current] if main is not None and main.current is not None else []
        records += linked_records(entry, evidence)
        if identity.kind is Kind.ARXIV and not any(record.source in _NAMES_CODE for record in records):
            return
        for link in entry.links:
            known = evidence.get(link.address)
            if not link.is_official_code or known is None or known.repository is None or known.writings is None:
                continue
            if any(is_named_in(known.repository, record) for record in records):
                continue
            relation = belonging(claim_of(entry), papers, known.repository, known.writings)
            if relation.belonging is Belonging.ELSEWHERE:
                yield self._unrelated(entry, link, known.repository, relation)

    def _unrelated(self, entry: Entry, link: Link, repository: Repository, relation: Relation) -> Finding:
        said_of_itself = relation.instead or repository.description or repository.name
        instead = f", and gives «{shortened(relation.instead)}» as its own" if relation.instead else ""
        said = f"{called(identify(link.address), repository)} does not name this paper{instead}"
        return self.finding(
            entry,
            f"{said}; see whether it is the paper's own code",
            link,
            proof=proof_of(repository, entry.title, said_of_itself),
        )
