"""What an audit makes of a run, held against what earlier ones saw; pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from rlhf_linkcheck.aging import OF_THE_UNREACHED
from rlhf_linkcheck.audits.known import by_cause, cause_of, dated, known_of, under_new_titles
from rlhf_linkcheck.baseline import Reach
from rlhf_linkcheck.chronicle import after, blinks, has_recovered
from rlhf_linkcheck.config import Audit, Config
from rlhf_linkcheck.evidence import SEVERAL, Crawl, Past, Verdict
from rlhf_linkcheck.finding import Finding, Fingerprint
from rlhf_linkcheck.fingerprint import fingerprints, folded_address
from rlhf_linkcheck.identity.address import Address, parse_address
from rlhf_linkcheck.judge import exit_code
from rlhf_linkcheck.report import History, Known, LinkReport, Note, PastAudit, Recovery, Report
from rlhf_linkcheck.trend import others_than, with_numbers_of

_NAMED = 3
"""Links that are named in a note."""

_LONGEST = 100
"""Characters of an address in a note."""


@dataclass(frozen=True, slots=True)
class Before:
    """What earlier audits saw: the past of each link by its address, the audits' numbers, and what is known.

    ``at`` is when the last of them ended, as far as it could look at anything.
    """

    pasts: Mapping[str, Past] = field(default_factory=dict)
    audits: tuple[PastAudit, ...] = ()
    known: tuple[Known, ...] = ()
    at: datetime | None = None


def before_of(report: Report, doubts: Audit) -> Before:
    """What a saved report knows of itself and of the audits before it, for where nobody else remembers."""
    history = report.history or History()
    pasts = {link.url: link.evidence.past for link in report.links if link.evidence.past is not None}
    audits = with_numbers_of(report, history.audits) if is_heard(report, doubts) else history.audits
    last = history.audits[-1].finished_at if history.audits else None
    return Before(pasts, audits, known_of(report), last if report.no_way_out else report.finished_at)


def part_of(config: Config) -> str:
    """By which options an audit is one of a part, as in ``--entry, --since``; empty for one of the whole list.

    Of a part nothing can be concluded for the rest. What the configuration selects is what the list wants to hear of.
    """
    given = {
        "--entry": config.entry_ids,
        "--since": config.since,
        "--offline": config.offline,
        "--select": config.audit is not None and config.audit.selected,
    }
    return ", ".join(option for option, value in given.items() if value)


def with_pasts(crawl: Crawl, before: Before, at: datetime) -> Crawl:
    """The evidence with what audits have seen, this one, which began ``at``, with them.

    Where nobody answered at all it is not the links' doing, and no audit.
    """
    if crawl.no_way_out:
        pasts = {address: before.pasts.get(address) for address in crawl.evidence}
    else:
        pasts = {address: after(before.pasts.get(address), one.outcome, at) for address, one in crawl.evidence.items()}
    return replace(
        crawl, evidence={address: replace(one, past=pasts[address]) for address, one in crawl.evidence.items()}
    )


def audited(report: Report, before: Before, config: Config) -> Report:
    """The report held against earlier audits: what is new in it, gone or back, and with which code it ends."""
    doubts = config.audit or Audit()
    causes = tuple(map(cause_of, fingerprints(report)))
    known = under_new_titles(by_cause(before.known), causes)
    away = {link.url: past.uncertain_since for link, past in _blinking(report, doubts)}
    findings = tuple(
        dated(finding, known.get(cause), report.started_at, _since_blinking(finding, away))
        for finding, cause in zip(report.findings, causes, strict=True)
    )
    there = frozenset(causes)
    accepted = frozenset(one.about for one in config.baseline.accepted) if config.baseline else frozenset()
    absent = [
        replace(one, suppressed=one.suppressed or one.about in accepted)
        for cause, one in known.items()
        if cause not in there
    ]
    history = _history(report, before, absent, config)
    notes = (*report.notes, *_on_the_part(config), *_on_blinking(list(away), doubts))
    told = replace(report, findings=findings, history=history, notes=notes)
    return replace(told, exit_code=_exit_code(told, config))


def _history(report: Report, before: Before, absent: Sequence[Known], config: Config) -> History:
    """What earlier audits saw, and what has become of those known findings that are ``absent`` now."""
    doubts = config.audit or Audit()
    gone = _gone(absent, report, config)
    passing = frozenset(folded_address(url) for url, past in before.pasts.items() if blinks(past, doubts.patience))
    dead = (link.url for link in report.links if link.evidence.outcome.verdict is Verdict.DEAD)
    unhealed = passing.union(map(folded_address, dead))
    counts = is_heard(report, doubts) and not part_of(config)
    return History(
        audits=others_than(report, before.audits) if counts else before.audits,
        recovered=tuple(_recoveries(report, before.pasts, doubts)),
        # That a link only blinked was no news, and neither is that it is there again; nor is death a cure.
        mended=tuple(
            one
            for one in absent
            if one.about in gone and not (one.about.code in OF_THE_UNREACHED and one.about.url in unhealed)
        ),
        unseen=tuple(one for one in absent if one.about not in gone),
    )


def _exit_code(report: Report, config: Config) -> int:
    """An audit fails for what is new, and for what is known only where that is asked for; if cut short, it stays so."""
    if report.exit_code not in (0, 1, 3):
        return report.exit_code
    doubts = config.audit or Audit()
    counted = (finding for finding in report.findings if finding.is_new or doubts.fail_on_known)
    return exit_code(counted, config.fail_on, no_way_out=report.no_way_out)


def is_heard(report: Report, doubts: Audit) -> bool:
    """Whether an audit's numbers tell of the list, and not of a night on which most of its links only blinked."""
    asked = sum(link.evidence.outcome.verdict is not Verdict.SKIPPED for link in report.links)
    return not report.no_way_out and 2 * sum(1 for _ in _blinking(report, doubts)) <= asked


