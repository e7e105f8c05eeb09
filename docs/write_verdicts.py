"""Writes docs/verdicts.md anew from the catalogue of behaviours, tests/behaviours/: `make docs`."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "tests" / "behaviours"
PAGE = ROOT / "docs" / "verdicts.md"
HEAD = """# Verdicts

What is out there, and what is said of it. Each row is a behaviour of a simulated web that the tests run from
the entries file to the findings, over real sockets with real TLS and DNS: `pytest tests/test_behaviours.py`.
*Naive* is what a checker says that looks at the status of one HEAD, and calls dead what is not 2xx; it is
measured by the same tests. Bold is where it calls dead what is there, or what cannot be known.
"""


def text() -> str:
    """The page: the rows of the contract's table with their numbers, and then each with its behaviours."""
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(CATALOGUE.glob("*.yaml"))]
    rows = {row: list(group) for row, group in groupby(files, key=lambda file: str(file["row"]))}
    sections = (line for row, own in rows.items() for line in _section(row, own))
    return "\n".join((HEAD, *_summary(rows), *sections, ""))


def _summary(rows: dict[str, list[dict[str, Any]]]) -> Iterator[str]:
    yield "| row of the table of verdicts | behaviours | of these called dead naively, and not dead |"
    yield "|---|---|---|"
    every: list[dict[str, Any]] = []
    for row, files in rows.items():
        own = [behaviour for file in files for behaviour in file["behaviours"]]
        every += own
        yield f"| {row} | {len(own)} | {sum(map(_is_trap, own))} |"
    yield f"| **in sum** | **{len(every)}** | **{sum(map(_is_trap, every))}** |"


def _section(row: str, files: list[dict[str, Any]]) -> Iterator[str]:
    yield f"\n## {row[0].upper()}{row[1:]}"
    for file in files:
        if "about" in file:
            yield f"\n### {file['about'][0].upper()}{file['about'][1:]}"
        yield "\n| behaviour | verdict | reason | rule | naive |\n|---|---|---|---|---|"
        yield from map(_line, file["behaviours"])


def _line(behaviour: dict[str, Any]) -> str:
    naive = f"**{behaviour['naive']}**" if _is_trap(behaviour) else behaviour["naive"]
    code = behaviour["code"] or ""
    rule = f"[{code}](rules/{code}.md)" if code else ""
    return f"| {behaviour['name']} | {behaviour['verdict']} | `{behaviour['reason']}` | {rule} | {naive} |"


def _is_trap(behaviour: dict[str, Any]) -> bool:
    """Whether it is no dead link, and called dead by whoever looks at the status of one HEAD."""
    return behaviour["verdict"] in ("alive", "uncertain") and behaviour["naive"] == "dead"


def main() -> None:
    """Write the page."""
    PAGE.write_text(text(), encoding="utf-8")


if __name__ == "__main__":
    main()
