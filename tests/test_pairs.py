"""The matching on labelled pairs: what must be told is told, and the alarms are those that really differ in words."""

import json

import pytest
from pairs import conclusion, judge, main, table
from shared_data import SHARED

PAIRS = SHARED / "data" / "pairs.jsonl"
needs_pairs = pytest.mark.skipif(not PAIRS.exists(), reason=f"needs {PAIRS} (see RLHF_LINKCHECK_SHARED)")

REALLY_DIFFER = {
    ("PAP102", "Asking the right questions"),
    ("PAP102", "XGBoost"),
    ("PAP102", "XGBoost: A Scalable Tree Boosting System"),
    ("PAP102", "Adaptive Inference through Early-Exit Networks"),
    ("PAP102", "Adaptive Inference through Early-Exit Networks: Design, Challenges and Directions"),
    ("PAP103", "Lin, Wenqi"),
    ("PAP103", "Wenqi Lin"),
    ("PAP103", "Cheng, Yu-Ping"),
    ("PAP103", "Yu-Ping Cheng"),
    ("PAP103", "Woojin Lee"),
    ("PAP103", "Yunxiang Xia"),
    ("PAP103", "Paraschos Koutrisw"),
    ("PAP103", "Paraschos Koutris"),
}
"""A subtitle that one of the two databases leaves out, a given name that they print differently, a letter too many."""


@needs_pairs
def test_each_tampered_pair_is_told_with_a_right_code_and_only_real_differences_of_the_others_are() -> None:
    judged = [judge(json.loads(line)) for line in PAIRS.read_text(encoding="utf-8").splitlines()]
    wrong = [one for one in judged if not one.right]
    assert [one for one in wrong if one.expect != "match"] == []
    alarms = {
        (finding.rule.code, finding.proof.listed if finding.proof else None)
        for one in wrong
        for finding in one.findings
        if finding.rule.code in ("PAP101", "PAP102", "PAP103")
    }
    assert alarms == REALLY_DIFFER
    assert {finding.severity.value for one in wrong for finding in one.findings} <= {"warning", "info"}


def pair(expect: str, title: str, *authors: str) -> dict[str, object]:
    true = {"title": "Attention Is All You Need", "authors": ["Ashish Vaswani", "Noam Shazeer"]}
    return {"kind": "made", "expect": expect, "claimed": {"title": title, "authors": authors}, "true": true}


def test_the_table_counts_what_is_right_and_names_what_is_not(
    tmp_path_factory: pytest.TempPathFactory, capsys: pytest.CaptureFixture[str]
) -> None:
    pairs = [
        pair("match", "Attention is all you need", "A. Vaswani", "N. Shazeer"),
        pair("match", "Attention Is All You Want", "A. Vaswani", "N. Shazeer"),
        pair("title", "Attention Is All You Want", "A. Vaswani", "N. Shazeer"),
        pair("authors", "Attention is all you need", "A. Vaswani", "N. Shazeer"),
    ]
    path = tmp_path_factory.mktemp("pairs") / "pairs.jsonl"
    path.write_text("\n".join(map(json.dumps, pairs)), encoding="utf-8")
    assert main([str(path)]) == 0
    printed = capsys.readouterr().out
    judged = [judge(one) for one in pairs]
    assert printed == "\n".join((*table(judged), "", *conclusion(judged), ""))
    assert "detection 0.500 (1 of 2 missed)" in printed
    assert "false alarms 0.500 (1 of 2)" in printed
    assert "PAP102 arXiv (v1) calls it «Attention Is All You Need»: «Want» instead of «Need»" in printed
