"""One answer of each source, in the shape in which it comes: tests/data/answers/<source>.yaml, found by its name."""

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest
import yaml
from crawling import crawl

from rlhf_linkcheck.identity import ROUTES, identify
from rlhf_linkcheck.matching.papers import Claim
from rlhf_linkcheck.plan import Plan
from rlhf_linkcheck.sources.base import Request
from rlhf_linkcheck.sources.registry import SOURCES

ANSWERS = Path(__file__).parent.parent / "data" / "answers"
USUAL = {
    "trust": "record",
    "other_titles": None,
    "complete": True,
    "ordered": True,
    "version": None,
    "withdrawn": None,
    "published": None,
    "doi": None,
}
"""What a record is where its file says nothing else; other readings of a title are the readers' own business."""


def told(record: Any) -> dict[str, Any]:
    fields = {key: value for key, value in asdict(record).items() if key != "retrieved_at"}
    return {**fields, "authors": list(fields["authors"]), "trust": str(fields["trust"]), "other_titles": None}


@pytest.mark.parametrize("name", sorted(source.name for source in SOURCES))
async def test_a_source_reads_its_answer_into_a_record(name: str) -> None:
    answer = yaml.safe_load((ANSWERS / f"{name}.yaml").read_text(encoding="utf-8"))
    identity = identify(answer["address"])
    asked = Request(identity, (answer["address"],), ROUTES[identity.kind], (Claim(answer["record"]["title"]),))
    heard = await crawl(yaml.safe_dump({"hosts": answer["hosts"]}), Plan((asked,), {}, asked.addresses), retries=0)
    record = heard.crawl.evidence[answer["address"]].record
    assert record is not None
    assert told(record) == {**USUAL, **answer["record"]}


def test_there_are_answers_of_sources_and_of_nobody_else() -> None:
    assert {path.stem for path in ANSWERS.iterdir()} == {source.name for source in SOURCES}
