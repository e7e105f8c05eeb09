"""What the page's script reads: the rows as JSON in pieces, in which nothing can end the element around it."""

import base64
import json
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from rlhf_linkcheck.evidence import Evidence, Past, Record
from rlhf_linkcheck.finding import Finding
from rlhf_linkcheck.report import LinkReport
from rlhf_linkcheck.reporters.html.rows import Row, Rows
from rlhf_linkcheck.reporters.marking import marked
from rlhf_linkcheck.repository import Repository, Writing

_PIECE = 64 * 1024
"""Characters after which a piece ends: one that a browser reads in some two milliseconds."""

_PLAIN = 16
"""So many pieces stand in the page as they are. What follows is packed: a browser takes a megabyte of a page as it
comes, but stands still over many, and a report of 100,000 links is a sixth of its size."""

_PACKED = 4 * _PIECE
"""Characters of a piece that is packed: to unpack each takes a turn of its own."""

_ESCAPED = re.compile("[<>&\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What HTML may take for markup, a reader of the source obeys, or UTF-8 cannot carry."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def as_json(value: object) -> str:
    r"""The value as JSON that stays text wherever it stands in a page.

    >>> as_json("</script>")
    '"\\u003c/script\\u003e"'
    """
    return _ESCAPED.sub(lambda found: f"\\u{ord(found[0]):04x}", _encode(value))


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of one element: some rows as a JSON list, ``packed`` by deflate and Base64 or as it is."""

    text: str
    packed: bool


def pieces(rows: Rows) -> Iterator[Piece]:
    """The rows, some in each piece."""
    gathered: list[str] = []
    length = number = 0
    for row in rows:
        text = as_json(row_data(row, rows))
        gathered.append(text)
        length += len(text)
        if length >= (_PIECE if number < _PLAIN else _PACKED):
            yield _piece(gathered, number)
            gathered, length, number = [], 0, number + 1
    if gathered:
        yield _piece(gathered, number)


def _piece(texts: Iterable[str], number: int) -> Piece:
    text = f"[{','.join(texts)}]"
    if number < _PLAIN:
        return Piece(text, packed=False)
    return Piece(base64.b64encode(zlib.compress(text.encode())).decode(), packed=True)


def row_data(row: Row, rows: Rows) -> dict[str, Any]:
    """All that the page shows of a row. What is empty is left out, here and below."""
    entry = row.entry
    about = {} if entry is None else {"title": entry.title, "category": entry.category, "section": entry.section}
    return {"key": row.key} | _without_gaps(
        id=row.id,
        path=row.path or next((finding.path for finding in row.findings), None),
        line=next((finding.position.line for finding in row.findings), None) if entry is None else entry.line,
        url=None if entry is None else entry.url,
        **about,
        links=[_link(link) for link in row.links],
        findings=[_finding(finding, rows) for finding in row.findings],
    )


def _without_gaps(**members: object) -> dict[str, Any]:
    """The members that say something; a text that the page relies on is put before them, empty or not."""
    return {name: value for name, value in members.items() if value not in (None, "", False, 0, [], {}, ())}


def _link(link: LinkReport) -> dict[str, Any]:
    outcome = link.evidence.outcome
    known = {"url": link.url, "verdict": outcome.verdict, "reason": outcome.reason}
    return known | _without_gaps(
        status=outcome.status,
        final_url=outcome.final_url if outcome.final_url != link.url else None,
        moved_to=outcome.moved_to,
        redirects=[[hop.status, hop.url] for hop in outcome.redirects],
        attempts=outcome.attempts,
        elapsed_ms=outcome.elapsed_ms,
        checked_at=_time(outcome.checked_at),
        from_cache=outcome.from_cache,
        detail=outcome.detail,
        **_evidence(link.evidence),
    )


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return _without_gaps(
        source=evidence.source,
        missing_fragment=evidence.missing_fragment,
        secure_url=evidence.secure_url,
        unsettled=evidence.unsettled,
        homeless=evidence.homeless,
        record=_record(evidence.record) if evidence.record else None,
        newest=_record(evidence.newest) if evidence.newest else None,
        earlier=[_record(record) for record in evidence.earlier],
        elsewhere=[_record(record) for record in evidence.elsewhere],
        meant=[_record(record) for record in evidence.meant],
        repository=_repository(evidence.repository) if evidence.repository else None,
        writings=[_writing(writing) for writing in evidence.writings or ()],
        past=_past(evidence.past) if evidence.past else None,
    )


def _past(past: Past) -> dict[str, Any]:
    return _without_gaps(
        first_seen=_time(past.first_seen),
        last_alive=_time(past.last_alive),
        failures=past.failures,
        failing_since=_time(past.failing_since),
        uncertain_since=_time(past.uncertain_since),
        flaps=past.flaps,
    )


def _record(record: Record) -> dict[str, Any]:
    known = {"identity": record.identity, "source": record.source, "title": record.title}
    return known | _without_gaps(
        other_titles=record.other_titles,
        authors=record.authors,
        cut=not record.complete,
        version=record.version,
        # An empty reason is a withdrawal, too.
        withdrawn=None if record.withdrawn is None else record.withdrawn or "no reason given",
        published=record.published,
        doi=record.doi,
        repositories=record.repositories,
        trust=record.trust,
        retrieved_at=_time(record.retrieved_at),
    )


def _repository(repository: Repository) -> dict[str, Any]:
    return _without_gaps(
        identity=repository.identity,
        source=repository.source,
        name=repository.name,
        description=repository.description,
        homepage=repository.homepage,
        topics=repository.topics,
        authors=repository.authors,
        licence=repository.licence,
        default_branch=repository.default_branch,
        fork=repository.fork,
        fork_of=repository.fork_of,
        archived=repository.archived,
        archived_at=_time(repository.archived_at),
        pushed_at=_time(repository.pushed_at),
        empty=repository.empty,
        restricted=repository.restricted,
        restriction=repository.restriction,
        retrieved_at=_time(repository.retrieved_at),
    )


def _writing(writing: Writing) -> dict[str, Any]:
    return _without_gaps(
        path=writing.path,
        heading=writing.heading,
        names=writing.names,
        titles=writing.titles,
        own=[_without_gaps(title=own.title, authors=own.authors, paper=own.paper) for own in writing.own],
        words=writing.words,
        notice=writing.notice,
    )


def _finding(finding: Finding, rows: Rows) -> dict[str, Any]:
    proof, position, suggestion = finding.proof, finding.position, finding.suggestion
    listed, found = marked(proof.listed, proof.found) if proof else ((), ())
    known = {
        "code": finding.rule.code,
        "name": finding.rule.name,
        "severity": finding.severity.value,
        "message": finding.message,
        "place": f"{finding.path}:{position.line}:{position.column}",
    }
    return known | _without_gaps(
        field=finding.field,
        url=finding.url,
        suppressed_by=finding.suppressed_by,
        suppressed=finding.suppressed,
        source=proof.source if proof else None,
        retrieved_at=_time(proof.retrieved_at) if proof else None,
        listed=listed,
        found=found,
        related=[
            _without_gaps(
                place=f"{related.path}:{related.line}",
                entry=related.entry,
                key=rows.key_of(related.path, related.entry, related.line),
            )
            for related in finding.related
        ],
        edits=[[edit.field, edit.value] for edit in suggestion.edits] if suggestion else [],
        unsafe=suggestion is not None and not suggestion.safe,
        known_since=_time(finding.known_since),
        risen=finding.has_risen,
    )


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else f"{moment.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"
