"""What two looks at one link add up to: nothing is dead for one bad moment; pure."""

from dataclasses import replace

from rlhf_linkcheck.evidence import Outcome, Reason, Verdict
from rlhf_linkcheck.net.retry import BUSY

PROVABLE = frozenset(reason for reason in Reason if reason.verdict is Verdict.DEAD) - {Reason.REDIRECT_LOOP}
"""What takes a second look, by another connection, before it is believed; a circle has been walked twice already."""
_MAY_PASS = {
    Reason.TIMEOUT,
    Reason.REFUSED,
    Reason.RESET,
    Reason.PROTOCOL_ERROR,
    Reason.DNS_ERROR,
    Reason.SERVER_ERROR,
    Reason.RATE_LIMITED,
    Reason.SHORTAGE,
}


def deserves_late_look(outcome: Outcome) -> bool:
    """Whether a link may be heard of otherwise at the end of the run: uncertain ones, and dead ones seen but once."""
    busy = outcome.reason is Reason.CLIENT_ERROR and outcome.status in BUSY
    return busy or outcome.reason in _MAY_PASS | PROVABLE


def reconcile(earlier: Outcome, later: Outcome) -> Outcome:
    """The outcome after both; ``attempts`` and times are those of both.

    What was dead stays so where the later look says so too, or could not be had; else it is
    uncertain, and both answers are told. What was not dead is what the later look says.
    """
    if earlier.reason in PROVABLE:
        if later.attempts == 0:
            return earlier
        if later.verdict is not Verdict.DEAD:
            later = replace(
                later,
                reason=later.reason if later.verdict is Verdict.UNCERTAIN else Reason.INCONSISTENT,
                moved_to=None,
                detail=f"first {without_tries(earlier)}, then {later.detail}",
            )
    return replace(later, attempts=earlier.attempts + later.attempts, elapsed_ms=earlier.elapsed_ms + later.elapsed_ms)


def with_tries(outcome: Outcome) -> Outcome:
    """The outcome with how often it was tried at the end of its detail, where that was more than once."""
    if outcome.attempts <= 1:
        return outcome
    plain = without_tries(outcome)
    return replace(outcome, detail=f"{plain}{_tries(outcome)}")


def without_tries(outcome: Outcome) -> str:
    """The detail as it was before the tries were told."""
    return outcome.detail.removesuffix(_tries(outcome))


def _tries(outcome: Outcome) -> str:
    return f", tried {outcome.attempts} times" if outcome.attempts > 1 else ""
