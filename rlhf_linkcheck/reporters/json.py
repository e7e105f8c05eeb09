"""The report as JSON: the format that holds all that any other shows, and that is read back."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from rlhf_linkcheck.finding import Finding, Severity
from rlhf_linkcheck.report import LinkReport, Report
from rlhf_linkcheck.reporters.base import Reporter, Style

SCHEMA_VERSION = 1

_BETTER_ESCAPED = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON allows as it is, but a terminal obeys (C1, bidi) or UTF-8 cannot carry (lone surrogates)."""

_encode = json.JSONEncoder(ensure_ascii=False).encode


class JsonReporter(Reporter):
    """JSON as ``data/report.schema.json`` describes it; times are UTC in whole seconds."""

    name = "json"

    def parts(self, report: Report, style: Style) -> Iterator[str]:
        """One object, indented by two, piece by piece; the style changes nothing."""
        del style
        for part in _object(_report(report)):
            yield _BETTER_ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", part)


def _object(members: Mapping[str, Any]) -> Iterator[str]:
    """The outermost object; of a list each item is a piece of its own, so that the whole never is in memory."""
    before = "{\n  "
    for key, value in members.items():
        yield f"{before}{_encode(key)}: "
        before = ",\n  "
        if isinstance(value, Iterator):
            yield from _list(value)
        else:
            yield _written(value, "\n  ")
    yield "\n}\n"


def _list(items: Iterable[Any]) -> Iterator[str]:
    before = "[\n    "
    for item in items:
        yield f"{before}{_written(item, chr(10) + ' ' * 4)}"
        before = ",\n    "
    yield "[]" if before.startswith("[") else "\n  ]"


def _written(value: object, margin: str) -> str:
    """A value as the JSON module writes it with an indent of two; types of ours by their fields."""
    match value:
        case str():
            return _encode(value)
        case None:
            return "null"
        case tuple():
            below = f"{margin}  "
            items = f",{below}".join([_written(item, below) for item in value])
            return f"[{below}{items}{margin}]" if items else "[]"
        case dict():
            return _members(value.items(), margin)
        case _ if names := _fields(type(value)):  # type: ignore[arg-type]  # mypy takes types for unhashable
            return _members([(name, getattr(value, name)) for name in names], margin)
        case _:
            return _leaf(value)


def _leaf(value: object) -> str:
    """What has nothing in it: a number, a time, a type of ours."""
    match value:
        case bool() | int():
            return _encode(value)
        case datetime():
            return _encode(value.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z")
        case Severity():
            return _encode(value.value)
        case _:
            raise TypeError(f"{type(value).__name__} has no form in JSON")


def _members(pairs: Iterable[tuple[str, object]], margin: str) -> str:
    below = f"{margin}  "
    members = f",{below}".join([f"{_encode(name)}: {_written(value, below)}" for name, value in pairs])
    return f"{{{below}{members}{margin}}}" if members else "{}"


@cache
def _fields(kind: type) -> tuple[str, ...]:
    """The fields of a type of ours, none of any other."""
    return tuple(field.name for field in fields(kind)) if is_dataclass(kind) else ()


def _report(report: Report) -> dict[str, Any]:
    return {
        "schema_version": SCHEMA_VERSION,
        "tool": {"name": "rlhf-linkcheck", "version": report.version},
        "started_at": report.started_at,
        "finished_at": report.finished_at,
        "elapsed_ms": report.elapsed_ms,
        "complete": report.complete,
        "no_way_out": report.no_way_out,
        "exit_code": report.exit_code,
        "inputs": report.inputs,
        "files": report.files,
        "summary": report.summary,
        "links": map(_link, report.links),
        "findings": map(_finding, report.findings),
        "entries": iter(report.entries),
        "records": iter(report.records),
        "sources": report.sources,
        "notes": iter(report.notes),
        "rules": report.rules,
        "history": report.history,
    }


def _link(link: LinkReport) -> dict[str, Any]:
    evidence, outcome = link.evidence, link.evidence.outcome
    return {
        "url": link.url,
        "verdict": outcome.verdict,
        "reason": outcome.reason,
        "status": outcome.status,
        "final_url": outcome.final_url,
        "moved_to": outcome.moved_to,
        "redirects": outcome.redirects,
        "attempts": outcome.attempts,
        "elapsed_ms": outcome.elapsed_ms,
        "source": evidence.source,
        "checked_at": outcome.checked_at,
        "from_cache": outcome.from_cache,
        "detail": outcome.detail,
        "missing_fragment": evidence.missing_fragment,
        "secure_url": evidence.secure_url,
        "record": evidence.record,
        "newest": evidence.newest,
        "earlier": evidence.earlier,
        "elsewhere": evidence.elsewhere,
        "meant": evidence.meant,
        "unsettled": evidence.unsettled,
        "repository": evidence.repository,
        "writings": evidence.writings,
        "homeless": evidence.homeless,
        "past": evidence.past,
        "archived": evidence.archived,
        "entries": link.entries,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.severity,
        "message": finding.message,
        "entry": finding.entry,
        "field": finding.field,
        "url": finding.url,
        "path": finding.path,
        **finding.position._asdict(),
        "evidence": finding.proof,
        "related": finding.related,
        "suggestion": finding.suggestion,
        "suppressed": finding.suppressed,
        "suppressed_by": finding.suppressed_by,
        "known_since": finding.known_since,
        "has_risen": finding.has_risen,
        "gravest": finding.gravest,
    }
