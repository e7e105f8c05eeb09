"""What a document itself tells about links that never leave it: its files and its headings."""

import os
import re
from urllib.parse import unquote

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason
from rlhf_linkcheck.model import Document

_FOR_SCRIPTS = re.compile(r"[!/].*|.*:~:.*|L[0-9]+(?:C[0-9]+)?(?:-L?[0-9]+(?:C[0-9]+)?)?|[A-Za-z]\w*=.*", re.DOTALL)
"""Hash routes, text directives, lines of a source file, and parameters such as a PDF's ``page=3``."""

_FORGE_PREFIX = "user-content-"


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
            found[address] = Evidence(Outcome(Reason.OK), "file", missing_fragment=fragment)
    return found


def _is_own(path: str, document: Document) -> bool:
    """Whether this path, as written before a ``#``, is the document's own: empty, or its file's name."""
    if not path or path.startswith("/") or "?" in path:
        return not path
    # By text alone: no file is asked.
    named = os.path.join(document.folder, unquote(path))  # noqa: PTH118 - pathlib has no normpath
    return os.path.normpath(named) == os.path.normpath(document.path)


def _names_nothing(fragment: str, anchors: frozenset[str]) -> bool:
    """Whether no anchor has this name, as written or decoded, in any case, with the forge's prefix or without.

    Source: https://html.spec.whatwg.org/multipage/browsing-the-web.html#find-a-potential-indicated-element
    """
    if _FOR_SCRIPTS.fullmatch(fragment):
        return False
    written = (fragment.lower(), unquote(fragment).lower())
    return anchors.isdisjoint((*written, *(name.removeprefix(_FORGE_PREFIX) for name in written)))
