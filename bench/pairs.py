"""Measures the matching on labelled pairs of what a list claims and what is true: `make pairs`.

Each pair becomes an entry and the record of its link, and is judged by the rules themselves. Pairs that
must match and are told wrong, and pairs that must be told and are not, are listed with their titles.
"""

import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rlhf_linkcheck.evidence import Evidence, Outcome, Reason, Record
from rlhf_linkcheck.finding import Finding
from rlhf_linkcheck.model import Category, Entry, Link, Position, Role
from rlhf_linkcheck.rules import RULES

_URL = "https://arxiv.org/abs/2203.02155"
_NOWHERE = Position(1, 1, 1, 1)
_WRONG = frozenset({"PAP101", "PAP102", "PAP103"})
_EXPECTED = {
    "title": frozenset({"PAP101", "PAP102"}),
    "authors": frozenset({"PAP101", "PAP103", "PAP104", "PAP105"}),
}
_COLUMNS = ("PAP101", "PAP102", "PAP103", "PAP104", "PAP105", "none")


@dataclass(frozen=True, slots=True)
class Judged:
    """One pair with the findings that the rules have about it."""

    kind: str
    expect: str
    claimed: dict[str, Any]
    true: dict[str, Any]
    findings: tuple[Finding, ...]

    @property
    def codes(self) -> frozenset[str]:
        """The codes of its findings."""
        return frozenset(finding.rule.code for finding in self.findings)

    @property
    def right(self) -> bool:
        """Whether the rules say what is expected: nothing that is wrong, or one of the codes that must be told."""
        if self.expect == "match":
            return not self.codes & _WRONG
        return bool(self.codes & _EXPECTED[self.expect])


def judge(pair: dict[str, Any]) -> Judged:
    """Hold the claim of a pair against what is true, as a list's entry against the record of its link."""
    claimed, true = pair["claimed"], pair["true"]
    entry = Entry(
        "pair",
        Category.PAPER,
        claimed["title"],
        "pairs.jsonl",
        _NOWHERE,
        main=Link(_URL, Role.MAIN, _NOWHERE, "url"),
        authors=tuple(claimed["authors"]),
    )
    record = Record("arxiv:2203.02155", "arxiv", true["title"], tuple(true["authors"]), datetime.now(UTC), version=1)
    evidence = {_URL: Evidence(Outcome(Reason.OK), "arxiv", record)}
    rules = (rule for rule in RULES if rule.info.needs_record)
    findings = tuple(finding for rule in rules for finding in rule.check_entry(entry, evidence))
    return Judged(pair["kind"], pair["expect"], claimed, true, findings)


def table(judged: Iterable[Judged]) -> Iterator[str]:
    """One line a kind: how many pairs, how many right, and how many have which code."""
    kinds: defaultdict[tuple[str, str], list[Judged]] = defaultdict(list)
    for one in judged:
        kinds[one.expect, one.kind].append(one)
    yield f"{'kind':28}{'expect':>8}{'pairs':>7}{'right':>7}" + "".join(f"{column:>8}" for column in _COLUMNS)
    for (expect, kind), ones in sorted(kinds.items()):
        counted = Counter(code for one in ones for code in (one.codes or {"none"}))
        right = sum(one.right for one in ones)
        numbers = "".join(f"{counted[column]:8}" for column in _COLUMNS)
        yield f"{kind:28}{expect:>8}{len(ones):7}{right:7}{numbers}"


def conclusion(judged: Iterable[Judged]) -> Iterator[str]:
    """Detection and false alarms, and each pair that is not as expected."""
    ones = tuple(judged)
    flag = [one for one in ones if one.expect != "match"]
    match = [one for one in ones if one.expect == "match"]
    missed, alarms = ([one for one in group if not one.right] for group in (flag, match))
    yield f"detection {(len(flag) - len(missed)) / max(len(flag), 1):.3f} ({len(missed)} of {len(flag)} missed)"
    yield f"false alarms {len(alarms) / max(len(match), 1):.3f} ({len(alarms)} of {len(match)})"
    for one in (*missed, *alarms):
        yield f"\n{one.kind}, expected {one.expect}, told {', '.join(sorted(one.codes)) or 'nothing'}"
        yield f"  claimed {json.dumps(one.claimed, ensure_ascii=False)}"
        yield f"  true    {json.dumps(one.true, ensure_ascii=False)}"
        yield from (f"  {finding.rule.code} {finding.message}" for finding in one.findings)


def main(arguments: list[str]) -> int:
    """Print the table of the files of pairs that are named."""
    lines = (line for path in arguments for line in Path(path).read_text(encoding="utf-8").splitlines())
    judged = [judge(json.loads(line)) for line in lines]
    for line in (*table(judged), "", *conclusion(judged)):
        sys.stdout.write(f"{line}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
