"""LNK101 dead-link: the link's target no longer exists."""

from types import MappingProxyType

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.finding import RuleInfo, Severity
from rlhf_linkcheck.rules.outcome import OutcomeRule


class DeadLink(OutcomeRule):
    """
    ## What it does
    Reports a link whose target does not exist: the server says so (404, 410, 451, also at the end
    of redirects), its name is not in DNS while others are, or its redirects end nowhere. Outside
    entries it also reports a relative link to a file that is not there.

    A server that is busy, shy or unreachable is *not* dead: see LNK104 and LNK105.

    ## Why is this bad?
    A reader who clicks gets nothing.

    ## Example
    ```yaml
    links:
      - {role: code, label: Official, url: "https://github.com/OpenRLHF/OpenRLHF/blob/main/examples/scripts/train_reinforce_llama_ray.sh"}
    ```
    The file was deleted in May 2025.

    ## What to do instead
    Find where the content went and link there; where it is gone, remove the link or point at an
    archived copy. In an audit the finding offers the last good copy that the Wayback Machine has, where
    it has one: look whether it shows what was meant. Of what was taken down for legal reasons none is
    offered.
    """

    info = RuleInfo("LNK101", "dead-link", Severity.ERROR, "the link's target no longer exists", needs_network=True)
    offers_copies = True
    words = MappingProxyType(
        {
            Reason.NOT_FOUND: "the page does not exist",
            Reason.GONE: "the page is gone for good",
            Reason.LEGAL: "the page was taken down for legal reasons",
            Reason.HOST_NOT_FOUND: "the site does not exist",
            Reason.REDIRECT_LOOP: "",
            Reason.BAD_REDIRECT: "the address leads nowhere",
        }
    )
    advice = MappingProxyType(
        {
            Reason.NOT_FOUND: "find where it went, or take the link out",
            Reason.GONE: "link to an archived copy, or take the link out",
            Reason.LEGAL: "take the link out",
            Reason.HOST_NOT_FOUND: "look for the site's new address, or take the link out",
            Reason.REDIRECT_LOOP: "find where it went, or take the link out",
            Reason.BAD_REDIRECT: "find where it went, or take the link out",
        }
    )
