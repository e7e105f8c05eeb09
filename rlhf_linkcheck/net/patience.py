"""How long an answer is waited for: as long as was allowed, save where the host has shown that it is quick."""

from rlhf_linkcheck.net.answer import Answer
from rlhf_linkcheck.net.manners import Etiquette

SHORTEST = 5.0
"""Seconds that any host has: a page may be slower than others, and a lost packet costs some (RFC 6298 §2)."""
_TIMES_THE_SLOWEST = 10
_OVERDUE = 1 / 3
"""Of the whole time-out: what has not come by then comes seldom, and mostly by another connection."""
_SOONEST = 3.0
"""Seconds; a host that takes two or three for its first page is slow, and asked once."""


class Patience:
    """Remembers, by host, the slowest answer so far.

    Who answered in 80 ms does not get 20 s three times for a page that hangs, and who was never heard of does.
    What is given up early gets its whole time in the late look, and what has no late look, as follow-ups and the
    questions to APIs, at once: so haste costs no verdict, and no record.
    """

    def __init__(self, whole: float, etiquette: Etiquette) -> None:
        self._whole = whole
        self._etiquette = etiquette
        self._slowest: dict[str, float] = {}

    def limit(self, host: str, *, whole: bool) -> float:
        """Seconds for one try at this host; where it is to have the ``whole`` time, whatever the host has shown."""
        longest, slowest = self._etiquette.at(host).timeout or self._whole, self._slowest.get(host)
        if whole or slowest is None:
            return longest
        return min(longest, max(SHORTEST, slowest * _TIMES_THE_SLOWEST))

    def pause(self, host: str) -> float | None:
        """Seconds of silence after which another try is begun beside the first.

        None at a host that has answered, and where the first has come to its end by then.
        """
        whole = self.limit(host, whole=True)
        pause = max(whole * _OVERDUE, _SOONEST)
        return None if host in self._slowest or pause >= whole else pause

    def learn(self, host: str, answer: Answer) -> None:
        """Take note of how long an answer took, where one came."""
        if answer.trouble is None:
            self._slowest[host] = max(self._slowest.get(host, 0.0), answer.elapsed)
