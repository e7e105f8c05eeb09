"""Fourteen nights acted out, over real sockets and by a clock of their own: what each report and exit code said."""

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from builders import NOON
from commandline import Ran, Run
from fourteen_nights import NO_NETWORK, TOKEN, TRACKED, USED_UP, Row, act, table
from github_wire import API, get
from race.texts import dump

from rlhf_linkcheck import pipeline, simweb
from rlhf_linkcheck.cli import flags
from rlhf_linkcheck.config import NetworkConfig

# A whole run each, whose parts are measured where they are tested.
pytestmark = pytest.mark.unmeasured

QUICK = ("--interval", "0", "--host-interval", "*=0", "--timeout", "5", "--retries", "0")
DARK = ("--connect-to", "::127.0.0.1:9")
DEAD, ARCHIVED = "LNK101 dying error since 02-04", "REP103 tool warning since 02-05"
MOVED, RETITLED = "LNK102 moving warning since 02-06", "PAP108 retitled warning since 02-08"
WITHDRAWN = "PAP106 withdrawn error since 02-09"
NOTHING, UPDATED = ("nothing to do",), ("update #1",)
NOT_NOW = "the issue could not be kept up: GitHub's limit is reached"
TOLD = (
    Row(
        0,
        "No earlier audit of the whole list is known, so what is found is no news of last night.",
        issue=NOTHING,
    ),
    Row(
        0, "Since the last audit (2026-02-01): 1 new finding (LNK101 1).", ("LNK101 flappy warning new",), issue=NOTHING
    ),
    Row(
        0,
        "Since the last audit (2026-02-02): 1 link back.",
        recovered=("flappy",),
        mended=("LNK101",),
        blinked=("3 links that were seen before could not be reached",),
        sources=("web: site.example does not answer: its 3 links could not be checked and are not counted as dead",),
        issue=NOTHING,
    ),
    Row(
        0,
        "Since the last audit (2026-02-03): 1 new finding (LNK101 1), 3 links back.",
        ("LNK101 dying warning new",),
        recovered=("site-1", "site-2", "site-3"),
        issue=NOTHING,
    ),
    Row(
        0,
        "Since the last audit (2026-02-04): 1 new finding (REP103 1).",
        ("LNK101 dying warning since 02-04", "REP103 tool warning new"),
        issue=NOTHING,
    ),
    Row(
        1,
        "Since the last audit (2026-02-05): 1 new finding (LNK102 1), 1 graver than before (LNK101 1).",
        (f"{DEAD}, graver", "LNK102 moving warning new", ARCHIVED),
        issue=("open an issue with 1 finding",),
    ),
    Row(
        0,
        "Since the last audit (2026-02-06): 1 new finding (LNK101 1).",
        (DEAD, "LNK101 flappy warning new", MOVED, ARCHIVED),
        issue=UPDATED,
    ),
    Row(
        0,
        "Since the last audit (2026-02-07): 1 new finding (PAP108 1), 1 link back.",
        (DEAD, MOVED, ARCHIVED, "PAP108 retitled warning new"),
        recovered=("flappy",),
        mended=("LNK101",),
        issue=UPDATED,
    ),
    Row(
        1,
        "Since the last audit (2026-02-08): 1 new finding (PAP106 1).",
        (DEAD, MOVED, ARCHIVED, RETITLED, "PAP106 withdrawn error new"),
        issue=("comment #1 with 1 new finding", "update #1"),
    ),
    Row(
        3,
        "Since the last audit (2026-02-09): nothing could be looked at.",
        unseen=("LNK101", "LNK102", "REP103", "PAP108", "PAP106"),
        sources=(
            "arxiv: gave no answer about 2 links, which went on to the next source",
            "oai: gave no answer about 2 links, which went on to their pages",
            "semantic_scholar: gave no answer, so there was no second opinion",
            "github: gave no answer about 1 link, asked as pages instead (REP102–REP109)",
        ),
        issue=("the audit is incomplete, so its issue is left as it is",),
    ),
    Row(
        0,
        "Since the last audit (2026-02-09): nothing has changed.",
        (DEAD, MOVED, ARCHIVED, RETITLED, WITHDRAWN),
        issue=UPDATED,
    ),
    Row(
        0,
        "Since the last audit (2026-02-11): nothing has changed; 1 finding of before is out of sight.",
        (DEAD, MOVED, "LNK105 tool info since 02-12", RETITLED, WITHDRAWN),
        blinked=("1 link that was seen before could not be reached",),
        unseen=("REP103",),
        sources=("github: gave no answer about 1 link, asked as pages instead (REP102–REP109)",),
        issue=(NOT_NOW,),
    ),
    Row(
        0,
        "Since the last audit (2026-02-12): 1 mended.",
        (DEAD, ARCHIVED, RETITLED, WITHDRAWN),
        mended=("LNK102",),
        issue=UPDATED,
    ),
    Row(
        0,
        "Since the last audit (2026-02-13): 1 new finding (LNK101 1), 1 link back.",
        ("LNK101 flappy warning new", ARCHIVED, RETITLED, WITHDRAWN),
        recovered=("dying",),
        mended=("LNK101",),
        issue=UPDATED,
    ),
)


def _kept(issue: dict[str, Any]) -> dict[str, Any]:
    """An issue, for the world of the next night."""
    own = {"title": issue["title"], "body": issue["body"], "closed": issue["state"] == "closed"}
    return own | {"by": issue["user"]["login"], "association": issue["author_association"]}


def test_fourteen_nights(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`pytest -s` prints the table."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GITHUB_TOKEN", TOKEN)
    # Two seconds a night before what looks dead is asked again.
    monkeypatch.setattr(flags, "NetworkConfig", partial(NetworkConfig, backoff=0.01))

    issues: list[dict[str, Any]] = []

    def audit(night: int, world: dict[str, Any]) -> Ran:
        monkeypatch.setattr(pipeline, "_now", lambda: NOON + timedelta(days=night))
        world["repositories"].append({"github": TRACKED, "issues": issues})
        with simweb.serve(simweb.Scenario.parse(dump(world))) as web:
            ran = run("audit", *QUICK, *(DARK if night == NO_NETWORK else web.options), "--issue", TRACKED)
            answer = get(web, f"/repos/{TRACKED}/issues?state=all", API, f"Authorization: Bearer {TOKEN}")
        if night != USED_UP:
            issues[:] = map(_kept, answer.json)
        return ran

    rows = tuple(act(audit))
    print(table(rows), tmp_path, sep="\n")  # noqa: T201 - for people, with `pytest -s`
    for night, (row, told) in enumerate(zip(rows, TOLD, strict=True), 1):
        assert row == told, night
