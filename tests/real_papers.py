"""The papers of the shipped list for a simulated web: as true records have them where these are known."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from race.texts import load
from shared_data import SHARED

from rlhf_linkcheck.identity import Identity, Kind, identify

ENTRIES = Path(__file__).parent.parent / "entries.yaml"
RECORDS = SHARED / "data" / "arxiv.jsonl"
DEFECTS = SHARED / "data" / "defects.jsonl"
_PAPERS = frozenset({Kind.ARXIV, Kind.DOI, Kind.ACL, Kind.OPENREVIEW})

MISLEAD, DIFFUSION = "2409.12822", "2503.00897"
"""Two papers that share a link in the list: it is the second's, and the first has another."""

FIRST_VERSIONS: Mapping[str, Mapping[str, Any]] = {
    # What defects.jsonl tells of versions, beside the entries that are as these were.
    "2505.23761": {},
    "2501.03262": {},
    "2402.17257": {},
    "2310.10505": {},
    "2304.06767": {},
}
"""Papers whose first version said what the list says, by the evidence of defects.jsonl."""


def listed() -> list[dict[str, Any]]:
    """The entries of the shipped list."""
    entries: list[dict[str, Any]] = load(ENTRIES.read_text(encoding="utf-8"))
    return entries


def scenario(*, hosts: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """All papers of the list; whatever else is asked answers 200."""
    true = {record["id"]: record for record in map(json.loads, RECORDS.read_text(encoding="utf-8").splitlines())}
    papers: dict[str, dict[str, Any]] = {}
    for entry in listed():
        paper = identify(entry["url"])
        if entry["title"].startswith("Language Models Learn to Mislead"):
            paper = Identity(Kind.ARXIV, MISLEAD)
        if paper.kind not in _PAPERS or paper.key in papers:
            continue
        known = true.get(paper.key) if paper.kind is Kind.ARXIV else None
        own = {"title": entry["title"], "authors": [name for name in entry["authors"] if name != "et al."]}
        described = {str(paper.kind): paper.key, **own}
        if known is not None:
            described["title"] = known["title"]
            described["authors"] = known["authors"] if known["authors_complete"] else own["authors"]
        older = max(paper.version or 1, 2 if paper.key in FIRST_VERSIONS else 1) - 1
        if older:
            described["versions"] = [own] * older
        papers[paper.key] = described
    return {"default": 200, "hosts": dict(hosts or {}), "papers": list(papers.values())}
