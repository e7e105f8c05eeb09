"""From a Markdown list to an entries file: the whole way, and the head that says where it is from."""

from collections import Counter
from pathlib import Path

import pytest

from rlhf_linkcheck.importing import ORIGINS, blob_id, import_markdown
from rlhf_linkcheck.loaders import InputError
from rlhf_linkcheck.loaders.markdown import loads as read_markdown
from rlhf_linkcheck.loaders.yaml import loads as read_yaml
from rlhf_linkcheck.model import Entry

LIST = Path(__file__).parent / "data" / "list.md"
COMMITTED = Path(__file__).parent.parent / "entries.yaml"
HEAD = """\
# yaml-language-server: $schema=schema.json
# Source: opendilab/awesome-RLHF e5942c0 (2025-12-09), Apache-2.0

- id: """


def said(entry: Entry) -> tuple[object, ...]:
    links = [(link.role, link.label, link.url) for link in entry.all_links]
    texts = (entry.authors, entry.keywords, entry.environments, entry.tasks, entry.section, entry.nickname, entry.venue)
    return entry.id, entry.category, entry.title, entry.year, entry.publisher, entry.note, links, texts


def test_what_is_imported_says_what_the_list_says() -> None:
    text = LIST.read_text(encoding="utf-8")
    imported = read_yaml(import_markdown(text, "list.md").text, "entries.yaml")
    assert imported.defects == ()
    assert [said(entry) for entry in imported.entries] == [
        said(entry) for entry in read_markdown(text, "list.md").entries
    ]


def test_the_head_names_the_schema_and_where_the_list_is_from() -> None:
    text = "## Books\n\n- [A](https://example.org/)\n"
    assert import_markdown(text, "list.md").text.splitlines()[:3] == [
        "# yaml-language-server: $schema=schema.json",
        "",
        "- id: a",
    ]
    assert import_markdown(text, "list.md", "one\ntwo").text.splitlines()[:3] == [
        "# yaml-language-server: $schema=schema.json",
        "# Source: one",
        "# Source: two",
    ]


def test_a_text_without_entries_is_refused() -> None:
    with pytest.raises(InputError, match="has not one entry in it"):
        import_markdown("Hello.\n", "list.md")


def test_a_text_is_known_by_the_id_that_git_gives_it() -> None:
    assert blob_id("") == "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"  # git hash-object /dev/null
    assert blob_id("é\n") == "c6003325155f475bd7c87731607525dce73be9cf"
    assert set(ORIGINS.values()) == {"opendilab/awesome-RLHF e5942c0 (2025-12-09), Apache-2.0"}


def test_the_committed_list_is_whole() -> None:
    text = COMMITTED.read_text(encoding="utf-8")
    assert text.startswith(HEAD)
    document = read_yaml(text, "entries.yaml")
    assert document.defects == ()
    entries = document.entries
    assert len(entries) == 171
    assert Counter(entry.category for entry in entries) == {
        "paper": 124,
        "codebase": 17,
        "dataset": 11,
        "blog": 16,
        "book": 3,
    }
    papers = [entry for entry in entries if entry.category == "paper"]
    assert Counter(entry.section for entry in papers) == {
        "2025": 16,
        "2024": 44,
        "2023": 38,
        "2022": 14,
        "2021": 5,
        "2020 and before": 7,
    }
    assert Counter(entry.year for entry in papers if entry.section == "2020 and before") == {
        2020: 1,
        2019: 1,
        2018: 2,
        2017: 3,
    }
    assert {entry.year for entry in entries if entry.category != "paper"} == {None}
    assert all(entry.authors for entry in papers)
    addresses = [link.address for entry in entries for link in entry.all_links]
    assert len(set(addresses) - {""}) == 268
    assert addresses.count("") == 6
