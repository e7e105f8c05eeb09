"""Small documents, links and findings for tests: every part has a default."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

from rlhf_linkcheck.evidence import Crawl, Evidence, Outcome, Reason
from rlhf_linkcheck.model import Category, Document, Entry, Link, Position, Positions, Role
from rlhf_linkcheck.report import History, PastAudit

DAY = datetime(2026, 1, 31, tzinfo=UTC)
NOON = datetime(2026, 1, 31, 12, 0, 0, tzinfo=UTC)


def at(line: int, column: int = 1, length: int = 1) -> Position:
    return Position(line, column, line, column + length)


def link(url: str, line: int = 1, *, role: Role = Role.MAIN, field: str = "url", label: str = "") -> Link:
    return Link(url, role, at(line, 8, len(url)), field, label)


def entry(identifier: str, url: str | None = None, line: int = 1, **parts: Any) -> Entry:
    main = None if url is None else link(url, line + 2)
    title = parts.pop("title", f"Title of {identifier}")
    positions = Positions([("id", at(line, 7)), ("title", at(line + 1, 10, len(title)))])
    parts.setdefault("positions", positions)
    parts.setdefault("category", Category.PAPER)
    return Entry(identifier, title=title, path="entries.yaml", position=at(line), main=main, **parts)


def document(*entries: Entry, **parts: Any) -> Document:
    return Document("entries.yaml", entries, **parts)


def evidence(reason: Reason, **parts: Any) -> Evidence:
    return Evidence(Outcome(reason, checked_at=NOON, **parts), "web")


def crawl(known: Iterable[tuple[str, Evidence]] = (), **parts: Any) -> Crawl:
    return Crawl(evidence=dict(known), **parts)


def audits(*numbers: tuple[int, int]) -> History:
    return History(
        tuple(
            PastAudit(DAY + timedelta(days=day), 9, dead, unsure, 0, 1, 2, 3)
            for day, (dead, unsure) in enumerate(numbers)
        )
    )
