"""The simulated web as a process of its own: serves until its standard input ends, and leaves nothing behind."""

import argparse
import asyncio
import json
import os
import resource
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, cast

from .fields import ScenarioError
from .scenario import Scenario
from .server import Handler
from .web import NO_HANDLERS, Web, running

PACKAGE = __package__
GRACE = 10.0
"""Seconds that the process gets to end by itself."""


@dataclass(frozen=True, slots=True)
class Spawned:
    """What the process prints when it is ready, as one line of JSON; the fields are those of Web."""

    options: tuple[str, ...]
    connect_to: tuple[str, ...]
    ca_file: str
    dns_address: str
    http_port: int
    tls_port: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the command line says beside the scenario. ``log`` and ``summary`` are written at the end."""

    scenario: Path
    own_ports: bool
    log: Path | None
    summary: Path | None


def main(arguments: Sequence[str], handlers: Mapping[str, Handler] = NO_HANDLERS) -> int:
    """Serves a scenario until standard input ends or a signal says so. The exit code is 2 for a bad scenario."""
    choices = _parse(arguments)
    _open_many_files()
    try:
        scenario = Scenario.load(choices.scenario)
        asyncio.run(_serve_until_told(scenario, handlers, choices))
    except (ScenarioError, OSError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - a command speaks
        return 2
    return 0


def _parse(arguments: Sequence[str]) -> Choices:
    parser = argparse.ArgumentParser(prog=f"python -m {PACKAGE}", description=__doc__)
    parser.add_argument("scenario", type=Path, metavar="SCENARIO.yaml")
    parser.add_argument("--own-ports", action="store_true", help="listen at the hosts' own ports, and at 53 for names")
    parser.add_argument("--log", type=Path, metavar="FILE", help="write all requests at the end, as lines of JSON")
    parser.add_argument("--summary", type=Path, metavar="FILE", help="write what was counted at the end, as JSON")
    return Choices(**vars(parser.parse_args(arguments)))


def _open_many_files() -> None:
    """As many connections as the system allows: clients keep theirs open."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with suppress(ValueError, OSError):  # macOS calls unlimited what it does not allow
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


async def _serve_until_told(scenario: Scenario, handlers: Mapping[str, Handler], choices: Choices) -> None:
    told = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, told.set)
    # Requests are kept where they are to be written: those of a large run would fill the memory.
    keeps = choices.log is not None
    async with running(scenario, handlers, keeps=keeps, own=choices.own_ports) as web:
        threading.Thread(target=_wait_for_end_of_input, args=(loop, told), daemon=True).start()
        print(json.dumps(asdict(_spawned(web))), flush=True)  # noqa: T201 - a command speaks
        await told.wait()
    if choices.log:
        with choices.log.open("w", encoding="utf-8") as file:
            web.log.write(file)
    if choices.summary:
        choices.summary.write_text(json.dumps(web.log.summary(), indent=1), encoding="utf-8")


def _wait_for_end_of_input(loop: asyncio.AbstractEventLoop, told: asyncio.Event) -> None:
    """Reads past sys.stdin, whose lock would hold up the interpreter's end while this thread waits for input."""
    while os.read(0, 4096):
        pass
    with suppress(RuntimeError):  # the loop has ended already, by a signal
        loop.call_soon_threadsafe(told.set)


def _spawned(web: Web) -> Spawned:
    host, port = web.dns_address
    return Spawned(
        options=tuple(web.options),
        connect_to=web.connect_to,
        ca_file=str(web.ca_file),
        dns_address=f"{host}:{port}",
        http_port=web.http_port,
        tls_port=web.tls_port,
    )


@contextmanager
def spawn(path: Path | str, *options: str, module: str | None = None) -> Iterator[Spawned]:
    """Runs a scenario file in a process of its own, which ends with the block, whatever ends it.

    ``options`` are the command line's (``Choices``); ``module`` is another one to run, for handlers of its own.

    A Ctrl-C at the terminal does not reach it; it ends even when its parent is killed, with its input.
    Raises ScenarioError, OSError for a file that cannot be read, and RuntimeError where it does not start.
    """
    Scenario.load(Path(path))
    command = [sys.executable, "-m", module or PACKAGE, str(path), *options]
    with subprocess.Popen(  # noqa: S603 - this interpreter and this module
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        stdin, stdout = cast("IO[str]", process.stdin), cast("IO[str]", process.stdout)
        try:
            line = stdout.readline()
            if not line:
                raise RuntimeError(f"the simulated web ended with exit code {process.wait()} before it was ready")
            facts = json.loads(line)
            yield Spawned(**facts | {"options": tuple(facts["options"]), "connect_to": tuple(facts["connect_to"])})
        finally:
            stdin.close()
            _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    try:
        process.wait(GRACE)
    except subprocess.TimeoutExpired:
        process.kill()
