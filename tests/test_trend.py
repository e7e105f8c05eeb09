"""The row of audits: what the numbers of one are."""

from dataclasses import replace
from datetime import timedelta

from builders import NOON
from golden_report import EMPTY

from rlhf_linkcheck.report import PastAudit, Summary
from rlhf_linkcheck.trend import numbers_of

SUMMARY = Summary(
    entries=90,
    links=10,
    alive=1,
    dead=2,
    uncertain=3,
    skipped=4,
    papers_verified=91,
    repositories_verified=92,
    requests=93,
    errors=5,
    warnings=6,
    infos=7,
    suppressed=94,
)


def test_the_numbers_of_an_audit_are_those_of_its_summary_as_of_when_it_ended() -> None:
    report = replace(EMPTY, finished_at=NOON + timedelta(minutes=1), complete=False, summary=SUMMARY)
    assert numbers_of(report) == PastAudit(NOON + timedelta(minutes=1), 1, 2, 3, 4, 5, 6, 7, complete=False)
