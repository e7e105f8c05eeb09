"""Memories, and processes of their own that keep them, for tests."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from builders import NOON
from records import record
from repositories import repository

from rlhf_linkcheck.evidence import Evidence, Outcome, Past, Reason, Redirect, Trust, Validators, Verdict
from rlhf_linkcheck.finding import Fingerprint, Severity
from rlhf_linkcheck.report import Known, PastAudit
from rlhf_linkcheck.repository import Cited, Restriction, Text, Writing
from rlhf_linkcheck.state.memory import Chronicled, Memory, Told
from rlhf_linkcheck.state.store import Store

NOBODY = 65_534
KEY = "web https://example.org/a"
LATER = NOON + timedelta(hours=1)


def memory(checked_at: datetime = NOON, reason: Reason = Reason.OK, **parts: Any) -> Memory:
    """What was heard of a link: by default that it is there."""
    outcome = Outcome(reason, 200, "https://example.org/a", attempts=1, elapsed_ms=80, checked_at=checked_at)
    own = {"validators": Validators("https://example.org/a", '"5f3"'), **parts}
    return Memory(Evidence(outcome, "web", **own), checked_at)


def full_memory() -> Memory:
    """One that has a word in every field that there was in the first version of the file."""
    paper = record(
        trust=Trust.PAGE,
        other_titles=("InstructGPT",),
        complete=False,
        ordered=False,
        version=2,
        withdrawn="by its authors",
        published="NeurIPS 2022",
        doi="10.1/x",
        repositories=("github:a/b",),
    )
    home = repository(
        description="Code",
        homepage="https://example.org/",
        topics=("rlhf",),
        authors=("A. Author",),
        licence="MIT",
        default_branch="main",
        fork=True,
        fork_of="Other/Name",
        archived=True,
        archived_at=NOON,
        pushed_at=NOON,
        empty=False,
        restricted=Restriction.GATED,
        restriction="ask us",
        seen_only=True,
    )
    cited = Cited("A Title", ("A. Author",), "arxiv:2203.02155")
    outcome = Outcome(
        Reason.OK,
        200,
        "https://example.org/b",
        "https://example.org/b",
        (Redirect(301, "https://example.org/b"),),
        attempts=2,
        elapsed_ms=80,
        detail="the server answered 200",
        checked_at=NOON,
    )
    evidence = Evidence(
        outcome,
        "web",
        record=paper,
        newest=paper,
        earlier=(paper,),
        elsewhere=(paper,),
        meant=(paper, paper),
        unsettled=True,
        repository=home,
        writings=(Writing("README.md", "Name", ("arxiv:2203.02155",), ("A Title",), (cited,), 7, "not maintained"),),
        homeless=True,
        missing_fragments=("part",),
        secure_url="https://example.org/a",
        validators=Validators("https://example.org/b", '"5f3"', "Sat, 31 Jan 2026 12:00:00 GMT"),
    )
    return Memory(evidence, NOON)


def told(retrieved_at: datetime = NOON) -> Told:
    """What was answered to a question, with one answer of each kind."""
    return Told((record(), Text("README.md", "# Name\n"), repository()), retrieved_at)


def kept(path: Path, memories: Mapping[str, Memory]) -> None:
    """A run that remembers these."""
    with Store.open(path) as store:
        for key, heard in memories.items():
            store.remember(key, heard)
    assert store.trouble is None


def known(path: Path, *keys: str) -> dict[str, Memory]:
    """What another run would find of these keys."""
    with Store.open(path) as store:
        return store.recall(keys)


def python(code: str, *arguments: object) -> subprocess.Popen[str]:
    """Another process that has the names of this module and runs this, with ``sys.argv`` as given."""
    start = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r}); from memories import *\n"
    command = (sys.executable, "-c", start + code, *map(str, arguments))
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


@contextmanager
def as_nobody(folder: Path) -> Iterator[None]:
    """Without root's right to write everywhere, in this folder."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    for file in (folder, *folder.iterdir()):
        os.chown(file, NOBODY, -1)
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def chronicled() -> Chronicled:
    """All that a row of audits can hold; of a real one, one of the three is there."""
    past = Past(LATER, LATER, Verdict.DEAD, LATER, 3, LATER, LATER, 2)
    known = Known(
        Fingerprint("a.yaml", "title", "link", "entry", "LNK101", "url", "https://a.org/", "x"), LATER, Severity.ERROR
    )
    return Chronicled(LATER, past, (PastAudit(LATER, 1, 2, 3, 4, 5, 6, 7),), (known,))
