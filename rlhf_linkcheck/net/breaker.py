"""Which hosts are not worth another wait: after as many tries in vain as three links have, the rest is settled."""

from http import HTTPStatus

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.net.answer import Answer, Trouble
from rlhf_linkcheck.net.manners import Etiquette
from rlhf_linkcheck.net.retry import duration

LINKS = 3
_SILENCE = frozenset({Reason.TIMEOUT, Reason.REFUSED, Reason.RESET})
_LIMITED = Trouble(Reason.RATE_LIMITED, "the host limits how much it is asked")
_OVERLOADED = Trouble(Reason.SERVER_ERROR, "503 Service Unavailable is all that the host answers")


class Breaker:
    """Counts, by host, the tries in vain in a row, where a link has ``tries`` of them.

    Tries and not links: all links of a host have had their first before any has its second. Any answer
    but that it limits or is overloaded counts anew, so that a page that hangs among others that do not
    closes nothing; a host that answers no more, as a firewall makes of it, is worth no more waiting than
    one that never did. A host that asks for more time than a run has is left alone to the end of the
    run, and so is one that takes offence, with all hosts of its gate.
    """

    def __init__(self, tries: int, etiquette: Etiquette) -> None:
        self._etiquette = etiquette
        self._limit = LINKS * tries
        self._answered: set[str] = set()
        self._in_vain: dict[str, int] = {}
        self._last: dict[str, Trouble] = {}
        self._left_alone: dict[str, Trouble] = {}
        self._offended: dict[str, Trouble] = {}

    @property
    def answered(self) -> frozenset[str]:
        """The hosts that gave any HTTP answer in this run."""
        return frozenset(self._answered)

    def record(self, host: str, answer: Answer) -> None:
        """Take note of how one try ended at this host."""
        if answer.peace is not None:
            words = f"the site asked to be left alone for {duration(answer.peace)}"
            self._left_alone[host] = Trouble(Reason.RATE_LIMITED, words)
        manners = self._etiquette.at(host)
        if answer.status in manners.stops_at:
            words = f"{answer.status} turned us away, and the host was left alone from there on"
            self._offended[manners.gate] = Trouble(Reason.BLOCKED, words)
        trouble = self._trouble(host, answer)
        if trouble is None:
            self._in_vain.pop(host, None)
        else:
            self._in_vain[host] = self._in_vain.get(host, 0) + 1
            self._last[host] = trouble

    def verdict(self, host: str) -> Trouble | None:
        """What is true of every further link of the host, where it is not worth asking."""
        left_alone = self._left_alone.get(host) or self._offended.get(self._etiquette.at(host).gate)
        if left_alone is not None:
            return left_alone
        return self._last[host] if self._in_vain.get(host, 0) >= self._limit else None

    def leaves_alone(self, host: str) -> bool:
        """Whether the host is not asked again in this run, whatever happens."""
        return host in self._left_alone or self._etiquette.at(host).gate in self._offended

    def relent(self) -> None:
        """Give every host one more try, save who asked for peace: another in vain, and it is given up again.

        Who answered before gets as many as at first: of its links some may be there, and others not.
        """
        limit = self._limit - 1
        self._in_vain = {host: 0 if self._fell_silent(host) else min(n, limit) for host, n in self._in_vain.items()}

    def _fell_silent(self, host: str) -> bool:
        return host in self._answered and self._last[host].reason in _SILENCE

    def _trouble(self, host: str, answer: Answer) -> Trouble | None:
        """What made the try vain, None where it was not."""
        if answer.trouble is None:
            self._answered.add(host)
            if answer.limits:
                return _LIMITED
            return _OVERLOADED if answer.status == HTTPStatus.SERVICE_UNAVAILABLE and not answer.challenges else None
        return answer.trouble if answer.trouble.reason in _SILENCE else None
