"""The options that commands share, each with its help, written once."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rlhf_linkcheck.reporters import REPORTERS

WHAT, HOW, NET, MEMORY, OUT = "What is judged", "How strictly", "The network", "Memory", "Output"
AUDIT = "The audit"

Format = StrEnum("Format", {name: name for name in REPORTERS})  # type: ignore[misc]  # the table makes the choices

DEFAULT_FORMAT = Format("text")


class FailOn(StrEnum):
    """From which severity on findings make the exit code 1."""

    ERROR = "error"
    WARNING = "warning"
    NEVER = "never"


class Color(StrEnum):
    """When the text report is coloured."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


Inputs = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="INPUT",
        help="Entries file (.yaml, .yml) or Markdown list (.md); - reads YAML from standard input. "
        "Default: entries.yaml, else README.md.",
        show_default=False,
    ),
]
Offline = Annotated[bool, typer.Option("--offline", help="Ask nobody: judge by the text alone.", rich_help_panel=WHAT)]
Since = Annotated[
    str | None,
    typer.Option(
        metavar="REV",
        help="Only entries added or changed since the merge base with this git revision.",
        rich_help_panel=WHAT,
    ),
]
EntryIds = Annotated[
    list[str] | None,
    typer.Option("--entry", metavar="ID", help="Only this entry. Repeatable.", rich_help_panel=WHAT),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option(
        metavar="REGEX", help="Do not ask addresses in which this is found. Repeatable.", rich_help_panel=WHAT
    ),
]
Schema = Annotated[
    Path | None,
    typer.Option(metavar="FILE", help="Hold entries against this JSON Schema instead.", rich_help_panel=WHAT),
]
ConfigFile = Annotated[
    Path | None,
    typer.Option(
        "--config",
        metavar="FILE",
        help="Settings. Default: rlhf-linkcheck.toml, else tool.rlhf-linkcheck in pyproject.toml.",
        rich_help_panel=WHAT,
    ),
]
Select = Annotated[
    str | None,
    typer.Option(metavar="CODES", help="Only these rules, by code or prefix: ENT,DUP101.", rich_help_panel=HOW),
]
Ignore = Annotated[
    str | None,
    typer.Option(metavar="CODES", help="All but these rules; the longer prefix wins.", rich_help_panel=HOW),
]
FailOnOption = Annotated[
    FailOn | None,
    typer.Option(
        "--fail-on", help="Exit 1 from this severity on. (default error)", show_default=False, rich_help_panel=HOW
    ),
]
BaselineFile = Annotated[
    Path | None,
    typer.Option(
        "--baseline", metavar="FILE", help="Findings that this file accepts do not fail.", rich_help_panel=HOW
    ),
]
WriteBaseline = Annotated[
    Path | None,
    typer.Option(
        "--write-baseline", metavar="FILE", help="Accept what is found now, in this file.", rich_help_panel=HOW
    ),
]
Concurrency = Annotated[
    int | None,
    typer.Option(min=1, metavar="N", help="Requests at once. (default 64)", show_default=False, rich_help_panel=NET),
]
PerHost = Annotated[
    int | None,
    typer.Option(
        min=1, metavar="N", help="Requests at once to one host. (default 4)", show_default=False, rich_help_panel=NET
    ),
]
Interval = Annotated[
    float | None,
    typer.Option(
        min=0,
        metavar="SECONDS",
        help="Between the starts of two requests to one host. (default 0.25)",
        show_default=False,
        rich_help_panel=NET,
    ),
]
HostInterval = Annotated[
    list[str] | None,
    typer.Option(
        "--host-interval",
        metavar="HOST=SECONDS",
        help="Likewise for one host, also for one that has its own (arXiv wants 3); * for all. Repeatable.",
        show_default=False,
        rich_help_panel=NET,
    ),
]
Timeout = Annotated[
    float | None,
    typer.Option(
        min=0.001,
        metavar="SECONDS",
        help="For one request in all; at most 8 of them to connect. (default 20)",
        show_default=False,
        rich_help_panel=NET,
    ),
]
Retries = Annotated[
    int | None,
    typer.Option(
        min=0,
        max=10,
        metavar="N",
        help="Further tries when trouble may pass. (default 2)",
        show_default=False,
        rich_help_panel=NET,
    ),
]
Deadline = Annotated[
    str | None,
    typer.Option(
        metavar="DURATION",
        help="For the whole run (90s, 5m, 1h); what is left then is skipped.",
        rich_help_panel=NET,
    ),
]
ConnectToOption = Annotated[
    list[str] | None,
    typer.Option(
        "--connect-to",
        metavar="HOST:PORT:ADDR:PORT",
        help="Connect there instead, as curl does; an empty HOST or PORT means any. Repeatable.",
        rich_help_panel=NET,
    ),
]
DnsServer = Annotated[
    str | None,
    typer.Option(metavar="ADDR:PORT", help="Ask this name server instead of the system's.", rich_help_panel=NET),
]
CaFile = Annotated[
    Path | None,
    typer.Option(metavar="PEM", help="Trust these certificate authorities as well.", rich_help_panel=NET),
]
AllowPrivate = Annotated[
    bool,
    typer.Option("--allow-private", help="Ask addresses that are not public, too.", rich_help_panel=NET),
]
State = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Remember answers from run to run here. Default: .rlhf-linkcheck/state.sqlite3 beside the configuration.",
        show_default=False,
        rich_help_panel=MEMORY,
    ),
]
NoState = Annotated[bool, typer.Option("--no-state", help="Remember nothing from run to run.", rich_help_panel=MEMORY)]
MaxAge = Annotated[
    str | None,
    typer.Option(
        metavar="DURATION",
        help="How long a link that was alive is not asked again (30m, 24h, 7d; 0s asks all). (default 24h)",
        show_default=False,
        rich_help_panel=MEMORY,
    ),
]
FormatOption = Annotated[
    Format,
    typer.Option(
        "--format",
        metavar="FORMAT",
        help=f"The report on standard output: {', '.join(REPORTERS)}.",
        rich_help_panel=OUT,
    ),
]
ReportFiles = Annotated[
    list[str] | None,
    typer.Option(
        "--report",
        metavar="FORMAT=FILE",
        help="Write a report into a file as well. Repeatable.",
        rich_help_panel=OUT,
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Findings and one line.", rich_help_panel=OUT)]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="List infos, too.", rich_help_panel=OUT)]
NoProgress = Annotated[bool, typer.Option("--no-progress", help="No progress bar.", rich_help_panel=OUT)]
ColorOption = Annotated[Color, typer.Option("--color", help="Colour the text report.", rich_help_panel=OUT)]
