"""What an audit makes of a run, held against what earlier ones saw; pure."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from hashlib import sha256

from rlhf_linkcheck.aging import OF_THE_DEAD, OF_THE_UNREACHED
from rlhf_linkcheck.baseline import Reach
from rlhf_linkcheck.chronicle import after, blinks, has_recovered
from rlhf_linkcheck.config import Audit, Config
from rlhf_linkcheck.evidence import SEVERAL, Crawl, Past, Verdict
from rlhf_linkcheck.finding import Finding, Fingerprint, Severity
from rlhf_linkcheck.fingerprint import LONGEST_TITLE, address_of_finding, fingerprints
from rlhf_linkcheck.identity.address import Address, parse_address
from rlhf_linkcheck.report import History, Known, LinkReport, Note, PastAudit, Recovery, Report
from rlhf_linkcheck.trend import began, count_as_one, others_than, with_numbers_of

_LONGEST_TEXT = LONGEST_TITLE + 40
_NAMED = 3
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


def known_of(report: Report) -> tuple[Known, ...]:
    """What is known after an audit: what it has told of, and what it could not see."""
    start = began(report)
    told = (
        Known(
            about,
            finding.known_since or start,
            _gravest(finding),
            risen_at=start if finding.has_risen else None,
            suppressed=finding.suppressed,
        )
        for about, finding in zip(fingerprints(report), report.findings, strict=True)
    )
    return (*told, *(() if report.history is None else report.history.unseen))


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
    """The report with what is new in it, since when the rest is known, and what is gone or came back."""
    doubts = config.audit or Audit()
    told = tuple(map(cause_of, fingerprints(report)))
    held = _under_new_titles(_by_cause(before.known), told)
    away = {link.url: past.uncertain_since for link, past in _blinking(report, doubts)}
    findings = tuple(
        _dated(finding, held.get(cause), report.started_at, _since_blinking(finding, away))
        for finding, cause in zip(report.findings, told, strict=True)
    )
    there = frozenset(told)
    accepted = frozenset(one.about for one in config.baseline.accepted) if config.baseline else frozenset()
    absent = [
        replace(one, suppressed=one.suppressed or one.about in accepted)
        for cause, one in held.items()
        if cause not in there
    ]
    gone = _gone(absent, report, config)
    passing = frozenset(address_of_finding(url) for url, past in before.pasts.items() if blinks(past, doubts.patience))
    dead = (link.url for link in report.links if link.evidence.outcome.verdict is Verdict.DEAD)
    unhealed = passing.union(map(address_of_finding, dead))
    history = History(
        audits=others_than(report, before.audits)
        if is_heard(report, doubts) and not part_of(config)
        else before.audits,
        recovered=tuple(_recoveries(report, before.pasts, doubts)),
        # That a link only blinked was no news, and neither is that it is there again; nor is death a cure.
        mended=tuple(
            one
            for one in absent
            if one.about in gone and not (one.about.code in OF_THE_UNREACHED and one.about.url in unhealed)
        ),
        unseen=tuple(one for one in absent if one.about not in gone),
    )
    notes = (*report.notes, *_on_the_part(config), *_on_blinking(list(away), doubts))
    return replace(report, findings=findings, history=history, notes=notes)


def is_heard(report: Report, doubts: Audit) -> bool:
    """Whether an audit's numbers tell of the list, and not of a night on which most of its links only blinked."""
    asked = sum(link.evidence.outcome.verdict is not Verdict.SKIPPED for link in report.links)
    return not report.no_way_out and 2 * sum(1 for _ in _blinking(report, doubts)) <= asked


def storable(known: Known) -> Known:
    """What is known in a form that every row of the state file can hold; it is about the same."""
    return replace(known, about=_storable(known.about))


def storable_text(text: str) -> str:
    """The text without halves of surrogate pairs, and at a length that is bearable."""
    text = text.encode("utf-8", "backslashreplace").decode()
    if len(text) <= _LONGEST_TEXT:
        return text
    return f"{text[:LONGEST_TITLE]}… {sha256(text.encode()).hexdigest()[:32]}"


def cause_of(about: Fingerprint) -> Fingerprint:
    """What a finding is about, whoever answered: which rule speaks of a link that is gone depends on that."""
    about = _storable(about)
    for family in (OF_THE_DEAD, OF_THE_UNREACHED):
        if about.code in family:
            return replace(about, code=min(family), listed="")
    return about


_TEXTS = tuple(one.name for one in fields(Fingerprint))


def _storable(about: Fingerprint) -> Fingerprint:
    return replace(about, **{name: storable_text(getattr(about, name)) for name in _TEXTS})


def _by_cause(known: Iterable[Known]) -> dict[Fingerprint, Known]:
    """What is known, each cause once: since when the first of its findings is, and how grave the gravest was."""
    held: dict[Fingerprint, Known] = {}
    for one in known:
        other = held.setdefault(cause_of(one.about), one)
        if other is not one:
            least, most = min(one.since, other.since), max(one.severity, other.severity)
            unheard = one.suppressed and other.suppressed
            held[cause_of(one.about)] = replace(other, since=least, severity=most, suppressed=unheard)
    return held


def _under_new_titles(held: Mapping[Fingerprint, Known], told: Sequence[Fingerprint]) -> dict[Fingerprint, Known]:
    """What is known by its causes of now: an entry whose title was mended has the links that it had.

    Who was known by its address in an entry that is not there any more is the same in the one that has it now.
    """
    found, there, former = dict(held), frozenset(told), defaultdict[Fingerprint, list[Fingerprint]](list)
    for cause in held:
        if cause.url and cause not in there:
            former[in_any_entry(cause)].append(cause)
    for cause in dict.fromkeys(told):
        if cause.url and cause not in held and (others := former.get(in_any_entry(cause))):
            found[cause] = found.pop(others.pop())
    return found


def in_any_entry(cause: Fingerprint) -> Fingerprint:
    """The same for all entries that have the address, whatever their titles."""
    return replace(cause, title="", link="", entry="")


def _dated(finding: Finding, known: Known | None, at: datetime, blinking: datetime | None) -> Finding:
    """The finding, since when it is known; what an audit has told of within the hour is as new as it was then.

    Of a link that only blinks it is no news: it is as if it were known since that began.
    """
    if known is not None and known.severity > finding.severity:
        # What is grave every other night is news once.
        finding = replace(finding, gravest=known.severity)
    if known is None or count_as_one(known.since, at):
        return replace(finding, known_since=blinking)
    again = known.risen_at is not None and count_as_one(known.risen_at, at) and finding.severity >= known.severity
    return replace(finding, known_since=known.since, has_risen=again or finding.severity > known.severity)


def _gravest(finding: Finding) -> Severity:
    return max(finding.severity, finding.gravest or finding.severity)


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
    old = frozenset(address_of_finding(link.url) for link, past in kept if past and past.verdict is not Verdict.ALIVE)
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
