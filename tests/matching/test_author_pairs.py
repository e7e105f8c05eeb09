"""The labelled pairs and the list's true records: one paper as two databases print it, and tampered entries."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from race.texts import load
from shared_data import SHARED

from rlhf_linkcheck.matching.authors import AuthorComparison, compare_authors

PAIRS = SHARED / "data" / "pairs.jsonl"
RECORDS = SHARED / "data" / "arxiv.jsonl"

needs_data = pytest.mark.skipif(
    not (PAIRS.exists() and RECORDS.exists()), reason=f"needs {PAIRS} and {RECORDS} (see RLHF_LINKCHECK_SHARED)"
)

REALLY_DIFFERENT = {
    "arxiv:2312.02213": "Wenqi Lin / Wen-Ching Lin, Yu-Ping Cheng / Yu Cheng",
    "arxiv:2407.09025": "OpenAlex has another order",
    "doi:10.1038/s41467-025-64002-z": "Woojin Lee / Woo-Sun Lee",
    "doi:10.1038/s41592-020-0848-2": "OpenAlex has the first 100 of 108",
    "doi:10.1038/s44321-025-00299-z": "Yunxiang Xia / Yunxia Xia",
    "doi:10.14778/3357377.3357378": "Paraschos Koutrisw / Paraschos Koutris",
}
"""What two databases do not have alike, looked at one by one."""

IN_THE_LIST = {
    "2302.07459": "Anthropic for 48 people",
    "2304.06767": "Yihan Zhang and Winnie Chow left out",
    "2310.10505": "Zhihang Lin left out",
    "2310.12036": "another order",
    "2311.14743": "another order",
    "2312.00267": "three left out",
    "2312.07401": "Longyue Wang left out",
    "2402.07314": "Hanze Dong left out",
    "2501.03262": "three left out",
}


def pairs(*kinds: str) -> Iterator[tuple[str, AuthorComparison]]:
    for line in PAIRS.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if any(kind in row["kind"] for kind in kinds):
            claimed, true = row["claimed"]["authors"], row["true"]["authors"]
            comparison, turned = compare_authors(claimed, true), compare_authors(true, claimed)
            assert (comparison.same, comparison.disjoint) == (turned.same, turned.disjoint), row
            yield row["key"], comparison


@needs_data
def test_one_papers_lists_are_the_same_save_those_that_differ() -> None:
    compared = list(pairs("~", "near_miss_title"))
    assert len(compared) > 300
    assert {key for key, comparison in compared if not comparison.same} == set(REALLY_DIFFERENT)
    assert all(comparison.agrees and not comparison.phantoms for _, comparison in compared)


@needs_data
def test_another_papers_list_has_nothing_in_common() -> None:
    compared = list(pairs("swapped_authors", "placeholder_authors", "merged_citation"))
    assert len(compared) > 50
    assert all(comparison.phantoms and comparison.disjoint and not comparison.agrees for _, comparison in compared)


@needs_data
def test_who_is_left_out_of_a_part_of_a_list_is_told() -> None:
    compared = list(pairs("partial_author_list"))
    assert len(compared) > 10
    assert all((comparison.missing or comparison.tail) and not comparison.phantoms for _, comparison in compared)


@needs_data
def test_the_real_lists_differences_from_the_records_are_real() -> None:
    records = {(row := json.loads(line))["id"]: row for line in RECORDS.read_text(encoding="utf-8").splitlines()}
    entries = load((Path(__file__).parents[2] / "entries.yaml").read_text(encoding="utf-8"))
    identified = {found[0]: entry for entry in entries if (found := re.search(r"\d{4}\.\d{4,5}", entry["url"]))}
    different = {
        number
        for number, record in records.items()
        if number in identified
        and not compare_authors(
            identified[number]["authors"], record["authors"], complete=record["authors_complete"]
        ).same
    }
    assert different == set(IN_THE_LIST)
