"""Where files lie: by the repository's name for them, else as they were given; and as addresses."""

import pytest

from rlhf_linkcheck.report import InputFile
from rlhf_linkcheck.reporters.places import Places

PLACES = Places((InputFile("../x/list.md", "docs/list.md"), InputFile("-"), InputFile("lone.md", None)))


@pytest.mark.parametrize(
    ("given", "path", "uri", "below"),
    [
        ("../x/list.md", "docs/list.md", "docs/list.md", True),
        ("-", "-", "-", True),
        ("lone.md", "lone.md", "lone.md", True),
        ("./a//b/../c.md", "a/c.md", "a/c.md", True),
        ("../c.md", "../c.md", "../c.md", False),
        ("..", "..", "..", False),
        ("..c.md", "..c.md", "..c.md", True),
        ("/srv/list.md", "/srv/list.md", "file:///srv/list.md", False),
        ("C:\\lists\\a b.md", "C:/lists/a b.md", "file:///C:/lists/a%20b.md", False),
        ("\\\\server\\lists\\a.md", "//server/lists/a.md", "file://server/lists/a.md", False),
        ("lists\\a.md", "lists/a.md", "lists/a.md", True),
        ("lists/a\\b.md", "lists/a\\b.md", "lists/a%5Cb.md", True),
        ("a:b#c?d%.md", "a:b#c?d%.md", "a%3Ab%23c%3Fd%25.md", True),
        ("强\n\ud800.md", "强\n\ud800.md", "%E5%BC%BA%0A%ED%A0%80.md", True),
        ("", ".", ".", True),
    ],
)
def test_a_path_is_normal_and_its_address_is_encoded(given: str, path: str, uri: str, below: bool) -> None:
    assert (PLACES.path(given), PLACES.uri(given), PLACES.is_below_root(given)) == (path, uri, below)
