"""What one request heard: a status with the headers that decide, or the trouble that kept it from one."""

from dataclasses import dataclass
from http import HTTPStatus

from rlhf_linkcheck.content.page import Page
from rlhf_linkcheck.content.seen import refresh_target
from rlhf_linkcheck.content.signs import Meaning, Sign, conclude
from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.quota import QUOTA_FIELDS, says_used_up

KEPT_HEADERS = (
    "location",
    "refresh",
    "retry-after",
    "content-type",
    "content-length",
    "etag",
    "last-modified",
    "x-error-code",
    "x-error-message",
    *QUOTA_FIELDS,
)
"""The only headers an answer keeps: a run holds an answer for every address it asked."""
MOST_LINES = 4
"""Of one header; what a proxy adds to a server's own is a second one."""
LONGEST_LINE = 4096
"""Characters of one of them, save where a redirect leads; more is no date, count or tag, and no cookie (RFC 6265 §6.1).

A server may send megabytes of such lines with each of its answers, of which a run keeps one for each link.
"""

REDIRECTS = frozenset({301, 302, 303, 307, 308})
"""The statuses that send a client elsewhere (RFC 9110 §15.4); 300, 304, 305 and 306 do not."""


_TURNED_AWAY = frozenset({401, 403, 405, 429, 503})
_SUCCESS = 2


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why there was no HTTP answer: the reason, and the words for it («the connection was refused»)."""

    reason: Reason
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one request without its redirects; exactly one of ``status`` and ``trouble`` is set.

    ``url`` is the address as it was sent, ``cookies`` what a redirect sets, ``received`` the bytes of the body
    that were read (as sent, content coding not undone), ``page`` what they say where they are a page, ``body``
    all of it (coding undone) where an API was asked, ``overlong`` that this was more than anybody reads, and so
    is not there, ``signs`` what the fields tell, ``attempts`` how often it was tried (0 where it was settled
    without asking), ``elapsed`` the seconds that the tries took, waits between them left out, ``peace`` the
    seconds for which the host wants to be left alone, where that is longer than a run waits.
    """

    url: str
    status: int | None = None
    trouble: Trouble | None = None
    headers: tuple[tuple[str, str], ...] = ()
    cookies: tuple[str, ...] = ()
    received: int = 0
    page: Page | None = None
    body: bytes = b""
    overlong: bool = False
    signs: tuple[Sign, ...] = ()
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
    def succeeds(self) -> bool:
        """Whether the status is one of success (RFC 9110 §15.3)."""
        return self.status is not None and self.status // 100 == _SUCCESS

    @property
    def refresh(self) -> str | None:
        """Where the page or its field sends a reader at once, as written; a wall's or a parker's is no way to go."""
        told = conclude(self.all_signs, self.page.words if self.page else 0)
        if not self.succeeds or (told is not None and told.proven):
            return None
        return refresh_target(self.header("refresh") or "") or (self.page.refresh if self.page else None)

    @property
    def all_signs(self) -> tuple[Sign, ...]:
        """What the fields tell, and the page."""
        return (*self.signs, *(self.page.signs if self.page else ()))

    @property
    def challenges(self) -> bool:
        """Whether a bot wall answered in the site's place, whatever status it chose.

        A status that says no itself takes but one sign, if it is one of a known wall: «403 Forbidden»
        says no more than the status.
        """
        words = self.page.words if self.page else 0
        if self.succeeds:
            told = conclude(self.all_signs, words)
            return told is not None and told.proven and told.meaning is Meaning.WALL
        walls = [sign for sign in self.all_signs if sign.means is Meaning.WALL and sign.fits(words)]
        named = self.status in _TURNED_AWAY and not self.limits
        return any(sign.certain or (named and sign.who) for sign in walls)

    @property
    def limits(self) -> bool:
        """Whether it says that too much was asked: 429, or a 403 that names a quota used up or a time to come back.

        Source: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api
        """
        if self.status != HTTPStatus.FORBIDDEN:
            return self.status == HTTPStatus.TOO_MANY_REQUESTS
        return self.header("retry-after") is not None or says_used_up(self.headers)
