"""Records and entries of papers for tests."""

from typing import Any

from builders import NOON, at, entry

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, Record
from rlhf_linkcheck.model import Entry, Positions

PAPER = "https://arxiv.org/abs/2203.02155"
TITLE = "Training language models to follow instructions with human feedback"
AUTHORS = ("Long Ouyang", "Jeff Wu", "Xu Jiang", "Diogo Almeida")


def record(title: str = TITLE, *authors: str, **parts: Any) -> Record:
    """What arXiv holds of a paper: by default the one of ``PAPER``, in its first version."""
    kept = {"identity": "arxiv:2203.02155", "source": "arxiv", "version": 1, **parts}
    return Record(title=title, authors=authors or AUTHORS, retrieved_at=NOON, **kept)


def known(found: Record | None, **parts: Any) -> Evidence:
    """A living link with this record."""
    return Evidence(Outcome(Reason.OK, 200, PAPER, checked_at=NOON), "arxiv", found, **parts)


def paper(title: str = TITLE, *authors: str, url: str = PAPER, line: int = 1, **parts: Any) -> Entry:
    """An entry of the list: by default the paper of ``PAPER``, as it is."""
    names = authors or AUTHORS
    places = [("id", at(line, 7)), ("title", at(line + 1, 10, len(title)))]
    places += [(f"authors[{item}]", at(line + 4 + item, 7, len(name))) for item, name in enumerate(names)]
    return entry(f"paper-{line}", url, line, title=title, authors=names, positions=Positions(places), **parts)
