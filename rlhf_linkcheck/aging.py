"""What time makes of findings: the dead are suspect at first, and what nobody reaches for weeks is no weather; pure."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from rlhf_linkcheck.chronicle import blinks, is_long, is_suspect
from rlhf_linkcheck.config import Audit
from rlhf_linkcheck.evidence import Evidence, Past, Reason, Verdict
from rlhf_linkcheck.finding import Finding, RuleInfo, Severity
from rlhf_linkcheck.model import Document, Entry, Link

OF_THE_DEAD = frozenset({"LNK101", "LNK107", "REP101", "REP106", "PAP107"})
"""Which of them speaks of a dead link is for whoever answered to say, and that may be another one tomorrow."""
OF_THE_UNREACHED = frozenset({"LNK104", "LNK105", "LNK109"})
"""Likewise of a link that nobody could reach."""


def aged(finding: Finding, evidence: Mapping[str, Evidence], audit: Audit) -> Finding:
    """The finding as grave as its link's past makes it, with a word about that."""
    known = evidence.get(finding.url or "")
    if known is None or known.past is None:
        return finding
    past, code = known.past, finding.rule.code
    if known.outcome.verdict is Verdict.DEAD and code in OF_THE_DEAD:
        return _dead(finding, past, audit)
    if known.outcome.verdict is Verdict.UNCERTAIN and code in OF_THE_UNREACHED:
        return _unreached(finding, past, audit)
    return finding


def _dead(finding: Finding, past: Past, audit: Audit) -> Finding:
    """A death with its day, and how often the link was dead before: who always came back may do so again."""
    before = f"; it died {_times(past.flaps)} before and came back" if past.flaps else ""
    if not is_suspect(past, past.counted_at, audit.least_audits, audit.least_age):
        return replace(finding, message=f"{finding.message} (dead since {_day(past.failing_since)}{before})")
    found = ""
    if past.failures:  # else by its clock this audit was before the last one, and so does not count
        found = f"found dead {_times(past.failures)}, first on {_day(past.failing_since)}{before}; "
    later = f"an error once {audit.least_audits} audits over {audit.least_age.days} days have found it so"
    said = f"{finding.message} (suspect: {found}{later})"
    return replace(finding, message=said, severity=min(finding.severity, Severity.WARNING))


def _unreached(finding: Finding, past: Past, audit: Audit) -> Finding:
    if is_long(past, audit.patience):
        said = f"{finding.message} (so since {_day(past.uncertain_since)})"
        return replace(finding, message=said, severity=max(finding.severity, Severity.WARNING))
    if blinks(past, audit.patience):
        since, days = _day(past.uncertain_since), audit.patience.days
        said = f"{finding.message} (blinked: so since {since}; a warning once that has lasted {days} days)"
        return replace(finding, message=said, severity=Severity.INFO)
    return finding


def silent_hosts(
    document: Document, evidence: Mapping[str, Evidence], audit: Audit, rule: RuleInfo
) -> Iterator[Finding]:
    """One finding for each host that has not answered for long, at the first of its links."""
    by_host: defaultdict[str, list[tuple[Entry | Document, Link, datetime]]] = defaultdict(list)
    for owner, link in document.owned_links():
        known = evidence.get(link.address)
        if known is None or known.past is None or known.outcome.reason is not Reason.HOST_DOWN:
            continue
        if is_long(known.past, audit.patience) and known.past.uncertain_since is not None:
            host = urlsplit(known.outcome.final_url or link.address).hostname or ""
            by_host[host].append((owner, link, known.past.uncertain_since))
    for host, links in by_host.items():
        owner, first, _ = links[0]
        since = min(moment for *_, moment in links)
        count = f"none of its {len(links):,} links" if len(links) > 1 else "nothing"
        yield Finding(
            rule=rule,
            severity=rule.severity,
            message=f"{host} has not answered since {_day(since)}: {count} could be checked; look for where it went",
            path=owner.path,
            position=first.position,
            entry=owner.id if isinstance(owner, Entry) else None,
            field=first.field or None,
            url=first.address,
        )


def _times(number: int) -> str:
    return "once" if number == 1 else f"{number:,} times"


def _day(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment:%Y-%m-%d}"
