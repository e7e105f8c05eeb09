"""awesome-RLHF's README as it is, where the shared data are at hand."""

from collections import Counter
from pathlib import Path

import pytest
from markdown_text import text_at, value_of
from shared_data import README, needs_readme

from rlhf_linkcheck.importing import import_markdown
from rlhf_linkcheck.loaders.markdown import loads
from rlhf_linkcheck.model import DefectKind, Document, Role

ROOT = Path(__file__).parents[2]

pytestmark = needs_readme


@pytest.fixture(scope="module")
def text() -> str:
    return README.read_bytes().decode()


@pytest.fixture(scope="module")
def document(text: str) -> Document:
    return loads(text, "README.md")


def test_reads_every_entry_and_link(document: Document) -> None:
    assert len(document.entries) == 171
    assert Counter(entry.category for entry in document.entries) == {
        "paper": 124,
        "codebase": 17,
        "dataset": 11,
        "blog": 16,
        "book": 3,
    }
    assert Counter(entry.section for entry in document.entries if entry.category == "paper") == {
        "2025": 16,
        "2024": 44,
        "2023": 38,
        "2022": 14,
        "2021": 5,
        "2020 and before": 7,
    }
    addresses = [link.address for entry in document.entries for link in entry.all_links]
    assert len(set(addresses) - {""}) == 268
    assert addresses.count("") == 6
    assert len(document.links) == 30
    assert [entry.title for entry in document.entries if entry.note or entry.venue] == []


def test_the_committed_entries_are_its_import_byte_for_byte(text: str) -> None:
    assert import_markdown(text, "README.md").text.encode() == (ROOT / "entries.yaml").read_bytes()


def test_the_text_at_every_position_is_the_value(document: Document, text: str) -> None:
    fields = [
        (entry, field, position)
        for entry in document.entries
        for field, position in entry.positions
        if field != "authors"
    ]
    assert len(fields) > 2_000
    found = [(entry.id, field, text_at(text, position)) for entry, field, position in fields]
    assert found == [(entry.id, field, value_of(entry, field)) for entry, field, _ in fields]
    links = (*document.links, *(link for entry in document.entries for link in entry.all_links))
    assert [text_at(text, link.position) for link in links] == [link.url for link in links]


def test_reports_these_slips_and_no_others(document: Document, text: str) -> None:
    assert {defect.kind for defect in document.defects} == {DefectKind.ITEM}
    assert [(defect.position.line, defect.found) for defect in document.defects] == [
        (541, "Dataset;"),
        (549, ","),
        (607, "， Imitation learning， "),
        (675, "step-by-step, Video tutorial, Jupyter notebooks, GPT-2, Reward Model, PPO, Pedagogical"),
        (698, " "),
        (735, "-"),
        (803, "][ "),
    ]
    assert [text_at(text, defect.position) for defect in document.defects] == [
        defect.found for defect in document.defects
    ]


def test_reads_the_irregular_items_for_what_they_mean(document: Document) -> None:
    entries = {entry.id: entry for entry in document.entries}
    assert entries["safe-rlhf"].authors == ("Xuehai Pan", "Ruiyang Sun", "Jiaming Ji", "et al.")
    assert entries["verl-volcano-engine-reinforcement-learning-for-llm"].authors[:2] == (
        "ByteDance Seed MLSys Team & HKU:",
        "Guangming Sheng",
    )
    assert entries["stanford-human-preferences-dataset-shp"].authors == (
        "Ethayarajh, Kawin",
        "Zhang, Heidi",
        "Wang, Yizhong",
        "Jurafsky, Dan",
    )
    assert "Kianté,Brantley" in entries["nlpo"].authors
    names = [name for entry in document.entries for name in entry.authors]
    assert Counter(name for name in names if name.lower().startswith("et al")) == {"et al.": 16}
    assert "Yan Zheng,Yujing Hu" in names
    (bert,) = [link for entry in document.entries for link in entry.links if link.label == "BERT"]
    assert (bert.role, bert.url) == (Role.OTHER, "https://github.com/google-research/bert")
    blog = entries["understanding-reinforcement-learning-from-human-feedback-rlhf"]
    assert (blog.publisher, blog.title) == (
        "W&B Fully Connected",
        "Understanding Reinforcement Learning from Human Feedback (RLHF)",
    )
    assert entries["通向agi之路-大型语言模型-llm-技术精要"].publisher == "ZhiHu"
