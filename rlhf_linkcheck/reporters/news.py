"""What an audit has to tell before all else: what is new since the last one, what is gone, and what has come back."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rlhf_linkcheck.aging import OF_THE_DEAD, OF_THE_UNREACHED
from rlhf_linkcheck.evidence import SEVERAL, Reason, Verdict
from rlhf_linkcheck.finding import Finding, Severity
from rlhf_linkcheck.fingerprint import folded_address
from rlhf_linkcheck.identity.address import Address, parse_address
from rlhf_linkcheck.report import History, Known, LinkReport, Recovery, Report
from rlhf_linkcheck.reporters.story import count, counted_codes

_MOST_NAMED = 10
"""What is named one by one; of more the rest is counted."""

_NEWS = ("graver", "new")
_FIRST = "No earlier audit of the whole list is known, so what is found is no news of last night."
_OF_THE_LINK = OF_THE_DEAD | OF_THE_UNREACHED
"""What says of a link that it was not there, or that nobody could tell."""
_TEENS = range(11, 14)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def is_compared(report: Report) -> bool:
    """Whether it was held against an earlier audit: only then anything in it is new, or is not."""
    return report.history is not None and bool(report.history.audits)


def known_since(finding: Finding) -> str:
    """Since when a finding is known, as in ``known since 2026-01-28``; empty for what is new, or where nobody knows."""
    return "" if finding.known_since is None else f"known since {finding.known_since:%Y-%m-%d}"


def news_of(finding: Finding) -> str:
    """In a word what is new about a finding of an audit: ``new`` or ``graver``; empty for what is known."""
    if finding.known_since is None:
        return "new"
    return "graver" if finding.has_risen else ""


def newest_first(findings: Iterable[Finding]) -> list[Finding]:
    """The findings that are new, or graver than before, before all others, else in the order given."""
    return sorted(findings, key=lambda finding: not finding.is_new)


def what_changed(report: Report) -> Iterator[str]:
    """What an audit leads with: the numbers of what changed, and by name what is graver, new or back."""
    yield from lead(report)
    if not is_compared(report):
        return
    told = [(news_of(finding), finding) for finding in _told(report)]
    # Infos are one counted line wherever people read.
    named = [(word, one) for kind in _NEWS for word, one in told if word == kind and one.severity is not Severity.INFO]
    for word, finding in named[:_MOST_NAMED]:
        yield f"{word}: {finding.path}:{finding.position.line} {finding.rule.code} {finding.url or finding.message}"
    yield from returns(report)


def lead(report: Report) -> Iterator[str]:
    """One sentence with the numbers; where there was no audit before it says that, and of a check nothing."""
    history = report.history
    if history is None or not history.audits:
        if history is not None and not report.no_way_out:
            yield _FIRST
        return
    told = _told(report)
    graver, new = ([one for one in told if news_of(one) == kind] for kind in _NEWS)
    parts = (
        (new, f"{count(len(new), 'new finding')} ({counted_codes(new)})"),
        (graver, f"{len(graver):,} graver than before ({counted_codes(graver)})"),
        (mended := _mended(history), f"{len(mended):,} mended"),
        (history.recovered, f"{count(len(history.recovered), 'link')} back"),
    )
    said = ", ".join(words for things, words in parts if things) or _nothing(report)
    yield f"Since the last audit ({history.audits[-1].finished_at:%Y-%m-%d}): {said}{_unseen(report)}."


def returns(report: Report) -> Iterator[str]:
    """The links that are back, one line each, and one for a host that was down, then what else is mended.

    Of either ten are named; of more the rest is counted.
    """
    if not is_compared(report) or report.history is None:
        return
    yield from _first([*_back(report)], "back")
    mended = (one.about for one in _mended(report.history))
    named = [f"mended: {one.file} {one.code} {one.url or one.listed or one.title}".rstrip() for one in mended]
    yield from _first(named, "mended")


def _mended(history: History) -> Sequence[Known]:
    """What is gone, but for what was amiss with a link that is back: that is told of as the link's return."""
    back = {folded_address(recovery.url) for recovery in history.recovered}
    heard = (one for one in history.mended if not one.suppressed)
    return [one for one in heard if one.about.url not in back or one.about.code not in _OF_THE_LINK]


