"""From a Markdown list to an entries file, all but the reading and writing of files."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha1
from types import MappingProxyType

from rlhf_linkcheck.editing.writer import write_entries
from rlhf_linkcheck.loaders import InputError
from rlhf_linkcheck.loaders.markdown import loads
from rlhf_linkcheck.model import Defect, DefectKind

_LOST = frozenset({DefectKind.SYNTAX, DefectKind.SCHEMA})

SCHEMA_COMMENT = "# yaml-language-server: $schema=schema.json"
"""Editors with a YAML language server complete and check by it while one types."""

ORIGINS: Mapping[str, str] = MappingProxyType(
    {"484f024ef3feec2c02428fe889a50ea1618156cc": "opendilab/awesome-RLHF e5942c0 (2025-12-09), Apache-2.0"},
)
"""Where texts come from whose content git knows, by the id of their blob: commit and licence."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The text of an entries file, how many entries it has, and what of the list could not become one."""

    text: str
    entries: int
    left_out: tuple[Defect, ...]


def import_markdown(text: str, path: str, source: str | None = None) -> Imported:
    """The entries file of a Markdown list.

    ``source`` says in the head comment where the list comes from (repository, commit, licence);
    without it that is known only of a text in ORIGINS. Raises InputError for a text without entries.
    """
    document = loads(text, path)
    if not document.entries:
        raise InputError(path, "has not one entry in it: is it a list in awesome-RLHF's format?")
    origin = source or ORIGINS.get(blob_id(text))
    head = [SCHEMA_COMMENT, *(f"# Source: {line}" for line in (origin or "").splitlines())]
    left_out = tuple(defect for defect in document.defects if defect.kind in _LOST)
    return Imported(write_entries(document.entries, "\n".join(head)), len(document.entries), left_out)


def blob_id(text: str) -> str:
    """The id that git gives a file with this content: https://git-scm.com/book/en/v2/Git-Internals-Git-Objects."""
    content = text.encode()
    return sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
