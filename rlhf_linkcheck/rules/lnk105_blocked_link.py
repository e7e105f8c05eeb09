"""LNK105 blocked-link: the site does not let a checker in."""

from types import MappingProxyType

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.finding import RuleInfo, Severity
from rlhf_linkcheck.rules.outcome import OutcomeRule


class BlockedLink(OutcomeRule):
    """
    ## What it does
    Says that a site turned the checker away: 403 and its kin, LinkedIn's 999, a login, a bot
    challenge, a quota used up. It does not guess whether the page behind is there.

    ## Why is this bad?
    It is not, for your readers: their browsers get in. It is said so that nobody takes the link
    for verified. Being turned away is no sign of a dead link, and never fails a run by default.

    ## Example
    ```yaml
    url: https://openai.com/blog/chatgpt
    ```
    answers 403 to every program that is not a browser.

    ## What to do instead
    Look at the link by hand now and then.
    """

    info = RuleInfo("LNK105", "blocked-link", Severity.INFO, "the site does not let a checker in", needs_network=True)
    words = MappingProxyType({Reason.AUTH_REQUIRED: "", Reason.BLOCKED: "", Reason.RATE_LIMITED: ""})
    advice = MappingProxyType(
        {
            Reason.AUTH_REQUIRED: "see by hand whether your readers get in",
            Reason.BLOCKED: "see by hand whether the page is there",
            Reason.RATE_LIMITED: "check again later",
        }
    )
