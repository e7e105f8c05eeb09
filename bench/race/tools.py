"""What there is to race: how each tool is called, and how what it says is read."""

import math
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from race import said
from race.sandbox import AS_USER
from race.score import Said

PEERS = Path(__file__).parent.parent / ".peers"
"""Where `make bench-peers` installs them."""
CONCURRENCY = 64
"""Requests at once, of each tool that can be told."""


@dataclass(frozen=True, slots=True)
class Race:
    """What a tool is told: where its input lies, the scenario's time-out in seconds, and the way to the web.

    ``paced`` is World's; ``authority`` is the file of the simulated one, ``web`` ours own flags for the simulated web.
    """

    folder: Path
    start: str
    timeout: float
    paced: bool
    authority: Path
    web: tuple[str, ...]
    has_entries: bool


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool: its program, its command line for a race, and how its standard output is read.

    ``version`` are the arguments for its version; ``is_peer`` says that it can only be sent to the simulated web
    where that has the real ports and names. ``minds_root`` says that it becomes another user where it is run by root,
    who may not be allowed to read what it still needs. ``remark`` reads what it says of its own requests.
    """

    name: str
    program: str
    command: Callable[[Race], list[str]]
    read: Callable[[str], Iterable[tuple[str, Said]]]
    version: tuple[str, ...] = ("--version",)
    is_peer: bool = True
    minds_root: bool = False
    remark: Callable[[str], str] = said.nothing

    @property
    def path(self) -> str | None:
        """The installed program, None where there is none."""
        if not self.is_peer:
            return self.program
        places = (
            PEERS / "cargo" / "bin",
            PEERS / "go" / "bin",
            PEERS / "npm" / "node_modules" / ".bin",
            PEERS / "venv" / "bin",
        )
        return shutil.which(self.program, path=":".join(map(str, places))) or shutil.which(self.program)

    @property
    def before(self) -> tuple[str, ...]:
        """What stands before its command line."""
        return AS_USER if self.minds_root else ()

    def installed_version(self) -> str:
        """What it says of its version, in its first line, without its name."""
        words = [*self.before, self.path or self.program, *self.version]
        told = subprocess.run(words, capture_output=True, text=True, check=False)  # noqa: S603 - a tool that is raced
        first = next(iter((told.stdout.strip() or told.stderr.strip()).splitlines()), "unknown")
        return next((word for word in first.replace("v", " ").split() if word[:1].isdigit()), first)


def _ours(race: Race) -> list[str]:
    given = "entries.yaml" if race.has_entries else "list.md"
    pace = () if race.paced else ("--interval", "0", "--host-interval", "*=0")
    words = [sys.executable, "-m", "rlhf_linkcheck", "check", given, "--format", "json", "--no-progress", "--no-state"]
    return [*words, "--timeout", f"{race.timeout:g}", "--concurrency", str(CONCURRENCY), *pace, *race.web]


def _lychee(race: Race) -> list[str]:
    pace = () if race.paced else ("--host-request-interval", "0s", "--host-concurrency", str(CONCURRENCY))
    # It takes whole seconds only.
    words = ["--no-progress", "--format", "json", "--verbose", "--timeout", str(math.ceil(race.timeout))]
    return [*words, "--max-concurrency", str(CONCURRENCY), *pace, "list.md"]


def _linkinator(race: Race) -> list[str]:
    milliseconds = str(round(race.timeout * 1000))
    return ["list.md", "--markdown", "--format", "json", "--timeout", milliseconds, "--concurrency", str(CONCURRENCY)]


def _markdown_link_check(race: Race) -> list[str]:
    settings = race.folder / "markdown-link-check.json"
    settings.write_text(f'{{"timeout": "{race.timeout:g}s"}}\n', encoding="ascii")
    return ["--config", str(settings), "list.md"]


def _linkchecker(race: Race) -> list[str]:
    settings = race.folder / "linkcheckerrc"
    # By itself it asks a host ten times a second; there are flags neither for that nor for authorities.
    pace = "" if race.paced else "maxrequestspersecond=100000\n"
    settings.write_text(f"[checking]\nsslverify={race.authority}\n{pace}", encoding="utf-8")
    settings.chmod(0o644)
    words = ["--config", str(settings), "--check-extern", "--no-status", "--verbose", "--output", "csv/utf-8"]
    return [*words, "--threads", str(CONCURRENCY), "--timeout", f"{race.timeout:g}", race.start]


def _muffet(race: Race) -> list[str]:
    words = ["--format", "json", "--verbose", "--timeout", f"{race.timeout:g}"]
    return [*words, "--max-connections", str(CONCURRENCY), race.start]


TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            "ours",
            sys.executable,
            _ours,
            said.ours,
            ("-m", "rlhf_linkcheck", "--version"),
            is_peer=False,
            remark=said.counts_of_ours,
        ),
        Tool("lychee", "lychee", _lychee, said.lychee),
        Tool("muffet", "muffet", _muffet, said.muffet),
        Tool("linkinator", "linkinator", _linkinator, said.linkinator),
        Tool("markdown-link-check", "markdown-link-check", _markdown_link_check, said.markdown_link_check),
        Tool("LinkChecker", "linkchecker", _linkchecker, said.linkchecker, minds_root=True),
    )
}
"""All tools by name; each retries as it does by itself."""
