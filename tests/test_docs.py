"""The documentation is what the code says."""

import re
from pathlib import Path

import pytest
import write_rules
import write_verdicts

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).parent.parent


def test_the_rules_pages_are_the_rules_docstrings() -> None:
    """`make docs` writes them anew."""
    written = {path.name: path.read_text(encoding="utf-8") for path in (ROOT / "docs/rules").glob("*.md")}
    assert written == write_rules.pages()


def test_the_page_of_verdicts_is_the_catalogue_of_behaviours() -> None:
    """`make docs` writes it anew."""
    assert (ROOT / "docs/verdicts.md").read_text(encoding="utf-8") == write_verdicts.text()


def test_links_between_the_documents_lead_somewhere() -> None:
    for page in (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").glob("*.md")):
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text(encoding="utf-8")):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
