"""The way back: a saved JSON report as the Report it was written from."""

import reprlib
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from rlhf_linkcheck.evidence import (
    Archived,
    Evidence,
    Outcome,
    Past,
    Reason,
    Record,
    Redirect,
    SourceStats,
    Trust,
    Verdict,
)
from rlhf_linkcheck.finding import Edit, Finding, Fingerprint, Proof, Related, RuleInfo, Severity, Suggestion
from rlhf_linkcheck.model import Position
from rlhf_linkcheck.report import (
    EntryReport,
    History,
    InputFile,
    Known,
    LinkReport,
    Note,
    PastAudit,
    Recovery,
    Report,
    Summary,
)
from rlhf_linkcheck.reporters.reading_document import ReportError, document_of
from rlhf_linkcheck.repository import Cited, Repository, Restriction, Writing

if TYPE_CHECKING:  # it is typeshed's alone
    from _typeshed import DataclassInstance

T = TypeVar("T", bound="DataclassInstance")
Object = Mapping[str, Any]


def read_report(text: str) -> Report:
    """The report that was written as this text.

    Keys that this version does not know are passed over. Raises ReportError for anything that is
    not a report as ``data/report.schema.json`` describes it, or that contradicts itself.
    """
    return _report(document_of(text))


def _report(data: Object) -> Report:
    rules = {rule["code"]: _rule(rule) for rule in data["rules"]}
    return Report(
        version=data["tool"]["version"],
        started_at=_time(data["started_at"], "$.started_at"),
        finished_at=_time(data["finished_at"], "$.finished_at"),
        elapsed_ms=data.get("elapsed_ms", 0),
        complete=data["complete"],
        no_way_out=data.get("no_way_out", False),
        exit_code=data["exit_code"],
        inputs=tuple(data["inputs"]),
        summary=_plain(Summary, data["summary"]),
        links=tuple(_link(link, f"$.links[{index}]") for index, link in enumerate(data["links"])),
        findings=tuple(
            _finding(finding, rules, f"$.findings[{index}]") for index, finding in enumerate(data["findings"])
        ),
        entries=tuple(_plain(EntryReport, entry) for entry in data["entries"]),
        records=_records(data, "$", "records"),
        sources=tuple(_plain(SourceStats, source) for source in data["sources"]),
        rules=tuple(rules.values()),
        notes=tuple(_plain(Note, note) for note in data.get("notes", ())),
        files=tuple(_plain(InputFile, file) for file in data.get("files", ())),
        history=None if (held := data["history"]) is None else _history(held),
    )


def _history(data: Object) -> History:
    audits, recovered = enumerate(data["audits"]), enumerate(data["recovered"])
    return History(
        tuple(
            _plain(PastAudit, audit, finished_at=_time(audit["finished_at"], f"$.history.audits[{index}].finished_at"))
            for index, audit in audits
        ),
        tuple(_recovery(recovery, f"$.history.recovered[{index}]") for index, recovery in recovered),
        tuple(_known(known, f"$.history.mended[{index}]") for index, known in enumerate(data["mended"])),
        tuple(_known(known, f"$.history.unseen[{index}]") for index, known in enumerate(data["unseen"])),
    )


def _known(data: Object, where: str) -> Known:
    since, risen = _time(data["since"], f"{where}.since"), _optional_time(data.get("risen_at"), f"{where}.risen_at")
    about = _plain(Fingerprint, data["about"])
    return _plain(Known, data, about=about, since=since, severity=Severity(data["severity"]), risen_at=risen)


def _recovery(data: Object, where: str) -> Recovery:
    since = _optional_time(data["since"], f"{where}.since")
    return _plain(Recovery, data, was=Verdict(data["was"]), since=since, entries=tuple(data["entries"]))


def _past(data: Object, where: str) -> Past:
    dates = ("first_seen", "counted_at", "last_alive", "failing_since", "uncertain_since")
    times = {name: _optional_time(data[name], f"{where}.{name}") for name in dates}
    return _plain(Past, data, verdict=Verdict(data["verdict"]), **times)


def _rule(data: Object) -> RuleInfo:
    return _plain(RuleInfo, data, severity=Severity(data["severity"]))


