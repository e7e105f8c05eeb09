from pathlib import Path

from builders import link

from rlhf_linkcheck.loaders.files import with_absent_files
from rlhf_linkcheck.model import Document


def absent(folder: Path, *addresses: str) -> frozenset[str]:
    links = tuple(link(address, field="") for address in addresses)
    return with_absent_files(Document("README.md", links=links, folder=str(folder))).absent


def test_relative_links_are_looked_up_from_the_documents_folder(tmp_path: Path) -> None:
    (tmp_path / "CONTRIBUTING.md").touch()
    (tmp_path / "docs").mkdir()
    (tmp_path / "with blank.md").touch()
    there = ("CONTRIBUTING.md", "./CONTRIBUTING.md#how", "docs", "docs/", "with%20blank.md", "docs/../CONTRIBUTING.md")
    gone = ("README_TU.md", "docs/rules.md", "./x.png?raw=true", "a" * 5000, "nul%00.md")
    assert absent(tmp_path, *there, *gone) == frozenset(gone)


def test_a_leading_slash_is_the_repositorys_root(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "LICENSE").touch()
    folder = tmp_path / "docs"
    folder.mkdir()
    assert absent(folder, "/LICENSE", "../LICENSE", "/docs/LICENSE") == frozenset({"/docs/LICENSE"})


def test_what_lies_outside_the_repository_is_nobodys_business(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert absent(tmp_path, "../../issues", "../secret", "/../../etc/passwd") == frozenset()


def test_a_link_on_the_disk_tells_nothing_of_what_lies_outside(tmp_path: Path) -> None:
    (tmp_path / "clone" / ".git").mkdir(parents=True)
    (tmp_path / "there").touch()
    for name in ("there", "not-there"):
        (tmp_path / "clone" / name).symlink_to(tmp_path / name)
    (tmp_path / "clone" / "inside").symlink_to("nothing")
    assert absent(tmp_path / "clone", "there", "not-there", "inside") == frozenset({"inside"})


def test_other_addresses_are_no_files(tmp_path: Path) -> None:
    others = ("", "#here", "?query", "//host/x", "https://a.org/x", "mailto:a@b.org", "data:,x", "tel:+1")
    assert absent(tmp_path, *others) == frozenset()


def test_a_document_without_absent_files_is_handed_on_as_it_is(tmp_path: Path) -> None:
    document = Document("README.md", folder=str(tmp_path))
    assert with_absent_files(document) is document
