"""What time makes of the dead: how sure it is, since when, and how often they came back before."""

from dataclasses import replace
from datetime import timedelta

import pytest
from builders import NOON, evidence

from rlhf_linkcheck.aging import aged
from rlhf_linkcheck.config import Audit
from rlhf_linkcheck.evidence import Past, Reason, Verdict
from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.model import Position

URL = "https://a.example/"
DEAD = Finding(
    RuleInfo("LNK101", "dead-link", Severity.ERROR, "gone"),
    Severity.ERROR,
    "gone",
    "a.md",
    Position(1, 1, 1, 2),
    url=URL,
)
LATER = "an error once 3 audits over 2 days have found it so"


@pytest.mark.parametrize(
    ("failures", "flaps", "severity", "said"),
    [
        (0, 0, Severity.WARNING, f"suspect: {LATER}"),
        (1, 0, Severity.WARNING, f"suspect: found dead once, first on 2026-01-31; {LATER}"),
        (
            2,
            1,
            Severity.WARNING,
            f"suspect: found dead 2 times, first on 2026-01-31; it died once before and came back; {LATER}",
        ),
        (4, 0, Severity.ERROR, "dead since 2026-01-31"),
        (4, 3, Severity.ERROR, "dead since 2026-01-31; it died 3 times before and came back"),
    ],
)
def test_a_death_tells_how_often_the_link_has_died_before(
    failures: int, flaps: int, severity: Severity, said: str
) -> None:
    past = Past(NOON, NOON + (failures - 1) * timedelta(days=1), Verdict.DEAD, None, failures, NOON, flaps=flaps)
    known = {URL: replace(evidence(Reason.NOT_FOUND), past=past)}
    assert aged(DEAD, known, Audit()) == replace(DEAD, severity=severity, message=f"gone ({said})")
