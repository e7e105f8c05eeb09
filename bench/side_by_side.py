"""Races ours and its peers in simulated webs, prints a table and writes it down: `make bench`."""

import argparse
import os
import platform
import shlex
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from race.bound import Bound, Patience, lower_bound
from race.faults import faults_world
from race.listed import list_world
from race.run import Result, lay, race
from race.sandbox import enter, furnish, is_inside
from race.scaled import USUAL_LINKS, scale_world
from race.table import merged, section
from race.texts import dump
from race.tools import TOOLS, Tool
from race.world import World

from rlhf_linkcheck.simweb import Scenario

FOLDER = Path(__file__).parent
SCENARIOS = ("list", "faults", "scale")
HEAD = FOLDER / "race" / "head.md"
"""What a stranger must know to judge the page; no heading of the second level, since these are scenarios."""
NO_NAMESPACE = "there is no network namespace to be had here, so the peers were left out"


def main(arguments: Sequence[str]) -> int:
    """Runs what is asked for. The exit code is 1 where a tool said nothing that could be read."""
    choices = parse(arguments)
    if not is_inside():
        enter([__file__, *arguments])
    chosen = [TOOLS[name] for name in choices.tools.split(",")]
    raced = [tool for tool in chosen if is_inside() or not tool.is_peer]
    remarks = () if is_inside() else (NO_NAMESPACE,)
    missing = [tool.name for tool in raced if tool.path is None]
    if missing:
        remarks = (*remarks, f"not installed here, so left out: {', '.join(missing)}")
    versions = {tool.name: tool.installed_version() for tool in raced if tool.path}
    results: list[Result] = []
    sections: dict[str, str] = {}
    with _folder(choices.keep) as folder:
        if is_inside():
            furnish(folder)
        for name in choices.scenario.split(","):
            world = _world(name, choices)
            found = _race_all(world, [tool for tool in raced if tool.path], folder / name)
            results += found
            bound, word = _bounds(world)
            words = (*(() if word is None else (word,)), *remarks, origin(name, choices, versions))
            # Of another size it is another race, whose table does not take the place of the usual one's.
            sections[world.name] = section(world, found, bound=bound, remarks=words)
            print(sections[world.name], flush=True)  # noqa: T201 - a command speaks
            _list_errors(found)
    _write(choices.results, sections)
    return int(any(one.score is None for one in results))


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scenario", default=",".join(SCENARIOS), help=f"some of {', '.join(SCENARIOS)}")
    parser.add_argument("--links", type=int, default=USUAL_LINKS, help="of scale")
    parser.add_argument("--hosts", type=int, default=500, help="of scale")
    parser.add_argument("--tools", default=",".join(TOOLS), help=f"some of {', '.join(TOOLS)}")
    parser.add_argument("--keep", type=Path, help="a folder for what the tools were given and what they said")
    parser.add_argument("--results", type=Path, default=FOLDER / "RESULTS.md", help="where to write them")
    return parser.parse_args(arguments)


@contextmanager
def _folder(keep: Path | None) -> Iterator[Path]:
    """A folder for inputs and outputs, which goes in the end where nobody wants to keep it."""
    if keep is not None:
        keep.mkdir(parents=True)
        yield keep.absolute()
        return
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        yield Path(folder)


def _world(name: str, choices: argparse.Namespace) -> World:
    match name:
        case "list":
            return list_world()
        case "faults":
            return faults_world()
        case _:
            return scale_world(choices.links, choices.hosts)


def _race_all(world: World, tools: Sequence[Tool], folder: Path) -> list[Result]:
    """One after the other: two at once would share the processor."""
    folder.mkdir()
    folder.parent.chmod(0o755)
    lay(world, folder)
    found = []
    for tool in tools:
        print(f"{world.name}: {tool.name} …", file=sys.stderr, flush=True)  # noqa: T201 - a command speaks
        found.append(race(tool, world, folder, has_own_ports=is_inside()))
    return found


def _bounds(world: World) -> tuple[Bound | None, str | None]:
    """For *list* alone, as the others' hosts ask for nothing: the bound, and a word about others."""
    if not world.paced:
        return None, None
    scenario, patience = Scenario.parse(dump(dict(world.scenario))), Patience(world.timeout)
    once = lower_bound(scenario, world.links, Patience(world.timeout, tries=1))
    beside = lower_bound(scenario, world.links, Patience(world.timeout, apart=world.timeout / 3))
    pages = lower_bound(scenario, world.links, patience, in_batches=False)
    word = (
        f"the lower bound is of tools that try {patience.tries} times where nobody answers, one after the other, and"
        f" ask an API for many at once; of tries that begin a third of the time-out apart, as ours do, it is"
        f" {beside.seconds:.1f} s, for {beside.host}; of one that tries once {once.seconds:.1f} s, for {once.host};"
        f" page by page, as the limits of the hosts are, it is {pages.seconds:.1f} s, for {pages.host}"
    )
    return lower_bound(scenario, world.links, patience), word


def _list_errors(results: Sequence[Result]) -> None:
    """On standard error: which links ours is wrong about, as these are ours to mend."""
    for one in results:
        if one.tool == "ours" and one.score:
            for what, links in (("false alarm", one.score.false_alarms), ("miss", one.score.misses)):
                for url in links:
                    print(f"ours: {what}: {url}", file=sys.stderr)  # noqa: T201 - a command speaks


def origin(scenario: str, choices: argparse.Namespace, versions: dict[str, str]) -> str:
    """When, where, with what and how a section came to be; those of other scenarios may be of another day."""
    tools = ", ".join(f"{name} {version}" for name, version in versions.items())
    size = (f"LINKS={choices.links}", f"HOSTS={choices.hosts}") if scenario == "scale" else ()
    command = shlex.join(("make", "bench", f"SCENARIO={scenario}", *size, f"TOOLS={choices.tools}"))
    where = f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}"
    return f"{datetime.now(UTC):%Y-%m-%d}, by `{command}`: {where}; {tools}"


def _write(path: Path, sections: dict[str, str]) -> None:
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(merged(old, HEAD.read_text(encoding="utf-8"), sections), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
