"""Runs one tool in one world, and tells how it did."""

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from race.inputs import markdown, site
from race.measure import Usage, measure
from race.scaled import PORT
from race.score import Score, score
from race.texts import dump
from race.tools import Race, Tool
from race.world import START, World
from rlhf_linkcheck.cli.planting import DATA, TOKEN
from rlhf_linkcheck.simweb import Spawned, spawn

LIMIT = 900.0
"""Seconds that a tool gets for a world."""
_KEPT = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "TMPDIR")


@dataclass(frozen=True, slots=True)
class Result:
    """How a tool did in a world. ``score`` is None where it did not say anything that could be read, ``problem`` why.

    ``first`` counts first look-ups by the web's log, ``requests`` all; ``violations`` those beyond a host's limit,
    each of them once, by whichever of its parts. ``remark`` is what the tool says of its own requests.
    """

    tool: str
    usage: Usage
    first: int
    requests: int
    violations: Mapping[str, int]
    score: Score | None
    problem: str = ""
    remark: str = ""


def lay(world: World, folder: Path) -> None:
    """Writes the world's input into a folder that any user may read."""
    folder.chmod(0o755)
    pages = {path: {"body": body} for path, body in site(world.links).items()}
    hosts = {**world.scenario.get("hosts", {}), START: pages}
    scenario = dump({**world.scenario, "hosts": hosts})
    (folder / "web.yaml").write_text(scenario, encoding="utf-8")
    (folder / "web.handlers.json").write_text(json.dumps(dict(world.handlers)), encoding="utf-8")
    (folder / "list.md").write_text(markdown(world.links), encoding="utf-8")
    if world.entries is not None:
        (folder / "entries.yaml").write_text(world.entries, encoding="utf-8")
        (folder / "schema.json").write_bytes((DATA / "schema.json").read_bytes())


def race(tool: Tool, world: World, folder: Path, *, has_own_ports: bool) -> Result:
    """Runs the tool in a web of its own, so that none finds the steps that another has used up."""
    counted = folder / f"{tool.name}.web.json"
    own = ("--own-ports",) if has_own_ports else ()
    with spawn(folder / "web.yaml", "--summary", str(counted), *own, module="race.web") as web:
        authority = folder / "ca.pem"
        shutil.copy(web.ca_file, authority)
        authority.chmod(0o644)
        told = Race(
            folder=folder,
            start=f"http://{START}/",
            timeout=world.timeout,
            paced=world.paced,
            authority=authority,
            web=_flags(web, authority, has_own_ports=has_own_ports),
            has_entries=world.entries is not None,
        )
        command = tool.command(told)
        words = [*tool.before, str(tool.path), *command] if tool.is_peer else command
        usage = measure(words, folder=folder, environment=_environment(folder, authority), limit=LIMIT, name=tool.name)
    return result_of(tool, world, usage, folder, json.loads(counted.read_text(encoding="utf-8")))


def _flags(web: Spawned, authority: Path, *, has_own_ports: bool) -> tuple[str, ...]:
    """Ours own way there: with the real ports as the peers', by the name server; else each connection is sent there."""
    if not has_own_ports:
        return (*web.options, "--connect-to", f":{PORT}:127.0.0.1:{web.http_port}")
    return ("--allow-private", "--dns-server", web.dns_address, "--ca-file", str(authority))


def _environment(folder: Path, authority: Path) -> dict[str, str]:
    """The simulated authority is trusted by what OpenSSL, Node and requests each look at."""
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    trust = dict.fromkeys(("SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE"), str(authority))
    return {**kept, **trust, "HOME": str(folder), "GITHUB_TOKEN": TOKEN}


def result_of(tool: Tool, world: World, usage: Usage, folder: Path, counted: Mapping[str, Any]) -> Result:
    """What the web counted, without the start pages, and what the tool said."""
    start = counted["hosts"].get(START, {"first": 0, "requests": 0})
    text = (folder / f"{tool.name}.out").read_text(encoding="utf-8", errors="replace")
    found, remark = None, ""
    problem = f"stopped after {LIMIT:g} s" if usage.stopped else ""
    if not problem:
        try:
            found, remark = score(tool.read(text), world.links), tool.remark(text)
        except (ValueError, KeyError) as error:
            said = (folder / f"{tool.name}.err").read_text(encoding="utf-8", errors="replace").strip().splitlines()
            problem = f"exit code {usage.code}: {said[-1] if said else error!r}"
    return Result(
        tool=tool.name,
        usage=usage,
        first=counted.get("first", 0) - start["first"],
        requests=counted.get("requests", 0) - start["requests"],
        violations=counted["beyond"],
        score=found,
        problem=problem,
        remark=remark,
    )
