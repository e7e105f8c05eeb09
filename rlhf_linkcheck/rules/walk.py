"""One walk over a document for all rules: what they need of an entry is read once, and not once a rule."""

from collections.abc import Iterable, Iterator, Mapping

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Finding
from rlhf_linkcheck.model import Document, Entry, Link
from rlhf_linkcheck.rules.base import Rule


def walk(rules: Iterable[Rule], document: Document, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
    """All that these rules find, each rule's own findings in the order in which it alone would give them.

    Rules ask again for what is known of an address, a title or a name, and that is remembered for
    some thousands. Rule by rule over a longer list than that nothing would be remembered any more.
    """
    whole: list[Rule] = []
    by_entry: list[Rule] = []
    by_link: list[Rule] = []
    for rule in rules:
        _hooked(rule, whole, by_entry, by_link).append(rule)
    for rule in whole:
        yield from rule.check_document(document, evidence)
    for entry in document.entries:
        for rule in by_entry:
            yield from rule.check_entry(entry, evidence)
        yield from _check_links(by_link, entry, entry.all_links, evidence)
    yield from _check_links(by_link, document, document.links, evidence)


def _hooked(rule: Rule, whole: list[Rule], by_entry: list[Rule], by_link: list[Rule]) -> list[Rule]:
    """The group of those that override the same hook; a rule overrides exactly one."""
    kind = type(rule)
    if kind.check_document is not Rule.check_document:
        return whole
    return by_entry if kind.check_entry is not Rule.check_entry else by_link


def _check_links(
    rules: Iterable[Rule], owner: Entry | Document, links: Iterable[Link], evidence: Mapping[str, Evidence]
) -> Iterator[Finding]:
    for link in links:
        known = evidence.get(link.address)
        if known is not None:
            for rule in rules:
                yield from rule.check_link(owner, link, known)
