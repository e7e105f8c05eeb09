import pytest
from builders import NOON, at, document, entry, evidence, link

from rlhf_linkcheck.evidence import Reason
from rlhf_linkcheck.finding import Proof, Severity
from rlhf_linkcheck.model import Role
from rlhf_linkcheck.rules.lnk107_placeholder_page import PlaceholderPage

URL = "https://paperswithcode.com/dataset/hh-rlhf"


@pytest.mark.parametrize(
    ("reason", "detail", "message"),
    [
        (
            Reason.SOFT_404,
            "200 OK, but the page says that it is not there («Page not found»)",
            (
                "200 OK, but the page says that it is not there («Page not found»); "
                "find where it went, or take the link out"
            ),
        ),
        (
            Reason.PARKED,
            "200 OK, but the domain is parked, for sale or not set up (Sedo)",
            (
                "200 OK, but the domain is parked, for sale or not set up (Sedo); "
                "look for the site's new address, or take the link out"
            ),
        ),
        (Reason.SOFT_404, "", "soft 404; find where it went, or take the link out"),
    ],
)
def test_what_answers_in_place_of_the_page_is_reported_with_what_was_seen(
    reason: Reason, detail: str, message: str
) -> None:
    listed = document(entry("a", URL))
    (finding,) = PlaceholderPage().check_document(listed, {URL: evidence(reason, detail=detail)})
    assert (finding.rule.code, finding.severity, finding.message) == ("LNK107", Severity.WARNING, message)
    assert (finding.entry, finding.field, finding.url, finding.position) == ("a", "url", URL, at(3, 8, len(URL)))
    assert finding.proof == Proof(source="web", retrieved_at=NOON)
    assert finding.suggestion is None


def test_each_link_is_judged_and_links_outside_entries_too() -> None:
    other = link(URL, 9, role=Role.CODE, field="links[0].url")
    outside = link(URL, 20, role=Role.OTHER, field="")
    listed = document(entry("a", URL, links=(other,)), links=(outside,))
    findings = list(PlaceholderPage().check_document(listed, {URL: evidence(Reason.PARKED)}))
    assert [(finding.entry, finding.field, finding.position.line) for finding in findings] == [
        ("a", "url", 3),
        ("a", "links[0].url", 9),
        (None, None, 20),
    ]


@pytest.mark.parametrize("reason", [reason for reason in Reason if reason not in (Reason.SOFT_404, Reason.PARKED)])
def test_nothing_else_is_its_business(reason: Reason) -> None:
    assert list(PlaceholderPage().check_document(document(entry("a", URL)), {URL: evidence(reason)})) == []
