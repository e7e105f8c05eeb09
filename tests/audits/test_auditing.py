"""What an audit makes of a run, whatever a list and the world have put into its texts."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from builders import NOON
from golden_report import EMPTY
from hypothesis import given
from strategies import reports

from rlhf_linkcheck.audits.auditing import Before, audited, before_of
from rlhf_linkcheck.audits.known import known_of, storable
from rlhf_linkcheck.audits.ledger import ledger_of
from rlhf_linkcheck.config import Audit, Config
from rlhf_linkcheck.finding import Fingerprint, Severity
from rlhf_linkcheck.fingerprint import fingerprints
from rlhf_linkcheck.report import Known, Report

DAY = timedelta(days=1)


def first_night(report: Report) -> Report:
    """The report as that of a first audit, of which nothing was known before."""
    findings = tuple(replace(one, known_since=None, has_risen=False) for one in report.findings)
    return replace(report, started_at=NOON, finished_at=NOON, no_way_out=False, findings=findings, history=None)


def next_night(report: Report, before: Before) -> Report:
    """The report of an audit a day later, which finds the same."""
    later = replace(report, started_at=NOON + DAY, finished_at=NOON + DAY)
    return audited(later, before, Config(inputs=report.inputs, audit=Audit()))


@given(reports())
def test_what_one_audit_has_told_of_is_known_to_the_next(report: Report) -> None:
    first = first_night(report)
    second = next_night(first, before_of(first, Audit()))
    assert second.history is not None
    assert [one.known_since for one in second.findings] == [NOON] * len(first.findings)
    assert (second.history.mended, second.history.unseen) == ((), ())


@given(reports())
def test_what_the_state_file_has_kept_is_known_to_the_next(report: Report) -> None:
    first = first_night(report)
    with TemporaryDirectory() as folder:
        config = Config(state=Path(folder, "state.sqlite3"), audit=Audit())
        with ledger_of(config, first.files, None) as ledger:
            ledger.keep(first, whole=True)
        with ledger_of(config, first.files, None) as ledger:
            second = next_night(first, ledger.before(()))
    assert second.history is not None
    assert [one.known_since for one in second.findings] == [NOON] * len(first.findings)
    assert (second.history.mended, second.history.unseen) == ((), ())


@given(reports())
def test_a_form_that_every_row_can_hold_is_kept_as_it_is(report: Report) -> None:
    for one in map(storable, known_of(report)):
        assert storable(one) == one


@given(reports())
def test_a_night_that_heard_nobody_takes_nothing_back(report: Report) -> None:
    first = first_night(report)
    dark = next_night(replace(first, findings=(), no_way_out=True), before_of(first, Audit()))
    assert dark.history is not None
    assert (dark.history.recovered, dark.history.mended) == ((), ())
    assert {one.about.code for one in dark.history.unseen} <= {one.code for one in fingerprints(first)}


def test_of_one_cause_the_first_day_and_the_gravest_word_count() -> None:
    about = Fingerprint("a.yaml", link="github:a/t", code="REP101", field="url", url="https://github.com/a/t")
    known = (
        Known(about, NOON + DAY, Severity.ERROR),
        Known(replace(about, code="LNK101"), NOON, Severity.WARNING),
        Known(replace(about, code="LNK105"), NOON, Severity.INFO),
    )
    empty = first_night(EMPTY)
    told = audited(replace(empty, complete=False), Before(known=known), Config(audit=Audit()))
    assert told.history is not None
    assert told.history.unseen == (Known(about, NOON, Severity.ERROR), known[2])
