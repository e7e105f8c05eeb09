"""The command `rlhf-linkcheck`: what stands before its sub-commands, and what becomes of errors."""

import gc
import io
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from rlhf_linkcheck.cli.commands import Commands
from rlhf_linkcheck.cli.errors import UsageError
from rlhf_linkcheck.version import __version__

EXIT_TROUBLE = 2

app = typer.Typer(
    name="rlhf-linkcheck",
    cls=Commands,
    help="Check the health of curated paper lists: every entry, every link, with the evidence.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Exit codes: 0 nothing to mend · 1 findings · 2 usage, input or a bug · 3 no way out to the network · "
    "130, 143 interrupted.",
)


def _print_version(wanted: bool) -> None:  # noqa: FBT001 - typer calls it so
    if wanted:
        typer.echo(f"rlhf-linkcheck {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Check the health of curated paper lists: every entry, every link, with the evidence."""


def main() -> NoReturn:
    """Run the command line and leave with its exit code."""
    _prepare_streams()
    # What a run makes mostly stays to its end; to look through it again and again takes a tenth of its time.
    gc.set_threshold(25_000, 20, 50)
    try:
        app()
    except UsageError as error:
        _complain(str(error))
    except Exception as error:  # noqa: BLE001 - a bug must not leave with 1, which means findings
        # `--version` need not pay for importing what reads lists.
        from rlhf_linkcheck.loaders import InputError  # noqa: PLC0415 - see above

        if isinstance(error, InputError):
            _complain(str(error))
        traceback.print_exc()
        _complain("this is a bug; please report it with the lines above")
    sys.exit(0)


def _prepare_streams() -> None:
    """Make output possible whatever the streams are like: closed, or of an encoding that lacks our characters."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115 - open to the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _complain(message: str) -> NoReturn:
    # Neither for the reporters.
    from rlhf_linkcheck.reporters.typesetting import harmless  # noqa: PLC0415 - see above

    # A setting or a file's name may hold a line break, and a line of its own may be an order to a CI system.
    typer.echo(f"rlhf-linkcheck: {harmless(message)}", err=True)
    sys.exit(EXIT_TROUBLE)
