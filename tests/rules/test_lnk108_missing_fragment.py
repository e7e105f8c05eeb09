from builders import document, link

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason
from rlhf_linkcheck.rules.lnk108_missing_fragment import MissingFragment


def test_a_fragment_that_names_nothing_is_reported_with_where_it_was_sought() -> None:
    listed = document(links=(link("#codebase", 4, field=""), link("https://a.org/x#part", 5, field="")))
    known = {
        "#codebase": Evidence(Outcome(Reason.OK), "file", missing_fragments=("codebase",)),
        "https://a.org/x#part": Evidence(Outcome(Reason.OK), "web", missing_fragments=("part",)),
    }
    findings = list(MissingFragment().check_document(listed, known))
    assert [(finding.message, finding.position.line) for finding in findings] == [
        ("this file has no heading or anchor «#codebase»: correct it, or take the «#…» out", 4),
        ("the page has no heading or anchor «#part»: correct it, or take the «#…» out", 5),
    ]


def test_a_fragment_that_is_there_or_unknown_is_left_alone() -> None:
    listed = document(links=(link("https://a.org/x#part"),))
    known = {"https://a.org/x#part": Evidence(Outcome(Reason.OK), "web")}
    assert list(MissingFragment().check_document(listed, known)) == []
