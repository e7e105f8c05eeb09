"""The headings above an item: what category, section and year they give it."""

import pytest
from markdown_text import ENTRY, entry_of, read

from rlhf_linkcheck.model import Link, Position, Role


@pytest.mark.parametrize(
    ("heading", "category"),
    [
        ("## Papers", "paper"),
        ("# 1. Paper", "paper"),
        ("## 💻 Codebases", "codebase"),
        ("Datasets\n---", "dataset"),
        ("#### blog ####", "blog"),
        ("## Books", "book"),
    ],
)
def test_the_heading_gives_the_category(heading: str, category: str) -> None:
    assert entry_of(ENTRY, heading=heading).category == category


@pytest.mark.parametrize(
    ("headings", "section", "year"),
    [
        (("## Papers", "### 2024"), "2024", 2024),
        (("## Papers", "### 2020 and before"), "2020 and before", 2019),
        (("## Papers", "### 2020 and before", "### Surveys"), "Surveys", None),
        (("## Papers",), "Papers", None),
        (("## Codebases", "### Dataset"), "Dataset", None),
    ],
)
def test_the_nearest_heading_gives_section_and_year(headings: tuple[str, ...], section: str, year: int | None) -> None:
    entry = entry_of("- [T](https://arxiv.org/abs/1909.00001)", heading="\n".join(headings))
    assert (entry.section, entry.year) == (section, year)


def test_another_heading_of_the_same_level_ends_a_section() -> None:
    document = read(ENTRY, "## Contributing", "- [U](https://u.example)")
    assert [entry.title for entry in document.entries] == ["T"]
    assert document.links == (Link("https://u.example", Role.OTHER, Position(4, 7, 4, 24), label="U"),)
