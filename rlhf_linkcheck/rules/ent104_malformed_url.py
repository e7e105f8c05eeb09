"""ENT104 malformed-url: an address that no client could ask for."""

from collections.abc import Iterator, Mapping

from rlhf_linkcheck.evidence import Evidence
from rlhf_linkcheck.finding import Edit, Finding, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.identity import Malformed, is_web_link, parse_address
from rlhf_linkcheck.model import Document, Entry
from rlhf_linkcheck.rules.base import Rule


class MalformedUrl(Rule):
    """
    ## What it does
    Reports an address that is not an absolute `http` or `https` URL with a host: no scheme, another
    scheme, a user name or password, a blank or an invisible character inside, an impossible port or
    host, a bracket without its partner. Balanced brackets are fine. Where only the blanks around
    the address are wrong it is a warning, and trimming them is the suggestion.

    In an entry every address has to be one for the web. Outside the entries `#anchors`, relative
    paths, `mailto:`, `tel:` and `data:` are left alone.

    ## Why is this bad?
    Such a link cannot be followed, or is followed by some programs and not by others.

    ## Example
    ```markdown
    - Code: [official]( https://github.com/XanderJC/attention-based-credit)
    - Code: [official](github.com/RLHF-V/RLHF-V)
    ```

    ## What to do instead
    ```markdown
    - Code: [official](https://github.com/XanderJC/attention-based-credit)
    - Code: [official](https://github.com/RLHF-V/RLHF-V)
    ```
    """

    info = RuleInfo("ENT104", "malformed-url", Severity.ERROR, "not an absolute http(s) URL", fixable=True)

    def check_document(self, document: Document, evidence: Mapping[str, Evidence]) -> Iterator[Finding]:
        """Yield a finding for each address that is none; an empty one is ENT103's."""
        del evidence
        for owner, link in document.owned_links():
            if not link.address or not (isinstance(owner, Entry) or is_web_link(link.url)):
                continue
            parsed = parse_address(link.url)
            if isinstance(parsed, Malformed):
                mended = parsed.mended
                yield self.finding(
                    owner,
                    parsed.problem,
                    link,
                    severity=Severity.ERROR if mended is None else Severity.WARNING,
                    suggestion=None if mended is None else Suggestion((Edit(link.field, mended),)),
                )
