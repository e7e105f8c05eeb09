import pytest
from builders import at, document, entry, link

from rlhf_linkcheck.model import Document, Link, Role
from rlhf_linkcheck.rules.ent103_empty_link import EmptyLink


def messages(listed: Document) -> list[tuple[str | None, str | None, int, str]]:
    return [
        (finding.entry, finding.field, finding.position.line, finding.message)
        for finding in EmptyLink().check_document(listed, {})
    ]


@pytest.mark.parametrize("nothing", ["", " ", "\t\u3000"])
def test_a_link_without_an_address_is_reported_wherever_it_stands(nothing: str) -> None:
    official = link(nothing, 7, role=Role.CODE, field="links[0].url", label="Official")
    nameless = link(nothing, 8, role=Role.DATASET, field="links[1].url")
    outside = Link(nothing, Role.OTHER, at(30), label="a badge")
    listed = document(entry("a", nothing, links=(official, nameless)), links=(outside,))
    todo = "write one, or take the link out"
    assert messages(listed) == [
        ("a", "url", 3, f"the main link has no address: {todo}"),
        ("a", "links[0].url", 7, f"«Official» has no address: {todo}"),
        ("a", "links[1].url", 8, f"the dataset link has no address: {todo}"),
        (None, None, 30, f"«a badge» has no address: {todo}"),
    ]


def test_an_entry_without_a_link_promises_nothing_and_a_wrong_address_is_one() -> None:
    assert messages(document(entry("a"), entry("b", "TODO"), entry("c", "https://a.org/"))) == []
