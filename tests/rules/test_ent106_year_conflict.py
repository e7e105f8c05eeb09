import pytest
from builders import at, document, entry

from rlhf_linkcheck.model import Category, Positions
from rlhf_linkcheck.rules.ent106_year_conflict import YearConflict


@pytest.mark.parametrize(
    ("year", "url", "conflict"),
    [
        (2024, "https://arxiv.org/abs/2401.00001", False),
        (2024, "https://arxiv.org/abs/2501.00001", False),
        (2024, "https://arxiv.org/abs/2601.00001", True),
        (2024, "https://arxiv.org/pdf/2112.00001v2", False),
        (2024, "https://arxiv.org/pdf/2012.00001v2", True),
        (1999, "https://arxiv.org/abs/hep-th/9901001", False),
        (2024, "https://ar5iv.org/abs/hep-th/9901001", True),
        (2024, "https://doi.org/10.48550/arXiv.1706.03741", True),
        (2024, "https://openreview.net/forum?id=bxfKIYfHyx", False),
        (2024, "https://arxiv.org/abs/1713.03741", False),
        (None, "https://arxiv.org/abs/1706.03741", False),
        (2024, None, False),
    ],
)
def test_the_year_may_be_one_before_the_arxiv_id_and_three_after(
    year: int | None, url: str | None, *, conflict: bool
) -> None:
    assert bool(list(YearConflict().check_document(document(entry("a", url, year=year)), {}))) is conflict


@pytest.mark.parametrize("category", [Category.BLOG, Category.DATASET, Category.CODEBASE, Category.BOOK, None])
def test_only_papers_are_judged_by_their_year(category: Category | None) -> None:
    listed = entry("a", "https://arxiv.org/abs/1706.03741", year=2024, category=category)
    assert list(YearConflict().check_document(document(listed), {})) == []


def test_the_finding_stands_at_the_year_and_names_both() -> None:
    positions = Positions([("year", at(9, 9, 4))])
    listed = entry("a", "https://arxiv.org/abs/1706.03741v4", year=2024, positions=positions)
    (finding,) = YearConflict().check_document(document(listed), {})
    assert (finding.position, finding.field, finding.suggestion) == (at(9, 9, 4), "year", None)
    assert finding.message == "listed under 2024, but arXiv 1706.03741 is of 2017: one of the two is wrong"
