"""The results as Markdown: a table for each scenario, and what was run where."""

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from race.bound import Bound
from race.run import Result
from race.world import Truth, World

_COLUMNS = (
    "tool",
    "wall s",
    "CPU s",
    "links per CPU s",
    "peak MiB",
    "first look-ups",
    "requests",
    "beyond limits",
    "false alarms",
    "misses",
    "unsure",
    "untold",
)
SOME = 20
"""Of so many links a tool may leave one untold, before that has to be said."""
_MIB = 1024 * 1024
_SECTION = re.compile(r"^## (\S+)", re.MULTILINE)


def section(world: World, results: Sequence[Result], *, bound: Bound | None, remarks: Sequence[str]) -> str:
    """One scenario: what it is, its table, and what has to be said beside it."""
    truths = [sum(one is truth for one in world.links.values()) for truth in Truth]
    columns = (*_COLUMNS, "× lower bound") if bound else _COLUMNS
    rows = [_row(one, len(world.links), bound) for one in results]
    counted = f"{len(world.links)} links: {truths[0]} alive, {truths[1]} dead, {truths[2]} of which nobody can say"
    lines = [
        f"## {world.name}",
        "",
        f"{counted}; time-out {world.timeout:g} s.",
        *((f"Lower bound: {bound.seconds:.1f} s, for {bound.host}.",) if bound else ()),
        "",
        _line(columns),
        _line("---" if column == "tool" else "--:" for column in columns),
        *map(_line, rows),
        "",
        *(f"- {remark}" for remark in remarks),
        *(f"- {one.tool}: beyond limits: {_violations(one.violations)}." for one in results if one.violations),
        *(f"- {one.tool}: {one.problem}." for one in results if one.problem),
        *(f"- {one.tool}: {one.remark}." for one in results if one.remark),
        *(_silence(one) for one in results if one.score and one.score.untold * SOME > len(world.links)),
        "",
    ]
    return "\n".join(lines)


def merged(old: str, head: str, sections: Mapping[str, str]) -> str:
    """The page with these sections in it, and those of other scenarios as they were."""
    starts = [*(found.start() for found in _SECTION.finditer(old)), len(old)]
    kept = {_name(old[start:end]): old[start:end].rstrip() + "\n" for start, end in pairwise(starts)}
    every = {**kept, **sections}
    return "\n".join((head, *(every[name].rstrip() + "\n" for name in sorted(every))))


def _name(text: str) -> str:
    found = _SECTION.match(text)
    return found[1] if found else ""


def _row(one: Result, links: int, bound: Bound | None) -> tuple[str, ...]:
    usage, told = one.usage, one.score
    scored = (
        (str(len(told.false_alarms)), str(len(told.misses)), str(told.unsure), str(told.untold)) if told else ("–",) * 4
    )
    return (
        one.tool,
        f"{usage.wall:.1f}",
        f"{usage.cpu:.1f}",
        f"{links / usage.cpu:.0f}" if usage.cpu and told else "–",
        f"{usage.peak / _MIB:.0f}",
        str(one.first),
        str(one.requests),
        str(sum(one.violations.values())),
        *scored,
        *((f"{usage.wall / bound.seconds:.2f}",) if bound else ()),
    )


def _silence(one: Result) -> str:
    return f"- {one.tool}: ended with exit code {one.usage.code} before it had said something of each link."


def _violations(violations: Mapping[str, int]) -> str:
    return ", ".join(f"{host} {count}" for host, count in violations.items())


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
