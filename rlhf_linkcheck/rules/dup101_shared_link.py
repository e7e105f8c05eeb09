"""DUP101 shared-link: two entries with different titles lead to the same thing."""

from collections.abc import Hashable, Iterator, Mapping

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Finding, Related, RuleInfo, Severity
from rlhf_linkcheck.identity import Address, Kind, canonical_address, identify, parse_address
from rlhf_linkcheck.matching.titles import fold
from rlhf_linkcheck.model import Document, Entry, Link
from rlhf_linkcheck.rules.base import Rule
from rlhf_linkcheck.rules.paper import leads_astray


class SharedLink(Rule):
    """
    ## What it does
    Reports two entries of one category in one file that have different titles and the same main
    link, in whatever form: an arXiv page and its PDF are the same. A path inside a repository is
    part of the link, and so is the `#fragment` of a web page. It stands at the later of the two, or
    at the one that PAP101 knows to be wrong.

    ## Why is this bad?
    One of the two leads its readers to something else: an address was copied from the entry above
    and never changed.

    ## Example
    ```yaml
    - title: Language Models Learn to Mislead Humans via RLHF
      url: https://arxiv.org/abs/2503.00897
    - title: A Simple and Effective Reinforcement Learning Method for Text-to-Image Diffusion Fine-tuning
      url: https://arxiv.org/abs/2503.00897
    ```

    ## What to do instead
    Open the link, see which of the two it is, and give the other its own.
    ```yaml
    - title: Language Models Learn to Mislead Humans via RLHF
      url: https://arxiv.org/abs/2409.12822
    ```
    """

    info = RuleInfo("DUP101", "shared-link", Severity.ERROR, "two entries with different titles share a main link")

    def check_document(self, document: Document, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
        """Yield a finding at each entry whose main link an earlier one with another title has.

        Where it is known whose link it is, the finding stands at the other of the two.
        """
        seen: dict[Hashable, dict[str, Entry]] = {}
        for entry in document.oldest_first:
            title = fold(entry.title)
            target = _target(entry.main) if entry.main else None
            if not title or target is None or entry.category is None:
                continue
            sharing = seen.setdefault((entry.category, target), {})
            if title in sharing:  # the same entry again, which is DUP102's
                continue
            other = next(iter(sharing.values()), None)
            if other is not None:
                wrong_first = leads_astray(other, evidence) and not leads_astray(entry, evidence)
                yield self._shared(other, entry) if wrong_first else self._shared(entry, other)
            sharing[title] = entry

    def _shared(self, entry: Entry, other: Entry) -> Finding:
        position = entry.locate("url")
        return self.finding(
            entry,
            f"the same link as «{other.title}», under another title: one of the two leads to the wrong place",
            position,
            field="url",
            url=entry.main.address if entry.main else None,
            related=(Related(other.id, other.path, other.locate("url").line),),
        )


def _target(link: Link) -> Hashable:
    """What the link leads to; on a web page the fragment counts. None for what is no address."""
    address = canonical_address(link.address) or link.address
    parsed = parse_address(address)
    if not isinstance(parsed, Address):
        return None
    identity = identify(address)
    return (identity, parsed.fragment or None) if identity.kind is Kind.WEB else identity
