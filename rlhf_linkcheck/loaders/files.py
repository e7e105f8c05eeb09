"""Which relative links of a document lead to files that are not there."""

import os
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

from rlhf_linkcheck.model import Document

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")


def with_absent_files(document: Document) -> Document:
    """The document, knowing which of its relative links outside entries lead to no file.

    A path is looked up as a forge would: from the document's folder, or with a leading slash from
    the root of its repository. A path that leaves the repository is left alone: ``../../issues``
    is a page of the forge, and what lies outside is nobody's business.
    """
    folder = Path(document.folder).resolve()
    root = next((parent for parent in (folder, *folder.parents) if _is_there(parent / ".git")), folder)
    addresses = {link.address for link in document.links}
    absent = frozenset(address for address in addresses if _is_path(address) and _is_absent(address, folder, root))
    return replace(document, absent=absent) if absent else document


def _is_there(path: Path) -> bool:
    """Whether a file is seen there; ``Path.exists`` raises where a folder lets nobody look."""
    try:
        return path.exists()
    except PermissionError:
        return False


def _is_path(address: str) -> bool:
    return bool(address) and not address.startswith(("#", "//", "?")) and not _SCHEME.match(address)


def place_of(address: str, folder: Path, root: Path) -> Path | None:
    """What a relative address leads to; None where that is outside of the root."""
    path = unquote(re.split(r"[?#]", address, maxsplit=1)[0])
    start = root if path.startswith("/") else folder
    # Normalised by text alone: following links on the way would tell about files elsewhere.
    target = Path(os.path.normpath(start / path.lstrip("/")))
    return target if target.is_relative_to(root) else None


def _is_absent(address: str, folder: Path, root: Path) -> bool:
    target = place_of(address, folder, root)
    if target is None:
        return False
    try:
        # A link that a commit holds can lead anywhere.
        return Path(os.path.realpath(target)).is_relative_to(os.path.realpath(root)) and not target.exists()
    except PermissionError:  # nobody here can tell
        return False
    except (OSError, ValueError):  # a name no file can have: too long, or with a NUL in it
        return True
