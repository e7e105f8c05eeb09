"""One answer of each source, in the shape in which it comes: tests/data/answers/<source>.yaml, found by its name."""

from dataclasses import asdict
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
import yaml
from crawling import crawl

from rlhf_linkcheck.evidence import Archived, Reason, Record
from rlhf_linkcheck.identity import ROUTES, identify
from rlhf_linkcheck.matching.papers import Claim
from rlhf_linkcheck.plan import Plan
from rlhf_linkcheck.repository import Repository
from rlhf_linkcheck.sources.base import Request
from rlhf_linkcheck.sources.registry import SOURCES

ANSWERS = Path(__file__).parent.parent / "data" / "answers"
USUAL: dict[str, Any] = {
    "trust": "record",
    "other_titles": None,
    "complete": True,
    "ordered": True,
    "version": None,
    "withdrawn": None,
    "published": None,
    "doi": None,
    "repositories": [],
}
"""What a record is where its file says nothing else; other readings of a title are the readers' own business."""


def told(record: Record | None) -> dict[str, Any] | None:
    return None if record is None else {**_plain(record), "other_titles": None}


def held(repository: Repository | None) -> dict[str, Any] | None:
    """What a repository is beside what it would be by itself."""
    if repository is None:
        return None
    usual = _plain(Repository("", "", "", datetime.now(UTC)))
    return {key: value for key, value in _plain(repository).items() if value != usual[key]}


def _plain(found: Record | Repository | Archived) -> dict[str, Any]:
    """The fields as a file has them; when it was retrieved is nobody's word."""
    return {key: _written(value) for key, value in asdict(found).items() if key != "retrieved_at"}


def _written(value: Any) -> Any:
    match value:
        case tuple():
            return list(value)
        case datetime():
            return value.isoformat()
        case StrEnum():
            return str(value)
        case _:
            return value


@pytest.mark.parametrize("name", sorted(source.name for source in SOURCES))
async def test_a_source_reads_its_answer_into_a_record_or_a_repository(name: str) -> None:
    """Where there is neither in the file, that it is there is all that the source tells."""
    answer = yaml.safe_load((ANSWERS / f"{name}.yaml").read_text(encoding="utf-8"))
    record, identity = answer.get("record"), identify(answer["address"])
    claims = (Claim(record["title"]),) if record else ()
    asked = Request(identity, (answer["address"],), ROUTES[identity.kind], claims)
    heard = await crawl(
        yaml.safe_dump({"hosts": answer["hosts"]}), Plan((asked,), {}, asked.addresses, copies=True), retries=0
    )
    evidence = heard.crawl.evidence[answer["address"]]
    assert evidence.outcome.reason is Reason(answer.get("reason", "ok"))
    assert (evidence.archived and _plain(evidence.archived)) == answer.get("archived")
    assert told(evidence.record) == (record and {**USUAL, **record})
    assert held(evidence.repository) == answer.get("repository")


def test_there_are_answers_of_sources_and_of_nobody_else() -> None:
    assert {path.stem for path in ANSWERS.iterdir()} == {source.name for source in SOURCES}