def _link(data: Object, where: str) -> LinkReport:
    outcome = _plain(
        Outcome,
        data,
        reason=Reason(data["reason"]),
        redirects=tuple(_plain(Redirect, redirect) for redirect in data["redirects"]),
        checked_at=_optional_time(data["checked_at"], f"{where}.checked_at"),
    )
    if outcome.verdict != data["verdict"]:
        raise ReportError(f"{where}.verdict", f"{outcome.reason} is {outcome.verdict}, not {data['verdict']}")
    evidence = Evidence(
        outcome=outcome,
        source=data["source"],
        record=_optional_record(data.get("record"), f"{where}.record"),
        newest=_optional_record(data.get("newest"), f"{where}.newest"),
        earlier=_records(data, where, "earlier"),
        elsewhere=_records(data, where, "elsewhere"),
        meant=_records(data, where, "meant"),
        unsettled=data.get("unsettled", False),
        repository=None if (held := data.get("repository")) is None else _repository(held, f"{where}.repository"),
        writings=None if (read := data.get("writings")) is None else tuple(map(_writing, read)),
        homeless=data.get("homeless", False),
        missing_fragments=() if (missing := data.get("missing_fragment")) is None else (missing,),
        secure_url=data.get("secure_url"),
        past=None if (held := data.get("past")) is None else _past(held, f"{where}.past"),
        archived=(held := data.get("archived")) and Archived(held["url"], _time(held["taken_at"], f"{where}.archived")),
    )
    return LinkReport(data["url"], evidence, tuple(data["entries"]))


def _finding(data: Object, rules: Mapping[str, RuleInfo], where: str) -> Finding:
    rule = rules.get(data["code"])
    if rule is None or rule.name != data["name"]:
        raise ReportError(f"{where}.code", f"there is no {data['code']} {reprlib.repr(data['name'])} among the rules")
    proof, suggestion = data["evidence"], data["suggestion"]
    return _plain(
        Finding,
        data,
        rule=rule,
        severity=Severity(data["severity"]),
        position=Position(data["line"], data["column"], data["end_line"], data["end_column"]),
        proof=None if proof is None else _proof(proof, f"{where}.evidence"),
        related=tuple(_plain(Related, related) for related in data["related"]),
        suggestion=None if suggestion is None else _suggestion(suggestion),
        known_since=_optional_time(data.get("known_since"), f"{where}.known_since"),
        gravest=None if (gravest := data.get("gravest")) is None else Severity(gravest),
    )


def _proof(data: Object, where: str) -> Proof:
    return _plain(Proof, data, retrieved_at=_optional_time(data["retrieved_at"], f"{where}.retrieved_at"))


def _suggestion(data: Object) -> Suggestion:
    return _plain(Suggestion, data, edits=tuple(_plain(Edit, edit) for edit in data["edits"]))


def _records(data: Object, where: str, key: str) -> tuple[Record, ...]:
    """The records of a list; older reports have no such key."""
    return tuple(_record(record, f"{where}.{key}[{index}]") for index, record in enumerate(data.get(key, ())))


def _optional_record(data: Object | None, where: str) -> Record | None:
    return None if data is None else _record(data, where)


def _record(data: Object, where: str) -> Record:
    return _plain(
        Record,
        data,
        authors=tuple(data["authors"]),
        other_titles=tuple(data.get("other_titles", ())),
        repositories=tuple(data.get("repositories", ())),
        trust=Trust(data.get("trust", Trust.RECORD)),
        retrieved_at=_time(data["retrieved_at"], f"{where}.retrieved_at"),
    )


def _repository(data: Object, where: str) -> Repository:
    return _plain(
        Repository,
        data,
        topics=tuple(data["topics"]),
        authors=tuple(data["authors"]),
        retrieved_at=_time(data["retrieved_at"], f"{where}.retrieved_at"),
        archived_at=_optional_time(data["archived_at"], f"{where}.archived_at"),
        pushed_at=_optional_time(data["pushed_at"], f"{where}.pushed_at"),
        restricted=(held := data["restricted"]) and Restriction(held),
    )


def _writing(data: Object) -> Writing:
    own = tuple(_plain(Cited, cited, authors=tuple(cited["authors"])) for cited in data["own"])
    return _plain(Writing, data, names=tuple(data["names"]), titles=tuple(data["titles"]), own=own)


def _time(text: str, where: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise ReportError(where, f"there is no such time as {text}") from error


def _optional_time(text: str | None, where: str) -> datetime | None:
    return None if text is None else _time(text, where)


def _plain(kind: type[T], data: Object, **converted: object) -> T:
    """A dataclass from the keys that are named as its fields, but for those given converted."""
    known = {field.name: data[field.name] for field in fields(kind) if field.name in data}
    return kind(**(known | converted))
