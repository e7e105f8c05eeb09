"""Measures each stage of a run but the network's on lists of growing size: `make stages`.

Each size is a process of its own. It loads a list, plans, is given the evidence, judges and writes
reports; each stage's CPU time is its own, the peak of memory is that of the process up to there.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, pairwise
from pathlib import Path
from resource import RUSAGE_SELF, getrusage
from typing import Any, TypeAlias

from lists import KINDS, write_list

SIZES = (1_000, 10_000, 100_000)
_MIB = 1024 * 1024
# Linux counts in KiB, macOS in bytes: getrusage(2) of either.
_PEAK_UNIT = 1 if sys.platform == "darwin" else 1024

Row: TypeAlias = dict[str, Any]
"""One stage: its name, CPU seconds, and the peak of memory in bytes so far."""


class Watch:
    """Takes the times of the stages, one after the other."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Take the time of what is done within."""
        before = getrusage(RUSAGE_SELF)
        yield
        after = getrusage(RUSAGE_SELF)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        self.rows.append({"stage": name, "cpu": cpu, "peak": after.ru_maxrss * _PEAK_UNIT})


def run(path: Path, kind: str) -> list[Row]:
    """All stages over one list, in this process."""
    # The process that starts the others stays small: its own peak would be the least of theirs.
    from dataclasses import replace  # noqa: PLC0415 - see above
    from datetime import UTC, datetime  # noqa: PLC0415 - likewise

    from lists import heard  # noqa: PLC0415 - likewise

    watch = Watch()
    with watch.stage("import"):
        from rlhf_linkcheck import pipeline  # noqa: PLC0415 - likewise
        from rlhf_linkcheck.cli import output  # noqa: PLC0415 - likewise
        from rlhf_linkcheck.config import Config  # noqa: PLC0415 - likewise
        from rlhf_linkcheck.evidence import Crawl, SourceStats  # noqa: PLC0415 - likewise
        from rlhf_linkcheck.judge import judge  # noqa: PLC0415 - likewise
        from rlhf_linkcheck.loaders import load  # noqa: PLC0415 - likewise
        from rlhf_linkcheck.plan import make_plan  # noqa: PLC0415 - likewise
        from rlhf_linkcheck.reporters import REPORTERS, Style  # noqa: PLC0415 - likewise
        from rlhf_linkcheck.since.scope import Scope  # noqa: PLC0415 - likewise
    config = Config(inputs=(str(path),))
    with watch.stage("load"):
        documents = (load(str(path)),)
    with watch.stage("plan"):
        plan = make_plan(documents, config, network=True)
    with watch.stage("(evidence)"):
        evidence = heard(plan, kind)
        crawl = Crawl(evidence, (SourceStats("web", len(evidence), len(evidence), len(evidence)),))
    with watch.stage("judge"):
        judgement = judge(documents, crawl, config)
    with watch.stage("report"):
        started_at = datetime.now(UTC)
        report = pipeline.make_report(
            documents, plan, crawl, judgement, config=config, scope=Scope(), started_at=started_at
        )
        report = replace(report, elapsed_ms=1)
    for name in REPORTERS:
        with watch.stage(f"render {name}"):
            output.write_whole(path.with_name(f"report.{name}"), REPORTERS[name].parts(report, Style()))
    return watch.rows


def without_schema(path: Path) -> list[Row]:
    """Loading alone, and nothing held against the schema."""
    from rlhf_linkcheck.loaders import source, yaml  # noqa: PLC0415 - as in ``run``

    watch = Watch()
    with watch.stage("load without schema"):
        yaml.loads(source.read(str(path)).text, str(path))
    return watch.rows


def measured(size: int, kind: str) -> list[Row]:
    """The stages over a list of so many links, each in a process that has done nothing else."""
    with tempfile.TemporaryDirectory(prefix="rlhf-linkcheck-stages-") as folder:
        path = write_list(Path(folder), size, kind)
        rows = _in_process(path, kind)
        if path.suffix == ".yaml":
            rows[1:1] = _in_process(path, kind, "--without-schema")
        return rows


def _in_process(path: Path, kind: str, *options: str) -> list[Row]:
    command = [sys.executable, __file__, "--list", str(path), "--kind", kind, *options]
    finished = subprocess.run(command, check=True, stdout=subprocess.PIPE)  # noqa: S603 - this file itself
    return json.loads(finished.stdout)  # type: ignore[no-any-return]  # what ``main`` printed


def table(runs: dict[int, list[Row]], kind: str) -> Iterator[str]:
    """A Markdown table: a row a stage, two columns a size, and how the time grows from size to size."""
    sizes = list(runs)
    growth = [f"×{after // before}" for before, after in pairwise(sizes)]
    head = [f"{kind}", *chain.from_iterable((f"{size:,}: CPU s", "peak MiB") for size in sizes)]
    head += [f"time {step}" for step in growth]
    yield _row(head)
    yield _row(["---", *["---:"] * (len(head) - 1)])
    for stages in zip(*runs.values(), strict=True):
        cells = chain.from_iterable((f"{row['cpu']:.2f}", f"{row['peak'] / _MIB:.0f}") for row in stages)
        ratios = (f"{after['cpu'] / max(before['cpu'], 0.001):.1f}" for before, after in pairwise(stages))
        yield _row([stages[0]["stage"], *cells, *ratios])


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def main(arguments: Sequence[str]) -> int:
    """Print a table for each kind of list; with ``--list`` measure that one, and print its rows as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", metavar="LINKS", nargs="*", type=int, default=SIZES)
    parser.add_argument("--kind", choices=KINDS, action="append")
    parser.add_argument("--list", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--without-schema", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    kinds: list[str] = options.kind or list(KINDS)
    if options.list is not None:
        rows = without_schema(options.list) if options.without_schema else run(options.list, kinds[0])
        json.dump(rows, sys.stdout)
        return 0
    for kind in kinds:
        runs = {size: measured(size, kind) for size in options.sizes}
        sys.stdout.writelines(f"{line}\n" for line in (*table(runs, kind), ""))
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
