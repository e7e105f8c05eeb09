"""The memory of audits: what is kept of one is what the next finds, however much it is."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from builders import NOON

from rlhf_linkcheck.audits.auditing import Before
from rlhf_linkcheck.audits.ledger import ledger_of
from rlhf_linkcheck.config import Audit, Config
from rlhf_linkcheck.evidence import Evidence, Outcome, Past, Reason, Verdict
from rlhf_linkcheck.finding import Fingerprint, Severity
from rlhf_linkcheck.report import History, InputFile, Known, LinkReport, PastAudit, Report, Summary

LIST = (InputFile("entries.yaml", "entries.yaml"),)
NOTHING = Summary(*[0] * 13)
POINT = PastAudit(NOON, 0, 0, 0, 0, 0, 0, 0)


def known(number: int) -> tuple[Known, ...]:
    abouts = (Fingerprint("entries.yaml", entry=f"e{one}", code="ENT103") for one in range(number))
    return tuple(Known(about, NOON, Severity.ERROR) for about in abouts)


def report(unseen: tuple[Known, ...] = (), links: tuple[LinkReport, ...] = (), days: int = 0) -> Report:
    ended = NOON + timedelta(days=days)
    history = History(unseen=unseen)
    return Report("1", ended, ended, True, 0, ("entries.yaml",), NOTHING, links, files=LIST, history=history)


def kept(state: Path, *reports: Report, whole: bool = True) -> Before:
    """What is known after these, to another run."""
    config = Config(state=state, audit=Audit())
    for one in reports:
        with ledger_of(config, LIST, None) as ledger:
            ledger.keep(one, whole=whole)
    with ledger_of(config, LIST, None) as ledger:
        return ledger.before(())


def test_what_is_known_is_all_kept(tmp_path: Path) -> None:
    assert kept(tmp_path / "state.sqlite3", report(known(10_350))) == Before({}, (POINT,), known(10_350))


def test_of_what_was_known_before_nothing_is_left_over(tmp_path: Path) -> None:
    for number in (0, 1, 99, 100, 101, 200):
        found = kept(tmp_path / f"{number}.sqlite3", report(known(301)), report(known(number), days=1))
        assert found.known == known(number)


def test_of_an_audit_of_a_part_no_numbers_are_kept(tmp_path: Path) -> None:
    assert kept(tmp_path / "state.sqlite3", report(known(3)), whole=False) == Before({}, (), known(3))


def test_of_a_night_on_which_most_links_blinked_no_numbers_are_kept(tmp_path: Path) -> None:
    away = Past(NOON, NOON, Verdict.UNCERTAIN, last_alive=NOON, uncertain_since=NOON)
    link = LinkReport("https://a.example/", Evidence(Outcome(Reason.TIMEOUT), past=away))
    there = replace(link, url="https://b.example/", evidence=Evidence(Outcome(Reason.OK)))
    assert kept(tmp_path / "dim.sqlite3", report(links=(link,))).audits == ()
    assert kept(tmp_path / "half.sqlite3", report(links=(link, there))).audits == (POINT,)


def test_of_two_memories_the_later_counts(tmp_path: Path) -> None:
    config = Config(state=tmp_path / "state.sqlite3", audit=Audit())
    with ledger_of(config, LIST, None) as ledger:
        ledger.keep(report(known(1), days=1), whole=True)
    for days, number in ((0, 1), (1, 1), (2, 2)):
        with ledger_of(config, LIST, report(known(2), days=days)) as ledger:
            assert ledger.before(()).known == known(number), days


def test_a_report_of_a_night_that_heard_nobody_is_as_old_as_what_it_knows(tmp_path: Path) -> None:
    config = Config(state=tmp_path / "state.sqlite3", audit=Audit())
    with ledger_of(config, LIST, None) as ledger:
        ledger.keep(report(known(1), days=1), whole=True)
    dark = replace(report(known(2), days=2), no_way_out=True, history=History((POINT,), unseen=known(2)))
    with ledger_of(config, LIST, dark) as ledger:
        assert ledger.before(()).known == known(1)


def test_a_report_of_another_list_knows_of_links_alone(tmp_path: Path) -> None:
    past = Past(NOON, NOON, Verdict.ALIVE, last_alive=NOON)
    link = LinkReport("https://a.example/", Evidence(Outcome(Reason.OK), past=past))
    (tmp_path / "other.yaml").touch()
    other = replace(report(known(2), (link,)), files=(InputFile(str(tmp_path / "other.yaml")),))
    with ledger_of(Config(), LIST, other) as ledger:
        assert ledger.before(()) == Before({link.url: past})


def test_whether_the_list_is_known_is_the_state_files_to_say(tmp_path: Path) -> None:
    config = Config(state=tmp_path / "state.sqlite3", audit=Audit())
    with ledger_of(config, LIST, None) as ledger:
        assert not ledger.knows_the_list()
        ledger.keep(report(), whole=True)
    with ledger_of(config, LIST, None) as ledger:
        assert ledger.knows_the_list()
    with ledger_of(Config(), LIST, report()) as ledger:
        assert not ledger.knows_the_list()
