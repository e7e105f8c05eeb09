"""What keeps no issue open: what is known, and nobody looks at any more."""

import pytest
from tracked import about, audited, dead, text_of

from rlhf_linkcheck.config import Config
from rlhf_linkcheck.evidence import Evidence, Outcome, Reason
from rlhf_linkcheck.report import LinkReport
from rlhf_linkcheck.tracking import plan_of, without_left_out
from rlhf_linkcheck.tracking.issue import Issue

A = dead("https://a.example/")


@pytest.mark.parametrize(
    ("reason", "config", "done"),
    [
        (Reason.TIMEOUT, Config(), "update #7"),
        (Reason.EXCLUDED, Config(), "close #7: nothing is left"),
        (Reason.OFFLINE, Config(), "update #7"),
        (Reason.TIMEOUT, Config(ignore=("LNK101",)), "close #7: nothing is left"),
        (Reason.TIMEOUT, Config(select=("REP",)), "close #7: nothing is left"),
    ],
)
def test_what_is_left_out_by_now_keeps_no_issue_open(reason: Reason, config: Config, done: str) -> None:
    link = LinkReport("https://a.example/", Evidence(Outcome(reason)))
    report = audited(unseen=about(audited(A)), links=(link,))
    (action,) = plan_of(without_left_out(report, config), Issue(7, is_open=True, body=text_of(A)))
    assert action.words == done


def test_a_run_without_a_history_is_as_it_is() -> None:
    report = audited(A, history=None)
    assert without_left_out(report, Config(ignore=("LNK101",))) == report
