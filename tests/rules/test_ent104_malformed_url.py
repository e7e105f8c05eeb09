import pytest
from builders import at, document, entry, link

from rlhf_linkcheck.finding import Edit, Severity, Suggestion
from rlhf_linkcheck.model import Document, Link, Role
from rlhf_linkcheck.rules.ent104_malformed_url import MalformedUrl


def outside(url: str) -> Document:
    return document(links=(Link(url, Role.OTHER, at(5)),))


def test_an_address_that_nobody_can_ask_for_is_an_error_without_a_suggestion() -> None:
    code = link("https://a.org/x)", 4, role=Role.CODE, field="links[0].url")
    (finding,) = MalformedUrl().check_document(document(entry("a", "https://a.org/", links=(code,))), {})
    assert (finding.severity, finding.field, finding.url) == (Severity.ERROR, "links[0].url", "https://a.org/x)")
    assert finding.message == "there is a stray «)» in the address: take it out, or write %29 if it belongs there"
    assert finding.position == code.position
    assert finding.suggestion is None


def test_blanks_around_an_address_are_a_warning_and_safely_trimmed() -> None:
    (finding,) = MalformedUrl().check_document(document(entry("a", " https://a.org/x")), {})
    assert (finding.severity, finding.url) == (Severity.WARNING, "https://a.org/x")
    assert finding.suggestion == Suggestion((Edit("url", "https://a.org/x"),), safe=True)


def test_outside_entries_the_edit_is_of_the_text_at_its_place() -> None:
    (finding,) = MalformedUrl().check_document(outside("https://a.org/x "), {})
    assert (finding.entry, finding.field) == (None, None)
    assert finding.suggestion == Suggestion((Edit("", "https://a.org/x"),))


@pytest.mark.parametrize(
    "url", ["#papers", "README_TU.md", " ./x.png ", "mailto:a@b.org", "tel:+1", "data:,x", "", " "]
)
def test_what_is_not_meant_for_the_web_is_left_alone_outside_entries(url: str) -> None:
    assert list(MalformedUrl().check_document(outside(url), {})) == []


@pytest.mark.parametrize("url", ["#papers", "README_TU.md", "mailto:a@b.org", "tel:+1", "data:,x", "ftp://a.org/"])
def test_in_an_entry_every_address_is_for_the_web(url: str) -> None:
    (finding,) = MalformedUrl().check_document(document(entry("a", url)), {})
    assert finding.severity is Severity.ERROR


@pytest.mark.parametrize("url", ["", "  ", "https://a.org/RL(HF)%2BLLM"])
def test_empty_addresses_and_balanced_brackets_are_not_malformed(url: str) -> None:
    assert list(MalformedUrl().check_document(document(entry("a", url)), {})) == []
