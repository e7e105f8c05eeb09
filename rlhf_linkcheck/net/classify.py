"""What a chain of answers means for the link: the contract's table of verdicts, as far as HTTP decides it."""

from collections.abc import Mapping
from datetime import datetime
from http import HTTPStatus
from types import MappingProxyType
from urllib.parse import urlsplit

from rlhf_linkcheck.evidence import Outcome, Reason
from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.chain import Chain, End
from rlhf_linkcheck.net.retry import duration

_STATUSES: Mapping[int, Reason] = MappingProxyType(
    {
        404: Reason.NOT_FOUND,
        410: Reason.GONE,
        451: Reason.LEGAL,
        401: Reason.AUTH_REQUIRED,
        403: Reason.BLOCKED,
        406: Reason.BLOCKED,
        418: Reason.BLOCKED,
        429: Reason.RATE_LIMITED,
        999: Reason.BLOCKED,  # LinkedIn's
    }
)
_NOTES: Mapping[Reason, str] = MappingProxyType(
    {
        Reason.AUTH_REQUIRED: "the site asks for a login",
        Reason.BLOCKED: "the site does not let a checker in",
        Reason.RATE_LIMITED: "the site limits how much it is asked",
    }
)
_LONGEST_SHOWN = 200
_TO_LOGIN = "it redirects to a login page"
_SETTLED = frozenset({Reason.INVALID, Reason.PRIVATE_ADDRESS})
_PHRASES: Mapping[int, str] = MappingProxyType({status.value: status.phrase for status in HTTPStatus})

_LOGIN_SEGMENTS = frozenset(
    {
        *("login", "log-in", "log_in", "logon", "log-on", "log_on"),
        *("signin", "sign-in", "sign_in", "signon", "sign-on", "sign_on", "sso"),
        *("wp-login", "servicelogin", "authwall"),  # WordPress, Google, LinkedIn
    }
)
_LOGIN_LABELS = frozenset({"login", "signin", "sso", "auth", "idp"})
_LOGIN_HOSTS = frozenset({"accounts.google.com"})
_OAUTH = frozenset({"oauth", "oauth2", "openid-connect"})
_OAUTH_ENDS = frozenset({"authorize", "auth"})


def classify(chain: Chain, checked_at: datetime, *, earlier: Outcome | None = None) -> Outcome:
    """The outcome of a chain; ``earlier`` is what an earlier pass made of the same link, whose tries count too.

    ``moved_to`` is set where every hop was permanent and the target lives; whether such a move is
    worth a word is the rules' business.
    """
    reason = _reason(chain)
    attempts = max(answer.attempts for answer in chain.answers) + (earlier.attempts if earlier else 0)
    elapsed = round(sum(answer.elapsed for answer in chain.answers) * 1000)
    return Outcome(
        reason=reason,
        status=chain.last.status,
        final_url=chain.final_url,
        moved_to=chain.final_url if reason is Reason.OK and chain.permanent else None,
        redirects=chain.redirects,
        attempts=attempts,
        elapsed_ms=elapsed + (earlier.elapsed_ms if earlier else 0),
        detail=_detail(chain, reason, attempts),
        checked_at=checked_at,
    )


def _reason(chain: Chain) -> Reason:
    if chain.end is not End.ANSWERED:
        return _reason_of_circle(chain) if chain.end is not End.NOWHERE else Reason.BAD_REDIRECT
    if chain.last.trouble is not None:
        return chain.last.trouble.reason
    reason = _reason_of_status(chain.last)
    return Reason.AUTH_REQUIRED if reason is Reason.OK and _ends_at_login(chain) else reason


def _ends_at_login(chain: Chain) -> bool:
    """Whether it was sent to a login page that nobody asked for."""
    return bool(chain.redirects) and _is_login(chain.final_url) and not _is_login(chain.address)


