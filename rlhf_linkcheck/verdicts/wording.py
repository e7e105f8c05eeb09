"""What was seen of a link, in words for people; pure."""

from collections.abc import Mapping
from http import HTTPStatus
from sys import intern
from types import MappingProxyType

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.chain import Chain, End
from rlhf_linkcheck.net.retry import duration
from rlhf_linkcheck.verdicts.bluff import is_bluff
from rlhf_linkcheck.verdicts.doubt import told_by, told_by_address
from rlhf_linkcheck.verdicts.landing import is_front_page

_NOTES: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.AUTH_REQUIRED: "the site asks for a login",
        Reason.BLOCKED: "the site does not let a checker in",
        Reason.RATE_LIMITED: "the site limits how much it is asked",
    }
)
_BLUFF = "which the site says to every program, be the page there or not"
_INSTEAD: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.BLOCKED: "with a bot challenge{who} in place of the page",
        Reason.AUTH_REQUIRED: "with a login in place of the page",
        Reason.SERVER_ERROR: "the site says that it is out of service for now{title}",
        Reason.PARKED: "the domain is parked, for sale or not set up{who}{title}",
        Reason.SOFT_404: "the page says that it is not there{who}{title}",
    }
)
_LONGEST_SHOWN = 200
_PHRASES: Mapping[int, str] = MappingProxyType({status.value: status.phrase for status in HTTPStatus})
_AS_MADE_UP = "as a made-up page of the site does"
_UNASKED = "not tried itself"
_IN_VAIN = ": other links of the host were tried in vain"
_REFUSED = frozenset({Reason.RATE_LIMITED, Reason.SERVER_ERROR})
"""Who answers with the page itself may still want no further question; that is no word about this link."""
_NEVER_ASKED = frozenset({Reason.INVALID, Reason.PRIVATE_ADDRESS})


def describe(chain: Chain, reason: Reason, probe: Chain | None) -> str:
    """One sentence: what was seen, and after how many redirects."""
    seen = _seen(chain, reason, probe)
    if chain.end is End.ANSWERED and not seen.startswith("it "):
        seen += _after_redirects(chain, reason)
    if chain.last.peace is not None and reason in _REFUSED:
        seen += f", asked to wait {duration(chain.last.peace)}"
    if chain.last.attempts == 0 and chain.last.trouble is not None and reason not in _NEVER_ASKED:
        # Who limits or wants peace did answer; the words before this tell what.
        seen += f", {_UNASKED}{'' if reason is Reason.RATE_LIMITED else _IN_VAIN}"
    return intern(seen)


def _after_redirects(chain: Chain, reason: Reason) -> str:
    hops = len(chain.redirects)
    if not hops:
        return ""
    where = "" if reason is Reason.OK or chain.last.status is None else f", at {shown(chain.final_url)}"
    return f" after {hops} redirect{'s' if hops > 1 else ''}{where}"


def _seen(chain: Chain, reason: Reason, probe: Chain | None) -> str:
    answer = chain.last
    match chain.end:
        case End.CIRCLE:
            return f"it redirects in a circle, back to {shown(chain.final_url)}"
        case End.TOO_LONG:
            return f"it redirects more than {len(chain.redirects) - 1} times"
        case End.NOWHERE if not answer.challenges:
            return f"{_status_words(answer)} {_nowhere(answer.header('location'))}"
        case End.ANSWERED if answer.trouble is not None:
            return answer.trouble.words
        case End.ANSWERED if answer.succeeds and reason is not Reason.OK:
            return _page_words(chain, reason, probe)
        case _:
            return _answer_words(answer, chain.final_url, reason)


def _page_words(chain: Chain, reason: Reason, probe: Chain | None) -> str:
    """What a page that answered well is instead of the content."""
    answer, told = chain.last, told_by(chain)
    if told is not None and not told.proven and probe is None:
        told = None
    if reason is Reason.AUTH_REQUIRED and chain.redirects:
        return "it redirects to a login page"
    if reason is Reason.SOFT_404 and (told is None or told_by_address(chain)):
        return f"it redirects to {shown(chain.final_url)}, {_stray(chain, probe)}"
    who = f" ({told.who})" if told is not None and told.who else ""
    title = f" («{shown(answer.page.title)}»)" if answer.page and answer.page.title else ""
    also = f", {_AS_MADE_UP}" if probe is not None else ""
    return f"{_status_words(answer)}, but {_INSTEAD[reason].format(who=who, title=title)}{also}"


def _stray(chain: Chain, probe: Chain | None) -> str:
    """What the page is where a link landed that was not meant to."""
    if probe is not None:
        return "where a made-up page of the site leads, too"
    return (
        "a front page" if is_front_page(chain.final_url) else "where the site sends whoever asks for what is not there"
    )


def _nowhere(location: str | None) -> str:
    """Where a redirect that cannot be followed points to, as written."""
    if location is None:
        return "without a Location"
    written = location.strip()
    return f"to «{shown(written)}», which cannot be followed" if written else "with an empty Location"


def shown(text: str) -> str:
    """A server's text for people: unprintable characters escaped, no longer than anybody reads."""
    start = text[: _LONGEST_SHOWN + 1]
    plain = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in start)
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[: _LONGEST_SHOWN - 1]}…"


def _answer_words(answer: Answer, address: str, reason: Reason) -> str:
    if answer.challenges:
        who = next((sign.who for sign in answer.all_signs if sign.who), "")
        return f"{_status_words(answer)} (a bot challenge{f', {who}' if who else ''})"
    note = _BLUFF if reason is Reason.BLOCKED and is_bluff(address, answer.status) else _NOTES.get(reason)
    return f"{_status_words(answer)} ({note})" if note else _status_words(answer)


def _status_words(answer: Answer) -> str:
    status = answer.status or 0
    return f"{status} {_PHRASES[status]}" if status in _PHRASES else f"status {status}"