def _first(lines: Sequence[str], word: str) -> Iterator[str]:
    yield from lines[:_MOST_NAMED]
    if len(lines) > _MOST_NAMED:
        yield f"{word}: {len(lines) - _MOST_NAMED:,} more, which the JSON report names"


def _nothing(report: Report) -> str:
    """What is to be said where there is no news: not of what nobody has looked at."""
    if report.no_way_out:
        return "nothing could be looked at"
    offline = any(link.evidence.outcome.reason is Reason.OFFLINE for link in report.links)
    return f"nothing has changed{'' if report.complete and not offline else ' in what was looked at'}"


def _unseen(report: Report) -> str:
    """What is known and not among the findings, as nobody could say whether it is mended."""
    unseen = report.history.unseen if report.history is not None and not report.no_way_out else ()
    number = sum(not one.suppressed for one in unseen)
    if not number:
        return ""
    return f"; {count(number, 'finding')} of before {'is' if number == 1 else 'are'} out of sight"


def _back(report: Report) -> Iterator[str]:
    """The links that are back, one line each, and one for a host that was down."""
    if report.history is None:
        return
    recovered = report.history.recovered
    hosts = _hosts_back(recovered, report.links)
    flaps = {link.url: link.evidence.past.flaps for link in report.links if link.evidence.past is not None}
    lines: dict[str, None] = {}
    for recovery in recovered:
        host = _host(recovery.url)
        if host in hosts:
            lines[f"{host} is back: {count(len(hosts[host]), 'link')}{_before(hosts[host])}"] = None
        else:
            lines[f"back: {recovery.url}{_before([recovery])}{_again(recovery, flaps)}"] = None
    yield from lines


def _told(report: Report) -> Sequence[Finding]:
    """What nobody asked not to hear of, the gravest first."""
    heard = (finding for finding in report.findings if not finding.suppressed)
    return sorted(heard, key=lambda finding: finding.severity, reverse=True)


def _hosts_back(recovered: Iterable[Recovery], links: Iterable[LinkReport]) -> Mapping[str, Sequence[Recovery]]:
    """The hosts that were down as a whole, each with its links that are back.

    No report tells that a host was down. But had it answered, some link of it that is alive now would have been then.
    """
    by_host: defaultdict[str, list[Recovery]] = defaultdict(list)
    for recovery in recovered:
        by_host[_host(recovery.url)].append(recovery)
    many = {host: back for host, back in by_host.items() if host and len(back) >= SEVERAL}
    back = {recovery.url for recoveries in many.values() for recovery in recoveries}
    for link in links if many else ():
        if link.url not in back and _was_alive(link):
            many.pop(_host(link.url), None)
    return many


def _was_alive(link: LinkReport) -> bool:
    """Whether a link that has not come back was there at the last audit, too."""
    outcome, past = link.evidence.outcome, link.evidence.past
    asked = outcome.verdict is Verdict.ALIVE and not outcome.from_cache
    return asked and past is not None and past.first_seen != past.counted_at


def _host(url: str) -> str:
    address = parse_address(url)
    return address.host.lower() if isinstance(address, Address) else ""


def _before(recoveries: Sequence[Recovery]) -> str:
    """What they were, and since when at the earliest: ``(dead since 2026-01-28)``."""
    was = " or ".join(verdict.value for verdict in Verdict if any(one.was is verdict for one in recoveries))
    since = min((one.since for one in recoveries if one.since is not None), default=None)
    return f" ({was}{'' if since is None else f' since {since:%Y-%m-%d}'})"


def _again(recovery: Recovery, flaps: Mapping[str, int]) -> str:
    """How often it has come back by now, where it is not for the first time."""
    number = flaps.get(recovery.url, 0)
    if recovery.was is not Verdict.DEAD or number <= 1:
        return ""
    ending = "th" if number % 100 in _TEENS else _ENDINGS.get(number % 10, "th")
    return f", for the {number:,}{ending} time"
