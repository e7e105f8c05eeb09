"""LNK109 invalid-certificate: a browser would warn before opening the link."""

from types import MappingProxyType

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.finding import RuleInfo, Severity
from rlhf_linkcheck.rules.outcome import OutcomeRule


class InvalidCertificate(OutcomeRule):
    """
    ## What it does
    Reports a link whose site shows a certificate that has expired, signs itself, is for another
    name, or whose chain cannot be verified.

    ## Why is this bad?
    A browser stops its user with a full-page warning. The page behind may well be there, so the
    link is uncertain, not dead. Where only an intermediate certificate is missing, browsers fetch
    it by themselves and show the page; other programs fail.

    ## Example
    ```yaml
    url: https://rowanzellers.com/hellaswag/
    ```
    The certificate expired three days ago: somebody forgot to renew it.

    ## What to do instead
    Tell the site's owner. Expired certificates are mostly renewed within days; a certificate for
    another name often means that the site has moved.
    """

    info = RuleInfo(
        "LNK109", "invalid-certificate", Severity.WARNING, "the site's certificate is not valid", needs_network=True
    )
    words = MappingProxyType({Reason.TLS: ""})
    advice = MappingProxyType({Reason.TLS: "tell the site's owner"})
