"""LNK104 unreachable-link: the link could not be reached, which says nothing about its target."""

from types import MappingProxyType

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.finding import RuleInfo, Severity
from rlhf_linkcheck.rules.outcome import OutcomeRule


class UnreachableLink(OutcomeRule):
    """
    ## What it does
    Reports a link that could not be reached, says why, and how often it was tried: no answer in
    time, a connection refused or broken off, a server error to the end, a name server that does
    not answer, an address that is not public.

    ## Why is this bad?
    Perhaps it is not: a server may be down for an hour. That is why this is a warning and never
    fails a run by default. A link that stays unreachable for weeks is another matter.

    ## Example
    ```yaml
    url: http://prize.hutter1.net/
    ```
    The server did not answer within 20 seconds, three times.

    ## What to do instead
    Open the link by hand, or check again tomorrow. Replace it when it stays away.
    """

    info = RuleInfo("LNK104", "unreachable-link", Severity.WARNING, "the link could not be reached", needs_network=True)
    options = ("timeout", "retries", "deadline", "hosts")
    words = MappingProxyType(
        {
            Reason.CLIENT_ERROR: "the server did not take the request",
            Reason.SERVER_ERROR: "the server is in trouble",
            Reason.TIMEOUT: "",
            Reason.REFUSED: "",
            Reason.RESET: "",
            Reason.PROTOCOL_ERROR: "there was no usable answer",
            Reason.DNS_ERROR: "",
            Reason.INCONSISTENT: "it answers now one way, now another",
            Reason.SHORTAGE: "",
            Reason.PRIVATE_ADDRESS: "not asked",
        }
    )
    advice = MappingProxyType(
        {
            **dict.fromkeys(words, "open it by hand, or check again later"),
            Reason.PRIVATE_ADDRESS: "link to a public address, or allow this one with --allow-private",
        }
    )
