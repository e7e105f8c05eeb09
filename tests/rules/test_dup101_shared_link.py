import pytest
from builders import document, entry
from records import known, record

from rlhf_linkcheck.finding import Finding, Related
from rlhf_linkcheck.model import Category, Entry
from rlhf_linkcheck.rules.dup101_shared_link import SharedLink
from rlhf_linkcheck.rules.dup102_repeated_entry import RepeatedEntry

PAPER = "https://arxiv.org/abs/2503.00897"


def findings(*entries: Entry) -> list[Finding]:
    return list(SharedLink().check_document(document(*entries), {}))


def pair(one: str, other: str) -> list[Finding]:
    return findings(entry("one", one, 1), entry("two", other, 11))


def test_the_later_of_two_titles_with_one_link_is_reported_at_its_link_with_the_other_beside() -> None:
    (finding,) = findings(entry("one", PAPER, 1, title="Mislead"), entry("two", PAPER, 11, title="Diffusion"))
    assert (finding.entry, finding.field, finding.url, finding.position.line) == ("two", "url", PAPER, 13)
    assert finding.related == (Related("one", "entries.yaml", 3),)
    assert "«Mislead»" in finding.message


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (PAPER, "https://arxiv.org/pdf/2503.00897v2"),
        (PAPER, "https://huggingface.co/papers/2503.00897"),
        ("https://github.com/A/B", "https://github.com/a/b.git"),
        ("https://openreview.net/forum?id=bxfKIYfHyx", "https://openreview.net/pdf?id=bxfKIYfHyx"),
        ("https://a.org/x?utm_source=y", " https://A.org/x "),
        ("https://zenodo.org/record/2630551", "https://zenodo.org/record/2630551#.Y_KLJ-yZNhF"),
        ("https://a.org/x#one", "https://a.org/x#one"),
        ("https://a.org/x", "https://a.org/x#"),
    ],
)
def test_two_forms_of_a_link_are_one_link(one: str, other: str) -> None:
    assert len(pair(one, other)) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://openreview.net/forum?id=AAAAAAAAAA", "https://openreview.net/forum?id=BBBBBBBBBB"),
        ("https://github.com/a/b/tree/main/x", "https://github.com/a/b/tree/main/y"),
        ("https://github.com/a/b", "https://github.com/a/b/tree/main/y"),
        ("https://a.org/course#sft", "https://a.org/course#ppo"),
        ("https://a.org/?p=1", "https://a.org/?p=2"),
        ("TODO", "TODO"),
        ("", ""),
    ],
)
def test_different_links_and_what_is_no_address_are_not_shared(one: str, other: str) -> None:
    assert pair(one, other) == []


def test_another_category_may_lead_to_the_same_place() -> None:
    assert findings(entry("a", PAPER), entry("b", PAPER, 9, category=Category.BLOG)) == []
    assert findings(entry("a", PAPER, category=None), entry("b", PAPER, 9, category=None)) == []


def test_entries_without_a_title_or_a_link_share_nothing() -> None:
    assert findings(entry("a", PAPER), entry("b", PAPER, 9, title=""), entry("c", None, 19), entry("d", None, 29)) == []


def test_each_later_title_is_reported_once_and_a_repetition_is_left_to_dup102() -> None:
    listed = [
        entry("one", PAPER, 1, title="Mislead"),
        entry("two", PAPER, 11, title="Diffusion"),
        entry("three", PAPER, 21, title="MISLEAD!"),
        entry("four", PAPER, 31, title="Third"),
    ]
    assert [(finding.entry, finding.related[0].entry) for finding in findings(*listed)] == [
        ("two", "one"),
        ("four", "one"),
    ]
    repeated = RepeatedEntry().check_document(document(*listed), {})
    assert [(finding.entry, finding.related[0].entry) for finding in repeated] == [("three", "one")]


def test_where_it_is_known_whose_link_it_is_the_other_is_reported() -> None:
    wrong = entry("one", PAPER, 1, title="Language Models Learn to Mislead Humans", authors=("Jiaxin Wen",))
    right = entry("two", PAPER, 11, title="Text-to-Image Diffusion Fine-tuning", authors=("Shashank Gupta",))
    heard = {PAPER: known(record("Text-to-Image Diffusion Fine-tuning", "Shashank Gupta"))}
    (finding,) = SharedLink().check_document(document(wrong, right), heard)
    assert (finding.entry, finding.related) == ("one", (Related("two", "entries.yaml", 13),))
    (finding,) = SharedLink().check_document(document(right, wrong), heard)
    assert (finding.entry, finding.related) == ("one", (Related("two", "entries.yaml", 13),))


def test_where_both_lead_to_another_paper_the_later_is_reported() -> None:
    listed = document(entry("one", PAPER, 1, title="Mislead"), entry("two", PAPER, 11, title="Diffusion"))
    (finding,) = SharedLink().check_document(listed, {PAPER: known(record("Rome", "Ada Lovelace"))})
    assert finding.entry == "two"
