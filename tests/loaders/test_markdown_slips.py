"""What is written amiss in an item: told with what it should be, and nothing else is."""

import pytest
from markdown_text import ENTRY, read

from rlhf_linkcheck.model import DefectKind


def slips_of(*lines: str) -> list[tuple[str | None, str | None]]:
    defects = read(*lines).defects
    assert {defect.kind for defect in defects} <= {DefectKind.ITEM}
    return [(defect.found, defect.expected) for defect in defects]


@pytest.mark.parametrize(
    ("lines", "slips"),
    [
        (("-[T](https://t.example)",), [("-", "- ")]),
        ((ENTRY, "-[U](https://u.example)"), [("-", "- ")]),
        ((ENTRY, "  -Keyword: A"), [("-", "- ")]),
        ((ENTRY, "  - Dataset; [a](https://a.example)"), [("Dataset;", "Dataset:")]),
        ((ENTRY, "  - Keyword： A"), [("Keyword：", "Keyword:")]),
        ((ENTRY, "  - Dataset [a](https://a.example)"), [("Dataset ", "Dataset: ")]),
        ((ENTRY, "  - Code[a](https://a.example)"), [("Code", "Code: ")]),
        ((ENTRY, "  - Code: [a](https://a.example) [b](https://b.example)"), [(" ", ", ")]),
        ((ENTRY, "  - Code: [a](https://a.example)[b](https://b.example)"), [("", ", ")]),
        ((ENTRY, "  - Env: [a](https://a.example),[b](https://b.example)"), [(",", ", ")]),
        ((ENTRY, "  - Task: [a](https://a.example)，[b](https://b.example)"), [("，", ", ")]),
        ((ENTRY, "  - Ann Lee", "  - A, B"), [("A, B", "Keyword: A, B")]),
        ((ENTRY, "  - Ann Lee", "  - Keyword: A", "  - odd"), [("odd", None)]),
        ((ENTRY, "  - Ann Lee", "  - [a](https://a.example)"), [("[a](https://a.example)", None)]),
        ((ENTRY, "  - Keyword: A，B， C, D"), [("，B， ", ", B, ")]),
        (("- [A][ T](https://t.example)",), [("][ ", "] [")]),
        (("- [A][T](https://t.example)",), [("][", "] [")]),
        (("- [ T](https://t.example)",), [("[ ", "[")]),
        (("- [T ](https://t.example)",), [(" ]", "]")]),
        (("- [T] (https://t.example)",), [("] (", "](")]),
        (("- [T](https://t.example",), [("https://t.example", "https://t.example)")]),
        (("- [[T](https://t.example)",), [("[", "")]),
        (("- [T](https://t.example))",), [(")", "")]),
        (("- [T](https://t.example)]",), [("]", "")]),
    ],
)
def test_reports_each_slip_with_what_it_should_be(lines: tuple[str, ...], slips: list[tuple[str, str | None]]) -> None:
    assert slips_of(*lines) == slips


@pytest.mark.parametrize(
    "lines",
    [
        (ENTRY, "  - Ann Lee", "  - Keywords: A, B", "  - Code:"),
        (ENTRY, "", "  - Ann Lee", "", "", "  - Keyword: A  b"),
        (ENTRY, "  - Code: [a]( https://a.example)"),
        (ENTRY, "  - Code: [a](https://a.example/RL(HF)%2BLLM)"),
        (ENTRY, "  - Code: ([a](https://a.example)), [[b](https://b.example)]"),
        (ENTRY, "  - Code: [a](https://a.example) and [b](https://b.example); [c](https://c.example)"),
        ("- [A] [T](https://t.example) (Nick)",),
        (ENTRY, "  - Ann Lee，Bo Poe"),
        (ENTRY, "  - Ann Lee", "  - NeurIPS 2023"),
        (ENTRY, "  - Keyword: 10,000, A (b"),
        (ENTRY, "  - Code: [a]()"),
    ],
)
def test_says_nothing_of_what_changes_nothing(lines: tuple[str, ...]) -> None:
    assert slips_of(*lines) == []


def test_reads_the_glued_item_as_its_own_entry() -> None:
    document = read(ENTRY, "  - Ann Lee", "-[U](https://u.example)", "  - Bo Poe")
    assert [(entry.title, entry.authors) for entry in document.entries] == [("T", ("Ann Lee",)), ("U", ("Bo Poe",))]
