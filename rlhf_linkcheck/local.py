"""What a document itself tells about links that never leave it: its files and its headings."""

import os
from pathlib import Path
from urllib.parse import unquote

from rlhf_linkcheck.content.fragments import anchors_for, needs_anchor
from rlhf_linkcheck.evidence import Evidence, Outcome, Reason
from rlhf_linkcheck.model import Document


def local_evidence(document: Document) -> dict[str, Evidence]:
    """The evidence by address: files that are not there, and fragments of the document that name nothing."""
    found: dict[str, Evidence] = {}
    for link in document.links:
        address = link.address
        if address in document.absent:
            found[address] = Evidence(Outcome(Reason.NOT_FOUND, detail=f"there is no file {address}"), "file")
            continue
        path, _, fragment = address.partition("#")
        if fragment and _is_own(path, document) and _names_nothing(fragment, document.anchors):
            found[address] = Evidence(Outcome(Reason.OK), "file", missing_fragments=(fragment,))
    return found


def _is_own(path: str, document: Document) -> bool:
    """Whether this path, as written before a ``#``, is the document's own: empty, or its file's name."""
    if not path or path.startswith("/") or "?" in path:
        return not path
    # By text alone: no file is asked.
    named = Path(document.folder, unquote(path))
    return os.path.normpath(named) == os.path.normpath(document.path)


def _names_nothing(fragment: str, anchors: frozenset[str]) -> bool:
    """Whether no anchor of the document is what a fragment means."""
    return needs_anchor(fragment) and anchors.isdisjoint(anchors_for(fragment))
