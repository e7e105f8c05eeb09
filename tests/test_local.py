import pytest
from builders import document, link

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason
from rlhf_linkcheck.local import local_evidence
from rlhf_linkcheck.model import Document

ANCHORS = frozenset({"top", "papers", "中文-标题", "user-content-own", "a%20b", "tab=1"})


def an_md(*addresses: str, path: str = "docs/an.md", folder: str = "docs") -> Document:
    links = tuple(link(address, field="") for address in addresses)
    return Document(path, links=links, anchors=ANCHORS, folder=folder)


@pytest.mark.parametrize(
    "fragment",
    [
        "",
        "papers",
        "Papers",
        "p%61pers",
        "user-content-papers",
        "User-Content-Papers",
        "user-content-own",
        "中文-标题",
        "%E4%B8%AD%E6%96%87-%E6%A0%87%E9%A2%98",
        "%e4%b8%ad%e6%96%87-标题",
        "a%20b",
    ],
)
def test_a_fragment_names_an_anchor_in_any_case_encoding_and_with_the_forges_prefix(fragment: str) -> None:
    assert local_evidence(an_md(f"#{fragment}", f"an.md#{fragment}")) == {}


@pytest.mark.parametrize(
    "fragment",
    [
        "!papers",
        "!/papers",
        "/papers/nope",
        ":~:text=nope",
        "nope:~:text=x",
        "L10",
        "L10-L20",
        "L10-20",
        "L10C2-L20C3",
        "page=3",
        "page=3&zoom=50",
    ],
)
def test_a_fragment_that_scripts_read_is_left_alone(fragment: str) -> None:
    assert local_evidence(an_md(f"#{fragment}", f"an.md#{fragment}")) == {}


@pytest.mark.parametrize(
    "fragment", ["nope", "L10n", "L", "papers!", "papers/", "%E4%B8%AD", "%FF", "%", "user-content-", "-page=3"]
)
def test_a_fragment_that_names_nothing_is_told_as_it_is_written(fragment: str) -> None:
    address = f"#{fragment}"
    assert local_evidence(an_md(address)) == {
        address: Evidence(Outcome(Reason.OK), "file", missing_fragments=(fragment,)),
    }


@pytest.mark.parametrize(
    ("address", "path", "folder"),
    [
        ("an.md#nope", "docs/an.md", "docs"),
        ("./an.md#nope", "docs/an.md", "docs"),
        ("../docs/an.md#nope", "docs/an.md", "docs"),
        ("an.md#nope", "an.md", "."),
        ("an.md#nope", "./an.md", "."),
        ("an.md#nope", "/home/an.md", "/home"),
        ("%61n.md#nope", "an.md", "."),
        ("中文.md#nope", "中文.md", "."),
    ],
)
def test_a_link_by_file_name_to_the_document_itself_is_within_it(address: str, path: str, folder: str) -> None:
    assert local_evidence(an_md(address, path=path, folder=folder))[address].missing_fragment == "nope"


@pytest.mark.parametrize(
    "address",
    [
        "an.md",
        "an.md#",
        "other.md#nope",
        "sub/an.md#nope",
        "../an.md#nope",
        "/docs/an.md#nope",
        "an.md?plain=1#nope",
        "?plain=1#nope",
        "https://example.org/an.md#nope",
        "//example.org/an.md#nope",
        "",
    ],
)
def test_a_link_that_leaves_the_document_is_none_of_its_business(address: str) -> None:
    assert local_evidence(an_md(address)) == {}


def test_a_file_that_is_not_there_has_no_headings_to_miss() -> None:
    listed = document(links=(link("no.md#nope", field=""),), absent=frozenset({"no.md#nope"}))
    assert local_evidence(listed) == {
        "no.md#nope": Evidence(Outcome(Reason.NOT_FOUND, detail="there is no file no.md#nope"), "file"),
    }
