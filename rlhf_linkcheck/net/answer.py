"""What one request heard: a status with the headers that decide, or the trouble that kept it from one."""

from dataclasses import dataclass
from http import HTTPStatus

from rlhf_linkcheck.evidence import Reason

KEPT_HEADERS = (
    "location",
    "retry-after",
    "cf-mitigated",
    "x-amzn-waf-action",
    "x-ratelimit-remaining",
    "ratelimit-remaining",
)
"""The only headers an answer keeps: a run holds an answer for every address it asked."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""The statuses that send a client elsewhere (RFC 9110 §15.4); 300, 304, 305 and 306 do not."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there was no HTTP answer: the reason, and the words for it («the connection was refused»)."""

    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request without its redirects; exactly one of ``status`` and ``trouble`` is set.

    ``url`` is the address as it was sent, ``received`` the bytes of the body that were read (as sent,
    content coding not undone), ``attempts`` how often it was tried (0 where it was settled without
    asking), ``elapsed`` the seconds that the tries took, waits between them left out, ``peace`` the
    seconds for which the host wants to be left alone, where that is longer than a run waits.
    """

    url: str
    status: int | None = None
    trouble: Trouble | None = None
    headers: tuple[tuple[str, str], ...] = ()
    sets_cookie: bool = False
    received: int = 0
    attempts: int = 1
    elapsed: float = 0.0
    peace: float | None = None

    def header(self, name: str) -> str | None:
        """The first value of a kept header (lower-case name), or None."""
        return next((value for known, value in self.headers if known == name), None)

    @property
    def redirects(self) -> bool:
        """Whether it sends the client elsewhere, be the target usable or not."""
        return self.status in REDIRECTS

    @property
    def challenges(self) -> bool:
        """Whether a bot wall answered in the site's place, whatever status it chose.

        Sources: https://developers.cloudflare.com/cloudflare-challenges/challenge-types/challenge-pages/detect-response/
        and https://docs.aws.amazon.com/waf/latest/developerguide/waf-captcha-and-challenge-how-it-works.html
        """
        return self.header("cf-mitigated") == "challenge" or self.header("x-amzn-waf-action") is not None

    @property
    def limits(self) -> bool:
        """Whether it says that too much was asked: 429, or a 403 that names a quota used up or a time to come back.

        Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
        """
        used_up = "0" in (self.header("x-ratelimit-remaining"), self.header("ratelimit-remaining"))
        wants_peace = used_up or self.header("retry-after") is not None
        return self.status == HTTPStatus.TOO_MANY_REQUESTS or (self.status == HTTPStatus.FORBIDDEN and wants_peace)
