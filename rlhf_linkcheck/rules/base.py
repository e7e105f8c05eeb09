"""What a rule is: one identity, one page, one question asked of a document, an entry or a link."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from rlhf_linkcheck.config import Config
from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Finding, Proof, Related, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.model import Document, Entry, Link, Position


class Rule:
    """A question with a code. A rule overrides exactly one of the three hooks, and only reads.

    Each hook by default walks to the next: document → entries → links. The class's docstring is
    the rule's published page.
    """

    info: ClassVar[RuleInfo]
    offers_copies: ClassVar[bool] = False
    """Whether it suggests the last good copy of what is gone."""
    options: ClassVar[tuple[str, ...]] = ()
    """The settings that change what it finds, by their names in the configuration file."""
    names_address: ClassVar[bool] = True
    """Whether its findings name an address, by whose host or form the configuration can silence them."""
    heeds_comments: ClassVar[bool] = True
    """Whether a comment can silence it: of a file that cannot be read no comment is, either."""

    def configured(self, config: Config) -> "Rule":
        """The rule as this configuration wants it; by default as it is."""
        del config
        return self

    def check_document(self, document: Document, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
        """Judge a whole document; by default each entry, and each link outside the entries."""
        for entry in document.entries:
            yield from self.check_entry(entry, evidence)
        yield from self._check_links(document, document.links, evidence)

    def check_entry(self, entry: Entry, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
        """Judge one entry; by default each of its links."""
        yield from self._check_links(entry, entry.all_links, evidence)

    def check_link(self, owner: Entry | Document, link: Link, evidence: Evidence) -> Iterator[Finding]:
        """Judge one link by its evidence; ``owner`` is the entry that lists it, or the document itself."""
        del owner, link, evidence
        yield from ()

    def _check_links(
        self, owner: Entry | Document, links: tuple[Link, ...], evidence: Mapping[str, Evidence]
    ) -> Iterator[Finding]:
        for link in links:
            known = evidence.get(link.address)
            if known is not None:
                yield from self.check_link(owner, link, known)

    def finding(  # noqa: PLR0913 - a finding has that many parts, and all but three have a default
        self,
        owner: Entry | Document,
        message: str,
        place: Position | Link,
        *,
        field: str | None = None,
        url: str | None = None,
        severity: Severity | None = None,
        proof: Proof | None = None,
        related: tuple[Related, ...] = (),
        suggestion: Suggestion | None = None,
    ) -> Finding:
        """A finding of this rule about the owner, of the rule's own severity unless another is given.

        A link stands for its position, its field and its address.
        """
        if isinstance(place, Link):
            field, url, place = place.field or None, place.address or None, place.position
        return Finding(
            rule=self.info,
            severity=severity or self.info.severity,
            message=message,
            path=owner.path,
            position=place,
            entry=owner.id if isinstance(owner, Entry) else None,
            field=field,
            url=url,
            proof=proof,
            related=related,
            suggestion=suggestion,
        )