def _since_blinking(finding: Finding, away: Mapping[str, datetime | None]) -> datetime | None:
    return away.get(finding.url or "") if finding.rule.code in OF_THE_UNREACHED else None


def _blinking(report: Report, doubts: Audit) -> Iterator[tuple[LinkReport, Past]]:
    """The links that were seen before, alive or dead, and that nobody could reach this time."""
    if report.no_way_out:
        return
    for link in report.links:
        past = link.evidence.past
        uncertain = link.evidence.outcome.verdict is Verdict.UNCERTAIN
        if uncertain and past is not None and blinks(past, doubts.patience):
            yield link, past


def _gone(absent: Iterable[Known], report: Report, config: Config) -> frozenset[Fingerprint]:
    """Which of the known findings that are not there any more are gone, and were not only out of sight."""
    if report.no_way_out:
        return frozenset()
    reach = Reach(report, config)
    # An answer from memory is no audit: it takes nothing back that an audit has found of the link.
    kept = ((link, link.evidence.past) for link in report.links if link.evidence.outcome.from_cache)
    old = frozenset(folded_address(link.url) for link, past in kept if past and past.verdict is not Verdict.ALIVE)
    return frozenset(one.about for one in absent if one.about.url not in old and reach.covers(one.about))


def _recoveries(report: Report, pasts: Mapping[str, Past], doubts: Audit) -> Iterable[Recovery]:
    back = _of_hosts_back(report, pasts)
    for link in report.links:
        before = pasts.get(link.url)
        if before is not None and (link.url in back or has_recovered(before, link.evidence.past, doubts.patience)):
            # Who was dead before nobody could reach it has come back from the dead.
            was = Verdict.DEAD if before.failures else before.verdict
            yield Recovery(link.url, was, before.failing_since or before.uncertain_since, link.entries)


def _of_hosts_back(report: Report, pasts: Mapping[str, Past]) -> frozenset[str]:
    """The links of hosts of which nobody could reach one at the last audit, and which are all there now.

    One link that only blinked is no news, but that a whole host was away has been told, and so is that it is back.
    """
    by_host: defaultdict[str, list[tuple[LinkReport, Past]]] = defaultdict(list)
    for link in report.links:
        address = parse_address(link.url)
        if link.url in pasts and isinstance(address, Address):
            by_host[address.host].append((link, pasts[link.url]))
    return frozenset(
        link.url
        for links in by_host.values()
        if len(links) >= SEVERAL and all(_is_back(link, before) for link, before in links)
        for link, _ in links
    )


def _is_back(link: LinkReport, before: Past) -> bool:
    now = link.evidence.past
    return before.verdict is Verdict.UNCERTAIN and now is not None and now.verdict is Verdict.ALIVE


def _on_the_part(config: Config) -> Iterator[Note]:
    if part := part_of(config):
        yield Note(f"an audit of a part ({part}): the rest is as it was, and these numbers are no point of the trend")


def _on_blinking(links: Sequence[str], doubts: Audit) -> Iterator[Note]:
    """One line about all that is only away for a while."""
    if not links:
        return
    named = ", ".join(url if len(url) <= _LONGEST else f"{url[:_LONGEST]}…" for url in links[:_NAMED])
    more = f" and {len(links) - _NAMED:,} more" if len(links) > _NAMED else ""
    number = "1 link that was seen before" if len(links) == 1 else f"{len(links):,} links that were seen before"
    until = f"no news until that has lasted {doubts.patience.days} days"
    yield Note(f"blinked: {number} could not be reached ({named}{more}); {until}")
