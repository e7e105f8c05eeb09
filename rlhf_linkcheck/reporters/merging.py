"""Several reports joined into one, as if one run had seen it all."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TypeVar

from rlhf_linkcheck.evidence import Record, SourceStats
from rlhf_linkcheck.finding import Finding, RuleInfo
from rlhf_linkcheck.report import History, LinkReport, Report, summarize

PRECEDENCE = (1, 2, 3, 143, 130, 0)
"""Exit codes, the one that wins first: findings, a bug, no network, terminated, interrupted, nothing."""

_NEVER = datetime.min.replace(tzinfo=UTC)

T = TypeVar("T", bound=Hashable)


def merge(reports: Sequence[Report]) -> Report:
    """Join reports: each link, finding, entry, record and source once.

    Where two reports asked the same address the later answer counts, and what was found by the
    other goes with it. Raises ValueError where there is no report at all.
    """
    if not reports:
        raise ValueError("there is no report to merge")
    links = _links(reports)
    rules = {rule.code: rule for report in reports for rule in report.rules}
    findings = _findings(reports, links, rules)
    entries = _distinct(entry for report in reports for entry in report.entries)
    records = _records(record for report in reports for record in report.records)
    sources = _sources(source for report in reports for source in report.sources)
    return Report(
        version=max(reports, key=lambda report: report.finished_at).version,
        started_at=min(report.started_at for report in reports),
        finished_at=max(report.finished_at for report in reports),
        elapsed_ms=sum(report.elapsed_ms for report in reports),
        complete=all(report.complete for report in reports),
        no_way_out=any(report.no_way_out for report in reports),
        exit_code=min((report.exit_code for report in reports), key=PRECEDENCE.index),
        inputs=_distinct(path for report in reports for path in report.inputs),
        summary=summarize(len(entries), links.values(), findings, sources, records),
        links=tuple(links.values()),
        findings=findings,
        entries=entries,
        records=records,
        sources=sources,
        rules=tuple(rules.values()),
        notes=_distinct(note for report in reports for note in report.notes),
        files=_distinct(file for report in reports for file in report.files),
        history=_history(reports),
    )


def _history(reports: Sequence[Report]) -> History | None:
    """Each past audit once, the oldest first; None where no report has any history."""
    held = [report.history for report in reports if report.history is not None]
    audits = _distinct(audit for history in held for audit in history.audits)
    if not held:
        return None
    return History(
        tuple(sorted(audits, key=lambda audit: audit.finished_at)),
        _distinct(recovery for history in held for recovery in history.recovered),
        _distinct(known for history in held for known in history.mended),
        _distinct(known for history in held for known in history.unseen),
    )


def _distinct(items: Iterable[T]) -> tuple[T, ...]:
    """Each once, in the order first met."""
    return tuple(dict.fromkeys(items))


def _links(reports: Iterable[Report]) -> dict[str, LinkReport]:
    """By address: the latest answer, and all entries that list it. Of equally late ones the first stays."""
    found: dict[str, LinkReport] = {}
    for report in reports:
        for link in report.links:
            known = found.get(link.url, link)
            latest = max(known, link, key=lambda each: each.evidence.outcome.checked_at or _NEVER)
            found[link.url] = replace(latest, entries=_distinct((*known.entries, *link.entries)))
    return found


def _findings(
    reports: Iterable[Report], links: dict[str, LinkReport], rules: dict[str, RuleInfo]
) -> tuple[Finding, ...]:
    """Those that rest on the text, or on an answer that counts; sorted as a report's are."""
    kept: list[Finding] = []
    for report in reports:
        outdated = {link.url for link in report.links if link.evidence != links[link.url].evidence}
        kept += (
            replace(finding, rule=rules[finding.rule.code])
            for finding in report.findings
            if not (finding.rule.needs_network and finding.url in outdated)
        )
    inputs = _distinct(path for report in reports for path in report.inputs)
    place = {path: index for index, path in enumerate(inputs)}
    return tuple(
        sorted(
            _distinct(kept),
            key=lambda finding: (
                place.get(finding.path, len(place)),
                finding.path,
                finding.position,
                finding.rule.code,
            ),
        )
    )


def _records(records: Iterable[Record]) -> tuple[Record, ...]:
    """By identity and source: the latest."""
    found: dict[tuple[str, str, int | None], Record] = {}
    for record in records:
        key = record.identity, record.source, record.version
        found[key] = max(found.get(key, record), record, key=lambda each: each.retrieved_at)
    return tuple(found.values())


def _sources(sources: Iterable[SourceStats]) -> tuple[SourceStats, ...]:
    """By name: the sums, and each note once."""
    found: dict[str, SourceStats] = {}
    for source in sources:
        known = found.get(source.name, SourceStats(source.name))
        notes = _distinct(note for note in (known.note, source.note) if note is not None)
        found[source.name] = SourceStats(
            name=source.name,
            asked=known.asked + source.asked,
            answered=known.answered + source.answered,
            requests=known.requests + source.requests,
            follow_ups=known.follow_ups + source.follow_ups,
            note="; ".join(notes) if notes else None,
        )
    return tuple(found.values())
