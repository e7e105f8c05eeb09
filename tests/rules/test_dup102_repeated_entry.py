from builders import document, entry

from rlhf_linkcheck.finding import Finding, Related
from rlhf_linkcheck.model import Category, Entry
from rlhf_linkcheck.rules.dup101_shared_link import SharedLink
from rlhf_linkcheck.rules.dup102_repeated_entry import RepeatedEntry

FORUM = "https://openreview.net/forum?id=bxfKIYfHyx"
PREPRINT = "https://arxiv.org/abs/2310.02054"


def findings(*entries: Entry) -> list[Finding]:
    return list(RepeatedEntry().check_document(document(*entries), {}))


def test_a_repeated_title_is_reported_at_the_later_entrys_title() -> None:
    (finding,) = findings(
        entry("one", FORUM, 1, title="AlignDiff: a model"), entry("two", PREPRINT, 11, title="aligndiff — A Model.")
    )
    assert (finding.entry, finding.field, finding.position.line, finding.url) == ("two", "title", 12, PREPRINT)
    assert finding.related == (Related("one", "entries.yaml", 2),)
    assert finding.message == "listed already in line 2, under the same title: keep one of the two"


def test_one_paper_in_two_categories_is_repeated_and_a_library_named_like_its_paper_is_not() -> None:
    blog = entry("two", "https://ar5iv.org/abs/2310.02054", 11, title="AlignDiff", category=Category.BLOG)
    assert len(findings(entry("one", PREPRINT, title="AlignDiff"), blog)) == 1
    library = entry("two", "https://github.com/a/b", 11, title="AlignDiff", category=Category.CODEBASE)
    assert findings(entry("one", PREPRINT, title="AlignDiff"), library) == []
    same_site = [
        entry("x", "https://a.org/", title="A"),
        entry("y", "https://a.org/", 9, title="A", category=Category.BLOG),
    ]
    assert findings(*same_site) == []


def test_each_repetition_is_one_finding_against_the_first() -> None:
    listed = [entry(name, PREPRINT, line, title="AlignDiff") for name, line in (("a", 1), ("b", 11), ("c", 21))]
    assert [(finding.entry, finding.related[0].entry) for finding in findings(*listed)] == [("b", "a"), ("c", "a")]


def test_other_titles_and_empty_ones_are_no_repetition() -> None:
    assert findings(entry("a", PREPRINT, title="C++"), entry("b", PREPRINT, 11, title="C#")) == []
    assert findings(entry("a", PREPRINT, title=""), entry("b", PREPRINT, 11, title=" ")) == []
    assert findings(entry("a", title="One"), entry("b", line=11, title="Two")) == []


def test_a_repetition_with_the_same_link_is_not_also_a_shared_link() -> None:
    listed = document(entry("a", PREPRINT, title="AlignDiff"), entry("b", PREPRINT, 11, title="Aligndiff"))
    assert len(list(RepeatedEntry().check_document(listed, {}))) == 1
    assert list(SharedLink().check_document(listed, {})) == []