def _is_login(address: str) -> bool:
    """Whether a host or a segment of the path is called as only login pages are; a segment's suffix is left out."""
    parts = urlsplit(address)
    host = parts.hostname or ""
    if host in _LOGIN_HOSTS or host.partition(".")[0] in _LOGIN_LABELS:
        return True
    segments = [segment.partition(";")[0].partition(".")[0] for segment in parts.path.lower().strip("/").split("/")]
    asks_consent = segments[-1] in _OAUTH_ENDS and not _OAUTH.isdisjoint(segments[:-1])
    return asks_consent or not _LOGIN_SEGMENTS.isdisjoint(segments)


def _reason_of_circle(chain: Chain) -> Reason:
    """A circle that hands out cookies waits for them to come back: it may well live."""
    return Reason.BLOCKED if any(answer.sets_cookie for answer in chain.answers) else Reason.REDIRECT_LOOP


def _reason_of_status(answer: Answer) -> Reason:
    status = answer.status or 0
    if answer.challenges:
        return Reason.BLOCKED
    if answer.limits:
        return Reason.RATE_LIMITED
    match status // 100:
        case 2:
            return Reason.OK
        case 4:
            return _STATUSES.get(status, Reason.CLIENT_ERROR)
        case 5:
            return Reason.SERVER_ERROR
        case _:
            # 101 and 304 answer what was not asked, 300, 305 and 306 name no page, 999 and the like are made up.
            return _STATUSES.get(status, Reason.PROTOCOL_ERROR)


def _detail(chain: Chain, reason: Reason, attempts: int) -> str:
    """One sentence: what was seen, after how many redirects, how often it was tried."""
    parts = [_seen(chain, reason)]
    if chain.end is End.ANSWERED and parts[0] != _TO_LOGIN and (hops := len(chain.redirects)):
        parts[0] += f" after {hops} redirect{'s' if hops > 1 else ''}"
        if chain.last.status is not None and reason is not Reason.OK:
            parts[0] += f", at {_shown(chain.final_url)}"
    if chain.last.peace is not None:
        parts.append(f"asked to wait {duration(chain.last.peace)}")
    if attempts > 1:
        parts.append(f"tried {attempts} times")
    elif attempts == 0 and chain.last.trouble is not None and reason not in _SETTLED:
        parts.append("not tried itself: other links of the host were tried in vain")
    return ", ".join(parts)


def _seen(chain: Chain, reason: Reason) -> str:
    answer = chain.last
    match chain.end:
        case End.CIRCLE if reason is Reason.BLOCKED:
            return "it redirects in a circle and asks for a cookie"
        case End.CIRCLE:
            return f"it redirects in a circle, back to {_shown(chain.final_url)}"
        case End.TOO_LONG:
            return f"it redirects more than {len(chain.redirects) - 1} times"
        case End.NOWHERE:
            return f"{_status_words(answer)} {_nowhere(answer.header('location'))}"
        case End.ANSWERED if answer.trouble is not None:
            return answer.trouble.words
        case End.ANSWERED:
            return _answer_words(answer, reason)


def _nowhere(location: str | None) -> str:
    """Where a redirect that cannot be followed points to, as written."""
    if location is None:
        return "without a Location"
    written = location.strip()
    return f"to «{_shown(written)}», which cannot be followed" if written else "with an empty Location"


def _shown(address: str) -> str:
    """A server's text for people: unprintable characters escaped, no longer than anybody reads."""
    start = address[: _LONGEST_SHOWN + 1]
    plain = "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in start)
    return plain if len(plain) <= _LONGEST_SHOWN else f"{plain[: _LONGEST_SHOWN - 1]}…"


def _answer_words(answer: Answer, reason: Reason) -> str:
    if reason is Reason.AUTH_REQUIRED and answer.status != HTTPStatus.UNAUTHORIZED:
        return _TO_LOGIN
    note = "a bot challenge" if answer.challenges else _NOTES.get(reason)
    return f"{_status_words(answer)} ({note})" if note else _status_words(answer)


def _status_words(answer: Answer) -> str:
    status = answer.status or 0
    return f"{status} {_PHRASES[status]}" if status in _PHRASES else f"status {status}"
