"""The real list, by its text alone: every finding was looked at by eye, and each is right."""

from collections import Counter
from pathlib import Path

from shared_data import README, needs_readme

from rlhf_linkcheck.config import Config
from rlhf_linkcheck.pipeline import check
from rlhf_linkcheck.report import Report

ENTRIES = Path(__file__).parent.parent / "entries.yaml"

YAML = [
    ("DUP101", 108, 8),
    ("ENT103", 645, 12),
    ("ENT103", 744, 12),
    ("ENT103", 791, 12),
    ("ENT103", 808, 12),
    ("ENT104", 827, 12),
    ("ENT103", 847, 12),
    ("DUP101", 852, 8),
    ("ENT103", 923, 12),
    ("ENT105", 1195, 7),
    ("DUP102", 1213, 10),
    ("ENT105", 1436, 7),
    ("ENT105", 1437, 7),
    ("DUP102", 1643, 10),
    ("ENT105", 2123, 7),
    ("ENT105", 2983, 7),
    ("ENT105", 3154, 7),
]
MARKDOWN = [
    ("LNK101", 37, 15),
    ("LNK101", 41, 15),
    ("DUP101", 109, 98),
    ("ENT103", 219, 22),
    ("ENT103", 239, 22),
    ("ENT103", 249, 22),
    ("ENT103", 254, 22),
    ("ENT104", 259, 22),
    ("ENT103", 264, 22),
    ("DUP101", 266, 108),
    ("ENT103", 279, 22),
    ("ENT105", 338, 56),
    ("DUP102", 342, 4),
    ("ENT105", 391, 5),
    ("ENT105", 391, 18),
    ("DUP102", 438, 4),
    ("ENT107", 541, 5),
    ("ENT105", 546, 50),
    ("ENT107", 549, 294),
    ("ENT107", 607, 56),
    ("ENT107", 675, 5),
    ("ENT107", 698, 65),
    ("ENT105", 708, 50),
    ("ENT107", 735, 1),
    ("ENT105", 757, 5),
    ("ENT107", 803, 23),
    ("LNK101", 823, 11),
    ("LNK101", 827, 109),
]


def offline(path: Path) -> Report:
    return check(Config(inputs=(str(path),), offline=True))


def places(report: Report) -> list[tuple[str, int, int]]:
    return [
        (finding.rule.code, finding.position.line, finding.position.column)
        for finding in report.findings
        if finding.rule.code != "LNK106"
    ]


def noncanonical(report: Report) -> Counter[str]:
    hosts = (str(finding.url).split("/")[2] for finding in report.findings if finding.rule.code == "LNK106")
    return Counter(hosts)


def test_the_shipped_entries_have_these_findings_and_no_others() -> None:
    report = offline(ENTRIES)
    assert places(report) == YAML
    assert noncanonical(report) == {"arxiv.org": 27, "openreview.net": 1, "zenodo.org": 1}
    assert (report.summary.entries, report.summary.links, report.exit_code) == (171, 268, 1)


@needs_readme
def test_the_markdown_list_has_these_findings_and_no_others() -> None:
    report = offline(README)
    # Of its relative links only the list itself lies there, so the four files it names are missing.
    assert places(report) == MARKDOWN
    assert noncanonical(report) == {"arxiv.org": 27, "openreview.net": 1, "zenodo.org": 1}
    assert (report.summary.entries, report.exit_code) == (171, 1)
    assert len([link for link in report.links if link.entries]) == 268
