"""Kills the command at random moments of a run over the shipped list, resumes it, and looks for what was lost.

`python bench/kills.py [--kills 50] [--seed 6]`: the simulated web is the one of the scenario *list*, five times as
near, asked without intervals, and busy where it is silent. After each kill the state file must be whole. The next run
must come to the verdicts of a run that nobody disturbed, and must not ask again for a link whose living answer was in
the file. What had been answered before the kill and was asked again all the same is counted.
"""

import argparse
import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from killing.subjects import Subject, subjects_of_link, subjects_of_request
from race.listed import list_world
from race.texts import dump

from rlhf_linkcheck import simweb
from rlhf_linkcheck.cli.flags import Flags
from rlhf_linkcheck.cli.planting import TOKEN
from rlhf_linkcheck.cli.settings import Settings
from rlhf_linkcheck.config import Config
from rlhf_linkcheck.crawl.recollection import recollecting
from rlhf_linkcheck.loaders import load
from rlhf_linkcheck.plan import Plan, make_plan
from rlhf_linkcheck.simweb.log import LoggedRequest

STATE = "state.sqlite3"
PACE = ("--interval", "0", "--host-interval", "*=0", "--timeout", "60", "--retries", "0")
OF_SERVICES = ("GITHUB_", "GH_", "HF_", "OPENREVIEW_")
NEARER = 5
SILENT, BUSY = {"hang": True}, {"status": 503}
LONGEST_DELAY = 0.05
"""Seconds from a request to the kill, at most: so it also comes while an answer is read, judged or written."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Kill:
    """What one kill came upon, and what the next run made of it.

    ``sent`` requests had been sent and ``answered`` of them answered; ``known`` links had their living answers in
    the file. ``faults`` are what must not be. ``twice`` requests were answered and sent again though what they are
    about is alive, for the sake of ``links`` of which ``oldest`` seconds before the kill the last answer had come.
    """

    sent: int
    answered: int
    known: int
    faults: tuple[str, ...]
    twice: int
    links: int
    oldest: float


@dataclass(frozen=True)
class Bench:
    """A simulated web, the list, and a folder for the files of runs."""

    web: simweb.Web
    folder: Path

    def start(self, state: Path) -> subprocess.Popen[str]:
        """The real command, in a process of its own."""
        flags = ("--format", "json", "--state", str(state), *PACE, *self.web.options)
        own = {name: value for name, value in os.environ.items() if not name.startswith(OF_SERVICES)}
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, "-m", "rlhf_linkcheck", "check", "entries.yaml", "--no-progress", *flags],
            cwd=self.folder,
            env={**own, "GITHUB_TOKEN": TOKEN},
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    def report(self, state: Path) -> dict[str, Any]:
        """What a run says that nobody disturbs."""
        with self.start(state) as process:
            out, _ = process.communicate()
        report: dict[str, Any] = json.loads(out)
        return report

    @property
    def config(self) -> Config:
        """What the command makes of its flags: memory is of one way there alone."""
        host, port = self.web.dns_address
        flags = Flags(
            inputs=[str(self.folder / "entries.yaml")],
            connect_to=list(self.web.connect_to),
            dns_server=f"{host}:{port}",
            ca_file=self.web.ca_file,
        )
        with mock.patch.dict(os.environ, {"GITHUB_TOKEN": TOKEN}):
            return flags.merged_with(Settings())

    @property
    def plan(self) -> Plan:
        """What a run will ask."""
        config = self.config
        return make_plan([load(path, None) for path in config.inputs], config, network=True)


def verdicts(report: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """The verdict and the reason of each link."""
    return {link["url"]: (link["verdict"], link["reason"]) for link in report["links"]}


def known_after(bench: Bench, state: Path) -> set[str]:
    """The links whose living answers are in the file.

    Raises ValueError for a file that is damaged. It is looked at in a copy, as the next run is to find it as it is.
    """
    if not state.exists():
        return set()
    with TemporaryDirectory() as name:
        for file in state.parent.glob(f"{state.name}*"):
            shutil.copy(file, name)
        copy = Path(name, state.name)
        with closing(sqlite3.connect(copy)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchall()
        if found != [("ok",)]:
            raise ValueError(f"damaged: {found[:3]}")
        with recollecting(copy, bench.config.network, DAY) as (recollection, word):
            if recollection is None:
                raise ValueError(word)
            known = recollection.of_links(bench.plan.requests)
    return {address for request in known for address in request.addresses}


def kill_at(bench: Bench, state: Path, requests: int, delay: float) -> tuple[tuple[LoggedRequest, ...], float]:
    """A run that is killed so long after its so manieth request; all that it sent, and the moment."""
    log = bench.web.log
    before = len(log.requests)
    with bench.start(state) as process:
        while process.poll() is None and len(log.requests) - before < requests:
            time.sleep(0.001)
        time.sleep(delay)
        process.kill()
        moment = time.monotonic()
    return log.requests[before:], moment


def try_once(bench: Bench, state: Path, requests: int, delay: float, undisturbed: Mapping[str, Any]) -> Kill:
    """Kill a run, look at its file, and let another go on."""
    sent, moment = kill_at(bench, state, requests, delay)
    answered = [one for one in sent if one.ended is not None and one.ended <= moment]
    faults: list[str] = []
    try:
        known = known_after(bench, state)
    except ValueError as error:
        faults.append(str(error))
        known = set()
    before = len(bench.web.log.requests)
    resumed = bench.report(state)
    again = bench.web.log.requests[before:]
    faults += [note["message"] for note in resumed["notes"]]
    wanted, found = verdicts(undisturbed), verdicts(resumed)
    faults += [f"{url}: {found[url]} and not {verdict}" for url, verdict in wanted.items() if found[url] != verdict]
    faults += _asked_again(known, wanted, again)
    cached = {link["url"] for link in resumed["links"] if link["from_cache"]}
    faults += [f"{url}: was in the file and is not from it" for url in sorted(known - cached)]
    twice, ages = _lost(answered, again, moment, {url for url in wanted if wanted[url][0] == "alive"} - known)
    return Kill(len(sent), len(answered), len(known), tuple(faults), twice, len(ages), max(ages.values(), default=0.0))


def _asked_again(known: set[str], wanted: Mapping[str, Any], again: Sequence[LoggedRequest]) -> Iterator[str]:
    """The links of the file that were asked for all the same, and not for the sake of another."""
    needed = {subject for url in wanted.keys() - known for subject in subjects_of_link(url)}
    asked = {subject for request in again for subject in subjects_of_request(request)}
    for url in sorted(known):
        if set(subjects_of_link(url)) & asked - needed:
            yield f"{url}: was in the file and was asked again"


def _lost(
    answered: Sequence[LoggedRequest], again: Sequence[LoggedRequest], moment: float, alive: set[str]
) -> tuple[int, dict[str, float]]:
    """How many answered requests for these links were sent again, and how old the last answer about each link was."""
    links: dict[Subject, list[str]] = {}
    for url in alive:
        for subject in subjects_of_link(url):
            links.setdefault(subject, []).append(url)
    asked = {subject for request in again for subject in subjects_of_request(request)}
    twice = 0
    ages: dict[str, float] = {}
    for request in answered:
        lost = [url for subject in subjects_of_request(request) & asked for url in links.get(subject, ())]
        twice += bool(lost)
        ages |= dict.fromkeys(lost, moment - (request.ended or moment))
    return twice, ages


@contextmanager
def bench_of(scenario: str, entries: str) -> Iterator[Bench]:
    """A simulated web of this scenario, and a folder with this list."""
    with TemporaryDirectory(prefix="kills-") as name, simweb.serve(simweb.Scenario.parse(scenario)) as web:
        Path(name, "entries.yaml").write_text(entries, encoding="utf-8")
        yield Bench(web, Path(name))


def kills(bench: Bench, number: int, seed: int) -> Iterator[Kill]:
    """So many kills, spread by chance over the requests of a run."""
    undisturbed = bench.report(bench.folder / "undisturbed.sqlite3")
    most = len(bench.web.log.requests)
    chance = random.Random(seed)  # noqa: S311 - chance, not secrets
    for index in range(number):
        state = bench.folder / str(index) / STATE
        yield try_once(bench, state, chance.randint(0, most), chance.uniform(0, LONGEST_DELAY), undisturbed)


def quickened(scenario: Mapping[str, Any]) -> dict[str, Any]:
    """The same web, nearer, and busy where it is silent: fifty runs take minutes, and no clock has a say in verdicts.

    On a machine that has much else to do, a living page may take longer than anybody would wait for a silent one.
    """
    hosts: Mapping[str, Mapping[str, Any]] = scenario["hosts"]
    near = {
        name: {**host, "latency": {**host["latency"], "median": host["latency"]["median"] / NEARER}}
        | {path: BUSY for path, page in host.items() if page == SILENT}
        for name, host in hosts.items()
    }
    return {**scenario, "hosts": near}


def main(arguments: Sequence[str]) -> int:
    """Print a line for each kill, and the sums; the exit code is 1 where something was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=6)
    given = parser.parse_args(arguments)
    world = list_world()
    sys.stdout.write("kill    sent  answered  known  twice  links    oldest  faults\n")
    every: list[Kill] = []
    with bench_of(dump(quickened(world.scenario)), world.entries or "") as bench:
        for one in kills(bench, given.kills, given.seed):
            every.append(one)
            numbers = f"{len(every):4}{one.sent:8}{one.answered:10}{one.known:7}{one.twice:7}{one.links:7}"
            sys.stdout.write(f"{numbers}{one.oldest * 1000:7.0f} ms  {'; '.join(one.faults) or 'none'}\n")
            sys.stdout.flush()
    faults = sum(bool(one.faults) for one in every)
    answered, twice = sum(one.answered for one in every), sum(one.twice for one in every)
    sys.stdout.write(
        f"\n{len(every)} kills, {faults} with faults; of {answered} requests that had been answered"
        f" {twice} about living links were sent again\n"
    )
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
