"""LNK107 placeholder-page: something answers, but not what was linked."""

from types import MappingProxyType

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.finding import RuleInfo, Severity
from rlhf_linkcheck.rules.outcome import OutcomeRule


class PlaceholderPage(OutcomeRule):
    """
    ## What it does
    Reports a link that is answered with 200 and leads to something else all the same: a page that
    says «not found», a site's front page or catch-all in place of the page, a domain that is parked,
    for sale, suspended or never set up.

    A page that only mentions such words is left alone. Where the page itself is no proof, the same
    site is asked for a page that cannot exist: only what answers both alike is reported.

    ## Why is this bad?
    Every link checker says «200 OK», and every reader gets nothing. Domains that were given up are
    bought by people who put up what they like.

    ## Example
    ```yaml
    url: https://paperswithcode.com/dataset/hh-rlhf
    ```
    Since the site was closed, addresses it does not know lead to `huggingface.co/papers/trending`.

    ## What to do instead
    Look for where the content went and link there; where it is gone, remove the link or point at an
    archived copy. In an audit the finding offers the last good copy that the Wayback Machine has, where
    the link is sent on to another page; where the placeholder answers at the address itself, the last
    copy would show the placeholder.
    """

    info = RuleInfo(
        "LNK107", "placeholder-page", Severity.WARNING, "something answers, but not what was linked", needs_network=True
    )
    offers_copies = True
    words = MappingProxyType({Reason.SOFT_404: "", Reason.PARKED: ""})
    advice = MappingProxyType(
        {
            Reason.SOFT_404: "find where it went, or take the link out",
            Reason.PARKED: "look for the site's new address, or take the link out",
        }
    )
