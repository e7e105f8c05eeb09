"""Fourteen nights of a list: what happens to the world in each, and what each audit said, as a row of a table."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from commandline import Ran

TOKEN = "ghp_simulated"
TRACKED = "lovelace/list"
"""The list's own repository, where the tracking issue is."""
MOVED, NEW = "https://old.example/post", "https://new.example/post"

NO_NETWORK, LOST, USED_UP = 10, 11, 12
"""The nights in which it is not the world that changes."""

NIGHTS: Mapping[int, str] = {
    1: "all is well",
    2: "flappy is gone",
    3: "a site of three links is down; flappy is back",
    4: "the site is back; dying is gone",
    5: "a repository is archived",
    6: "a post moves; dying is gone for the third time",
    7: "flappy is gone again",
    8: "a paper has a new title; flappy is back",
    9: "a paper is withdrawn",
    NO_NETWORK: "no network",
    LOST: "the state file is lost; the report of the dark night is there",
    USED_UP: "GitHub's limit is used up",
    13: "the list follows the post",
    14: "dying comes back; flappy is gone",
}


def entries(night: int) -> str:
    """The list, which its maintainers mend in the thirteenth night."""

    def link(name: str, url: str, category: str = "blog", **more: Any) -> dict[str, Any]:
        return {"id": name, "category": category, "title": f"On {name}", "url": url, **more}

    def paper(name: str, arxiv: str, title: str) -> dict[str, Any]:
        return link(name, f"https://arxiv.org/abs/{arxiv}", "paper", title=title, authors=["Ada Lovelace"], year=2024)

    listed = [
        *(link(f"site-{number}", f"https://site.example/{number}") for number in (1, 2, 3)),
        link("dying", "https://dying.example/post"),
        link("flappy", "https://flappy.example/post"),
        link("moving", NEW if night >= 13 else MOVED),
        link("tool", "https://github.com/lovelace/tool", "codebase", title="tool"),
        paper("retitled", "2401.00002", "Learning from Preferences"),
        paper("withdrawn", "2401.00003", "Proofs of Alignment"),
    ]
    return yaml.safe_dump(listed, sort_keys=False)


def world(night: int) -> dict[str, Any]:
    """What is out there."""
    hosts: dict[str, Any] = {
        "site.example": {"refuse": True} if night == 3 else {"/*": 200},
        "dying.example": {"/post": 404 if 4 <= night < 14 else 200},
        "flappy.example": {"/post": 404 if night in (2, 7, 14) else 200},
        "old.example": {"/post": {"status": 301, "location": NEW} if night >= 6 else 200},
        "new.example": {"/post": 200},
    }
    tool: dict[str, Any] = {"github": "lovelace/tool", "files": {"README.md": "# tool\n"}}
    retitled: dict[str, Any] = {"arxiv": "2401.00002", "title": "Learning from Preferences"}
    withdrawn: dict[str, Any] = {"arxiv": "2401.00003", "title": "Proofs of Alignment"}
    if night >= 5:
        tool["archived_at"] = date(2026, 2, 4)
    if night >= 8:
        retitled |= {"title": "Learning from Human Preferences, Fast", "versions": [{"title": retitled["title"]}]}
    if night >= 9:
        withdrawn["withdrawn"] = "There is an error in the proof."
    used_up = {"graphql_points": 0, "rest_limit_with_token": 0, "pages_limit": 0} if night == USED_UP else {}
    papers = [one | {"authors": ["Ada Lovelace"]} for one in (retitled, withdrawn)]
    for one in papers:
        for version in one.get("versions", ()):
            version["authors"] = ["Ada Lovelace"]
    return {
        "hosts": hosts,
        "papers": papers,
        "repositories": [tool],
        "github": {"token": TOKEN, **used_up},
        "archive": [{"page": "https://dying.example/post", "taken": "20250506070809"}],
    }


@dataclass(frozen=True)
class Row:
    """What one audit said: its exit code, its first line, and what is in its report."""

    code: int
    lead: str
    findings: tuple[str, ...] = ()
    recovered: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()
    blinked: tuple[str, ...] = ()
    """What the note about it says, without names."""
    unseen: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    issue: tuple[str, ...] = ()
    """What was done to the tracking issue."""


def row(code: int, out: str, err: str, report: Mapping[str, Any]) -> Row:
    """The row of a report: of each finding its code, entry, severity, and the day since when it is known."""
    history = report["history"]
    return Row(
        code,
        out.split("\n", 1)[0],
        tuple(_finding(one) for one in report["findings"]),
        tuple(one["entries"][0] for one in history["recovered"]),
        tuple(one["about"]["code"] for one in history["mended"]),
        tuple(_blinked(one["message"]) for one in report["notes"] if one["message"].startswith("blinked: ")),
        tuple(one["about"]["code"] for one in history["unseen"]),
        tuple(f"{one['name']}: {one['note'].partition(';')[0]}" for one in report["sources"] if one["note"]),
        tuple(
            line.partition(f"{TRACKED}: ")[2].partition(" → ")[0].partition(", and ")[0] for line in err.splitlines()
        ),
    )


def _done(line: str) -> str:
    """What was done to the issue; not where it is, nor how long GitHub wants its peace."""
    return line.partition(f"{TRACKED}: ")[2].partition(" → ")[0].partition(", and ")[0]


def _blinked(message: str) -> str:
    return message.removeprefix("blinked: ").partition(" (")[0]


def _finding(one: Mapping[str, Any]) -> str:
    since = f"since {one['known_since'][5:10]}" if one["known_since"] else "new"
    return f"{one['code']} {one['entry']} {one['severity']} {since}{', graver' if one['has_risen'] else ''}"


def act(audit: Callable[[int, dict[str, Any]], Ran]) -> Iterator[Row]:
    """Act the nights out in the working directory; ``audit`` runs one in a world."""
    for night in NIGHTS:
        Path("entries.yaml").write_text(entries(night), encoding="utf-8")
        if night == LOST:
            for file in Path(".rlhf-linkcheck").glob("state.sqlite3*"):
                file.unlink()
        ran = audit(night, world(night))
        yield row(
            ran.code, ran.out, ran.err, json.loads(Path("linkcheck-report/report.json").read_text(encoding="utf-8"))
        )


def table(rows: Iterable[Row]) -> str:
    """The table in Markdown, for people."""
    said = ("findings", "recovered", "mended", "blinked", "not seen", "sources", "issue")
    head = ("night", "what happens", "exit", "the first line of the report", *said)
    cells = [head, ("---",) * len(head)]
    for (night, happens), one in zip(NIGHTS.items(), rows, strict=True):
        lists = (one.findings, one.recovered, one.mended, one.blinked, one.unseen, one.sources, one.issue)
        cells.append((str(night), happens, str(one.code), one.lead, *("<br>".join(texts) for texts in lists)))
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)
