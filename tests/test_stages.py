"""The bench of the stages: it runs on each kind of list, and no stage's work grows faster than the list."""

from collections import Counter
from functools import lru_cache
from pathlib import Path

import pytest
import stages
from lists import KINDS, heard, write_list

from rlhf_linkcheck.config import Config
from rlhf_linkcheck.evidence import Crawl, Record
from rlhf_linkcheck.judge import judge
from rlhf_linkcheck.loaders import load
from rlhf_linkcheck.matching import papers
from rlhf_linkcheck.plan import make_plan
from rlhf_linkcheck.reporters import REPORTERS

# A whole run each, whose parts are measured where they are tested.
pytestmark = pytest.mark.unmeasured

STAGES = ["import", "load", "plan", "(evidence)", "judge", "report", *(f"render {name}" for name in REPORTERS)]


@pytest.mark.parametrize("kind", KINDS)
def test_the_table_has_a_row_for_each_stage(kind: str) -> None:
    runs = {size: stages.measured(size, kind) for size in (20, 40)}
    rows = [line.split(" | ")[0].removeprefix("| ") for line in stages.table(runs, kind)]
    assert [row for row in rows[2:] if row != "load without schema"] == STAGES
    assert all(row["peak"] > 0 for ran in runs.values() for row in ran)


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_has_the_links_that_were_asked_for(kind: str, tmp_path: Path) -> None:
    document = load(str(write_list(tmp_path, 100, kind)))
    assert document.defects == ()
    assert len(make_plan([document], Config(), network=True).addresses) == 100


def test_a_list_longer_than_what_is_remembered_is_compared_once_an_entry(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: Counter[str] = Counter()
    plain = papers.compare.__wrapped__

    def counting(claim: papers.Claim, record: Record) -> papers.Comparison:
        compared[claim.title] += 1
        return plain(claim, record)

    monkeypatch.setattr(papers, "compare", lru_cache(maxsize=4)(counting))
    document = load(str(write_list(tmp_path, 60, "papers")))
    plan = make_plan([document], Config(), network=True)
    judge([document], Crawl(heard(plan, "papers")), Config())
    assert set(compared.values()) == {1}
    assert len(compared) == 60
